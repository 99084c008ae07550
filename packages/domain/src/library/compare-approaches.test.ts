import { expect, it } from "vitest";
import { approachInChapter, compareApproaches } from "./compare-approaches.ts";
import { libraryAfter } from "./faultless-library.test-data.ts";

const library = libraryAfter();
const [chapter] = library.chapters;
if (chapter === undefined) throw new Error("The example library has a chapter.");

it("every intervention of the approaches stands side by side once, under the first goal that it serves", () => {
  const rows = compareApproaches(chapter, ["cbt", "humanistic"]);
  const shown = rows.flatMap(({ interventions }) => interventions.flat().map(({ id }) => id));
  const own = chapter.interventions.filter(({ approach }) => approach === "cbt" || approach === "humanistic").map(({ id }) => id);
  expect(shown.toSorted()).toEqual(own.toSorted());
  for (const { interventions } of rows) {
    expect(interventions).toHaveLength(2);
    expect(interventions[0]?.every(({ approach }) => approach === "cbt")).toBe(true);
    expect(interventions[1]?.every(({ approach }) => approach === "humanistic")).toBe(true);
  }
});

it("an approach has the best level that one of its interventions has, and says how many name a source", () => {
  expect(approachInChapter(chapter, "cbt", library.evidenceById)).toEqual({
    approach: "cbt",
    interventions: 24,
    level: "probably-efficacious",
    withSource: 1,
  });
  expect(approachInChapter(chapter, "supportive", library.evidenceById)).toMatchObject({ level: "practice-based", withSource: 0 });
});
