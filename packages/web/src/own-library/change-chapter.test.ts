import { OwnChapter } from "@trellis/domain/library/own-chapter";
import { describe, expect, test } from "vitest";
import { isAsOpened, namedBy, placeOf, withItem, withMoved, withoutItem } from "./change-chapter.ts";

const chapter = OwnChapter.parse({
  id: "own-rest",
  prefix: "zabcde",
  title: "Rest",
  measures: [{ id: "phq9" }],
  definitions: [{ id: "d", text: "Works at night." }],
  goals: [
    { id: "g", text: "Sleeps.", definitions: ["d"] },
    { id: "h", text: "Rests." },
  ],
  objectives: [
    {
      id: "o",
      goals: ["g", "h"],
      text: "By {date}.",
      metric: { kind: "measure", measure: "phq9", direction: "decrease", target: "cutoff" },
    },
  ],
  interventions: [{ id: "i", objectives: ["o"], text: "Plans.", evidence: ["s"], basis: "evidence" }],
  risks: [{ sign: "Falls asleep at the wheel." }],
  cooccurring: [{ chapter: "adult-depression", advice: "Sleep first.", evidence: ["s"], basis: "evidence" }],
  sources: [{ id: "s", kind: "manual", authors: "A", year: 2000, title: "Sleep" }],
});
const goal = (at: number) => {
  const found = chapter.goals[at];
  if (found === undefined) throw new Error("There is no such goal.");
  return found;
};

describe("changing one item of a chapter", () => {
  test("leaves the others, and puts a new one last", () => {
    const changed = withItem(chapter, "goals", goal(0), { ...goal(0), text: "Sleeps well." });
    expect(changed.goals.map(({ text }) => text)).toEqual(["Sleeps well.", "Rests."]);
    expect(withItem(chapter, "goals", null, { ...goal(0), id: "n", text: "New." }).goals.map(({ text }) => text)).toEqual([
      "Sleeps.",
      "Rests.",
      "New.",
    ]);
  });

  test("finds it under its id where somebody changed or moved it meanwhile", () => {
    const theirs = withItem(withMoved(chapter, "goals", 0, 1), "goals", goal(0), { ...goal(0), text: "Sleeps eight hours." });
    expect(placeOf(theirs, "goals", goal(0))).toBe(1);
    expect(isAsOpened(theirs, "goals", goal(0))).toBe(false);
    expect(isAsOpened(theirs, "goals", goal(1))).toBe(true);
    expect(withItem(theirs, "goals", goal(0), { ...goal(0), text: "Mine." }).goals.map(({ text }) => text)).toEqual(["Rests.", "Mine."]);
  });

  test("moves it among the others, and not beyond them", () => {
    expect(withMoved(chapter, "goals", 1, -1).goals.map(({ id }) => id)).toEqual(["h", "g"]);
    expect(withMoved(chapter, "goals", 1, 1)).toBe(chapter);
  });
});

describe("an item whose fields a database gave in another order", () => {
  test("is as it was opened", () => {
    const back = Object.fromEntries(Object.entries(goal(0)).reverse()) as (typeof chapter.goals)[number];
    expect(isAsOpened({ ...chapter, goals: [back] }, "goals", goal(0))).toBe(true);
  });
});

describe("taking an item out", () => {
  test("that is not there any more leaves every other", () => {
    const [risk] = chapter.risks;
    if (risk === undefined) throw new Error("There is no risk.");
    const theirs = { ...chapter, risks: [{ ...risk, sign: "Falls asleep at lunch." }] };
    expect(withoutItem(theirs, "risks", placeOf(theirs, "risks", risk))).toBe(theirs);
  });

  test.each([
    ["definitions", () => withoutItem(chapter, "definitions", 0).goals[0]?.definitions, []],
    ["goals", () => withoutItem(chapter, "goals", 0).objectives[0]?.goals, ["h"]],
    ["objectives", () => withoutItem(chapter, "objectives", 0).interventions[0]?.objectives, []],
    ["sources", () => withoutItem(chapter, "sources", 0).interventions[0], { evidence: [], basis: "practice-based" }],
    ["sources", () => withoutItem(chapter, "sources", 0).cooccurring[0], { evidence: [], basis: "practice-based" }],
  ] as const)("of the %s, what names it names it no more", (_, left, expected) => {
    expect(left()).toEqual(Array.isArray(expected) ? expected : expect.objectContaining(expected));
  });

  test("is told beforehand how many name it", () => {
    expect(namedBy(chapter, "goals", 0)).toBe(1);
    expect(namedBy(chapter, "measures", 0)).toBe(1);
    expect(namedBy(chapter, "sources", 0)).toBe(2);
    expect(namedBy(chapter, "risks", 0)).toBe(0);
  });
});
