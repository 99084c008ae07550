import { daysBetween, formatDate } from "@trellis/domain/calendar/date";
import type { DayNote, DayPlan, DayReview, DaySession, MyDay } from "../api/my-day.ts";

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export function isEmptyDay({ sessions, notes, reviews, plans, homework, followUps, coSignature, measuresDue }: MyDay): boolean {
  const lists = [notes, reviews, plans, homework, followUps, coSignature];
  return sessions.length === 0 && measuresDue === 0 && lists.every((list) => list === null || list.count === 0);
}

/** "3 sessions, 2 notes to finish, 1 review due." */
export function leadOf({ sessions, notes, reviews }: MyDay): string {
  const due = reviews.lines.filter(({ state }) => state !== "draft").length;
  const parts = [
    sessions.length === 0 ? "No sessions today" : counted(sessions.length, "session", "sessions"),
    ...(notes.count === 0 ? [] : [counted(notes.count, "note to finish", "notes to finish")]),
    ...(due === 0 ? [] : [counted(due, "review", "reviews")]),
  ];
  return `${parts.join(", ")}.`;
}

/** What is to be thought of in a session, in the order in which it is needed, each with the way there. */
export interface SessionNeed {
  readonly words: string;
  readonly to: string;
  readonly urgent?: boolean;
}

/** @param today the day shown. */
export function needsOf(session: DaySession, today: string): SessionNeed[] {
  const { clientId, measuresDue, homeworkOpen, alerts, reviewDue, outline } = session;
  const client = `/clients/${clientId}`;
  return [
    ...(alerts === 0 ? [] : [{ words: counted(alerts, "alert", "alerts"), to: `${client}/alerts`, urgent: true }]),
    ...measuresDue.map(({ id, name, canBeAnswered }) => ({
      words: `Give ${name}`,
      to: `${client}/measures/${id}/${canBeAnswered ? "hand-over" : "give"}`,
    })),
    ...(homeworkOpen === 0
      ? []
      : [{ words: `Look at homework${homeworkOpen === 1 ? "" : ` (${homeworkOpen})`}`, to: `${client}/homework` }]),
    ...(reviewDue === null || daysBetween(today, reviewDue) > 7
      ? []
      : [{ words: reviewDue < today ? "Review overdue" : "Review due", to: `${client}/review/new`, urgent: reviewDue < today }]),
    ...(outline === null ? [] : [{ words: `Next: ${outline}`, to: `${client}/outline` }]),
  ];
}

/** "by today, 3:00 PM", "since November 23". */
export function noteDueWords(
  { dueAt, kind }: Pick<DayNote, "dueAt" | "kind">,
  now: Date,
  timeZone: string,
): { readonly words: string; readonly late: boolean } {
  const due = new Date(dueAt);
  const late = due < now;
  const on = due.toLocaleString("en-US", { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" });
  const day = due.toLocaleDateString("en-US", { timeZone, month: "long", day: "numeric" });
  const what = kind === "draft" ? "Draft" : "Not begun";
  return { late, words: late ? `${what}, was to be signed by ${day}` : `${what}, to be signed by ${on}` };
}

export function reviewWords({
  days,
  state,
  reviewDue,
  clientsPart,
}: Pick<DayReview, "days" | "state" | "reviewDue" | "clientsPart">): string {
  const when = days < 0 ? `was due ${formatDate(reviewDue)}` : days === 0 ? "due today" : `due ${formatDate(reviewDue)}`;
  const part =
    clientsPart === "answered" ? ", the client's part has come in" : clientsPart === "asked" ? ", the client's part is asked for" : "";
  return state === "open"
    ? `Begun, ${when}${part}`
    : state === "draft"
      ? `The next revision is being written, ${when}`
      : `${when[0]?.toUpperCase()}${when.slice(1)}${part}`;
}

const roles = { client: "client", guardian: "guardian", clinician: "you", supervisor: "supervisor" } as const;

export function planWords({ state, signed, revision }: Pick<DayPlan, "state" | "signed" | "revision">): string {
  const which = revision === 1 ? "First plan" : `Revision ${revision}`;
  if (state === "draft") return `${which}, a draft`;
  if (state === "awaiting-co-signature") return `${which}, waits for the supervisor`;
  return signed.length === 0
    ? `${which}, waits for signatures`
    : `${which}, signed by ${signed.map((role) => roles[role]).join(" and ")} so far`;
}
