import { formatDate, type IsoDate } from "../calendar/date.ts";
import { tookPlace } from "../course/session.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import type { OutlineCourse } from "../outline/outline-course.ts";
import type { Appointment } from "../schedule/appointment.ts";
import type { Series } from "../schedule/series.ts";

/** What can still be open when treatment ends. */
export const openKinds = [
  "unsigned-note",
  "summary",
  "appointment",
  "series",
  "homework",
  "link",
  "alert",
  "draft-plan",
  "review",
  "outline",
] as const;
export type OpenKind = (typeof openKinds)[number];

export interface OpenThing {
  readonly kind: OpenKind;
  readonly count: number;
  /** What it is, in a sentence. */
  readonly words: string;
}

/** What of a treatment and its chart is looked at. */
export interface Running {
  readonly notes: readonly {
    readonly kind: "progress" | "discharge" | "transfer";
    readonly date: IsoDate;
    readonly signedAt: string | null;
  }[];
  readonly appointments: readonly Pick<Appointment, "id" | "date">[];
  readonly sessions: readonly { readonly id: string }[];
  readonly series: readonly { readonly content: Pick<Series, "endedOn"> }[];
  readonly homework: readonly { readonly content: Pick<AssignedHomework, "title" | "outcome" | "withdrawnOn"> }[];
  readonly outlines: readonly { readonly content: Pick<OutlineCourse, "endedOn" | "outline"> }[];
  readonly reviews: readonly { readonly state: string }[];
  readonly alerts: readonly unknown[];
  readonly plans: readonly { readonly status: string }[];
  /** Private links that can still be opened, those to the safety plan and the plan for staying well left out: they stay with the client. */
  readonly links: number;
}

const some = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** Appointments after a day that nobody has recorded as held. */
export function appointmentsAfter(
  day: IsoDate,
  { appointments, sessions }: Pick<Running, "appointments" | "sessions">,
): Pick<Appointment, "id" | "date">[] {
  const recorded = new Set(sessions.map(({ id }) => id));
  return appointments.filter(({ id, date }) => date > day && !recorded.has(id));
}

/** A homework that nobody has looked at yet. */
export const isOpenHomework = ({ outcome, withdrawnOn }: Pick<AssignedHomework, "outcome" | "withdrawnOn">): boolean =>
  outcome === null && withdrawnOn === null;

/** Everything that is still open on the day on which treatment ends; nothing of it keeps anybody from ending it. */
export function stillOpen(running: Running, endsOn: IsoDate): OpenThing[] {
  const unsigned = running.notes.filter(({ signedAt, kind }) => signedAt === null && kind === "progress");
  const summaries = running.notes.filter(({ signedAt, kind }) => signedAt === null && kind !== "progress");
  const appointments = appointmentsAfter(endsOn, running);
  const series = running.series.filter(({ content }) => content.endedOn === null && appointments.length > 0);
  const homework = running.homework.filter(({ content }) => isOpenHomework(content));
  const outlines = running.outlines.filter(({ content }) => content.endedOn === null);
  const reviews = running.reviews.filter(({ state }) => state === "open");
  const drafts = running.plans.filter(({ status }) => status === "draft");
  const things: OpenThing[] = [
    {
      kind: "unsigned-note",
      count: unsigned.length,
      words: `${some(unsigned.length, "note is", "notes are")} not signed: ${unsigned.map(({ date }) => formatDate(date)).join("; ")}.`,
    },
    { kind: "summary", count: summaries.length, words: "A discharge or transfer summary is begun and not signed." },
    {
      kind: "appointment",
      count: appointments.length,
      words: `${some(appointments.length, "appointment lies", "appointments lie")} after the last day${appointments[0] === undefined ? "" : `, the next on ${formatDate(appointments[0].date)}`}.`,
    },
    { kind: "series", count: series.length, words: `${some(series.length, "series of sessions runs", "series of sessions run")} on.` },
    {
      kind: "homework",
      count: homework.length,
      words: `Homework that was not looked at: ${homework.map(({ content }) => content.title).join("; ")}.`,
    },
    { kind: "link", count: running.links, words: `${some(running.links, "private link", "private links")} can still be opened.` },
    { kind: "alert", count: running.alerts.length, words: `${some(running.alerts.length, "alert is", "alerts are")} not acknowledged.` },
    { kind: "draft-plan", count: drafts.length, words: "A revision of the plan is in draft. It stays as it is and is not signed by this." },
    { kind: "review", count: reviews.length, words: "A review of the plan is open." },
    {
      kind: "outline",
      count: outlines.length,
      words: `A course of sessions is not finished: ${outlines.map(({ content }) => content.outline.title).join("; ")}.`,
    },
  ];
  return things.filter(({ count }) => count > 0);
}

/** The last session that took place, up to a day. */
export function lastSessionHeld(
  sessions: readonly { readonly date: IsoDate; readonly attendance: "attended" | "late" | "cancelled" | "missed" }[],
): IsoDate | null {
  return (
    sessions
      .filter(({ attendance }) => tookPlace(attendance))
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? null
  );
}
