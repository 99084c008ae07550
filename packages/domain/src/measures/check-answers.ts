import type { Measure } from "./measure.ts";

/** Something wrong with one answer; the pointer leads to it from the administration (RFC 6901). */
export interface AnswerFault {
  readonly pointer: string;
  readonly message: string;
}

/**
 * What is wrong with the answers to a measure before they may be kept: their number, and values that the item's scale does not have.
 * A question left open (`null`) is not wrong unless all are, and optional items at the end may be left off.
 */
export function checkAnswers(measure: Measure, answers: readonly (number | null)[]): AnswerFault[] {
  const faults: AnswerFault[] = [];
  const fewest = measure.items.findLastIndex((item) => !item.optional) + 1;
  if (answers.length < fewest || answers.length > measure.items.length) {
    const items =
      fewest === measure.items.length ? `${fewest} items` : `${fewest} to ${measure.items.length} items (the last may be left off)`;
    faults.push({ pointer: "/answers", message: `${measure.name} has ${items}; here are ${answers.length} answers.` });
  } else if (answers.every((answer) => answer === null)) faults.push({ pointer: "/answers", message: "No question is answered yet." });
  measure.items.forEach((item, i) => {
    const answer = answers[i];
    const values = (item.options ?? measure.options ?? []).map((option) => option.value);
    if (answer != null && !values.includes(answer)) {
      faults.push({
        pointer: `/answers/${i}`,
        message: `Item ${item.number} of ${measure.name} is answered ${values.join(", ")}; ${answer} is none of these.`,
      });
    }
  });
  return faults;
}
