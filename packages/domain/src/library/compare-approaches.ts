import type { ApproachId } from "./approach.ts";
import type { Chapter, LibraryGoal, LibraryIntervention } from "./chapter.ts";
import type { Evidence } from "./evidence.ts";
import { type EvidenceLevel, evidenceLevel, evidenceLevels } from "./evidence-level.ts";

/** What one approach has for one goal of a chapter. */
export interface ApproachToGoal {
  readonly goal: LibraryGoal;
  /** By approach, in the order asked for: what is done toward the goal, each intervention under the first goal that it serves. */
  readonly interventions: readonly (readonly LibraryIntervention[])[];
}

export interface ApproachInChapter {
  readonly approach: ApproachId;
  readonly interventions: number;
  /** The best level that any of its interventions has. */
  readonly level: EvidenceLevel;
  /** How many of its interventions name a source. */
  readonly withSource: number;
}

/** What an approach amounts to in a chapter, for choosing between approaches with the client. */
export function approachInChapter(chapter: Chapter, approach: ApproachId, sources: ReadonlyMap<string, Evidence>): ApproachInChapter {
  const own = chapter.interventions.filter((item) => item.approach === approach);
  const levels = new Set(own.map(({ evidence }) => evidenceLevel(evidence.flatMap((id) => sources.get(id) ?? []))));
  return {
    approach,
    interventions: own.length,
    level: evidenceLevels.find((level) => levels.has(level)) ?? "practice-based",
    withSource: own.filter(({ basis }) => basis === "evidence").length,
  };
}

/** Approaches side by side: for each goal of the chapter what each of them would do. Goals that none of them serves are left out. */
export function compareApproaches(chapter: Chapter, wanted: readonly ApproachId[]): ApproachToGoal[] {
  const goalsOf = new Map(chapter.objectives.map((objective) => [objective.id, objective.goals]));
  const firstGoal = (intervention: LibraryIntervention): string | undefined => {
    const served = new Set(intervention.objectives.flatMap((id) => goalsOf.get(id) ?? []));
    return chapter.goals.find(({ id }) => served.has(id))?.id;
  };
  return chapter.goals
    .map((goal) => ({
      goal,
      interventions: wanted.map((approach) =>
        chapter.interventions.filter((item) => item.approach === approach && firstGoal(item) === goal.id),
      ),
    }))
    .filter(({ interventions }) => interventions.some((list) => list.length > 0));
}
