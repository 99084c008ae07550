import { describe, expect, it } from "vitest";
import { lintMeasure } from "../library/lint-measure.ts";
import { canBeAnswered, Measure } from "./measure.ts";
import { type MeasureSetting, practiceMeasures, whyWordingDoesNotFit, withSetting } from "./measure-setting.ts";
import { measureOfForm } from "./own/own-form.ts";
import { phq9 } from "./shipped-measures.test-data.ts";

const nothing: MeasureSetting = { wording: null, norms: null, expectedCourse: null };
const norms = { sd: 6.1, reliability: 0.89, source: "Our own clients at intake, 2025" };
/** As a measure whose wording its owner does not let be passed on. */
const brought = Measure.parse({
  ...phq9,
  id: "brought",
  wording: "brought",
  instruction: "",
  items: phq9.items.map(({ number, scored, optional, options }) => ({
    number,
    text: "",
    scored,
    optional,
    ...(options !== undefined && { options }),
  })),
  license: { ...phq9.license, class: "C" },
});
const wording = {
  instruction: "As printed.",
  items: phq9.items.map(({ number }) => `Question ${number} as printed`),
  options: ["never", "now and then", "often", "always"],
  license: "Licence 4711 of January 2026",
};

describe("what a practice adds to a measure", () => {
  it("is a threshold worked out of its own numbers, which goes before a published one and names both", () => {
    const { reliableChange } = withSetting(phq9, { ...nothing, norms });
    // 1.96 × √2 × 6.1 × √0.11 = 5.61
    expect(reliableChange).toMatchObject({ points: 6, norms: { sd: 6.1, reliability: 0.89 } });
    expect(reliableChange?.source).toContain("a standard deviation of 6.1 and a reliability of 0.89");
  });

  it("is a threshold to the hundredth where scores have two decimals", () => {
    const mean = measureOfForm("3f2c8f56-6a0b-4c0c-9a59-0d0b6a4b7a11", {
      kind: "form",
      name: "A mean",
      area: "individual",
      instruction: "",
      questions: ["One question", "Another question"],
      answers: ["never", "often"],
      countsFrom: 0,
      method: "mean",
      higherIs: "worse",
      recall: "the last week",
      everyDays: 7,
      risk: [],
    });
    // 1.96 × √2 × 0.3 × √0.2 = 0.3719
    expect(withSetting(mean, { ...nothing, norms: { ...norms, sd: 0.3, reliability: 0.8 } }).reliableChange?.points).toBe(0.38);
  });

  it("is the wording that it is licensed for, with which the measure can be answered", () => {
    expect([lintMeasure("measure-skeletons/brought.yaml", brought), canBeAnswered(brought)]).toEqual([[], false]);
    const own = withSetting(brought, { ...nothing, wording });
    expect(canBeAnswered(own)).toBe(true);
    expect(own.items[0]?.text).toBe("Question 1 as printed");
    expect(own.options?.map(({ value, label }) => [value, label])).toEqual([
      [0, "never"],
      [1, "now and then"],
      [2, "often"],
      [3, "always"],
    ]);
    expect(own.license.credit).toBe("Licence 4711 of January 2026");
  });

  it("is refused where the number of lines is another", () => {
    expect(whyWordingDoesNotFit(brought, { ...wording, items: ["One question"] })).toContain("has 10 questions; here are 1");
    expect(whyWordingDoesNotFit(brought, { ...wording, options: ["never"] })).toContain("4 answers in common; here are 1");
    expect(whyWordingDoesNotFit(phq9, wording)).toContain("needs no wording");
    expect(whyWordingDoesNotFit(brought, wording)).toBeNull();
  });

  it("never takes the place of a measure of the library", () => {
    expect(practiceMeasures([phq9], {}, [{ ...phq9, name: "Another" }]).map(({ name }) => name)).toEqual([phq9.name]);
  });
});
