import { assembleLibrary, libraryWith } from "@trellis/domain/library/library";
import { phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import { draftContext } from "@trellis/domain/plan/draft/draft-context";
import { applyEdits } from "@trellis/domain/plan/edit-plan";
import { countedIds, exampleDiagnosis, exampleObjective, examplePlan, exampleRecord, today } from "@trellis/domain/plan/plan.test-data";
import { nextRevision, planToSign } from "@trellis/domain/plan/revision";
import { expect, test } from "vitest";
import { recordChanges } from "./record-changed.ts";

const given = {
  id: "a1",
  measure: "phq9",
  measureVersion: "1.0",
  date: "2026-11-20",
  answers: [2, 2, 2, 2, 2, 2, 1, 1, 0],
  answeredBy: "client" as const,
  status: "completed" as const,
};
const context = (administrations: (typeof given)[]) =>
  draftContext(exampleRecord({ administrations }), libraryWith(assembleLibrary([]), [phq9]), today, countedIds());
const objective = exampleObjective({
  metric: {
    kind: "measure",
    measure: "phq9",
    measureName: "PHQ-9",
    unit: "",
    direction: "decrease",
    baseline: null,
    baselineDate: null,
    target: 7,
  },
  because: [{ kind: "practice", text: "The baseline waits for the PHQ-9: give it, and enter the score." }],
});
const plan = examplePlan({ objectives: [objective] });
const baselines = (administrations: (typeof given)[]) =>
  recordChanges(plan, context(administrations)).filter(({ text }) => text.includes("baseline"));

test("the first score is offered as the baseline of an objective of one's own, and says where it came from", () => {
  expect(baselines([])).toEqual([]);
  const [change, ...more] = baselines([given]);
  expect(change?.text).toBe("PHQ-9 now gives a baseline of 14 to an objective.");
  expect(more).toEqual([]);
  const taken = applyEdits(plan, change?.edits ?? []);
  expect(taken.ok && taken.plan.objectives[0]).toMatchObject({
    metric: { baseline: 14, baselineDate: "2026-11-20", target: 7 },
    because: [{ kind: "score", ref: "phq9", text: "Baseline: PHQ-9 was 14 on November 20, 2026." }],
  });
});

test("a plan amended for a new diagnosis takes it from the chart in one go, and keeps its dates and its next review", () => {
  const signed = planToSign(examplePlan(), today);
  const draft = nextRevision(signed, { subject: signed.subject, author: signed.author, reason: "A new diagnosis", today });
  const found = exampleDiagnosis({ id: "d2", code: "F41.1", description: "Generalized anxiety disorder", rank: "co-occurring" });
  const record = exampleRecord({ diagnoses: [...signed.diagnoses, found] });
  const changes = recordChanges(draft, draftContext(record, libraryWith(assembleLibrary([]), [phq9]), today, countedIds()));
  const change = changes.find(({ text }) => text.startsWith("Diagnoses"));
  expect(change?.text).toBe("Diagnoses in the chart are now F33.1, F41.1; the plan has F33.1.");
  const amended = applyEdits(draft, change?.edits ?? []);
  expect(amended.ok && amended.plan).toEqual({ ...draft, diagnoses: [...signed.diagnoses, found] });
  expect([draft.reviewDue, draft.establishedOn, draft.changeReason]).toEqual([signed.reviewDue, signed.establishedOn, "A new diagnosis"]);
});
