import { describe, expect, test } from "vitest";
import { expectedCourseFrom } from "./expected-course.ts";
import { gad7, phq9 } from "./shipped-measures.test-data.ts";
import { asPastCourses, flaggedBySession, type Simulation, seeded, simulateCourses } from "./simulate-courses.ts";

const simulation: Simulation = {
  clients: 400,
  sessions: 12,
  improving: 0.6,
  deteriorating: 0.1,
  start: { mean: 15.4, sd: 5.5 },
  better: { mean: 8, sd: 3 },
  worse: { mean: 8, sd: 3 },
  weekly: { sd: 2, autocorrelation: 0.5 },
  sample: { sd: 6.1, reliability: 0.89 },
  seed: 20_261,
};
const quiet: Simulation = { ...simulation, weekly: { sd: 0, autocorrelation: 0 }, sample: { sd: 1, reliability: 1 } };

describe("simulated courses", () => {
  test("are the same for the same seed and others for another, with the shares that were asked for", () => {
    const courses = simulateCourses(phq9, simulation);
    expect(simulateCourses(phq9, simulation)).toEqual(courses);
    expect(simulateCourses(phq9, { ...simulation, seed: 1 })).not.toEqual(courses);
    const many = (truth: string) => courses.filter((course) => course.truth === truth).length;
    expect([many("improving"), many("deteriorating"), many("unchanged")]).toEqual([240, 40, 120]);
    for (const { totals } of courses) {
      expect(totals).toHaveLength(12);
      expect(totals.every((total) => Number.isInteger(total) && total >= 0 && total <= 27)).toBe(true);
    }
  });

  test("the seeded numbers are evenly spread", () => {
    const random = seeded(7);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths.every((count) => count > 900 && count < 1100)).toBe(true);
  });

  test("without ups and downs and without measurement error nobody unchanged changes, and everybody else goes their way", () => {
    for (const { truth, totals } of simulateCourses(phq9, quiet)) {
      const steps = totals.slice(1).map((total, i) => total - (totals[i] ?? 0));
      if (truth === "unchanged") expect(new Set(totals).size).toBe(1);
      else expect(steps.every((step) => (truth === "improving" ? step <= 0 : step >= 0))).toBe(true);
    }
  });
});

describe("how many are flagged", () => {
  test("with these parameters and this seed", () => {
    const { improving, deteriorating, unchanged } = flaggedBySession(phq9, simulateCourses(phq9, simulation), 5, 1);
    expect({ improving, deteriorating, unchanged }).toEqual({
      improving: { clients: 240, worse: 9, any: 89 },
      deteriorating: { clients: 40, worse: 24, any: 40 },
      unchanged: { clients: 120, worse: 29, any: 99 },
    });
  });

  test("a lower threshold flags at least as many as worse, and a later session too", () => {
    for (const measure of [phq9, gad7]) {
      const courses = simulateCourses(measure, simulation);
      const worse = (session: number, threshold: number) => {
        const flagged = flaggedBySession(measure, courses, session, threshold);
        return [flagged.improving.worse, flagged.unchanged.worse, flagged.deteriorating.worse] as const;
      };
      const thresholds = [0.5, 0.75, 1, 1.25].map((threshold) => worse(5, threshold));
      const sessions = [9, 7, 5, 3].map((session) => worse(session, 1));
      for (const rows of [thresholds, sessions])
        for (const [i, row] of rows.slice(1).entries())
          for (const [j, count] of row.entries()) expect(count).toBeLessThanOrEqual(rows[i]?.[j] ?? 0);
    }
  });

  test("an expected course flags more of those who get worse, and never fewer of anybody", () => {
    const { offered } = expectedCourseFrom(asPastCourses(simulateCourses(phq9, { ...simulation, seed: 1 })), phq9, "2026-01-01");
    const courses = simulateCourses(phq9, simulation);
    const by = (session: number) => ({
      rules: flaggedBySession(phq9, courses, session, 1),
      table: flaggedBySession(phq9, courses, session, 1, offered?.expectedCourse ?? null),
    });
    // Before session 4 Trellis's own rules know reliable deterioration only.
    expect(by(3).table.deteriorating.any).toBeGreaterThan(by(3).rules.deteriorating.any);
    for (const truth of ["improving", "unchanged", "deteriorating"] as const)
      expect(by(5).table[truth].any).toBeGreaterThanOrEqual(by(5).rules[truth].any);
  });

  test("without noise no one improving is called worse, and everyone called worse is", () => {
    const flagged = flaggedBySession(phq9, simulateCourses(phq9, quiet), 12, 1);
    expect([flagged.improving.worse, flagged.unchanged.worse]).toEqual([0, 0]);
    expect(flagged.deteriorating.worse).toBeGreaterThan(0);
    // Everybody unchanged has not moved by session 4.
    expect(flagged.unchanged.any).toBe(flagged.unchanged.clients);
  });
});
