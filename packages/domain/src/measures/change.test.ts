import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeFigures, isRemission, isResponse, percentageChange, talkingTherapiesFigures } from "./change.ts";
import type { Measure } from "./measure.ts";
import { MeasureSetting, withSetting } from "./measure-setting.ts";
import { clinicalChange } from "./reliable-change.ts";
import { audit, gad7, phq9 } from "./shipped-measures.test-data.ts";

const figures = (measure: Measure, from: number, to: number) =>
  new Map(
    changeFigures(measure, { date: "2026-01-05", total: from }, { date: "2026-03-02", total: to }).map((figure) => [figure.id, figure]),
  );
const words = (measure: Measure, from: number, to: number) =>
  Object.fromEntries([...figures(measure, from, to)].map(([id, figure]) => [id, figure.words]));

const wellBeing: Measure = {
  ...gad7,
  name: "Well-being",
  scoring: { ...gad7.scoring, range: [0, 100], higherIs: "better" },
  bands: [],
  cutoff: { atLeast: 51, name: "good well-being", source: "made up for this test" },
  remission: undefined,
  reliableChange: { points: 10, source: "made up for this test" },
};
/** Its lowest score is 10, as on a scale of ten items from 1 to 5. */
const distress: Measure = { ...audit, name: "Distress", scoring: { ...audit.scoring, range: [10, 50] }, cutoff: undefined };

describe("what is told of a change", () => {
  test("every figure of a recovery", () => {
    expect(words(phq9, 18, 4)).toEqual({
      raw: "14 points better",
      reliable: "Reliably better",
      clinical: "Recovered",
      percentage: "78 % better",
      response: "Yes",
      remission: "Yes",
    });
  });

  test.each([
    [phq9, 18, 12, "Reliably better", "Improved"],
    [phq9, 11, 9, "No reliable change", "Unchanged"],
    [phq9, 10, 16, "Reliably worse", "Deteriorated"],
    [phq9, 10, 10, "No reliable change", "Unchanged"],
    [phq9, 9, 3, "Reliably better", "Improved; not in the clinical range at the start"],
    [phq9, 9, 8, "No reliable change", "Unchanged; not in the clinical range at the start"],
    [wellBeing, 40, 50, "Reliably better", "Improved"],
    [wellBeing, 40, 51, "Reliably better", "Recovered"],
    [wellBeing, 60, 50, "Reliably worse", "Deteriorated; not in the clinical range at the start"],
  ])("$name from %i to %i: %s, %s", (measure, from, to, reliable, clinical) => {
    expect(words(measure, from, to)).toMatchObject({ reliable, clinical });
  });

  test("without a threshold the change itself is told, and never that it is reliable", () => {
    const told = words(audit, 20, 12);
    expect(told.reliable).toBe("No established threshold: 8 points better");
    expect(told).not.toHaveProperty("clinical");
    expect(JSON.stringify([...figures(audit, 20, 12)])).not.toMatch(/reliably/i);
  });

  test("without a cutoff the class cannot be told", () => {
    const { cutoff: _, ...open } = phq9;
    expect(words(open, 18, 4)).toMatchObject({ reliable: "Reliably better", clinical: "Cannot be told: no established cutoff" });
  });

  test("each figure shows the numbers that it was reached with", () => {
    const shown = figures(phq9, 18, 8);
    expect(shown.get("raw")?.steps).toEqual([
      "At the start, January 5, 2026: 18. Now, March 2, 2026: 8.",
      "Lower is better on the PHQ-9: 18 − 8 = 10.",
    ]);
    expect(shown.get("reliable")?.steps.at(-1)).toBe(
      "10 points better, and the threshold is 6 points: 10 ≥ 6, more than measurement error. Exactly the threshold counts.",
    );
    expect(shown.get("clinical")?.steps[0]).toBe("At the start: 18 ≥ 10, in the clinical range. Now: 8 < 10, outside the clinical range.");
    expect(shown.get("percentage")?.steps).toEqual(["From the start to the best score: 18 points (18 to 0).", "10 ÷ 18 = 55.56 %."]);
    expect(shown.get("remission")?.steps[0]).toBe("Remission is a score below 5: 8 ≥ 5.");
    expect(shown.get("reliable")?.source).toMatch(/NHS Talking Therapies/);
  });

  test("a threshold that the practice had worked out shows how (SD 7.5, reliability .80: Jacobson and Truax 1991, example)", () => {
    const norms = { sd: 7.5, reliability: 0.8, source: "made up for this test" };
    const own = withSetting(audit, MeasureSetting.parse({ norms }));
    expect(figures(own, 32, 22).get("reliable")).toMatchObject({
      words: "Reliably better",
      steps: [
        "Standard error of measurement: 7.5 × √(1 − 0.8) = 3.35.",
        "Standard error of the difference: √2 × 3.35 = 4.74.",
        "Threshold: 1.96 × 4.74 = 9.3; a change has to exceed it, so 10 points.",
        "10 points better, and the threshold is 10 points: 10 ≥ 10, more than measurement error. Exactly the threshold counts.",
      ],
    });
    expect(words(own, 32, 23).reliable).toBe("No reliable change");
  });
});

