import { addDays, addMonths, formatDate, type IsoDate } from "../calendar/date.ts";
import type { EpisodeEnd } from "../episode/episode.ts";
import { rawChangeWords } from "../measures/change.ts";
import type { Measure } from "../measures/measure.ts";
import { pointsBetter, reliableChange } from "../measures/reliable-change.ts";
import { seriesOf } from "../progress/series.ts";
import type { ScoresOnHand } from "./objective-states.ts";

/** Months after the end at which the client is asked again; can be changed. Practice-based. */
export const usualFollowUpMonths = [1, 3, 6] as const;
/** From so many days before its day on a follow-up can be asked for, and for so long after it what is answered counts as its answer. Ours. */
export const followUpAheadDays = 7;
export const followUpOpenDays = 60;

export type FollowUp = EpisodeEnd["followUps"][number];

/** Follow-ups 1, 3 and 6 months after the end, with these measures. */
export function usualFollowUps(endedOn: IsoDate, measures: readonly string[]): FollowUp[] {
  return usualFollowUpMonths.map((months) => ({ date: addMonths(endedOn, months), measures: [...measures] }));
}

/** `later`: its time has not come. `due`: it can be asked for. `answered`: all of its measures are. `missed`: its time has passed. */
export type FollowUpState = "later" | "due" | "answered" | "missed";

/** How the client does by one measure. `held`: not reliably worse than at the end; without a threshold the change alone is told. */
export type FollowUpHold = "better" | "held" | "slipped" | "cannot-tell";

export interface FollowUpResult {
  readonly measure: string;
  readonly measureName: string;
  readonly hold: FollowUpHold | null;
  /** In a sentence; for a measure that was not answered, that. */
  readonly words: string;
}

export interface FollowUpStanding {
  readonly date: IsoDate;
  readonly state: FollowUpState;
  readonly results: readonly FollowUpResult[];
}

/** How each follow-up stands, and what its scores say against the last one of the treatment. A score counts for the first follow-up that it can belong to. */
export function followUpsOf(
  followUps: readonly FollowUp[],
  endedOn: IsoDate,
  { measures, administrations }: ScoresOnHand,
  today: IsoDate,
): FollowUpStanding[] {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const sorted = followUps.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return sorted.map(({ date, measures: asked }, index) => {
    const from = addDays(date, -followUpAheadDays);
    const next = sorted[index + 1];
    const until =
      [addDays(date, followUpOpenDays), ...(next === undefined ? [] : [addDays(next.date, -followUpAheadDays - 1)])].toSorted()[0] ?? date;
    const results = asked.flatMap((id) => {
      const measure = known.get(id);
      return measure === undefined ? [] : [resultOf(measure, administrations, endedOn, from > endedOn ? from : addDays(endedOn, 1), until)];
    });
    const answered = results.length > 0 && results.every(({ hold }) => hold !== null);
    const state = answered ? "answered" : today < from ? "later" : today > until ? "missed" : "due";
    return { date, state, results };
  });
}

function resultOf(
  measure: Measure,
  administrations: ScoresOnHand["administrations"],
  endedOn: IsoDate,
  from: IsoDate,
  until: IsoDate,
): FollowUpResult {
  const scores = seriesOf(measure, administrations);
  const since = scores.filter(({ date }) => date >= from && date <= until).at(-1);
  const before = scores.filter(({ date }) => date <= endedOn).at(-1);
  const head = { measure: measure.id, measureName: measure.name };
  if (since === undefined) return { ...head, hold: null, words: `${measure.name}: not answered.` };
  const now = `${measure.name} was ${since.total} on ${formatDate(since.date)}`;
  if (before === undefined)
    return { ...head, hold: "cannot-tell", words: `${now}. There is no score from the treatment to compare it with.` };
  const change = reliableChange(measure, before.total, since.total);
  const compared = `${now}; at the end it was ${before.total}: ${rawChangeWords(pointsBetter(measure, before.total, since.total))}`;
  switch (change) {
    case "deteriorated":
      return { ...head, hold: "slipped", words: `${compared}, more than measurement error.` };
    case "improved":
      return { ...head, hold: "better", words: `${compared}, more than measurement error.` };
    case "no-reliable-change":
      return { ...head, hold: "held", words: `${compared}, which measurement error alone can make.` };
    case null:
      return {
        ...head,
        hold: "cannot-tell",
        words: `${compared}. How large a change has to be before it counts is not known for this measure.`,
      };
  }
}
