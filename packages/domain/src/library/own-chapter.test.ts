import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inWords } from "../input/in-words.ts";
import type { Chapter } from "./chapter.ts";
import { libraryAfter } from "./faultless-library.test-data.ts";
import { canBeDraftedFrom, evidenceOfOwn, OwnChapter, ownStatementParts, toChapter } from "./own-chapter.ts";
import { ownChapterFaults } from "./own-chapter-faults.ts";
import { emptyOwnChapter, ownCopyOf, slugOf, withOwnIds } from "./own-ids.ts";

const library = libraryAfter();
const name = { id: "own-burnout-abcd", prefix: "zkqmwt" };

/** As small a chapter as a plan can be drafted from, written by hand. */
const small = () => ({
  title: "Burnout in our clinic",
  diagnoses: ["z73.0"],
  measures: [{ id: "phq9" }],
  goals: [{ id: "rest", text: "The client rests.\n  Every day." }],
  objectives: [
    {
      id: "evenings",
      goals: ["rest"],
      text: "Keep {target} evenings a week free of work, up from {baseline}, by {date}.",
      metric: { kind: "count", unit: "evenings a week", direction: "increase", target: 4, max: 7 },
    },
  ],
  interventions: [{ objectives: ["evenings"], text: "Plans the week with the client." }] as object[],
  sources: [] as object[],
});

const byScore = (target: number | string) => ({
  text: "Feel better by {date}.",
  metric: { kind: "measure", measure: "phq9", direction: "decrease", target },
});

const faultsAfter = (change: (chapter: ReturnType<typeof small>) => void): string[] => {
  const data = small();
  change(data);
  return ownChapterFaults(withOwnIds(OwnChapter.parse(data), name), library, library.measures).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
};

test("a second course for the same severity is at fault, and not the whole part", () => {
  const course = { severity: "mild", sessions: [8, 12], weeks: 12 };
  expect(faultsAfter((chapter) => Object.assign(chapter, { courses: [course, course] }))).toEqual([
    "courses.1.severity: Two courses are given for the same severity.",
  ]);
});

