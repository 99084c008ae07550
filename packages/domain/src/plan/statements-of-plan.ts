import type { Plan, Statement } from "./plan.ts";

/** Every statement of a plan: how its problems show, goals, objectives, interventions, outcomes and criteria. */
export function statementsOfPlan(plan: Plan): readonly Statement[] {
  return [
    ...plan.problems.flatMap(({ definitions }) => definitions),
    ...plan.goals,
    ...plan.objectives,
    ...plan.interventions,
    ...plan.expectedOutcomes,
    ...plan.dischargeCriteria,
  ];
}
