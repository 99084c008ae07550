import { expect, test } from "vitest";
import { AssignedHomework } from "../homework/assigned-homework.ts";
import { Intake } from "../intake/intake.ts";
import { phq9 } from "../measures/shipped-measures.test-data.ts";
import { ProgressNote } from "../note/note.ts";
import { examplePlan, exampleRecord } from "../plan/plan.test-data.ts";
import { Review } from "../review/review.ts";
import { relapsePlanSuggestions } from "./relapse-plan-suggestions.ts";
import { SafetyPlan } from "./safety-plan.ts";

const base = examplePlan();
const [objective] = base.objectives;
const [intervention] = base.interventions;
if (objective === undefined || intervention === undefined) throw new Error("The example plan has an objective and an intervention.");
const plan = {
  ...base,
  objectives: [{ ...objective, plain: "Be up by nine on five days a week." }],
  interventions: [{ ...intervention, technique: "Activity scheduling" }],
  measureSchedule: [{ id: "m1", measure: "phq9", measureName: "PHQ-9", when: "weeks" as const, everyWeeks: 2, because: [] }],
};
const note = (rating: "some" | "achieved") =>
  ProgressNote.parse({
    format: "dap",
    date: "2026-10-01",
    objectives: [{ objectiveId: objective.id, rating }],
    interventions: [{ interventionId: intervention.id }],
  });
const homework = (title: string, outcome: "done" | "partly" | "not-done") => ({
  content: AssignedHomework.parse({ title, steps: ["Do it"], assignedOn: "2026-09-01", outcome }),
});
const treatment = {
  notes: [{ head: note("some") }, { head: note("achieved") }, { head: null }],
  homework: [homework("Worry hour", "not-done"), homework("Week plan", "partly"), homework("Morning walk", "done")],
  reviews: [
    { content: Review.parse({ planId: "p", revision: 1, on: "2026-10-05", clientsPart: { helps: "Saying it out loud\nThe walks" } }) },
  ],
  documents: [
    {
      kind: "safety-plan",
      revision: 1,
      content: SafetyPlan.parse({ warningSigns: ["I stop answering"], helpers: [{ name: "Ana", phone: "555-555-0142" }] }),
      finishedAt: "2026-06-01T12:00:00Z",
    },
    { kind: "safety-plan", revision: 2, content: SafetyPlan.parse({ warningSigns: ["Not finished"] }), finishedAt: null },
  ],
};
const sources = {
  record: exampleRecord({ intake: Intake.parse({ presentingProblems: { whyNow: "After the move" } }) }),
  events: [
    { id: "e1", date: "2026-04-02", kind: "life-event" as const, label: "Sister moved away" },
    { id: "e2", date: "2026-05-02", kind: "medication" as const, label: "New dose" },
  ],
  measures: [phq9],
  practice: { country: "US", crisis: "" },
};
const suggestions = relapsePlanSuggestions(plan, treatment, sources);
const offered = (part: string) =>
  suggestions.flatMap((one) => (one.part !== part ? [] : [one.of === "lines" ? one.line : one.contact.name]));

test("what helped is what the client says, what was achieved, what the sessions used and what got done at home, in that order", () => {
  expect(offered("whatHelped")).toEqual([
    "Saying it out loud",
    "The walks",
    "I did it: Be up by nine on five days a week.",
    "Activity scheduling",
    "Morning walk",
    "Week plan",
  ]);
  expect(suggestions.find((one) => one.of === "lines" && one.line === "Activity scheduling")?.because.text).toBe(
    "Used twice in the sessions, by the notes.",
  );
});

test("homework that did not get done is not offered, and neither is a safety plan that is not finished", () => {
  const all = suggestions.map((one) => (one.of === "lines" ? one.line : one.contact.name));
  expect(all).not.toContain("Worry hour");
  expect(all).not.toContain("Not finished");
});

test("early signs, hard times, people and when to come back come from the plan, the course, the safety plan and the scores", () => {
  expect(offered("earlySigns")).toContain("I stop answering");
  expect(offered("hardTimes")).toEqual(expect.arrayContaining(["Sister moved away", "After the move"]));
  expect(offered("hardTimes")).not.toContain("New dose");
  expect(offered("people")[0]).toBe("Ana");
  expect(offered("whenToComeBack")).toEqual([
    "My PHQ-9 score is 10 or more",
    "My early signs last for two weeks although I do what helps",
    "I need my safety plan",
  ]);
});

test("without plan and treatment there is still something to begin with", () => {
  const few = relapsePlanSuggestions(null, { notes: [], homework: [], reviews: [], documents: [] }, sources);
  expect(few.map(({ part }) => part)).toEqual(expect.arrayContaining(["hardTimes", "people", "whenToComeBack"]));
});
