import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { AssignedHomework } from "../homework/assigned-homework.ts";
import { applyEdits } from "../plan/edit-plan.ts";
import { exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "../plan/plan.test-data.ts";
import type { Plan } from "../plan/plan.ts";
import { nextRevision, planToSign } from "../plan/revision.ts";
import { applyReview, interventionsAtTheirEnd } from "./apply-review.ts";
import { carriedOver } from "./carried-over.ts";
import { reviewGaps } from "./check-review.ts";
import { withLinkAnswers } from "./clients-part.ts";
import { Review, type ReviewDecision } from "./review.ts";
import { reviewDate, reviewDueOn } from "./review-due.ts";

const on = "2027-01-04";
const signed = planToSign(
  examplePlan({
    goals: [exampleGoal(), exampleGoal({ id: "g2", clientWords: "Sleep through" })],
    objectives: [exampleObjective(), exampleObjective({ id: "o2" }), exampleObjective({ id: "o3", goalId: "g2" })],
    interventions: [
      exampleIntervention(),
      exampleIntervention({ id: "i2", objectiveIds: ["o1", "o2"] }),
      exampleIntervention({ id: "i3", objectiveIds: ["o3"] }),
    ],
    measureSchedule: [{ id: "m1", measure: "phq9", measureName: "PHQ-9", when: "weeks", everyWeeks: 2, because: [] }],
  }),
  "2026-11-23",
);
const draft = nextRevision(signed, { subject: signed.subject, author: signed.author, reason: "Review", today: on });
const options = { id: "r1", reviewWeeks: 6, profile: signed.profile };
const reviewed = (more: Partial<Record<string, unknown>>): Review =>
  Review.parse({ planId: signed.id, revision: 1, on, participants: ["Rowan", "Ada Sample"], ...more });

function after(review: Review): Plan {
  const result = applyEdits(draft, applyReview(draft, review, options));
  if (!result.ok) throw new Error(result.refusals.map(({ message }) => message).join(" "));
  return result.plan;
}

describe("the next revision out of a review", () => {
  const review = reviewed({
    decided: [
      { objectiveId: "o1", decision: "achieved", reason: "Four active days a week for a month." },
      {
        objectiveId: "o2",
        decision: "revise-target",
        reason: "Five days are too many with the new job.",
        target: 3,
        targetDate: "2027-03-01",
      },
      { objectiveId: "o3", decision: "discontinue", reason: "Sleep is no trouble any more." },
    ],
    summary: "Much is better.",
    rationale: "Work is still hard.",
    clientsPart: { helps: "Planning the week on Sunday." },
  });
  const plan = after(review);

  it("has the statuses of FHIR: what is achieved is completed, what is discontinued is cancelled", () => {
    expect(plan.objectives.map(({ lifecycleStatus, achievementStatus }) => [lifecycleStatus, achievementStatus])).toEqual([
      ["completed", "achieved"],
      ["active", null],
      ["cancelled", "not-achieved"],
    ]);
    // The first goal goes on with its other objective; nothing is left of the second.
    expect(plan.goals.map(({ lifecycleStatus, achievementStatus }) => [lifecycleStatus, achievementStatus])).toEqual([
      ["active", "improving"],
      ["cancelled", "not-achieved"],
    ]);
  });

  it("has the new numbers, and the reason beside each thing that changed", () => {
    expect(plan.objectives[1]).toMatchObject({ metric: { target: 3 }, targetDate: "2027-03-01" });
    expect(Object.fromEntries(plan.changeReasons.map(({ id, reason }) => [id, reason]))).toMatchObject({
      o1: "Four active days a week for a month.",
      o2: "Five days are too many with the new job.",
      o3: "Sleep is no trouble any more.",
      g2: "Nothing is worked on toward it any more.",
      i1: "It served only objective 1.1.1, which is achieved.",
      i3: "It served only objective 1.2.1, which is discontinued.",
    });
  });

  it("ends interventions that serve nothing any more, unless they are kept for another objective", () => {
    expect(interventionsAtTheirEnd(draft, review).map(({ intervention }) => intervention.id)).toEqual(["i1", "i3"]);
    expect(plan.interventions.map(({ id }) => id)).toEqual(["i2"]);
    const kept = after({ ...review, interventions: [{ id: "i1", decision: "keep", forObjective: "o2", reason: "" }] });
    expect(kept.interventions.map(({ id, objectiveIds }) => [id, objectiveIds])).toEqual([
      ["i1", ["o1", "o2"]],
      ["i2", ["o1", "o2"]],
    ]);
  });

  it("keeps the review with participants, progress by goal, decision and rationale, and sets the next one", () => {
    expect(plan.reviews).toHaveLength(1);
    expect(plan.reviews[0]).toMatchObject({
      on,
      participants: ["Rowan", "Ada Sample"],
      byGoal: [
        { goalId: "g1", decision: "1.1.1 achieved; 1.1.2 revise the target" },
        { goalId: "g2", decision: "1.2.1 discontinue" },
      ],
      decision: "Much is better.",
      rationale: "Work is still hard.",
    });
    expect(plan.reviewDue).toBe("2027-02-15");
    expect(plan.participation.client).toBe("Took part in the review on January 4, 2027.\nWhat helps: Planning the week on Sunday.");
  });
});

test("whatever is decided, nothing changes that no decision is about", () => {
  const decision = fc.constantFrom<ReviewDecision>("continue", "achieved", "revise-target", "change-intervention", "discontinue");
  const decided = fc.record({
    objectiveId: fc.constantFrom("o1", "o2", "o3", "gone"),
    decision,
    reason: fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, "")),
    target: fc.option(fc.integer({ min: 0, max: 7 })),
    targetDate: fc.option(fc.constantFrom("2027-02-01", "2027-05-01")),
  });
  fc.assert(
    fc.property(fc.uniqueArray(decided, { selector: ({ objectiveId }) => objectiveId }), (chosen) => {
      const plan = after(reviewed({ decided: chosen }));
      const touched = new Set<string>(chosen.map(({ objectiveId }) => objectiveId));
      const ended = (id: string) =>
        chosen.some((entry) => entry.objectiveId === id && (entry.decision === "achieved" || entry.decision === "discontinue"));
      for (const objective of draft.objectives) {
        const now = plan.objectives.find(({ id }) => id === objective.id);
        if (!touched.has(objective.id)) expect(now).toEqual(objective);
        // Words, parameters and baseline are never a matter of the review.
        expect({ ...now, lifecycleStatus: 0, achievementStatus: 0, targetDate: 0, metric: 0 }).toEqual({
          ...objective,
          ...{ lifecycleStatus: 0, achievementStatus: 0, targetDate: 0, metric: 0 },
        });
        expect({ ...now?.metric, target: 0 }).toEqual({ ...objective.metric, target: 0 });
      }
      for (const intervention of draft.interventions) {
        const now = plan.interventions.find(({ id }) => id === intervention.id);
        if (intervention.objectiveIds.every(ended)) expect(now).toBeUndefined();
        else expect(now).toEqual(intervention);
      }
      const {
        goals: _g,
        objectives: _o,
        interventions: _i,
        reviews: _r,
        reviewDue: _d,
        reviewBecause: _b,
        changeReasons: _c,
        ...rest
      } = plan;
      expect(draft).toMatchObject(rest);
    }),
    { numRuns: 60 },
  );
});

