import { type Measure, type MeasureItem, optionsOf, type ResponseOption } from "@trellis/domain/measures/measure";

export type Answers = readonly (number | null)[];

export function noAnswers(measure: Measure): Answers {
  return measure.items.map(() => null);
}

/** The question as it is read: with the beginning that the form prints once above several items. Its number, where the wording is not here. */
export function questionWords(item: MeasureItem): string {
  if (item.text === "") return `Question ${item.number} of the form`;
  return item.lead === undefined ? item.text : `${item.lead} ${item.text}`;
}

/** The keys for 10, which no digit is: a letter, and on the number pad one beside the digits. */
const keysForTen: ReadonlySet<string> = new Set(["x", "X", "+"]);

/** The keys before the digit of an answer below 0. */
export const isMinus = (key: string): boolean => key === "-" || key === "\u2212";

/**
 * The answer that a key means: the one printed with that number, whatever numbers an item has (0, 2, 4). Each answer from 0 to 10 has a key of its own,
 * so that none has to wait whether another digit follows; below 0 it is the digit after a minus. `undefined` for a key that the item has no answer for.
 */
export function answerForKey(measure: Measure, item: MeasureItem, key: string, afterMinus = false): number | undefined {
  const digit = keysForTen.has(key) ? 10 : /^\d$/.test(key) ? Number(key) : undefined;
  if (digit === undefined) return undefined;
  const value = afterMinus ? -digit : digit;
  return optionsOf(measure, item).some((option) => option.value === value) ? value : undefined;
}

/** How a measure is answered from the keyboard, in words. */
export function keyWords(measure: Measure): string {
  const values = measure.items.flatMap((item) => optionsOf(measure, item).map(({ value }) => value));
  const words = [
    ...(values.length === 0 ? [] : ["Press the digit of each answer; the next question follows by itself."]),
    ...(values.includes(10) ? ["For 10 press X, or + on the number pad."] : []),
    ...(values.some((value) => value < 0) ? ["For an answer below 0 press − and then the digit."] : []),
    ...(measure.items.some(({ quantity }) => quantity !== undefined) ? ["Where a number is asked for, type it and press Enter."] : []),
    ...(values.length === 0 ? [] : ["Backspace takes the last one back."]),
  ];
  return words.join(" ");
}

/** The number before an answer; with its sign where some lie below 0. */
export function printedNumber(options: readonly ResponseOption[], value: number): string {
  if (value < 0) return `\u2212${-value}`;
  return value > 0 && options.some((option) => option.value < 0) ? `+${value}` : String(value);
}

/** Whether the answers are a row of numbers of which only some have words, as on a rating from 0 to 10. */
export function isNumberRow(options: readonly ResponseOption[]): boolean {
  return options.length > 5 && options.filter(({ value, label }) => label === String(value)).length >= options.length - 3;
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

/** An answer as it was given: "2, several days"; of a row of numbers or a count the number, with its unit. */
export function answerWords(value: number, label: string | undefined): string {
  return label === undefined || label === "" || label === String(value) ? String(value) : `${value}, ${label}`;
}
