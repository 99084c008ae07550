import { formatDate, type IsoDate } from "../calendar/date.ts";
import { formatTime } from "../calendar/wall-clock.ts";
import type { Appointment } from "./appointment.ts";

type Planned = Pick<Appointment, "id" | "date" | "startTime" | "detail">;

/** Appointments of which nobody has said how they went, the earliest first. */
function notRecorded<A extends Planned>(appointments: readonly A[], sessions: readonly { readonly id: string }[]): readonly A[] {
  const recorded = new Set(sessions.map(({ id }) => id));
  return appointments
    .filter(({ id }) => !recorded.has(id))
    .toSorted((a, b) => `${a.date} ${a.startTime}`.localeCompare(`${b.date} ${b.startTime}`));
}

/** Appointments from today on of which nobody has said how they went, the next one first. One of today stays the next until that is recorded. */
export function comingSessions<A extends Planned>(
  appointments: readonly A[],
  sessions: readonly { readonly id: string }[],
  today: IsoDate,
): readonly A[] {
  return notRecorded(appointments, sessions).filter(({ date }) => date >= today);
}

/** Appointments whose day has passed without a word on how they went, the oldest first. */
export function unrecordedSessions<A extends Planned>(
  appointments: readonly A[],
  sessions: readonly { readonly id: string }[],
  today: IsoDate,
): readonly A[] {
  return notRecorded(appointments, sessions).filter(({ date }) => date < today);
}

/** "Today, 3:00 PM", "December 3, 2026, 3:00 PM". */
export function whenWords({ date, startTime }: Pick<Planned, "date" | "startTime">, today: IsoDate): string {
  return `${date === today ? "Today" : formatDate(date)}, ${formatTime(startTime)}`;
}
