import { formatDate, weekdayOf } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { clockChangeAt, formatTime } from "@trellis/domain/calendar/wall-clock";
import { AppointmentDetail, type SessionFormat, type SessionModality } from "@trellis/domain/schedule/appointment";
import type { Series } from "@trellis/domain/schedule/series";
import { datesOfSeries } from "@trellis/domain/schedule/series-dates";
import { type ProposedSeries, type Rhythm, rhythmWords, spreadWeekdays } from "@trellis/domain/schedule/series-from-plan";
import type { z } from "zod";
import type { Planned } from "../api/schedule.ts";
import { type Problems, problemsOf } from "../form/problems.ts";

/** What a form about one or more sessions holds, numbers as they are typed. */
export interface Planning {
  readonly date: string;
  readonly startTime: string;
  readonly minutes: string;
  readonly format: SessionFormat;
  readonly modality: SessionModality;
  readonly place: string;
  readonly participants: readonly string[];
  readonly groupName: string;
  readonly clinicianId: string;
  /** `null` for once. */
  readonly rhythm: Rhythm | null;
  /** Counts where there is more than one session a week. */
  readonly weekdays: readonly number[];
  readonly count: string;
}

export function newPlanning(date: string, startTime: string, clinicianId: string): Planning {
  return {
    date,
    startTime,
    minutes: "50",
    format: "individual",
    modality: "in-person",
    place: "",
    participants: [],
    groupName: "",
    clinicianId,
    rhythm: null,
    weekdays: date === "" ? [] : [weekdayOf(date)],
    count: "12",
  };
}

/** As a series or an appointment stands. */
export function planningOf(
  date: string,
  startTime: string,
  clinicianId: string,
  { minutes, format, modality, place, participants, groupName }: AppointmentDetail,
): Planning {
  return { ...newPlanning(date, startTime, clinicianId), minutes: String(minutes), format, modality, place, participants, groupName };
}

/** With the plan's rhythm, length and place. */
export function withProposal(planning: Planning, proposal: ProposedSeries, asSeries: boolean): Planning {
  const { everyWeeks, perWeek, minutes, modality, count } = proposal;
  const first = planning.date === "" ? 1 : weekdayOf(planning.date);
  return {
    ...planning,
    minutes: String(minutes),
    modality,
    rhythm: asSeries ? { everyWeeks, perWeek } : planning.rhythm,
    weekdays: asSeries ? spreadWeekdays(first, perWeek) : planning.weekdays,
    count: String(count),
  };
}

/** On another day; weekdays follow where there is one session a week. */
export function withDate(planning: Planning, date: string): Planning {
  if (date === "") return { ...planning, date };
  const perWeek = planning.rhythm?.perWeek ?? 1;
  const fits = perWeek > 1 && planning.weekdays.includes(weekdayOf(date));
  return { ...planning, date, weekdays: fits ? planning.weekdays : spreadWeekdays(weekdayOf(date), perWeek) };
}

export function withRhythm(planning: Planning, rhythm: Rhythm | null): Planning {
  const first = planning.date === "" ? 1 : weekdayOf(planning.date);
  return { ...planning, rhythm, weekdays: spreadWeekdays(first, rhythm?.perWeek ?? 1) };
}

const wholeNumber = (typed: string) => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN);

export function detailOf(planning: Planning): z.input<typeof AppointmentDetail> {
  const { minutes, format, modality, place, participants, groupName } = planning;
  const together = format === "couple" || format === "family";
  return {
    minutes: wholeNumber(minutes),
    format,
    modality,
    place: modality === "in-person" ? place.trim() : "",
    participants: together ? participants.map((name) => name.trim()).filter((name) => name !== "") : [],
    groupName: format === "group" ? groupName.trim() : "",
  };
}

/** The series, one of a single session where it does not recur. */
export function seriesOf(planning: Planning, planId: string | null): z.input<typeof Series> {
  const { date, startTime, clinicianId, rhythm, weekdays, count } = planning;
  return {
    planId,
    firstDate: date,
    startTime,
    clinicianId,
    everyWeeks: rhythm?.everyWeeks ?? 1,
    weekdays: rhythm !== null && rhythm.perWeek > 1 ? [...weekdays] : [weekdayOf(date)],
    count: rhythm === null ? 1 : wholeNumber(count),
    detail: detailOf(planning),
  };
}

/** What is missing or wrong, by pointer. */
export function problemsOfPlanning(planning: Planning): Problems {
  const problems = new Map<string, string>();
  if (planning.date === "") problems.set("/date", "Enter the day.");
  if (!TimeOfDay.safeParse(planning.startTime).success) problems.set("/startTime", "Enter when it begins.");
  const minutes = wholeNumber(planning.minutes);
  if (Number.isNaN(minutes)) problems.set("/detail/minutes", "Enter how long it lasts, in minutes.");
  else for (const [pointer, message] of problemsOf(AppointmentDetail, detailOf(planning))) problems.set(`/detail${pointer}`, message);
  if (planning.rhythm !== null) {
    const count = wholeNumber(planning.count);
    if (Number.isNaN(count) || count < 1 || count > 104) problems.set("/count", "Enter how many sessions: 1 to 104.");
    if (planning.rhythm.perWeek > 1 && planning.weekdays.length !== planning.rhythm.perWeek)
      problems.set("/weekdays", `Choose ${planning.rhythm.perWeek} days of the week.`);
  }
  return problems;
}

/** The server's faults about a series, at the fields that the form has. */
export function atFields(problems: Problems): Problems {
  return new Map([...problems].map(([pointer, message]) => [pointer === "/firstDate" ? "/date" : pointer, message]));
}

/** The days of what is planned; none while something is missing. */
export function datesOf(planning: Planning): readonly string[] {
  if (problemsOfPlanning(planning).size > 0) return [];
  const { firstDate, everyWeeks, weekdays, count } = seriesOf(planning, null);
  return datesOfSeries({ firstDate, everyWeeks, weekdays, count });
}

/** "12 sessions every week, from November 26, 2026 to February 11, 2027." */
export function previewWords(planning: Planning): string {
  const dates = datesOf(planning);
  const [first, last] = [dates[0], dates.at(-1)];
  if (planning.rhythm === null || first === undefined || last === undefined) return "";
  if (dates.length === 1) return `1 session, on ${formatDate(first)}.`;
  return `${dates.length} sessions ${rhythmWords(planning.rhythm)}, from ${formatDate(first)} to ${formatDate(last)}.`;
}

/** What to know about a time on a day when clocks change; empty on every other. */
export function clockWords(date: string, time: string, timeZone: string): string {
  if (date === "" || !TimeOfDay.safeParse(time).success) return "";
  const change = clockChangeAt(date, time, timeZone);
  if (change === "skipped")
    return `Clocks go forward that night: ${formatTime(time)} does not exist, and the session begins an hour later.`;
  return change === "twice" ? `Clocks go back that night: ${formatTime(time)} comes twice, and the first one is meant.` : "";
}

/** What is said after saving: what was done, and where it overlaps. */
export function savedWords(what: string, { overlaps }: Planned): string {
  if (overlaps.length === 0) return what;
  const hours = overlaps.slice(0, 3).map(({ date, startTime }) => `${formatDate(date)}, ${formatTime(startTime)}`);
  const more = overlaps.length > hours.length ? ` and ${overlaps.length - hours.length} more` : "";
  return `${what} It overlaps with another session of the same clinician: ${hours.join("; ")}${more}.`;
}
