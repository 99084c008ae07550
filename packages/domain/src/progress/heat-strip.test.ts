import { describe, expect, it } from "vitest";
import { phq9, shippedMeasure } from "../measures/shipped-measures.test-data.ts";
import { heatStripOf } from "./heat-strip.ts";
import { ownMeasure } from "./progress.test-data.ts";

const given = (measure: string, date: string, answers: (number | null)[], more: object = {}) => ({
  id: date,
  measure,
  measureVersion: "1.0",
  date,
  answers,
  answeredBy: "client" as const,
  status: "completed" as const,
  ...more,
});

describe("answers over time", () => {
  it("have a row for each question with the common answers and a column for each time, oldest first", () => {
    const strip = heatStripOf(phq9, [
      given("phq9", "2026-09-08", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      given("phq9", "2026-09-01", [3, 2, null, 0, 0, 0, 0, 0, 0, 0]),
      given("phq9", "2026-09-15", [3, 3, 3, 3, 3, 3, 3, 3, 3, 3], { status: "entered-in-error" }),
      given("phq9", "2026-09-22", [], { entered: { total: 4, subscales: {} } }),
    ]);
    expect(strip?.dates).toEqual(["2026-09-01", "2026-09-08"]);
    // The tenth question, about function, has answers of its own.
    expect(strip?.rows).toHaveLength(9);
    expect(strip?.rows[0]?.cells).toEqual([
      { answer: 3, label: "Nearly every day", weight: 1 },
      { answer: 1, label: "Several days", weight: 1 / 3 },
    ]);
    expect(strip?.rows[2]?.cells[0]).toEqual({ answer: null, label: "Not answered", weight: 0 });
  });

  it("are heavy where the question runs the other way and the answer is low", () => {
    const cesd = shippedMeasure("cesd");
    const [turned] = cesd.scoring.reverse;
    if (turned === undefined) throw new Error("The CES-D has questions that run the other way.");
    const row = heatStripOf(cesd, [
      given(
        "cesd",
        "2026-09-01",
        Array.from({ length: 20 }, () => 0),
      ),
    ])?.rows[turned - 1];
    expect([row?.reversed, row?.cells[0]?.answer, row?.cells[0]?.weight]).toEqual([true, 0, 1]);
  });

  it("are not there for a measure without answers in common, or of which only scores are known", () => {
    expect(heatStripOf(ownMeasure(), [given("own-rating", "2026-09-01", [4])])).toBeNull();
    expect(heatStripOf(phq9, [given("phq9", "2026-09-22", [], { entered: { total: 4, subscales: {} } })])).toBeNull();
  });
});
