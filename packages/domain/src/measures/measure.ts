import { z } from "zod";
import { Slug } from "../library/chapter.ts";

const Loinc = z.string().regex(/^\d{3,6}-\d$/, "A LOINC code looks like 44261-6.");

/** One answer of a response scale: what the client reads and what it counts. */
export const ResponseOption = z.strictObject({ value: z.number(), label: z.string().min(1).max(200), loinc: z.string().optional() });
export type ResponseOption = z.infer<typeof ResponseOption>;

/** An answer that is a number: how often, how many, how long. */
export const Quantity = z
  .strictObject({
    min: z.number(),
    max: z.number(),
    /** 1 for whole numbers, 0.5 for halves. */
    step: z.number().positive().default(1),
    /** What is counted, e.g. "panic attacks", "hours". */
    unit: z.string().max(60).default(""),
  })
  .refine(({ min, max }) => min < max, "The highest answer is above the lowest.");
export type Quantity = z.infer<typeof Quantity>;

export const MeasureItem = z.strictObject({
  /** 1-based position as printed. */
  number: z.number().int().min(1),
  /** The beginning of the sentence that the text ends, where the form prints it once above several items ("In the past month, have you …"). */
  lead: z.string().min(3).max(200).optional(),
  /** As printed; empty only where the practice has to bring the wording (`wording: "brought"`). */
  text: z.string().max(500),
  /** A scale of the item's own, where it differs from the instrument's common one. */
  options: z.array(ResponseOption).min(2).optional(),
  /** The answer is a number and not one of some options. */
  quantity: Quantity.optional(),
  loinc: Loinc.optional(),
  /** Printed and answered but not part of the total (e.g. the functional item of the PHQ-9). */
  scored: z.boolean().default(true),
  /** May stay unanswered without the measure counting as incomplete. */
  optional: z.boolean().default(false),
  /** Importance among the goals of a goal-attainment scale, 0 or more; 1 where it is left out. */
  weight: z.number().min(0).max(100).optional(),
});
export type MeasureItem = z.infer<typeof MeasureItem>;

/** A rule on single answers, as printed (before any reversal), that speaks up whatever the total. */
export const ItemFlag = z.strictObject({
  item: z.number().int().min(1),
  atLeast: z.number(),
  kind: z.enum(["suicide-risk", "risk-behavior", "dependence", "impairment", "substance-use"]),
  message: z.string().min(10).max(240),
});

/** A count of items at or above a value, needed for a symptom pattern (e.g. the provisional PTSD pattern of the PCL-5). */
const PatternPart = z.strictObject({
  items: z.array(z.number().int().min(1)).min(1),
  atLeast: z.number(),
  needed: z.number().int().min(1),
  name: z.string(),
});

/** A pattern of answers that says something of its own beside the total. All its parts have to be met. */
const Pattern = z.strictObject({
  id: Slug,
  name: z.string(),
  parts: z.array(PatternPart).min(1),
  /** Patterns that take its place: it is not met where one of these is (complex PTSD takes the place of PTSD in the ITQ). */
  unless: z.array(Slug).default([]),
  note: z.string(),
});

const Band = z.strictObject({
  from: z.number(),
  to: z.number(),
  name: z.string(),
  severity: z.enum(["none", "mild", "moderate", "severe"]),
});
export type Band = z.infer<typeof Band>;

/** Where higher is worse: a case from this score up. Where higher is better: in the healthy range from this score up, a case below it. */
const Cutoff = z.strictObject({ atLeast: z.number(), name: z.string(), source: z.string() });

/** How the points of some items become one number. */
const Method = z.enum([
  /** Their sum. */
  "sum",
  /** Their mean, to two decimals. */
  "mean",
  /** The highest of them. */
  "highest",
]);

const Subscale = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(80),
  /** Empty where only its score can be entered (`wording: "totals"`). */
  items: z.array(z.number().int().min(1)),
  method: Method.default("sum"),
  /** What the sum or mean is multiplied by (2 in the DASS-21). */
  multiply: z.number().positive().default(1),
  /** Lowest and highest score. Worked out from the items where it is left out. */
  range: z.tuple([z.number(), z.number()]).optional(),
  /** Where it runs another way than the whole. */
  higherIs: z.enum(["worse", "better"]).optional(),
  bands: z.array(Band).default([]),
  cutoff: Cutoff.optional(),
});
export type Subscale = z.infer<typeof Subscale>;

/** From how many points on a change counts as one, and who says so. */
const ReliableChange = z.strictObject({
  points: z.number().positive(),
  source: z.string(),
  note: z.string().optional(),
  /** Where the practice had it worked out: the spread and the reliability that it comes from. */
  norms: z.strictObject({ sd: z.number().positive(), reliability: z.number().min(0).max(0.9999) }).optional(),
});

export const measureAreas = [
  "depression",
  "anxiety",
  "trauma",
  "alcohol",
  "substances",
  "body",
  "sleep",
  "obsessions",
  "attention",
  "mood-elevation",
  "emotion",
  "risk",
  "distress",
  "well-being",
  "functioning",
  "resilience",
  "children",
  "alliance",
  "individual",
] as const;

/**
 * An instrument as pure data: a standardized one, or one of the practice's own. All scoring is done by `scoreAdministration`; no instrument has code of
 * its own. Wording of items is verbatim as the owner publishes it; `license` says why it may be reproduced.
 */
