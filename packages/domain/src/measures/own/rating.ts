import { z } from "zod";
import type { Measure } from "../measure.ts";
import { HigherIs, made, OwnArea, OwnName, ownCommon, ownMeasureId, Question, riskFlag, shortened, writtenHere } from "./own-measure.ts";

/** A rating from 0 to 10 with its two ends named, as a client gives it of one thing. */
export const RatingForm = z.strictObject({
  kind: z.literal("rating"),
  name: OwnName,
  area: OwnArea,
  question: Question,
  low: z.string().trim().min(1, "Say what 0 means.").max(80),
  high: z.string().trim().min(1, "Say what 10 means.").max(80),
  higherIs: HigherIs,
  /** From which answer on it tells of danger; `null` where it does not. */
  riskFrom: z.number("Enter a number.").int("Enter a whole number.").min(1, "From 1 to 10.").max(10, "From 1 to 10.").nullable(),
});
export type RatingForm = z.infer<typeof RatingForm>;

const steps = Array.from({ length: 11 }, (_, value) => value);

export function ratingMeasure(uuid: string, { name, area, question, low, high, higherIs, riskFrom }: RatingForm): Measure {
  return made({
    ...ownCommon,
    id: ownMeasureId(uuid),
    name,
    title: "Rating from 0 to 10",
    measures: shortened(`0 is “${low}”, 10 is “${high}”`, 160),
    area,
    recall: "how it is now",
    instruction: "",
    items: [
      {
        number: 1,
        text: question,
        options: steps.map((value) => ({ value, label: value === 0 ? low : value === 10 ? high : String(value) })),
      },
    ],
    scoring: { method: "sum", range: [0, 10], higherIs, maxMissing: 0 },
    flags: riskFrom === null ? [] : [riskFlag(1, question, riskFrom)],
    interval: { minDays: 1, usualDays: 7 },
    license: writtenHere,
  });
}
