import { approaches } from "./approach.ts";
import type { CatalogueChapter } from "./catalogue.ts";
import { populationNames } from "./contents.ts";
import {
  distanceToBeginning,
  indexWords,
  isBeginning,
  mistakesAllowed,
  plainWords,
  queryWords,
  searchWords,
  type WordIndex,
} from "./word-index.ts";

/** Built once by `indexChapters`, used for every keystroke. */
export interface ChapterIndex {
  readonly chapters: readonly CatalogueChapter[];
  readonly words: WordIndex;
  /** For each title and other name, as the words of it that are looked up without what parts them, the positions of the chapters that bear it. */
  readonly named: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Words that stand in many titles and summaries and tell no chapter from another; "my", "he" and "can't", since problems are typed as clients tell them. */
const commonWords: ReadonlySet<string> = new Set(
  (
    "a an and are as at by for from in is it of on or that the their them they to with adults adult " +
    "am be been being can cannot cant had has have he her him his i im ive me my she was were"
  ).split(" "),
);

/** How people say for whom a chapter is, besides what the population is called. */
const populationWords: Partial<Record<CatalogueChapter["population"], string>> = {
  "older-adult": "old elderly elder seniors geriatric aging late life",
};

/** Prepares the search over chapters, by title, other names, measures, approaches and population. */
export function indexChapters(
  chapters: readonly CatalogueChapter[],
  measures: ReadonlyMap<string, { readonly name: string; readonly title: string }>,
): ChapterIndex {
  const words = indexWords(
    chapters.map((chapter) => ({
      fields: [
        { text: chapter.title, weight: 4 },
        { text: chapter.synonyms.join(" "), weight: 3 },
        { text: chapter.summary, weight: 1 },
        {
          text: chapter.measures.map((id) => `${id} ${measures.get(id)?.name ?? ""} ${measures.get(id)?.title ?? ""}`).join(" "),
          weight: 1,
        },
        { text: chapter.approaches.map(({ id }) => `${id} ${approaches[id].name}`).join(" "), weight: 0.5 },
        { text: `${populationNames[chapter.population]} ${populationWords[chapter.population] ?? ""}`, weight: 1 },
      ],
      // Of chapters on the same problem the one for most clients comes first, unless the words say for whom.
      boost: (chapter.common ? 1.2 : 1) * (chapter.population === "adult" ? 1.25 : 1),
    })),
    commonWords,
  );
  const named = new Map<string, Set<number>>();
  chapters.forEach(({ title, synonyms }, position) => {
    for (const name of [title, ...synonyms]) {
      const written = queryWords(words, name).join("");
      named.set(written, (named.get(written) ?? new Set()).add(position));
    }
  });
  return { chapters, words, named };
}

const code = /^[A-Z][0-9][0-9A-Z]{0,5}$/;

/** The code as it is written in the table: "f411" and "f41 1" give "F41.1", "F4" stays a beginning. `null` for what is no code. */
function codeOf(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s.]/g, "");
  if (!code.test(letters)) return null;
  return letters.length > 3 ? `${letters.slice(0, 3)}.${letters.slice(3)}` : letters;
}

/** The positions of the chapters that bear what was typed as a name; of a word that stands nowhere, of those that bear it but for spelling mistakes. */
function bearersOf({ named, words }: ChapterIndex, typed: string): ReadonlySet<number> {
  const asked = queryWords(words, typed);
  const written = asked.join("");
  const most = mistakesAllowed(written);
  const exact = named.get(written);
  if (exact !== undefined || most === 0 || asked.every((word) => isBeginning(words, word))) return exact ?? new Set();
  let nearest = most;
  let bearers = new Set<number>();
  for (const [name, positions] of named) {
    if (Math.abs(name.length - written.length) > most || (name[0] !== written[0] && name[1] !== written[1])) continue;
    const distance = distanceToBeginning(written, name, nearest);
    if (distance > nearest) continue;
    bearers = distance < nearest ? new Set(positions) : new Set([...bearers, ...positions]);
    nearest = distance;
  }
  return bearers;
}

/**
 * The chapters that fit what was typed, best first: those that bear it as a name; then for a code those that it leads to (the most exact first) and those
 * that are also used with it, and for words those that have them, misspelled ones included. Nothing typed finds nothing.
 */
export function searchChapters(index: ChapterIndex, typed: string, limit = 8): CatalogueChapter[] {
  const { chapters, words } = index;
  if (plainWords(typed).length === 0) return [];
  const asked = codeOf(typed);
  const bearers = asked === null ? bearersOf(index, typed) : (index.named.get(typed.trim().toLowerCase()) ?? new Set());
  const found = asked === null ? searchWords(words, typed, chapters.length).map(({ document }) => document) : [];
  const best = new Set([
    ...found.filter((position) => bearers.has(position)),
    ...bearers,
    ...(asked === null ? [] : withCode(chapters, asked)),
    ...found,
  ]);
  return [...best].slice(0, limit).flatMap((position) => chapters[position] ?? []);
}

/** The positions of the chapters that a code leads to, and of those that are used with it. */
function withCode(chapters: readonly CatalogueChapter[], asked: string): number[] {
  const closeness = (codes: readonly string[]): number =>
    Math.max(0, ...codes.filter((one) => asked.startsWith(one) || one.startsWith(asked)).map((one) => Math.min(one.length, asked.length)));
  return chapters
    .map((chapter, position) => ({ position, worth: Math.max(2 * closeness(chapter.diagnoses), closeness(chapter.relatedCodes)) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ position }) => position);
}
