import type { Administration, EnteredScores } from "./administration.ts";
import { goalAttainmentT } from "./goal-attainment.ts";
import { type Band, type Measure, optionsOf, type Subscale } from "./measure.ts";

export type ItemFlag = Measure["flags"][number];

export interface SubscaleScore {
  readonly id: string;
  readonly name: string;
  /** `null` when one of its items was not answered. */
  readonly total: number | null;
  readonly band: Band | null;
  /** In the clinical range of the subscale; `null` without a total or without a cutoff of its own. */
  readonly isCase: boolean | null;
}

export interface PatternScore {
  readonly id: string;
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
  /** Within the measure's range; `null` when too many answers are missing, and where the measure has no total. */
  readonly total: number | null;
  /** The scores were taken over from elsewhere; the single answers are not known. */
  readonly entered: boolean;
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
  readonly patterns: readonly PatternScore[];
  /** Rules on single answers that speak up, whatever the total. */
  readonly flags: readonly ItemFlag[];
  /** Items about risk that were not answered: ask, for open is not the same as no. */
  readonly riskItemsNotAnswered: readonly number[];
}

/** Kinds of flag whose item must be asked about when it was left open. */
const riskKinds: ReadonlySet<ItemFlag["kind"]> = new Set(["suicide-risk", "risk-behavior"]);

/** Scores one administration of a measure: its answers, or the scores that were entered in their place. */
export function scoreAdministration(measure: Measure, { answers, entered }: Pick<Administration, "answers" | "entered">): Score {
  return entered === undefined ? scoreAnswers(measure, answers) : takeOver(measure, entered);
}

/**
 * Scores the answers to a measure. The first answer belongs to item 1; `null`, an answer left off at the end and an answer that the
 * item's scale does not have all count as not answered.
 *
 * Missing answers: with up to `scoring.maxMissing` of them the total is the mean of the scored answers times the number of scored
 * items, rounded to a whole number (half up); with more there is no total. Subscales are only ever added up from complete answers.
 */
export function scoreAnswers(measure: Measure, answers: readonly (number | null | undefined)[]): Score {
  const prepared = prepare(measure);
  const { scoring } = measure;
  const given = prepared.items.map((item, i): number | null => {
    const answer = answers[i];
    return answer != null && (item.values === null || item.values.has(answer)) ? answer : null;
  });
  const skipped = skippedItems(measure, given);
  const value = (number: number): number | null => {
    if (skipped.includes(number)) return 0;
    const answer = given[number - 1] ?? null;
    if (answer === null) return null;
    const flip = prepared.items[number - 1]?.flip ?? null;
    return flip === null ? answer : flip - answer;
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
  const enough = complete || (missing.length <= scoring.maxMissing && answered > 0);
  const total = !enough ? null : totalOf(measure, { sum, answered, open, complete }, value);

  return {
    measure: measure.id,
    measureVersion: measure.version,
    total,
    entered: false,
    prorated: !complete && total !== null,
    missing,
    skipped,
    band: total === null ? null : bandOf(measure.bands, total),
    isCase: total === null ? null : isCase(measure, total),
    subscales: scoring.subscales.map((subscale) => scoreSubscale(measure, subscale, subscaleTotal(subscale, value))),
    patterns: scoring.patterns.length === 0 ? none : patternScores(measure, value),
    flags: measure.flags.filter((flag) => (given[flag.item - 1] ?? Number.NEGATIVE_INFINITY) >= flag.atLeast),
    riskItemsNotAnswered: measure.flags
      .filter((flag) => riskKinds.has(flag.kind) && given[flag.item - 1] === null && !skipped.includes(flag.item))
      .map((flag) => flag.item),
  };
}

/** Scores that were entered as such. Nothing is known of the single answers, and so nothing of risk either: that is said, not passed over. */
function takeOver(measure: Measure, { total, subscales }: EnteredScores): Score {
  return {
    measure: measure.id,
    measureVersion: measure.version,
    total,
    entered: true,
    prorated: false,
    missing: none,
    skipped: none,
    band: total === null ? null : bandOf(measure.bands, total),
    isCase: total === null ? null : isCase(measure, total),
    subscales: measure.scoring.subscales.map((subscale) => scoreSubscale(measure, subscale, subscales[subscale.id] ?? null)),
    patterns: none,
    flags: none,
    riskItemsNotAnswered: measure.flags.filter(({ kind }) => riskKinds.has(kind)).map(({ item }) => item),
  };
}

/** To two decimals, which hides that 0.1 has no exact binary form. */
const rounded = (number: number): number => Math.round(number * 100) / 100;

function totalOf(
  measure: Measure,
  { sum, answered, open, complete }: { readonly sum: number; readonly answered: number; readonly open: number; readonly complete: boolean },
  value: (number: number) => number | null,
): number | null {
  const { scoring } = measure;
  switch (scoring.method) {
    case "sum": {
      const whole = complete ? sum : Math.round((sum / answered) * (answered + open));
      return scoring.multiply === 1 && Number.isInteger(whole) ? whole : rounded(whole * scoring.multiply);
    }
    case "mean":
      return answered === 0 ? null : rounded((sum / answered) * scoring.multiply);
    case "highest": {
      const points = measure.items.flatMap(({ number, scored }) => (scored ? (value(number) ?? []) : []));
      return points.length === 0 ? null : Math.max(...points) * scoring.multiply;
    }
    case "hits":
      return scoring.hits.reduce((count, { items, atLeast, together }) => {
        const reached = items.filter((number) => (value(number) ?? Number.NEGATIVE_INFINITY) >= atLeast).length;
        return count + (together ? Math.min(1, reached) : reached);
      }, 0);
    case "attainment": {
      const goals = measure.items.flatMap(({ number, weight = 1 }) => {
        const level = value(number);
        return level === -2 || level === -1 || level === 0 || level === 1 || level === 2 ? [{ weight, level } as const] : [];
      });
      const t = goalAttainmentT(goals);
      return t === null ? null : rounded(t);
    }
    case "none":
      return null;
  }
}

const bandOf = (bands: readonly Band[], total: number): Band | null =>
  // Bands are written in whole points; a score with decimals belongs to the band that it has not left yet.
  bands.findLast((band) => total >= band.from) ?? null;

function scoreSubscale(measure: Measure, subscale: Subscale, total: number | null): SubscaleScore {
  const { id, name, bands, cutoff, higherIs = measure.scoring.higherIs } = subscale;
  return {
    id,
    name,
    total,
    band: total === null ? null : bandOf(bands, total),
    isCase: total === null || cutoff === undefined ? null : higherIs === "worse" ? total >= cutoff.atLeast : total < cutoff.atLeast,
  };
}

function subscaleTotal({ items, method, multiply }: Subscale, value: (number: number) => number | null): number | null {
  if (items.length === 0) return null;
  let sum = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const number of items) {
    const points = value(number);
    if (points === null) return null;
    sum += points;
    if (points > highest) highest = points;
  }
  if (method === "highest") return highest * multiply;
  return method === "mean" ? rounded((sum / items.length) * multiply) : multiply === 1 ? sum : rounded(sum * multiply);
}

