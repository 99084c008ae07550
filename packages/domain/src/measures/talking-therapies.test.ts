import { expect, test } from "vitest";
import type { Measure } from "./measure.ts";
import { audit, gad7, phq9 } from "./shipped-measures.test-data.ts";
import { talkingTherapiesOutcome } from "./talking-therapies.ts";

/** A measure for social anxiety with the thresholds of the manual's appendix, for this test only: its wording is not free. */
const spin: Measure = {
  ...gad7,
  id: "spin",
  scoring: { ...gad7.scoring, range: [0, 68] },
  cutoff: { atLeast: 19, name: "social anxiety", source: "for this test" },
  reliableChange: { points: 10, source: "for this test" },
};

const yes = true;
const no = false;
test.each<[string, [number, number], [number, number], [boolean, boolean | null, boolean, boolean | null, boolean]]>([
  ["both better and below", [18, 8], [14, 6], [yes, yes, yes, yes, no]],
  ["below both cutoffs by less than a reliable change", [11, 9], [7, 6], [yes, yes, no, no, no]],
  ["better and still a case", [20, 13], [16, 12], [yes, no, yes, no, no]],
  ["one better, one worse", [12, 5], [9, 13], [yes, no, no, no, no]],
  ["worse", [10, 16], [8, 8], [yes, no, no, no, yes]],
  ["no case at the start", [9, 4], [7, 3], [no, null, yes, null, no]],
  ["just across both cutoffs", [10, 9], [8, 7], [yes, yes, no, no, no]],
  ["an 8 on the GAD-7 is still a case", [15, 9], [12, 8], [yes, no, yes, no, no]],
  ["a little better on both", [15, 10], [12, 9], [yes, no, no, no, no]],
  ["exactly the thresholds", [24, 18], [18, 14], [yes, no, yes, no, no]],
  ["one worse and one better without a case at the start", [9, 15], [7, 3], [no, null, no, null, no]],
])("%s: PHQ-9 %j, GAD-7 %j", (_, dep, anx, [caseAtStart, recovery, reliableImprovement, reliableRecovery, reliableDeterioration]) => {
  expect(talkingTherapiesOutcome({ measure: phq9, first: dep[0], last: dep[1] }, { measure: gad7, first: anx[0], last: anx[1] })).toEqual({
    caseAtStart,
    recovery,
    reliableImprovement,
    reliableRecovery,
    reliableDeterioration,
  });
});

test("the measure of the client's own disorder stands in the GAD-7's place", () => {
  expect(talkingTherapiesOutcome({ measure: phq9, first: 8, last: 7 }, { measure: spin, first: 40, last: 18 })).toMatchObject({
    recovery: true,
    reliableImprovement: true,
    reliableRecovery: true,
  });
});

test("a measure without a threshold gives no outcome", () => {
  expect(talkingTherapiesOutcome({ measure: phq9, first: 18, last: 8 }, { measure: audit, first: 20, last: 4 })).toBeNull();
});
