import { ageInYears, daysBetween, formatDate, type IsoDate } from "../../calendar/date.ts";
import type { ClientRecord } from "../../client/client-record.ts";
import { activeDiagnoses, type Diagnosis } from "../../diagnosis/diagnosis.ts";
import { type ClientStateFound, clientStates } from "../../intake/client-states.ts";
import type { Signal } from "../../library/chapter.ts";
import { clientStateNames } from "../../library/client-state.ts";
import type { Library } from "../../library/library.ts";
import type { Administration } from "../../measures/administration.ts";
import type { Measure } from "../../measures/measure.ts";
import { type Score, scoreAdministration } from "../../measures/score.ts";
import type { Because } from "../plan.ts";

/** The newest completed administration of one measure, scored. */
export interface LastScore {
  readonly measure: Measure;
  readonly administration: Administration;
  readonly score: Score;
}

/** What the parts of the drafting engine know about the client; worked out once per draft. */
export interface DraftContext {
  readonly record: ClientRecord;
  readonly library: Library;
  readonly today: IsoDate;
  readonly age: number;
  readonly diagnoses: readonly Diagnosis[];
  readonly lastScores: ReadonlyMap<string, LastScore>;
  readonly states: readonly ClientStateFound[];
  readonly newId: () => string;
}

/** Scores older than this many days are a weak base for a plan made today; the draft says so. */
export const staleAfterDays = 30;

export function draftContext(record: ClientRecord, library: Library, today: IsoDate, newId: () => string): DraftContext {
  return {
    record,
    library,
    today,
    age: ageInYears(record.client.birthDate, today),
    diagnoses: activeDiagnoses(record.diagnoses),
    lastScores: lastScores(record.administrations, library),
    states: clientStates(record, today),
    newId,
  };
}

/** The newest completed administration of each known measure; on the same day the later entry counts. */
export function lastScores(administrations: readonly Administration[], library: Library): Map<string, LastScore> {
  const newest = new Map<string, LastScore>();
  for (const administration of administrations) {
    const measure = library.measureById.get(administration.measure);
    if (!measure || administration.status !== "completed") continue;
    const known = newest.get(measure.id);
    if (known && known.administration.date > administration.date) continue;
    newest.set(measure.id, { measure, administration, score: scoreAdministration(measure, administration.answers) });
  }
  return newest;
}

/** The reason that a signal gives for this client, or `null` when it does not hold. */
export function signalHolds(signal: Signal, context: DraftContext): Because | null {
  switch (signal.kind) {
    case "item": {
      const last = context.lastScores.get(signal.measure);
      const answer = last?.administration.answers[signal.item - 1];
      if (!last || answer == null || answer < signal.atLeast) return null;
      const item = last.measure.items.find((entry) => entry.number === signal.item);
      return {
        kind: "answer",
        ref: last.measure.id,
        text: `${last.measure.name} question ${signal.item} (“${shorten(item?.text ?? "", 90)}”) was answered ${answer} on ${formatDate(last.administration.date)}.`,
      };
    }
    case "score": {
      const last = context.lastScores.get(signal.measure);
      if (!last || last.score.total === null || last.score.total < signal.atLeast) return null;
      return { kind: "score", ref: last.measure.id, text: scoreInWords(last) };
    }
    case "diagnosis": {
      const diagnosis = context.diagnoses.find((entry) => entry.code.startsWith(signal.code));
      return diagnosis ? { kind: "diagnosis", ref: diagnosis.id, text: `${diagnosis.code} ${diagnosis.description}.` } : null;
    }
    case "state": {
      const state = context.states.find((entry) => entry.state === signal.state);
      return state ? { kind: "risk", text: `${capitalize(clientStateNames[state.state])}: ${state.because}` } : null;
    }
  }
}

/** "PHQ-9 was 17 of 27 (moderately severe) on May 31, 2026." */
export function scoreInWords(last: LastScore): string {
  const band = last.score.band ? ` (${last.score.band.name.toLowerCase()})` : "";
  return `${last.measure.name} was ${last.score.total ?? "incomplete"} of ${last.measure.scoring.range[1]}${band} on ${formatDate(last.administration.date)}.`;
}

export function isStale(last: LastScore, today: IsoDate): boolean {
  return daysBetween(last.administration.date, today) > staleAfterDays;
}

export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
