import { approaches } from "./approach.ts";
import type { CatalogueChapter } from "./catalogue.ts";
import { populationNames } from "./contents.ts";
import { indexWords, plainWords, searchWords, type WordIndex } from "./word-index.ts";

/** Built once by `indexChapters`, used for every keystroke. */
export interface ChapterIndex {
  readonly chapters: readonly CatalogueChapter[];
  readonly words: WordIndex;
}

/** Words that stand in many titles and summaries and tell no chapter from another. */
const commonWords: ReadonlySet<string> = new Set(
  "a an and are as at by for from in is it of on or that the their them they to with adults adult".split(" "),
);

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
        { text: populationNames[chapter.population], weight: 1 },
      ],
      // Of chapters on the same problem the one for most clients comes first, unless the words say for whom.
      boost: (chapter.common ? 1.2 : 1) * (chapter.population === "adult" ? 1.25 : 1),
    })),
    commonWords,
  );
  return { chapters, words };
}

const code = /^[A-Za-z][0-9][0-9A-Za-z](?:\.?[0-9A-Za-z]{0,4})$/;

/** The code as it is written in the table: "f411" gives "F41.1". `null` for what is no code. */
function codeOf(typed: string): string | null {
  const text = typed.trim();
  if (!code.test(text)) return null;
  const letters = text.toUpperCase().replace(".", "");
  return letters.length > 3 ? `${letters.slice(0, 3)}.${letters.slice(3)}` : letters;
}

/**
 * The chapters that fit what was typed, best first: for a code those that it leads to (the most exact first), then those that are also used with it; for
 * words those that have them, misspelled ones included. Nothing typed finds nothing.
 */
export function searchChapters({ chapters, words }: ChapterIndex, typed: string, limit = 8): CatalogueChapter[] {
  const asked = codeOf(typed);
  if (asked !== null) {
    const closeness = (codes: readonly string[]): number =>
      Math.max(
        0,
        ...codes.filter((one) => asked.startsWith(one) || one.startsWith(asked)).map((one) => Math.min(one.length, asked.length)),
      );
    return chapters
      .map((chapter) => ({ chapter, worth: Math.max(2 * closeness(chapter.diagnoses), closeness(chapter.relatedCodes)) }))
      .filter(({ worth }) => worth > 0)
      .toSorted((a, b) => b.worth - a.worth)
      .slice(0, limit)
      .map(({ chapter }) => chapter);
  }
  if (plainWords(typed).length === 0) return [];
  return searchWords(words, typed, limit).flatMap(({ document }) => chapters[document] ?? []);
}
