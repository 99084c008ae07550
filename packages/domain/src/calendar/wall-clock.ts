import { Temporal } from "temporal-polyfill";
import { type IsoDate, type IsoInstant, remembered } from "./date.ts";
import type { TimeOfDay } from "./time-of-day.ts";

const minuteInMilliseconds = 60_000;

/** Without fractions of a second, which no appointment has. */
const instant = (milliseconds: number): IsoInstant => new Date(milliseconds).toISOString().replace(".000Z", "Z");

/** By how much a zone is ahead of UTC for the whole of a day, in ms; `NaN` for a day on which its clocks change. */
const aheadAllDay = remembered((date: IsoDate, timeZone: string): number => {
  const start = Temporal.PlainDate.from(date).toZonedDateTime(timeZone);
  const ahead = start.offsetNanoseconds;
  return ahead === start.add({ days: 1 }).offsetNanoseconds ? ahead / 1_000_000 : Number.NaN;
});

/**
 * The moment at which the clock on the wall shows this time on this day. An hour that is skipped when clocks go forward counts as the hour after (02:30 is
 * shown as 03:30 then), and of one that comes twice when they go back the first is meant, as calendar programs take it (RFC 5545, section 3.3.5).
 */
export function momentOf(date: IsoDate, time: TimeOfDay, timeZone: string): IsoInstant {
  // A year of a calendar takes seconds if every hour of it goes through `Temporal`.
  const ahead = aheadAllDay(date, timeZone);
  if (!Number.isNaN(ahead)) return instant(Date.parse(`${date}T${time}Z`) - ahead);
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone, { disambiguation: "compatible" }).toInstant().toString();
}

/** `skipped` where this time does not exist on this day, `twice` where it comes twice, because clocks change; `null` on every other day. */
export function clockChangeAt(date: IsoDate, time: TimeOfDay, timeZone: string): "skipped" | "twice" | null {
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: "later" });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return null;
  return later.toPlainDateTime().equals(wall) ? "twice" : "skipped";
}

/** The moment so many minutes later. */
export function minutesLater(moment: IsoInstant, minutes: number): IsoInstant {
  return instant(Date.parse(moment) + minutes * minuteInMilliseconds);
}

/** Minutes since midnight as the clock on the wall counts them. */
export function minutesOfDay(time: TimeOfDay): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The time that a clock shows so many minutes later; after midnight it begins anew. */
export function timeAfter(time: TimeOfDay, minutes: number): TimeOfDay {
  return Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: "minute" });
}

/** What the clock on the wall shows at this moment. */
export function timeOf(moment: IsoInstant, timeZone: string): TimeOfDay {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** Minutes from a start to a stop on the same day; `null` where the stop is not after the start. */
export function minutesBetween(start: TimeOfDay, stop: TimeOfDay): number | null {
  const minutes = minutesOfDay(stop) - minutesOfDay(start);
  return minutes > 0 ? minutes : null;
}

/** "3:00 PM". */
export function formatTime(time: TimeOfDay): string {
  const minutes = minutesOfDay(time);
  const hours = Math.floor(minutes / 60);
  return `${hours % 12 === 0 ? 12 : hours % 12}:${time.slice(3)} ${hours < 12 ? "AM" : "PM"}`;
}

/** A moment as documents and screens print it, by the clock of a zone and saying which: "November 26, 2026 at 3:05 PM EST". */
export function momentInWords(moment: IsoInstant, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(new Date(moment));
}
