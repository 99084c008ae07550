import { formatDate } from "../calendar/date.ts";
import { isCase } from "../measures/score.ts";
import type { Review, ReviewDecision } from "./review.ts";
import type { ReviewEvidence } from "./review-evidence.ts";

const decided: Record<ReviewDecision, string> = {
  achieved: "achieved and ended",
  continue: "continued",
  "revise-target": "continued with a new target or date",
  "change-intervention": "continued with another intervention",
  discontinue: "discontinued",
};

/** A first wording of what the review comes to, out of what was decided; to be changed freely. */
export function draftedSummary({ objectives }: ReviewEvidence, review: Pick<Review, "decided">): string {
  return objectives
    .flatMap(({ objective, number }) => {
      const decision = review.decided.find(({ objectiveId }) => objectiveId === objective.id)?.decision;
      return decision === undefined ? [] : [`Objective ${number} is ${decided[decision]}.`];
    })
    .join(" ");
}

/**
 * A first wording of why the treatment goes on: what has improved, what is still in the clinical range, what is not reached. To be changed freely. Empty
 * where nothing goes on.
 */
export function draftedRationale({ objectives }: ReviewEvidence, review: Pick<Review, "decided">): string {
  const goesOn = objectives.filter(({ objective }) => {
    const decision = review.decided.find(({ objectiveId }) => objectiveId === objective.id)?.decision;
    return decision !== undefined && decision !== "achieved" && decision !== "discontinue";
  });
  if (goesOn.length === 0) return "";
  const sentences: string[] = [];
  const told = new Set<string>();
  for (const { measure, progress, objective } of goesOn) {
    const now = progress?.current ?? null;
    if (measure === null || now === null || objective.metric?.item !== undefined || told.has(measure.id)) continue;
    told.add(measure.id);
    if (isCase(measure, now.value) === true)
      sentences.push(
        `${measure.name} was ${now.value} on ${formatDate(now.date)}, still in the clinical range (cutoff ${measure.cutoff?.atLeast}).`,
      );
    else if (!(progress?.met ?? false))
      sentences.push(`${measure.name} was ${now.value} on ${formatDate(now.date)}; the target is ${progress?.target ?? "not set"}.`);
  }
  const count = goesOn.length;
  sentences.push(
    `${count} ${count === 1 ? "objective is" : "objectives are"} not reached yet, and treatment goes on toward ${count === 1 ? "it" : "them"}.`,
  );
  return sentences.join(" ");
}
