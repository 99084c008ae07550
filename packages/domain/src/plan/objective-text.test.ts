import { describe, expect, it } from "vitest";
import { objectiveText, openBlanksOf } from "./objective-text.ts";
import { exampleObjective } from "./plan.test-data.ts";

describe("an objective in full words", () => {
  it("fills baseline, target and date from its metric", () => {
    expect(objectiveText(exampleObjective())).toBe("Raise the days with a planned activity from 1 to 4 a week by February 1, 2027.");
    expect(objectiveText(exampleObjective(), "plain")).toBe("Go from 1 to 4 active days a week by February 1, 2027.");
  });

  it("leaves a visible line where a number is not known, and names the blank", () => {
    const objective = exampleObjective({
      metric: { kind: "count", unit: "days", direction: "increase", baseline: null, baselineDate: null, target: 4 },
    });
    expect(objectiveText(objective)).toContain("from ____ to 4");
    expect(openBlanksOf(objective)).toEqual(["baseline"]);
  });

  it("fills the template's own blanks, and counts an empty one as open", () => {
    const objective = exampleObjective({ text: "Take part in {activity} by {date}.", parameters: { activity: "" } });
    expect(openBlanksOf(objective)).toEqual(["activity"]);
    expect(objectiveText({ ...objective, parameters: { activity: "choir" } })).toBe("Take part in choir by February 1, 2027.");
  });

  it("uses the record's words where nobody wrote plain ones", () => {
    expect(objectiveText(exampleObjective({ plain: "" }), "plain")).toMatch(/^Raise the days/);
  });
});
