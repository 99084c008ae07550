import { describe, expect, it } from "vitest";
import { measuresIn } from "../measures/shipped-measures.test-data.ts";
import type { LibraryMetric, LibraryObjective } from "./chapter.ts";
import { metricWords, objectivePattern, targetWords } from "./objective-pattern.ts";

const measures = new Map(measuresIn("measures").map((measure) => [measure.id, measure]));
const phq9 = measures.get("phq9");

const pattern = (wording: string, metric: LibraryMetric, parameters: LibraryObjective["parameters"] = {}): string =>
  objectivePattern(wording, { metric, parameters, weeks: 8 }, measures)
    .map(({ text, blank }) => (blank ? `[${text}]` : text))
    .join("");

const measured = (target: Extract<LibraryMetric, { kind: "measure" }>["target"], item?: number): LibraryMetric => ({
  kind: "measure",
  measure: "phq9",
  direction: "decrease",
  target,
  ...(item === undefined ? {} : { item }),
});

describe("an objective before anybody's numbers are in it", () => {
  it("names the measure, where it begins, where it is to go and when", () => {
    expect(pattern("Lower {measure} from {baseline} to {target} by {date}.", measured("cutoff"))).toBe(
      "Lower [PHQ-9] from [the start] to [below 10] by [in 8 weeks].",
    );
    expect(pattern("{measure} goes down.", measured(1, 3))).toBe("[PHQ-9, question 3] goes down.");
  });

  it("shows an example where only the client can say what is meant, and marks it as one", () => {
    const parts = objectivePattern(
      "Walk to {place} on {number} days, {how}.",
      {
        metric: { kind: "count", unit: "days a week", direction: "increase", target: 4, max: 7 },
        parameters: {
          place: { kind: "text", label: "Where to", example: "the river" },
          number: { kind: "number", label: "Days", default: 3, min: 1, max: 7 },
          how: { kind: "choice", label: "How", options: ["alone", "with a friend"], default: "alone" },
        },
        weeks: 1,
      },
      measures,
    );
    expect(parts.map(({ text }) => text).join("")).toBe("Walk to the river on 3 days, alone or with a friend.");
    expect(parts.filter(({ isExample }) => isExample).map(({ text }) => text)).toEqual(["the river"]);
  });
});

it.each([
  ["cutoff", "below 10"],
  ["reliable-change", "6 points better"],
  ["response", "half of the start"],
  ["remission", "remission"],
  [5, "5"],
] as const)("the target %s reads %s", (target, words) => {
  expect(targetWords(measured(target), phq9)).toBe(words);
});

it.each([
  [measured("cutoff"), "PHQ-9"],
  [{ kind: "count", unit: "days a week", direction: "increase", target: 4, max: 7 }, "Counted: days a week"],
  [{ kind: "rating", zero: "none", ten: "the worst", direction: "decrease", target: 3 }, "Rated: 0 is none, 10 is the worst"],
  [{ kind: "milestone", evidenceOfDone: "The letter is sent" }, "Done when: the letter is sent"],
] as [LibraryMetric, string][])("how %j is measured", (metric, words) => {
  expect(metricWords(metric, phq9)).toBe(words);
});
