import { type Measure, type MeasureItem, optionsOf } from "@trellis/domain/measures/measure";

export type Answers = readonly (number | null)[];

export function noAnswers(measure: Measure): Answers {
  return measure.items.map(() => null);
}

/** The question as it is read: with the beginning that the form prints once above several items. */
export function questionWords(item: MeasureItem): string {
  return item.lead === undefined ? item.text : `${item.lead} ${item.text}`;
}

/**
 * The answer that a digit key means: the one printed with that number, for an item whose options count 0, 1, 2 …; otherwise (0, 2, 4) still
 * the printed number. `undefined` for a digit that the item does not have.
 */
export function answerForKey(measure: Measure, item: MeasureItem, key: string): number | undefined {
  if (!/^\d$/.test(key)) return undefined;
  const value = Number(key);
  return optionsOf(measure, item).some((option) => option.value === value) ? value : undefined;
}

/** Items that the form tells one to leave out, given the answers so far, by number. */
export function leftOut(measure: Measure, answers: Answers): ReadonlySet<number> {
  const out = new Set<number>();
  for (const { items, when } of measure.scoring.skips) {
    const values = when.items.map((number) => answers[number - 1] ?? null);
    if (values.every((value) => value !== null) && values.reduce((sum, value) => sum + (value ?? 0), 0) === when.sumIs)
      for (const number of items) out.add(number);
  }
  return out;
}

/** The item to go to from `number`: the next (or previous) one that is not left out; `null` past either end. */
export function neighbor(measure: Measure, answers: Answers, number: number, by: 1 | -1): number | null {
  const out = leftOut(measure, answers);
  for (let next = number + by; next >= 1 && next <= measure.items.length; next += by) if (!out.has(next)) return next;
  return null;
}

/** Items still open that belong to a complete measure, by number. */
export function stillOpen(measure: Measure, answers: Answers): number[] {
  const out = leftOut(measure, answers);
  return measure.items
    .filter((item) => !item.optional && !out.has(item.number) && (answers[item.number - 1] ?? null) === null)
    .map((item) => item.number);
}

/** Answers as they are kept: an item that the form told one to leave out holds no answer. */
export function withoutLeftOut(measure: Measure, answers: Answers): Answers {
  const out = leftOut(measure, answers);
  return answers.map((answer, index) => (out.has(index + 1) ? null : answer));
}
