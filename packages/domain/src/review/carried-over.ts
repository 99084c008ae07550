import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import type { OutlineCourse } from "../outline/outline-course.ts";
import { hasEnded } from "../plan/lifecycle.ts";
import { scheduleInWords } from "../plan/measure-schedule.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import type { Plan } from "../plan/plan.ts";
import type { PayerAuthorization } from "../schedule/payer-authorization.ts";
import type { Series } from "../schedule/series.ts";

interface Kept<T> {
  readonly id: string;
  readonly content: T;
}

/** What hangs on a plan and not on one revision of it. */
export interface HangingOnThePlan {
  readonly series: readonly Kept<Series>[];
  readonly homework: readonly Kept<AssignedHomework>[];
  readonly outlines: readonly Kept<OutlineCourse>[];
  readonly authorizations: readonly Kept<PayerAuthorization>[];
}

/** What becomes of one thing that hangs on the plan when its next revision comes into force. */
export interface CarriedOver {
  readonly kind: "measure" | "series" | "homework" | "outline" | "authorization";
  readonly id: string;
  readonly what: string;
  /** `asks`: somebody has to say; until then it goes on. */
  readonly becomes: "goes-on" | "stops" | "asks";
  readonly why: string;
}

/** Homework that is still to be done or looked at. */
const isOpen = ({ outcome, withdrawnOn }: AssignedHomework): boolean => outcome === null && withdrawnOn === null;

/** Homework that was for objectives which have all ended: nobody does it for something any more, unless somebody says what for. */
export function homeworkOfEnded(plan: Plan, homework: readonly Kept<AssignedHomework>[]): readonly Kept<AssignedHomework>[] {
  return homework.filter(
    ({ content }) =>
      isOpen(content) &&
      content.objectiveIds.length > 0 &&
      content.objectiveIds.every((id) => {
        const objective = plan.objectives.find((entry) => entry.id === id);
        return objective === undefined || hasEnded(objective);
      }),
  );
}

/**
 * What hangs on a plan, each with what becomes of it in the next revision. It goes on unless something stops it, and what stops says why. Nothing is
 * orphaned: homework of an objective that ends is named and asked about.
 */
export function carriedOver(plan: Plan, next: Plan, treatment: HangingOnThePlan, today: IsoDate): CarriedOver[] {
  const numbers = planNumbers(next).objectives;
  const reasonOf = (id: string) => next.changeReasons.find((entry) => entry.id === id)?.reason ?? "";
  const asked = new Set(homeworkOfEnded(next, treatment.homework).map(({ id }) => id));
  const ofPlan = (id: string | null) => id === null || id === plan.id;
  return [
    ...plan.measureSchedule.map((entry): CarriedOver => {
      const kept = next.measureSchedule.find(({ id, measure }) => id === entry.id || measure === entry.measure);
      const what = `${entry.measureName}, ${scheduleInWords(kept ?? entry)}`;
      if (kept === undefined)
        return { kind: "measure", id: entry.id, what, becomes: "stops", why: reasonOf(entry.id) || "It was taken out of the plan." };
      const bound = next.objectives.filter(({ metric }) => metric?.measure === entry.measure);
      return {
        kind: "measure",
        id: entry.id,
        what,
        becomes: "goes-on",
        why: bound.length > 0 && bound.every(hasEnded) ? "Its objective has ended; given further on, it shows whether that lasts." : "",
      };
    }),
    ...treatment.series
      .filter(({ content }) => ofPlan(content.planId) && (content.endedOn === null || content.endedOn > today))
      .map(
        ({ id, content }): CarriedOver => ({
          kind: "series",
          id,
          what: `Sessions, ${content.everyWeeks === 1 ? "every week" : `every ${content.everyWeeks} weeks`} at ${content.startTime}`,
          becomes: content.endedOn === null ? "goes-on" : "stops",
          why:
            content.endedOn === null
              ? ""
              : `Ends on ${formatDate(content.endedOn)}${content.endedReason === "" ? "." : `: ${content.endedReason}`}`,
        }),
      ),
    ...treatment.homework
      .filter(({ content }) => ofPlan(content.planId) && isOpen(content))
      .map(({ id, content }): CarriedOver => {
        const ended = content.objectiveIds.map((objective) => numberOf(numbers, objective)).filter(Boolean);
        return {
          kind: "homework",
          id,
          what: `Homework “${content.title}”`,
          becomes: asked.has(id) ? "asks" : "goes-on",
          why: asked.has(id) ? `It was for ${ended.length === 0 ? "an objective" : `objective ${ended.join(", ")}`}, which has ended.` : "",
        };
      }),
    ...treatment.outlines
      .filter(({ content }) => ofPlan(content.planId) && content.endedOn === null)
      .map(
        ({ id, content }): CarriedOver => ({
          kind: "outline",
          id,
          what: `Structured course “${content.outline.title}”`,
          becomes: "goes-on",
          why: "",
        }),
      ),
    ...treatment.authorizations
      .filter(({ content }) => content.endedOn === null && content.to >= today)
      .map(({ id, content }): CarriedOver => {
        const before = next.reviewDue !== null && content.to < next.reviewDue;
        return {
          kind: "authorization",
          id,
          what: `Authorization ${[content.payer, content.number].filter(Boolean).join(" ")}`.trim(),
          becomes: "goes-on",
          why: before ? `It runs out on ${formatDate(content.to)}, before the next review.` : "",
        };
      }),
  ];
}
