import { applyEdits } from "@trellis/domain/plan/edit-plan";
import { examplePlan } from "@trellis/domain/plan/plan.test-data";
import { expect, test } from "vitest";
import { safetyPlanChanges } from "./safety-plan-changed.ts";

const taken = (plan: ReturnType<typeof examplePlan>, revision: number, on: string) => {
  const [change] = safetyPlanChanges(plan, { revision, on });
  const result = applyEdits(plan, change?.edits ?? []);
  if (!result.ok) throw new Error("The edits do not fit.");
  return { change, plan: result.plan };
};

test("a plan that does not name the safety plan is offered to, and says nothing once it does", () => {
  const first = taken(examplePlan({ crisisPlan: { state: "none", reason: "", text: "" } }), 1, "2026-11-26");
  expect(first.change?.text).toBe("The safety plan was finished, version 1 of November 26, 2026; the plan does not name it yet.");
  expect(first.plan.crisisPlan).toEqual({ state: "present", reason: "", text: "Safety plan, version 1 of November 26, 2026." });
  expect(safetyPlanChanges(first.plan, { revision: 1, on: "2026-11-26" })).toEqual([]);
});

test("a later version takes the earlier one's place, and the clinician's own words stay", () => {
  const own = "Calls Ana first.";
  const first = taken(examplePlan({ crisisPlan: { state: "present", reason: "", text: own } }), 1, "2026-11-26").plan;
  expect(taken(first, 2, "2026-12-03").plan.crisisPlan.text).toBe(`Safety plan, version 2 of December 3, 2026.\n${own}`);
});

test("without a finished safety plan there is nothing to name", () => {
  expect(safetyPlanChanges(examplePlan(), null)).toEqual([]);
});
