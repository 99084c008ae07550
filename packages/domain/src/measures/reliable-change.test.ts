import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Measure } from "./measure.ts";
import { clinicalChange, reliableChange, type TargetRule, targetFor } from "./reliable-change.ts";
import { audit, gad7, pcl5, phq9 } from "./shipped-measures.test-data.ts";

const nhs = "NHS Talking Therapies manual: 6 points on the PHQ-9, 4 on the GAD-7, equality counts";
const ncptsd = "National Center for PTSD: 10 points on the PCL-5";

test.each([
  { measure: phq9, from: 18, to: 8, change: "improved", source: nhs },
  { measure: phq9, from: 24, to: 18, change: "improved", source: nhs },
  { measure: phq9, from: 15, to: 10, change: "no-reliable-change", source: nhs },
  { measure: phq9, from: 10, to: 16, change: "deteriorated", source: nhs },
  { measure: phq9, from: 10, to: 15, change: "no-reliable-change", source: nhs },
  { measure: gad7, from: 18, to: 14, change: "improved", source: nhs },
  { measure: gad7, from: 12, to: 9, change: "no-reliable-change", source: nhs },
  { measure: gad7, from: 9, to: 13, change: "deteriorated", source: nhs },
  { measure: pcl5, from: 50, to: 40, change: "improved", source: ncptsd },
  { measure: pcl5, from: 50, to: 41, change: "no-reliable-change", source: ncptsd },
  { measure: audit, from: 30, to: 2, change: null, source: "no published threshold: never called reliable" },
])("$measure.name from $from to $to: $change", ({ measure, from, to, change }) => {
  expect(reliableChange(measure, from, to)).toBe(change);
});

const jacobsonTruax = "Jacobson and Truax 1991: reliable change and cutoff together";
test.each([
  { measure: phq9, from: 18, to: 8, change: "recovered", source: jacobsonTruax },
  { measure: phq9, from: 20, to: 13, change: "improved", source: jacobsonTruax },
  { measure: phq9, from: 11, to: 9, change: "unchanged", source: `${jacobsonTruax}; crossing the cutoff without reliable change` },
  { measure: gad7, from: 12, to: 8, change: "improved", source: `${jacobsonTruax}; 8 is still a case` },
  { measure: gad7, from: 12, to: 7, change: "recovered", source: jacobsonTruax },
  { measure: phq9, from: 9, to: 3, change: "improved", source: `${jacobsonTruax}; was not in the clinical range` },
  { measure: phq9, from: 10, to: 16, change: "deteriorated", source: jacobsonTruax },
  { measure: audit, from: 20, to: 4, change: null, source: "no threshold" },
])("$measure.name from $from to $to: $change", ({ measure, from, to, change }) => {
  expect(clinicalChange(measure, from, to)).toBe(change);
});

const wellBeing: Measure = {
  ...gad7,
  scoring: { ...gad7.scoring, range: [0, 40], higherIs: "better" },
  bands: [],
  cutoff: { atLeast: 26, name: "healthy range", source: "made up for this test" },
  remission: undefined,
  reliableChange: { points: 5, source: "made up for this test" },
};

describe("higher is better", () => {
  test("a rise is an improvement", () => {
    expect(reliableChange(wellBeing, 15, 20)).toBe("improved");
    expect(reliableChange(wellBeing, 20, 15)).toBe("deteriorated");
    expect(clinicalChange(wellBeing, 20, 26)).toBe("recovered");
  });

  test("targets lie above the baseline", () => {
    expect(targetFor(wellBeing, 15, "cutoff")).toEqual({ target: 26, rule: "cutoff" });
    expect(targetFor(wellBeing, 24, "cutoff")).toEqual({ target: 29, rule: "reliable-change" });
    expect(targetFor(wellBeing, 15, "reliable-change")).toEqual({ target: 20, rule: "reliable-change" });
    expect(targetFor(wellBeing, 38, "reliable-change")).toBeNull();
    expect(targetFor(wellBeing, 15, "response")).toBeNull();
  });
});

describe("the target of an objective", () => {
  const size = (measure: Measure, baseline: number, rule: TargetRule): [number, TargetRule] | null => {
    const sized = targetFor(measure, baseline, rule);
    return sized === null ? null : [sized.target, sized.rule];
  };

  test.each<[string, [number, TargetRule] | null, [number, TargetRule] | null]>([
    ["cutoff, from the clinical range", size(phq9, 17, "cutoff"), [9, "cutoff"]],
    ["cutoff, exactly a reliable change away", size(phq9, 15, "cutoff"), [9, "cutoff"]],
    ["cutoff, closer than a reliable change", size(phq9, 12, "cutoff"), [6, "reliable-change"]],
    ["cutoff, at the cutoff", size(phq9, 10, "cutoff"), [4, "reliable-change"]],
    ["cutoff, already below it", size(phq9, 8, "cutoff"), [4, "remission"]],
    ["cutoff, in remission", size(phq9, 4, "cutoff"), null],
    ["cutoff, below it without a remission threshold", size(pcl5, 28, "cutoff"), [18, "reliable-change"]],
    ["cutoff, nothing left to gain", size(pcl5, 8, "cutoff"), null],
    ["cutoff without a reliable-change threshold", size(audit, 8, "cutoff"), [7, "cutoff"]],
    ["cutoff, below it without any other threshold", size(audit, 7, "cutoff"), null],
    ["reliable change", size(pcl5, 54, "reliable-change"), [44, "reliable-change"]],
    ["reliable change that would leave the range", size(phq9, 5, "reliable-change"), [4, "remission"]],
    ["reliable change without a threshold", size(audit, 20, "reliable-change"), null],
    ["response, even", size(phq9, 18, "response"), [9, "response"]],
    ["response, odd: at least half is gone", size(phq9, 17, "response"), [8, "response"]],
    ["response without symptoms", size(audit, 0, "response"), null],
    ["remission", size(gad7, 15, "remission"), [4, "remission"]],
    ["remission without a threshold", size(pcl5, 60, "remission"), null],
  ])("%s", (_, sized, expected) => {
    expect(sized).toEqual(expected);
  });

  test("is always a whole number in range and better than the baseline", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(phq9, gad7, pcl5, audit),
        fc.nat(80),
        fc.constantFrom<TargetRule>("cutoff", "reliable-change", "response", "remission"),
        (measure, raw, rule) => {
          const [low, high] = measure.scoring.range;
          const baseline = Math.min(raw, high);
          const sized = targetFor(measure, baseline, rule);
          return sized === null || (Number.isInteger(sized.target) && sized.target >= low && sized.target < baseline);
        },
      ),
    );
  });
});
