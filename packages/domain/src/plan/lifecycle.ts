import type { Goal } from "./plan.ts";

type Lifecycle = Pick<Goal, "lifecycleStatus">;
type Achievement = Pick<Goal, "achievementStatus">;

const ended: ReadonlySet<Goal["lifecycleStatus"]> = new Set(["completed", "cancelled", "rejected", "entered-in-error"]);

/** Whether a goal or objective has come to its end, in whatever way: nothing is worked on toward it any more. */
export const hasEnded = ({ lifecycleStatus }: Lifecycle): boolean => ended.has(lifecycleStatus);

/** Whether a goal or objective is worked on: not ended, and not on hold. */
export const isWorkedOn = (entry: Lifecycle): boolean => !hasEnded(entry) && entry.lifecycleStatus !== "on-hold";

/** Whether a goal or objective is reached, for the first time or still (FHIR Goal.achievementStatus achieved, sustaining). */
export const isReached = ({ achievementStatus }: Achievement): boolean =>
  achievementStatus === "achieved" || achievementStatus === "sustaining";
