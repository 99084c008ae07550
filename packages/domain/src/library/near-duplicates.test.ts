import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearDuplicates } from "./near-duplicates.ts";

const pairs = (...texts: string[]): [number, number][] =>
  nearDuplicates(texts.map((text, i) => ({ owner: String(i), text }))).map(({ first, second }) => [first, second]);

const long = "Has stayed in bed until noon on most days of the last month and missed work three times";

describe("near-duplicates", () => {
  test.each<[string, string, string]>([
    ["the same sentence", long, long],
    ["another case and other marks", long, `${long.toUpperCase()}!`],
    ["one word changed in nine", "Guides the client through a slow scan of muscles", "Guides the client through a slow scan of breathing"],
    ["one word changed in the middle of eighteen", long, long.replace("most", "many")],
    ["two words changed in eighteen", long, long.replace("Has", "Had").replace("three", "four")],
    ["a short sentence with one word changed", "You sleep through the night.", "You sleep through the day."],
    [
      "a template with another measure",
      "Lower {measure} from {baseline} to {target} by {date} and keep it there for a month",
      "Lower {measure} from {baseline} to {target} by {date} and keep it there for a week",
    ],
  ])("%s", (_, a, b) => {
    expect(pairs(a, b)).toEqual([[0, 1]]);
  });

  test.each<[string, string, string]>([
    ["another matter", long, "Wakes at three in the morning and cannot return to sleep for hours on most nights"],
    [
      "two statements that share a turn of speech",
      "Teaches the client how slow breathing calms the body and sets a time to practice twice a day",
      "Reviews with the client what got in the way of practice twice a day and plans around it",
    ],
    ["short sentences with two words changed", "You sleep through the night.", "You work through the day."],
    [
      "templates of few words that differ in two",
      "PHQ-9 at {target} or below by {date}, down from {baseline}",
      "GAD-7 at {target} or lower by {date}, down from {baseline}",
    ],
    [
      "blanks alone do not make sentences alike",
      "Cut drinking days from {baseline} to {target} by {date}",
      "Raise planned meals from {baseline} to {target} by {date}",
    ],
  ])("not %s", (_, a, b) => {
    expect(pairs(a, b)).toEqual([]);
  });

  test("the two wordings of one statement are not held against each other", () => {
    expect(
      nearDuplicates([
        { owner: "a", text: long },
        { owner: "a", text: long },
      ]),
    ).toEqual([]);
  });

  test("every pair is told once, with how alike it is", () => {
    const found = nearDuplicates(
      [long, "Something else altogether is said here in so many words", long].map((text, i) => ({ owner: String(i), text })),
    );
    expect(found).toEqual([{ first: 0, second: 2, similarity: 1 }]);
  });

  test("every sentence is a near-duplicate of itself, whatever its words", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(fc.property(fc.array(word, { minLength: 3, maxLength: 30 }), (list) => pairs(list.join(" "), list.join(" ")).length === 1));
  });
});
