import type { ReadQuestion } from "@trellis/domain/measures/own/from-questionnaire";
import { readNumber } from "../form/read-number.ts";

/** What answers count where the file does not say, as typed: by the answers' words, which questions have in common. */
export type TypedValues = ReadonlyMap<string, readonly string[]>;
/** Between which numbers a question is answered where the file does not say, as typed: by its place. */
export type TypedEnds = ReadonlyMap<number, { readonly min: string; readonly max: string }>;

/** Answers with the same words are one scale, wherever they stand. */
export function scaleKey({ answer }: ReadQuestion): string | null {
  return answer.kind === "options" && answer.numbered ? answer.options.map(({ label }) => label).join("\n") : null;
}

/** The scales that somebody has to look at, with the questions that they belong to. */
export function openScales(
  questions: readonly ReadQuestion[],
): { readonly key: string; readonly labels: readonly string[]; readonly numbers: number[] }[] {
  const scales = new Map<string, { key: string; labels: readonly string[]; numbers: number[] }>();
  for (const [i, question] of questions.entries()) {
    const key = scaleKey(question);
    if (key === null) continue;
    const known = scales.get(key) ?? { key, labels: key.split("\n"), numbers: [] };
    known.numbers.push(i + 1);
    scales.set(key, known);
  }
  return [...scales.values()];
}

/** The questions with what was typed, and what is wrong with it by pointer (`/values/<scale>/<answer>`, `/ends/<question>`). */
export function withTypedNumbers(
  questions: readonly ReadQuestion[],
  values: TypedValues,
  ends: TypedEnds,
): { readonly questions: readonly ReadQuestion[]; readonly problems: ReadonlyMap<string, string> } {
  const problems = new Map<string, string>();
  for (const [at, { key, labels }] of openScales(questions).entries()) {
    const read = labels.map((_, i) => readNumber(values.get(key)?.[i] ?? String(i)));
    for (const [i, number] of read.entries()) {
      if (number == null) problems.set(`/values/${at}/${i}`, "Type a number.");
      else if (read.indexOf(number) !== i) problems.set(`/values/${at}/${i}`, "Another answer counts the same.");
    }
  }
  const numbered = questions.map((question, at): ReadQuestion => {
    const { answer } = question;
    const key = scaleKey(question);
    if (answer.kind === "options" && key !== null)
      return {
        ...question,
        answer: {
          ...answer,
          options: answer.options.map((option, i) => ({ ...option, value: readNumber(values.get(key)?.[i] ?? String(i)) ?? i })),
        },
      };
    const typed = ends.get(at);
    if (answer.kind !== "number" || typed === undefined) return question;
    const min = readNumber(typed.min);
    const max = readNumber(typed.max);
    if (min == null || max == null) problems.set(`/ends/${at}`, "Type both numbers.");
    else if (min >= max) problems.set(`/ends/${at}`, "The highest lies above the lowest.");
    else return { ...question, answer: { ...answer, quantity: { ...answer.quantity, min, max } } };
    return question;
  });
  return { questions: numbered, problems };
}
