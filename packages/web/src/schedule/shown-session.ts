import type { Appointment } from "@trellis/domain/schedule/appointment";
import type { CalendarAppointment, Outcome } from "../api/schedule.ts";
import type { Treatment } from "../api/treatment.ts";

/** A planned session as calendars and lists show it. */
export interface ShownSession extends Appointment {
  readonly version: number;
  readonly clientId: string;
  readonly clientName: string;
  readonly session: Outcome | null;
  readonly note: { readonly id: string; readonly signed: boolean } | null;
}

export function ofCalendar({ client, ...appointment }: CalendarAppointment): ShownSession {
  return { ...appointment, clientId: client.id, clientName: `${client.calledName} ${client.familyName}` };
}

/** The planned sessions of one client, as they stand in the treatment. */
export function ofTreatment({ appointments, sessions, notes }: Treatment, clientId: string, clientName: string): readonly ShownSession[] {
  const outcomes = new Map(sessions.map((session) => [session.id, session]));
  return appointments.map((appointment) => {
    const note = notes.find(({ kind, sessionId }) => kind === "progress" && sessionId === appointment.id);
    return {
      ...appointment,
      clientId,
      clientName,
      session: outcomes.get(appointment.id) ?? null,
      note: note === undefined ? null : { id: note.id, signed: note.signedAt !== null },
    };
  });
}

/** An hour of a calendar: one session, or those of a group that are at the same time. */
export interface Hour {
  readonly key: string;
  readonly date: string;
  readonly startTime: string;
  readonly minutes: number;
  readonly title: string;
  readonly sessions: readonly ShownSession[];
}

export function hoursOf(sessions: readonly ShownSession[]): readonly Hour[] {
  const hours = new Map<string, ShownSession[]>();
  for (const session of sessions) {
    const key = session.groupId === null ? session.id : `${session.groupId} ${session.date} ${session.startTime}`;
    const together = hours.get(key);
    if (together === undefined) hours.set(key, [session]);
    else together.push(session);
  }
  return [...hours].flatMap(([key, together]) => {
    const [first] = together;
    if (first === undefined) return [];
    const { date, startTime, detail, groupId } = first;
    const title = groupId === null ? first.clientName : `${detail.groupName || "Group"} (${together.length})`;
    return [{ key, date, startTime, minutes: Math.max(...together.map((one) => one.detail.minutes)), title, sessions: together }];
  });
}

/** What a session needs: how it went once its day has come, then its note. */
export type Need = "record" | "note" | "sign" | null;

export function needOf({ date, session, note }: ShownSession, today: string): Need {
  if (session === null) return date <= today ? "record" : null;
  if (session.attendance === "cancelled" || session.attendance === "missed") return null;
  if (note === null) return "note";
  return note.signed ? null : "sign";
}
