import { syllable } from "syllable";

/** The highest Flesch-Kincaid grade at which a sentence still counts as plain language for clients. */
export const plainGrade = 8;

const wordPattern = /[\p{L}\p{N}]+(?:['’.,:/-][\p{L}\p{N}]+)*/gu;

/** The words of a text, in order. A number, a contraction or a hyphenated compound is one word. */
export function words(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

/** Number of sentences: ends marked by `.`, `!` or `?` before a space or the end of the text. At least 1 when there are words. */
function sentenceCount(text: string): number {
  const ends = text.match(/[.!?]+(?=["'”’)\]]*(?:\s|$))/g)?.length ?? 0;
  const unfinished = /[\p{L}\p{N}]["'”’)\]]*\s*$/u.test(text) ? 1 : 0;
  return Math.max(1, ends + unfinished);
}

/** Syllables of one word; a number is counted as the one spoken unit that it is on the page. */
function syllables(word: string): number {
  return /\p{L}/u.test(word) ? Math.max(1, syllable(word)) : 1;
}

/**
 * Flesch-Kincaid grade level of an English text: the US school grade at which it is understood.
 * `0.39 * words / sentences + 11.8 * syllables / words - 15.59`; very plain text comes out below 0, an empty one as 0.
 *
 * Source: Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted
 * personnel. Research Branch Report 8-75, Naval Technical Training Command, Millington TN, 1975.
 */
export function readingGrade(text: string): number {
  const list = words(text);
  if (list.length === 0) return 0;
  const syllableTotal = list.reduce((total, word) => total + syllables(word), 0);
  return (0.39 * list.length) / sentenceCount(text) + (11.8 * syllableTotal) / list.length - 15.59;
}

/** The longest words of a text (three syllables or more, hardest first), which are the ones to replace when the grade is too high. */
export function hardWords(text: string): string[] {
  const counted = new Map(words(text).map((word) => [word.toLowerCase(), syllables(word)]));
  return [...counted]
    .filter(([, count]) => count >= 3)
    .sort((a, b) => b[1] - a[1])
    .map(([word]) => word);
}
