import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Homework } from "../library/homework.ts";
import { exampleIntervention, exampleObjective, examplePlan } from "../plan/plan.test-data.ts";
import { assignFromLibrary, assignOwnWords } from "./assign-homework.ts";
import { AssignedHomework } from "./assigned-homework.ts";
import { whyNotSaved } from "./check-homework.ts";
import { fittingHomework } from "./fitting-homework.ts";
import { doneRate, doneRateWords, homeworkByObjective } from "./homework-by-objective.ts";
import { openHomework } from "./open-homework.ts";
import { whyText } from "./why-not-done.ts";

const item = (id: string, chapters: string[]): Homework => ({
  id,
  title: `Homework ${id}`,
  chapters,
  approach: "cbt",
  why: "Small steps bring the day back.",
  steps: ["Choose one small thing.", "Do it at the time you chose."],
  minutes: 20,
  timesPerWeek: 5,
  fields: [
    { id: "day", label: "Day", kind: "date" },
    { id: "did", label: "What I did", kind: "long-text" },
  ],
  ifStuck: "Halve it, and do that.",
  evidence: [],
  basis: "practice-based",
});
const given = (changes: Partial<AssignedHomework> = {}) =>
  AssignedHomework.parse({ title: "A walk", steps: ["Walk."], assignedOn: "2026-11-02", dueOn: "2026-11-09", ...changes });

describe("giving homework", () => {
  test("takes a copy of the library's, with the client's own detail before the steps, for a week unless said otherwise", () => {
    const homework = assignFromLibrary(item("walk", ["adult-depression"]), {
      assignedOn: "2026-12-28",
      objectiveIds: ["o1"],
      planId: "plan1",
      detail: " Around the pond, before work. ",
    });
    expect(homework).toMatchObject({
      libraryId: "walk",
      steps: ["Around the pond, before work.", "Choose one small thing.", "Do it at the time you chose."],
      dueOn: "2027-01-04",
      objectiveIds: ["o1"],
      outcome: null,
    });
  });

  test("in own words asks how it went", () => {
    const homework = assignOwnWords({ title: "A walk", text: "Walk around the pond.\n\n Listen. " }, { assignedOn: "2026-11-02" });
    expect(homework.steps).toEqual(["Walk around the pond.", "Listen."]);
    expect(homework.fields.map(({ label }) => label)).toEqual(["Day", "How did it go?"]);
  });

  test("what the plan's interventions name comes first, then what is made for its problems, each once", () => {
    const library = [item("named", ["adult-depression"]), item("chapter", ["adult-depression"]), item("other", ["adult-ptsd"])];
    const plan = examplePlan({
      problems: examplePlan().problems.map((problem) => ({ ...problem, chapter: "adult-depression" })),
      objectives: [exampleObjective(), exampleObjective({ id: "o2", lifecycleStatus: "completed" })],
      interventions: [exampleIntervention({ homework: ["named", "gone"], objectiveIds: ["o1", "o2"] })],
    });
    expect(fittingHomework(library, plan)).toMatchObject([
      { item: { id: "named" }, objectiveIds: ["o1"], because: "Goes with activity scheduling in the plan" },
      { item: { id: "chapter" }, objectiveIds: [], because: "Made for Depression" },
    ]);
  });
});

describe("homework that waits", () => {
  test("comes with what is overdue first, and without what was looked at or taken back", () => {
    const list = [
      { id: "under way", content: given({ dueOn: "2026-11-20" }) },
      { id: "its day", content: given({ dueOn: "2026-11-16" }) },
      { id: "said to be done", content: given({ dueOn: "2026-11-20" }), byLink: { finished: true } },
      { id: "forgotten", content: given({ dueOn: "2026-11-08" }) },
      { id: "over", content: given({ outcome: "done", lookedAtOn: "2026-11-09" }) },
      { id: "taken back", content: given({ withdrawnOn: "2026-11-03", withdrawnReason: "Too much" }) },
    ];
    expect(openHomework(list, "2026-11-16").map(({ id, state }) => [id, state])).toEqual([
      ["forgotten", "overdue"],
      ["its day", "to-look-at"],
      ["said to be done", "to-look-at"],
      ["under way", "under-way"],
    ]);
  });
});

