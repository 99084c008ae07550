import { describe, expect, test } from "vitest";
import { plainGrade, readingGrade } from "../reading-level/reading-level.ts";
import { crisisWords, defaultCrisisWords } from "./crisis-words.ts";

describe("where help is in a crisis", () => {
  test.each([
    ["US", ["988", "911"]],
    ["CA", ["9-8-8", "911"]],
    ["GB", ["116 123", "111", "999"]],
    ["IE", ["116 123", "112"]],
    ["AU", ["13 11 14", "000"]],
    ["NZ", ["1737", "111"]],
    ["FR", ["112"]],
    ["BR", ["emergency number of your country"]],
  ])("names the numbers of %s and of no other country", (country, numbers) => {
    const words = defaultCrisisWords(country);
    for (const number of numbers) expect(words).toContain(number);
    if (country !== "US") expect(words).not.toMatch(/\b988\b/);
  });

  test("is said in plain words everywhere", () => {
    for (const country of ["US", "CA", "GB", "IE", "AU", "NZ", "FR", "BR"])
      expect(readingGrade(defaultCrisisWords(country)), country).toBeLessThanOrEqual(plainGrade);
  });

  test("the practice's own words go before those of its country; blanks are none", () => {
    expect(crisisWords({ country: "US", crisis: "Call our night line." })).toBe("Call our night line.");
    expect(crisisWords({ country: "AU", crisis: " \n" })).toBe(defaultCrisisWords("AU"));
  });
});
