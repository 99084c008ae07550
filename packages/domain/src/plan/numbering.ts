import { goalsOf, type Plan } from "./plan.ts";

/** An item of a plan and the number it is called by, e.g. "1.2" for a goal and "1.2.1" for an objective. */
export interface Numbered {
  readonly id: string;
  readonly number: string;
}

/** Goals and objectives in the order in which a plan is read: by problem, then by goal. */
export interface PlanNumbers {
  readonly goals: readonly Numbered[];
  readonly objectives: readonly Numbered[];
}

/**
 * The numbers by which the composer, the findings, the agreement and the record's document call goals and objectives. One place for them,
 * so that "goal 1.2" is the same goal wherever it is spoken of. A goal of several problems has the number that it has under the first of
 * them that the plan still holds.
 */
export function planNumbers(plan: Plan): PlanNumbers {
  const problemIds = new Set(plan.problems.map(({ id }) => id));
  const homeOf = new Map(plan.goals.map((goal) => [goal.id, goal.problemIds.find((id) => problemIds.has(id))]));
  const housed = plan.problems.flatMap((problem, at) =>
    goalsOf(plan, problem.id)
      .filter(({ id }) => homeOf.get(id) === problem.id)
      .map(({ id }, index) => ({ id, stem: `${at + 1}.${index + 1}`, remark: "" })),
  );
  const stray = plan.goals
    .filter(({ id }) => homeOf.get(id) === undefined)
    .map(({ id }, index) => ({ id, stem: `${index + 1}`, remark: ", of no problem" }));
  const goals = [...housed, ...stray];
  const goalIds = new Set(goals.map(({ id }) => id));
  return {
    goals: goals.map(({ id, stem, remark }) => ({ id, number: `${stem}${remark}` })),
    objectives: [
      ...goals.flatMap((goal) =>
        plan.objectives
          .filter(({ goalId }) => goalId === goal.id)
          .map(({ id }, index) => ({ id, number: `${goal.stem}.${index + 1}${goal.remark}` })),
      ),
      ...plan.objectives.filter(({ goalId }) => !goalIds.has(goalId)).map(({ id }, index) => ({ id, number: `${index + 1}, of no goal` })),
    ],
  };
}

export function numberOf(numbered: readonly Numbered[], id: string): string {
  return numbered.find((entry) => entry.id === id)?.number ?? "";
}

/** "Goal 1.2", "Objective 1.2.1": the item that a path into the plan leads to. An intervention is told by the first objective it serves. */
export function placeInWords(plan: Plan, [list, id]: readonly string[]): string | null {
  const { goals, objectives } = planNumbers(plan);
  if (list === "goals") {
    const goal = goals.find((entry) => entry.id === id);
    return goal === undefined ? null : `Goal ${goal.number}`;
  }
  const served =
    list === "objectives" ? [id] : list === "interventions" ? plan.interventions.find((entry) => entry.id === id)?.objectiveIds : [];
  const objective = objectives.find((entry) => served?.includes(entry.id));
  return objective === undefined ? null : `Objective ${objective.number}`;
}