/** Lowest and highest score of a subscale: as its definition says, or what its items come to. */
export function subscaleRange(measure: Measure, { items, method, multiply, range }: Subscale): readonly [number, number] {
  if (range !== undefined) return range;
  const extremes = items.map((number): readonly [number, number] => {
    const item = measure.items[number - 1];
    if (item?.quantity !== undefined) return [item.quantity.min, item.quantity.max];
    const values = item === undefined ? [] : optionsOf(measure, item).map((option) => option.value);
    return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
  });
  const of = (ends: readonly number[]): number => {
    if (method === "highest") return Math.max(...ends) * multiply;
    const sum = ends.reduce((before, end) => before + end, 0);
    return (method === "mean" ? sum / Math.max(1, ends.length) : sum) * multiply;
  };
  return [of(extremes.map(([low]) => low)), of(extremes.map(([, high]) => high))];
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
  /** The answers that count; `null` where any number does. */
  readonly values: ReadonlySet<number> | null;
  /** For a reversed item the sum of its lowest and highest value, from which the answer is taken away. */
  readonly flip: number | null;
}

const preparedMeasures = new WeakMap<Measure, { readonly items: readonly PreparedItem[] }>();

/** The parts of a measure that every scoring needs, worked out once per measure. */
function prepare(measure: Measure): { readonly items: readonly PreparedItem[] } {
  const known = preparedMeasures.get(measure);
  if (known !== undefined) return known;
  const items = measure.items.map((item): PreparedItem => {
    const { number, scored, optional, quantity } = item;
    const values = optionsOf(measure, item).map((option) => option.value);
    const [low, high] = quantity === undefined ? [Math.min(...values), Math.max(...values)] : [quantity.min, quantity.max];
    return {
      number,
      scored,
      optional,
      values: quantity === undefined ? new Set(values) : null,
      flip: measure.scoring.reverse.includes(number) ? low + high : null,
    };
  });
  const prepared = { items };
  preparedMeasures.set(measure, prepared);
  return prepared;
}

const none: readonly never[] = [];

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

function patternScores(measure: Measure, value: (number: number) => number | null): PatternScore[] {
  const alone = measure.scoring.patterns.map(({ id, name, parts, note, unless }) => {
    const scored = parts.map(({ name: part, items, atLeast, needed }) => {
      let present = 0;
      let open = 0;
      for (const number of items) {
        const points = value(number);
        if (points === null) open++;
        else if (points >= atLeast) present++;
      }
      return { name: part, present, needed, met: present >= needed ? true : present + open < needed ? false : null };
    });
    const met = scored.some((part) => part.met === false) ? false : scored.every((part) => part.met === true) ? true : null;
    return { id, name, met, parts: scored, note, unless };
  });
  return alone.map(({ unless, ...pattern }) => {
    const others = alone.filter((other) => unless.includes(other.id)).map((other) => other.met);
    const met = pattern.met === false || others.includes(true) ? false : others.includes(null) ? null : pattern.met;
    return { ...pattern, met };
  });
}
