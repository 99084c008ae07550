import type { Chapter } from "./chapter.ts";
import type { Evidence } from "./evidence.ts";
import { chapterStatements, type Library } from "./library.ts";

/** What a practice adds to the library: its own chapters, and the sources that they cite. */
export interface OwnLibrary {
  readonly chapters: readonly Chapter[];
  readonly sources: readonly Evidence[];
}

/** Two maps as one, without copying the large one: what stands in both is that of the first. */
class Layered<T> implements ReadonlyMap<string, T> {
  readonly #base: ReadonlyMap<string, T>;
  readonly #added: ReadonlyMap<string, T>;
  constructor(base: ReadonlyMap<string, T>, items: readonly (T & { readonly id: string })[]) {
    this.#base = base;
    const added = new Map<string, T>();
    for (const item of items) if (!base.has(item.id) && !added.has(item.id)) added.set(item.id, item);
    this.#added = added;
  }
  get size(): number {
    return this.#base.size + this.#added.size;
  }
  get(key: string): T | undefined {
    return this.#base.get(key) ?? this.#added.get(key);
  }
  has(key: string): boolean {
    return this.#base.has(key) || this.#added.has(key);
  }
  forEach(callback: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }
  *entries(): MapIterator<[string, T]> {
    yield* this.#base.entries();
    yield* this.#added.entries();
  }
  *keys(): MapIterator<string> {
    yield* this.#base.keys();
    yield* this.#added.keys();
  }
  *values(): MapIterator<T> {
    yield* this.#base.values();
    yield* this.#added.values();
  }
  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }
}

/**
 * The library as a practice has it: the shipped one with the practice's own chapters after it, and every index answering for both. Cheap enough to be done
 * for a request: nothing of the shipped library is indexed again. `files` stays what ships.
 */
export function libraryOfPractice(library: Library, { chapters, sources }: OwnLibrary): Library {
  if (chapters.length === 0 && sources.length === 0) return library;
  const statements = chapters.flatMap(chapterStatements);
  return {
    ...library,
    chapters: [...library.chapters, ...chapters],
    evidence: [...library.evidence, ...sources],
    statements: [...library.statements, ...statements],
    chapterById: new Layered(library.chapterById, chapters),
    evidenceById: new Layered(library.evidenceById, sources),
    definitionById: new Layered(
      library.definitionById,
      chapters.flatMap(({ definitions }) => definitions),
    ),
    goalById: new Layered(
      library.goalById,
      chapters.flatMap(({ goals }) => goals),
    ),
    objectiveById: new Layered(
      library.objectiveById,
      chapters.flatMap(({ objectives }) => objectives),
    ),
    interventionById: new Layered(
      library.interventionById,
      chapters.flatMap(({ interventions }) => interventions),
    ),
    statementById: new Layered(library.statementById, statements),
  };
}
