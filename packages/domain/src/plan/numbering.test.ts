import { describe, expect, it } from "vitest";
import { numberOf, placeInWords, planNumbers } from "./numbering.ts";
import { exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "./plan.test-data.ts";

const { problems } = examplePlan();
const plan = examplePlan({
  problems: [...problems, ...problems.map((problem) => ({ ...problem, id: "p2", title: "Sleep" }))],
  goals: [
    exampleGoal({ id: "g-sleep", problemIds: ["p2"] }),
    exampleGoal({ id: "g1" }),
    exampleGoal({ id: "g-both", problemIds: ["gone", "p1", "p2"] }),
    exampleGoal({ id: "g-stray", problemIds: ["gone"] }),
  ],
  objectives: [
    exampleObjective({ id: "o-sleep", goalId: "g-sleep" }),
    exampleObjective({ id: "o1", goalId: "g-both" }),
    exampleObjective({ id: "o2", goalId: "g-both" }),
    exampleObjective({ id: "o-stray", goalId: "g-stray" }),
    exampleObjective({ id: "o-alone", goalId: "gone" }),
  ],
  interventions: [exampleIntervention({ objectiveIds: ["gone", "o2"] }), exampleIntervention({ id: "i-stray", objectiveIds: ["gone"] })],
});

describe("the numbers of a plan", () => {
  it("call each goal by its problem, and a goal of several by the first that the plan holds", () => {
    expect(planNumbers(plan).goals).toEqual([
      { id: "g1", number: "1.1" },
      { id: "g-both", number: "1.2" },
      { id: "g-sleep", number: "2.1" },
      { id: "g-stray", number: "1, of no problem" },
    ]);
  });

  it("call each objective by its goal", () => {
    const { objectives } = planNumbers(plan);
    expect(objectives.map(({ id, number }) => [id, number])).toEqual([
      ["o1", "1.2.1"],
      ["o2", "1.2.2"],
      ["o-sleep", "2.1.1"],
      ["o-stray", "1.1, of no problem"],
      ["o-alone", "1, of no goal"],
    ]);
    expect(numberOf(objectives, "o-sleep")).toBe("2.1.1");
  });

  it("tell where a finding leads, as far as it leads to a goal or an objective", () => {
    expect(placeInWords(plan, ["goals", "g-both", "clientWords"])).toBe("Goal 1.2");
    expect(placeInWords(plan, ["objectives", "o2", "metric", "baseline"])).toBe("Objective 1.2.2");
    expect(placeInWords(plan, ["interventions", "i1"])).toBe("Objective 1.2.2");
    for (const path of [[], ["goals"], ["goals", "gone"], ["interventions", "i-stray"], ["problems", "p1", "impairment"], ["risk"]])
      expect(placeInWords(plan, path)).toBeNull();
  });
});
