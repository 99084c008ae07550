import { z } from "zod";
import { Measure, type MeasureItem, measureAreas, optionsOf } from "../measure.ts";
import type { ItemFlag } from "../score.ts";

/** The id of an own measure, from the UUID that it is kept under. */
export function ownMeasureId(uuid: string): string {
  return `own-${uuid}`;
}

/** The UUID that an own measure is kept under; `null` for a measure that is none. */
export function uuidOfOwn(measureId: string): string | null {
  return /^own-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(measureId)?.[1] ?? null;
}

/** How much can be asked in one measure: as many answers as an administration holds. */
export const mostQuestions = 200;

/** What every own measure is asked about itself. */
export const OwnName = z.string().trim().min(2, "Give it a name: two letters at least.").max(40);
export const OwnArea = z.enum(measureAreas).default("individual");
export const HigherIs = z.enum(["worse", "better"]);
export type HigherIs = z.infer<typeof HigherIs>;

/** One question as the client reads it. */
export const Question = z.string().trim().min(3, "Write the question.").max(500);

/** What all measures of a practice's own have in common. */
export const ownCommon = { version: "1.0", ages: { from: 0 } } as const;

export const writtenHere: Measure["license"] = { class: "own", text: "Written by the practice.", source: "The practice itself" };

/** At most so many characters, cut at the end where there are more. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** The rule that an answer tells of danger, from `atLeast` on, as the clinician chose it. */
export function riskFlag(item: number, question: string, atLeast: number): ItemFlag {
  return {
    item,
    atLeast,
    kind: "risk-behavior",
    message: `“${shortened(question, 120)}” was answered with ${atLeast} or more. Ask about safety before anything else.`,
  };
}

/** The lowest answer above the lowest: any sign of what is asked. */
export function lowestSign(measure: Pick<Measure, "options">, item: MeasureItem): number | null {
  if (item.quantity !== undefined) return item.quantity.min + item.quantity.step;
  const values = (item.options ?? measure.options ?? []).map(({ value }) => value).toSorted((a, b) => a - b);
  return values[1] ?? null;
}

/** Words in a question that make it worth asking whether it is about danger. Only ever proposes; the clinician decides. */
export function soundsLikeRisk(question: string): boolean {
  return /suicid|\bkill|\bdead\b|\bdie\b|\bdying\b|(harm|hurt|cutt?)(ing)?\s+(your|my|one)?sel(f|ves)|self-?harm|(end|tak)(ing)? (your|my|one's) (own )?life|(harm|hurt)(ing)? (some|other)/i.test(
    question,
  );
}

/** Lowest and highest total of what the items come to, as a sum or a mean. */
export function rangeOf(measure: Pick<Measure, "options">, items: readonly MeasureItem[], method: "sum" | "mean"): [number, number] {
  const ends = items
    .filter(({ scored }) => scored)
    .map(({ options, quantity }): readonly [number, number] => {
      if (quantity !== undefined) return [quantity.min, quantity.max];
      const values = (options ?? measure.options ?? []).map(({ value }) => value);
      return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
    });
  const of = (end: 0 | 1) => ends.reduce((sum, pair) => sum + pair[end], 0) / (method === "mean" ? Math.max(1, ends.length) : 1);
  return [of(0), of(1)];
}

/**
 * Why answers given so far could not be read any more if a measure were changed in this way; `null` where they stay what they are. Wording may be
 * mended and a scale may grow; what an answer counted, how many questions there were and how they are added up stay.
 */
export function whyAnswersBecomeUnreadable(before: Measure, after: Measure): string | null {
  if (before.items.length !== after.items.length) return "It has been answered with another number of questions.";
  if (before.scoring.method !== after.scoring.method || before.scoring.multiply !== after.scoring.multiply)
    return "The scores given so far were added up in another way.";
  if (before.scoring.higherIs !== after.scoring.higherIs) return "The scores given so far were read the other way round.";
  if (JSON.stringify(before.scoring.reverse) !== JSON.stringify(after.scoring.reverse))
    return "Other questions were counted the other way round in the scores given so far.";
  for (const [i, item] of before.items.entries()) {
    const next = after.items[i];
    if (next === undefined) return "It has been answered with another number of questions.";
    const fault = whyItemBecomesUnreadable(before, item, after, next);
    if (fault !== null) return fault;
  }
  return null;
}

function whyItemBecomesUnreadable(before: Measure, item: MeasureItem, after: Measure, next: MeasureItem): string | null {
  if (item.scored !== next.scored || (item.weight ?? 1) !== (next.weight ?? 1))
    return `Question ${item.number} counted otherwise in the scores given so far.`;
  if ((item.quantity === undefined) !== (next.quantity === undefined))
    return `Question ${item.number} has been answered with another kind of answer.`;
  if (item.quantity !== undefined && next.quantity !== undefined) {
    const { min, max, step, unit } = item.quantity;
    const wider = next.quantity.min <= min && next.quantity.max >= max;
    const steps = Math.round((step / next.quantity.step) * 1e6) % 1e6 === 0;
    if (!wider || !steps) return `Question ${item.number} may have answers that the new range or step does not allow.`;
    return unit === next.quantity.unit ? null : `Question ${item.number} was counted in another unit (${unit || "none"}).`;
  }
  const known = new Map(optionsOf(after, next).map(({ value, label }) => [value, label]));
  for (const { value, label } of optionsOf(before, item)) {
    if (!known.has(value)) return `The answer “${shortened(label, 60)}” of question ${item.number} may have been given.`;
    // What a goal's levels mean was agreed before treatment; described anew afterwards, the score would measure something else.
    if (before.scoring.method === "attainment" && known.get(value) !== label)
      return "The levels of a goal stay as they were described before it was first rated.";
  }
  return null;
}

/** Everything about a measure that its questions and scoring are made of: where this stays the same, so does its version. */
function essence({ items, options, scoring, bands, cutoff, instruction, flags, recall }: Measure): string {
  return JSON.stringify({ items, options, scoring, bands, cutoff, instruction, flags, recall });
}

/** The version that a changed measure bears: the next one where its questions or its scoring changed. */
export function versionAfter(before: Measure, after: Measure): string {
  if (essence(before) === essence(after)) return before.version;
  const [whole = "1", part = "0"] = before.version.split(".");
  return `${whole}.${Number(part) + 1}`;
}

/** Reads a measure that was made here: a fault in one is a fault of its maker, not of what somebody typed. */
export function made(measure: z.input<typeof Measure>): Measure {
  return Measure.parse(measure);
}
