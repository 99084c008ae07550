import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** A calendar day as `YYYY-MM-DD`, without time or zone: a birth date, a target date, a review date. */
export const IsoDate = z.iso.date("Give a date as year-month-day, for example 2026-05-31.");
export type IsoDate = z.infer<typeof IsoDate>;

/** A moment in UTC, as `YYYY-MM-DDThh:mm:ss.sssZ`. */
export const IsoInstant = z.iso.datetime();
export type IsoInstant = z.infer<typeof IsoInstant>;

/**
 * Remembers what was worked out: a plan and a course turn on the same few days dozens of times, and working a date out costs more than all else there.
 */
export function remembered<A extends readonly (string | number)[], V>(workOut: (...asked: A) => V): (...asked: A) => V {
  const known = new Map<string, V>();
  return (...asked) => {
    const key = asked.join(" ");
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = workOut(...asked);
    if (known.size >= 2000) known.clear();
    known.set(key, found);
    return found;
  };
}

const dayAfterWeeks = remembered((date: IsoDate, weeks: number): IsoDate => Temporal.PlainDate.from(date).add({ weeks }).toString());
const dayAfterDays = remembered((date: IsoDate, days: number): IsoDate => Temporal.PlainDate.from(date).add({ days }).toString());
// Made once: a formatter of its own for each date, as the `Temporal` polyfill has it, takes a millisecond.
const wordsOf = remembered(
  (locale: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }),
);
const dateInWords = remembered((date: IsoDate, locale: string): string => wordsOf(locale).format(Date.parse(date)));

/** The day `weeks` weeks after `date` (before it, when negative). */
export function addWeeks(date: IsoDate, weeks: number): IsoDate {
  return dayAfterWeeks(date, weeks);
}

/** The day `days` days after `date` (before it, when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dayAfterDays(date, days);
}

/** The same day of the month `months` months after `date`; where that month is shorter, its last day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

const dayInMilliseconds = 24 * 3_600_000;

/** Whole days from `from` to `to`; negative when `to` is earlier. A date alone is read as midnight UTC, where every day is as long as the next. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (Date.parse(to) - Date.parse(from)) / dayInMilliseconds;
}

/** How many days a month has; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  return Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** Completed years of age on `today`. A birthday on February 29 counts from March 1 in common years. */
export function ageInYears(birthDate: IsoDate, today: IsoDate): number {
  const birth = Temporal.PlainDate.from(birthDate);
  const day = Temporal.PlainDate.from(today);
  const years = day.year - birth.year;
  const hadBirthday = day.month > birth.month || (day.month === birth.month && day.day >= birth.day);
  return hadBirthday ? years : years - 1;
}

/** The day on which somebody completes so many years. A birthday on February 29 counts from March 1 in common years. */
export function birthdayAt(birthDate: IsoDate, age: number): IsoDate {
  const birth = Temporal.PlainDate.from(birthDate);
  const birthday = birth.add({ years: age });
  return (birthday.day === birth.day ? birthday : birthday.add({ days: 1 })).toString();
}

/** The calendar day of an instant in a time zone, e.g. the practice's own. */
export function dayOf(instant: IsoInstant, timeZone: string): IsoDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** A date as people read it: "May 31, 2026". */
export function formatDate(date: IsoDate, locale = "en-US"): string {
  return dateInWords(date, locale);
}

/** The day of the week, 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(date: IsoDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** The Monday of the week that `date` is in. */
export function mondayOf(date: IsoDate): IsoDate {
  return addDays(date, 1 - weekdayOf(date));
}
