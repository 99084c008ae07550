import type { Administration } from "../measures/administration.ts";
import { courseOf, type DatedScore } from "../measures/course.ts";
import { type Expectation, noExpectation } from "../measures/expected-course.ts";
import type { Measure } from "../measures/measure.ts";
import type { Score } from "../measures/score.ts";

/** What an alert is about, the most urgent first. */
export const alertKinds = [
  /** An answer that speaks of danger: suicide, or risky and self-destructive behavior. */
  "risk-answer",
  /** The question about danger was left open. Open is not the same as no. */
  "risk-not-answered",
  "deteriorated",
  "no-progress",
  "little-progress",
  "missed-measure",
  "missed-sessions",
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Something to be told to whoever treats the client. */
export interface RaisedAlert {
  /** The same key is not raised twice for one client. */
  readonly key: string;
  readonly kind: AlertKind;
  readonly measure: string | null;
  readonly administrationId: string | null;
  /** The rule that fired and its numbers, so that the alert can be read without working it out again. */
  readonly detail: AlertDetail;
}

export interface AlertDetail {
  /** What happened, in a sentence for the clinician. */
  readonly words: string;
  /** The rule, where one fired. */
  readonly rule?: string;
  readonly source?: string;
  /** Items of the measure that it is about, by number. */
  readonly items?: readonly number[];
  readonly date?: string;
}

/** Kinds that come of a course: raised when it gets there, and not at every score while it stays. */
export const courseAlertKinds: ReadonlySet<AlertKind> = new Set(["deteriorated", "no-progress", "little-progress"]);

/**
 * What one new score calls for: single answers that speak of danger or leave it open, and a course that has gone off track.
 *
 * @param course the scores of this measure that count, oldest first, the new one among them.
 * @param against what the course is held against beside the measure's own thresholds.
 */
export function alertsFromScore(
  measure: Measure,
  administration: Pick<Administration, "id" | "date">,
  score: Score,
  course: readonly DatedScore[],
  against: Expectation = noExpectation,
): RaisedAlert[] {
  const { id, date } = administration;
  const about = { measure: measure.id, administrationId: id };
  const alerts: RaisedAlert[] = [];
  const risk = score.flags.filter(({ kind }) => kind === "suicide-risk" || kind === "risk-behavior");
  if (risk.length > 0)
    alerts.push({
      ...about,
      key: `risk-answer/${id}`,
      kind: "risk-answer",
      detail: {
        words: risk.map(({ item, message }) => `${measure.name}, item ${item}: ${message}`).join(" "),
        items: risk.map(({ item }) => item),
        date,
      },
    });
  if (score.riskItemsNotAnswered.length > 0)
    alerts.push({
      ...about,
      key: `risk-not-answered/${id}`,
      kind: "risk-not-answered",
      detail: { words: notAnsweredWords(measure, score), items: score.riskItemsNotAnswered, date },
    });
  // An entry for an earlier day says nothing of how things stand now.
  const isNewest = course.every((other) => other.date <= date);
  const { state, rule } = courseOf(measure, course, against);
  if (isNewest && rule !== null && (state === "deteriorated" || state === "no-progress" || state === "little-progress"))
    alerts.push({
      ...about,
      key: `${state}/${id}`,
      kind: state,
      detail: { words: `${measure.name}: ${courseWords(course)}`, rule: rule.words, source: rule.source, date },
    });
  return alerts;
}

/**
 * The alerts that a corrected entry calls for. One about danger was raised when the entry was made, and may be acknowledged by now: it is raised again
 * where the correction brings an answer that was not known then, and not for what was told already.
 *
 * @param earlier the score of the entry as it was before.
 * @param version the corrected entry's.
 */
export function alertsOfCorrection(alerts: readonly RaisedAlert[], earlier: Score, version: number): RaisedAlert[] {
  const told = new Set([...earlier.flags.map(({ item }) => item), ...earlier.riskItemsNotAnswered.map((item) => -item)]);
  return alerts.flatMap((alert) => {
    if (alert.kind !== "risk-answer" && alert.kind !== "risk-not-answered") return [alert];
    const sign = alert.kind === "risk-answer" ? 1 : -1;
    const isNew = (alert.detail.items ?? []).some((item) => !told.has(sign * item));
    return isNew ? [{ ...alert, key: `${alert.key}/${version}` }] : [];
  });
}

function notAnsweredWords(measure: Measure, { entered, riskItemsNotAnswered: items }: Score): string {
  const which =
    items.length === 1
      ? `Item ${items[0]} of ${measure.name}, about risk, was`
      : `Items ${items.join(", ")} of ${measure.name}, about risk, were`;
  return entered
    ? `${measure.name} was entered as a score. The answer about risk is not known: look at the form, or ask.`
    : `${which} not answered. Open is not the same as no: ask.`;
}

function courseWords(course: readonly DatedScore[]): string {
  const first = course[0]?.total ?? 0;
  const last = course.at(-1)?.total ?? 0;
  return `${first} at the start, ${last} now.`;
}
