import { type CatalogueChapter, catalogueChapter } from "@trellis/domain/library/catalogue";
import { assembleLibrary, type Library } from "@trellis/domain/library/library";
import { libraryOfPractice, type OwnLibrary } from "@trellis/domain/library/library-of-practice";
import { type Asker, inOneTrip } from "../database/pool.ts";
import { type LibraryIndex, libraryIndex } from "../library/search-library.ts";
import type { Trellis } from "../trellis.ts";
import { ownChaptersQuery, parseOwnLibrary } from "./own-chapters.ts";

/** The practice's own chapters, ready to be listed, read and searched. */
export interface OwnShelf extends OwnLibrary {
  readonly catalogue: readonly CatalogueChapter[];
  readonly index: LibraryIndex;
}

/** Of so many practices the shelf is kept at hand. */
const mostKept = 50;

/** Which versions of which chapters stand there: a few bytes, asked before a shelf that is at hand is used again. */
const standing = {
  name: "own-chapters-standing",
  text: "SELECT id, version FROM trellis.library_chapter WHERE removed_at IS NULL ORDER BY created_at, id",
};

const empty = assembleLibrary([]);

/**
 * Gives a practice's shelf, `null` where it has no chapter of its own. Reading and indexing chapters takes milliseconds, too many for every keystroke of a
 * search: a shelf is made again only when a chapter was added, saved or taken out.
 */
export function ownShelves({ app, library }: Pick<Trellis, "app" | "library">): (asker: Asker) => Promise<OwnShelf | null> {
  const kept = new Map<string, { readonly state: string; readonly shelf: OwnShelf }>();
  return async (asker) => {
    const [versions] = await inOneTrip(app, asker, [standing]);
    if (versions.rows.length === 0) return null;
    const state = JSON.stringify(versions.rows);
    const known = kept.get(asker.practiceId);
    if (known?.state === state) return known.shelf;
    const [rows] = await inOneTrip(app, asker, [ownChaptersQuery]);
    const shelf = shelfOf(parseOwnLibrary(rows.rows), library);
    kept.delete(asker.practiceId);
    kept.set(asker.practiceId, { state, shelf });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return shelf;
  };
}

function shelfOf(own: OwnLibrary, library: Library): OwnShelf {
  const catalogue = own.chapters.map((chapter) => catalogueChapter(chapter, "practice"));
  // Its sources may be those of the shipped library.
  const alone = libraryOfPractice({ ...empty, evidenceById: library.evidenceById, measureById: library.measureById }, own);
  return { ...own, catalogue, index: libraryIndex(alone, catalogue) };
}
