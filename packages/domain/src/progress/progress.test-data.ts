import { addDays, type IsoDate } from "../calendar/date.ts";
import type { Measure } from "../measures/measure.ts";
import { Measure as MeasureSchema } from "../measures/measure.ts";
import type { MeasureProgress } from "./progress.ts";

/** A course on a measure with these scores, every so many days from September 1, 2026 on. */
export function courseOn(measure: Measure, totals: readonly number[], everyDays = 7, more: Partial<MeasureProgress> = {}): MeasureProgress {
  return scored(
    measure,
    totals.map((total, index) => [addDays("2026-09-01", index * everyDays), total]),
    more,
  );
}

/** A course on a measure with these scores on these days. */
export function scored(
  measure: Measure,
  scores: readonly (readonly [date: IsoDate, total: number])[],
  more: Partial<MeasureProgress> = {},
): MeasureProgress {
  return {
    measure,
    scores: scores.map(([date, total], index) => ({ id: `s${index}`, date, total, band: "" })),
    gaps: [],
    target: null,
    expected: [],
    sessions: [],
    events: [],
    plans: [],
    ...more,
  };
}

/** A measure of a practice's own, as a clinician makes one in a minute. */
export function ownMeasure(changes: Partial<Measure> = {}): Measure {
  return MeasureSchema.parse({
    id: "own-rating",
    name: "Days with a walk",
    title: "Days with a walk",
    version: "1.0",
    measures: "Days with a walk outside",
    area: "individual",
    ages: { from: 0 },
    recall: "the past week",
    instruction: "",
    items: [{ number: 1, text: "On how many days did you go for a walk?", quantity: { min: 0, max: 1000 } }],
    scoring: { method: "sum", range: [0, 1000], higherIs: "better", maxMissing: 0 },
    interval: { minDays: 1, usualDays: 7 },
    license: { class: "own", text: "Written by the practice.", source: "The practice." },
    ...changes,
  });
}