describe("what cannot be taken", () => {
  test.each([
    [{ measures: [{ id: "phq9", everyWeeks: 999_999 }] }, "At most 52."],
    [{ measures: [{ id: "phq9", everyWeeks: Number.NaN }] }, "Enter how many weeks lie between."],
    [{ sources: [{ kind: "manual", authors: "A", year: 999_999, title: "Rest" }] }, "Enter a year up to 2100."],
    [{ sources: [{ kind: "manual", authors: "A", year: null, title: "Rest" }] }, "Enter the year."],
    [{ objectives: [byScore(Number.NaN)] }, "Enter a number."],
    [{ objectives: [byScore(-1)] }, "At least 0."],
    [{ objectives: [byScore("better")] }, "Write cutoff, reliable-change, response, remission or a number."],
    [
      { definitions: [{ text: "Works at night.", signals: [{ kind: "diagnosis", code: "NIGHT" }] }] },
      "Write one code, or its beginning, without spaces: F33, F33.1.",
    ],
  ])("is said in words, with its bound where there is one", (part, message) => {
    const { error } = OwnChapter.safeParse({ ...small(), ...part }, { error: inWords });
    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

describe("a chapter of the practice's own", () => {
  test("needs no more than a goal, an objective and an intervention", () => {
    const chapter = toChapter(withOwnIds(OwnChapter.parse(small()), name));
    expect(faultsAfter(() => {})).toEqual([]);
    expect(canBeDraftedFrom(chapter)).toBe(true);
    expect(chapter).toMatchObject({ id: name.id, diagnoses: ["Z73.0"], common: false, courses: [{ severity: "moderate" }] });
    expect(chapter.goals[0]).toMatchObject({ id: "zkqmwt-rest", text: "The client rests. Every day.", plain: "" });
    expect(chapter.goals[0]?.ask).toMatch(/\?$/);
    expect(chapter.measures[0]).toMatchObject({ id: "phq9", everyWeeks: 4 });
  });

  test("may be empty, and then no draft is made of it", () => {
    const empty = emptyOwnChapter("Burnout", name);
    expect(ownChapterFaults(empty, library, library.measures)).toEqual([]);
    expect(canBeDraftedFrom(toChapter(empty))).toBe(false);
  });

  test.each<[string, string, (chapter: ReturnType<typeof small>) => void]>([
    [
      "an objective of a goal that is not there",
      'objectives.0.goals.0: There is no goal in this chapter called "peace"',
      (chapter) => void (chapter.objectives[0] as { goals: string[] }).goals.splice(0, 1, "peace"),
    ],
    ["a measure that nobody has", 'measures.0.id: There is no measure "abc"', (chapter) => (chapter.measures = [{ id: "abc" }])],
    [
      "a score of a measure that the chapter does not give",
      "objectives.0.metric.measure: The chapter does not give GAD-7, by which this is measured",
      (chapter) =>
        Object.assign(chapter.objectives[0] ?? {}, {
          metric: { kind: "measure", measure: "gad7", direction: "decrease", target: "cutoff" },
        }),
    ],
    [
      "a target out of reach",
      "objectives.0.metric.target: The target 9 is above",
      (chapter) => Object.assign(chapter.objectives[0]?.metric ?? {}, { target: 9 }),
    ],
    [
      "a blank that nothing fills",
      "objectives.0.text: The blank {place} is neither",
      (chapter) => Object.assign(chapter.objectives[0] ?? {}, { text: "In {place}, from {baseline} to {target} by {date}." }),
    ],
    [
      "evidence without a source",
      "interventions.0.basis: It claims evidence but names no source",
      (chapter) => Object.assign(chapter.interventions[0] ?? {}, { basis: "evidence" }),
    ],
    [
      "a source that is not there",
      'interventions.0.evidence.0: There is no source "nobody-1999"',
      (chapter) => Object.assign(chapter.interventions[0] ?? {}, { basis: "evidence", evidence: ["nobody-1999"] }),
    ],
    [
      "one id for two statements",
      'interventions.0.id: Another item of this chapter has the id "zkqmwt-rest"',
      (chapter) => Object.assign(chapter.interventions[0] ?? {}, { id: "Rest!" }),
    ],
    [
      "homework that is not there",
      'interventions.0.homework.0: There is no homework "x"',
      (chapter) => Object.assign(chapter.interventions[0] ?? {}, { homework: ["x"] }),
    ],
    ["a code twice", 'diagnoses.1: "Z73.0" stands here twice', (chapter) => void chapter.diagnoses.push("Z73.0")],
  ])("says of %s what to do", (_, expected, change) => {
    expect(faultsAfter(change)).toEqual([expect.stringContaining(expected)]);
  });

  test("names what is there in the library: its sources and its homework", () => {
    expect(
      faultsAfter((chapter) =>
        Object.assign(chapter.interventions[0] ?? {}, { basis: "evidence", evidence: ["source-1"], homework: ["x-sheet-1"] }),
      ),
    ).toEqual([]);
  });
});

describe("a source of the practice's own", () => {
  const source = { id: "smith", kind: "manual", authors: "Smith", year: 2019, title: "Resting" };
  const citing = (more: object, basis: string) => (chapter: ReturnType<typeof small>) => {
    chapter.sources.push({ ...source, ...more });
    Object.assign(chapter.interventions[0] ?? {}, { basis, evidence: ["smith"] });
  };
  const verified = { verified: { on: "2026-11-20", where: "The book itself", read: "full-text" } };

  test("supports nothing before somebody says where they read it", () => {
    expect(faultsAfter(citing({}, "evidence"))).toEqual([
      expect.stringContaining("interventions.0.basis: Nobody has said where they read"),
    ]);
    expect(faultsAfter(citing({}, "practice-based"))).toEqual([]);
    const data = small();
    citing({}, "practice-based")(data);
    const own = withOwnIds(OwnChapter.parse(data), name);
    expect(toChapter(own).interventions[0]).toMatchObject({ evidence: [], basis: "practice-based" });
    expect(evidenceOfOwn(own)).toEqual([]);
  });

  test("supports what cites it once it was read", () => {
    expect(faultsAfter(citing(verified, "evidence"))).toEqual([]);
    const data = small();
    citing(verified, "evidence")(data);
    const own = withOwnIds(OwnChapter.parse(data), name);
    expect(toChapter(own).interventions[0]).toMatchObject({ evidence: ["zkqmwt-smith"], basis: "evidence" });
    expect(evidenceOfOwn(own).map(({ id }) => id)).toEqual(["zkqmwt-smith"]);
  });
});

describe("ids of a chapter's own", () => {
  const shipped = library.chapters[0] as Chapter;

  test("a shipped chapter made one's own says the same under other ids, with every reference turned to them", () => {
    const own = ownCopyOf(shipped, name);
    expect(ownChapterFaults(own, library, library.measures)).toEqual([]);
    expect(own.basedOn).toBe(shipped.id);
    for (const part of ownStatementParts) {
      expect(own[part].map(({ text, plain }) => [text, plain])).toEqual(shipped[part].map(({ text, plain }) => [text, plain]));
      for (const { id } of own[part]) expect(id.startsWith("zkqmwt-")).toBe(true);
    }
    const placesOf = (chapter: { goals: readonly { id: string }[]; objectives: readonly { goals: readonly string[] }[] }) =>
      chapter.objectives.map(({ goals }) => goals.map((id) => chapter.goals.findIndex((goal) => goal.id === id)));
    expect(placesOf(own)).toEqual(placesOf(shipped));
  });

  test("are made the same way every time, and stay once they are the chapter's", () => {
    const once = withOwnIds(OwnChapter.parse(small()), name);
    expect(withOwnIds(OwnChapter.parse(small()), name)).toEqual(once);
    expect(withOwnIds(once, name)).toEqual(once);
    expect(once.interventions[0]?.id).toBe("zkqmwt-int-plans-the-week-with-the-client");
  });

  test("two statements of the same words without ids get two", () => {
    const data = { ...small(), interventions: [{ text: "Listens." }, { text: "Listens." }, { text: "聞く" }] };
    const ids = withOwnIds(OwnChapter.parse(data), name).interventions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test("a slug is words and hyphens within its length, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 60 }), (text, most) => {
        const slug = slugOf(text, most);
        expect(slug.length).toBeLessThanOrEqual(most);
        if (slug !== "") expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });
});
