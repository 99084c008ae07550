import { describe, expect, test } from "vitest";
import { hardWords, readingGrade, words } from "./reading-level.ts";

describe("words", () => {
  test.each<[string, string[]]>([
    ["You'll do it by May 31.", ["You'll", "do", "it", "by", "May", "31"]],
    ["a well-known 7.5 rating", ["a", "well-known", "7.5", "rating"]],
    ["  …  ", []],
    ["Qué tal?", ["Qué", "tal"]],
  ])("%j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe("Flesch-Kincaid grade", () => {
  // The formula worked by hand: 0.39 * words / sentences + 11.8 * syllables / words - 15.59
  test.each<[string, number, number, number]>([
    ["The cat sat on the mat.", 6, 1, 6],
    ["The cat sat. The dog ran.", 6, 2, 6],
    ["You write down your worries each evening.", 7, 1, 10],
    ["Your score is 12 of 27.", 6, 1, 6],
  ])("%j", (text, wordCount, sentences, syllables) => {
    expect(readingGrade(text)).toBeCloseTo((0.39 * wordCount) / sentences + (11.8 * syllables) / wordCount - 15.59, 6);
  });

  test("an unfinished last sentence counts as one", () => {
    expect(readingGrade("The cat sat. The dog ran")).toBeCloseTo(readingGrade("The cat sat. The dog ran."), 6);
  });

  test("nothing has grade 0", () => {
    expect(readingGrade("")).toBe(0);
    expect(readingGrade(" — ")).toBe(0);
  });

  test("plain text is below grade 8 and clinical prose far above", () => {
    expect(readingGrade("You plan one thing each day that you used to like, and you see how you feel after.")).toBeLessThan(8);
    expect(
      readingGrade("Demonstrates significant psychomotor retardation and pervasive anhedonia impairing occupational functioning."),
    ).toBeGreaterThan(12);
  });
});

test("the words to replace come with the hardest first", () => {
  expect(hardWords("Identify hypervigilance and a trigger.")).toEqual(["hypervigilance", "identify"]);
});
