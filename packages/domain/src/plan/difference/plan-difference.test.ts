import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { applyEdits, type Edit, removeGoal, removeObjective } from "../edit-plan.ts";
import { exampleDiagnosis, exampleGoal, exampleIntervention, exampleObjective, examplePlan } from "../plan.test-data.ts";
import { Goal, Intervention, MeasureSchedule, Objective, Plan, PlanAssessment, PlanProblem, Statement } from "../plan.ts";
import { nextRevision, planToSign } from "../revision.ts";
import { differenceInWords } from "./difference-in-words.ts";
import { differenceOf } from "./plan-difference.ts";
import { parts } from "./plan-parts.ts";

function edited(plan: Plan, ...edits: readonly Edit[]): Plan {
  const result = applyEdits(plan, edits);
  if (!result.ok) throw new Error(result.refusals.map((refusal) => refusal.message).join(" "));
  return result.plan;
}

const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value });

const twoGoals = planToSign(
  examplePlan({
    diagnoses: [exampleDiagnosis()],
    goals: [exampleGoal(), exampleGoal({ id: "g2", text: "Sleep through the night.", plain: "Sleep through the night." })],
    objectives: [
      exampleObjective(),
      exampleObjective({
        id: "o2",
        goalId: "g2",
        text: "Lower the PHQ-9 score from {baseline} to {target} by {date}.",
        plain: "Lower your score from {baseline} to {target} by {date}.",
        metric: {
          kind: "measure",
          measure: "phq9",
          measureName: "PHQ-9",
          unit: "",
          direction: "decrease",
          baseline: 17,
          baselineDate: null,
          target: 12,
          max: 27,
        },
      }),
    ],
    interventions: [exampleIntervention({ objectiveIds: ["o1", "o2"] }), exampleIntervention({ id: "i2", objectiveIds: ["o2"] })],
    measureSchedule: [{ id: "ms1", measure: "phq9", measureName: "PHQ-9", when: "weeks", everyWeeks: 2, because: [] }],
  }),
  "2026-11-23",
);

const revised = (...edits: readonly Edit[]) =>
  edited(
    nextRevision(twoGoals, {
      subject: twoGoals.subject,
      author: twoGoals.author,
      reason: "No change after six weeks.",
      today: "2026-11-23",
    }),
    ...edits,
  );
const because = (id: string, reason: string): Edit => set(["changeReasons"], [{ id, reason }]);
const sentences = (after: Plan) =>
  differenceInWords(differenceOf(twoGoals, after), "client").groups.flatMap(({ changes }) => changes.map(({ sentence }) => sentence));

describe("the difference between two revisions", () => {
  it("is empty for the same plan, and for a next revision in which nobody changed anything yet", () => {
    expect(differenceOf(twoGoals, structuredClone(twoGoals)).items).toEqual([]);
    expect(differenceInWords(differenceOf(twoGoals, revised()), "record")).toMatchObject({
      lead: "Nothing in the plan changed.",
      reasons: ["No change after six weeks."],
      groups: [],
    });
  });

  it("tells a lowered target field by field, with why", () => {
    const after = revised(set(["objectives", "o2", "metric", "target"], 9), because("o2", "Your score fell faster than we hoped."));
    expect(differenceOf(twoGoals, after).items.filter(({ part }) => part === "objectives")).toMatchObject([
      {
        id: "o2",
        kind: "changed",
        name: "Objective 1.2.1",
        reason: "Your score fell faster than we hoped.",
        // The sentence only shows another number: it is the same sentence.
        fields: [{ key: "metric.target", label: "Target", before: "12", after: "9", words: null }],
      },
    ]);
  });

  it("marks the words of a sentence that were changed", () => {
    const after = revised(set(["goals", "g2", "text"], "Sleep through most nights."));
    const [item] = differenceOf(twoGoals, after).items.filter(({ part }) => part === "goals");
    expect(item?.fields[0]?.words).toEqual([
      { kind: "same", text: "Sleep through " },
      { kind: "out", text: "the night" },
      { kind: "in", text: "most nights" },
      { kind: "same", text: "." },
    ]);
  });

  it("takes the reason from a revision in between where the newer one gives none", () => {
    const second = revised(set(["goals", "g2", "detail"], "In her own bed."), because("g2", "She asked for it."));
    const third = { ...nextRevision(second, { subject: second.subject, author: second.author, reason: "Review.", today: "2026-11-23" }) };
    const difference = differenceOf(twoGoals, third, [second]);
    expect(difference.items.find(({ id }) => id === "g2")?.reason).toBe("She asked for it.");
    expect(difference.reasons).toEqual(["No change after six weeks.", "Review."]);
  });

  it("says that order changed only where order means something", () => {
    expect(
      differenceOf(twoGoals, revised({ type: "move", list: ["goals"], id: "g2", before: "g1" })).items.filter(
        ({ part }) => part === "goals",
      ),
    ).toMatchObject([{ kind: "moved" }]);
    const swapped = revised({ type: "move", list: ["interventions"], id: "i2", before: "i1" });
    expect(differenceOf(twoGoals, swapped).items.filter(({ part }) => part === "interventions")).toEqual([]);
  });

  it("tells a reached goal from one that was given up", () => {
    const after = revised(
      set(["goals", "g1", "lifecycleStatus"], "completed"),
      set(["goals", "g1", "achievementStatus"], "achieved"),
      set(["goals", "g2", "lifecycleStatus"], "cancelled"),
    );
    expect(differenceOf(twoGoals, after).items.filter(({ part }) => part === "goals")).toMatchObject([
      { id: "g1", kind: "ended", ending: "reached" },
      { id: "g2", kind: "ended", ending: "stopped" },
    ]);
  });
});