describe("the class after Jacobson and Truax, against worked numbers", () => {
  const measured = (range: [number, number], higherIs: "worse" | "better", sd: number, cutoff: number): Measure =>
    withSetting(
      { ...wellBeing, scoring: { ...wellBeing.scoring, range, higherIs }, cutoff: { atLeast: cutoff, name: "cutoff c", source: "worked" } },
      MeasureSetting.parse({ norms: { sd, reliability: 0.8, source: "the row's source" } }),
    );
  test.each([
    // Change of 15 over a standard error of the difference of 4.7434: 3.1623, above 1.96. 47.5 is not across the cutoff c of 50.
    { measure: measured([0, 100], "better", 7.5, 50), from: 32.5, to: 47.5, group: "improved", source: "Jacobson and Truax 1991, example" },
    { measure: measured([0, 100], "better", 7.5, 50), from: 32.5, to: 50, group: "recovered", source: "the same, on the cutoff" },
    { measure: measured([0, 50], "worse", 5, 10), from: 20, to: 12, group: "improved", source: "clinicalsignificance, calc_rci_jt: 2.53" },
    { measure: measured([0, 50], "worse", 5, 10), from: 20, to: 16, group: "unchanged", source: "clinicalsignificance, calc_rci_jt: 1.26" },
    { measure: measured([0, 50], "worse", 5, 10), from: 20, to: 20, group: "unchanged", source: "clinicalsignificance, calc_rci_jt: 0" },
    { measure: measured([0, 50], "worse", 5, 10), from: 20, to: 24, group: "unchanged", source: "clinicalsignificance, calc_rci_jt: 1.26" },
    {
      measure: measured([0, 50], "worse", 5, 10),
      from: 20,
      to: 28,
      group: "deteriorated",
      source: "clinicalsignificance, calc_rci_jt: 2.53",
    },
    {
      measure: measured([0, 50], "worse", 5, 10),
      from: 20,
      to: 10,
      group: "improved",
      source: "on the cutoff is a case where higher is worse",
    },
    { measure: measured([0, 50], "worse", 5, 10), from: 20, to: 9, group: "recovered", source: "below it is not" },
  ])("from $from to $to: $group ($source)", ({ measure, from, to, group }) => {
    expect(clinicalChange(measure, from, to)).toBe(group);
  });
});

