import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttainmentLevel, goalAttainmentT } from "./goal-attainment.ts";

const scaled = (weights: readonly number[], levels: readonly AttainmentLevel[]) =>
  weights.map((weight, index) => ({ weight, level: levels[index] ?? 0 }));

describe("the T-score of goal attainment scaling", () => {
  test.each<{ weights: number[]; levels: AttainmentLevel[]; t: number; source: string }>([
    { weights: [3, 5, 1, 4, 2, 6], levels: [-2, 0, -1, 2, 0, 1], t: 55, source: "documented example of the R package gasr" },
    { weights: [1, 1, 1, 1, 1, 1], levels: [-2, 0, -1, 2, 0, 1], t: 50, source: "the same with equal weights" },
    { weights: [3, 2, 1], levels: [1, 0, -1], t: 54.4065, source: "formula, worked by hand" },
    { weights: [3, 2, 1], levels: [-1, -1, -1], t: 36.7804, source: "formula, worked by hand" },
    { weights: [1, 1, 1], levels: [-2, -2, -2], t: 22.6139, source: "table for three equal goals" },
    { weights: [1, 1, 1], levels: [-1, -1, -1], t: 36.3069, source: "table for three equal goals" },
    { weights: [1, 1, 1], levels: [1, 1, 1], t: 63.6931, source: "table for three equal goals" },
    { weights: [1, 1, 1], levels: [2, 2, 2], t: 77.3861, source: "table for three equal goals" },
    { weights: [1], levels: [-2], t: 30, source: "one goal: ten points a level" },
    { weights: [1], levels: [2], t: 70, source: "one goal: ten points a level" },
  ])("weights $weights, levels $levels: $t ($source)", ({ weights, levels, t }) => {
    expect(goalAttainmentT(scaled(weights, levels))).toBeCloseTo(t, 3);
  });

  test("without a weight there is no score, and a weight below 0 is refused", () => {
    expect(goalAttainmentT([])).toBeNull();
    expect(goalAttainmentT(scaled([0, 0], [1, 2]))).toBeNull();
    expect(() => goalAttainmentT(scaled([-1], [1]))).toThrow(RangeError);
  });

  test("is 50 when all is as expected, and mirrors around it", () => {
    const goals = fc.array(
      fc.record({ weight: fc.integer({ min: 1, max: 9 }), level: fc.constantFrom<AttainmentLevel>(-2, -1, 0, 1, 2) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(goals, (given) => {
        const t = goalAttainmentT(given) ?? 0;
        const mirrored = goalAttainmentT(given.map(({ weight, level }) => ({ weight, level: -level as AttainmentLevel }))) ?? 0;
        expect(t + mirrored).toBeCloseTo(100, 9);
        expect(goalAttainmentT(given.map(({ weight }) => ({ weight, level: 0 })))).toBe(50);
      }),
    );
  });
});
