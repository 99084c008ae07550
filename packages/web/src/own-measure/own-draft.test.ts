import { OwnForm } from "@trellis/domain/measures/own/own-form";
import { describe, expect, it } from "vitest";
import { problemsOf } from "../form/problems.ts";
import { countStarts, draftOfForm, formOfDraft, newDraft, type OwnDraft } from "./own-draft.ts";

const filled: OwnDraft = {
  ...newDraft,
  name: "Dread",
  question: "How strong is the dread?",
  unit: "attacks",
  goals: [{ text: "Leaving the house", weight: "2", levels: ["never", "seldom", "weekly", "often", "daily"] }],
  questions: ["I slept.", "I wished to be dead."],
  risk: [2],
};

describe("a measure as it is typed", () => {
  it.each(["rating", "count", "goals", "form"] as const)("is read, and opened again as it was: %s", (kind) => {
    const form = OwnForm.parse(formOfDraft({ ...filled, kind }));
    expect(formOfDraft(draftOfForm(form))).toEqual(form);
  });

  it("says at its field what is no number, and loses nothing of it", () => {
    const problems = problemsOf(OwnForm, formOfDraft({ ...filled, kind: "count", max: "a few", risky: true, riskFrom: "" }));
    expect([...problems.keys()]).toEqual(["/max", "/riskFrom"]);
    expect(problems.get("/max")).toBe("Enter a number.");
    const levels = problemsOf(
      OwnForm,
      formOfDraft({
        ...filled,
        kind: "goals",
        goals: [{ ...newDraft.goals[0], text: "Go out", weight: "x", levels: ["", "b2", "c3", "d4", "e5"] }],
      }),
    );
    expect([...levels.keys()]).toEqual(["/goals/0/weight", "/goals/0/levels/0"]);
  });

  it.each(countStarts)("can begin with a count that is asked for often: $title", ({ title: _, ...start }) => {
    expect(OwnForm.safeParse(formOfDraft({ ...newDraft, ...start, kind: "count" })).success).toBe(true);
  });

  it("alerts nobody to more of what is good", () => {
    expect(formOfDraft({ ...filled, higherIs: "better", risky: true })).toMatchObject({ riskFrom: null });
  });
});
