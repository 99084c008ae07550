import { addDays, addWeeks, type IsoDate, mondayOf } from "../calendar/date.ts";
import type { Series } from "./series.ts";

/** When sessions of a series recur. */
export type SeriesPattern = Pick<Series, "firstDate" | "everyWeeks" | "weekdays" | "count">;

/**
 * The days of a series, in order: `count` of them, from its first date on, on its weekdays in every so many weeks. Weeks begin on Monday. Days are days of
 * the calendar, so that neither New Year nor a leap day nor a change of the clocks moves one.
 */
export function datesOfSeries({ firstDate, everyWeeks, weekdays, count }: SeriesPattern): readonly IsoDate[] {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const dates: IsoDate[] = [];
  if (days.length === 0) return dates;
  for (let monday = mondayOf(firstDate); dates.length < count; monday = addWeeks(monday, everyWeeks))
    for (const day of days) {
      const date = addDays(monday, day - 1);
      if (date >= firstDate && dates.length < count) dates.push(date);
    }
  return dates;
}
