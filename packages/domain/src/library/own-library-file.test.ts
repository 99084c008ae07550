import fc from "fast-check";
import { expect, test } from "vitest";
import { chapterData } from "./faultless-library.test-data.ts";
import { OwnChapter } from "./own-chapter.ts";
import { withOwnIds } from "./own-ids.ts";
import { chapterDifference, isSameItem, OwnItem, OwnLibraryFile, ownItemKinds, ownLibraryData, saysTheSame } from "./own-library-file.ts";

const { id: _, common: __, ...data } = chapterData("own");
const chapter = withOwnIds(OwnChapter.parse({ ...data, cooccurring: [], sources: [] }), { id: "own-one", prefix: "zabcde" });

const anyItem = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom(...ownItemKinds),
  text: fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .filter((text) => text.trim() !== "" && OwnItem.shape.text.safeParse(text).success),
  plain: fc.constantFrom("", "You rest."),
  chapter: fc.constantFrom(null, "adult-x"),
});

test("what a file holds is what was put in, in an order of its own", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: ({ id }) => id, maxLength: 8 }), fc.boolean(), (written, other) => {
      const items = written.map((item) => OwnItem.parse(item));
      const chapters = other ? [chapter, { ...chapter, id: "own-another", prefix: "zbcdef" }] : [chapter];
      const file = ownLibraryData(items, chapters);
      expect(ownLibraryData(items.toReversed(), chapters.toReversed())).toEqual(file);
      const read = OwnLibraryFile.parse(JSON.parse(JSON.stringify(file)));
      expect(read.items.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(items.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
      expect(read.chapters.every((one, i) => saysTheSame(one, chapters.toSorted((a, b) => (a.id < b.id ? -1 : 1))[i] ?? one))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("fields that say nothing are left out, and come back as nothing", () => {
  const [written] = ownLibraryData([], [OwnChapter.parse({ id: "own-a", prefix: "zabcde", title: "A" })]).chapters;
  expect(written).toEqual({ id: "own-a", prefix: "zabcde", title: "A", population: "adult" });
});

test("blanks say the same in whatever order a database gives them", () => {
  const withBlanks = (names: readonly string[]) => ({
    ...chapter,
    objectives: chapter.objectives.map((objective) => ({
      ...objective,
      parameters: Object.fromEntries(names.map((name) => [name, { kind: "text" as const, label: name, example: "x" }])),
    })),
  });
  expect(saysTheSame(withBlanks(["place", "person"]), withBlanks(["person", "place"]))).toBe(true);
  expect(saysTheSame(withBlanks(["place"]), withBlanks(["person"]))).toBe(false);
});

test("what would change is told part by part, in words", () => {
  const [first, second] = chapter.goals;
  if (first === undefined || second === undefined) throw new Error("The chapter has two goals.");
  const rest = chapter.goals.slice(2);
  const added = { ...first, id: "zabcde-new", text: "Rests." };
  expect(chapterDifference(chapter, { ...chapter, title: "Other", goals: [{ ...first, text: "Sleeps." }, ...rest, added] })).toEqual([
    { part: "About", added: 0, changed: 1, removed: 0, words: [] },
    {
      part: "Goals",
      added: 1,
      changed: 1,
      removed: 1,
      words: [
        { was: first.text, is: "Sleeps." },
        { was: "", is: "Rests." },
        { was: second.text, is: "" },
      ],
    },
  ]);
  expect(chapterDifference(chapter, chapter)).toEqual([]);
  expect(chapterDifference(chapter, { ...chapter, goals: [second, first, ...rest] })).toMatchObject([{ part: "Goals", changed: 1 }]);
});

test("two statements are the same by what they say, whatever their ids", () => {
  const one = OwnItem.parse({ id: "a", kind: "goal", text: " Rests. " });
  expect(isSameItem(one, OwnItem.parse({ id: "b", kind: "goal", text: "Rests." }))).toBe(true);
  expect(isSameItem(one, OwnItem.parse({ id: "a", kind: "goal", text: "Rests.", plain: "You rest." }))).toBe(false);
});
