import { ApproachId } from "@trellis/domain/library/approach";
import type { CatalogueChapter } from "@trellis/domain/library/catalogue";
import {
  type BehavioralDefinition,
  type LibraryGoal,
  type LibraryIntervention,
  type LibraryObjective,
  Population,
  Slug,
} from "@trellis/domain/library/chapter";
import { type Library, type LibraryStatement, statementKinds } from "@trellis/domain/library/library";
import { type ChapterIndex, indexChapters, searchChapters } from "@trellis/domain/library/search-catalogue";
import { indexStatements, type StatementIndex, searchStatements } from "@trellis/domain/library/search-library";
import { strongestKind } from "@trellis/domain/library/strongest-source";
import { z } from "zod";

/** What is looked for: words, and what the found is narrowed to. */
export const Search = z.object({
  q: z.string().max(200).default(""),
  kind: z.enum(statementKinds).optional(),
  chapter: Slug.optional(),
  approach: ApproachId.optional(),
  population: Population.optional(),
  limit: z.coerce.number().int().min(1).max(60).default(40),
});
export type Search = z.infer<typeof Search>;

/** Found in the library: a statement with what the library knows of it. */
export interface FoundStatement extends LibraryStatement {
  readonly entry?: BehavioralDefinition | LibraryGoal | LibraryObjective | LibraryIntervention;
  /** Of an intervention: the strongest kind of source that it names. */
  readonly strongest?: string;
}

export interface LibraryIndex {
  readonly library: Library;
  readonly statements: StatementIndex;
  readonly chapters: ChapterIndex;
}

/** Takes a good part of a second with the whole library; made once. */
export function libraryIndex(library: Library, catalogue: readonly CatalogueChapter[]): LibraryIndex {
  return {
    library,
    statements: indexStatements(library.statements, library.chapterById),
    chapters: indexChapters(catalogue, library.measureById),
  };
}

export interface FoundInLibrary {
  /** Ids of chapters, the best first. */
  readonly chapters: readonly string[];
  readonly statements: readonly FoundStatement[];
}

/** So many chapters are found at the most. */
const mostChapters = 8;

/** Chapters and statements that fit, those of the first index before those of the next. */
export function findInLibrary(indexes: readonly LibraryIndex[], search: Search): FoundInLibrary {
  const found = indexes.map((index) => findInOne(index, search));
  return {
    chapters: found.flatMap(({ chapters }) => chapters).slice(0, mostChapters),
    statements: found.flatMap(({ statements }) => statements).slice(0, search.limit),
  };
}

function findInOne(
  { library, statements, chapters }: LibraryIndex,
  { q, kind, chapter, approach, population, limit }: Search,
): FoundInLibrary {
  const inPopulation =
    population === undefined ? undefined : library.chapters.filter((one) => one.population === population).map(({ id }) => id);
  const within = chapter === undefined ? inPopulation : [chapter];
  const found = searchStatements(
    statements,
    q,
    {
      ...(kind === undefined ? {} : { kinds: [kind] }),
      ...(within === undefined ? {} : { chapters: within }),
      ...(approach === undefined ? {} : { approaches: [approach] }),
    },
    limit,
  );
  return {
    // More than are shown, since the population is looked at afterwards.
    chapters: searchChapters(chapters, q, 60)
      .filter((one) => population === undefined || one.population === population)
      .map(({ id }) => id),
    statements: found.map((statement) => withEntry(statement, library)),
  };
}

function withEntry(statement: LibraryStatement, library: Library): FoundStatement {
  const { kind, id } = statement;
  if (kind === "intervention") {
    const entry = library.interventionById.get(id);
    return entry === undefined ? statement : { ...statement, entry, strongest: strongestKind(entry.evidence, library.evidenceById) };
  }
  const entry =
    kind === "definition"
      ? library.definitionById.get(id)
      : kind === "goal"
        ? library.goalById.get(id)
        : kind === "objective"
          ? library.objectiveById.get(id)
          : undefined;
  return entry === undefined ? statement : { ...statement, entry };
}
