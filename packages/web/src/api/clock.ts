/**
 * The server's clock as its answers tell it. A computer that is a day off must not put tomorrow into a chart, or be told that today is in the
 * future.
 */
let ahead = 0;

/** Below this the difference is the way of the answer and the second that the header is rounded to, and no clock is wrong. */
const tolerated = 60_000;

/** Learns from the `Date` of an answer (RFC 9110, section 6.6.1). */
export function learnClock(date: string | null, here: number = Date.now()): void {
  const there = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(there)) return;
  ahead = Math.abs(there - here) < tolerated ? 0 : there - here;
}

/** This moment by the server's clock. */
export function serverNow(here: number = Date.now()): Date {
  return new Date(here + ahead);
}
