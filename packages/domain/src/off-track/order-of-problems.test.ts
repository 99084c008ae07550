import { describe, expect, test } from "vitest";
import type { Chapter } from "../library/chapter.ts";
import { PlanProblem } from "../plan/plan.ts";
import { orderOfProblems } from "./order-of-problems.ts";

const problem = (id: string, chapter: string | null, more: Partial<PlanProblem> = {}) =>
  PlanProblem.parse({ id, title: id, chapter, ...more });

/** Chapters of which only the advice on co-occurring problems matters here. */
function chapters(advice: Readonly<Record<string, Chapter["cooccurring"]>>) {
  return {
    chapterById: new Map(Object.entries(advice).map(([id, cooccurring]) => [id, { id, cooccurring } as unknown as Chapter])),
  };
}

const advice = (chapter: string, sequence: "before" | "together" | "after"): Chapter["cooccurring"][number] => ({
  chapter,
  sequence,
  advice: `Advice about ${chapter}.`,
  evidence: [],
  basis: "practice-based",
});

describe("which problem is treated first", () => {
  test("the one that the library says comes before the other, whichever of the two says so", () => {
    const plan = { problems: [problem("Grief", "grief"), problem("Drinking", "alcohol")], goals: [] };
    const said = orderOfProblems(plan, chapters({ alcohol: [advice("grief", "before")], grief: [] }));
    const turned = orderOfProblems(plan, chapters({ alcohol: [], grief: [advice("alcohol", "after")] }));
    for (const order of [said, turned]) expect(order.map(({ problem: { title } }) => title)).toEqual(["Drinking", "Grief"]);
    expect(said[0]?.why).toEqual(["It is treated before Grief."]);
    expect(said[1]?.why).toEqual(["Drinking is treated before it."]);
    expect(said[1]?.interactions).toMatchObject([{ sequence: "after", advice: "Advice about grief." }]);
  });

  test("what is treated together stays in the order of the plan", () => {
    const plan = { problems: [problem("Worry", "worry"), problem("Depression", "depression")], goals: [] };
    const order = orderOfProblems(plan, chapters({ depression: [advice("worry", "together")], worry: [] }));
    expect(order.map(({ problem: { title }, why }) => [title, why[0]])).toEqual([
      ["Worry", "It is treated together with Depression."],
      ["Depression", "It is treated together with Worry."],
    ]);
  });

  test("one with a goal about safety comes first, whatever else is advised", () => {
    const plan = {
      problems: [problem("Drinking", "alcohol"), problem("Depression", "depression")],
      goals: [{ safety: true, problemIds: ["Depression"], lifecycleStatus: "active" } as never],
    };
    const order = orderOfProblems(plan, chapters({ alcohol: [advice("depression", "before")], depression: [] }));
    expect(order.map(({ problem: { title } }) => title)).toEqual(["Depression", "Drinking"]);
    expect(order[0]?.why[0]).toBe("A goal about safety belongs to it: danger comes first.");
  });

  test("what is on hold stands at the end with the reason that the plan gives, and asks for one where there is none", () => {
    const plan = {
      problems: [
        problem("Trauma", null, { status: "on-hold", statusReason: "until the client has a safe place to live" }),
        problem("Sleep", null),
        problem("Pain", null, { status: "deferred" }),
      ],
      goals: [],
    };
    expect(orderOfProblems(plan, chapters({})).map(({ problem: { title }, why }) => [title, why[0]])).toEqual([
      ["Sleep", "It is the only problem that is treated now."],
      ["Trauma", "On hold: until the client has a safe place to live"],
      ["Pain", "Deferred. The plan gives no reason."],
    ]);
  });

  test("advice that goes in a circle falls back to the order of the plan", () => {
    const plan = { problems: [problem("A", "a"), problem("B", "b")], goals: [] };
    const order = orderOfProblems(plan, chapters({ a: [advice("b", "after")], b: [advice("a", "after")] }));
    expect(order.map(({ problem: { title } }) => title)).toEqual(["A", "B"]);
  });
});
