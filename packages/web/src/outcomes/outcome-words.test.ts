import { describe, expect, test } from "vitest";
import { changeWords, monthWords, plotRange, points, share } from "./outcome-words.ts";

const means = (change: number, low: number, high: number) => ({
  means: { start: 14, first: 14, last: 14 - change, change, interval: { low, high }, effectSize: 0.5 },
});

describe("the figures of a report in words", () => {
  test.each([
    [3, 12, true, "3 of 12 (25 %)"],
    [1, 3, false, "1 of 3"],
    [0, 0, true, "0 of 0"],
    [null, 12, true, "–"],
  ])("%s of %s is told as %s", (count, of, enough, words) => expect(share(count, of, enough)).toBe(words));

  test("a change carries its interval, and a group too small says so", () => {
    expect(changeWords(means(3.33, -1.88, 8.54))).toBe("3.3 (−1.9 to 8.5)");
    expect(changeWords({ means: null })).toBe("too few for a mean");
    expect(points(-0.01)).toBe("0.0");
  });

  test("a month is written out", () => expect(monthWords("2026-03")).toBe("March 2026"));

  test("a plot always shows 0", () => {
    const [low, high] = plotRange([means(5, 3, 7), { means: null }]);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(7);
  });
});
