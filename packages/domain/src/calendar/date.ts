import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** A calendar day as `YYYY-MM-DD`, without time or zone: a birth date, a target date, a review date. */
export const IsoDate = z.iso.date("Give a date as year-month-day, for example 2026-05-31.");
export type IsoDate = z.infer<typeof IsoDate>;

/** A moment in UTC, as `YYYY-MM-DDThh:mm:ss.sssZ`. */
export const IsoInstant = z.iso.datetime();
export type IsoInstant = z.infer<typeof IsoInstant>;

/** The day `weeks` weeks after `date` (before it, when negative). */
export function addWeeks(date: IsoDate, weeks: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ weeks }).toString();
}

/** The day `days` days after `date` (before it, when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
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

/** The calendar day of an instant in a time zone, e.g. the practice's own. */
export function dayOf(instant: IsoInstant, timeZone: string): IsoDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Dates already put into words: a plan names the same few days dozens of times, and asking the locale each time costs more than drafting it. */
const inWords = new Map<string, string>();
const mostInWords = 2000;

/** A date as people read it: "May 31, 2026". */
export function formatDate(date: IsoDate, locale = "en-US"): string {
  const key = `${locale} ${date}`;
  const known = inWords.get(key);
  if (known !== undefined) return known;
  const words = Temporal.PlainDate.from(date).toLocaleString(locale, { year: "numeric", month: "long", day: "numeric" });
  if (inWords.size >= mostInWords) inWords.clear();
  inWords.set(key, words);
  return words;
}
