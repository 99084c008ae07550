import { daysBetween, formatDate } from "../calendar/date.ts";
import { tookPlace } from "../course/session.ts";
import type { Measure } from "../measures/measure.ts";
import { pointsBetter, reliableChange } from "../measures/reliable-change.ts";
import type { Gap } from "./gaps.ts";
import type { MeasureProgress } from "./progress.ts";

/** What a client calls that which a measure tells of. Individual measures, and those about several things, go by their own name. */
const clientNames: Partial<Record<Measure["area"], string>> = {
  depression: "depression score",
  anxiety: "anxiety score",
  trauma: "score for stress after trauma",
  alcohol: "drinking score",
  substances: "substance use score",
  body: "body symptoms score",
  sleep: "sleep score",
  obsessions: "score for unwanted thoughts",
  attention: "attention score",
  distress: "distress score",
  "well-being": "well-being score",
  functioning: "daily life score",
};

/** "PHQ-9, Patient Health Questionnaire-9"; a measure of the practice's own mostly has one name only. */
export const measureTitle = ({ name, title }: Measure): string => (name === title ? name : `${name}: ${title}`);

export const scoreName = ({ area, name }: Measure): string => clientNames[area] ?? `“${name}” score`;

/**
 * How it has gone, as a client reads it. That a change is a clear one is only said where the measure has a threshold for that: elsewhere the numbers
 * stand alone, with the direction in which they are good.
 */
export function clientSentences({ measure, scores, target }: MeasureProgress): string[] {
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return [];
  const good = measure.scoring.higherIs === "worse" ? "Lower is better." : "Higher is better.";
  const name = scoreName(measure);
  const sentences =
    scores.length < 2
      ? [`Your first ${name} is ${first.total}.`, good]
      : first.total === last.total
        ? [`Your ${name} is ${last.total}, the same as at the start.`, good]
        : [
            `Your ${name} went from ${first.total} to ${last.total}${changeWords(measure, first.total, last.total)}`,
            ...(measure.reliableChange === undefined ? [good] : []),
          ];
  if (target === null) return sentences;
  const aim = `${target} or ${measure.scoring.higherIs === "worse" ? "less" : "more"}`;
  return [...sentences, pointsBetter(measure, target, last.total) >= 0 ? `You have reached your goal of ${aim}.` : `Your goal is ${aim}.`];
}

function changeWords(measure: Measure, from: number, to: number): string {
  const better = pointsBetter(measure, from, to) > 0;
  switch (reliableChange(measure, from, to)) {
    case "improved":
      return ": clearly better, by more than chance.";
    case "deteriorated":
      return ": clearly worse, by more than chance. Let us look at what could help more.";
    case "no-reliable-change":
      return better ? ": a little better, but that can still be chance." : ": a little worse, but that can still be chance.";
    case null:
      return ".";
  }
}

/** The change for the record: "8 points better. A change of 5 points or more counts as reliable (source)." */
export function changeOf({ measure, scores }: Pick<MeasureProgress, "measure" | "scores">): string {
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return "";
  const better = Math.round(pointsBetter(measure, first.total, last.total) * 100) / 100;
  const points = Math.abs(better) === 1 ? "point" : "points";
  const change = better === 0 ? "no change." : `${Math.abs(better)} ${points} ${better > 0 ? "better" : "worse"}.`;
  const { reliableChange: threshold } = measure;
  return threshold === undefined
    ? `${change} No established threshold: how large a change has to be before it counts is not known for this measure.`
    : `${change} A change of ${threshold.points} points or more counts as reliable (${threshold.source}).`;
}

/** "Not given for 5 weeks, from March 3, 2026 to April 7, 2026." */
export function gapWords({ from, to, days }: Gap): string {
  const length = days >= 14 ? `${Math.round(days / 7)} weeks` : `${days} days`;
  return `Not given for ${length}, from ${formatDate(from)} to ${formatDate(to)}.`;
}

/** What a picture of a course shows, for those who do not see it. The table behind it has every score. */
export function courseInWords(progress: MeasureProgress, audience: "clinician" | "client"): string {
  const { measure, scores, gaps, target, expected, sessions, events } = progress;
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return "";
  const totals = scores.map(({ total }) => total);
  const times = scores.length === 1 ? "once" : `${scores.length} times`;
  const worse = measure.scoring.higherIs === "worse";
  const missed = sessions.filter(({ attendance }) => !tookPlace(attendance)).length;
  return [
    `${measure.name} from ${formatDate(first.date)} to ${formatDate(last.date)}, given ${times}: ${scores.length > 12 ? `first ${first.total}, last ${last.total}, between ${Math.min(...totals)} and ${Math.max(...totals)}` : totals.join(", ")}. ${worse ? "Lower" : "Higher"} is better.`,
    audience === "clinician" && measure.cutoff !== undefined ? `The cutoff is ${measure.cutoff.atLeast}.` : "",
    target === null ? "" : `The target is ${target} or ${worse ? "less" : "more"}.`,
    expected.length > 1 ? "The expected course is drawn behind it." : "",
    ...gaps.map(gapWords),
    sessions.length === 0 ? "" : `${sessions.length - missed} sessions took place${missed === 0 ? "" : `, ${missed} did not`}.`,
    ...events.map(({ date, label }) => `${formatDate(date)}: ${label}.`),
  ]
    .filter((text) => text !== "")
    .join(" ");
}

/** How long a course is, for a report's heading: "6 weeks". */
export function lengthWords({ scores }: Pick<MeasureProgress, "scores">): string {
  const [first, last] = [scores[0], scores.at(-1)];
  if (first === undefined || last === undefined) return "";
  const days = daysBetween(first.date, last.date);
  return days >= 14 ? `${Math.round(days / 7)} weeks` : `${days} ${days === 1 ? "day" : "days"}`;
}
