import { distanceToBeginning, indexWords, mistakesAllowed, plainWords, searchWords, type WordIndex } from "../library/word-index.ts";
import type { DiagnosisSynonyms } from "./diagnosis-terms.ts";
import { billableUnder, type Icd10Entry, type Icd10Table } from "./icd-10-cm.ts";

export interface DiagnosisFound {
  readonly code: string;
  readonly description: string;
  /** `false` for a category, which is shown so that one can find one's way and cannot be chosen. */
  readonly billable: boolean;
  /** The name in use by which it was found, where it may differ from the description: "alcohol use disorder" for F10.10. */
  readonly knownAs: string | null;
}

/** Built once per table by `indexDiagnoses`, used for every keystroke. */
export interface DiagnosisIndex {
  readonly table: Icd10Table;
  readonly phrases: readonly Phrase[];
  readonly words: WordIndex;
  /** The entries in the order in which `words` knows them. */
  readonly entries: readonly Icd10Entry[];
}

interface Phrase {
  /** The name in use for what is meant: the first of the synonyms that is no abbreviation. */
  readonly name: string;
  readonly words: string;
  readonly codes: readonly string[];
}

/** "Post-Traumatic  stress" becomes "post traumatic stress". */
function asPhrase(text: string): string {
  return plainWords(text).join(" ");
}

/** Prepares the search. Takes tens of milliseconds; the result is immutable and may be shared. */
export function indexDiagnoses(table: Icd10Table, synonyms: DiagnosisSynonyms): DiagnosisIndex {
  const expand = (prefix: string): readonly string[] => billableUnder(table, prefix).map((entry) => entry.code);
  const phrases = synonyms.flatMap(({ terms, codes }) => {
    const meant = [...new Set(codes.flatMap(expand))];
    const name = terms.find((term) => term.length > 5) ?? terms[0] ?? "";
    return terms.map((term): Phrase => ({ name, words: asPhrase(term), codes: meant }));
  });
  const termsOf = new Map<string, string[]>();
  for (const phrase of phrases) for (const code of phrase.codes) termsOf.set(code, [...(termsOf.get(code) ?? []), phrase.words]);

  const entries = table.entries.filter((entry) => entry.retired === null);
  const words = indexWords(
    entries.map((entry) => ({
      fields: [
        { text: entry.description, weight: 2 },
        { text: (termsOf.get(entry.code) ?? []).join(" "), weight: 1 },
      ],
      boost: boostOf(entry),
    })),
  );
  return { table, phrases, words, entries };
}

/**
 * Mental disorders before the symptoms and circumstances of the other chapters, billable codes before categories, the named before the
 * residual, and the first encounter of an injury before the later ones.
 */
function boostOf(entry: Icd10Entry): number {
  const chapter = entry.code.startsWith("F") ? 1.5 : entry.code.startsWith("Z") ? 1.1 : 1;
  const residual = /\b(unspecified|other)\b/i.test(entry.description) ? 0.8 : 1;
  const encounter = /\b(subsequent encounter|sequela)\b/i.test(entry.description) ? 0.6 : 1;
  return chapter * residual * encounter * (entry.billable ? 1 : 0.7);
}

/**
 * The diagnoses that somebody typing `query` is likely to mean, best first: by code with or without its dot, by the words of the
 * description, by abbreviations and everyday words, and with spelling mistakes. Nothing for an empty query. Retired codes are never found.
 */
export function searchDiagnoses(index: DiagnosisIndex, query: string, limit = 20): DiagnosisFound[] {
  const typed = asPhrase(query);
  if (typed === "") return [];
  const byCode = codesBeginningWith(index.table, query);
  if (byCode.length > 0) return byCode.slice(0, limit).map((entry) => found(entry, null));

  const score = new Map<string, number>();
  const knownAs = new Map<string, string>();
  for (const { phrase, points } of phrasesLike(index.phrases, typed)) {
    phrase.codes.forEach((code, position) => {
      const here = points - position;
      if (here <= (score.get(code) ?? Number.NEGATIVE_INFINITY)) return;
      score.set(code, here);
      knownAs.set(code, phrase.name);
    });
  }
  const hits = searchWords(index.words, typed, limit * 2);
  const best = hits[0]?.score ?? 1;
  // Words of the description give at most 100 points: enough to order codes, never enough to overtake what a phrase means.
  for (const hit of hits) {
    const code = index.entries[hit.document]?.code ?? "";
    score.set(code, Math.max(score.get(code) ?? Number.NEGATIVE_INFINITY, (hit.score / best) * 100));
  }

  const ranked = [...score].sort((a, b) => b[1] - a[1]).slice(0, limit);
  return ranked.flatMap(([code]) => {
    const entry = index.table.byCode.get(code);
    return entry === undefined ? [] : [found(entry, knownAs.get(code) ?? null)];
  });
}

function found(entry: Icd10Entry, knownAs: string | null): DiagnosisFound {
  return { code: entry.code, description: entry.description, billable: entry.billable, knownAs };
}

/** Codes that begin with what was typed, when it looks like a code ("f33", "F331", "f43.1", "f43 1"); in the order of the classification. */
function codesBeginningWith(table: Icd10Table, query: string): Icd10Entry[] {
  const typed = query.toUpperCase().replaceAll(/[\s.]/g, "");
  if (!/^[A-Z][0-9][0-9A-Z]{0,5}$/.test(typed)) return [];
  return table.entries.filter((entry) => entry.retired === null && entry.code.replace(".", "").startsWith(typed));
}

/** Phrases that are what was typed (2000 points), begin with it (up to 1500) or do so but for spelling mistakes (up to 1000). */
function phrasesLike(phrases: readonly Phrase[], typed: string): { phrase: Phrase; points: number }[] {
  const mistakes = mistakesAllowed(typed);
  const like: { phrase: Phrase; points: number }[] = [];
  for (const phrase of phrases) {
    if (phrase.words === typed) like.push({ phrase, points: 2000 });
    else if (phrase.words.startsWith(typed)) like.push({ phrase, points: 1200 + (300 * typed.length) / phrase.words.length });
    else if (mistakes > 0 && phrase.words[0] === typed[0]) {
      const distance = distanceToBeginning(typed, phrase.words, mistakes);
      if (distance <= mistakes)
        like.push({ phrase, points: 1000 - 200 * distance + (100 * Math.min(typed.length, phrase.words.length)) / phrase.words.length });
    }
  }
  return like;
}
