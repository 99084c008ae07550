import { describe, expect, it } from "vitest";
import { bundleOf } from "../library/catalogue.ts";
import { libraryAfter } from "../library/faultless-library.test-data.ts";
import { type ChapterReader, chapterDocument } from "./chapter-document.ts";

const library = libraryAfter();
const [chapter] = library.chapters;
if (chapter === undefined) throw new Error("The example library has a chapter.");

const printed = (reader: ChapterReader) =>
  chapterDocument({
    bundle: bundleOf(chapter, library),
    measureById: library.measureById,
    chapterTitles: new Map([["adult-p", "Another problem"]]),
    practice: "Linden Street Counseling",
    today: "2026-11-26",
    reader,
  });

describe("a chapter on paper", () => {
  it("has everything for a clinician, with numbers that lead to the sources", () => {
    const document = printed("clinician");
    expect(document.sections.map(({ title }) => title)).toEqual([
      "How it shows",
      "Goals",
      "Objectives",
      "Interventions",
      "What to expect",
      "Criteria for ending therapy",
      "Risks and referral",
      "What is not done",
      "What keeps clients away, and what helps",
      "Together with another problem",
      "Homework",
    ]);
    const interventions = document.sections.find(({ title }) => title === "Interventions")?.groups ?? [];
    expect(interventions.map(({ title, items }) => [title, items.length])).toEqual([
      ["Cognitive behavioral (CBT)", 24],
      ["Psychodynamic", 10],
      ["Humanistic and emotion-focused", 10],
      ["Supportive care and coordination", 4],
    ]);
    expect(interventions[0]?.items[0]).toMatchObject({ sources: [1], notes: ["Technique 0 · Probably efficacious"] });
    expect(document.sources).toHaveLength(1);
    // A chapter that is spoken of and is not there is passed over.
    expect(document.sections.find(({ title }) => title.startsWith("Together"))?.groups[0]?.items).toHaveLength(1);
  });

  it("says to a client what is said to clients: no codes, no techniques, no sources, no dangers", () => {
    const document = printed("client");
    expect(document.facts).toEqual([]);
    expect(document.sources).toEqual([]);
    expect(document.sections.map(({ title }) => title)).toEqual([
      "How it can show",
      "Goals",
      "Steps you can see and count",
      "Ways to work on it",
      "What to expect",
      "When therapy can end",
    ]);
    const lines = document.sections.flatMap(({ groups }) => groups.flatMap(({ items }) => items));
    expect(lines.every(({ notes, sources }) => notes.length === 0 && sources.length === 0)).toBe(true);
    const plain = new Set([...chapter.definitions, ...chapter.goals, ...chapter.interventions].map((item) => item.plain));
    expect([...plain].every((text) => lines.some((line) => line.text === text))).toBe(true);
  });
});