export const Measure = z
  .strictObject({
    id: Slug,
    name: z.string().min(2).max(40),
    title: z.string().min(2).max(120),
    /** Changes whenever scoring changes; stored with every score. */
    version: z.string().regex(/^\d+\.\d+$/),
    measures: z.string().min(5).max(160),
    /** What it tells of, coarsely: measures of one area speak of the same problem. */
    area: z.enum(measureAreas),
    ages: z.strictObject({ from: z.number().int().min(0), to: z.number().int().optional() }),
    recall: z.string().min(3).max(80),
    /** The same in weeks, where it is so long that the score can show a change in full only then. */
    recallWeeks: z.number().int().min(1).max(52).optional(),
    /**
     * Where the words of the questions are. `here`: in this definition. `brought`: the owner does not let them be passed on, or no print of them was
     * found to check them by; a practice that may use them brings its own, and until then answers are typed in by number from the paper. `totals`: only
     * scores can be entered.
     */
    wording: z.enum(["here", "brought", "totals"]).default("here"),
    /** Shown above the items, verbatim; empty where the wording is not here. */
    instruction: z.string().max(800),
    options: z.array(ResponseOption).min(2).optional(),
    items: z.array(MeasureItem),
    scoring: z.strictObject({
      /**
       * `none`: the owner publishes no total, only subscales or patterns. `hits`: how many items reach their own threshold (`hits`).
       * `attainment`: the T-score of Goal Attainment Scaling over the items, each a goal with its weight.
       */
      method: z.enum([...Method.options, "none", "hits", "attainment"]),
      /** Lowest and highest total; of a measure without a total, of nothing: [0, 0]. */
      range: z.tuple([z.number(), z.number()]),
      /** What the sum or the mean is multiplied by to give the total (4 in the WHO-5). */
      multiply: z.number().positive().default(1),
      higherIs: z.enum(["worse", "better"]),
      reverse: z.array(z.number().int().min(1)).default([]),
      /** Up to this many missing scored items are replaced by the mean of the others; 0: complete only. */
      maxMissing: z.number().int().min(0),
      /** For the method `hits`: from which answer on an item counts as one. */
      hits: z
        .array(
          z.strictObject({
            items: z.array(z.number().int().min(1)).min(1),
            atLeast: z.number(),
            /** They count as one together, however many of them reach it (several questions about one kind of experience). */
            together: z.boolean().default(false),
          }),
        )
        .default([]),
      /** Items that may be left out, and then count 0, when the named items add up to exactly `sumIs` (a printed "skip to question …"). */
      skips: z
        .array(
          z.strictObject({
            items: z.array(z.number().int().min(1)).min(1),
            when: z.strictObject({ items: z.array(z.number().int().min(1)).min(1), sumIs: z.number() }),
            /** They count 0 even where they were answered, because the form ends there (a printed "if no, the total is 0"). */
            evenIfAnswered: z.boolean().default(false),
          }),
        )
        .default([]),
      subscales: z.array(Subscale).default([]),
      patterns: z.array(Pattern).default([]),
    }),
    bands: z.array(Band).default([]),
    cutoff: Cutoff.optional(),
    /** What to know in reading the total that one number cannot say, such as a cutoff that differs between people. Shown beside the score. */
    reading: z.strictObject({ text: z.string().min(10).max(400), source: z.string().min(5) }).optional(),
    remission: z.strictObject({ below: z.number(), source: z.string() }).optional(),
    reliableChange: ReliableChange.optional(),
    flags: z.array(ItemFlag).default([]),
    /** Shortest sensible and usual interval between two administrations; `null` for what is asked once (a history does not change). */
    interval: z.strictObject({ minDays: z.number().int().min(1), usualDays: z.number().int().min(1) }).nullable(),
    loinc: z.strictObject({ panel: Loinc.optional(), total: Loinc.optional() }).default({}),
    license: z.strictObject({
      /**
       * A: public domain, or a blanket permission that covers software. B: free with conditions, in a pack of its own with their notices. C: wording only
       * with permission, or its terms do not plainly allow more. D: commercial. `own`: written by the practice.
       */
      class: z.enum(["A", "B", "C", "D", "own"]),
      text: z.string().min(10),
      credit: z.string().optional(),
      source: z.string().min(5),
    }),
    sources: z.array(z.string().min(5)).default([]),
  })
  .superRefine((measure, context) => {
    if (measure.wording === "totals" && measure.items.length > 0)
      context.addIssue({ code: "custom", path: ["items"], message: "A measure of totals has no items." });
    if (measure.wording !== "totals" && measure.items.length === 0)
      context.addIssue({ code: "custom", path: ["items"], message: "A measure has at least one item." });
    if (measure.wording === "here")
      for (const [i, { text }] of measure.items.entries())
        if (text.trim().length < 3) context.addIssue({ code: "custom", path: ["items", i, "text"], message: "Write the question." });
  });
export type Measure = z.infer<typeof Measure>;

/** Whether a client can answer it: the words of its questions are there. */
export function canBeAnswered(measure: Measure): boolean {
  return measure.wording === "here";
}

/** The answers that an item offers; none where the answer is a number. */
export function optionsOf(measure: Measure, item: MeasureItem): readonly ResponseOption[] {
  return item.quantity === undefined ? (item.options ?? measure.options ?? []) : [];
}

/** Whether there is one number to follow over time. */
export function hasTotal(measure: Measure): boolean {
  return measure.scoring.method !== "none";
}

/** Whether it is given again and again: a history, or a screen of a whole life, is asked once. */
export function isRepeated(measure: Measure): boolean {
  return measure.interval !== null;
}
