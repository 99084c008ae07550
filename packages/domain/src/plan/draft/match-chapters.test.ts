import { describe, expect, it } from "vitest";
import { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { Chapter } from "../../library/chapter.ts";
import { chapterData, libraryAfter } from "../../library/faultless-library.test-data.ts";
import { exampleRecord } from "../plan.test-data.ts";
import { draftContext } from "./draft-context.ts";
import { chaptersForAge, matchChapters } from "./match-chapters.ts";

const chapter = (name: string, more: object): Chapter => Chapter.parse({ ...chapterData(name), ...more });

const library = libraryAfter((parts) => {
  const add = (name: string, more: object) =>
    parts.more.push({ kind: "chapter", path: `problems/${name}.yaml`, content: chapter(name, { diagnoses: ["F99"], ...more }) });
  add("y", { diagnoses: ["Z63.0"], title: "Strife" });
  add("o", { id: "older-adult-o", population: "older-adult", diagnoses: ["F32"], title: "Late depression" });
  add("m", { relatedCodes: ["G31.84"], diagnoses: ["F06.7"], title: "Memory" });
  add("c", { id: "crisis-c", population: "crisis", diagnoses: ["F43.0"], title: "Acute stress" });
  add("k", { id: "crisis-k", population: "crisis", ages: { from: 6, to: 17 }, diagnoses: ["F43.0"], title: "A child's acute stress" });
});

const diagnosis = (code: string, more: { readonly rank?: "principal" | "co-occurring" } = {}): Diagnosis =>
  Diagnosis.parse({
    id: code,
    code,
    description: `What ${code} is called`,
    fiscalYear: 2026,
    rank: "principal",
    verification: "confirmed",
    diagnosedOn: "2026-11-20",
    ...more,
  });

function matched(birthDate: string, ...diagnoses: Diagnosis[]) {
  const record = exampleRecord();
  let ids = 0;
  const context = draftContext(
    { ...record, client: { ...record.client, birthDate }, diagnoses },
    library,
    "2026-11-26",
    () => `id${++ids}`,
  );
  const { problems, unmatched, circumstances } = matchChapters(context);
  return {
    problems: problems.map(({ chapter: { title }, diagnoses: of }) => [title, ...of.map(({ code }) => code)]),
    unmatched: unmatched.map(({ code }) => code),
    circumstances: circumstances.map(({ code }) => code),
  };
}

const adult = "1986-04-12";
const old = "1950-04-12";
const child = "2016-04-12";
const beside = { rank: "co-occurring" } as const;

describe("the chapters for an age", () => {
  it.each([
    [30, ["adult-m", "adult-x", "adult-y", "crisis-c"]],
    [70, ["older-adult-o", "adult-m", "adult-x", "adult-y", "crisis-c"]],
    [15, ["crisis-k"]],
    [4, []],
  ])("at %i", (age, ids) => {
    const found = chaptersForAge(library.chapters, age).map(({ id }) => id);
    expect(found.toSorted()).toEqual([...ids].toSorted());
    // The closest population first.
    expect(found[0]?.startsWith("older-adult") ?? false).toBe(age === 70);
  });
});

describe("a diagnosis finds its chapter", () => {
  it("of the closest population, and among the crises where no other answers it", () => {
    expect(matched(adult, diagnosis("F32.1")).problems).toEqual([["Problem x", "F32.1"]]);
    expect(matched(old, diagnosis("F32.1")).problems).toEqual([["Late depression", "F32.1"]]);
    expect(matched(adult, diagnosis("F43.0")).problems).toEqual([["Acute stress", "F43.0"]]);
    expect(matched(child, diagnosis("F43.0")).problems).toEqual([["A child's acute stress", "F43.0"]]);
    expect(matched(child, diagnosis("F32.1"))).toMatchObject({ problems: [], unmatched: ["F32.1"] });
  });

  it("used with a code that leads to none, where the client comes for it and not where it stands beside something else", () => {
    expect(matched(adult, diagnosis("G31.84")).problems).toEqual([["Memory", "G31.84"]]);
    expect(matched(adult, diagnosis("F32.1"), diagnosis("G31.84", beside))).toMatchObject({
      problems: [["Problem x", "F32.1"]],
      unmatched: ["G31.84"],
    });
  });
});

describe("a circumstance", () => {
  it("stands beside a disorder, although the library has a chapter for it", () => {
    expect(matched(adult, diagnosis("F32.1"), diagnosis("Z63.0", beside))).toMatchObject({
      problems: [["Problem x", "F32.1"]],
      circumstances: ["Z63.0"],
    });
  });

  it("is a problem of its own where the clinician made it the principal one, or nothing else is coded", () => {
    expect(
      matched(adult, diagnosis("F32.1", beside), diagnosis("Z63.0"))
        .problems.map(([title]) => title)
        .toSorted(),
    ).toEqual(["Problem x", "Strife"]);
    expect(matched(adult, diagnosis("Z63.0"), diagnosis("Z56.6", beside))).toMatchObject({
      problems: [["Strife", "Z63.0"]],
      circumstances: ["Z56.6"],
    });
  });
});
