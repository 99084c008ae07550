import type { Administration } from "./administration.ts";
import { type Measure, optionsOf } from "./measure.ts";

/** The lowest and highest answer that a question takes; `null` where it has no scale. */
export function answerRange(measure: Measure, number: number): readonly [number, number] | null {
  const item = measure.items[number - 1];
  if (item === undefined) return null;
  if (item.quantity !== undefined) return [item.quantity.min, item.quantity.max];
  const values = optionsOf(measure, item).map(({ value }) => value);
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}

/** The answer to one question of a measure (1-based), `null` where it was left open or its scale has no such answer. */
export function itemAnswer(measure: Measure, { answers }: Pick<Administration, "answers">, number: number): number | null {
  const answer = answers[number - 1] ?? null;
  const item = measure.items[number - 1];
  if (answer === null || item === undefined) return null;
  if (item.quantity !== undefined) return answer >= item.quantity.min && answer <= item.quantity.max ? answer : null;
  return optionsOf(measure, item).some(({ value }) => value === answer) ? answer : null;
}
