import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { Administration } from "../measures/administration.ts";
import { itemAnswer } from "../measures/item-answer.ts";
import type { Measure } from "../measures/measure.ts";
import { scoreAdministration } from "../measures/score.ts";
import { cleanScore } from "../measures/score-step.ts";
import type { Because, GoalAchievementStatus, Metric, Objective } from "./plan.ts";

export type AchievementStatus = (typeof GoalAchievementStatus.options)[number];

/** What an objective is measured by, on a day. */
export interface DatedValue {
  readonly date: IsoDate;
  readonly value: number;
}

/** How far an objective is that is bound to a measure. */
export interface ObjectiveProgress {
  readonly baseline: number | null;
  readonly baselineDate: IsoDate | null;
  readonly target: number | null;
  /** The newest value since the baseline; `null` where nothing was measured since. */
  readonly current: DatedValue | null;
  /** The share of the way from baseline to target, 0 to 1: 0 for a step back as well. `null` where a number is missing. */
  readonly fraction: number | null;
  /** As the scores say; the clinician's own judgment stands in the plan. */
  readonly state: Extract<AchievementStatus, "in-progress" | "improving" | "worsening" | "no-change" | "achieved">;
  /** The rule that gave the state, in a sentence. */
  readonly rule: string;
  /** The newest value meets the target. */
  readonly met: boolean;
  /** The target was met at the last two values in a row, and nobody has said so in the plan yet. */
  readonly proposeAchieved: boolean;
}

type Given = Pick<Administration, "measure" | "date" | "status" | "answers" | "entered"> & { readonly enteredAt?: string };

/**
 * What was measured for a metric, oldest first: the measure's total, or the answer to one of its questions. What was entered in error does not count, nor
 * what has no total. Of two on one day the later entry comes last.
 */
export function valuesOf(metric: Metric, measure: Measure, administrations: readonly Given[], today: IsoDate): DatedValue[] {
  return administrations
    .filter(({ measure: id, status, date }) => id === measure.id && status === "completed" && date <= today)
    .toSorted((a, b) => (a.date === b.date ? (a.enteredAt ?? "").localeCompare(b.enteredAt ?? "") : a.date < b.date ? -1 : 1))
    .flatMap((given) => {
      const value = metric.item === undefined ? scoreAdministration(measure, given).total : itemAnswer(measure, given, metric.item);
      return value === null ? [] : [{ date: given.date, value }];
    });
}

const ended: ReadonlySet<string> = new Set(["achieved", "sustaining", "not-attainable"]);

/**
 * How far an objective is, from the scores alone; `null` for one that is not bound to a measure. The states are those of FHIR Goal.achievementStatus, by
 * rules of our own, in this order:
 *
 * 1. *in-progress*: nothing was measured since the baseline, or there is no baseline.
 * 2. *achieved*: the target was met at the last two measurements in a row. One alone may be chance.
 * 3. *improving*: the target was met at the last measurement, or it is better than the baseline by at least the measure's reliable change. For one question,
 *    and for a measure without a defended threshold, by any change.
 * 4. *worsening*: worse than the baseline by as much.
 * 5. *no-change*: anything else.
 *
 * @param measure the measure that the objective is bound to, as the client's practice uses it.
 */
export function objectiveProgress(
  { metric, achievementStatus }: Pick<Objective, "metric" | "achievementStatus">,
  measure: Measure | undefined,
  administrations: readonly Given[],
  today: IsoDate,
): ObjectiveProgress | null {
  if (metric === null || metric.kind !== "measure" || measure === undefined || metric.measure !== measure.id) return null;
  const { baseline, baselineDate, target } = metric;
  const since = valuesOf(metric, measure, administrations, today).filter(({ date }) => baselineDate === null || date > baselineDate);
  const current = since.at(-1) ?? null;
  const meets = ({ value }: DatedValue) => target !== null && (metric.direction === "decrease" ? value <= target : value >= target);
  const met = current !== null && meets(current);
  const twice = since.length >= 2 && since.slice(-2).every(meets);
  return {
    baseline,
    baselineDate,
    target,
    current,
    fraction: fractionOf(metric, current?.value ?? baseline),
    ...stateOf(metric, measure, current, met, twice),
    met,
    proposeAchieved: twice && (achievementStatus === null || !ended.has(achievementStatus)),
  };
}

function fractionOf({ baseline, target, direction }: Metric, value: number | null): number | null {
  if (baseline === null || target === null || value === null) return null;
  const way = direction === "decrease" ? baseline - target : target - baseline;
  const gone = direction === "decrease" ? baseline - value : value - baseline;
  // A target that the baseline met already leaves no way to go.
  if (way <= 0) return gone >= way ? 1 : 0;
  return Math.min(1, Math.max(0, gone / way));
}

function stateOf(
  { baseline, direction, item }: Metric,
  measure: Measure,
  current: DatedValue | null,
  met: boolean,
  twice: boolean,
): Pick<ObjectiveProgress, "state" | "rule"> {
  if (current === null) return { state: "in-progress", rule: "Nothing was measured since the baseline." };
  if (twice) return { state: "achieved", rule: "The target was met twice in a row." };
  if (met) return { state: "improving", rule: "The target was met once; a second time in a row confirms it." };
  if (baseline === null) return { state: "in-progress", rule: "There is no baseline to compare with." };
  const better = cleanScore(direction === "decrease" ? baseline - current.value : current.value - baseline);
  const points = item === undefined ? measure.reliableChange?.points : undefined;
  const by = `${Math.abs(better)} ${Math.abs(better) === 1 ? "point" : "points"}`;
  const threshold =
    points === undefined
      ? "Any change counts, as there is no established threshold for it."
      : `A change counts from ${points} points on (${measure.name}).`;
  if (better === 0) return { state: "no-change", rule: "The same as at the baseline." };
  const counts = Math.abs(better) >= (points ?? 0);
  if (!counts) return { state: "no-change", rule: `${by} ${better > 0 ? "better" : "worse"} than the baseline. ${threshold}` };
  return better > 0
    ? { state: "improving", rule: `${by} better than the baseline. ${threshold}` }
    : { state: "worsening", rule: `${by} worse than the baseline. ${threshold}` };
}

/** Where a baseline came from, in words. */
export function baselineReason(measure: Measure, value: number, date: IsoDate, item?: number): string {
  return item === undefined
    ? `Baseline: ${measure.name} was ${value} on ${formatDate(date)}.`
    : `Baseline: ${measure.name} question ${item} was answered ${value} on ${formatDate(date)}.`;
}

/** The reasons of an objective with a new one for its baseline in place of the old one, or of the word that it waits; none for `null`. */
export function withBaselineReason(because: readonly Because[], reason: Because | null): Because[] {
  const others = because.filter(({ text }) => !text.startsWith("Baseline: ") && !text.startsWith("The baseline waits for "));
  return (reason === null ? others : [reason, ...others]).slice(0, 20);
}
