import { meansChapter } from "../library/based-on.ts";
import type { Chapter } from "../library/chapter.ts";
import type { Library } from "../library/library.ts";
import type { Plan, PlanProblem } from "../plan/plan.ts";

/** How one problem of a plan changes the treatment of another. */
export interface Interaction {
  readonly withProblem: string;
  readonly title: string;
  /** Whether this problem is treated before the other one, together with it, or after it; as in a chapter of the library. */
  readonly sequence: "before" | "together" | "after";
  readonly advice: string;
  /** Ids of the library's sources; empty for practice-based advice. */
  readonly evidence: readonly string[];
}

export interface OrderedProblem {
  readonly problem: PlanProblem;
  /** Why it stands where it stands, the weightiest reason first. */
  readonly why: readonly string[];
  readonly interactions: readonly Interaction[];
}

const opposite = { before: "after", together: "together", after: "before" } as const;

/**
 * The problems of a plan in the order in which to treat them, each with the reason: one with danger first, then by the library's advice on problems that
 * come together, else as the plan has them. What is on hold, deferred or resolved stands at the end, with the reason that the plan gives.
 */
export function orderOfProblems(plan: Pick<Plan, "problems" | "goals">, library: Pick<Library, "chapterById">): OrderedProblem[] {
  const active = plan.problems.filter(({ status }) => status === "active");
  const interactions = new Map(plan.problems.map((problem) => [problem.id, interactionsOf(problem, plan.problems, library)]));
  const isDanger = ({ id }: PlanProblem) =>
    plan.goals.some(
      ({ safety, problemIds, lifecycleStatus }) =>
        safety && problemIds.includes(id) && lifecycleStatus !== "completed" && lifecycleStatus !== "cancelled",
    );
  const before = (a: PlanProblem, b: PlanProblem) =>
    (interactions.get(a.id) ?? []).some(({ withProblem, sequence }) => withProblem === b.id && sequence === "before");
  const ordered: PlanProblem[] = [];
  const rest = [...active.filter(isDanger), ...active.filter((problem) => !isDanger(problem))];
  while (rest.length > 0) {
    // The first that nothing else left has to come before; a circle of advice falls back to the order of the plan.
    const index = rest.findIndex((problem) => isDanger(problem) || !rest.some((other) => other !== problem && before(other, problem)));
    ordered.push(...rest.splice(Math.max(index, 0), 1));
  }
  const waiting = plan.problems.filter(({ status }) => status !== "active");
  return [...ordered, ...waiting].map((problem) => {
    const own = interactions.get(problem.id) ?? [];
    return { problem, interactions: own, why: whyThere(problem, own, isDanger(problem), ordered.length) };
  });
}

function whyThere(problem: PlanProblem, interactions: readonly Interaction[], danger: boolean, active: number): string[] {
  if (problem.status !== "active") {
    const state = { "on-hold": "On hold", deferred: "Deferred", resolved: "Resolved" }[problem.status];
    return [`${state}${problem.statusReason === "" ? ". The plan gives no reason." : `: ${problem.statusReason}`}`];
  }
  const why: string[] = danger ? ["A goal about safety belongs to it: danger comes first."] : [];
  for (const { sequence, title } of interactions) {
    if (sequence === "before") why.push(`It is treated before ${title}.`);
    if (sequence === "after") why.push(`${title} is treated before it.`);
    if (sequence === "together") why.push(`It is treated together with ${title}.`);
  }
  if (why.length === 0)
    why.push(
      active < 2 ? "It is the only problem that is treated now." : "Where the plan has it: nothing says that another order is better.",
    );
  return why;
}

function interactionsOf(problem: PlanProblem, all: readonly PlanProblem[], library: Pick<Library, "chapterById">): Interaction[] {
  const own = chapterOf(problem, library);
  return all.flatMap((other): Interaction[] => {
    if (other.id === problem.id) return [];
    const theirs = chapterOf(other, library);
    // The chapter's own advice is worded for this problem; where only the other one speaks, its advice is turned round.
    const said = own?.cooccurring.find(({ chapter }) => meansChapter(chapter, other.chapter, library));
    if (said !== undefined)
      return [{ withProblem: other.id, title: other.title, sequence: said.sequence, advice: said.advice, evidence: said.evidence }];
    const turned = theirs?.cooccurring.find(({ chapter }) => meansChapter(chapter, problem.chapter, library));
    if (turned === undefined) return [];
    return [
      { withProblem: other.id, title: other.title, sequence: opposite[turned.sequence], advice: turned.advice, evidence: turned.evidence },
    ];
  });
}

function chapterOf({ chapter }: PlanProblem, library: Pick<Library, "chapterById">): Chapter | undefined {
  return chapter === null ? undefined : library.chapterById.get(chapter);
}
