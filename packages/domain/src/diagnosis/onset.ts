import { daysInMonth, type IsoDate } from "../calendar/date.ts";

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** How a month is written: 2026-09 or 2026-09-14, 9/2026 or 9/14/2026, September 2026 or Sept. 14, 2026. */
const written: readonly RegExp[] = [
  /\b(?<year>\d{4})-(?<month>\d{2})(?:-(?<day>\d{2}))?\b/,
  /\b(?<month>\d{1,2})\/(?:(?<day>\d{1,2})\/)?(?<year>\d{4})\b/,
  new RegExp(`\\b(?<month>${monthNames.join("|")})[a-z]*\\.?\\s+(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+)?(?<year>\\d{4})\\b`, "i"),
];

/**
 * The latest day that the onset of a diagnosis can mean, where it names a month of a year: its day, else the last of the month.
 * Onset is free text ("in childhood", "autumn 2025"); what names no month gives `null` and is not guessed at.
 */
export function latestDayOfOnset(onset: string): IsoDate | null {
  for (const pattern of written) {
    const { year = "", month = "", day } = pattern.exec(onset)?.groups ?? {};
    if (year === "") continue;
    const name = monthNames.indexOf(month.slice(0, 3).toLowerCase());
    const number = name === -1 ? Number(month) : name + 1;
    if (number < 1 || number > 12) return null;
    const last = daysInMonth(Number(year), number);
    const chosen = day === undefined ? last : Number(day);
    if (chosen < 1 || chosen > last) return null;
    return `${year}-${String(number).padStart(2, "0")}-${String(chosen).padStart(2, "0")}`;
  }
  return null;
}
