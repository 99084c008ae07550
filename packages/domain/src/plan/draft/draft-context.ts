import { ageInYears, daysBetween, formatDate, type IsoDate } from "../../calendar/date.ts";
import type { ClientRecord } from "../../client/client-record.ts";
import { activeDiagnoses, type Diagnosis } from "../../diagnosis/diagnosis.ts";
import { type ClientStateFound, clientStates } from "../../intake/client-states.ts";
import type { Signal } from "../../library/chapter.ts";
import { clientStateNames } from "../../library/client-state.ts";
import type { Library } from "../../library/library.ts";
import type { Administration } from "../../measures/administration.ts";
import { answerRange, itemAnswer } from "../../measures/item-answer.ts";
import type { Measure } from "../../measures/measure.ts";
import { type Score, scoreAdministration } from "../../measures/score.ts";
import type { Because } from "../plan.ts";
import { type Meaning, meaningOf, namesIn } from "./client-words.ts";

/** The newest completed administration of one measure, scored. */
export interface LastScore {
  readonly measure: Measure;
  readonly administration: Administration;
  readonly score: Score;
}

/** Something that the client said at intake, and what it speaks of. */
export interface Said {
  readonly text: string;
  readonly meaning: Meaning;
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
  /** What would be different if therapy helped, in the client's own words. */
  readonly hopes: readonly Said[];
  /** The presenting problems: the client's own words, matched together with what they do to daily life. */
  readonly complaints: readonly (Said & { readonly impact: string })[];
  readonly newId: () => string;
}

/** A plan holds no more diagnoses than this. */
const mostDiagnoses = 30;

/** Scores older than this many days are a weak base for a plan made today; the draft says so. */
export const staleAfterDays = 30;

export function draftContext(record: ClientRecord, library: Library, today: IsoDate, newId: () => string): DraftContext {
  const names = namesOf(record);
  const { hopes, problems } = record.intake.presentingProblems;
  return {
    record,
    library,
    today,
    age: ageInYears(record.client.birthDate, today),
    diagnoses: activeDiagnoses(record.diagnoses).slice(0, mostDiagnoses),
    lastScores: lastScores(
      record.administrations.filter((administration) => administration.date <= today),
      library,
    ),
    states: clientStates(record, today),
    hopes: hopes.filter((hope) => hope.trim() !== "").map((text) => ({ text, meaning: meaningOf(text, names) })),
    complaints: problems
      .filter(({ words, impact }) => `${words}${impact}`.trim() !== "")
      .map(({ words, impact }) => ({ text: words.trim() || impact, impact, meaning: meaningOf(`${words} ${impact}`, names) })),
    newId,
  };
}

/** The names of the people in the client's life, as far as the record gives them. */
function namesOf({ client, intake }: ClientRecord): Set<string> {
  return namesIn([
    client.emergencyContact?.name ?? "",
    client.guardian?.name ?? "",
    ...intake.strengths.supports,
    ...intake.risk.protectiveFactors,
  ]);
}

/** The newest completed administration of each known measure; on the same day the later entry counts. */
export function lastScores(administrations: readonly Administration[], library: Library): Map<string, LastScore> {
  const newest = new Map<string, LastScore>();
  for (const administration of administrations) {
    const measure = library.measureById.get(administration.measure);
    if (!measure || administration.status !== "completed") continue;
    const known = newest.get(measure.id);
    if (known && known.administration.date > administration.date) continue;
    newest.set(measure.id, { measure, administration, score: scoreAdministration(measure, administration) });
  }
  return newest;
}

/** The reason that a signal gives for this client, or `null` when it does not hold. */
export function signalHolds(signal: Signal, context: DraftContext): Because | null {
  switch (signal.kind) {
    case "item": {
      const last = context.lastScores.get(signal.measure);
      const answer = last && answerTo(last, signal.item);
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

/** The answer to one question of a measure (1-based), `null` where it was left open or its scale has no such answer. */
export function answerTo({ measure, administration }: LastScore, item: number): number | null {
  return itemAnswer(measure, administration, item);
}

/**
 * How strongly a signal that holds points to its statement, 0 to 1: an answer by its place on the scale of its question, a state or a
 * diagnosis as the clinician's own statement; a whole score says little about any one sign.
 */
export function signalStrength(signal: Signal, context: DraftContext): number {
  switch (signal.kind) {
    case "item": {
      const last = context.lastScores.get(signal.measure);
      const answer = last && answerTo(last, signal.item);
      if (!last || answer == null) return 0;
      const [lowest, highest] = answerRange(last.measure, signal.item) ?? [0, 0];
      return highest === lowest ? 0 : (answer - lowest) / (highest - lowest);
    }
    case "score": {
      const last = context.lastScores.get(signal.measure);
      const [lowest, highest] = last?.measure.scoring.range ?? [0, 1];
      return (0.3 * ((last?.score.total ?? lowest) - lowest)) / (highest - lowest);
    }
    case "diagnosis":
      return 0.6;
    case "state":
      return 1;
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

/** The text within `max` characters (UTF-16 units); a sign of two units is never cut in half. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}

/** Anything that one line has not: two spaces together, a space at an end, another kind of space, a control character. */
const isUneven = / {2}|^ | $|[^\S ]|[\u0000-\u001F\u007F]/;

/** The text as one line within `max` characters: line breaks and other control characters become a space. */
export function asLine(text: string, max: number): string {
  return shorten(isUneven.test(text) ? text.replaceAll(/[\s\u0000-\u001F\u007F]+/g, " ").trim() : text, max);
}

/** Reasons as a plan keeps them: each one line, at most twenty. */
export function reasons(list: readonly Because[]): Because[] {
  return list.slice(0, 20).map((because) => ({ ...because, text: asLine(because.text, 500) }));
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
