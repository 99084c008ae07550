import type { LibraryMetric } from "../../library/chapter.ts";
import type { Measure } from "../../measures/measure.ts";
import { firstOutside, type TargetRule, targetFor } from "../../measures/reliable-change.ts";
import { scoreStep } from "../../measures/score-step.ts";
import { baselineReason } from "../objective-progress.ts";
import type { Because, Metric } from "../plan.ts";
import { answerTo, type DraftContext, isStale } from "./draft-context.ts";

/** A sized metric, and how its numbers were reached. */
export interface SizedMetric {
  readonly metric: Metric;
  readonly because: readonly Because[];
}

const whereHigherIsWorse: Record<TargetRule, string> = {
  cutoff: "below the clinical cutoff",
  "reliable-change": "lower by a reliable change",
  response: "to half of the baseline",
  remission: "into the range of remission",
};
/** How a target was reached, in words. */
const targetWords: Record<Measure["scoring"]["higherIs"], Record<TargetRule, string>> = {
  worse: whereHigherIsWorse,
  better: { ...whereHigherIsWorse, cutoff: "out of the clinical range, at the cutoff", "reliable-change": "higher by a reliable change" },
};

/** Fills the numbers of an objective from the record. A baseline that nobody measured stays `null` and is asked for. */
export function sizeMetric(metric: LibraryMetric, context: DraftContext): SizedMetric | null {
  switch (metric.kind) {
    case "count":
      return {
        metric: {
          kind: "count",
          unit: metric.unit,
          direction: metric.direction,
          baseline: null,
          baselineDate: null,
          target: metric.target,
          max: metric.max,
        },
        because: [],
      };
    case "rating":
      return {
        metric: {
          kind: "rating",
          unit: `0 = ${metric.zero}, 10 = ${metric.ten}`,
          direction: metric.direction,
          baseline: null,
          baselineDate: null,
          target: metric.target,
          max: 10,
        },
        because: [],
      };
    case "milestone":
      return {
        metric: {
          kind: "milestone",
          unit: metric.evidenceOfDone,
          direction: "increase",
          baseline: 0,
          baselineDate: context.today,
          target: 1,
          max: 1,
        },
        because: [],
      };
    case "measure":
      return sizeMeasure(metric, context);
  }
}

function sizeMeasure(metric: Extract<LibraryMetric, { kind: "measure" }>, context: DraftContext): SizedMetric | null {
  const measure = context.library.measureById.get(metric.measure);
  if (!measure) return null;
  const last = context.lastScores.get(measure.id);
  const common = { kind: "measure" as const, measure: measure.id, measureName: measure.name, direction: metric.direction, unit: "" };
  if (metric.item !== undefined) {
    const answer = last ? answerTo(last, metric.item) : null;
    const target = typeof metric.target === "number" ? metric.target : null;
    // An answer already at the target leaves nothing to work on.
    if (answer !== null && target !== null && (metric.direction === "decrease" ? answer <= target : answer >= target)) return null;
    return {
      metric: {
        ...common,
        item: metric.item,
        unit: `question ${metric.item}`,
        baseline: answer,
        baselineDate: answer === null ? null : (last?.administration.date ?? null),
        target,
      },
      because:
        answer === null || !last
          ? []
          : [
              {
                kind: "answer",
                ref: measure.id,
                text: baselineReason(measure, answer, last.administration.date, metric.item),
              },
            ],
    };
  }
  const [lowest, highest] = measure.scoring.range;
  const baseline = last?.score.total ?? null;
  if (!last || baseline === null)
    return {
      metric: {
        ...common,
        baseline: null,
        target: typeof metric.target === "number" ? metric.target : metric.target === "cutoff" ? targetBelowCutoff(measure) : null,
        baselineDate: null,
        max: highest,
      },
      because: [{ kind: "practice", text: `The baseline waits for the ${measure.name}: give it, and enter the score.` }],
    };
  const sized = typeof metric.target === "number" ? { target: metric.target, rule: null } : targetFor(measure, baseline, metric.target);
  if (!sized || sized.target === null || sized.target < lowest) return null;
  // From a low score a reliable change would ask for more than full recovery; there remission is the honest target.
  if (
    metric.target === "reliable-change" &&
    measure.remission &&
    metric.direction === "decrease" &&
    sized.target < Math.ceil(measure.remission.below) - scoreStep(measure)
  )
    return null;
  const better = metric.direction === "decrease" ? sized.target < baseline : sized.target > baseline;
  if (!better) return null;
  const stale = isStale(last, context.today) ? " It is more than 30 days old: give it again soon." : "";
  const because: Because[] = [
    {
      kind: "score",
      ref: measure.id,
      text: `${baselineReason(measure, baseline, last.administration.date)}${stale}`,
    },
  ];
  if (sized.rule)
    because.push({
      kind: "evidence",
      ref: measure.id,
      text: `Target ${sized.target}: ${targetWords[measure.scoring.higherIs][sized.rule]}${sourceOf(measure, sized.rule)}.`,
    });
  return { metric: { ...common, baseline, baselineDate: last.administration.date, target: sized.target, max: highest }, because };
}

/** The first score outside the clinical range, which is known before anybody was measured. */
function targetBelowCutoff(measure: Measure): number | null {
  return measure.cutoff === undefined ? null : firstOutside(measure, measure.cutoff.atLeast);
}

function sourceOf(
  measure: {
    cutoff?: { atLeast: number; source: string } | undefined;
    reliableChange?: { points: number; source: string } | undefined;
    remission?: { below: number; source: string } | undefined;
  },
  rule: TargetRule,
): string {
  if (rule === "cutoff" && measure.cutoff) return ` of ${measure.cutoff.atLeast} (${measure.cutoff.source})`;
  if (rule === "reliable-change" && measure.reliableChange)
    return ` of ${measure.reliableChange.points} points (${measure.reliableChange.source})`;
  if (rule === "remission" && measure.remission) return ` below ${measure.remission.below} (${measure.remission.source})`;
  return "";
}
