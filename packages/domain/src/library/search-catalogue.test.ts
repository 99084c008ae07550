import { describe, expect, it } from "vitest";
import { measuresIn } from "../measures/shipped-measures.test-data.ts";
import type { CatalogueChapter } from "./catalogue.ts";
import { indexChapters, searchChapters } from "./search-catalogue.ts";

const chapter = (id: string, title: string, more: Partial<CatalogueChapter>): CatalogueChapter => ({
  id,
  prefix: id,
  title,
  population: "adult",
  common: false,
  summary: "",
  synonyms: [],
  diagnoses: [],
  relatedCodes: [],
  measures: [],
  approaches: [],
  goals: 5,
  objectives: 12,
  interventions: 30,
  source: "library",
  ...more,
});

const chapters = [
  chapter("dep", "Depression", { synonyms: ["MDD", "low mood"], diagnoses: ["F32", "F33"], measures: ["phq9"] }),
  chapter("gad", "Generalized anxiety", { synonyms: ["worry"], diagnoses: ["F41.1"], relatedCodes: ["F32"], measures: ["gad7"] }),
  chapter("pan", "Panic and agoraphobia", {
    diagnoses: ["F41.0"],
    relatedCodes: ["F41"],
    approaches: [{ id: "cbt", interventions: 20 }],
  }),
  chapter("odep", "Depression in later life", { population: "older-adult", diagnoses: ["F32"], synonyms: ["late-life depression"] }),
];
const measures = new Map(measuresIn("measures").map((measure) => [measure.id, measure]));
const index = indexChapters(chapters, measures);
const found = (typed: string): string[] => searchChapters(index, typed).map(({ id }) => id);

it.each([
  ["a title", "panic", "pan"],
  ["another name", "low mood", "dep"],
  ["an abbreviation", "mdd", "dep"],
  ["a misspelled word", "agorafobia", "pan"],
  ["the beginning of a word", "worr", "gad"],
  ["a measure", "GAD-7", "gad"],
  ["an approach", "CBT", "pan"],
  ["whom it is for", "older", "odep"],
])("a chapter is found by %s", (_, typed, first) => {
  expect(found(typed)[0]).toBe(first);
});

it("a code finds the chapters that it leads to, the most exact first, and then those that are used with it too", () => {
  expect(found("F41.1")).toEqual(["gad", "pan"]);
  expect(found("f411")).toEqual(["gad", "pan"]);
  expect(found("F32.1")).toEqual(["dep", "odep", "gad"]);
  expect(found("F41")).toEqual(["gad", "pan"]);
});

it("a code may be typed with a space for its point, and only begun", () => {
  expect(found("f41 1")).toEqual(["gad", "pan"]);
  expect(found("F3")).toEqual(["dep", "odep", "gad"]);
});

describe("a name that a chapter bears", () => {
  const named = indexChapters(
    [
      chapter("dep", "Depression", {
        common: true,
        synonyms: ["low mood", "winter depression"],
        summary: "Acid remarks, and grief that lasts.",
      }),
      chapter("loss", "Bereavement", { synonyms: ["grief", "self-blame", "lost my mother", "trauma"] }),
      chapter("drug", "Other drugs", { synonyms: ["acid", "K2", "trains"], relatedCodes: ["K21"] }),
      chapter("reflux", "Rumination", { diagnoses: ["K21"], synonyms: ["trans"] }),
    ],
    measures,
  );
  const first = (typed: string): string | undefined => searchChapters(named, typed)[0]?.id;

  it.each([
    ["before chapters that only have the word", "acid", "drug"],
    ["however its words are parted", "selfblame", "loss"],
    ["as clients tell it", "I can't bear that I lost my mother", "loss"],
    ["with a spelling mistake", "truama", "loss"],
    ["with a spelling mistake in its first letter", "grauma", "loss"],
    ["although it looks like a code", "k2", "drug"],
    ["and not one that is a letter off, where the word is known", "train", "drug"],
  ])("%s", (_, typed, expected) => {
    expect(first(typed)).toBe(expected);
  });
});

it("nothing typed finds nothing, and neither does what no chapter has", () => {
  expect(found("")).toEqual([]);
  expect(found("Z99.9")).toEqual([]);
  expect(found("xylophone")).toEqual([]);
});