describe("what is still to be decided", () => {
  it("is each objective, a reason where another way was chosen than proposed, and a new number where the target is revised", () => {
    const proposal = (objectiveId: string) => ({ objectiveId, decision: "continue", because: [{ kind: "practice", text: "Goes on." }] });
    const review = reviewed({
      proposals: [proposal("o1"), proposal("o2"), proposal("o3")],
      decided: [
        { objectiveId: "o1", decision: "continue" },
        { objectiveId: "o2", decision: "revise-target" },
      ],
    });
    expect(reviewGaps(signed, review, []).map(({ kind, about }) => [kind, about])).toEqual([
      ["target", "o2"],
      ["reason", "o2"],
      ["objective", "o3"],
    ]);
  });

  const homework = {
    id: "h1",
    content: AssignedHomework.parse({
      title: "Sleep diary",
      steps: ["Fill it in each morning."],
      objectiveIds: ["o3"],
      planId: signed.id,
      assignedOn: "2026-12-20",
    }),
  };

  it("is what becomes of homework whose objective ends, which is orphaned by nothing", () => {
    const review = reviewed({
      decided: [
        { objectiveId: "o1", decision: "continue" },
        { objectiveId: "o2", decision: "continue" },
        { objectiveId: "o3", decision: "discontinue", reason: "Sleeps well." },
      ],
    });
    expect(reviewGaps(signed, review, [homework]).map(({ kind, message }) => [kind, message])).toEqual([
      ["homework", "Say what becomes of the homework “Sleep diary”."],
    ]);
    expect(reviewGaps(signed, { ...review, homework: [{ id: "h1", decision: "taken-back" }] }, [homework])).toEqual([]);
    const hanging = { homework: [homework], series: [], outlines: [], authorizations: [] };
    expect(carriedOver(draft, after(review), hanging, on).map(({ kind, becomes, why }) => [kind, becomes, why])).toEqual([
      ["measure", "goes-on", ""],
      ["homework", "asks", "It was for objective 1.2.1, which has ended."],
    ]);
  });
});