describe("percentage change, response and remission", () => {
  test.each<[string, Measure, number, number, number | null, boolean | null]>([
    ["the usual fall of the score", phq9, 20, 10, 50, true],
    ["just under half", phq9, 17, 9, 47.06, false],
    ["worse", phq9, 10, 15, -50, false],
    ["nothing to improve", phq9, 0, 4, null, null],
    ["lowest score 10: from 30 to 20 is half of the way to 10", distress, 30, 20, 50, true],
    ["lowest score 10: from 30 to 15 is not half of 30", distress, 30, 15, 75, true],
    ["higher is better: from 40 to 70 is half of the way to 100", wellBeing, 40, 70, 50, true],
    ["higher is better: worse", wellBeing, 40, 34, -10, false],
  ])("%s", (_, measure, from, to, percent, response) => {
    const found = percentageChange(measure, from, to);
    if (percent === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(percent, 2);
    expect(isResponse(measure, from, to)).toBe(response);
  });

  test("just under half is not shown as half", () => {
    const fine = { ...phq9, scoring: { ...phq9.scoring, range: [0, 1000] as [number, number] } };
    expect(words(fine, 1000, 504)).toMatchObject({ percentage: "49.6 % better", response: "No" });
    expect(words(fine, 1000, 500)).toMatchObject({ percentage: "50 % better", response: "Yes" });
  });

  test("remission is strictly below the threshold, and nothing where there is none", () => {
    expect([isRemission(phq9, 4), isRemission(phq9, 5), isRemission(audit, 0), isRemission(wellBeing, 100)]).toEqual([
      true,
      false,
      null,
      null,
    ]);
    expect(words(phq9, 4, 3).remission).toBe("Yes, as at the start");
    expect(words(audit, 4, 0)).not.toHaveProperty("remission");
  });

  test("whoever recovered got better, and nobody who got worse responded", () => {
    fc.assert(
      fc.property(fc.constantFrom(phq9, gad7), fc.nat(21), fc.nat(21), (measure, from, to) => {
        const response = isResponse(measure, from, to);
        return (clinicalChange(measure, from, to) !== "recovered" || to < from) && (response !== true || to < from);
      }),
    );
  });
});

// NHS Talking Therapies, worked examples of the two-measure logic: case, recovery, improvement, reliable recovery, deterioration.
const notAsked = "Not asked: below both cutoffs at the start";
test.each<[string, [number, number], [number, number], [string, string, string, string]]>([
  ["N1", [18, 8], [14, 6], ["Yes", "Yes", "Yes", "No"]],
  ["N2", [11, 9], [7, 6], ["Yes", "No", "No", "No"]],
  ["N3", [20, 13], [16, 12], ["No", "Yes", "No", "No"]],
  ["N4", [12, 5], [9, 13], ["No", "No", "No", "No"]],
  ["N5", [10, 16], [8, 8], ["No", "No", "No", "Yes"]],
  ["N6", [9, 4], [7, 3], [notAsked, "Yes", notAsked, "No"]],
  ["N7", [10, 9], [8, 7], ["Yes", "No", "No", "No"]],
  ["N8", [15, 9], [12, 8], ["No", "Yes", "No", "No"]],
  ["N9", [15, 10], [12, 9], ["No", "No", "No", "No"]],
  ["N11", [24, 18], [18, 14], ["No", "Yes", "No", "No"]],
  ["N12", [9, 15], [7, 3], [notAsked, "No", notAsked, "No"]],
])("%s: PHQ-9 %j, GAD-7 %j", (_, dep, anx, told) => {
  const found = talkingTherapiesFigures({ measure: phq9, first: dep[0], last: dep[1] }, { measure: gad7, first: anx[0], last: anx[1] });
  expect(found.map((figure) => figure.words)).toEqual(told);
});

test("the outcomes of Talking Therapies show how they were reached", () => {
  const found = talkingTherapiesFigures({ measure: phq9, first: 12, last: 5 }, { measure: gad7, first: 9, last: 13 });
  expect(found[0]?.steps.slice(1)).toEqual([
    "At the start: PHQ-9 12 ≥ 10, a case; GAD-7 9 ≥ 8, a case.",
    "Now: PHQ-9 5 < 10, no case; GAD-7 13 ≥ 8, a case.",
  ]);
  expect(found[1]?.steps.at(-1)).toBe("One is reliably better and the other reliably worse: together that is no reliable change.");
  expect(talkingTherapiesFigures({ measure: phq9, first: 12, last: 5 }, { measure: audit, first: 9, last: 13 })).toEqual([]);
});
