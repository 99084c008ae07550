import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, collide, type Edit, removeGoal, removeObjective, removeProblem } from "./edit-plan.ts";
import { exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "./plan.test-data.ts";
import type { Plan } from "./plan.ts";

function edited(plan: Plan, edits: readonly Edit[]): Plan {
  const result = applyEdits(plan, edits);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join(" "));
  return result.plan;
}

const twoGoals = examplePlan({
  goals: [exampleGoal(), exampleGoal({ id: "g2", clientWords: "Sleep through" })],
  objectives: [exampleObjective(), exampleObjective({ id: "o2", goalId: "g2" })],
  interventions: [exampleIntervention({ objectiveIds: ["o1", "o2"] }), exampleIntervention({ id: "i2", objectiveIds: ["o2"] })],
});

describe("editing a plan", () => {
  it("changes one field and leaves the given plan as it was", () => {
    const plan = examplePlan();
    const after = edited(plan, [{ type: "set", path: ["objectives", "o1", "metric", "target"], value: 5 }]);
    expect(after.objectives[0]?.metric?.target).toBe(5);
    expect(plan.objectives[0]?.metric?.target).toBe(4);
    expect(after.goals).toStrictEqual(plan.goals);
  });

  it("moves a goal before another", () => {
    const after = edited(twoGoals, [{ type: "move", list: ["goals"], id: "g2", before: "g1" }]);
    expect(after.goals.map((goal) => goal.id)).toEqual(["g2", "g1"]);
  });

  it("refuses a target below zero, with a pointer to the field, and applies nothing", () => {
    const result = applyEdits(examplePlan(), [
      { type: "set", path: ["goals", "g1", "detail"], value: "at home" },
      { type: "set", path: ["objectives", "o1", "metric", "target"], value: -3 },
    ]);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.refusals[0]?.pointer).toBe("/objectives/0/metric/target");
  });

  it("refuses to touch what belongs to the record or the signature", () => {
    for (const path of [["id"], ["clientId"], ["revision"], ["status"], ["subject", "name"], ["author", "clinicianName"]]) {
      expect(applyEdits(examplePlan(), [{ type: "set", path, value: "x" }])).toMatchObject({ ok: false });
    }
  });

  it("says so when what a change refers to was removed meanwhile", () => {
    const result = applyEdits(examplePlan(), [{ type: "set", path: ["goals", "gone", "detail"], value: "x" }]);
    expect(result).toMatchObject({ ok: false, refusals: [{ message: "What this change refers to is no longer in the plan." }] });
  });

  it("does not let a field name reach the prototype of an object", () => {
    const result = applyEdits(examplePlan(), [{ type: "set", path: ["__proto__", "polluted"], value: true }]);
    expect(result.ok).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("takes a goal out with its objectives, and keeps an intervention that serves another", () => {
    const after = edited(twoGoals, removeGoal(twoGoals, "g2"));
    expect(after.goals.map((goal) => goal.id)).toEqual(["g1"]);
    expect(after.objectives.map((objective) => objective.id)).toEqual(["o1"]);
    expect(after.interventions).toMatchObject([{ id: "i1", objectiveIds: ["o1"] }]);
  });

  it("takes an objective out with the intervention that served only it", () => {
    const after = edited(twoGoals, removeObjective(twoGoals, "o2"));
    expect(after.interventions.map((intervention) => intervention.id)).toEqual(["i1"]);
  });

  it("takes a problem out with everything that hung on it", () => {
    const after = edited(twoGoals, removeProblem(twoGoals, "p1"));
    expect(after).toMatchObject({ problems: [], goals: [], objectives: [], interventions: [] });
  });
});

/** Edits that fit the plan with two goals, alone or in a row, because none removes what another needs. */
const fittingEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({ id: fc.constantFrom("g1", "g2"), value: fc.string({ maxLength: 60 }).filter((text) => !/[\0-\x1f]/.test(text)) })
    .map(({ id, value }): Edit => ({ type: "set", path: ["goals", id, "detail"], value })),
  fc
    .record({ id: fc.constantFrom("o1", "o2"), value: fc.integer({ min: 0, max: 1000 }) })
    .map(({ id, value }): Edit => ({ type: "set", path: ["objectives", id, "metric", "target"], value })),
  fc
    .record({ list: fc.constantFrom("goals", "objectives", "interventions"), first: fc.boolean(), end: fc.boolean() })
    .map(({ list, first, end }): Edit => {
      const [one, two] = list === "goals" ? ["g1", "g2"] : list === "objectives" ? ["o1", "o2"] : ["i1", "i2"];
      return { type: "move", list: [list], id: (first ? one : two) as string, before: end ? null : ((first ? two : one) as string) };
    }),
);

describe("laws of editing", () => {
  it("undo: the inverse edits bring back exactly the plan before", () => {
    fc.assert(
      fc.property(fc.array(fittingEdit, { minLength: 1, maxLength: 12 }), (edits) => {
        const result = applyEdits(twoGoals, edits);
        if (!result.ok) throw new Error("fitting edits were refused");
        expect(edited(result.plan, result.inverse)).toStrictEqual(twoGoals);
      }),
    );
  });

  it("undo of a removal brings the item back to its place", () => {
    for (const edits of [removeGoal(twoGoals, "g1"), removeObjective(twoGoals, "o2"), removeProblem(twoGoals, "p1")]) {
      const result = applyEdits(twoGoals, edits);
      if (!result.ok) throw new Error("the removal was refused");
      expect(edited(result.plan, result.inverse)).toStrictEqual(twoGoals);
    }
  });

  it("two people's edits to different things give the same plan in either order", () => {
    fc.assert(
      fc.property(fittingEdit, fittingEdit, (a, b) => {
        fc.pre(a.type === "set" && b.type === "set" && !collide(a, b));
        expect(edited(twoGoals, [a, b])).toStrictEqual(edited(twoGoals, [b, a]));
      }),
    );
  });
});

describe("collisions between two people's edits", () => {
  const set = (...path: string[]): Edit => ({ type: "set", path, value: "x" });
  it("a field and the same field collide", () => expect(collide(set("goals", "g1", "detail"), set("goals", "g1", "detail"))).toBe(true));
  it("a field and its neighbor do not", () => expect(collide(set("goals", "g1", "detail"), set("goals", "g1", "clientWords"))).toBe(false));
  it("an item and a field inside it do", () =>
    expect(collide({ type: "remove", list: ["goals"], id: "g1" }, set("goals", "g1", "detail"))).toBe(true));
  it("ids that merely start alike do not", () => expect(collide(set("goals", "g1", "detail"), set("goals", "g12", "detail"))).toBe(false));
});
