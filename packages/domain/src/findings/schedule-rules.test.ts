import { expect, test } from "vitest";
import { assembleLibrary, libraryWith } from "../library/library.ts";
import { audit, phq9 } from "../measures/shipped-measures.test-data.ts";
import { applyEdits } from "../plan/edit-plan.ts";
import { exampleObjective, examplePlan, exampleRecord, today } from "../plan/plan.test-data.ts";
import type { MeasureSchedule, Plan } from "../plan/plan.ts";
import { applyRules } from "./rule.ts";
import { scheduleRules } from "./schedule-rules.ts";

const library = libraryWith(assembleLibrary([]), [phq9, audit]);
const entry = (more: Partial<MeasureSchedule>): MeasureSchedule => ({
  id: "s1",
  measure: "audit",
  measureName: "AUDIT",
  when: "weeks",
  everyWeeks: 12,
  because: [],
  ...more,
});
const found = (plan: Plan) => applyRules(scheduleRules, { plan, record: exampleRecord(), library, today });
const planned = (...measureSchedule: MeasureSchedule[]) => examplePlan({ measureSchedule, objectives: [] });

test("a measure that looks back a long time is not asked at every session, and one click plans it as often as it can show something", () => {
  const plan = planned(entry({ when: "every-session" }));
  const [finding] = found(plan);
  expect(finding).toMatchObject({ rule: "SCHEDULE-interval", severity: "advice", path: ["measureSchedule", "s1"] });
  const mended = applyEdits(plan, finding?.fix?.edits ?? []);
  expect(mended.ok && mended.plan.measureSchedule[0]).toMatchObject({ when: "weeks" });
  expect(mended.ok && found(mended.plan)).toEqual([]);
  expect(found(planned(entry({ everyWeeks: 1 })))).toHaveLength(1);
});

test("at a review, at discharge, or as often as it can be asked, nothing is said", () => {
  expect(found(planned(entry({ when: "review", everyWeeks: 1 })))).toEqual([]);
  expect(found(planned(entry({ when: "discharge", everyWeeks: 1 })))).toEqual([]);
  expect(found(planned(entry({ measure: "phq9", measureName: "PHQ-9", when: "every-session" })))).toEqual([]);
});

test("an objective whose measure is not planned again is told once, and one click plans it", () => {
  const metric = { kind: "measure" as const, measure: "phq9", measureName: "PHQ-9", unit: "", direction: "decrease" as const };
  const numbers = { baseline: 18, baselineDate: "2026-11-01", target: 9 };
  const objectives = ["o1", "o2"].map((id) => exampleObjective({ id, metric: { ...metric, ...numbers } }));
  const plan = examplePlan({ objectives, measureSchedule: [] });
  const [finding, ...more] = found(plan);
  expect(finding).toMatchObject({ rule: "SCHEDULE-objective", severity: "advice" });
  expect(more).toEqual([]);
  const mended = applyEdits(plan, finding?.fix?.edits ?? []);
  expect(mended.ok && mended.plan.measureSchedule.map(({ measure, when }) => [measure, when])).toEqual([["phq9", "weeks"]]);
  expect(mended.ok && found(mended.plan)).toEqual([]);
  expect(
    found(
      examplePlan({ objectives: objectives.map((each) => ({ ...each, achievementStatus: "achieved" as const })), measureSchedule: [] }),
    ),
  ).toEqual([]);
});
