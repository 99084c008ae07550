import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clinicalCutoffs, reliableChangeIndex } from "./jacobson-truax.ts";

describe("the reliable change index", () => {
  test.each([
    {
      sd: 7.5,
      reliability: 0.8,
      standardError: 3.3541,
      difference: 4.7434,
      points: 9.2971,
      whole: 10,
      source: "Jacobson and Truax 1991, example",
    },
    {
      sd: 5,
      reliability: 0.8,
      standardError: 2.2361,
      difference: 3.16228,
      points: 6.19806,
      whole: 7,
      source: "R package clinicalsignificance, test of calc_rci_jt",
    },
    {
      sd: 6.1,
      reliability: 0.89,
      standardError: 2.0231,
      difference: 2.8612,
      points: 5.6079,
      whole: 6,
      source: "PHQ-9 with internal consistency, worked by hand",
    },
    {
      sd: 4.7,
      reliability: 0.92,
      standardError: 1.3294,
      difference: 1.88,
      points: 3.6849,
      whole: 4,
      source: "GAD-7 with internal consistency, worked by hand",
    },
    {
      sd: 4.7,
      reliability: 0.83,
      standardError: 1.9379,
      difference: 2.7405,
      points: 5.3715,
      whole: 6,
      source: "GAD-7 with retest reliability: another threshold",
    },
  ])(
    "SD $sd, reliability $reliability: more than $points points ($source)",
    ({ sd, reliability, standardError, difference, points, whole }) => {
      const index = reliableChangeIndex({ sd, reliability });
      expect(index.standardError).toBeCloseTo(standardError, 3);
      expect(index.standardErrorOfDifference).toBeCloseTo(difference, 3);
      expect(index.points).toBeCloseTo(points, 3);
      expect(index.wholePoints).toBe(whole);
    },
  );

  test("a change has to exceed it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), fc.double({ min: 0, max: 0.99, noNaN: true }), (sd, reliability) => {
        const { points, wholePoints } = reliableChangeIndex({ sd, reliability });
        return wholePoints > points && wholePoints - points <= 1;
      }),
    );
  });

  test("numbers that no sample has are refused", () => {
    expect(() => reliableChangeIndex({ sd: 0, reliability: 0.8 })).toThrow(RangeError);
    expect(() => reliableChangeIndex({ sd: Number.NaN, reliability: 0.8 })).toThrow(RangeError);
    expect(() => reliableChangeIndex({ sd: 5, reliability: 1 })).toThrow(RangeError);
    expect(() => reliableChangeIndex({ sd: 5, reliability: -0.1 })).toThrow(RangeError);
  });
});

describe("cutoffs between the clinical and the functional range", () => {
  test("higher is better: clinical mean 40, functional mean 60, SD 7.5 (R package clinicalsignificance, test of calc_cutoff)", () => {
    expect(clinicalCutoffs({ mean: 40, sd: 7.5 }, { mean: 60, sd: 7.5 }, "better")).toEqual({ a: 55, b: 45, c: 50 });
  });

  test("lower is better: HAM-D, clinical mean 35.48, SD 8.16; functional mean 8, SD 8 (printed in the same package)", () => {
    const { a, c } = clinicalCutoffs({ mean: 35.48, sd: 8.16 }, { mean: 8, sd: 8 }, "worse");
    expect(a).toBeCloseTo(19.16, 2);
    expect(c).toBeCloseTo(21.6, 2);
  });

  test("lower is better: clinical 68.35 (22.33), functional 50 (22) (inputs of Bauer 2004)", () => {
    expect(clinicalCutoffs({ mean: 68.35, sd: 22.33 }, { mean: 50, sd: 22 }, "worse").c).toBeCloseTo(59.1067, 3);
  });

  test("without a group there is no cutoff that needs it", () => {
    expect(clinicalCutoffs(null, { mean: 60, sd: 7.5 }, "better")).toEqual({ a: null, b: 45, c: null });
  });
});
