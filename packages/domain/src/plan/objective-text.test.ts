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

  it.each([
    ["Wake on {target} nights a week by {date}.", "Wake on 1 night a week by February 1, 2027."],
    ["Have {target} heavy drinking days a month.", "Have 1 heavy drinking day a month."],
    ["Do {target} planned activities a week.", "Do 1 planned activity a week."],
    ["Go from {baseline} to {target} worries a week.", "Go from 5 to 1 worry a week."],
    ["Keep to {target} or fewer days.", "Keep to 1 or fewer days."],
    ["Rate it {target} out of 10 on most days.", "Rate it 1 out of 10 on most days."],
  ])("speaks of one in the singular: %s", (text, expected) => {
    const metric = { kind: "count" as const, unit: "days", direction: "decrease" as const, baseline: 5, baselineDate: null, target: 1 };
    expect(objectiveText(exampleObjective({ text, metric }))).toBe(expected);
    expect(objectiveText(exampleObjective({ text, metric: { ...metric, target: 3 } }))).toBe(
      text.replace("{baseline}", "5").replace("{target}", "3").replace("{date}", "February 1, 2027"),
    );
  });

  it("uses the record's words where nobody wrote plain ones", () => {
    expect(objectiveText(exampleObjective({ plain: "" }), "plain")).toMatch(/^Raise the days/);
  });
});
