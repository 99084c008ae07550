import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { reliableChangeIndex } from "./jacobson-truax.ts";
import type { Measure } from "./measure.ts";

/** The words of a measure that the practice is licensed for, as it typed or pasted them. */
export const BroughtWording = z.strictObject({
  instruction: z.string().max(800),
  items: z.array(z.string().trim().min(3, "Write the question.").max(500)).max(200),
  /** The answers' words in the order of their values; empty where the measure has none in common or the practice leaves them as they are. */
  options: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  /** What the practice says of its licence, and who says so: it answers for it. */
  license: z.string().trim().min(10, "Say what allows you to use the wording: the licence, and its number or date.").max(500),
});
export type BroughtWording = z.infer<typeof BroughtWording>;

/** Spread and reliability from which the practice has a threshold of reliable change worked out. */
export const PracticeNorms = z.strictObject({
  sd: z.number("Enter the standard deviation in points.").positive("The standard deviation is above 0.").max(1000),
  reliability: z
    .number("Enter the reliability.")
    .min(0, "The reliability is from 0 to below 1.")
    .max(0.9999, "The reliability is below 1."),
  source: z.string().trim().min(5, "Say where the two numbers come from.").max(300),
});
export type PracticeNorms = z.infer<typeof PracticeNorms>;

/** What clients who started in a range of scores are expected to have at a session, and the score that is still acceptable. */
export const ExpectedPoint = z.strictObject({
  /** Range of first scores that this line is about; inclusive. */
  startFrom: z.number(),
  startTo: z.number(),
  /** Number of the session, from 1; 1 is the start. */
  session: z.number().int().min(1).max(200),
  expected: z.number(),
  /** The worst score that still counts as on track. */
  bound: z.number(),
});
export type ExpectedPoint = z.infer<typeof ExpectedPoint>;

/** An expected course that the practice loaded, or had worked out of its own finished courses. */
export const ExpectedCourse = z.strictObject({
  source: z.string().trim().min(5, "Say where the table comes from.").max(300),
  from: z.enum(["loaded", "computed"]),
  /** How many courses it rests on; of a loaded table only where it is known. */
  courses: z.number().int().min(1).nullable(),
  date: IsoDate,
  points: z.array(ExpectedPoint).min(1).max(2000),
});
export type ExpectedCourse = z.infer<typeof ExpectedCourse>;

/** What a practice adds to one measure. */
export const MeasureSetting = z.strictObject({
  wording: BroughtWording.nullable().default(null),
  norms: PracticeNorms.nullable().default(null),
  expectedCourse: ExpectedCourse.nullable().default(null),
});
export type MeasureSetting = z.infer<typeof MeasureSetting>;

/** Why wording that was brought does not fit its measure; `null` where it does. */
export function whyWordingDoesNotFit(measure: Measure, wording: BroughtWording): string | null {
  if (measure.wording !== "brought") return `${measure.name} needs no wording of the practice's.`;
  if (wording.items.length !== measure.items.length)
    return `${measure.name} has ${measure.items.length} questions; here are ${wording.items.length}. Put one question on each line.`;
  const options = measure.options?.length ?? 0;
  if (wording.options.length > 0 && wording.options.length !== options)
    return `${measure.name} has ${options} answers in common; here are ${wording.options.length}.`;
  return null;
}

/**
 * A measure as a practice uses it: with the wording that it brought, and with a threshold of reliable change worked out of the practice's own numbers.
 * Those go before a published threshold: whoever enters them means them.
 */
export function withSetting(measure: Measure, { wording, norms }: MeasureSetting): Measure {
  let own = measure;
  if (norms !== null && measure.scoring.method !== "none")
    own = {
      ...own,
      reliableChange: {
        points: pointsOf(measure, norms),
        source: `Worked out after Jacobson and Truax 1991 from a standard deviation of ${norms.sd} and a reliability of ${norms.reliability}. Numbers from: ${norms.source}`,
        norms: { sd: norms.sd, reliability: norms.reliability },
      },
    };
  if (wording !== null && whyWordingDoesNotFit(measure, wording) === null)
    own = {
      ...own,
      wording: "here",
      instruction: wording.instruction,
      items: own.items.map((item, i) => ({ ...item, text: wording.items[i] ?? item.text })),
      ...(own.options !== undefined &&
        wording.options.length > 0 && {
          options: own.options.map((option, i) => ({ ...option, label: wording.options[i] ?? option.label })),
        }),
      license: { ...own.license, credit: wording.license },
    };
  return own;
}

/** A change has to exceed the index: the next whole number above it, or where scores have two decimals the next hundredth. */
function pointsOf({ scoring }: Measure, norms: PracticeNorms): number {
  const { points, wholePoints } = reliableChangeIndex(norms);
  return scoring.method === "mean" || scoring.method === "attainment" ? (Math.floor(points * 100) + 1) / 100 : wholePoints;
}

/** The measures of the library as a practice uses them, and its own after them. */
export function practiceMeasures(
  shipped: readonly Measure[],
  settings: Readonly<Record<string, MeasureSetting>>,
  own: readonly Measure[],
): readonly Measure[] {
  const known = Object.keys(settings).length === 0 && own.length === 0;
  if (known) return shipped;
  const ids = new Set(shipped.map(({ id }) => id));
  return [...shipped, ...own.filter(({ id }) => !ids.has(id))].map((measure) => {
    const setting = settings[measure.id];
    return setting === undefined ? measure : withSetting(measure, setting);
  });
}
