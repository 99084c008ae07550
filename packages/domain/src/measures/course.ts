import { daysBetween, type IsoDate } from "../calendar/date.ts";
import { type Expectation, expectedAt, expectedCourseSource, noExpectation, sessionNumber } from "./expected-course.ts";
import type { Measure } from "./measure.ts";
import type { ExpectedCourse, ExpectedPoint } from "./measure-setting.ts";
import { pointsBetter } from "./reliable-change.ts";
import { isCase } from "./score.ts";

/** A score on a day, for a course. */
export interface DatedScore {
  readonly date: IsoDate;
  readonly total: number;
}

export type CourseState =
  /** Fewer than two scores. */
  | "too-early"
  /** The measure has no defended threshold of reliable change: only the raw change can be told. */
  | "no-threshold"
  | "deteriorated"
  | "below-cutoff"
  | "no-progress"
  | "little-progress"
  | "on-track";

/** What one rule looks at. All in points of the measure; positive is better. */
interface CourseSoFar {
  readonly better: number;
  /** The measure's threshold of reliable change; `null` where it has none, and then no rule by it holds. */
  readonly reliable: number | null;
  /** Still in the clinical range; `null` without a cutoff. */
  readonly isCase: boolean | null;
  /** Whole weeks since the first score. */
  readonly weeks: number;
  /** Sessions that took place since the first score; `null` where none is recorded. */
  readonly sessions: number | null;
  /** What the practice's own table says of this session, and by how many points the last score is worse than its bound. */
  readonly expected: ExpectedHere | null;
}

/** A course held against the practice's own table. */
export interface ExpectedHere {
  readonly table: ExpectedCourse;
  readonly point: ExpectedPoint;
  readonly session: number;
  readonly countedBy: "sessions" | "weeks";
  readonly last: number;
  /** Points worse than the bound; 0 or less on the bound or better, which is on track. */
  readonly beyond: number;
}

export interface CourseRule {
  readonly state: Exclude<CourseState, "too-early" | "no-threshold">;
  /** The rule as a clinician reads it where it has fired. */
  readonly words: string;
  /** Where its figures come from. */
  readonly source: string;
  readonly holds: (course: CourseSoFar) => boolean;
  /** The same for one course, where it takes numbers to say it. */
  readonly forCourse?: (course: CourseSoFar) => { readonly words: string; readonly source: string } | null;
}

const ours =
  "A rule of Trellis's own, not a norm: no freely usable table of expected recovery exists for these measures. The idea of an early warning: Finch AE, Lambert MJ, Schaalje BG. Clin Psychol Psychother 2001;8:231-242";

/**
 * Whether a course is on track, in order: the first rule that holds is the answer. With fewer than two scores it is too early to tell, and no rule is asked.
 *
 * Little change counts by session 4 and by session 8, or where they take longer or are not recorded by week 6 and week 12, whichever is first. Sessions
 * are counted from the day of the first score on. Where the practice has an expected course of its own for the measure, a score beyond its bound at this
 * session counts as well; it is asked before our own rule of little progress, being the more particular of the two.
 *
 * Equality: worse by exactly the threshold has deteriorated; better by exactly the threshold, or by exactly half of it, is progress; exactly on the
 * bound is on track.
 */
export const courseRules: readonly CourseRule[] = [
  {
    state: "deteriorated",
    words: "Worse than at the start by more than measurement error.",
    source: "Reliable deterioration: Jacobson NS, Truax P. J Consult Clin Psychol 1991;59:12-19, with the measure's own threshold",
    holds: ({ better, reliable }) => reliable !== null && -better >= reliable,
  },
  {
    state: "below-cutoff",
    words: "The last score is outside the clinical range.",
    source: "The measure's own cutoff",
    holds: (course) => course.isCase === false,
  },
  {
    state: "no-progress",
    words: "8 sessions or 12 weeks or more after the start, better by less than measurement error and still in the clinical range.",
    source: ours,
    holds: ({ better, reliable, weeks, sessions }) =>
      reliable !== null && (weeks >= 12 || (sessions !== null && sessions >= 8)) && better < reliable,
  },
  {
    state: "little-progress",
    words: "Worse than the bound of your practice's expected course at this session.",
    source: "The expected course that your practice has chosen for this measure",
    holds: ({ expected }) => expected !== null && expected.beyond > 0,
    forCourse: ({ expected }) => expected && { words: beyondWords(expected), source: expectedCourseSource(expected.table) },
  },
  {
    state: "little-progress",
    words: "4 sessions or 6 weeks or more after the start, better by less than half of what counts as a reliable change.",
    source: ours,
    holds: ({ better, reliable, weeks, sessions }) =>
      reliable !== null && (weeks >= 6 || (sessions !== null && sessions >= 4)) && better < reliable / 2,
  },
  { state: "on-track", words: "None of the warning rules holds.", source: ours, holds: () => true },
];

function beyondWords({ point, session, countedBy, last }: ExpectedHere): string {
  const when = countedBy === "sessions" ? `At session ${session}` : `In week ${session}, taken as session ${session},`;
  return `${when} the score is ${last}. Who started with ${point.startFrom} to ${point.startTo} is expected at ${point.expected} by then; ${point.bound} or better would still be on track.`;
}

export interface Course {
  readonly state: CourseState;
  /** The rule that fired, in words for this course; `null` where none could be asked. */
  readonly rule: CourseRule | null;
  /** Points better since the first score, negative for worse; `null` with fewer than two scores. */
  readonly better: number | null;
  readonly weeks: number;
  /** Where the course stands in the practice's own table; `null` without one, or where it says nothing of this session. */
  readonly expected: ExpectedHere | null;
}

/**
 * How a client's course on one measure stands.
 *
 * @param scores those that count, oldest first.
 * @param against the practice's expected course and the client's sessions, where they are known.
 */
export function courseOf(measure: Measure, scores: readonly DatedScore[], against: Expectation = noExpectation): Course {
  const first = scores[0];
  const last = scores.at(-1);
  if (first === undefined || last === undefined || scores.length < 2)
    return { state: "too-early", rule: null, better: null, weeks: 0, expected: null };
  const better = pointsBetter(measure, first.total, last.total);
  const weeks = Math.floor(daysBetween(first.date, last.date) / 7);
  const session = sessionNumber(first.date, last.date, against.sessions);
  const expected = expectedHere(measure, first, last, session, against.expectedCourse);
  const reliable = measure.reliableChange?.points ?? null;
  if (reliable === null && expected === null) return { state: "no-threshold", rule: null, better, weeks, expected };
  const soFar = {
    better,
    reliable,
    isCase: isCase(measure, last.total),
    weeks,
    sessions: session.countedBy === "sessions" ? session.number : null,
    expected,
  };
  const rule = courseRules.find(({ holds }) => holds(soFar)) ?? null;
  return { state: rule?.state ?? "on-track", rule: rule && { ...rule, ...rule.forCourse?.(soFar) }, better, weeks, expected };
}

function expectedHere(
  measure: Measure,
  first: DatedScore,
  last: DatedScore,
  { number, countedBy }: ReturnType<typeof sessionNumber>,
  table: ExpectedCourse | null,
): ExpectedHere | null {
  const point = table === null ? null : expectedAt(table, first.total, number);
  if (table === null || point === null) return null;
  return { table, point, session: number, countedBy, last: last.total, beyond: pointsBetter(measure, last.total, point.bound) };
}
