import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/date.ts";
import { type CourseState, courseOf, courseRules } from "./course.ts";
import type { Measure } from "./measure.ts";
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
    expect(courseOf(phq9, [{ date: start, total: 20 }])).toEqual({ state: "too-early", rule: null, better: null, weeks: 0 });
    expect(courseOf(phq9, []).state).toBe("too-early");
  });

  test("the rule that fired is named with its source", () => {
    const { rule, better, weeks } = courseOf(phq9, after(12, 18, 17));
    expect([rule?.state, better, weeks]).toEqual(["no-progress", 1, 12]);
    for (const { words, source } of courseRules) expect([words, source].every((text) => text.length > 20)).toBe(true);
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
