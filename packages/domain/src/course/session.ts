import { z } from "zod";
import type { IsoDate } from "../calendar/date.ts";
import { TimeOfDay } from "../calendar/time-of-day.ts";
import { line } from "../client/client.ts";
import { SessionFormat, SessionModality } from "../schedule/appointment.ts";

/** Whether the client came: `cancelled` in time, `missed` without a word. */
export const Attendance = z.enum(["attended", "late", "cancelled", "missed"]);
export type Attendance = z.infer<typeof Attendance>;

/** How a session went on its outside: what payers ask for besides the note. */
export const SessionDetail = z.strictObject({
  start: TimeOfDay.nullable().default(null),
  end: TimeOfDay.nullable().default(null),
  format: SessionFormat.default("individual"),
  modality: SessionModality.default("in-person"),
  /** Units that it takes of an authorization; `null` to be worked out from the times. */
  units: z.number().min(0).max(40).nullable().default(null),
  /** Why it was cancelled or missed, as far as known. */
  reason: line(300).default(""),
});
export type SessionDetail = z.infer<typeof SessionDetail>;

/** One appointment, as far as it is recorded: its day, and whether it took place (FHIR Encounter). */
export interface SessionRecord {
  readonly id: string;
  readonly date: IsoDate;
  readonly attendance: Attendance;
}

/** Whether a session took place. */
export const tookPlace = (attendance: Attendance): boolean => attendance === "attended" || attendance === "late";

/**
 * The sessions that the client has missed one after the other, up to the last one recorded; the last missed one first. One cancelled in time neither
 * counts nor begins anew: the client was in touch, and has not come either.
 */
export function missedRun(sessions: readonly SessionRecord[]): readonly SessionRecord[] {
  const missed: SessionRecord[] = [];
  for (const session of sessions.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).toReversed()) {
    if (session.attendance === "missed") missed.push(session);
    else if (tookPlace(session.attendance)) break;
  }
  return missed;
}

/** How many sessions the client has missed one after the other. */
export function missedInARow(sessions: readonly SessionRecord[]): number {
  return missedRun(sessions).length;
}
