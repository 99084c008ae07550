import { addWeeks, type IsoDate } from "../calendar/date.ts";
import { type SessionRecord, tookPlace } from "../course/session.ts";
import type { ExpectedCourse } from "../measures/measure-setting.ts";

/** What is expected on a day, and the worst score that still counts as on track. */
export interface ExpectedOn {
  readonly date: IsoDate;
  readonly expected: number;
  readonly bound: number;
}

/**
 * The practice's expected course as it runs for a client who started with this score on this day. Its lines are numbered by sessions: the start is
 * session 1, those that took place after it are the next ones, and beyond the last one recorded (or where none is) one week stands for a session.
 */
export function expectedBand(
  course: ExpectedCourse,
  start: { readonly date: IsoDate; readonly total: number },
  sessions: readonly SessionRecord[],
): ExpectedOn[] {
  const held = sessions
    .filter(({ date, attendance }) => date > start.date && tookPlace(attendance))
    .map(({ date }) => date)
    .toSorted();
  const days = [start.date, ...new Set(held)];
  const dayOfSession = (session: number): IsoDate =>
    days[session - 1] ?? addWeeks(days.at(-1) ?? start.date, session - Math.max(1, days.length));
  return course.points
    .filter(({ startFrom, startTo }) => start.total >= startFrom && start.total <= startTo)
    .toSorted((a, b) => a.session - b.session)
    .map(({ session, expected, bound }) => ({ date: dayOfSession(session), expected, bound }));
}
