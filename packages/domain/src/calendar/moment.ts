import { Temporal } from "temporal-polyfill";
import type { IsoDate, IsoInstant } from "./date.ts";
import type { TimeOfDay } from "./time-of-day.ts";

/**
 * The moment at which the clock on the practice's wall shows this time on this day; without a time, the last minute of the day. A time that the clock jumps over in
 * spring is the one an hour later, and one that it shows twice in autumn is the first of both (Temporal's "compatible").
 */
export function momentOf(date: IsoDate, time: TimeOfDay | null, timeZone: string): IsoInstant {
  return new Date(Temporal.PlainDateTime.from(`${date}T${time ?? "23:59"}`).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
}

/** The moment so many hours later. Hours are hours, whatever the clocks do meanwhile. */
export function hoursAfter(moment: IsoInstant, hours: number): IsoInstant {
  return new Date(Date.parse(moment) + hours * 3_600_000).toISOString();
}

/** The time on the clock so many minutes later; `null` past midnight, as that is another day. */
export function timeAfter(time: TimeOfDay, minutes: number): TimeOfDay | null {
  const sum = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes;
  return sum >= 24 * 60 ? null : `${String(Math.floor(sum / 60)).padStart(2, "0")}:${String(sum % 60).padStart(2, "0")}`;
}