describe("in the client's words", () => {
  it.each<[string, readonly Edit[], string]>([
    [
      "a lower target",
      [set(["objectives", "o2", "metric", "target"], 9), because("o2", "Your score fell faster than we hoped.")],
      "We lowered the target of your PHQ-9 score from 12 to 9, because your score fell faster than we hoped.",
    ],
    ["a count", [set(["objectives", "o1", "metric", "target"], 5)], "We raised the target from 4 to 5 days a week."],
    [
      "more time",
      [set(["objectives", "o1", "targetDate"], "2027-03-01"), because("o1", "Maya was ill for two weeks")],
      "We moved the date from February 1, 2027 to March 1, 2027. Why: Maya was ill for two weeks.",
    ],
    ["a reached step", [set(["objectives", "o1", "achievementStatus"], "achieved")], "You reached a step."],
    [
      "a goal given up",
      [set(["goals", "g2", "lifecycleStatus"], "cancelled"), because("g2", "You sleep well now.")],
      "We stopped working on a goal, because you sleep well now.",
    ],
    ["a pause", [set(["goals", "g2", "lifecycleStatus"], "on-hold")], "We put this goal on hold for now."],
    [
      "fewer meetings",
      [set(["sessionPlan", "frequency"], { times: 2, per: "month" }), because("sessionPlan", "You need us less.")],
      "We now meet twice a month (before: once a week), because you need us less.",
    ],
    ["the review", [set(["reviewDue"], "2027-01-25")], "We look at this plan again on January 25, 2027 (before: December 28, 2026)."],
    [
      "a form",
      [set(["measureSchedule", "ms1", "when"], "every-session")],
      "You now fill in the PHQ-9 at every session (before: every 2 weeks).",
    ],
    [
      "the therapist's part",
      [set(["interventions", "i2", "frequency"], { times: 2, per: "week" })],
      "We now plan this twice a week (before: once a week).",
    ],
    ["what was stopped", [{ type: "remove", list: ["interventions"], id: "i2" }], "We stopped doing this."],
  ])("%s", (_, edits, sentence) => {
    // The reason for the whole revision stands above the list and is no sentence of its own here.
    expect(sentences({ ...revised(...edits), changeReason: "" })).toEqual([sentence]);
  });

  it("tells a new goal with its steps, and a goal taken out with those that went with it", () => {
    const added = revised(
      { type: "insert", list: ["goals"], item: exampleGoal({ id: "g3", plain: "See friends again." }), before: null },
      {
        type: "insert",
        list: ["objectives"],
        item: exampleObjective({ id: "o3", goalId: "g3", plain: "See one friend a week." }),
        before: null,
      },
      because("g3", "You miss your friends."),
    );
    const { groups } = differenceInWords(differenceOf(twoGoals, added), "client");
    expect(groups).toMatchObject([
      {
        title: "What is new",
        changes: [
          {
            ids: ["g3", "o3"],
            sentence: "We added a goal with one step, because you miss your friends.",
            about: [{ text: "See friends again." }, { text: "See one friend a week." }],
          },
        ],
      },
    ]);
    expect(sentences({ ...revised(...removeGoal(twoGoals, "g2")), changeReason: "" })).toContain(
      "We took a goal with one step out of the plan.",
    );
  });

  it("gives the reason for the revision with a change that is the only one, and above the list otherwise", () => {
    expect(sentences(revised(set(["objectives", "o1", "metric", "target"], 5)))).toEqual([
      "We raised the target from 4 to 5 days a week, because no change after six weeks.",
    ]);
    const two = revised(set(["objectives", "o1", "metric", "target"], 5), set(["reviewDue"], "2027-01-25"));
    expect(differenceInWords(differenceOf(twoGoals, two), "client").reasons).toEqual(["No change after six weeks."]);
  });

  it("does not hide what is for the record", () => {
    const after = { ...revised(set(["medicalNecessity"], "Needed."), set(["risk", "level"], "moderate")), changeReason: "" };
    expect(sentences(after)).toEqual([
      "We also changed what your record says on how safe you are and why you need this care. Ask us if you want to see it.",
    ]);
  });
});

