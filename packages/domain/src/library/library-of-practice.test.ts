import fc from "fast-check";
import { expect, test } from "vitest";
import { chapterData, libraryAfter } from "./faultless-library.test-data.ts";
import { assembleLibrary, type Library } from "./library.ts";
import { libraryOfPractice } from "./library-of-practice.ts";
import { evidenceOfOwn, OwnChapter, toChapter } from "./own-chapter.ts";
import { withOwnIds } from "./own-ids.ts";

const library = libraryAfter();
const source = {
  id: "read",
  kind: "manual",
  authors: "Smith",
  year: 2019,
  title: "Resting",
  verified: { on: "2026-11-20", where: "The book", read: "full-text" },
};

const ownChapter = (n: number, statements: number) => {
  const { id: _, common: __, ...data } = chapterData(`own${n}`);
  const written = OwnChapter.parse({
    ...data,
    cooccurring: [],
    goals: data.goals.slice(0, statements),
    interventions: data.interventions.slice(0, statements),
    sources: n % 2 === 0 ? [source] : [],
  });
  return withOwnIds(written, { id: `own-chapter-${n}`, prefix: `zaaaa${"abcdefgh"[n]}` });
};

/** The answers that a library gives, whatever it is made of. */
function answersOf({ files: _, ...rest }: Library): unknown {
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, Array.isArray(value) ? value : [...value.entries()]]));
}

test("a library with a practice's chapters answers as one that was put together from all of them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), (sizes) => {
      const own = sizes.map((statements, n) => ownChapter(n, statements));
      const chapters = own.map(toChapter);
      const sources = own.flatMap(evidenceOfOwn);
      const layered = libraryOfPractice(library, { chapters, sources });
      const whole = assembleLibrary([
        ...library.files,
        // After what ships in the order of paths.
        ...chapters.map((content) => ({ kind: "chapter" as const, path: `zz-own/${content.id}.yaml`, content })),
        { kind: "evidence", path: "zz-own/evidence.yaml", content: sources },
      ]);
      expect(answersOf(layered)).toEqual(answersOf(whole));
      for (const [id, statement] of whole.statementById) {
        expect(layered.statementById.get(id)).toEqual(statement);
        expect(layered.statementById.has(id)).toBe(true);
      }
      expect(layered.interventionById.size).toBe(whole.interventionById.size);
      expect(layered.chapterById.get("nobody")).toBeUndefined();
      expect(layered.chapterById.has("nobody")).toBe(false);
    }),
    { numRuns: 12 },
  );
});

test("a practice without chapters of its own has the library itself", () => {
  expect(libraryOfPractice(library, { chapters: [], sources: [] })).toBe(library);
});
