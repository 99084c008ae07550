import { useQuery } from "@tanstack/react-query";
import { isWorkedOn } from "@trellis/domain/plan/lifecycle";
import { planNumbers } from "@trellis/domain/plan/numbering";
import { objectiveText } from "@trellis/domain/plan/objective-text";
import type { Plan } from "@trellis/domain/plan/plan";
import type { Chart } from "../api/clients.ts";
import { planQuery } from "../api/plans.ts";

export interface NamedObjective {
  readonly id: string;
  /** As the plan calls it: "1.2.1". */
  readonly number: string;
  readonly words: string;
  /** Worked on now, so that homework can be given for it. */
  readonly active: boolean;
}

/** The objectives of a plan by the numbers that it gives them. */
export function namedObjectives(plan: Plan | null): readonly NamedObjective[] {
  if (plan === null) return [];
  const byId = new Map(plan.objectives.map((objective) => [objective.id, objective]));
  return planNumbers(plan).objectives.flatMap(({ id, number }) => {
    const objective = byId.get(id);
    return objective === undefined ? [] : [{ id, number, words: objectiveText(objective), active: isWorkedOn(objective) }];
  });
}

/** The plan that the treatment goes by: the one in force, else the draft. */
export function usePlanInForce(chart: Chart) {
  const byRevision = chart.plans.toSorted((a, b) => b.revision - a.revision);
  const plan = byRevision.find(({ status }) => status === "active") ?? byRevision.find(({ status }) => status === "draft");
  const query = useQuery({ ...planQuery(plan?.id ?? "", plan?.revision), enabled: plan !== undefined, staleTime: 60_000 });
  return {
    plan: query.data?.plan ?? null,
    waiting: plan !== undefined && query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
