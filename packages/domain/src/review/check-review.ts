import type { Plan } from "../plan/plan.ts";
import { withDecidedEnds } from "./apply-review.ts";
import { type HangingOnThePlan, homeworkOfEnded } from "./carried-over.ts";
import type { Review } from "./review.ts";
import { objectivesToReview } from "./review-evidence.ts";

/** Something that a review still needs before the next revision can be made of it. `about` is the id of what it is about. */
export interface ReviewGap {
  readonly kind: "objective" | "target" | "reason" | "addition" | "homework";
  readonly about: string;
  readonly message: string;
}

/** What is still to be decided; empty when the next revision can be made. */
export function reviewGaps(plan: Plan, review: Review, homework: HangingOnThePlan["homework"]): ReviewGap[] {
  const gaps: ReviewGap[] = [];
  for (const objective of objectivesToReview(plan)) {
    const decided = review.decided.find(({ objectiveId }) => objectiveId === objective.id);
    if (decided === undefined) {
      gaps.push({ kind: "objective", about: objective.id, message: "Decide what becomes of this objective." });
      continue;
    }
    const { decision, reason, target, targetDate } = decided;
    const proposal = review.proposals.find(({ objectiveId }) => objectiveId === objective.id);
    const same = (target === null || target === objective.metric?.target) && (targetDate === null || targetDate === objective.targetDate);
    if (decision === "revise-target" && same)
      gaps.push({ kind: "target", about: objective.id, message: "Enter the new target or the new date." });
    if (targetDate !== null && targetDate <= review.on && decision !== "achieved" && decision !== "discontinue")
      gaps.push({ kind: "target", about: objective.id, message: "Choose a target date after the review." });
    if (proposal !== undefined && proposal.decision !== decision && reason.trim() === "")
      gaps.push({ kind: "reason", about: objective.id, message: "Say in a few words why." });
  }
  for (const { id } of review.additions)
    if (!review.decidedAdditions.some((entry) => entry.id === id))
      gaps.push({ kind: "addition", about: id, message: "Say whether it is taken up." });
  const after = withDecidedEnds(plan, review);
  const before = new Set(homeworkOfEnded(plan, homework).map(({ id }) => id));
  for (const { id, content } of homeworkOfEnded(after, homework))
    if (!before.has(id) && !review.homework.some((entry) => entry.id === id))
      gaps.push({ kind: "homework", about: id, message: `Say what becomes of the homework “${content.title}”.` });
  return gaps;
}
