import type { Administration, EnteredScores } from "./administration.ts";
import { hasTotal, type Measure, type MeasureItem, optionsOf } from "./measure.ts";
import { subscaleRange } from "./score.ts";

/** Something wrong with one answer; the pointer leads to it from the administration (RFC 6901). */
export interface AnswerFault {
  readonly pointer: string;
  readonly message: string;
}

/** What is wrong with an administration before it may be kept: its answers, or the scores entered in their place. */
export function checkAdministration(measure: Measure, { answers, entered }: Pick<Administration, "answers" | "entered">): AnswerFault[] {
  if (entered === undefined) return checkAnswers(measure, answers);
  return answers.length > 0
    ? [{ pointer: "/answers", message: "Enter either the answers or the scores, not both." }]
    : checkEntered(measure, entered);
}

/**
 * What is wrong with the answers to a measure before they may be kept: their number, and values that the item's scale does not have.
 * A question left open (`null`) is not wrong unless all are, and optional items at the end may be left off.
 */
export function checkAnswers(measure: Measure, answers: readonly (number | null)[]): AnswerFault[] {
  if (measure.wording === "totals") return [{ pointer: "/entered", message: `Of ${measure.name} only scores can be entered.` }];
  const faults: AnswerFault[] = [];
  const fewest = measure.items.findLastIndex((item) => !item.optional) + 1;
  if (answers.length < fewest || answers.length > measure.items.length) {
    const items =
      fewest === measure.items.length ? `${fewest} items` : `${fewest} to ${measure.items.length} items (the last may be left off)`;
    faults.push({ pointer: "/answers", message: `${measure.name} has ${items}; here are ${answers.length} answers.` });
  } else if (answers.every((answer) => answer === null)) faults.push({ pointer: "/answers", message: "No question is answered yet." });
  measure.items.forEach((item, i) => {
    const message = whyNotAnAnswer(measure, item, answers[i] ?? null);
    if (message !== null) faults.push({ pointer: `/answers/${i}`, message });
  });
  return faults;
}

/** Why a number is no answer to an item; `null` where it is one, and for a question left open. */
export function whyNotAnAnswer(measure: Measure, item: MeasureItem, answer: number | null): string | null {
  if (answer === null) return null;
  if (item.quantity !== undefined) {
    const { min, max, step } = item.quantity;
    if (!(answer >= min && answer <= max))
      return `Item ${item.number} of ${measure.name} is a number from ${min} to ${max}; ${answer} is not.`;
    return isStep(answer - min, step)
      ? null
      : `Item ${item.number} of ${measure.name} goes in steps of ${step}; ${answer} lies between two.`;
  }
  const values = optionsOf(measure, item).map((option) => option.value);
  return values.includes(answer)
    ? null
    : `Item ${item.number} of ${measure.name} is answered ${values.join(", ")}; ${answer} is none of these.`;
}

/** In binary, 0.3 is not three times 0.1. */
const isStep = (distance: number, step: number): boolean => Math.abs(distance / step - Math.round(distance / step)) < 1e-6;

function checkEntered(measure: Measure, { total, subscales }: EnteredScores): AnswerFault[] {
  const faults: AnswerFault[] = [];
  const [low, high] = measure.scoring.range;
  if (total !== null && !hasTotal(measure))
    faults.push({ pointer: "/entered/total", message: `${measure.name} has no total, only subscales.` });
  else if (total !== null && !(total >= low && total <= high))
    faults.push({
      pointer: "/entered/total",
      message: `The total of ${measure.name} is a number from ${low} to ${high}; ${total} is not.`,
    });
  for (const [id, score] of Object.entries(subscales)) {
    const subscale = measure.scoring.subscales.find((known) => known.id === id);
    if (subscale === undefined) {
      faults.push({ pointer: `/entered/subscales/${id}`, message: `${measure.name} has no subscale ${id}.` });
      continue;
    }
    const [from, to] = subscaleRange(measure, subscale);
    if (!(score >= from && score <= to))
      faults.push({
        pointer: `/entered/subscales/${id}`,
        message: `${subscale.name} of ${measure.name} is a number from ${from} to ${to}; ${score} is not.`,
      });
  }
  if (total === null && Object.keys(subscales).length === 0)
    faults.push({ pointer: "/entered/total", message: "No score is entered yet." });
  return faults;
}
