import { describe, expect, it } from "vitest";
import { exampleGoal, examplePlan } from "../plan/plan.test-data.ts";
import {
  bundleOf,
  catalogueChapter,
  chapterOfStatement,
  chaptersOfPlan,
  citedBy,
  filesOfBundles,
  libraryWithChapter,
  sourcesOf,
} from "./catalogue.ts";
import { Chapter } from "./chapter.ts";
import { chapterData, libraryAfter } from "./faultless-library.test-data.ts";
import { assembleLibrary } from "./library.ts";

const library = libraryAfter((parts) => {
  parts.more.push({ kind: "chapter", path: "problems/adult/y.yaml", content: Chapter.parse({ ...chapterData("y"), diagnoses: ["F41"] }) });
});
const chapterX = library.chapterById.get("adult-x");
const chapterY = library.chapterById.get("adult-y");
if (chapterX === undefined || chapterY === undefined) throw new Error("The example library has two chapters.");
const catalogue = library.chapters.map((chapter) => catalogueChapter(chapter));

describe("the catalogue", () => {
  it("says of a chapter what is needed to find it, the fullest approach first", () => {
    expect(catalogue.find(({ id }) => id === "adult-x")).toMatchObject({
      prefix: "x",
      goals: 6,
      objectives: 15,
      interventions: 48,
      measures: ["phq9", "gad7"],
      approaches: [
        { id: "cbt", interventions: 24 },
        { id: "psychodynamic", interventions: 10 },
        { id: "humanistic", interventions: 10 },
        { id: "supportive", interventions: 4 },
      ],
    });
  });

  it("finds the chapter of a statement by the beginning of its id", () => {
    expect(chapterOfStatement("y-int-3", catalogue)?.id).toBe("adult-y");
    expect(chapterOfStatement("yy-int-3", catalogue)).toBeUndefined();
    expect(chapterOfStatement("nothing", catalogue)).toBeUndefined();
  });

  it("names the chapters that a plan is made of, those of its problems and those that something was taken from", () => {
    const plan = examplePlan({
      problems: [{ ...examplePlan().problems[0], id: "p1", title: "X", chapter: "adult-x", definitions: [] } as never],
      goals: [exampleGoal({ origin: { kind: "library", id: "y-goal-2", text: "" } })],
      objectives: [],
      interventions: [],
    });
    expect(chaptersOfPlan(plan, catalogue)).toEqual(["adult-x", "adult-y"]);
    expect(chaptersOfPlan({ ...plan, goals: [] }, catalogue)).toEqual(["adult-x"]);
    expect(chaptersOfPlan({ ...plan, problems: [], goals: [] }, catalogue)).toEqual([]);
  });
});

describe("one chapter with what it names", () => {
  it("has its sources and its homework, and those of no other", () => {
    const bundle = bundleOf(chapterX, library);
    expect(bundle.evidence.map(({ id }) => id)).toEqual(["source-1"]);
    expect(bundle.homework.map(({ id }) => id)).toEqual(["x-sheet-1", "x-sheet-2"]);
    expect(sourcesOf(chapterX)).toEqual(["source-1"]);
    expect(bundleOf(chapterY, library).homework).toEqual([]);
  });

  it("makes a library of its own in which everything of the chapter is found, and nothing stands twice", () => {
    const part = assembleLibrary(filesOfBundles([bundleOf(chapterX, library), bundleOf(chapterY, library)], []));
    for (const { id } of library.statements) expect(part.statementById.get(id)).toEqual(library.statementById.get(id));
    expect(part.evidence.map(({ id }) => id)).toEqual(["source-1"]);
  });

  it("is added to a library that is there, which keeps its measures", () => {
    const part = { ...assembleLibrary(filesOfBundles([bundleOf(chapterX, library)], [])), measures: library.measures };
    const more = libraryWithChapter(part, bundleOf(chapterY, library));
    expect(more.chapterById.has("adult-x") && more.chapterById.has("adult-y")).toBe(true);
    expect(more.measures).toBe(library.measures);
  });
});

it("each source says who cites it", () => {
  expect(citedBy(library)["source-1"]).toEqual(["adult-x", "adult-y"]);
});