describe("whether homework gets done", () => {
  test("is counted objective by objective, in plain numbers", () => {
    const list = [
      given({ objectiveIds: ["o1", "o2"], outcome: "done", lookedAtOn: "2026-11-09" }),
      given({ objectiveIds: ["o1"], outcome: "partly", lookedAtOn: "2026-11-09" }),
      given({ objectiveIds: ["o1"], outcome: "not-done", lookedAtOn: "2026-11-16" }),
      given({ objectiveIds: ["o3"] }),
    ];
    const rates = homeworkByObjective(list);
    expect([...rates.keys()]).toEqual(["o1", "o2"]);
    expect([...rates.values()].map(doneRateWords)).toEqual(["1 of 3 done, 1 in part, 1 not done", "1 of 1 done"]);
    expect(doneRateWords(doneRate([given()]))).toBe("None looked at yet");
  });

  test("every homework that was looked at counts once for each of its objectives, whatever the order", () => {
    const any = fc.record({
      objectiveIds: fc.array(fc.constantFrom("o1", "o2", "o3"), { maxLength: 4 }),
      outcome: fc.constantFrom("done", "partly", "not-done", null),
      lookedAtOn: fc.constant("2026-11-09"),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (some) => {
        const list = some.map(given);
        const rates = homeworkByObjective(list);
        const counted = [...rates.values()].reduce((sum, { lookedAt }) => sum + lookedAt, 0);
        const expected = list
          .filter(({ outcome }) => outcome !== null)
          .reduce((sum, { objectiveIds }) => sum + new Set(objectiveIds).size, 0);
        expect(counted).toBe(expected);
        expect(homeworkByObjective(list.toReversed())).toEqual(rates);
        for (const { done, partly, notDone, lookedAt } of rates.values()) expect(done + partly + notDone).toBe(lookedAt);
      }),
    );
  });
});

describe("what cannot be", () => {
  const faults = (changes: Partial<AssignedHomework>) =>
    whyNotSaved(given(changes), { today: "2026-11-16", birthDate: "1988-04-12" }).map(({ pointer }) => pointer);

  test.each<[string, Partial<AssignedHomework>, string[]]>([
    ["nothing wrong", {}, []],
    ["given in the future", { assignedOn: "2026-11-17", dueOn: null }, ["/assignedOn"]],
    ["given before the client was born", { assignedOn: "1926-11-02" }, ["/assignedOn"]],
    ["for a day before it was given", { dueOn: "2026-11-01" }, ["/dueOn"]],
    ["for a year that is a slip", { dueOn: "2062-11-09" }, ["/dueOn"]],
    ["steps of nothing", { steps: [" "] }, ["/steps"]],
    ["looked at without a day", { outcome: "done" }, ["/lookedAtOn"]],
    ["a day without how it went", { lookedAtOn: "2026-11-09" }, ["/outcome"]],
    ["looked at tomorrow", { outcome: "done", lookedAtOn: "2026-11-17" }, ["/lookedAtOn"]],
    ["looked at before it was given", { outcome: "done", lookedAtOn: "2026-11-01" }, ["/lookedAtOn"]],
    ["taken back without a reason", { withdrawnOn: "2026-11-09" }, ["/withdrawnReason"]],
    [
      "taken back after it was looked at",
      { withdrawnOn: "2026-11-09", withdrawnReason: "x", outcome: "done", lookedAtOn: "2026-11-09" },
      ["/withdrawnOn"],
    ],
  ])("%s", (_, changes, pointers) => {
    expect(faults(changes)).toEqual(pointers);
  });
});

test("why it was not done reads as a sentence", () => {
  expect(whyText(["No time", "Not sure how"], " The baby was ill. ")).toBe("No time; not sure how. The baby was ill.");
  expect(whyText([], "")).toBe("");
});
