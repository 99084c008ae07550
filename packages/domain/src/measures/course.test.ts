import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/date.ts";
import { type CourseState, courseOf, courseRules } from "./course.ts";
import type { Measure } from "./measure.ts";
import type { ExpectedCourse } from "./measure-setting.ts";
import { audit, gad7, pcl5, phq9 } from "./shipped-measures.test-data.ts";

const start = "2026-01-05";
const after = (weeks: number, from: number, to: number) => [
  { date: start, total: from },
  { date: addDays(start, 7 * weeks), total: to },
];

describe("the course of a client", () => {
  test.each<[string, Measure, number, number, number, CourseState]>([
    ["PHQ-9: worse by exactly the threshold", phq9, 1, 10, 16, "deteriorated"],
    ["PHQ-9: worse by less", phq9, 1, 10, 15, "on-track"],
    ["PHQ-9: worse though below the cutoff", phq9, 4, 2, 8, "deteriorated"],
    ["PHQ-9: below the cutoff, also late", phq9, 20, 12, 9, "below-cutoff"],
    ["PHQ-9: on the cutoff is still a case", phq9, 12, 12, 10, "no-progress"],
    ["PHQ-9: little change is early to judge in week 5", phq9, 5, 18, 17, "on-track"],
    ["PHQ-9: less than half a reliable change in week 6", phq9, 6, 18, 16, "little-progress"],
    ["PHQ-9: half of it in week 6", phq9, 6, 18, 15, "on-track"],
    ["PHQ-9: no reliable change in week 11", phq9, 11, 18, 13, "on-track"],
    ["PHQ-9: no reliable change in week 12", phq9, 12, 18, 13, "no-progress"],
    ["PHQ-9: a reliable change and still a case in week 12", phq9, 12, 20, 14, "on-track"],
    ["GAD-7: the threshold is four points", gad7, 12, 15, 11, "on-track"],
    ["PCL-5: the threshold is ten points", pcl5, 6, 50, 46, "little-progress"],
    ["AUDIT: no threshold is defended", audit, 30, 20, 10, "no-threshold"],
  ])("%s", (_, measure, weeks, from, to, state) => {
    expect(courseOf(measure, after(weeks, from, to)).state).toBe(state);
  });

  test("one score is too early, and none as well", () => {
    expect(courseOf(phq9, [{ date: start, total: 20 }])).toMatchObject({ state: "too-early", rule: null, better: null });
    expect(courseOf(phq9, []).state).toBe("too-early");
  });

  test("the rule that fired is named with its source", () => {
    const { rule, better, weeks } = courseOf(phq9, after(12, 18, 17));
    expect([rule?.state, better, weeks]).toEqual(["no-progress", 1, 12]);
    for (const { words, source } of courseRules) expect([words, source].every((text) => text.length > 20)).toBe(true);
  });

  const weekly = (sessions: number, attendance: "attended" | "missed" = "attended") =>
    Array.from({ length: sessions }, (_, i) => ({ date: addDays(start, 7 * i), attendance }));

  test.each<[string, number, number, number, CourseState]>([
    ["little change by session 3 is early to judge", 3, 18, 17, "on-track"],
    ["less than half a reliable change at session 4", 4, 18, 16, "little-progress"],
    ["half of it at session 4", 4, 18, 15, "on-track"],
    ["no reliable change at session 7", 7, 18, 13, "on-track"],
    ["no reliable change at session 8", 8, 18, 13, "no-progress"],
  ])("sessions count where they are recorded: %s", (_, sessions, from, to, state) => {
    const against = { expectedCourse: null, sessions: weekly(sessions) };
    expect(courseOf(phq9, after(sessions - 1, from, to), against).state).toBe(state);
  });

  test("sessions that were missed, and those before the first score, count for nothing", () => {
    const before = [1, 2, 3, 4, 5].map((weeks) => ({ date: addDays(start, -7 * weeks), attendance: "attended" as const }));
    expect(courseOf(phq9, after(3, 18, 18), { expectedCourse: null, sessions: before }).state).toBe("on-track");
    expect(courseOf(phq9, after(3, 18, 18), { expectedCourse: null, sessions: weekly(4, "missed") }).state).toBe("on-track");
  });

  const table: ExpectedCourse = {
    source: "made up for this test",
    from: "loaded",
    courses: 240,
    date: "2025-12-01",
    points: [1, 2, 3].flatMap((session) => [
      { startFrom: 10, startTo: 14, session, expected: 13 - session, bound: 16 - session },
      { startFrom: 15, startTo: 27, session, expected: 20 - 2 * session, bound: 24 - 2 * session },
    ]),
  };

  test.each<[string, number, number, number, CourseState]>([
    ["on the bound is on track", 1, 18, 20, "on-track"],
    ["beyond it is not", 1, 18, 21, "little-progress"],
    ["the line for the first score counts", 2, 12, 14, "little-progress"],
    ["worse by a reliable change is told as that", 1, 18, 24, "deteriorated"],
    ["outside the clinical range is told as that", 2, 10, 9, "below-cutoff"],
    ["the table says nothing of this first score", 1, 8, 13, "on-track"],
    ["nor of sessions beyond its last", 4, 18, 20, "on-track"],
  ])("the practice's own table: %s", (_, weeks, from, to, state) => {
    expect(courseOf(phq9, after(weeks, from, to), { expectedCourse: table, sessions: [] }).state).toBe(state);
  });

  test("the table is named with its numbers where it fired", () => {
    const { rule, expected } = courseOf(phq9, after(2, 18, 21), { expectedCourse: table, sessions: weekly(2) });
    expect(rule?.words).toBe(
      "At session 2 the score is 21. Who started with 15 to 27 is expected at 16 by then; 20 or better would still be on track.",
    );
    expect(rule?.source).toBe("Your practice's own table: made up for this test (240 courses, December 1, 2025)");
    expect(expected).toMatchObject({ session: 2, countedBy: "sessions", beyond: 1 });
    expect(courseOf(phq9, after(2, 18, 21), { expectedCourse: table, sessions: [] }).rule?.words).toMatch(
      /^In week 3, taken as session 3, the score is 21/,
    );
  });

  test("a measure without a threshold is held against the table alone", () => {
    const own = { ...table, points: [{ startFrom: 0, startTo: 40, session: 3, expected: 12, bound: 16 }] };
    expect(courseOf(audit, after(2, 20, 17), { expectedCourse: own, sessions: [] }).state).toBe("little-progress");
    expect(courseOf(audit, after(2, 20, 16), { expectedCourse: own, sessions: [] }).state).toBe("on-track");
    expect(courseOf(audit, after(9, 20, 16), { expectedCourse: own, sessions: [] }).state).toBe("no-threshold");
  });

  test("a better last score never makes the answer worse", () => {
    const order: CourseState[] = ["deteriorated", "no-progress", "little-progress", "on-track", "below-cutoff"];
    fc.assert(
      fc.property(fc.nat(27), fc.nat(27), fc.nat(26), fc.nat(30), (from, a, b, weeks) => {
        const [better, worse] = [Math.min(a, b), Math.max(a, b)].map((to) => order.indexOf(courseOf(phq9, after(weeks, from, to)).state));
        return (better ?? 0) >= (worse ?? 0);
      }),
    );
  });
});
