/** Today on this phone, `YYYY-MM-DD`. */
export function todayHere(now = new Date()): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A day as people say it: "Friday, December 4". Read at noon UTC, so that no zone makes it the day before. */
export function dayInWords(date: string, more: Intl.DateTimeFormatOptions = { weekday: "long", month: "long", day: "numeric" }): string {
  const day = new Date(`${date}T12:00:00Z`);
  return Number.isNaN(day.getTime()) ? date : new Intl.DateTimeFormat("en-US", { ...more, timeZone: "UTC" }).format(day);
}
