import { formatDate, type IsoDate } from "../calendar/date.ts";
import { reliableChangeIndex } from "./jacobson-truax.ts";
import type { Measure } from "./measure.ts";
import { clinicalChange, pointsBetter, reliableChange } from "./reliable-change.ts";
import { isCase } from "./score.ts";
import { type FirstAndLast, talkingTherapiesOutcome } from "./talking-therapies.ts";

/** One figure about a change: what it says, and everything that is needed to work it out again by hand. */
export interface ChangeFigure {
  readonly id: string;
  /** What is asked, e.g. "Reliable change". */
  readonly name: string;
  /** The answer in a few words; where there is none, why not. */
  readonly words: string;
  /** How the answer was reached, with the numbers put in, one step a line. */
  readonly steps: readonly string[];
  /** Where the rule or its threshold comes from; `null` for a plain difference. */
  readonly source: string | null;
}

/** A score on a day. */
interface Scored {
  readonly date: IsoDate;
  readonly total: number;
}

/** Said where nobody has shown how large a change has to be. */
export const noThresholdWords = "No established threshold";

const jacobsonTruax = "Jacobson NS, Truax P. J Consult Clin Psychol 1991;59:12-19";

/**
 * That half the way counts as a response. Read in the abstract of the paper named: a fall of at least 50 percent on the PHQ-9, and remission below 5. For
 * other measures it is a convention taken over from there.
 */
const responseSource =
  "By convention a response is half of the symptoms gone; so asked of the PHQ-9 by the National Committee for Quality Assurance (Psychiatr Serv 2020, doi:10.1176/appi.ps.201900295)";

/** At most two decimals, without the noughts that carry nothing. */
const figure = (value: number): string => String(Math.round(value * 100) / 100);
const points = (value: number): string => `${figure(value)} ${Math.abs(value) === 1 ? "point" : "points"}`;

/** "10 points better", "1 point worse", "no change". */
export function rawChangeWords(better: number): string {
  if (better === 0) return "no change";
  return `${points(Math.abs(better))} ${better > 0 ? "better" : "worse"}`;
}

/** The best score that a measure has. */
export function bestScore({ scoring }: Measure): number {
  return scoring.higherIs === "worse" ? scoring.range[0] : scoring.range[1];
}

/**
 * How much of the way from the first score to the best one has been gone, in percent; negative for worse. Where the best score is 0 and lower is better
 * this is the usual percentage fall of the score. Where it is not (a lowest score of 10, or a measure on which higher is better), the percentage of the
 * score itself would depend on where its scale happens to begin, so the way to the best score is what counts.
 *
 * `null` for who had the best score at the start, and for T-scores of Goal Attainment Scaling, whose ends are no end of anything.
 */
export function percentageChange(measure: Measure, from: number, to: number): number | null {
  const way = pointsBetter(measure, from, bestScore(measure));
  if (way <= 0 || measure.scoring.method === "attainment") return null;
  return (pointsBetter(measure, from, to) / way) * 100;
}

/** A response: at least half of the way to the best score (equality counts); `null` where there is no percentage. */
export function isResponse(measure: Measure, from: number, to: number): boolean | null {
  const percent = percentageChange(measure, from, to);
  return percent === null ? null : percent >= 50;
}

/** Whether a score is in remission as the measure defines it: strictly below the threshold. `null` where it defines none. */
export function isRemission(measure: Measure, total: number): boolean | null {
  return measure.remission === undefined || measure.scoring.higherIs === "better" ? null : total < measure.remission.below;
}

/**
 * Everything that is told of the change from the first score to the last, each figure with the way to it. For a screen and for a document alike.
 *
 * Decided once, for all figures: a change of exactly the threshold counts; a score on the cutoff is on the clinical side where higher is worse and on
 * the healthy side where higher is better (`isCase`); who was not in the clinical range at the start cannot recover, and that is said.
 */
export function changeFigures(measure: Measure, first: Scored, last: Scored): readonly ChangeFigure[] {
  return [rawFigure, reliableFigure, clinicalFigure, percentFigure, responseFigure, remissionFigure].flatMap(
    (make) => make(measure, first, last) ?? [],
  );
}

type Make = (measure: Measure, first: Scored, last: Scored) => ChangeFigure | null;

