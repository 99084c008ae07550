import { daysBetween, type IsoDate } from "../calendar/date.ts";
import type { Measure } from "./measure.ts";
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
  /** The measure's threshold of reliable change. */
  readonly reliable: number;
  /** Still in the clinical range; `null` without a cutoff. */
  readonly isCase: boolean | null;
  /** Whole weeks since the first score. */
  readonly weeks: number;
}

export interface CourseRule {
  readonly state: Exclude<CourseState, "too-early" | "no-threshold">;
  /** The rule as a clinician reads it where it has fired. */
  readonly words: string;
  /** Where its figures come from. */
  readonly source: string;
  readonly holds: (course: CourseSoFar) => boolean;
}

const ours =
  "A rule of Trellis's own, not a norm: no freely usable table of expected recovery exists for these measures. The idea of an early warning: Finch AE, Lambert MJ, Schaalje BG. Clin Psychol Psychother 2001;8:231-242";

/**
 * Whether a course is on track, in order: the first rule that holds is the answer. The weeks stand for sessions 4 and 8 of weekly therapy with some
 * left out.
 */
export const courseRules: readonly CourseRule[] = [
  {
    state: "deteriorated",
    words: "Worse than at the start by more than measurement error.",
    source: "Reliable deterioration: Jacobson NS, Truax P. J Consult Clin Psychol 1991;59:12-19, with the measure's own threshold",
    holds: ({ better, reliable }) => -better >= reliable,
  },
  {
    state: "below-cutoff",
    words: "The last score is outside the clinical range.",
    source: "The measure's own cutoff",
    holds: (course) => course.isCase === false,
  },
  {
    state: "no-progress",
    words: "12 weeks or more after the start, better by less than measurement error and still in the clinical range.",
    source: ours,
    holds: ({ better, reliable, weeks }) => weeks >= 12 && better < reliable,
  },
  {
    state: "little-progress",
    words: "6 weeks or more after the start, better by less than half of what counts as a reliable change.",
    source: ours,
    holds: ({ better, reliable, weeks }) => weeks >= 6 && better < reliable / 2,
  },
  { state: "on-track", words: "None of the warning rules holds.", source: ours, holds: () => true },
];

export interface Course {
  readonly state: CourseState;
  /** The rule that fired; `null` where none could be asked. */
  readonly rule: CourseRule | null;
  /** Points better since the first score, negative for worse; `null` with fewer than two scores. */
  readonly better: number | null;
  readonly weeks: number;
}

/** How a client's course on one measure stands. `scores` are those that count, oldest first. */
export function courseOf(measure: Measure, scores: readonly DatedScore[]): Course {
  const first = scores[0];
  const last = scores.at(-1);
  if (first === undefined || last === undefined || scores.length < 2) return { state: "too-early", rule: null, better: null, weeks: 0 };
  const better = pointsBetter(measure, first.total, last.total);
  const weeks = Math.floor(daysBetween(first.date, last.date) / 7);
  if (measure.reliableChange === undefined) return { state: "no-threshold", rule: null, better, weeks };
  const soFar = { better, reliable: measure.reliableChange.points, isCase: isCase(measure, last.total), weeks };
  const rule = courseRules.find(({ holds }) => holds(soFar)) ?? null;
  return { state: rule?.state ?? "on-track", rule, better, weeks };
}
