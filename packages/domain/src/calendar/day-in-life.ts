import type { IsoDate } from "./date.ts";

/**
 * Why something in a client's chart cannot have been on this day: it has not come yet, or the client was not born. `null` where it can.
 */
export function whyNoDayInLife(date: IsoDate, birthDate: IsoDate, today: IsoDate): string | null {
  if (date > today) return "This date is in the future. Check it.";
  if (date < birthDate) return "On this date the client was not born yet. Check the year.";
  return null;
}