const capital = (words: string): string => `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
const higherIsBetter = ({ scoring }: Measure): boolean => scoring.higherIs === "better";

const rawFigure: Make = (measure, first, last) => {
  const better = pointsBetter(measure, first.total, last.total);
  const [minuend, subtrahend] = higherIsBetter(measure) ? [last.total, first.total] : [first.total, last.total];
  return {
    id: "raw",
    name: "Change in points",
    words: capital(rawChangeWords(better)),
    steps: [
      `At the start, ${formatDate(first.date)}: ${figure(first.total)}. Now, ${formatDate(last.date)}: ${figure(last.total)}.`,
      `${higherIsBetter(measure) ? "Higher is better" : "Lower is better"} on the ${measure.name}: ${figure(minuend)} − ${figure(subtrahend)} = ${figure(better)}.`,
    ],
    source: null,
  };
};

const reliableWords = {
  improved: "Reliably better",
  "no-reliable-change": "No reliable change",
  deteriorated: "Reliably worse",
} as const;

const reliableFigure: Make = (measure, first, last) => {
  const better = pointsBetter(measure, first.total, last.total);
  const change = reliableChange(measure, first.total, last.total);
  const threshold = measure.reliableChange;
  if (change === null || threshold === undefined)
    return {
      id: "reliable",
      name: "Reliable change",
      words: `${noThresholdWords}: ${rawChangeWords(better)}`,
      steps: [
        `For the ${measure.name} nobody has shown how large a change has to be before it is more than measurement error. So only the change itself is told.`,
        "A practice that knows the standard deviation and the reliability of the measure can enter them, and the threshold is worked out.",
      ],
      source: null,
    };
  return {
    id: "reliable",
    name: "Reliable change",
    words: reliableWords[change],
    steps: [
      ...thresholdSteps(measure),
      `${capital(rawChangeWords(better))}, and the threshold is ${points(threshold.points)}: ${
        change === "no-reliable-change"
          ? `${figure(Math.abs(better))} < ${figure(threshold.points)}, which measurement error alone can make`
          : `${figure(Math.abs(better))} ≥ ${figure(threshold.points)}, more than measurement error. Exactly the threshold counts`
      }.`,
    ],
    source: threshold.source,
  };
};

/** How the threshold came about, where the practice had it worked out. */
function thresholdSteps({ reliableChange: threshold, scoring }: Measure): string[] {
  if (threshold?.norms === undefined) return [];
  const { sd, reliability } = threshold.norms;
  const index = reliableChangeIndex(threshold.norms);
  const whole = scoring.method !== "mean" && scoring.method !== "attainment";
  return [
    `Standard error of measurement: ${sd} × √(1 − ${reliability}) = ${figure(index.standardError)}.`,
    `Standard error of the difference: √2 × ${figure(index.standardError)} = ${figure(index.standardErrorOfDifference)}.`,
    `Threshold: 1.96 × ${figure(index.standardErrorOfDifference)} = ${figure(index.points)}${whole ? `; a change has to exceed it, so ${points(index.wholePoints)}` : ""}.`,
  ];
}

const groupWords = { recovered: "Recovered", improved: "Improved", unchanged: "Unchanged", deteriorated: "Deteriorated" } as const;

const clinicalFigure: Make = (measure, first, last) => {
  const { cutoff } = measure;
  const group = clinicalChange(measure, first.total, last.total);
  // Without a threshold the line above has said so already.
  if (measure.reliableChange === undefined) return null;
  if (cutoff === undefined || group === null)
    return {
      id: "clinical",
      name: "Clinical significance",
      words: "Cannot be told: no established cutoff",
      steps: [`The ${measure.name} has no cutoff between the clinical and the healthy range.`],
      source: jacobsonTruax,
    };
  const wasCase = isCase(measure, first.total) === true;
  const side = (total: number): string => {
    const reached = total >= cutoff.atLeast;
    const where = isCase(measure, total) === true ? "in the clinical range" : "outside the clinical range";
    return `${figure(total)} ${reached ? "≥" : "<"} ${cutoff.atLeast}, ${where}`;
  };
  return {
    id: "clinical",
    name: "Clinical significance",
    words: wasCase ? groupWords[group] : `${groupWords[group]}; not in the clinical range at the start`,
    steps: [
      `At the start: ${side(first.total)}. Now: ${side(last.total)}.`,
      "Recovered: reliably better, and out of the clinical range. Improved: reliably better, without that. Deteriorated: reliably worse. Unchanged: everything else, also where the cutoff was crossed by less than a reliable change.",
      ...(wasCase ? [] : ["Who was not in the clinical range at the start has nothing to recover from in this sense."]),
    ],
    source: `${jacobsonTruax}. Cutoff: ${cutoff.source}`,
  };
};

/** How far it is to the best score, and how much of that was gone. */
function waySteps(measure: Measure, first: Scored, last: Scored, percent: number): string[] {
  const best = bestScore(measure);
  const way = pointsBetter(measure, first.total, best);
  const better = pointsBetter(measure, first.total, last.total);
  return [
    `From the start to the best score: ${points(way)} (${figure(first.total)} to ${figure(best)}).`,
    `${figure(better)} ÷ ${figure(way)} = ${figure(percent)} %.`,
  ];
}

const percentFigure: Make = (measure, first, last) => {
  const percent = percentageChange(measure, first.total, last.total);
  if (measure.scoring.method === "attainment") return null;
  if (percent === null)
    return {
      id: "percentage",
      name: "Percentage change",
      words: "Cannot be told: the first score is the best there is",
      steps: [`The first score is ${figure(first.total)}, and nothing is better than ${figure(bestScore(measure))}.`],
      source: null,
    };
  const size = Math.abs(percent);
  // 49.6 is not shown as the 50 that would be a response.
  const shown = size < 50 && Math.round(size) === 50 ? figure(size) : Math.round(size);
  return {
    id: "percentage",
    name: "Percentage change",
    words: percent === 0 ? "No change" : `${shown} % ${percent > 0 ? "better" : "worse"}`,
    steps: waySteps(measure, first, last, percent),
    source: null,
  };
};

const responseFigure: Make = (measure, first, last) => {
  const percent = percentageChange(measure, first.total, last.total);
  if (percent === null) return null;
  const met = isResponse(measure, first.total, last.total) === true;
  return {
    id: "response",
    name: "Response",
    words: met ? "Yes" : "No",
    steps: [
      ...waySteps(measure, first, last, percent),
      met ? `${figure(percent)} % is 50 % or more. Exactly half counts.` : `${figure(percent)} % is less than 50 %.`,
    ],
    source: responseSource,
  };
};

const remissionFigure: Make = (measure, first, last) => {
  const { remission } = measure;
  const met = isRemission(measure, last.total);
  if (remission === undefined || met === null) return null;
  const already = first.total < remission.below;
  return {
    id: "remission",
    name: "Remission",
    words: met ? (already ? "Yes, as at the start" : "Yes") : "No",
    steps: [
      `Remission is a score below ${remission.below}: ${figure(last.total)} ${met ? "<" : "≥"} ${remission.below}.`,
      ...(already ? [`The first score, ${figure(first.total)}, was below it already.`] : []),
    ],
    source: remission.source,
  };
};

const talkingTherapies =
  "NHS England. NHS Talking Therapies for anxiety and depression manual, outcome measures: definitions of recovery and reliable change";

/**
 * The four outcomes of NHS Talking Therapies as figures; empty where one of the measures lacks a cutoff or a threshold. Depression and anxiety are looked
 * at together, so that getting better in one and worse in the other is no improvement.
 */
export function talkingTherapiesFigures(depression: FirstAndLast, anxiety: FirstAndLast): readonly ChangeFigure[] {
  const outcome = talkingTherapiesOutcome(depression, anxiety);
  if (outcome === null) return [];
  const both = [depression, anxiety];
  const caseness = (which: "first" | "last") =>
    both.map(({ measure, [which]: total }) => `${measure.name} ${figure(total)} ${caseSign(measure, total)}`).join("; ");
  const changes = both.map(({ measure, first, last }) => {
    const change = reliableChange(measure, first, last);
    return `${measure.name}: ${figure(first)} to ${figure(last)}, ${rawChangeWords(pointsBetter(measure, first, last))}; from ${points(measure.reliableChange?.points ?? 0)} on it is reliable: ${change === null ? "cannot be told" : reliableWords[change].toLowerCase()}.`;
  });
  const yes = (met: boolean | null) => (met === null ? "Not asked: below both cutoffs at the start" : met ? "Yes" : "No");
  const opposed = both.every(({ measure, first, last }) => reliableChange(measure, first, last) !== "no-reliable-change");
  const mixed = opposed && !outcome.reliableImprovement && !outcome.reliableDeterioration;
  const mixedSteps = mixed ? ["One is reliably better and the other reliably worse: together that is no reliable change."] : [];
  return [
    {
      id: "recovery",
      name: "Recovery",
      words: yes(outcome.recovery),
      steps: [
        "At the start at or above at least one cutoff, now below both.",
        `At the start: ${caseness("first")}.`,
        `Now: ${caseness("last")}.`,
      ],
      source: talkingTherapies,
    },
    {
      id: "reliable-improvement",
      name: "Reliable improvement",
      words: yes(outcome.reliableImprovement),
      steps: ["Reliably better on at least one, and reliably worse on neither.", ...changes, ...mixedSteps],
      source: talkingTherapies,
    },
    {
      id: "reliable-recovery",
      name: "Reliable recovery",
      words: yes(outcome.reliableRecovery),
      steps: [
        "Both recovery and reliable improvement.",
        `Recovery: ${yes(outcome.recovery).toLowerCase()}. Reliable improvement: ${yes(outcome.reliableImprovement).toLowerCase()}.`,
      ],
      source: talkingTherapies,
    },
    {
      id: "reliable-deterioration",
      name: "Reliable deterioration",
      words: yes(outcome.reliableDeterioration),
      steps: ["Reliably worse on at least one, and reliably better on neither.", ...changes, ...mixedSteps],
      source: talkingTherapies,
    },
  ];
}

function caseSign(measure: Measure, total: number): string {
  const cutoff = measure.cutoff?.atLeast ?? 0;
  return `${total >= cutoff ? "≥" : "<"} ${cutoff}, ${isCase(measure, total) === true ? "a case" : "no case"}`;
}
