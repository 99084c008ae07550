import type { ReadQuestion } from "@trellis/domain/measures/own/from-questionnaire";
import { describe, expect, it } from "vitest";
import { openScales, withTypedNumbers } from "./questionnaire-draft.ts";

const yesNo: ReadQuestion = {
  text: "Did you sleep?",
  loinc: null,
  optional: false,
  answer: {
    kind: "options",
    numbered: true,
    options: [
      { value: 0, label: "No" },
      { value: 1, label: "Yes" },
    ],
  },
};
const drinks: ReadQuestion = {
  text: "How many drinks?",
  loinc: null,
  optional: false,
  answer: { kind: "number", open: true, quantity: { min: 0, max: 100, step: 1, unit: "" } },
};
const questions = [yesNo, drinks, { ...yesNo, text: "Did you eat?" }];
const key = "No\nYes";

describe("a questionnaire that does not say what its answers count", () => {
  it("is asked once for each scale", () => {
    expect(openScales(questions)).toEqual([{ key, labels: ["No", "Yes"], numbers: [1, 3] }]);
  });

  it("takes the numbers that were typed, in every question of the scale", () => {
    const typed = withTypedNumbers(questions, new Map([[key, ["1", "0"]]]), new Map([[1, { min: "0", max: "40" }]]));
    expect(typed.problems.size).toBe(0);
    expect(typed.questions[2]?.answer).toMatchObject({ options: [{ value: 1 }, { value: 0 }] });
    expect(typed.questions[1]?.answer).toMatchObject({ quantity: { min: 0, max: 40 } });
  });

  it("says at the field what cannot be", () => {
    const { problems } = withTypedNumbers(questions, new Map([[key, ["1", "1"]]]), new Map([[1, { min: "9", max: "4" }]]));
    expect([...problems]).toEqual([
      ["/values/0/1", "Another answer counts the same."],
      ["/ends/1", "The highest lies above the lowest."],
    ]);
  });
});
