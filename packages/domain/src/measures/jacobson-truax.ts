/** Spread and reliability of a measure in a norm sample. They are kept with every threshold that is worked out from them. */
export interface Norms {
  /** Standard deviation of the scores before treatment, in points; above 0. */
  readonly sd: number;
  /** Reliability, 0 up to but not 1: internal consistency or retest, which give different thresholds. */
  readonly reliability: number;
}

/** What a reliable change comes to, and the steps to it, so that a screen can show how it was reached. All in points of the measure. */
export interface ReliableChangeIndex {
  readonly standardError: number;
  readonly standardErrorOfDifference: number;
  /** A change larger than this is unlikely (5 %) to be measurement error alone. */
  readonly points: number;
  /** The smallest change in whole points that is larger than `points`. */
  readonly wholePoints: number;
}

/** The normal deviate that 95 % of differences by chance stay within. */
const z = 1.96;

/**
 * The reliable change index as a threshold in points: 1.96 times the standard error of the difference, which is the square root of 2 times the
 * standard error of measurement, SD times the square root of (1 - reliability).
 *
 * A change has to exceed it. For whole-number scores that is the next whole number above it.
 *
 * Jacobson NS, Truax P. Clinical significance: a statistical approach to defining meaningful change in psychotherapy research.
 * J Consult Clin Psychol 1991;59:12-19.
 *
 * @throws RangeError when the standard deviation is not above 0 or the reliability not from 0 to below 1.
 */
export function reliableChangeIndex({ sd, reliability }: Norms): ReliableChangeIndex {
  if (!(sd > 0) || !Number.isFinite(sd)) throw new RangeError("The standard deviation is a number above 0.");
  if (!(reliability >= 0 && reliability < 1)) throw new RangeError("The reliability is a number from 0 to below 1.");
  const standardError = sd * Math.sqrt(1 - reliability);
  const standardErrorOfDifference = Math.SQRT2 * standardError;
  const points = z * standardErrorOfDifference;
  return { standardError, standardErrorOfDifference, points, wholePoints: Math.floor(points) + 1 };
}

/** Mean and standard deviation of a group, in points of the measure. */
export interface Group {
  readonly mean: number;
  readonly sd: number;
}

/**
 * The three cutoffs between the clinical and the functional range after Jacobson and Truax 1991, each `null` where its group is not known:
 *
 * - `a`: two standard deviations from the clinical mean, toward health;
 * - `b`: two standard deviations from the functional mean, toward illness;
 * - `c`: where both groups are equally likely, weighted by their standard deviations. Preferred where both groups are known.
 */
export function clinicalCutoffs(
  clinical: Group | null,
  functional: Group | null,
  higherIs: "worse" | "better",
): { readonly a: number | null; readonly b: number | null; readonly c: number | null } {
  const towardHealth = higherIs === "worse" ? -1 : 1;
  return {
    a: clinical === null ? null : clinical.mean + towardHealth * 2 * clinical.sd,
    b: functional === null ? null : functional.mean - towardHealth * 2 * functional.sd,
    c:
      clinical === null || functional === null
        ? null
        : (functional.sd * clinical.mean + clinical.sd * functional.mean) / (functional.sd + clinical.sd),
  };
}
