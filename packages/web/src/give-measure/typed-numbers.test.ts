import { dailyCountMeasure } from "@trellis/domain/measures/own/daily-count";
import { goalScaleMeasure } from "@trellis/domain/measures/own/goal-scale";
import { ratingMeasure } from "@trellis/domain/measures/own/rating";
import { phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import { describe, expect, it } from "vitest";
import { answerForKey, isNumberRow, keyWords, noAnswers, questionWords } from "./answers.ts";
import { scoreWords } from "./score-words.ts";
import { noScores, readScores, typedFault, withTyped } from "./typed-numbers.ts";

const uuid = "3f2c8f56-6a0b-4c0c-9a59-0d0b6a4b7a11";
const common = { area: "individual", question: "How strong is it now?", higherIs: "worse", riskFrom: null } as const;
const rating = ratingMeasure(uuid, { ...common, kind: "rating", name: "Dread", low: "none", high: "the worst" });
const sleep = dailyCountMeasure(uuid, { ...common, kind: "count", name: "Sleep", unit: "hours", max: 24, halves: true });
const goals = goalScaleMeasure(uuid, {
  kind: "goals",
  name: "Goals",
  area: "individual",
  goals: [{ text: "Going out", weight: 1, levels: ["never", "seldom", "weekly", "often", "daily"] }],
});
const key = (measure: typeof rating, pressed: string, afterMinus = false) => {
  const item = measure.items[0];
  return item && answerForKey(measure, item, pressed, afterMinus);
};

describe("answers from the keyboard", () => {
  it("have a key each from 0 to 10, so that 1 never waits for a 0", () => {
    expect(["0", "1", "9", "x", "X", "+"].map((pressed) => key(rating, pressed))).toEqual([0, 1, 9, 10, 10, 10]);
    expect(key(phq9, "x")).toBeUndefined();
    expect(keyWords(rating)).toContain("For 10 press X");
    expect(keyWords(phq9)).not.toContain("X");
  });

  it("go below 0 by a minus before the digit", () => {
    expect([key(goals, "2"), key(goals, "2", true), key(goals, "3", true), key(rating, "2", true)]).toEqual([2, -2, undefined, undefined]);
    expect(keyWords(goals)).toContain("press − and then the digit");
  });

  it("stand as a row of numbers where only the ends have words", () => {
    expect(isNumberRow(rating.items[0]?.options ?? [])).toBe(true);
    expect(isNumberRow(phq9.options ?? [])).toBe(false);
  });
});

describe("a number that is typed", () => {
  it("is read with a point or a comma, and stays in its field where it does not fit", () => {
    const typed = (text: string) => new Map([[1, text]]);
    expect(withTyped(sleep, noAnswers(sleep), typed(" 6,5 "))).toEqual([6.5]);
    expect(withTyped(sleep, noAnswers(sleep), typed("six"))).toEqual([null]);
    expect(typedFault(sleep, typed("six"), 1)).toBe("Type a number, such as 3.5.");
    expect(typedFault(sleep, typed("25"), 1)).toBe("25 does not fit. A number from 0 to 24; halves too, such as 6.5.");
    expect(typedFault(sleep, typed("6.2"), 1)).toContain("6.2 does not fit.");
    expect(typedFault(sleep, typed(""), 1)).toBeUndefined();
  });
});

describe("a score alone", () => {
  it("is read with its subscales; what is no number is said at its field", () => {
    expect(readScores({ total: "14", subscales: { a: "", b: "3" } })).toEqual({
      entered: { total: 14, subscales: { b: 3 } },
      faults: new Map(),
    });
    expect([...readScores({ total: "14 of 27", subscales: { a: "?" } }).faults.keys()]).toEqual(["/entered/subscales/a", "/entered/total"]);
    expect(readScores(noScores).entered).toEqual({ total: null, subscales: {} });
  });
});

describe("the words for a score", () => {
  it("are those of what was counted", () => {
    expect([scoreWords(sleep, 6.5), scoreWords(goals, 50), scoreWords(rating, 7), scoreWords(phq9, 14)]).toEqual([
      "6.5 hours",
      "T-score 50",
      "7 of 10",
      "14 of 27, moderate",
    ]);
  });

  it("name a question whose wording is not here by its number", () => {
    expect(questionWords({ number: 3, text: "", scored: true, optional: false })).toBe("Question 3 of the form");
  });
});
