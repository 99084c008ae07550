import type { Measure } from "../measures/measure.ts";

/** What a discharge criterion asks of a measure's scores, read out of its words. */
export interface ScoreClause {
  readonly measure: Measure;
  /** Whether a score is where it should be. */
  readonly meets: (total: number) => boolean;
  /** "below 10" */
  readonly bound: string;
  /** So many scores in a row. */
  readonly times: number;
  /** Weeks from the first of them to the last, at least. */
  readonly weeks: number;
  /** The criterion asks for more than the scores, which somebody has to judge. */
  readonly asksMore: boolean;
  /** There is another way to meet it. */
  readonly hasOther: boolean;
}

const number = "(\\d+(?:\\.\\d+)?)";
const bounds: readonly (readonly [RegExp, string, (total: number, limit: number) => boolean])[] = [
  [new RegExp(`\\bat or (?:below|under) ${number}`, "i"), "at or below", (total, limit) => total <= limit],
  [new RegExp(`\\b${number} or (?:less|lower|fewer|below)\\b`, "i"), "at or below", (total, limit) => total <= limit],
  [new RegExp(`\\b(?:below|under|less than|lower than) ${number}`, "i"), "below", (total, limit) => total < limit],
  [new RegExp(`\\bat or above ${number}`, "i"), "at or above", (total, limit) => total >= limit],
  [new RegExp(`\\b${number} or (?:more|higher|above)\\b`, "i"), "at or above", (total, limit) => total >= limit],
  [new RegExp(`\\b(?:above|more than|higher than) ${number}`, "i"), "above", (total, limit) => total > limit],
];

const words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const counted = `(${words.join("|")}|\\d{1,2})`;
const inFigures = (word: string): number => (words.includes(word.toLowerCase()) ? words.indexOf(word.toLowerCase()) + 1 : Number(word));

const twice = /\b(?:twice|both times)\b/i;
const several = new RegExp(`\\b${counted} (?:administrations?|forms?|times|occasions?|scores?|measurements?|in a row)\\b`, "i");
const apart = new RegExp(`\\b(?:at least |over (?:at least )?|for (?:at least )?)${counted} weeks?\\b`, "i");
/** Words that ask for nothing beyond the scores. */
const filling =
  /\b(?:a|the|is|are|was|were|be|stands?|stays?|has|have|been|last|score|scores|total|on|at|in|row|and|times|occasions?|administrations?|forms?|measurements?|consecutive|least|weeks?|apart|over|for|of|with)\b/gi;

/** The parts of a text that were understood are taken out; what is left asks for more. */
const without = (text: string, ...parts: readonly RegExp[]) => parts.reduce((rest, part) => rest.replace(part, " "), text);

/**
 * Reads what a discharge criterion asks of scores, such as "PHQ-9 below 10 on two administrations at least four weeks apart". `null` where it names no
 * measure of the client's practice, or no bound for it. Where it says nothing of how often, twice in a row is asked for, unless it speaks of the last score.
 */
export function scoreClause(text: string, measures: readonly Measure[]): ScoreClause | null {
  // The longer name first: "PHQ-9" stands in "PHQ-9 modified for teens" too.
  const named = measures
    .map((measure) => ({ measure, at: text.indexOf(measure.name) }))
    .filter(({ measure, at }) => at >= 0 && !/[\w-]/.test(text[at + measure.name.length] ?? "") && !/[\w-]/.test(text[at - 1] ?? ""))
    .toSorted((a, b) => b.measure.name.length - a.measure.name.length)[0];
  if (named === undefined) return null;
  const { measure, at } = named;
  const after = text.slice(at + measure.name.length);
  for (const [pattern, bound, holds] of bounds) {
    const found = pattern.exec(after);
    if (found === null) continue;
    const limit = Number(found[1]);
    const rest = without(text.slice(0, at) + without(after, pattern), several, twice, apart);
    const times = twice.test(after) ? 2 : Number(several.exec(after)?.slice(1, 2).map(inFigures)[0] ?? (/\blast\b/i.test(text) ? 1 : 2));
    const weeks = apart.exec(after)?.[1];
    return {
      measure,
      meets: (total) => holds(total, limit),
      bound: `${bound} ${limit}`,
      times,
      weeks: weeks === undefined ? 0 : inFigures(weeks),
      asksMore: /\p{L}/u.test(rest.replace(filling, " ")),
      // Another way is named right after the bound; after an "and" there is more to meet, and its "or" is its own.
      hasOther: /\bor\b/i.test(after.slice(found.index + found[0].length).split(/\band\b|;/i)[0] ?? ""),
    };
  }
  return null;
}
