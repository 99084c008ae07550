import { whyNotAnAnswer } from "@trellis/domain/measures/check-answers";
import type { Measure, Quantity } from "@trellis/domain/measures/measure";
import { readNumber } from "../form/read-number.ts";
import type { Answers } from "./answers.ts";

/** What was typed where a number is asked for, by the item's number. Kept as it was typed: nothing is lost while it does not fit. */
export type Typed = ReadonlyMap<number, string>;

/** Between which numbers an answer lies, in words. */
export function rangeWords({ min, max, step }: Quantity): string {
  return `A number from ${min} to ${max}${step === 1 ? "" : step === 0.5 ? "; halves too, such as 6.5" : `, in steps of ${step}`}.`;
}

/** The answers with what was typed read into them. */
export function withTyped(measure: Measure, answers: Answers, typed: Typed): Answers {
  return measure.items.map((item, i) => {
    if (item.quantity === undefined) return answers[i] ?? null;
    return readNumber(typed.get(item.number) ?? "") ?? null;
  });
}

/** Why what was typed for an item is no answer to it; `undefined` where it is one, and where nothing is typed. */
export function typedFault(measure: Measure, typed: Typed, number: number): string | undefined {
  const item = measure.items[number - 1];
  if (item?.quantity === undefined) return undefined;
  const read = readNumber(typed.get(number) ?? "");
  if (read === undefined) return `Type a number, such as ${item.quantity.step === 1 ? "3" : "3.5"}.`;
  // In words for whoever answers: on a screen that was handed over, the measure's name says nothing.
  return whyNotAnAnswer(measure, item, read) === null ? undefined : `${read} does not fit. ${rangeWords(item.quantity)}`;
}

/** Scores as they are typed where the single answers are not known: the total, and each subscale's by its id. */
export interface TypedScores {
  readonly total: string;
  readonly subscales: Readonly<Record<string, string>>;
}

export const noScores: TypedScores = { total: "", subscales: {} };

/** What was typed, read; faults by pointer from the administration, as `checkAdministration` gives them. */
export function readScores({ total, subscales }: TypedScores): {
  readonly entered: { readonly total: number | null; readonly subscales: Record<string, number> };
  readonly faults: ReadonlyMap<string, string>;
} {
  const faults = new Map<string, string>();
  const number = (text: string, pointer: string): number | null => {
    const read = readNumber(text);
    if (read === undefined) faults.set(pointer, "Type a number, such as 14.");
    return read ?? null;
  };
  const entered: Record<string, number> = {};
  for (const [id, text] of Object.entries(subscales)) {
    const read = number(text, `/entered/subscales/${id}`);
    if (read !== null) entered[id] = read;
  }
  return { entered: { total: number(total, "/entered/total"), subscales: entered }, faults };
}
