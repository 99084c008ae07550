import { clientDocument } from "@trellis/domain/document/client-document";
import type { Case } from "@trellis/domain/library/case";
import { differenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import { itemHistory } from "@trellis/domain/plan/difference/item-history";
import { differenceOf } from "@trellis/domain/plan/difference/plan-difference";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { applyEdits, type Edit, removeGoal, removeObjective } from "@trellis/domain/plan/edit-plan";
import { type Plan, Profile } from "@trellis/domain/plan/plan";
import { nextRevision, planToSign } from "@trellis/domain/plan/revision";
import { plainGrade, readingGrade } from "@trellis/domain/reading-level/reading-level";
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../library/load-library.ts";
import { adaSample } from "./author.test-data.ts";

const library = loadLibrary();

function signedPlanOf(found: Case): Plan {
  let ids = 0;
  const { plan } = draftPlan({
    planId: "plan",
    clientId: "client",
    record: { client: found.client, intake: found.intake, diagnoses: found.diagnoses, administrations: found.administrations },
    library,
    author: adaSample,
    profile: Profile.parse({}),
    today: found.today,
    reviewWeeks: 5,
    newId: () => `id${++ids}`,
  });
  return planToSign(plan, found.today);
}

/** What a first review does to a plan: something reached, something revised, something given up, something new. */
function reviewed(plan: Plan): { readonly after: Plan; readonly edits: readonly Edit[] } {
  const measured = plan.objectives.find(({ metric }) => metric?.kind === "measure" && metric.target !== null);
  const reached = plan.objectives.find(({ id }) => id !== measured?.id);
  const dropped = plan.objectives.findLast(({ id }) => id !== measured?.id && id !== reached?.id);
  const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value });
  const draft = nextRevision(plan, {
    subject: plan.subject,
    author: plan.author,
    reason: "We looked at the plan together after five weeks.",
    today: "2026-11-23",
  });
  const edits: Edit[] = [
    ...(measured?.metric
      ? [
          set(["objectives", measured.id, "metric", "target"], (measured.metric.target ?? 0) + 2),
          set(["objectives", measured.id, "targetDate"], "2027-04-30"),
        ]
      : []),
    ...(reached
      ? [set(["objectives", reached.id, "lifecycleStatus"], "completed"), set(["objectives", reached.id, "achievementStatus"], "achieved")]
      : []),
    ...(dropped ? removeObjective(plan, dropped.id) : []),
    set(["sessionPlan", "frequency"], { times: 1, per: "month" }),
    set(["reviewDue"], "2027-02-15"),
    set(["medicalNecessity"], `${plan.medicalNecessity} Symptoms are fewer, and work is not safe yet.`),
    set(
      ["changeReasons"],
      [measured, reached, dropped].flatMap((entry, at) =>
        entry
          ? [
              {
                id: entry.id,
                reason: ["You need more time for this than we thought.", "You did it.", "It did not fit your life right now."][at] ?? "",
              },
            ]
          : [],
      ),
    ),
  ];
  const result = applyEdits(draft, edits);
  if (!result.ok) throw new Error(result.refusals.map(({ message }) => message).join(" "));
  return { after: result.plan, edits };
}

describe.each(library.cases.map((found) => [found.id, found] as const))("%s after its first review", (_, found) => {
  const before = signedPlanOf(found);
  const { after } = reviewed(before);
  const difference = differenceOf(before, after);

  it("says what was reached, revised, given up, and why", () => {
    const { groups } = differenceInWords(difference, "client");
    expect(groups.map(({ title }) => title)).toEqual(["What you reached", "What we changed", "What we stopped", "Also updated"]);
    const sentences = groups.flatMap(({ changes }) => changes.map(({ sentence }) => sentence)).join("\n");
    expect(sentences).toContain("You reached a step, because you did it.");
    expect(sentences).toMatch(
      /We raised the target .*\. We moved the date .* to April 30, 2027\. We did this because you need more time for this than we thought\./,
    );
    expect(sentences).toContain("We took a step out of the plan, because it did not fit your life right now.");
    expect(sentences).toContain("We now meet once a month");
  });

  it("is read at grade 8 or below, each sentence and all of it", () => {
    const { lead, groups } = differenceInWords(difference, "client");
    const all = [
      lead,
      ...groups.flatMap(({ title, changes }) => [
        `${title}.`,
        ...changes.flatMap(({ sentence, about }) => [sentence, ...about.map(({ text }) => text)]),
      ]),
    ];
    for (const { changes } of groups)
      for (const { sentence } of changes) expect(readingGrade(sentence), sentence).toBeLessThanOrEqual(plainGrade);
    expect(readingGrade(all.join(" "))).toBeLessThanOrEqual(plainGrade);
  });

  it("stands at the head of the plan that the client takes home", () => {
    const options = { standing: { kind: "in-force" }, safety: "Call 988." } as const;
    const { changed } = clientDocument(after, { ...options, changed: differenceInWords(difference, "client") });
    expect(changed[0]).toMatch(/^You reached a step, because you did it\. “.+”$/);
    expect(clientDocument(after, options).changed).toEqual([]);
  });

  it("counts for the record each thing that differs once", () => {
    const { groups } = differenceInWords(difference, "record");
    const ids = groups.flatMap(({ changes }) => changes.flatMap((change) => change.ids));
    expect(ids.length).toBe(new Set(ids).size);
    expect(new Set(ids)).toEqual(
      new Set(difference.items.filter(({ part }) => part !== "participation" && part !== "agreement").map(({ id }) => id)),
    );
  });

  it("says all that went when a goal is taken out", () => {
    const [goal] = before.goals;
    if (!goal) throw new Error("The draft has no goal.");
    const result = applyEdits(before, removeGoal(before, goal.id));
    if (!result.ok) throw new Error("The goal cannot be taken out.");
    const removed = differenceOf(before, result.plan).items.filter(({ kind }) => kind === "removed");
    expect(new Set(removed.map(({ part }) => part))).toEqual(
      new Set(["goals", "objectives", ...(removed.some(({ part }) => part === "interventions") ? ["interventions"] : [])]),
    );
    expect(removed.filter(({ part }) => part === "objectives").length).toBe(
      before.objectives.filter(({ goalId }) => goalId === goal.id).length,
    );
  });

  it("tells the reached step from its proposal to its end", () => {
    const reached = difference.items.find(({ ending }) => ending === "reached");
    const history = itemHistory(
      [
        { plan: before, on: found.today, signed: true },
        { plan: after, on: "2027-01-04", signed: true },
      ],
      reached?.id ?? "",
    );
    expect(history?.state).toBe("reached");
    expect(history?.events.map(({ kind }) => kind)).toEqual(["agreed", "reached"]);
  });
});
