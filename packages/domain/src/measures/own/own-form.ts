import { z } from "zod";
import { isSameData } from "../../input/same-data.ts";
import type { Measure } from "../measure.ts";
import { DailyCountForm, dailyCountMeasure } from "./daily-count.ts";
import { GoalScaleForm, goalScaleMeasure } from "./goal-scale.ts";
import { RatingForm, ratingMeasure } from "./rating.ts";
import { ShortForm, shortFormMeasure } from "./short-form.ts";

/** What a clinician fills in to make a measure. */
export const OwnForm = z.discriminatedUnion("kind", [RatingForm, DailyCountForm, GoalScaleForm, ShortForm]);
export type OwnForm = z.infer<typeof OwnForm>;

/** The measure that a form makes, kept under a UUID. */
export function measureOfForm(uuid: string, form: OwnForm): Measure {
  switch (form.kind) {
    case "rating":
      return ratingMeasure(uuid, form);
    case "count":
      return dailyCountMeasure(uuid, form);
    case "goals":
      return goalScaleMeasure(uuid, form);
    case "form":
      return shortFormMeasure(uuid, form);
  }
}

/** The form that a measure was made with; `null` for one that no form makes, such as an imported one. */
export function formOfMeasure(uuid: string, measure: Measure): OwnForm | null {
  const read = OwnForm.safeParse(guess(measure));
  if (!read.success) return null;
  // Only where the form makes this very measure: otherwise saving it would quietly lose what the form does not know.
  const again = { ...measureOfForm(uuid, read.data), version: measure.version };
  return isSameData(again, measure) ? read.data : null;
}

function guess({ name, area, items, options, scoring, flags, instruction, recall, interval }: Measure): unknown {
  const first = items[0];
  const common = { name, area };
  if (scoring.method === "attainment")
    return {
      ...common,
      kind: "goals",
      goals: items.map(({ text, weight = 1, options: levels = [] }) => ({ text, weight, levels: levels.map(({ label }) => label) })),
    };
  const single = { ...common, question: first?.text, higherIs: scoring.higherIs, riskFrom: flags[0]?.atLeast ?? null };
  if (first?.quantity !== undefined) {
    const { unit, max, step } = first.quantity;
    return { ...single, kind: "count", unit, max, halves: step === 0.5 };
  }
  if (first?.options !== undefined) return { ...single, kind: "rating", low: first.options[0]?.label, high: first.options.at(-1)?.label };
  return {
    ...common,
    kind: "form",
    instruction,
    questions: items.map(({ text }) => text),
    answers: options?.map(({ label }) => label),
    countsFrom: options?.[0]?.value,
    method: scoring.method,
    higherIs: scoring.higherIs,
    recall,
    everyDays: interval?.usualDays,
    risk: flags.map(({ item }) => item),
  };
}
