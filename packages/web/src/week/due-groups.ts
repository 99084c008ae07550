import { addDays, daysBetween, formatDate } from "@trellis/domain/calendar/date";
import type { DueLine } from "../api/due.ts";

export interface DueGroup {
  readonly title: string;
  readonly lines: readonly DueLine[];
}

/** "Today", "Tomorrow", "Thursday, November 26, 2026": a day of the week to come. */
export function dayWords(date: string, today: string): string {
  if (date === today) return "Today";
  if (date === addDays(today, 1)) return "Tomorrow";
  return longDate(date);
}

/** "Thursday, November 26, 2026". */
export function longDate(date: string): string {
  const weekday = new Intl.DateTimeFormat("en-US", { weekday: "long", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
  return `${weekday}, ${formatDate(date)}`;
}

/** What was missed first, then what is overdue, then the week day by day. The order within a group is that of the list. */
export function dueGroups(lines: readonly DueLine[], today: string): DueGroup[] {
  const of = (state: DueLine["state"]) => lines.filter((line) => line.state === state);
  const days = [...new Set(of("due").map(({ dueOn }) => dueOn))].toSorted();
  return [
    { title: "Missed", lines: of("missed") },
    { title: "Overdue", lines: of("overdue") },
    ...days.map((day) => ({ title: dayWords(day, today), lines: of("due").filter(({ dueOn }) => dueOn === day) })),
  ].filter((group) => group.lines.length > 0);
}

/** "was due 3 days ago", "due today". */
export function dueWords({ dueOn }: Pick<DueLine, "dueOn">, today: string): string {
  const days = daysBetween(today, dueOn);
  if (days === 0) return "due today";
  if (days === 1) return "due tomorrow";
  if (days > 1) return `due in ${days} days`;
  if (days === -1) return "was due yesterday";
  return days > -60 ? `was due ${-days} days ago` : `was due ${formatDate(dueOn)}`;
}

/** "Last score 14 of 27, moderate." The day is told with the reason. */
export function lastWords({ last }: Pick<DueLine, "last">): string {
  if (last === null) return "No score yet.";
  if (last.total === null) return "Last time incomplete, without a score.";
  return `Last score ${last.total} of ${last.outOf}${last.band === "" ? "" : `, ${last.band}`}.`;
}