describe("when the next review is due", () => {
  const office = signed.profile;
  it("is what the practice chose within 4 to 6 weeks, a convention and no law", () => {
    expect(reviewDueOn(signed, on, { profile: office, reviewWeeks: 5 })).toMatchObject({
      reviewDue: "2027-02-08",
      rule: null,
      noLaterThan: null,
    });
    expect(reviewDueOn(signed, null, { profile: office, reviewWeeks: 12 }).reviewDue).toBe("2027-01-04");
    expect(
      reviewDueOn(signed, on, { profile: office, reviewWeeks: 5 })
        .reviewBecause.map(({ text }) => text)
        .join(" "),
    ).toContain("not a legal requirement");
  });
  it("is after 4 weeks where risk is raised", () => {
    expect(reviewDueOn({ ...signed, risk: { ...signed.risk, level: "high" } }, on, { profile: office, reviewWeeks: 6 })).toMatchObject({
      reviewDue: "2027-02-01",
      reviewBecause: [{ text: "At 4 weeks, because risk is high." }, {}],
    });
  });
  it("is earlier where the setting asks for it, and says which rule set it", () => {
    const center = reviewDate(on, 6, { ...office, setting: "cmhc" }, null);
    expect([center.reviewDue, center.rule?.citation, center.noLaterThan]).toEqual(["2027-02-03", "42 CFR 485.916", "2027-02-03"]);
    // A rule that leaves more time than the convention sets nothing.
    expect(reviewDate(on, 6, { ...office, accreditors: ["coa"] }, null)).toMatchObject({
      reviewDue: "2027-02-15",
      rule: null,
      noLaterThan: "2027-04-04",
    });
  });
});

test("what was written down in the room goes before what came by link, and nothing of either is lost", () => {
  const part = (more: object) => Review.parse({ planId: "p", revision: 1, on, clientsPart: more }).clientsPart;
  expect(
    withLinkAnswers(
      part({ helps: "Walking", ratings: [{ objectiveId: "o1", rating: 4 }] }),
      part({
        helps: "Talking",
        mattersNow: "My son",
        satisfaction: 8,
        ratings: [
          { objectiveId: "o1", rating: 6 },
          { objectiveId: "o2", rating: 7 },
        ],
      }),
    ),
  ).toEqual(
    part({
      helps: "Walking",
      mattersNow: "My son",
      satisfaction: 8,
      ratings: [
        { objectiveId: "o1", rating: 4 },
        { objectiveId: "o2", rating: 7 },
      ],
    }),
  );
});
