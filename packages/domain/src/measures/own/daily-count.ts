import { z } from "zod";
import type { Measure } from "../measure.ts";
import { HigherIs, made, OwnArea, OwnName, ownCommon, ownMeasureId, Question, riskFlag, shortened, writtenHere } from "./own-measure.ts";

/** How often, how many or how long on one day. */
export const DailyCountForm = z.strictObject({
  kind: z.literal("count"),
  name: OwnName,
  area: OwnArea,
  question: Question,
  /** What is counted, e.g. "panic attacks", "hours". */
  unit: z.string().trim().min(1, "Say what is counted, such as panic attacks or hours.").max(60),
  max: z.number("Enter a number.").int("Enter a whole number.").min(1, "At least 1.").max(1000, "At most 1,000."),
  halves: z.boolean(),
  higherIs: HigherIs,
  /** From which answer on it tells of danger; `null` where it does not. */
  riskFrom: z.number("Enter a number.").min(0.5, "More than 0.").max(1000).nullable(),
});
export type DailyCountForm = z.infer<typeof DailyCountForm>;

export function dailyCountMeasure(uuid: string, form: DailyCountForm): Measure {
  const { name, area, question, unit, max, halves, higherIs, riskFrom } = form;
  return made({
    ...ownCommon,
    id: ownMeasureId(uuid),
    name,
    title: "Daily count",
    measures: shortened(`How many ${unit} a day`, 160),
    area,
    recall: "today",
    instruction: "",
    items: [{ number: 1, text: question, quantity: { min: 0, max, step: halves ? 0.5 : 1, unit } }],
    scoring: { method: "sum", range: [0, max], higherIs, maxMissing: 0 },
    flags: riskFrom === null ? [] : [riskFlag(1, question, riskFrom)],
    interval: { minDays: 1, usualDays: 1 },
    license: writtenHere,
  });
}
