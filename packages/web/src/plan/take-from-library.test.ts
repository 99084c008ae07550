import { libraryAfter } from "@trellis/domain/library/faultless-library.test-data";
import type { Administration } from "@trellis/domain/measures/administration";
import { draftContext } from "@trellis/domain/plan/draft/draft-context";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { applyEdits } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import {
  countedIds,
  exampleAuthor,
  exampleGoal,
  exampleObjective,
  examplePlan,
  exampleRecord,
  officeProfile,
  today,
} from "@trellis/domain/plan/plan.test-data";
import { describe, expect, it } from "vitest";
import { recordChanges } from "./record-changed.ts";
import {
  addTo,
  type Place,
  placesFor,
  readsAsOwnWords,
  statementsInPlan,
  suggestionsFor,
  type Taken,
  warningsFor,
} from "./take-from-library.ts";

const library = libraryAfter();
const phq9: Administration = {
  id: "a1",
  measure: "phq9",
  measureVersion: "1.0",
  date: "2026-11-20",
  answers: [2, 2, 2, 2, 2, 2, 2, 2, 0, 1],
  answeredBy: "client",
  status: "completed",
};

function contextOf(record = exampleRecord({ administrations: [phq9] })) {
  return draftContext(record, library, today, countedIds());
}
const statement = (id: string): Taken => {
  const found = library.statementById.get(id);
  if (found === undefined) throw new Error(`The test library has no ${id}.`);
  return found;
};
function added(plan: Plan, place: Place, taken: Taken, context = contextOf()): Plan {
  const result = applyEdits(plan, addTo(plan, place, taken, context));
  if (!result.ok) throw new Error(result.refusals[0]?.message);
  return result.plan;
}

describe("taking from the library", () => {
  it("gives an objective its baseline from the last score and its target from the cutoff", () => {
    const plan = added(examplePlan(), { kind: "objective", goalId: "g1" }, statement("x-obj-0"));
    const { metric, targetDate, goalId } = plan.objectives.at(-1) ?? {};
    expect(metric).toMatchObject({ kind: "measure", measure: "phq9", baseline: 16, baselineDate: "2026-11-20", target: 9 });
    expect(goalId).toBe("g1");
    expect(targetDate !== null && targetDate !== undefined && targetDate > today).toBe(true);
  });

  it("leaves a baseline that nobody measured open, never makes one up, and takes the target from the cutoff", () => {
    const plan = added(examplePlan(), { kind: "objective", goalId: "g1" }, statement("x-obj-0"), contextOf(exampleRecord()));
    expect(plan.objectives.at(-1)?.metric).toMatchObject({ measure: "phq9", baseline: null, target: 9 });
  });

  it("where the client is at the usual target already, the baseline stands and the target is asked for", () => {
    const well = { ...phq9, answers: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0] };
    const context = contextOf(exampleRecord({ administrations: [well] }));
    const plan = added(examplePlan(), { kind: "objective", goalId: "g1" }, statement("x-obj-0"), context);
    expect(plan.objectives.at(-1)?.metric).toMatchObject({ measure: "phq9", baseline: 1, target: null });
  });

  it("gives an intervention how much of it and by whom from the session plan", () => {
    const plan = added(examplePlan(), { kind: "intervention", objectiveIds: ["o1"] }, statement("x-int-3"));
    expect(plan.interventions.at(-1)).toMatchObject({
      objectiveIds: ["o1"],
      minutes: 50,
      frequency: { times: 1, per: "week" },
      responsible: { name: "Ada Sample", role: "LCSW" },
      origin: { kind: "library", id: "x-int-3" },
    });
  });

  it("swaps an intervention in its own place", () => {
    const context = contextOf();
    const before = added(examplePlan(), { kind: "intervention", objectiveIds: ["o1"] }, statement("x-int-1"), context);
    const place: Place = { kind: "intervention", objectiveIds: ["o1"], instead: "i1" };
    const plan = added(before, place, statement("x-int-2"), context);
    expect(plan.interventions.map(({ origin }) => (origin.kind === "own" ? "own" : origin.id))).toEqual(["x-int-2", "x-int-1"]);
  });

  it("takes own words as own, and the practice's as the practice's", () => {
    const own = added(examplePlan(), { kind: "goal", problemId: "p1" }, { source: "own", text: "Bake again." });
    expect(own.goals.at(-1)).toMatchObject({
      text: "Bake again.",
      origin: { kind: "own" },
      problemIds: ["p1"],
      lifecycleStatus: "accepted",
    });
    const kept: Taken = { kind: "discharge-criterion", id: "k1", source: "practice", chapter: null, text: "Two calm weeks.", plain: "" };
    expect(added(examplePlan(), { kind: "discharge-criterion" }, kept).dischargeCriteria.at(-1)).toMatchObject({
      origin: { kind: "practice-library", id: "k1" },
    });
  });

  it("every statement of the library fits into the plan at each of its places", () => {
    const context = contextOf();
    const plan = examplePlan();
    for (const entry of library.statements) {
      const places = placesFor(plan, entry);
      expect(places.length).toBeGreaterThan(0);
      for (const { place } of places) expect(applyEdits(plan, addTo(plan, place, entry, context)).ok).toBe(true);
    }
  });
});

