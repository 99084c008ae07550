import type { Homework } from "../library/homework.ts";
import { isWorkedOn } from "../plan/lifecycle.ts";
import type { Plan } from "../plan/plan.ts";

/** Homework of the library that fits a plan, with what it fits. */
export interface FittingHomework {
  readonly item: Homework;
  /** Objectives of the plan whose interventions name it; empty where only the problem's chapter does. */
  readonly objectiveIds: readonly string[];
  /** Why it is suggested, for the clinician. */
  readonly because: string;
}

/**
 * Which homework of the library fits a plan: first what the plan's own interventions name, in their order, then the rest of what is made for its problems.
 */
export function fittingHomework(
  library: readonly Homework[],
  { problems, objectives, interventions }: Pick<Plan, "problems" | "objectives" | "interventions">,
): readonly FittingHomework[] {
  const byId = new Map(library.map((item) => [item.id, item]));
  const active = new Set(objectives.filter(isWorkedOn).map(({ id }) => id));
  const named = new Map<string, { objectiveIds: Set<string>; technique: string }>();
  for (const { homework, objectiveIds, technique } of interventions)
    for (const id of homework) {
      const before = named.get(id) ?? { objectiveIds: new Set<string>(), technique };
      for (const objectiveId of objectiveIds) if (active.has(objectiveId)) before.objectiveIds.add(objectiveId);
      named.set(id, before);
    }
  const fromPlan = [...named].flatMap(([id, { objectiveIds, technique }]) => {
    const item = byId.get(id);
    if (item === undefined || objectiveIds.size === 0) return [];
    return [
      { item, objectiveIds: [...objectiveIds], because: technique === "" ? "Goes with the plan" : `Goes with ${technique} in the plan` },
    ];
  });
  const taken = new Set(fromPlan.map(({ item }) => item.id));
  const chapters = problems
    .filter(({ status }) => status === "active")
    .flatMap(({ chapter, title }) => (chapter === null ? [] : [{ chapter, title }]));
  const fromChapters = chapters.flatMap(({ chapter, title }) =>
    library
      .filter((item) => item.chapters.includes(chapter) && !taken.has(item.id) && taken.add(item.id))
      .map((item) => ({ item, objectiveIds: [], because: `Made for ${title}` })),
  );
  return [...fromPlan, ...fromChapters];
}
