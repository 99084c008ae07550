import { expect, test } from "vitest";
import { means, meansChapter, underShippedChapters } from "./based-on.ts";
import { bundleOf } from "./catalogue.ts";
import { libraryAfter } from "./faultless-library.test-data.ts";
import { libraryOfPractice } from "./library-of-practice.ts";
import { toChapter } from "./own-chapter.ts";
import { emptyOwnChapter, ownCopyOf } from "./own-ids.ts";

const library = libraryAfter();
const [shipped] = library.chapters;
if (shipped === undefined) throw new Error("The library has a chapter.");
const made = toChapter(ownCopyOf(shipped, { id: "own-x", prefix: "zabcde" }));
const written = toChapter(emptyOwnChapter("Other", { id: "own-y", prefix: "zbcdef" }));
const ofPractice = libraryOfPractice(library, { chapters: [made, written], sources: [] });

test("what is said of a shipped chapter holds for the one that a practice made out of it, and for no other", () => {
  expect([shipped, made, written].map((chapter) => means("adult-x", chapter))).toEqual([true, true, false]);
  expect(["adult-x", "own-x", "own-y", null].map((id) => meansChapter("adult-x", id, ofPractice))).toEqual([true, true, false, false]);
  // After it went through JSON, as to a browser.
  expect(means("adult-x", JSON.parse(JSON.stringify(made)) as typeof made)).toBe(true);
});

test("homework for the shipped chapter comes with it", () => {
  expect(bundleOf(made, ofPractice).homework.map(({ id }) => id)).toEqual(bundleOf(shipped, library).homework.map(({ id }) => id));
  expect(bundleOf(written, ofPractice).homework).toEqual([]);
});

test("a plan's problems are seen under the shipped chapters, and a plan without any of the practice's own is left as it is", () => {
  const problem = (chapter: string | null) => ({
    id: "p",
    title: "Low mood",
    chapter,
    diagnosisIds: [],
    noDiagnosisReason: "",
    severity: null,
    impairment: "",
    definitions: [],
    because: [],
    status: "active" as const,
    statusReason: "",
  });
  const shippedOf = new Map([["own-x", "adult-x"]]);
  const seen = underShippedChapters({ problems: [problem("own-x"), problem("own-y"), problem(null)] }, shippedOf);
  expect(seen.problems.map(({ chapter }) => chapter)).toEqual(["adult-x", "own-y", null]);
  const plain = { problems: [problem("adult-x")] };
  expect(underShippedChapters(plain, shippedOf)).toBe(plain);
});
