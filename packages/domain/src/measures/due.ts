import { addDays, daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import { type SessionRecord, tookPlace } from "../course/session.ts";
import type { MeasureSchedule } from "../plan/plan.ts";
import type { Administration } from "./administration.ts";

/**
 * How a scheduled measure stands today.
 *
 * - `done`: nothing to do within the week, or no day is known yet.
 * - `due`: its day is today or within the next six days.
 * - `overdue`: its day has passed.
 * - `missed`: its day passed so long ago that the next one has passed as well, and a week of grace with it.
 */
export type DueState = "done" | "due" | "overdue" | "missed";

/** So many days from today on, today included, are "this week". */
export const weekDays = 7;

/** Days beyond one interval before a measure counts as missed: one cancelled week of therapy is no neglect. Ours, not a norm. */
export const graceDays = 7;

/** A form is sent ahead of a session by so many days at most, and still counts as that session's. Ours, not a norm. */
export const aheadDays = 2;

/** From so many days before a review, or before the end of therapy, its measures are due. */
export const reviewWindowDays = 7;

/** The interval of what is given at reviews: the shorter end of the usual 4 to 6 weeks. */
const reviewIntervalDays = 28;

export type ScheduledMeasure = Pick<MeasureSchedule, "measure" | "measureName" | "when" | "everyWeeks">;

export interface DueInput {
  readonly schedule: readonly ScheduledMeasure[];
  /** The day from which the schedule holds: on which the plan was signed, or its draft begun. A new revision begins it anew. */
  readonly start: IsoDate;
  readonly reviewDue: IsoDate | null;
  /** The last day of therapy, once somebody has said so. */
  readonly endsOn?: IsoDate | null;
  readonly administrations: readonly Pick<Administration, "measure" | "date" | "status">[];
  readonly sessions: readonly Pick<SessionRecord, "date" | "attendance">[];
  /** Measures that are asked once only, as a history that does not change is. */
  readonly askedOnce?: ReadonlySet<string>;
  readonly today: IsoDate;
}

export interface DueMeasure extends ScheduledMeasure {
  readonly state: DueState;
  /** The next day, or the one that has passed; `null` where none is known. */
  readonly dueOn: IsoDate | null;
  readonly lastGiven: IsoDate | null;
  /** How the day was reached, in a sentence for the clinician. */
  readonly why: string;
}

/** Where a rule puts the next day. */
interface NextDay {
  readonly dueOn: IsoDate | null;
  /** From this day on it is due, where that is not the week before. */
  readonly from?: IsoDate;
  /** Whether it was left out for so long that it counts as missed. */
  readonly missed: boolean;
  readonly why: string;
}

/**
 * What is due of a schedule. What was entered in error does not count, and what bears a day after today is looked at when that day comes.
 *
 * - Every so many weeks: that long after it was last given, so that one given early moves the next; the first time, or when it was last given long before
 *   the schedule began, from the day on which the schedule began.
 * - At every session: when a session took place since it was last given. One given up to two days before counts for that session. The first time: from the
 *   day on which the schedule began, unless it was given in the week before.
 * - At each review: within the week before the review, and until it was given from then on.
 * - At discharge: the same, once the end of therapy is said.
 */
export function dueMeasures(input: DueInput): DueMeasure[] {
  return input.schedule.map((entry) => {
    const lastGiven = lastDay(input, entry.measure);
    const next = nextDay(entry, lastGiven, input);
    return { ...entry, state: stateOf(next, input.today), dueOn: next.dueOn, lastGiven, why: next.why };
  });
}

function lastDay({ administrations, today }: DueInput, measure: string): IsoDate | null {
  let last: IsoDate | null = null;
  for (const given of administrations)
    if (given.measure === measure && given.status === "completed" && given.date <= today && (last === null || given.date > last))
      last = given.date;
  return last;
}

function stateOf({ dueOn, from, missed }: NextDay, today: IsoDate): DueState {
  if (dueOn === null) return "done";
  if (missed) return "missed";
  if (dueOn < today) return "overdue";
  return today >= (from ?? addDays(dueOn, 1 - weekDays)) ? "due" : "done";
}

function nextDay(entry: ScheduledMeasure, lastGiven: IsoDate | null, input: DueInput): NextDay {
  if (lastGiven !== null && input.askedOnce?.has(entry.measure) === true)
    return { dueOn: null, missed: false, why: `Asked once; that was on ${formatDate(lastGiven)}.` };
  switch (entry.when) {
    case "weeks":
      return afterWeeks(entry, lastGiven, input);
    case "every-session":
      return afterSession(lastGiven, input);
    case "review":
      return before(input.reviewDue, "review", lastGiven, input);
    case "discharge":
      return before(input.endsOn ?? null, "end of therapy", lastGiven, input);
  }
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

function afterWeeks({ everyWeeks }: ScheduledMeasure, lastGiven: IsoDate | null, { start, today }: DueInput): NextDay {
  const interval = everyWeeks * 7;
  const dueOn = lastGiven === null ? start : later(start, addDays(lastGiven, interval));
  const every = everyWeeks === 1 ? "every week" : `every ${everyWeeks} weeks`;
  return {
    dueOn,
    missed: daysBetween(dueOn, today) > interval + graceDays,
    why: lastGiven === null ? `Planned ${every}; not given yet.` : `Planned ${every}; last given on ${formatDate(lastGiven)}.`,
  };
}

function afterSession(given: IsoDate | null, { start, today, sessions }: DueInput): NextDay {
  // What was given in an earlier therapy opens no schedule; what was given in the week before the plan is its baseline.
  const lastGiven = given !== null && daysBetween(given, start) <= 7 ? given : null;
  const held = sessions
    .filter(({ attendance, date }) => tookPlace(attendance) && date <= today)
    .map(({ date }) => date)
    .toSorted();
  const since = unanswered(held, lastGiven, start);
  if (lastGiven === null)
    return {
      dueOn: start,
      missed: since.length > 1 && daysBetween(start, today) > graceDays,
      why: `Planned at every session; ${given === null ? "not given yet" : `last given on ${formatDate(given)}, before this plan`}.`,
    };
  const first = since[0];
  const last = `last given on ${formatDate(lastGiven)}`;
  if (first === undefined) return { dueOn: null, missed: false, why: `Planned at every session; ${last}.` };
  return {
    dueOn: first,
    missed: since.length > 1 && daysBetween(first, today) > graceDays,
    why:
      first === today
        ? `Planned at every session, and there is one today; ${last}.`
        : `Planned at every session; ${since.length === 1 ? "one has" : `${since.length} have`} taken place without it, and it was ${last}.`,
  };
}

/** The sessions without an answer of their own, oldest first; none of those from before the schedule. */
function unanswered(held: readonly IsoDate[], lastGiven: IsoDate | null, start: IsoDate): IsoDate[] {
  const since = held.filter((date) => date >= start && (lastGiven === null || date > lastGiven));
  const first = since[0];
  if (lastGiven === null || first === undefined) return since;
  // Answered ahead of the session, and not at one.
  const ahead = !held.includes(lastGiven) && daysBetween(lastGiven, first) <= aheadDays;
  return ahead ? since.filter((date) => date !== first) : since;
}

function before(day: IsoDate | null, what: string, lastGiven: IsoDate | null, { today }: DueInput): NextDay {
  if (day === null)
    return {
      dueOn: null,
      missed: false,
      why: what === "review" ? "Planned at each review; no review date is set." : "Planned for the end of therapy.",
    };
  const from = addDays(day, -reviewWindowDays);
  if (lastGiven !== null && lastGiven >= from)
    return { dueOn: null, missed: false, why: `Given on ${formatDate(lastGiven)} for the ${what} of ${formatDate(day)}.` };
  return {
    dueOn: day,
    from,
    missed: daysBetween(day, today) > reviewIntervalDays + graceDays,
    why: `For the ${what} on ${formatDate(day)}${lastGiven === null ? "" : `; last given on ${formatDate(lastGiven)}`}.`,
  };
}
