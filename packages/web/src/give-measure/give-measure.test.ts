import { type Measure, optionsOf } from "@trellis/domain/measures/measure";
import { scoreAnswers } from "@trellis/domain/measures/score";
import { audit, gad7, pcptsd5, phq9, shippedMeasures } from "@trellis/domain/measures/shipped-measures.test-data";
import { describe, expect, it } from "vitest";
import { answerForKey, leftOut, neighbor, noAnswers, questionWords, stillOpen, withoutLeftOut } from "./answers.ts";
import { changeWords, completenessWords, cutoffWords, givenAlreadyWords, scoreWords, seriesOf } from "./score-words.ts";

const given = (id: string, date: string, answers: readonly number[], status: "completed" | "entered-in-error" = "completed") => ({
  id,
  measure: "phq9",
  measureVersion: "1.0",
  date,
  answers: [...answers],
  answeredBy: "client" as const,
  status,
});

describe("entering answers by digit", () => {
  it("takes the digits that an item has, and no others", () => {
    const [first] = phq9.items;
    const ninth = audit.items[8];
    if (first === undefined || ninth === undefined) throw new Error("the measures have these items");
    expect(answerForKey(phq9, first, "3")).toBe(3);
    expect(answerForKey(phq9, first, "4")).toBeUndefined();
    expect(answerForKey(phq9, first, "x")).toBeUndefined();
    expect(answerForKey(audit, ninth, "1")).toBeUndefined();
    expect(answerForKey(audit, ninth, "4")).toBe(4);
  });

  it("can enter every answer of every measure with one key", () => {
    for (const measure of shippedMeasures)
      for (const item of measure.items)
        for (const { value } of optionsOf(measure, item))
          expect(answerForKey(measure, item, value === 10 ? "x" : String(value))).toBe(value);
  });

  it("passes over what the form says to leave out", () => {
    const never = noAnswers(audit).with(0, 0);
    expect([...leftOut(audit, never)]).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(neighbor(audit, never, 1, 1)).toBe(9);
    expect(neighbor(audit, never, 9, -1)).toBe(1);
    expect(neighbor(audit, never, 10, 1)).toBeNull();
    expect(stillOpen(audit, never)).toEqual([9, 10]);
  });

  it("keeps no answer of an item that is left out in the end", () => {
    const changedMind = noAnswers(audit).with(0, 0).with(3, 4).with(8, 0).with(9, 0);
    expect(withoutLeftOut(audit, changedMind)[3]).toBeNull();
    expect(scoreAnswers(audit, withoutLeftOut(audit, changedMind)).total).toBe(0);
  });

  it("ends where the form ends", () => {
    const noSuchEvent = noAnswers(pcptsd5).with(2, 1).with(0, 0);
    expect(neighbor(pcptsd5, noSuchEvent, 1, 1)).toBeNull();
    expect(stillOpen(pcptsd5, noSuchEvent)).toEqual([]);
    expect(scoreAnswers(pcptsd5, withoutLeftOut(pcptsd5, noSuchEvent)).total).toBe(0);
  });

  it("reads a question with the beginning that the form prints above it", () => {
    expect(pcptsd5.items.slice(0, 4).map(questionWords)).toEqual([
      "Have you ever experienced this kind of event?",
      "In the past month, have you … Had nightmares about the event(s) or thought about the event(s) when you did not want to?",
      "In the past month, have you … Tried hard not to think about the event(s) or went out of your way to avoid situations that reminded you of the event(s)?",
      "In the past month, have you … Been constantly on guard, watchful, or easily startled?",
    ]);
  });

  it("does not ask for the item that may be left open", () => {
    expect(stillOpen(phq9, noAnswers(phq9))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("scores in words", () => {
  const high = given("a", "2026-09-01", [2, 2, 2, 2, 2, 2, 2, 2, 2]);
  const low = given("b", "2026-11-01", [1, 1, 1, 1, 1, 1, 1, 1, 1]);

  it("says on which side of the cutoff a score lies by the number, also where higher is better", () => {
    const cutoff = { atLeast: 10, name: "a good day", source: "made up" };
    expect(cutoffWords({ ...phq9, cutoff }, 10)).toBe("At or above the cutoff of 10 for a good day.");
    expect(cutoffWords({ ...phq9, cutoff }, 9)).toBe("Below the cutoff of 10 for a good day.");
    const wellBeing: Measure = { ...phq9, cutoff, scoring: { ...phq9.scoring, higherIs: "better" } };
    expect(cutoffWords(wellBeing, 10)).toBe("At or above the cutoff of 10 for a good day. Higher is better here.");
    expect(cutoffWords(wellBeing, 9)).toBe("Below the cutoff of 10 for a good day. Higher is better here.");
  });

  it("says that a measure was given on that day already, and what came of it", () => {
    const wrong = given("c", "2026-11-02", [3, 3, 3, 3, 3, 3, 3, 3, 3], "entered-in-error");
    const gone = given("d", "2026-11-03", []);
    const words = (date: string, today: string) => givenAlreadyWords(phq9, [high, low, wrong, gone], date, today);
    expect(words("2026-11-01", "2026-11-01")).toBe("PHQ-9 was given today already: 9 of 27.");
    expect(words("2026-09-01", "2026-11-01")).toBe("PHQ-9 was given on September 1, 2026 already: 18 of 27.");
    expect(words("2026-11-03", "2026-11-03")).toBe("PHQ-9 was given today already.");
    expect(words("2026-11-02", "2026-11-02")).toBe("");
    expect(givenAlreadyWords(gad7, [high], "2026-09-01", "2026-09-01")).toBe("");
  });

  it("names the band", () => {
    expect(scoreWords(phq9, 18)).toBe("18 of 27, moderately severe");
  });

  it("orders by date and counts nothing that was entered in error", () => {
    const series = seriesOf(phq9, [low, given("c", "2026-10-01", [3, 3, 3, 3, 3, 3, 3, 3, 3], "entered-in-error"), high]);
    expect(series.map(({ id, total }) => [id, total])).toEqual([
      ["a", 18],
      ["b", 9],
    ]);
  });

  it("speaks of measurement error only where the measure has a threshold", () => {
    expect(changeWords(phq9, seriesOf(phq9, [high, low]))).toBe("9 points better since September 1, 2026: more than measurement error");
    const point = (id: string, date: string, total: number) => ({ id, date, total, band: "" });
    expect(changeWords(phq9, [point("a", "2026-09-01", 10), point("b", "2026-10-01", 9)])).toBe(
      "1 point better since September 1, 2026: within measurement error",
    );
    expect(changeWords(audit, [point("a", "2026-09-01", 30), point("b", "2026-10-01", 2)])).toBe(
      "28 points better since September 1, 2026",
    );
    expect(changeWords(phq9, [point("a", "2026-09-01", 10)])).toBe("");
  });

  it("says when there is no total, or one worked out", () => {
    expect(completenessWords(scoreAnswers(phq9, [1, 1, 1, 1, 1, 1, 1, 1, null]))).toBe(
      "The total is worked out from the other answers, because item 9 was not answered.",
    );
    expect(completenessWords(scoreAnswers(phq9, [1, 1, 1, 1, 1, 1]))).toBe("No total: items 7, 8, 9 were not answered.");
    expect(completenessWords(scoreAnswers(phq9, [1, 1, 1, 1, 1, 1, 1, 1, 1]))).toBe("");
  });
});
