import { dayOf, type IsoDate } from "../calendar/date.ts";
import type { CourseEvent } from "../course/course-event.ts";
import type { SessionRecord } from "../course/session.ts";
import type { Measure } from "../measures/measure.ts";
import type { ExpectedCourse } from "../measures/measure-setting.ts";
import type { Objective, Plan } from "../plan/plan.ts";
import { type ExpectedOn, expectedBand } from "./expected-band.ts";
import { type Gap, gapsIn, usualInterval } from "./gaps.ts";
import { type Given, type ScorePoint, seriesOf } from "./series.ts";

/** What of a chart a course is read by. */
export interface CourseRecord {
  readonly administrations: readonly Given[];
  readonly sessions: readonly SessionRecord[];
  readonly events: readonly CourseEvent[];
  readonly plans: readonly { readonly revision: number; readonly establishedOn: IsoDate; readonly signedAt: string | null }[];
  readonly settings: Readonly<Record<string, { readonly expectedCourse: ExpectedCourse | null }>>;
  /** The practice's, for the day of a signature. */
  readonly timeZone: string;
}

export interface PlanMark {
  readonly date: IsoDate;
  readonly revision: number;
}

/** Everything that is drawn of one measure's course. */
export interface MeasureProgress {
  readonly measure: Measure;
  /** Oldest first. */
  readonly scores: readonly ScorePoint[];
  readonly gaps: readonly Gap[];
  /** What the plan's objective aims at; `null` where no objective goes by this measure. */
  readonly target: number | null;
  readonly expected: readonly ExpectedOn[];
  readonly sessions: readonly SessionRecord[];
  readonly events: readonly CourseEvent[];
  /** Plans that were signed, on the day from which they count. */
  readonly plans: readonly PlanMark[];
}

/** Days from the first to the last that a picture shows. */
export interface Span {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** Objectives with these states are not worked towards any more. */
const over: ReadonlySet<Objective["lifecycleStatus"]> = new Set(["cancelled", "entered-in-error", "rejected"]);

/** The target that the plan sets on the whole of a measure. Of two objectives on one measure, that of the first. */
export function targetIn(plan: Plan | null, measureId: string): number | null {
  for (const { metric, lifecycleStatus } of plan?.objectives ?? [])
    if (metric?.kind === "measure" && metric.measure === measureId && metric.item === undefined && !over.has(lifecycleStatus))
      if (metric.target !== null) return metric.target;
  return null;
}

/**
 * The course of every measure that has a score, those that the plan aims at first and then those with the most scores. `plan` is the one that counts,
 * or the draft where there is no other.
 */
export function progressOf(measures: readonly Measure[], record: CourseRecord, plan: Plan | null): MeasureProgress[] {
  const events = byDate(record.events);
  const sessions = byDate(record.sessions);
  const plans = byDate(
    record.plans.flatMap(({ revision, establishedOn, signedAt }) =>
      // A later revision keeps the day on which the plan was established first.
      signedAt === null
        ? []
        : [{ revision, date: revision === 1 ? establishedOn : dayOf(new Date(signedAt).toISOString(), record.timeZone) }],
    ),
  );
  const given = new Set(record.administrations.map(({ measure }) => measure));
  return measures
    .filter(({ id }) => given.has(id))
    .flatMap((measure): MeasureProgress[] => {
      const scores = seriesOf(measure, record.administrations);
      const [first] = scores;
      if (first === undefined) return [];
      const dates = scores.map(({ date }) => date);
      const everyWeeks = plan?.measureSchedule.find((entry) => entry.measure === measure.id)?.everyWeeks ?? null;
      const course = record.settings[measure.id]?.expectedCourse ?? null;
      return [
        {
          measure,
          scores,
          gaps: gapsIn(dates, usualInterval(measure, dates, everyWeeks)),
          target: targetIn(plan, measure.id),
          expected: course === null ? [] : expectedBand(course, first, sessions),
          sessions,
          events,
          plans,
        },
      ];
    })
    .toSorted((a, b) => Number(b.target !== null) - Number(a.target !== null) || b.scores.length - a.scores.length);
}

/** The days that several courses have in common on their pages, so that an event stands in the same place in each picture. */
export function spanOf(courses: readonly MeasureProgress[]): Span | null {
  const dates = courses.flatMap(({ scores }) => scores.map(({ date }) => date)).toSorted();
  const [from] = dates;
  if (from === undefined) return null;
  const marks = courses.flatMap(({ sessions, events, plans }) => [...sessions, ...events, ...plans].map(({ date }) => date));
  const to = [...dates, ...marks].toSorted().at(-1) ?? from;
  return { from, to };
}

function byDate<T extends { readonly date: IsoDate }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