describe("nothing in a plan is forgotten", () => {
  const told = new Set(parts.map(({ key }) => key as string));
  it("in the plan itself", () => {
    // What says which plan this is, and why it differs, is no difference itself; nor is why a review date was proposed.
    const leftOut = ["schemaVersion", "id", "clientId", "revision", "status", "changeReason", "changeReasons", "reviewBecause"];
    expect(Object.keys(Plan.shape).filter((key) => !told.has(key) && !leftOut.includes(key))).toEqual([]);
  });

  // Where an item came from and what the library asks about it is no part of the care.
  const itemLeftOut = ["id", "because", "origin", "ask"];
  it.each<[string, z.ZodObject]>([
    ["diagnoses", Diagnosis],
    ["problems", PlanProblem],
    ["goals", Goal],
    ["objectives", Objective],
    ["interventions", Intervention],
    ["measureSchedule", MeasureSchedule],
    ["dischargeCriteria", Statement],
    ["sessionPlan", Plan.shape.sessionPlan],
    ["risk", Plan.shape.risk.unwrap()],
    ["profile", Plan.shape.profile.unwrap()],
    ["responsibilities", Plan.shape.responsibilities.unwrap().element],
    ["medications", Plan.shape.medications.unwrap().element],
    ["referrals", Plan.shape.referrals.unwrap().element],
    ["reviews", Plan.shape.reviews.unwrap().element],
    ["certifications", Plan.shape.certifications.unwrap().element],
  ] as [string, z.ZodObject][])("in %s", (key, schema) => {
    const covers = parts.find((part) => part.key === key)?.covers ?? [];
    expect(Object.keys(schema.shape).filter((field) => !covers.includes(field) && !itemLeftOut.includes(field))).toEqual([]);
  });
  it("in scores", () => {
    const covers = parts.find((part) => part.key === "assessments")?.covers ?? [];
    expect(Object.keys(PlanAssessment.shape).filter((field) => !covers.includes(field) && field !== "administrationId")).toEqual([]);
  });
});

const text = fc.string({ minLength: 1, maxLength: 60 }).filter((found) => !/[\0-\x1f\x7f]/.test(found) && found.isWellFormed());

/** Edits of which each changes one thing, with the id of it. */
const single: readonly (readonly [Edit, string])[] = [
  [set(["risk", "level"], "high"), "risk"],
  [set(["sessionPlan", "minutes"], 30), "sessionPlan"],
  [set(["sessionPlan", "modality"], "video"), "sessionPlan"],
  [set(["reviewDue"], null), "reviewDue"],
  [set(["measureSchedule", "ms1", "everyWeeks"], 4), "ms1"],
  [set(["diagnoses", "d1", "verification"], "refuted"), "d1"],
  [set(["problems", "p1", "status"], "on-hold"), "p1"],
  [set(["problems", "p1", "impairment"], "None left."), "p1"],
  [set(["dischargeCriteria", "e1", "text"], "Two quiet months."), "e1"],
  [set(["profile", "part2"], true), "profile"],
  [set(["participation", "client"], "Left it to us."), "participation"],
  [{ type: "remove", list: ["dischargeCriteria"], id: "e1" }, "e1"],
  [{ type: "remove", list: ["measureSchedule"], id: "ms1" }, "ms1"],
  [{ type: "remove", list: ["interventions"], id: "i2" }, "i2"],
  [{ type: "insert", list: ["medications"], item: { id: "m1", name: "Sertraline" }, before: null }, "m1"],
  [{ type: "insert", list: ["goals"], item: exampleGoal({ id: "g9" }), before: "g1" }, "g9"],
];

