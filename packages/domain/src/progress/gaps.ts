import { daysBetween, type IsoDate } from "../calendar/date.ts";
import type { Measure } from "../measures/measure.ts";

/** A stretch in which a measure was not given though it was due. */
export interface Gap {
  /** The scores before and after it. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly days: number;
}

/** Longer than this many usual intervals is a gap: a weekly measure missed once leaves 14 days or a day less. */
const usualIntervals = 1.75;

/**
 * How many days lie between two administrations when none is missed: as the plan has it; else as this client has mostly had it, once that can be
 * told (three intervals); else as the measure usually has it. `null` for what is asked once.
 */
export function usualInterval(measure: Measure, dates: readonly IsoDate[], everyWeeks: number | null): number | null {
  if (everyWeeks !== null) return 7 * everyWeeks;
  const intervals = between(dates).filter((days) => days > 0);
  const middle = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)];
  if (intervals.length >= 3 && middle !== undefined) return middle;
  return measure.interval?.usualDays ?? null;
}

/** Where a measure was missed. `dates` are those of its scores, oldest first. */
export function gapsIn(dates: readonly IsoDate[], usualDays: number | null): Gap[] {
  if (usualDays === null) return [];
  return dates.flatMap((to, index) => {
    const from = dates[index - 1];
    if (from === undefined) return [];
    const days = daysBetween(from, to);
    return days > usualIntervals * usualDays ? [{ from, to, days }] : [];
  });
}

const between = (dates: readonly IsoDate[]): number[] =>
  dates.flatMap((date, index) => {
    const before = dates[index - 1];
    return before === undefined ? [] : [daysBetween(before, date)];
  });
