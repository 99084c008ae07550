import { formatDate } from "../calendar/date.ts";
import type { Objective, Plan } from "../plan/plan.ts";

/** That an objective has ended at a review, and why, as a document or a screen says it; `null` while it goes on. */
export function endedInWords(
  { id, lifecycleStatus }: Pick<Objective, "id" | "lifecycleStatus">,
  { changeReasons }: Pick<Plan, "changeReasons">,
): string | null {
  const word = lifecycleStatus === "completed" ? "Achieved" : lifecycleStatus === "cancelled" ? "Discontinued" : null;
  if (word === null) return null;
  const reason = changeReasons.find((entry) => entry.id === id)?.reason.trim() ?? "";
  return reason === "" ? `${word}.` : `${word}: ${reason}`;
}

/** The same for the client, in everyday words; empty while it goes on. */
export function endedPlain({ lifecycleStatus }: Pick<Objective, "lifecycleStatus">): string {
  if (lifecycleStatus === "completed") return "You have reached this.";
  return lifecycleStatus === "cancelled" ? "We have stopped working on this for now." : "";
}

/** The last review of a plan, as facts for its document; none without one. */
export function lastReviewFacts({ reviews }: Pick<Plan, "reviews">): readonly (readonly [label: string, value: string])[] {
  const last = reviews.at(-1);
  if (last === undefined) return [];
  return [
    ["Held on", formatDate(last.on)],
    ["Who took part", last.participants.join("; ")],
    ["Progress", last.byGoal.map(({ progress }) => progress).join("\n")],
    ["What it came to", last.decision],
    ["Why treatment goes on", last.rationale],
  ];
}
