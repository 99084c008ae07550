import { describe, expect, it } from "vitest";
import { gad7, phq9, shippedMeasures } from "../measures/shipped-measures.test-data.ts";
import { plainGrade, readingGrade } from "../reading-level/reading-level.ts";
import { courseOn, ownMeasure } from "./progress.test-data.ts";
import { clientSentences, courseInWords, gapWords } from "./progress-words.ts";

describe("what a client reads above a picture", () => {
  it.each([
    ["clearly better", courseOn(phq9, [17, 12, 9]), "Your depression score went from 17 to 9: clearly better, by more than chance."],
    ["exactly the threshold", courseOn(gad7, [10, 6]), "Your anxiety score went from 10 to 6: clearly better, by more than chance."],
    ["within chance", courseOn(phq9, [17, 15]), "Your depression score went from 17 to 15: a little better, but that can still be chance."],
    [
      "clearly worse",
      courseOn(phq9, [9, 17]),
      "Your depression score went from 9 to 17: clearly worse, by more than chance. Let us look at what could help more.",
    ],
    ["the same", courseOn(phq9, [9, 12, 9]), "Your depression score is 9, the same as at the start. Lower is better."],
    ["the first", courseOn(phq9, [9]), "Your first depression score is 9. Lower is better."],
    [
      "no threshold, higher is better, a goal not reached",
      courseOn(ownMeasure(), [1, 3], 7, { target: 5 }),
      "Your “Days with a walk” score went from 1 to 3. Higher is better. Your goal is 5 or more.",
    ],
    [
      "a goal reached",
      courseOn(phq9, [17, 9], 7, { target: 9 }),
      "Your depression score went from 17 to 9: clearly better, by more than chance. You have reached your goal of 9 or less.",
    ],
  ])("%s", (_, course, said) => {
    expect(clientSentences(course).join(" ")).toBe(said);
  });

  it("calls nothing clear or chance where nobody has established what is", () => {
    for (const measure of shippedMeasures.filter(({ reliableChange }) => reliableChange === undefined)) {
      const [low, high] = measure.scoring.range;
      expect(clientSentences(courseOn(measure, [high, low])).join(" ")).not.toMatch(/clearly|chance/);
    }
  });

  it("is understood at grade 8 or below for every measure", () => {
    for (const measure of shippedMeasures) {
      const [low, high] = measure.scoring.range;
      const said = clientSentences(courseOn(measure, [high, low], 7, { target: low }));
      expect(readingGrade(said.join("\n")), said.join(" ")).toBeLessThanOrEqual(plainGrade);
    }
  });
});

it("the words of a picture have its scores, its target, its gaps and what happened", () => {
  const gap = { from: "2026-09-01", to: "2026-10-06", days: 35 };
  const course = courseOn(phq9, [17, 9], 35, {
    target: 9,
    gaps: [gap],
    sessions: [{ id: "s", date: "2026-09-01", attendance: "missed" }],
    events: [{ id: "e", date: "2026-09-20", kind: "medication", label: "Sertraline 50 mg" }],
  });
  expect(courseInWords(course, "clinician")).toBe(
    "PHQ-9 from September 1, 2026 to October 6, 2026, given 2 times: 17, 9. Lower is better. The cutoff is 10. The target is 9 or less. Not given for 5 weeks, from September 1, 2026 to October 6, 2026. 0 sessions took place, 1 did not. September 20, 2026: Sertraline 50 mg.",
  );
  expect(courseInWords(course, "client")).not.toContain("cutoff");
  expect(gapWords({ ...gap, days: 12 })).toContain("for 12 days");
});
