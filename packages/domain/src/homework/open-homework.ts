import { daysBetween, type IsoDate } from "../calendar/date.ts";
import type { AssignedHomework } from "./assigned-homework.ts";

/** `to-look-at`: its day has come, or the client says that it is done. `overdue`: more than a week past its day. */
export type HomeworkState = "under-way" | "to-look-at" | "overdue" | "looked-at" | "withdrawn";

/** A week past its day, homework that nobody has looked at is forgotten, and the client learns that it does not matter. */
const forgottenAfterDays = 7;

interface Kept {
  readonly content: AssignedHomework;
  readonly byLink?: { readonly finished: boolean } | null;
}

/** How homework stands on a day. */
export function homeworkState({ content: { outcome, withdrawnOn, dueOn }, byLink }: Kept, today: IsoDate): HomeworkState {
  if (withdrawnOn !== null) return "withdrawn";
  if (outcome !== null) return "looked-at";
  if (dueOn !== null && daysBetween(dueOn, today) > forgottenAfterDays) return "overdue";
  return byLink?.finished === true || (dueOn !== null && dueOn <= today) ? "to-look-at" : "under-way";
}

const order: readonly HomeworkState[] = ["overdue", "to-look-at", "under-way"];

/** Homework that was given and is not looked at yet: what waits longest first. For the homework screen, the note, and the day's list. */
export function openHomework<T extends Kept>(homework: readonly T[], today: IsoDate): readonly (T & { readonly state: HomeworkState })[] {
  return homework
    .map((one) => ({ ...one, state: homeworkState(one, today) }))
    .filter(({ state }) => order.includes(state))
    .toSorted(
      (a, b) =>
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (a.content.dueOn ?? "9999").localeCompare(b.content.dueOn ?? "9999") ||
        a.content.assignedOn.localeCompare(b.content.assignedOn),
    );
}
