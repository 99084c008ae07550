import type { Measure } from "./measure.ts";
import { isCase } from "./score.ts";
import { cleanScore, scoreStep } from "./score-step.ts";

export type Change = "improved" | "no-reliable-change" | "deteriorated";

/** Points by which a score got better: positive is better, whichever way the measure runs. */
export function pointsBetter(measure: Measure, from: number, to: number): number {
  const better = measure.scoring.higherIs === "worse" ? from - to : to - from;
  return Number.isInteger(better) ? better : cleanScore(better);
}

/**
 * Whether a score changed by more than chance and measurement error: by at least the measure's reliable-change threshold.
 * A change of exactly the threshold counts, as in the NHS Talking Therapies manual. `null` for a measure without a threshold: there
 * the words "reliable improvement" must not be used.
 *
 * The idea: Jacobson NS, Truax P. Clinical significance: a statistical approach to defining meaningful change in psychotherapy
 * research. J Consult Clin Psychol 1991;59:12-19. Each measure names the source of its threshold.
 */
export function reliableChange(measure: Measure, from: number, to: number): Change | null {
  if (measure.reliableChange === undefined) return null;
  const better = pointsBetter(measure, from, to);
  if (better >= measure.reliableChange.points) return "improved";
  if (-better >= measure.reliableChange.points) return "deteriorated";
  return "no-reliable-change";
}

export type ClinicalChange = "recovered" | "improved" | "unchanged" | "deteriorated";

/**
 * Reliable change and the cutoff taken together, after Jacobson and Truax 1991: *recovered* is a reliable improvement out of the clinical
 * range; crossing the cutoff without a reliable change is *unchanged*. Who was not in the clinical range at the start cannot recover and is
 * at best *improved*; a screen says beside it that the start was not in the clinical range. `null` for a measure that lacks a threshold or a cutoff.
 *
 * Decided where the paper leaves it open: a change of exactly the threshold is reliable (`reliableChange`). A score exactly on the cutoff is on the
 * side that the cutoff names (`isCase`): in the clinical range where higher is worse, outside it where higher is better.
 */
export function clinicalChange(measure: Measure, from: number, to: number): ClinicalChange | null {
  const change = reliableChange(measure, from, to);
  const wasCase = isCase(measure, from);
  if (change === null || wasCase === null) return null;
  if (change === "no-reliable-change") return "unchanged";
  if (change === "deteriorated") return "deteriorated";
  return wasCase && isCase(measure, to) === false ? "recovered" : "improved";
}

export type TargetRule = "cutoff" | "reliable-change" | "response" | "remission";

export interface SizedTarget {
  readonly target: number;
  /** The rule that gave it, which is another than the one asked for where that one had nothing to give. */
  readonly rule: TargetRule;
}

/**
 * Sizes the target of an objective from the baseline, as a score within the measure's range that is better than the baseline. A whole number where the
 * measure's scores are; where they have decimals, to two of them:
 *
 * - `cutoff`: the first score outside the clinical range. A step smaller than the reliable change would be within the measurement error,
 *   so there the reliable change is asked for. Below the cutoff already: remission, or a reliable change where remission is not defined.
 * - `reliable-change`: the baseline less the threshold; where that leaves the range: remission.
 * - `response`: half the baseline, rounded toward better (the usual definition of response, a fall of at least 50 percent).
 * - `remission`: the first score below the remission threshold.
 *
 * `null` when no rule gives an improvement, as for a client in remission or for a measure without the thresholds.
 */
export function targetFor(measure: Measure, baseline: number, rule: TargetRule): SizedTarget | null {
  if (measure.remission !== undefined && measure.scoring.higherIs === "worse" && baseline < measure.remission.below) return null;
  for (const candidate of candidates(measure, baseline, rule)) {
    const target = sizes[candidate](measure, baseline);
    if (target !== null) return { target, rule: candidate };
  }
  return null;
}

/** The rule asked for, and which to try when it has nothing to give. */
function candidates(measure: Measure, baseline: number, rule: TargetRule): readonly TargetRule[] {
  if (rule === "cutoff" && isCase(measure, baseline) !== true) return [measure.remission === undefined ? "reliable-change" : "remission"];
  if (rule === "cutoff") return ["cutoff", "reliable-change", "remission"];
  return rule === "reliable-change" ? ["reliable-change", "remission"] : [rule];
}

const sizes: Record<TargetRule, (measure: Measure, baseline: number) => number | null> = {
  cutoff: (measure, baseline) => {
    if (measure.cutoff === undefined) return null;
    const target = firstOutside(measure, measure.cutoff.atLeast);
    const reliable = measure.reliableChange?.points ?? 0;
    return pointsBetter(measure, baseline, target) >= reliable ? usable(measure, baseline, target) : null;
  },
  "reliable-change": (measure, baseline) => {
    if (measure.reliableChange === undefined) return null;
    const points = roundedUp(measure, measure.reliableChange.points);
    return usable(measure, baseline, measure.scoring.higherIs === "worse" ? baseline - points : baseline + points);
  },
  response: (measure, baseline) =>
    measure.scoring.higherIs === "worse" ? usable(measure, baseline, -roundedUp(measure, -baseline / 2)) : null,
  remission: (measure, baseline) =>
    measure.remission === undefined || measure.scoring.higherIs === "better"
      ? null
      : usable(measure, baseline, roundedUp(measure, measure.remission.below) - scoreStep(measure)),
};

/** The first score outside the clinical range that a cutoff marks. */
export function firstOutside(measure: Measure, cutoff: number): number {
  return measure.scoring.higherIs === "worse" ? cleanScore(cutoff - scoreStep(measure)) : cutoff;
}

/** The number, or the next higher one that a score of the measure can be. */
function roundedUp(measure: Measure, number: number): number {
  const step = scoreStep(measure);
  return cleanScore(step === 1 ? Math.ceil(number) : Math.ceil(number / step - 1e-6) * step);
}

/** The target, if it lies within the range and is an improvement. */
function usable(measure: Measure, baseline: number, sized: number): number | null {
  const target = cleanScore(sized);
  const [low, high] = measure.scoring.range;
  return target >= low && target <= high && pointsBetter(measure, baseline, target) > 0 ? target : null;
}
