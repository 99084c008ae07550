import { expect, test } from "vitest";
import type { LibraryMetric } from "../../library/chapter.ts";
import { assembleLibrary, libraryWith } from "../../library/library.ts";
import { Measure } from "../../measures/measure.ts";
import { phq9 } from "../../measures/shipped-measures.test-data.ts";
import { countedIds, exampleRecord, today } from "../plan.test-data.ts";
import { draftContext } from "./draft-context.ts";
import { sizeMetric } from "./size-metric.ts";

/** A measure made up for these tests: four questions from 0 to 4. */
const made = (more: Partial<Measure>): Measure =>
  Measure.parse({
    ...phq9,
    id: "made-up",
    name: "Made-up",
    options: [0, 1, 2, 3, 4].map((value) => ({ value, label: `answer ${value}` })),
    items: [1, 2, 3, 4].map((number) => ({ number, text: `Question ${number}` })),
    bands: [],
    flags: [],
    remission: undefined,
    ...more,
  });
const mean = made({
  scoring: { ...phq9.scoring, method: "mean", range: [0, 4], maxMissing: 0 },
  cutoff: { atLeast: 1.5, name: "clinical", source: "made up for this test" },
  reliableChange: { points: 0.75, source: "made up for this test" },
});
const wellBeing = made({
  scoring: { ...phq9.scoring, method: "sum", range: [0, 16], higherIs: "better", maxMissing: 0 },
  cutoff: { atLeast: 12, name: "healthy range", source: "made up for this test" },
  reliableChange: { points: 3, source: "made up for this test" },
});

function sized(measure: Measure, answers: readonly number[] | null, metric: Partial<Extract<LibraryMetric, { kind: "measure" }>>) {
  const administrations =
    answers === null
      ? []
      : [
          {
            id: "a1",
            measure: measure.id,
            measureVersion: measure.version,
            date: "2026-11-20",
            answers: [...answers],
            answeredBy: "client" as const,
            status: "completed" as const,
          },
        ];
  const library = libraryWith(assembleLibrary([]), [measure]);
  const direction = measure.scoring.higherIs === "worse" ? ("decrease" as const) : ("increase" as const);
  return sizeMetric(
    { kind: "measure", measure: measure.id, direction, target: "cutoff", ...metric },
    draftContext(exampleRecord({ administrations }), library, today, countedIds()),
  );
}

test("the baseline is the last score and says so, with decimals where the measure has them", () => {
  const found = sized(mean, [3, 2, 2, 3], {});
  expect(found?.metric).toMatchObject({ baseline: 2.5, baselineDate: "2026-11-20", target: 1.49, max: 4 });
  expect(found?.because.map(({ text }) => text)).toEqual([
    "Baseline: Made-up was 2.5 on November 20, 2026.",
    "Target 1.49: below the clinical cutoff of 1.5 (made up for this test).",
  ]);
  expect(sized(mean, [3, 2, 2, 3], { target: "reliable-change" })?.metric.target).toBe(1.75);
});

test("where higher is better the target lies above the baseline, and the reason says so", () => {
  const found = sized(wellBeing, [2, 2, 1, 1], {});
  expect(found?.metric).toMatchObject({ direction: "increase", baseline: 6, target: 12 });
  expect(found?.because[1]?.text).toBe("Target 12: out of the clinical range, at the cutoff of 12 (made up for this test).");
  expect(sized(wellBeing, [3, 3, 3, 2], {})?.because[1]?.text).toBe(
    "Target 14: higher by a reliable change of 3 points (made up for this test).",
  );
  expect(sized(wellBeing, [4, 4, 4, 4], {})).toBeNull();
});

test("one question that is answered with a number gives its baseline", () => {
  const counted = made({
    options: undefined,
    items: [
      {
        number: 1,
        text: "How many panic attacks?",
        quantity: { min: 0, max: 50, step: 1, unit: "attacks" },
        scored: true,
        optional: false,
      },
    ],
    scoring: { ...phq9.scoring, range: [0, 50], maxMissing: 0 },
    cutoff: undefined,
    reliableChange: undefined,
  });
  const found = sized(counted, [14], { item: 1, target: 3 });
  expect(found?.metric).toMatchObject({ baseline: 14, baselineDate: "2026-11-20", target: 3 });
  expect(found?.because[0]?.text).toBe("Baseline: Made-up question 1 was answered 14 on November 20, 2026.");
});

test("a baseline that nobody measured is asked for, never made up", () => {
  const found = sized(mean, null, {});
  expect(found?.metric).toMatchObject({ baseline: null, baselineDate: null, target: 1.49 });
  expect(found?.because[0]?.text).toBe("The baseline waits for the Made-up: give it, and enter the score.");
});