describe("what fits a place", () => {
  const plan = examplePlan({
    problems: [{ ...examplePlan().problems[0], id: "p1", title: "Depression", chapter: "adult-x" } as Plan["problems"][number]],
    goals: [exampleGoal({ origin: { kind: "library", id: "x-goal-2", text: "" } })],
    objectives: [exampleObjective({ origin: { kind: "library", id: "x-obj-2", text: "" } })],
  });

  it("comes tied things first, and nothing that stands in the plan", () => {
    const context = contextOf();
    const objectives = suggestionsFor(plan, { kind: "objective", goalId: "g1" }, context);
    expect(library.objectiveById.get(objectives[0]?.id ?? "")?.goals).toContain("x-goal-2");
    const interventions = suggestionsFor(plan, { kind: "intervention", objectiveIds: ["o1"] }, context);
    expect(library.interventionById.get(interventions[0]?.id ?? "")?.objectives).toContain("x-obj-2");
    for (const { id } of [...objectives, ...interventions]) expect(statementsInPlan(plan).has(id)).toBe(false);
  });

  it("puts the goal first to which the library ties an objective", () => {
    const two = { ...plan, goals: [exampleGoal({ id: "g0", text: "Another." }), ...plan.goals] };
    const tied = library.statements.find(({ id }) => library.objectiveById.get(id)?.goals.includes("x-goal-2") === true);
    if (tied === undefined) throw new Error("No objective serves this goal.");
    const entry = library.objectiveById.get(tied.id);
    expect(placesFor(two, { ...tied, ...(entry && { entry }) }).map(({ place }) => "goalId" in place && place.goalId)).toEqual([
      "g1",
      "g0",
    ]);
  });
});

describe("what speaks against an intervention", () => {
  it("names a caution that holds, an approach that was declined, and one that failed before", () => {
    const record = exampleRecord();
    const context = contextOf({
      ...record,
      intake: {
        ...record.intake,
        preferences: { ...record.intake.preferences, declined: [{ approach: "cbt", reason: "worksheets" }] },
        risk: { ...record.intake.risk, level: "high" },
      },
    });
    const warnings = warningsFor(
      {
        approach: "cbt",
        cautions: [
          { when: "acute-suicide-risk", action: "hold", because: "It can stir up more than the client can hold now.", evidence: [] },
        ],
      },
      context,
    );
    expect(warnings.map(({ kind }) => kind)).toEqual(["hold", "declined"]);
    expect(warnings[1]?.text).toContain("worksheets");
    expect(warningsFor({ approach: "psychodynamic", cautions: [] }, context)).toEqual([]);
  });
});

describe("a record that has changed since the plan was written", () => {
  const input = { planId: "p", clientId: "c", library, author: exampleAuthor, profile: officeProfile, today, reviewWeeks: 5 };

  it("a plan that was drafted just now is up to date", () => {
    const record = exampleRecord({ administrations: [phq9] });
    const { plan } = draftPlan({ ...input, record, newId: countedIds() });
    expect(recordChanges(plan, contextOf(record))).toEqual([]);
  });

  it("a score, a risk assessment and a diagnosis are offered, fit the plan, and are offered once", () => {
    const { plan } = draftPlan({ ...input, record: exampleRecord(), newId: countedIds() });
    const record = exampleRecord({ administrations: [phq9] });
    const now = contextOf({
      ...record,
      diagnoses: record.diagnoses.map((diagnosis) => ({ ...diagnosis, code: "F33.2" })),
      intake: { ...record.intake, risk: { ...record.intake.risk, level: "moderate", assessedOn: today } },
    });
    const changes = recordChanges(plan, now);
    const said = changes.map(({ text }) => text).join(" ");
    expect(said).toContain("F33.2");
    expect(said).toContain("PHQ-9 16 of 27");
    expect(said).toContain("moderate");
    const result = applyEdits(
      plan,
      changes.flatMap(({ edits }) => edits),
    );
    if (!result.ok) throw new Error(result.refusals[0]?.message);
    expect(result.plan.risk.level).toBe("moderate");
    expect(recordChanges(result.plan, now)).toEqual([]);
  });
});

it("a few words are looked for, a sentence is taken as it is written", () => {
  expect(readsAsOwnWords("sleep without alcohol")).toBe(false);
  expect(readsAsOwnWords("Plans a wine-free bedtime for the custody nights.")).toBe(true);
});
