import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { answerableMeasures } from "../answer-link/answer-links.ts";
import type { Chart } from "../api/clients.ts";
import { completed } from "../client/alerts.ts";

/** Measures that can be asked at a follow-up: answerable by link and given in the treatment. Those of the plan come first. */
export function followUpMeasures(chart: Chart, measures: readonly Measure[]): readonly Measure[] {
  const given = new Set(completed(chart.administrations).map(({ measure }) => measure));
  const planned = plannedMeasures(chart);
  const fit = answerableMeasures(measures, chart).filter((measure) => canBeAnswered(measure) && given.has(measure.id));
  return [...fit.filter(({ id }) => planned.has(id)), ...fit.filter(({ id }) => !planned.has(id))];
}

const plannedMeasures = ({ plans }: Chart): ReadonlySet<string> =>
  new Set(plans.flatMap(({ schedule }) => schedule ?? []).map(({ measure }) => measure));

/** What a follow-up asks by itself: the measures of the plan, at most three, so that it is answered in a few minutes, and none that looks back a year; without a plan, the one given most. */
export function usualMeasures(chart: Chart, measures: readonly Measure[]): readonly string[] {
  const fit = followUpMeasures(chart, measures);
  const planned = plannedMeasures(chart);
  const ids = fit.filter(({ id, interval }) => planned.has(id) && interval !== null && interval.usualDays <= 60).map(({ id }) => id);
  if (ids.length > 0) return ids.slice(0, 3);
  const times = (id: string) => completed(chart.administrations).filter(({ measure }) => measure === id).length;
  return fit
    .toSorted((a, b) => times(b.id) - times(a.id))
    .slice(0, 1)
    .map(({ id }) => id);
}
