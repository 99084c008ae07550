import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { Measure } from "../measures/measure.ts";
import type { NoteHead, ObjectiveRating } from "../note/note.ts";
import { isReached } from "../plan/lifecycle.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import { objectiveProgress } from "../plan/objective-progress.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Objective, Plan } from "../plan/plan.ts";
import type { Given } from "../progress/series.ts";

/** How an objective stands at the end. `stopped`: it was given up on purpose. `no-evidence`: nothing in the record tells. */
export type ObjectiveEnd = "achieved" | "improved" | "unchanged" | "worse" | "stopped" | "no-evidence";

export interface ObjectiveState {
  readonly id: string;
  readonly goalId: string;
  /** "1.2.1" */
  readonly number: string;
  readonly text: string;
  readonly state: ObjectiveEnd;
  /** What says so, as one sentence. */
  readonly why: string;
}

/** A note as far as it is needed: whether it counts, and what it says of objectives. */
export interface HeadOfNote {
  readonly date: IsoDate;
  readonly head: NoteHead | null;
  readonly signedAt: string | null;
}

export interface ScoresOnHand {
  /** As the client's practice uses them. */
  readonly measures: readonly Measure[];
  readonly administrations: readonly Given[];
}

const ratings: Record<ObjectiveRating, { readonly state: ObjectiveEnd; readonly words: string }> = {
  none: { state: "unchanged", words: "no progress" },
  some: { state: "improved", words: "some progress" },
  good: { state: "improved", words: "good progress" },
  achieved: { state: "achieved", words: "achieved" },
  worse: { state: "worse", words: "worse" },
};

/** Which objectives of a plan are no part of what was treated. */
const never: ReadonlySet<Objective["lifecycleStatus"]> = new Set(["entered-in-error", "rejected"]);

const recorded: Partial<Record<NonNullable<Objective["achievementStatus"]>, ObjectiveEnd>> = {
  achieved: "achieved",
  sustaining: "achieved",
  improving: "improved",
  worsening: "worse",
  "no-change": "unchanged",
  "no-progress": "unchanged",
  "not-achieved": "unchanged",
};

/**
 * How each objective of a plan stands, in the plan's order. In this order: what the plan itself says of its end; the target met at the last two
 * measurements; the rating of the last signed note; the change since the baseline; what the plan says of the way there.
 */
export function objectiveStates(plan: Plan, scores: ScoresOnHand, notes: readonly HeadOfNote[], today: IsoDate): ObjectiveState[] {
  const numbers = planNumbers(plan).objectives;
  const known = new Map(scores.measures.map((measure) => [measure.id, measure]));
  return plan.objectives
    .filter(({ lifecycleStatus }) => !never.has(lifecycleStatus))
    .map((objective) => ({
      id: objective.id,
      goalId: objective.goalId,
      number: numberOf(numbers, objective.id),
      text: objectiveText(objective),
      ...stateOf(objective, known.get(objective.metric?.measure ?? ""), scores.administrations, notes, today),
    }));
}

function stateOf(
  objective: Objective,
  measure: Measure | undefined,
  administrations: readonly Given[],
  notes: readonly HeadOfNote[],
  today: IsoDate,
): Pick<ObjectiveState, "state" | "why"> {
  const { lifecycleStatus, achievementStatus } = objective;
  if (lifecycleStatus === "completed" || isReached({ achievementStatus }))
    return { state: "achieved", why: "Recorded in the plan as achieved." };
  if (lifecycleStatus === "cancelled" || achievementStatus === "not-attainable")
    return { state: "stopped", why: "Recorded in the plan as no longer worked on." };
  const progress = objectiveProgress(objective, measure, administrations, today);
  const { name = "" } = measure ?? {};
  const current = progress?.current ?? null;
  const value = current === null ? "" : `${name} was ${current.value} on ${formatDate(current.date)}`;
  const target = progress?.target == null ? "" : `, target ${progress.target}`;
  if (progress?.state === "achieved") return { state: "achieved", why: `${value}${target}. ${progress.rule}` };
  const rated = lastRating(objective.id, notes);
  if (rated !== null) {
    const { state, words } = ratings[rated.rating];
    return { state, why: `Rated “${words}” in the note of ${formatDate(rated.date)}.${value === "" ? "" : ` ${value}${target}.`}` };
  }
  if (progress !== null && current !== null) {
    const state = progress.state === "improving" ? "improved" : progress.state === "worsening" ? "worse" : "unchanged";
    return { state: progress.state === "in-progress" ? "no-evidence" : state, why: `${value}${target}. ${progress.rule}` };
  }
  const said = achievementStatus === null ? undefined : recorded[achievementStatus];
  if (said !== undefined) return { state: said, why: "Recorded so in the plan." };
  return { state: "no-evidence", why: progress === null ? "Nothing in the record tells how far it came." : progress.rule };
}

/** What the last signed note that speaks of an objective says of it. */
function lastRating(
  objectiveId: string,
  notes: readonly HeadOfNote[],
): { readonly rating: ObjectiveRating; readonly date: IsoDate } | null {
  let last: { readonly rating: ObjectiveRating; readonly date: IsoDate } | null = null;
  for (const { head, date, signedAt } of notes) {
    const found = signedAt === null ? undefined : head?.objectives.find((noted) => noted.objectiveId === objectiveId);
    if (found !== undefined && (last === null || date >= last.date)) last = { rating: found.rating, date };
  }
  return last;
}
