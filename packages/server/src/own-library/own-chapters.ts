import { createHash } from "node:crypto";
import type { Chapter } from "@trellis/domain/library/chapter";
import type { Library } from "@trellis/domain/library/library";
import { type OwnLibrary, libraryOfPractice as withOwn } from "@trellis/domain/library/library-of-practice";
import { evidenceOfOwn, OwnChapter, toChapter } from "@trellis/domain/library/own-chapter";
import type { Measure } from "@trellis/domain/measures/measure";
import type pg from "pg";
import { MeasureRows, practiceMeasuresOf, practiceMeasuresQuery } from "../measures/practice-measures.ts";

/** The practice's own chapters as they were written, in the order in which they were begun. */
export const ownChaptersQuery: pg.QueryConfig = {
  name: "own-chapters",
  text: "SELECT content FROM trellis.library_chapter WHERE removed_at IS NULL ORDER BY created_at, id",
};

/** What `ownChaptersQuery` gave, as chapters that drafting, search and the browser take, with the sources that they cite. */
export function parseOwnLibrary(rows: readonly Record<string, unknown>[]): OwnLibrary {
  const own = rows.map(({ content }) => OwnChapter.parse(content));
  return { chapters: own.map(toChapter), sources: own.flatMap(evidenceOfOwn) };
}

/** The practice's sources for a document, those of chapters that were taken out too: a plan goes on citing what it was made from. */
export const ownSourcesQuery: pg.QueryConfig = {
  name: "own-sources",
  text: "SELECT content FROM trellis.library_chapter WHERE content -> 'sources' <> '[]' ORDER BY created_at, id",
};

/** What the practice adds to the library, within its transaction. */
export async function ownLibraryOf(client: pg.PoolClient): Promise<OwnLibrary> {
  return parseOwnLibrary((await client.query<Record<string, unknown>>(ownChaptersQuery)).rows);
}

/** The practice's own chapters. */
export async function ownChaptersOf(client: pg.PoolClient): Promise<readonly Chapter[]> {
  return (await ownLibraryOf(client)).chapters;
}

/** The library with the practice's own chapters in it. */
export async function libraryOfPractice(client: pg.PoolClient, library: Library): Promise<Library> {
  return withOwn(library, await ownLibraryOf(client));
}

/** The measures that the practice gives: those of the library and its own, without what it has retired. */
export async function measuresInUse(client: pg.PoolClient, library: Library): Promise<readonly Measure[]> {
  const { rows } = await client.query<{ measures: unknown }>(practiceMeasuresQuery);
  const { own, settings } = MeasureRows.parse(rows[0]?.measures);
  return practiceMeasuresOf(library.measures, { settings, own: own.filter(({ retired }) => !retired) });
}

/** Letters that are always the same for the same seed. */
export function lettersOf(seed: string, count: number): string {
  return [...createHash("sha256").update(seed).digest().subarray(0, count)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
}

/** A prefix for a new chapter: made of the seed, and no other chapter's. */
export function newPrefix(seed: string, taken: ReadonlySet<string>): string {
  for (let n = 0; ; n++) {
    const prefix = `z${lettersOf(`${n} ${seed}`, 5)}`;
    if (!taken.has(prefix)) return prefix;
  }
}
