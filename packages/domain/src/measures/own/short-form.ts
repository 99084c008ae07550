import { z } from "zod";
import type { Measure, MeasureItem } from "../measure.ts";
import {
  HigherIs,
  lowestSign,
  made,
  OwnArea,
  OwnName,
  ownCommon,
  ownMeasureId,
  Question,
  rangeOf,
  riskFlag,
  shortened,
  writtenHere,
} from "./own-measure.ts";

/** A few questions with one scale in common. */
export const ShortForm = z
  .strictObject({
    kind: z.literal("form"),
    name: OwnName,
    area: OwnArea,
    instruction: z.string().trim().max(800),
    questions: z.array(Question).min(1, "Write at least one question.").max(20, "At most 20 questions."),
    /** The answers in their order; the first one counts `countsFrom`, each following one 1 more. */
    answers: z
      .array(z.string().trim().min(1, "Write the answer.").max(200))
      .min(2, "Write at least two answers.")
      .max(11, "At most 11 answers."),
    countsFrom: z.union([z.literal(0), z.literal(1)]),
    method: z.enum(["sum", "mean"]),
    higherIs: HigherIs,
    recall: z.string().trim().min(3, "Say what time the questions are about, such as the last week.").max(80),
    everyDays: z.number("Enter a number.").int("Enter a whole number.").min(1, "At least 1 day.").max(365, "At most 365 days."),
    /** Numbers of the questions about danger: any answer above the lowest speaks up. */
    risk: z.array(z.number().int().min(1)).max(20),
  })
  .refine(({ answers }) => new Set(answers.map((answer) => answer.toLowerCase())).size === answers.length, {
    path: ["answers"],
    message: "Two answers have the same words.",
  });
export type ShortForm = z.infer<typeof ShortForm>;

export function shortFormMeasure(uuid: string, form: ShortForm): Measure {
  const { name, area, instruction, questions, answers, countsFrom, method, higherIs, recall, everyDays, risk } = form;
  const options = answers.map((label, i) => ({ value: countsFrom + i, label }));
  const items: MeasureItem[] = questions.map((text, i) => ({ number: i + 1, text, scored: true, optional: false }));
  return made({
    ...ownCommon,
    id: ownMeasureId(uuid),
    name,
    title: questions.length === 1 ? "A question of your own" : "Short form of your own",
    measures: shortened(`The ${method} of ${questions.length === 1 ? "one question" : `${questions.length} questions`}`, 160),
    area,
    recall,
    instruction,
    options,
    items,
    scoring: { method, range: rangeOf({ options }, items, method), higherIs, maxMissing: 0 },
    flags: items.flatMap((item) => {
      const sign = risk.includes(item.number) ? lowestSign({ options }, item) : null;
      return sign === null ? [] : [riskFlag(item.number, item.text, sign)];
    }),
    interval: { minDays: Math.max(1, Math.floor(everyDays / 2)), usualDays: everyDays },
    license: writtenHere,
  });
}
