import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { logGamma, t95 } from "./t-distribution.ts";

/** What the clients of a report are grouped by. `none`: all of them together. */
export const outcomeGroupings = ["none", "clinician", "problem", "approach", "month"] as const;
export const OutcomeGrouping = z.enum(outcomeGroupings);
export type OutcomeGrouping = z.infer<typeof OutcomeGrouping>;

/** Which courses a report is about. */
export const OutcomeQuestion = z
  .object({
    measure: z.string().min(1, "Choose a measure.").max(80),
    /** First and last day on which a course may have begun. */
    from: IsoDate,
    to: IsoDate,
    by: OutcomeGrouping,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last day is before the first. Change one of them." });
export type OutcomeQuestion = z.infer<typeof OutcomeQuestion>;

/** With fewer courses that can be compared, a group shows how many and no means: a few clients are no basis for one, and could be told apart in it. */
export const fewestForMeans = 5;

/** So many days without a session and without a score, and a course counts as broken off where nothing says that it ended otherwise. */
export const daysToDropOut = 60;

/** What the database adds up for one group. Points are those of the measure; a change is positive where it is for the better. */
export const OutcomeSums = z.object({
  /** What the group is: a name, the id of a chapter or an approach, a month as `YYYY-MM`; `null` where a client belongs to none. */
  group: z.string().nullable(),
  started: z.number().int(),
  /** With two or more scores: of these a change can be told. */
  compared: z.number().int(),
  /** Of those compared, how many were in the clinical range at the start: only these can recover. `null` for a measure without a cutoff. */
  casesAtStart: z.number().int().nullable(),
  /** Of those compared. `null` for a measure without a threshold of reliable change. */
  improved: z.number().int().nullable(),
  recovered: z.number().int().nullable(),
  deteriorated: z.number().int().nullable(),
  droppedOut: z.number().int(),
  /** Mean first score of all that started. */
  meanStart: z.number().nullable(),
  /** Mean first and last score of those compared, the spread of the first (n - 1), and mean and spread of the change. */
  meanFirst: z.number().nullable(),
  meanLast: z.number().nullable(),
  sdFirst: z.number().nullable(),
  meanChange: z.number().nullable(),
  sdChange: z.number().nullable(),
});
export type OutcomeSums = z.infer<typeof OutcomeSums>;

/** An interval around a mean. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One line of a report. */
export interface OutcomeGroup
  extends Pick<OutcomeSums, "started" | "compared" | "casesAtStart" | "improved" | "recovered" | "deteriorated" | "droppedOut"> {
  /** As it is shown. */
  readonly name: string;
  /** `null` for a group that is too small for means. */
  readonly means: {
    /** Mean first score of all that started. */
    readonly start: number;
    /** Mean first and last score of those compared. */
    readonly first: number;
    readonly last: number;
    /** Points for the better. */
    readonly change: number;
    readonly interval: Interval | null;
    readonly effectSize: number | null;
  } | null;
}

/**
 * The 95 % confidence interval of a mean: mean ± t · sd / √n with Student's t distribution of n - 1 degrees of freedom (NIST/SEMATECH e-Handbook of
 * Statistical Methods, 1.3.5.2 Confidence Limits for the Mean). `null` with fewer than two values.
 *
 * @param sd standard deviation of the sample, with n - 1.
 */
export function confidenceInterval(mean: number, sd: number, n: number): Interval | null {
  if (n < 2) return null;
  const half = (t95(n - 1) * sd) / Math.sqrt(n);
  return { low: mean - half, high: mean + half };
}

/**
 * The standardized mean change with raw score standardization: the mean change divided by the standard deviation of the scores at the start, with the
 * exact correction for small samples c(m) = √(2/m) Γ(m/2) / Γ((m-1)/2), m = n - 1. Positive is better. `null` with fewer than three clients or where
 * all began with the same score.
 *
 * Becker BJ. Synthesizing standardized mean-change measures. Br J Math Stat Psychol 1988;41:257-278, as set out with Morris's (2008) worked data in the
 * documentation of the metafor package (metafor-project.org, analyses:morris2008).
 */
export function standardizedMeanChange(change: number, sdAtStart: number, n: number): number | null {
  if (n < 3 || !(sdAtStart > 0)) return null;
  const m = n - 1;
  const correction = Math.sqrt(2 / m) * Math.exp(logGamma(m / 2) - logGamma((m - 1) / 2));
  return (correction * change) / sdAtStart;
}

/** One line of the report from what the database added up. */
export function outcomeGroup(name: string, sums: OutcomeSums): OutcomeGroup {
  const { started, compared, casesAtStart, improved, recovered, deteriorated, droppedOut } = sums;
  const { meanStart, meanFirst, meanLast, sdFirst, meanChange, sdChange } = sums;
  const enough =
    compared >= fewestForMeans &&
    meanStart !== null &&
    meanFirst !== null &&
    meanLast !== null &&
    sdFirst !== null &&
    meanChange !== null &&
    sdChange !== null;
  return {
    name,
    started,
    compared,
    casesAtStart,
    improved,
    recovered,
    deteriorated,
    droppedOut,
    means: enough
      ? {
          start: meanStart,
          first: meanFirst,
          last: meanLast,
          change: meanChange,
          interval: confidenceInterval(meanChange, sdChange, compared),
          effectSize: standardizedMeanChange(meanChange, sdFirst, compared),
        }
      : null,
  };
}

/** Groups in the order of their names, never of their results. */
export function inOrderOfNames<G extends { readonly name: string }>(groups: readonly G[]): G[] {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return groups.toSorted((a, b) => collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1));
}
