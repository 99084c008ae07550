import { formatDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import { pointsBetter, reliableChange } from "@trellis/domain/measures/reliable-change";
import type { Score } from "@trellis/domain/measures/score";
import { type Given, type ScorePoint, seriesOf } from "@trellis/domain/progress/series";

export { type ScorePoint, seriesOf };

/** "14 of 27, moderate"; of a count "3 panic attacks", of goal attainment "T-score 54.02". */
export function scoreWords(measure: Measure, total: number): string {
  const only = measure.items.length === 1 ? measure.items[0]?.quantity : undefined;
  if (only !== undefined) return `${total} ${only.unit}`.trim();
  if (measure.scoring.method === "attainment") return `T-score ${total}`;
  const band = measure.bands.find(({ from, to }) => total >= from && total <= to);
  return `${total} of ${Math.round(measure.scoring.range[1] * 100) / 100}${band === undefined ? "" : `, ${band.name}`}`;
}

/** That a measure was given on a day already, and with what score; empty where it was not. Who enters a form twice by mistake sees it so. */
export function givenAlreadyWords(measure: Measure, administrations: readonly Given[], date: string, today: string): string {
  const given = administrations.filter((other) => other.measure === measure.id && other.status === "completed" && other.date === date);
  if (given.length === 0) return "";
  const last = seriesOf(measure, given).at(-1);
  const score = last === undefined ? "" : `: ${scoreWords({ ...measure, bands: [] }, last.total)}`;
  return `${measure.name} was given ${date === today ? "today" : `on ${formatDate(date)}`} already${score}.`;
}

/** On which side of its measure's cutoff a score lies; which side is the better one is said where it is the unusual one. */
export function cutoffWords({ cutoff, scoring }: Measure, total: number): string {
  if (cutoff === undefined) return "";
  const side = `${total >= cutoff.atLeast ? "At or above" : "Below"} the cutoff of ${cutoff.atLeast} for ${cutoff.name}.`;
  return scoring.higherIs === "better" ? `${side} Higher is better here.` : side;
}

/**
 * What changed from the first score to the last, in words. "Improved" is only said of a change larger than the measurement error, and
 * only where the measure has a threshold for that.
 */
export function changeWords(measure: Measure, series: readonly ScorePoint[]): string {
  const first = series[0];
  const last = series.at(-1);
  if (first === undefined || last === undefined || series.length < 2) return "";
  const better = pointsBetter(measure, first.total, last.total);
  const since = `since ${formatDate(first.date)}`;
  if (better === 0) return `unchanged ${since}`;
  const points = `${Math.abs(better)} ${Math.abs(better) === 1 ? "point" : "points"} ${better > 0 ? "better" : "worse"} ${since}`;
  switch (reliableChange(measure, first.total, last.total)) {
    case "improved":
      return `${points}: more than measurement error`;
    case "deteriorated":
      return `${points}: more than measurement error`;
    case "no-reliable-change":
      return `${points}: within measurement error`;
    case null:
      return points;
  }
}

/** What a score leaves open, in words: missing answers, a total worked out from the others. */
export function completenessWords(score: Score): string {
  if (score.entered) return "Entered as a score: the single answers are not known.";
  if (score.total === null && score.missing.length === 0) return "";
  const items = score.missing.length === 1 ? `item ${score.missing[0]} was` : `items ${score.missing.join(", ")} were`;
  if (score.total === null) return `No total: ${items} not answered.`;
  if (score.prorated) return `The total is worked out from the other answers, because ${items} not answered.`;
  return "";
}
