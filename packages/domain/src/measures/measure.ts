import { z } from "zod";
import { Slug } from "../library/chapter.ts";

const Loinc = z.string().regex(/^\d{3,6}-\d$/, "A LOINC code looks like 44261-6.");

/** One answer of a response scale: what the client reads and what it counts. */
const ResponseOption = z.strictObject({ value: z.number().int(), label: z.string().min(1).max(200), loinc: z.string().optional() });

export const MeasureItem = z.strictObject({
  /** 1-based position as printed. */
  number: z.number().int().min(1),
  /** The beginning of the sentence that the text ends, where the form prints it once above several items ("In the past month, have you …"). */
  lead: z.string().min(3).max(200).optional(),
  text: z.string().min(3).max(500),
  /** A scale of the item's own, where it differs from the instrument's common one. */
  options: z.array(ResponseOption).min(2).optional(),
  loinc: Loinc.optional(),
  /** Printed and answered but not part of the total (e.g. the functional item of the PHQ-9). */
  scored: z.boolean().default(true),
  /** May stay unanswered without the measure counting as incomplete. */
  optional: z.boolean().default(false),
});
export type MeasureItem = z.infer<typeof MeasureItem>;

/** A rule on single answers, as printed (before any reversal), that speaks up whatever the total. */
export const ItemFlag = z.strictObject({
  item: z.number().int().min(1),
  atLeast: z.number().int(),
  kind: z.enum(["suicide-risk", "risk-behavior", "dependence", "impairment"]),
  message: z.string().min(10).max(240),
});

/** A count of items at or above a value, needed for a symptom pattern (e.g. the provisional PTSD pattern of the PCL-5). */
const PatternPart = z.strictObject({
  items: z.array(z.number().int().min(1)).min(1),
  atLeast: z.number().int(),
  needed: z.number().int().min(1),
  name: z.string(),
});

/**
 * A standardized instrument as pure data. All scoring is done by `scoreAdministration`; no instrument has code of its own.
 * Wording of items is verbatim as the owner publishes it; `license` says why it may be reproduced.
 */
export const Measure = z.strictObject({
  id: Slug,
  name: z.string().min(2).max(40),
  title: z.string().min(5).max(120),
  /** Changes whenever scoring changes; stored with every score. */
  version: z.string().regex(/^\d+\.\d+$/),
  measures: z.string().min(5).max(160),
  /** What it tells of, coarsely: measures of one area speak of the same problem. */
  area: z.enum(["depression", "anxiety", "trauma", "alcohol", "body"]),
  ages: z.strictObject({ from: z.number().int().min(0), to: z.number().int().optional() }),
  recall: z.string().min(3).max(80),
  /** The same in weeks, where it is so long that the score can show a change in full only then. */
  recallWeeks: z.number().int().min(1).max(52).optional(),
  /** Shown above the items, verbatim. */
  instruction: z.string().min(5).max(800),
  options: z.array(ResponseOption).min(2).optional(),
  items: z.array(MeasureItem).min(1),
  scoring: z.strictObject({
    method: z.literal("sum"),
    range: z.tuple([z.number(), z.number()]),
    higherIs: z.enum(["worse", "better"]),
    reverse: z.array(z.number().int().min(1)).default([]),
    /** Up to this many missing scored items are replaced by the mean of the others; 0: complete only. */
    maxMissing: z.number().int().min(0),
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
    subscales: z.array(z.strictObject({ id: Slug, name: z.string(), items: z.array(z.number().int().min(1)).min(1) })).default([]),
    pattern: z.strictObject({ name: z.string(), parts: z.array(PatternPart).min(1), note: z.string() }).optional(),
  }),
  bands: z
    .array(z.strictObject({ from: z.number(), to: z.number(), name: z.string(), severity: z.enum(["none", "mild", "moderate", "severe"]) }))
    .default([]),
  /** Where higher is worse: a case from this score up. Where higher is better: in the healthy range from this score up, a case below it. */
  cutoff: z.strictObject({ atLeast: z.number(), name: z.string(), source: z.string() }).optional(),
  /** What to know in reading the total that one number cannot say, such as a cutoff that differs between people. Shown beside the score. */
  reading: z.strictObject({ text: z.string().min(10).max(400), source: z.string().min(5) }).optional(),
  remission: z.strictObject({ below: z.number(), source: z.string() }).optional(),
  reliableChange: z.strictObject({ points: z.number().positive(), source: z.string(), note: z.string().optional() }).optional(),
  flags: z.array(ItemFlag).default([]),
  /** Shortest sensible and usual interval between two administrations. */
  interval: z.strictObject({ minDays: z.number().int().min(1), usualDays: z.number().int().min(1) }),
  loinc: z.strictObject({ panel: Loinc.optional(), total: Loinc.optional() }).default({}),
  license: z.strictObject({
    class: z.enum(["A", "B"]),
    text: z.string().min(10),
    credit: z.string().optional(),
    source: z.string().min(5),
  }),
  sources: z.array(z.string().min(5)).min(1),
});
export type Measure = z.infer<typeof Measure>;
