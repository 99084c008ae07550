import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Measure } from "../measures/measure.ts";
import { audit, phq9 } from "../measures/shipped-measures.test-data.ts";
import { type ObjectiveProgress, objectiveProgress } from "./objective-progress.ts";
import type { Metric, Objective } from "./plan.ts";

const today = "2026-11-24";
const phq: Metric = {
  kind: "measure",
  measure: "phq9",
  measureName: "PHQ-9",
  unit: "",
  direction: "decrease",
  baseline: 18,
  baselineDate: "2026-09-01",
  target: 9,
};

/** A score that was entered as a total. */
const scored = (measure: Measure, date: string, total: number | null, more: object = {}) => ({
  measure: measure.id,
  date,
  status: "completed" as const,
  answers: [],
  entered: { total, subscales: {} },
  ...more,
});
const course = (...totals: number[]) => totals.map((total, n) => scored(phq9, `2026-09-${String(n + 2).padStart(2, "0")}`, total));
const progress = (
  given: Parameters<typeof objectiveProgress>[2],
  metric: Metric | null = phq,
  achievementStatus: Objective["achievementStatus"] = null,
) => objectiveProgress({ metric, achievementStatus }, phq9, given, today);

describe("an objective from 18 to 9 points on the PHQ-9", () => {
  test.each<[string, number[], Partial<ObjectiveProgress>]>([
    ["nothing since the baseline", [], { state: "in-progress", current: null, fraction: 0, met: false }],
    ["a third of the way, a reliable change is not reached", [15], { state: "no-change", fraction: 1 / 3 }],
    ["6 points better, which is the threshold", [12], { state: "improving", fraction: 2 / 3 }],
    ["6 points worse", [24], { state: "worsening", fraction: 0 }],
    ["5 points worse is within measurement error", [23], { state: "no-change", fraction: 0 }],
    ["the same as before", [18], { state: "no-change", fraction: 0 }],
    ["the target is met once", [9], { state: "improving", met: true, fraction: 1, proposeAchieved: false }],
    ["twice in a row", [9, 8], { state: "achieved", met: true, fraction: 1, proposeAchieved: true }],
    ["twice, but not in a row", [9, 12, 9], { state: "improving", met: true, proposeAchieved: false }],
    ["twice in a row, then no longer", [9, 8, 14], { state: "no-change", met: false, proposeAchieved: false }],
  ])("%s", (_, totals, expected) => {
    expect(progress(course(...totals))).toMatchObject(expected);
  });

  test("what was there before the baseline, or on its day, is not progress", () => {
    expect(progress([scored(phq9, "2026-08-20", 5), scored(phq9, "2026-09-01", 5)])).toMatchObject({ current: null, state: "in-progress" });
  });

  test("entries in error, days to come and scores without a total count in nothing", () => {
    const none = [
      scored(phq9, "2026-09-05", 3, { status: "entered-in-error" }),
      scored(phq9, "2026-12-24", 3),
      scored(phq9, "2026-09-06", null),
      scored(audit, "2026-09-07", 3),
    ];
    expect(progress(none)?.current).toBeNull();
  });

  test("of two on one day the later entry is the newest", () => {
    const day = [
      scored(phq9, "2026-09-05", 7, { enteredAt: "2026-09-05T15:00:00Z" }),
      scored(phq9, "2026-09-05", 16, { enteredAt: "2026-09-05T10:00:00Z" }),
    ];
    expect(progress(day)?.current).toEqual({ date: "2026-09-05", value: 7 });
  });

  test("what the plan says already is not proposed again", () => {
    expect(progress(course(9, 8), phq, "achieved")?.proposeAchieved).toBe(false);
    expect(progress(course(9, 8), phq, "in-progress")?.proposeAchieved).toBe(true);
  });

  test("without a baseline there is a score and no way", () => {
    const open = { ...phq, baseline: null, baselineDate: null };
    expect(progress(course(14), open)).toMatchObject({ state: "in-progress", fraction: null, current: { value: 14 } });
  });

  test("without a target nothing is met", () => {
    expect(progress(course(4, 3), { ...phq, target: null })).toMatchObject({
      state: "improving",
      met: false,
      proposeAchieved: false,
      fraction: null,
    });
  });
});

test("one question of a measure: its answers, and any change of them", () => {
  const item: Metric = { ...phq, item: 3, baseline: 3, target: 1 };
  const answered = (date: string, answer: number | null) => ({
    measure: "phq9",
    date,
    status: "completed" as const,
    answers: [3, 3, answer, 0, 0, 0, 0, 0, 0],
  });
  expect(progress([answered("2026-09-10", 2)], item)).toMatchObject({ state: "improving", fraction: 0.5 });
  // Scores that were taken over from elsewhere say nothing of one question.
  expect(progress([answered("2026-09-10", null), scored(phq9, "2026-09-12", 4)], item)?.current).toBeNull();
});

/** Hours slept a night: a measure that a practice made, with halves, on which more is better. */
const sleep = Measure.parse({
  ...phq9,
  id: "hours-slept",
  name: "Hours slept",
  title: "Hours slept last night",
  options: undefined,
  items: [{ number: 1, text: "How many hours did you sleep?", quantity: { min: 0, max: 16, step: 0.5, unit: "hours" } }],
  scoring: { method: "sum", range: [0, 16], higherIs: "better", maxMissing: 0 },
  bands: [],
  flags: [],
  cutoff: undefined,
  remission: undefined,
  reliableChange: undefined,
});

test("a measure of one's own with decimals, on which more is better", () => {
  const metric: Metric = { ...phq, measure: sleep.id, direction: "increase", baseline: 4.5, target: 7 };
  const slept = (date: string, hours: number) => ({ measure: sleep.id, date, status: "completed" as const, answers: [hours] });
  const of = (...hours: number[]) =>
    objectiveProgress(
      { metric, achievementStatus: null },
      sleep,
      hours.map((each, n) => slept(`2026-10-0${n + 1}`, each)),
      today,
    );
  expect(of(5.5)).toMatchObject({ state: "improving", fraction: 0.4 });
  expect(of(4)).toMatchObject({ state: "worsening", fraction: 0 });
  expect(of(7, 7.5)).toMatchObject({ state: "achieved", proposeAchieved: true });
});

test("what is not bound to this measure has no progress of it", () => {
  expect(progress(course(9), null)).toBeNull();
  expect(progress(course(9), { ...phq, kind: "count" })).toBeNull();
  expect(objectiveProgress({ metric: phq, achievementStatus: null }, audit, course(9), today)).toBeNull();
  expect(objectiveProgress({ metric: phq, achievementStatus: null }, undefined, course(9), today)).toBeNull();
});

test("the share of the way is from 0 to 1, whatever the numbers", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 27 }),
      fc.integer({ min: 0, max: 27 }),
      fc.integer({ min: 0, max: 27 }),
      (baseline, target, now) => {
        const found = progress([scored(phq9, "2026-09-10", now)], { ...phq, baseline, target });
        return found?.fraction != null && found.fraction >= 0 && found.fraction <= 1 && (!found.met || found.fraction === 1);
      },
    ),
  );
});
