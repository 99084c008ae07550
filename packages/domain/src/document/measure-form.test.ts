import { describe, expect, it } from "vitest";
import { audit, pcptsd5, phq9 } from "../measures/shipped-measures.test-data.ts";
import { measureForm } from "./measure-form.ts";

describe("a questionnaire on paper", () => {
  it("has every question once, in its order, and the number of every answer beside it", () => {
    const form = measureForm(phq9, "Linden Street Counseling");
    expect(form.parts.flatMap(({ rows }) => rows.map(({ number, text }) => `${number} ${text}`))).toEqual(
      phq9.items.map(({ number, text }) => `${number} ${text}`),
    );
    expect(form.parts[0]?.columns.map(({ number, label }) => `${number} ${label}`)).toEqual([
      "0 Not at all",
      "1 Several days",
      "2 More than half the days",
      "3 Nearly every day",
    ]);
  });

  it("begins a new part where the answers change, and only there", () => {
    expect(measureForm(phq9, "").parts.map(({ rows }) => rows.length)).toEqual([9, 1]);
    expect(measureForm(audit, "").parts.map(({ rows }) => rows.map(({ number }) => number).join(" "))).toEqual([
      "1",
      "2",
      "3 4 5 6 7 8",
      "9 10",
    ]);
  });

  it("prints the beginning of a sentence once above the questions that end it", () => {
    expect(measureForm(pcptsd5, "").parts.map(({ lead, rows }) => [lead !== "", rows.length])).toEqual([
      [false, 1],
      [true, 5],
    ]);
  });

  it("says whose text it is", () => {
    expect(measureForm(phq9, "").credit).toContain("Spitzer");
  });

  it("leaves a line for a number, and puts answers in sentences below the question", () => {
    const [first, second] = phq9.items;
    if (!first || !second) throw new Error("The PHQ-9 has nine questions.");
    const form = measureForm(
      {
        ...phq9,
        items: [
          { ...first, quantity: { min: 0, max: 24, step: 0.5, unit: "hours" } },
          {
            ...second,
            options: [
              { value: 0, label: "I sleep as well as I did before all this began, or better" },
              { value: 1, label: "I wake more often than I did before all this began" },
            ],
          },
        ],
      },
      "",
    );
    expect(form.parts).toHaveLength(1);
    expect(form.parts[0]?.columns).toEqual([]);
    expect(form.parts[0]?.rows.map(({ unit, answers }) => [unit, answers.length])).toEqual([
      ["0 to 24 hours", 0],
      [null, 2],
    ]);
  });

  it("is not made of a measure whose wording is not here", () => {
    expect(() => measureForm({ ...phq9, wording: "brought" }, "")).toThrow("wording");
  });
});
