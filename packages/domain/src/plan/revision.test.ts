import { describe, expect, it } from "vitest";
import { exampleGoal, exampleObjective, examplePlan } from "./plan.test-data.ts";
import { GoalLifecycleStatus, Plan } from "./plan.ts";
import { nextRevision, planToSign } from "./revision.ts";

const later = "2026-12-21";
const statuses = GoalLifecycleStatus.options;

describe("the plan as it is signed", () => {
  it("is in force from the day on which it is frozen; a later revision keeps the first day", () => {
    const draft = examplePlan();
    expect(planToSign(draft, later)).toMatchObject({ status: "active", establishedOn: later });
    expect(planToSign({ ...draft, revision: 2 }, later)).toMatchObject({ status: "active", establishedOn: draft.establishedOn });
  });

  it.each(statuses)("a goal or objective that is %s is what it should be then", (lifecycleStatus) => {
    const expected = ["proposed", "planned", "accepted"].includes(lifecycleStatus) ? "active" : lifecycleStatus;
    const signed = planToSign(
      examplePlan({ goals: [exampleGoal({ lifecycleStatus })], objectives: [exampleObjective({ lifecycleStatus })] }),
      later,
    );
    expect(signed.goals[0]?.lifecycleStatus).toBe(expected);
    expect(signed.objectives[0]?.lifecycleStatus).toBe(expected);
  });

  it("changes nothing else, leaves the draft as it was, and comes to the same when done twice", () => {
    const draft = examplePlan();
    const before = JSON.stringify(draft);
    const signed = planToSign(draft, later);
    expect(JSON.stringify(draft)).toBe(before);
    expect(planToSign(signed, later)).toEqual(signed);
    const { status, establishedOn, goals, objectives, ...rest } = signed;
    const { status: _s, establishedOn: _e, goals: _g, objectives: _o, ...restBefore } = draft;
    expect(rest).toEqual(restBefore);
    expect([status, establishedOn, goals.length, objectives.length]).toEqual([
      "active",
      later,
      draft.goals.length,
      draft.objectives.length,
    ]);
    expect(Plan.safeParse(signed).success).toBe(true);
  });
});

describe("the draft of the next revision", () => {
  const signed = planToSign(
    examplePlan({ agreement: { state: "agreed", detail: "All of it." }, copyGiven: { state: "given", on: "2026-11-23" } }),
    "2026-11-23",
  );
  const subject = { ...signed.subject, name: "Rowan New" };
  const author = { ...signed.author, clinicianName: "Bea Sample" };
  const next = nextRevision(signed, { subject, author, reason: "No change after six weeks.", today: later });

  it("holds what is in force, with client and clinician as they are now and the reason", () => {
    expect(next).toMatchObject({ revision: 2, status: "draft", subject, author, changeReason: "No change after six weeks." });
    expect(next.goals).toEqual(signed.goals);
    expect(next.objectives).toEqual(signed.objectives);
    expect(next.establishedOn).toBe(signed.establishedOn);
    expect(Plan.safeParse(next).success).toBe(true);
  });

  it("asks anew for everything about the conversation in which it is made", () => {
    expect(next.participation).toEqual({ client: "", representative: "", reasonIfNone: "" });
    expect(next.agreement).toEqual({ state: "not-asked", detail: "" });
    expect(next.copyGiven).toEqual({ state: "not-yet", on: null });
    expect(signed.agreement.state).toBe("agreed");
  });
});