/** An edit that changes something, and the id that the difference has to name. Values that the plan has already are left out. */
const edit: fc.Arbitrary<readonly [Edit, string]> = fc.oneof(
  fc
    .tuple(fc.constantFrom("g1", "g2"), fc.constantFrom("text", "plain", "detail", "clientWords"), text)
    .map(([id, key, value]) => [set(["goals", id, key], `${value}!`), id] as const),
  fc
    .tuple(fc.constantFrom("o1", "o2"), fc.integer({ min: 20, max: 100 }))
    .map(([id, value]) => [set(["objectives", id, "metric", "target"], value), id] as const),
  fc
    .tuple(fc.constantFrom("o1", "o2"), fc.integer({ min: 20, max: 100 }))
    .map(([id, value]) => [set(["objectives", id, "metric", "baseline"], value), id] as const),
  fc
    .tuple(fc.constantFrom("o1", "o2"), fc.constantFrom("2027-03-01", "2027-06-30", null))
    .map(([id, value]) => [set(["objectives", id, "targetDate"], value), id] as const),
  fc
    .tuple(fc.constantFrom("o1", "o2"), fc.constantFrom("on-hold", "completed", "cancelled"))
    .map(([id, value]) => [set(["objectives", id, "lifecycleStatus"], value), id] as const),
  fc
    .tuple(fc.constantFrom("i1", "i2"), fc.constantFrom("text", "detail", "technique"), text)
    .map(([id, key, value]) => [set(["interventions", id, key], `${value}!`), id] as const),
  fc
    .tuple(fc.constantFrom("i1", "i2"), fc.integer({ min: 5, max: 45 }))
    .map(([id, value]) => [set(["interventions", id, "minutes"], value), id] as const),
  fc
    .tuple(fc.constantFrom("strengths", "needs", "preferences", "barriers", "supports"), text)
    .map(([key, value]) => [set([key], [`${value}!`]), key] as const),
  fc
    .tuple(fc.constantFrom("medicalNecessity", "culture", "functionalLevel", "allergies", "supervision"), text)
    .map(([key, value]) => [set([key], `${value}!`), key] as const),
  fc.constantFrom(...single),
);
const someEdits = fc.array(edit, { minLength: 1, maxLength: 6 });

/** The plan after those of the edits that still fit. */
function afterSome(edits: readonly (readonly [Edit, string])[]): Plan {
  return edits.reduce<Plan>((plan, [step]) => {
    const result = applyEdits(plan, [step]);
    return result.ok ? result.plan : plan;
  }, twoGoals);
}

describe("laws of the difference", () => {
  it("a plan does not differ from itself", () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const plan = afterSome(edits);
        expect(differenceOf(plan, structuredClone(plan)).items).toEqual([]);
      }),
    );
  });

  it("each single edit gives a difference that names what was edited, in words as well", () => {
    fc.assert(
      fc.property(edit, ([step, id]) => {
        const difference = differenceOf(twoGoals, edited(twoGoals, step));
        expect(difference.items.map((item) => item.id)).toContain(id);
        for (const audience of ["record", "client"] as const)
          expect(differenceInWords(difference, audience).groups.flatMap(({ changes }) => changes.flatMap(({ ids }) => ids))).toContain(id);
      }),
    );
  });

  it("in words every changed item is spoken of, and nothing else", () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const difference = differenceOf(twoGoals, afterSome(edits));
        const ids = new Set(difference.items.map(({ id }) => id));
        for (const audience of ["record", "client"] as const) {
          const { groups } = differenceInWords(difference, audience);
          expect(new Set(groups.flatMap(({ changes }) => changes.flatMap((change) => change.ids)))).toEqual(ids);
          for (const { changes } of groups) for (const change of changes) expect(change.sentence + change.name).not.toBe("");
        }
      }),
    );
  });

  it("backwards as much differs as forwards, and what was added there is removed here", () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const plan = afterSome(edits);
        const there = differenceOf(twoGoals, plan).items;
        const back = differenceOf(plan, twoGoals).items;
        const ids = (items: typeof there, kind?: string) =>
          items
            .filter((item) => kind === undefined || item.kind === kind)
            .map(({ id }) => id)
            .toSorted();
        expect(ids(back)).toEqual(ids(there));
        expect(ids(back, "removed")).toEqual(ids(there, "added"));
        expect(ids(back, "added")).toEqual(ids(there, "removed"));
      }),
    );
  });

  it("the marked words hold both sentences to the letter", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), fc.lorem({ maxCount: 12 }), text, (one, other, odd) => {
        for (const [old, now] of [
          [one, other],
          [one, `${one} ${other}`],
          [odd, one],
        ] as const) {
          const plan = (detail: string) => edited(twoGoals, set(["goals", "g1", "detail"], detail));
          const words = differenceOf(plan(old), plan(now)).items[0]?.fields[0]?.words ?? [];
          if (old === now) continue;
          expect(
            words
              .filter(({ kind }) => kind !== "in")
              .map((word) => word.text)
              .join(""),
          ).toBe(old);
          expect(
            words
              .filter(({ kind }) => kind !== "out")
              .map((word) => word.text)
              .join(""),
          ).toBe(now);
        }
      }),
    );
  });
});

it("an objective that is taken out takes the intervention that served only it along", () => {
  const after = edited(twoGoals, ...removeObjective(twoGoals, "o2"));
  expect(differenceOf(twoGoals, after).items.map(({ id, kind }) => `${kind} ${id}`)).toEqual(["removed o2", "changed i1", "removed i2"]);
});
