import type { IsoDate } from "../calendar/date.ts";
import { type SessionRecord, tookPlace } from "../course/session.ts";
import type { Measure } from "../measures/measure.ts";
import { pointsBetter } from "../measures/reliable-change.ts";
import type { MeasureProgress } from "./progress.ts";
import { gapWords } from "./progress-words.ts";

/** One line of the table behind a picture: everything of one day. */
export interface ProgressRow {
  readonly date: IsoDate;
  readonly scores: readonly { readonly id: string; readonly score: string; readonly range: string; readonly change: string }[];
  readonly notes: readonly string[];
}

const attendanceWords: Record<SessionRecord["attendance"], string> = {
  attended: "Session",
  late: "Session, came late",
  cancelled: "Session cancelled",
  missed: "Session missed",
};

/** "14 of 27"; of a count, whose end is nowhere near, the count alone. */
export function outOf({ items, scoring }: Measure, total: number): string {
  const [, high] = scoring.range;
  return high > 10 && items.some(({ quantity }) => quantity !== undefined) ? String(total) : `${total} of ${high}`;
}

/** Every score of a course, and what else is marked in its picture, by day. What lies before the first score is not in the picture, and not here. */
export function progressTable({ measure, scores, gaps, sessions, events, plans }: MeasureProgress): ProgressRow[] {
  const [first] = scores;
  if (first === undefined) return [];
  const rows = new Map<IsoDate, { readonly scores: ProgressRow["scores"][number][]; readonly notes: string[] }>();
  const on = (date: IsoDate) => {
    const row = rows.get(date) ?? { scores: [], notes: [] };
    rows.set(date, row);
    return row;
  };
  for (const { id, date, total, band } of scores) {
    const better = Math.round(pointsBetter(measure, first.total, total) * 100) / 100;
    const change = id === first.id ? "Start" : better === 0 ? "No change" : `${Math.abs(better)} ${better > 0 ? "better" : "worse"}`;
    on(date).scores.push({ id, score: outOf(measure, total), range: band, change });
  }
  for (const { date, revision } of plans)
    if (date >= first.date) on(date).notes.push(revision === 1 ? "Plan" : `Plan, revision ${revision}`);
  for (const { date, label } of events) if (date >= first.date) on(date).notes.push(label);
  for (const { date, attendance } of sessions)
    if (date >= first.date)
      on(date).notes.push(tookPlace(attendance) && on(date).scores.length > 0 ? "Session" : attendanceWords[attendance]);
  for (const gap of gaps) on(gap.to).notes.push(gapWords(gap));
  return [...rows].map(([date, row]) => ({ date, ...row })).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}
