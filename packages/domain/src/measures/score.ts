import type { Measure } from "./measure.ts";

type Band = Measure["bands"][number];
export type ItemFlag = Measure["flags"][number];

export interface SubscaleScore {
  readonly id: string;
  readonly name: string;
  /** `null` when one of its items was not answered. */
  readonly total: number | null;
}

export interface PatternScore {
  readonly name: string;
  /** `null` when answers that are missing could decide it either way. */
  readonly met: boolean | null;
  readonly parts: readonly { readonly name: string; readonly present: number; readonly needed: number; readonly met: boolean | null }[];
  readonly note: string;
}

/** What the answers to a measure come to. A question left open is never counted as 0. */
export interface Score {
  readonly measure: string;
  /** Version of the measure's definition by which this was scored. */
  readonly measureVersion: string;
  /** Whole number within the measure's range; `null` when too many answers are missing. */
  readonly total: number | null;
  /** The total was worked out from the answers given because some are missing. */
  readonly prorated: boolean;
  /** Items that should have been answered and were not, by number; also those that only decide whether others count. */
  readonly missing: readonly number[];
  /** Items left out as the form tells one to, or answered though the form had ended, which count 0. */
  readonly skipped: readonly number[];
  readonly band: Band | null;
  /** In the clinical range of the measure; `null` without a total or without a cutoff. */
  readonly isCase: boolean | null;
  readonly subscales: readonly SubscaleScore[];
  readonly pattern: PatternScore | null;
  /** Rules on single answers that speak up, whatever the total. */
  readonly flags: readonly ItemFlag[];
  /** Items about risk that were not answered: ask, for open is not the same as no. */
  readonly riskItemsNotAnswered: readonly number[];
}

/** Kinds of flag whose item must be asked about when it was left open. */
const riskKinds: ReadonlySet<ItemFlag["kind"]> = new Set(["suicide-risk", "risk-behavior"]);

/**
 * Scores one administration of a measure. The first answer belongs to item 1; `null`, an answer left off at the end and an answer that the
 * item's scale does not have all count as not answered.
 *
 * Missing answers: with up to `scoring.maxMissing` of them the total is the mean of the scored answers times the number of scored
 * items, rounded to a whole number (half up); with more there is no total. Subscales are only ever added up from complete answers.
 */
export function scoreAdministration(measure: Measure, answers: readonly (number | null | undefined)[]): Score {
  const prepared = prepare(measure);
  const given = prepared.items.map((item, i): number | null => {
    const answer = answers[i];
    return answer != null && item.values.has(answer) ? answer : null;
  });
  const skipped = skippedItems(measure, given);
  const value = (number: number): number | null => {
    if (skipped.includes(number)) return 0;
    const answer = given[number - 1] ?? null;
    if (answer === null) return null;
    return prepared.items[number - 1]?.flip === null ? answer : (prepared.items[number - 1]?.flip ?? 0) - answer;
  };

  const missing: number[] = [];
  let answered = 0;
  let open = 0;
  let sum = 0;
  for (const item of prepared.items) {
    const points = value(item.number);
    if (points === null) {
      if (item.optional) continue;
      missing.push(item.number);
      if (item.scored) open++;
    } else if (item.scored) {
      answered++;
      sum += points;
    }
  }
  const complete = missing.length === 0;
  const total = complete
    ? sum
    : missing.length <= measure.scoring.maxMissing && answered > 0
      ? Math.round((sum / answered) * (answered + open))
      : null;

  return {
    measure: measure.id,
    measureVersion: measure.version,
    total,
    prorated: !complete && total !== null,
    missing,
    skipped,
    band: total === null ? null : (measure.bands.find((band) => total >= band.from && total <= band.to) ?? null),
    isCase: total === null ? null : isCase(measure, total),
    subscales: measure.scoring.subscales.map(({ id, name, items }) => ({ id, name, total: sumOf(items, value) })),
    pattern: patternScore(measure, value),
    flags: measure.flags.filter((flag) => (given[flag.item - 1] ?? Number.NEGATIVE_INFINITY) >= flag.atLeast),
    riskItemsNotAnswered: measure.flags
      .filter((flag) => riskKinds.has(flag.kind) && given[flag.item - 1] === null && !skipped.includes(flag.item))
      .map((flag) => flag.item),
  };
}

/** Whether a total is in the clinical range; `null` for a measure without a cutoff. */
export function isCase(measure: Measure, total: number): boolean | null {
  if (measure.cutoff === undefined) return null;
  return measure.scoring.higherIs === "worse" ? total >= measure.cutoff.atLeast : total < measure.cutoff.atLeast;
}

interface PreparedItem {
  readonly number: number;
  readonly scored: boolean;
  readonly optional: boolean;
  readonly values: ReadonlySet<number>;
  /** For a reversed item the sum of its lowest and highest value, from which the answer is taken away. */
  readonly flip: number | null;
}

const preparedMeasures = new WeakMap<Measure, { readonly items: readonly PreparedItem[] }>();

/** The parts of a measure that every scoring needs, worked out once per measure. */
function prepare(measure: Measure): { readonly items: readonly PreparedItem[] } {
  const known = preparedMeasures.get(measure);
  if (known !== undefined) return known;
  const items = measure.items.map(({ number, scored, optional, options }): PreparedItem => {
    const values = (options ?? measure.options ?? []).map((option) => option.value);
    return {
      number,
      scored,
      optional,
      values: new Set(values),
      flip: measure.scoring.reverse.includes(number) ? Math.min(...values) + Math.max(...values) : null,
    };
  });
  const prepared = { items };
  preparedMeasures.set(measure, prepared);
  return prepared;
}

const none: readonly number[] = [];

/**
 * Items that the form told the client to leave out. One that was answered all the same is not skipped, and its answer counts, unless the
 * form ends there and says that the total is 0.
 */
function skippedItems(measure: Measure, given: readonly (number | null)[]): readonly number[] {
  if (measure.scoring.skips.length === 0) return none;
  const skipped = new Set<number>();
  for (const { items, when, evenIfAnswered } of measure.scoring.skips) {
    let sum: number | null = 0;
    for (const number of when.items) {
      const answer: number | null = given[number - 1] ?? null;
      sum = sum === null || answer === null ? null : sum + answer;
    }
    if (sum === when.sumIs) for (const number of items) if (evenIfAnswered || given[number - 1] === null) skipped.add(number);
  }
  return skipped.size === 0 ? none : [...skipped].sort((a, b) => a - b);
}

function sumOf(items: readonly number[], value: (number: number) => number | null): number | null {
  let sum = 0;
  for (const number of items) {
    const points = value(number);
    if (points === null) return null;
    sum += points;
  }
  return sum;
}

function patternScore(measure: Measure, value: (number: number) => number | null): PatternScore | null {
  const { pattern } = measure.scoring;
  if (pattern === undefined) return null;
  const parts = pattern.parts.map(({ name, items, atLeast, needed }) => {
    let present = 0;
    let open = 0;
    for (const number of items) {
      const points = value(number);
      if (points === null) open++;
      else if (points >= atLeast) present++;
    }
    return { name, present, needed, met: present >= needed ? true : present + open < needed ? false : null };
  });
  const met = parts.some((part) => part.met === false) ? false : parts.every((part) => part.met === true) ? true : null;
  return { name: pattern.name, met, parts, note: pattern.note };
}
