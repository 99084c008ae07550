import type { Measure } from "./measure.ts";
import { reliableChange } from "./reliable-change.ts";
import { isCase } from "./score.ts";

/** First and last score of one measure in an episode. */
export interface FirstAndLast {
  readonly measure: Measure;
  readonly first: number;
  readonly last: number;
}

/** Outcomes in the sense of NHS Talking Therapies, which look at depression and anxiety together. */
export interface TalkingTherapiesOutcome {
  /** At or above the cutoff of either measure at the start. */
  readonly caseAtStart: boolean;
  /** Below both cutoffs at the end; `null` for somebody who was not a case at the start. */
  readonly recovery: boolean | null;
  /** Reliably better on one measure, and not reliably worse on the other. */
  readonly reliableImprovement: boolean;
  /** Both; `null` for somebody who was not a case at the start. */
  readonly reliableRecovery: boolean | null;
  /** Reliably worse on one measure, and not reliably better on the other. */
  readonly reliableDeterioration: boolean;
}

/**
 * The outcomes of NHS Talking Therapies from the first and the last scores of a depression measure and of an anxiety measure (the one for the
 * client's own disorder where one was used, otherwise the GAD-7). One reliably better and one reliably worse is no reliable change.
 *
 * NHS England. NHS Talking Therapies for anxiety and depression manual, outcome measures: definitions of recovery and reliable change.
 *
 * @returns `null` when a measure lacks a cutoff or a reliable-change threshold.
 */
export function talkingTherapiesOutcome(depression: FirstAndLast, anxiety: FirstAndLast): TalkingTherapiesOutcome | null {
  const both = [depression, anxiety].map(({ measure, first, last }) => ({
    wasCase: isCase(measure, first),
    isCase: isCase(measure, last),
    change: reliableChange(measure, first, last),
  }));
  if (both.some((one) => one.wasCase === null || one.change === null)) return null;
  const better = both.some(({ change }) => change === "improved");
  const worse = both.some(({ change }) => change === "deteriorated");
  const caseAtStart = both.some(({ wasCase }) => wasCase === true);
  const recovery = caseAtStart ? both.every((one) => one.isCase === false) : null;
  return {
    caseAtStart,
    recovery,
    reliableImprovement: better && !worse,
    reliableRecovery: recovery === null ? null : recovery && better && !worse,
    reliableDeterioration: worse && !better,
  };
}
