import { describe, expect, it } from "vitest";
import { exampleGoal, exampleObjective, examplePlan } from "../plan.test-data.ts";
import type { Plan } from "../plan.ts";
import { nextRevision, planToSign } from "../revision.ts";
import { itemHistory, type PlanInTime, planHistory } from "./item-history.ts";

const first = planToSign(
  examplePlan({
    goals: [exampleGoal(), exampleGoal({ id: "g2", plain: "Sleep through." })],
    objectives: [exampleObjective(), exampleObjective({ id: "o2", goalId: "g2" })],
    agreement: { state: "agreed", detail: "" },
  }),
  "2026-11-23",
);
const next = (plan: Plan, changes: Partial<Plan>): Plan => ({
  ...nextRevision(plan, { subject: plan.subject, author: plan.author, reason: "Review.", today: "2026-11-23" }),
  ...changes,
});
const second = planToSign(
  next(first, {
    objectives: first.objectives.map((entry) =>
      entry.id === "o1" && entry.metric ? { ...entry, metric: { ...entry.metric, target: 3 } } : entry,
    ),
    changeReasons: [{ id: "o1", reason: "Four days were too much." }],
    agreement: { state: "agreed-in-part", detail: "She wants to keep g2." },
  }),
  "2027-01-04",
);
const third = next(second, {
  goals: [...second.goals.filter(({ id }) => id !== "g2"), exampleGoal({ id: "g3" })],
  objectives: second.objectives.flatMap((entry) =>
    entry.id === "o2" ? [] : [{ ...entry, lifecycleStatus: "completed" as const, achievementStatus: "achieved" as const }],
  ),
  changeReasons: [{ id: "g2", reason: "She sleeps well." }],
});
const revisions: PlanInTime[] = [
  { plan: first, on: "2026-11-23", signed: true },
  { plan: second, on: "2027-01-04", signed: true },
  { plan: third, on: "2027-02-15", signed: false },
];

describe("the history of a goal or objective", () => {
  it("goes from the proposal over what changed and why to its end, with the scores of those days", () => {
    const history = itemHistory(revisions, "o1", {
      proposedOn: () => "2026-11-20",
      scoreOn: (metric, on) => (metric.kind === "count" ? Number(on.slice(8)) : null),
    });
    expect(history).toMatchObject({ part: "objectives", name: "Objective 1.1.1", goalId: "g1", state: "reached" });
    expect(history?.events.map(({ on, title, reason, score, signed }) => [on, title, reason, score, signed])).toEqual([
      ["2026-11-20", "Proposed", "", 20, true],
      ["2026-11-23", "Agreed", "", 23, true],
      ["2027-01-04", "Changed", "Four days were too much.", 4, true],
      ["2027-02-15", "Reached", "", 15, false],
    ]);
    expect(history?.events[2]?.fields).toMatchObject([{ label: "Target", before: "4 days a week", after: "3 days a week" }]);
  });

  it("ends with why when it was taken out, and begins with a proposal while the revision is a draft", () => {
    expect(itemHistory(revisions, "g2")?.events.map(({ title, reason }) => [title, reason])).toEqual([
      ["Agreed", ""],
      ["Taken out of the plan", "She sleeps well."],
    ]);
    expect(itemHistory(revisions, "g3")).toMatchObject({ state: "proposed", events: [{ title: "Proposed", signed: false }] });
    expect(itemHistory(revisions, "never")).toBeNull();
  });

  it("does not say that the client agreed when they did not", () => {
    const refused = { ...first, agreement: { state: "did-not-agree" as const, detail: "Too much." } };
    expect(itemHistory([{ plan: refused, on: "2026-11-23", signed: true }], "g1")?.events[0]?.title).toBe(
      "In force, without the client’s agreement",
    );
  });

  it("lists what left the plan last", () => {
    expect(planHistory(revisions).map(({ id }) => id)).toEqual(["g1", "o1", "g3", "g2", "o2"]);
  });
});
