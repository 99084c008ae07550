import { Client } from "@trellis/domain/client/client";
import type { ClientRecord } from "@trellis/domain/client/client-record";
import { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { billableUnder } from "@trellis/domain/diagnosis/icd-10-cm";
import { checkPlan } from "@trellis/domain/findings/check-plan";
import { Intake } from "@trellis/domain/intake/intake";
import type { Chapter, Danger } from "@trellis/domain/library/chapter";
import { lookOf } from "@trellis/domain/library/danger";
import type { Library } from "@trellis/domain/library/library";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { interventionsOf, type Plan, Profile } from "@trellis/domain/plan/plan";
import { describe, expect, it } from "vitest";
import { loadDiagnoses } from "../library/load-diagnoses.ts";
import { loadLibrary } from "../library/load-library.ts";
import { adaSample } from "./author.test-data.ts";

const library = loadLibrary();
const today = "2026-11-26";
const { table } = loadDiagnoses(today);

/** The library as if this were its only chapter, beside those that answer a danger in anybody: no other one takes its code. */
const only = (chapter: Chapter): Library => ({
  ...library,
  chapters: [
    chapter,
    ...library.chapters.filter((other) => other !== chapter && other.safetyFor.length > 0).map((other) => ({ ...other, diagnoses: [] })),
  ],
});

/** Somebody of the chapter's age with its first code, of whom nothing is known but this danger. */
function recordFor(chapter: Chapter, danger: Danger | null): ClientRecord {
  const age = chapter.ages?.from ?? (chapter.population === "older-adult" ? 72 : 40);
  const [code] = chapter.diagnoses.flatMap((prefix) => billableUnder(table, prefix));
  if (!code) throw new Error(`No billable code leads to ${chapter.id}.`);
  return {
    client: Client.parse({ name: { given: "Robin", family: "Example" }, birthDate: `${2025 - age}-03-02` }),
    intake: Intake.parse({
      presentingProblems: { problems: [{ id: "p", words: "It is too much.", impact: "Stays home from work on two days of five." }] },
      risk: {
        assessedOn: today,
        level: danger === "suicide" ? "moderate" : "low",
        harmToOthers: danger === "risk-to-others" ? "thoughts" : "none",
        ongoingViolence: danger === "ongoing-violence",
        means: danger === "suicide" ? "A pistol in the night table." : "",
      },
      substanceUse: { withdrawalRisk: danger === "withdrawal-risk" },
    }),
    diagnoses: [
      Diagnosis.parse({
        id: "d",
        code: code.code,
        description: code.description,
        fiscalYear: 2026,
        rank: "principal",
        verification: "confirmed",
        justification: "As told at intake.",
        diagnosedBy: "Ada Sample",
        diagnosedOn: today,
      }),
    ],
    administrations: [],
  };
}

function draftFor(chapter: Chapter, danger: Danger | null): { readonly plan: Plan; readonly record: ClientRecord } {
  let ids = 0;
  const record = recordFor(chapter, danger);
  const { plan } = draftPlan({
    planId: "plan",
    clientId: "client",
    record,
    library: only(chapter),
    author: adaSample,
    profile: Profile.parse({}),
    today,
    reviewWeeks: 5,
    newId: () => `id${++ids}`,
  });
  return { plan, record };
}

const chapters = library.chapters.map((chapter) => [chapter.id, chapter] as const);

describe.each(chapters)("a first draft from %s, with nothing known but the code", (id, chapter) => {
  const { plan, record } = draftFor(chapter, null);

  it("has two goals or more, and one to three interventions for each objective", () => {
    expect(plan.problems[0]?.chapter).toBe(id);
    expect(plan.goals.length).toBeGreaterThan(1);
    for (const objective of plan.objectives) expect([1, 2, 3]).toContain(interventionsOf(plan, objective.id).length);
  });

  it("has no fault but numbers that only the client can give", () => {
    const errors = checkPlan({ plan, record, library, today }).filter(({ severity }) => severity === "error");
    expect(errors.filter(({ rule, path }) => !(rule === "SMART-blank" || (rule === "CORE-04" && path.at(-2) === "metric")))).toEqual([]);
  });
});

// Chapters for children answer the danger that they are about; those for any other come with the chapters for children.
const ofAdults = chapters.filter(([, { ages }]) => (ages?.from ?? 18) >= 18);

describe.each(["suicide", "risk-to-others", "ongoing-violence", "withdrawal-risk"] as const)("where the record holds %s", (danger) => {
  it.each(ofAdults)("a draft from %s has a safety goal, and something by which that danger is looked at again", (_, chapter) => {
    const { plan } = draftFor(chapter, danger);
    expect(plan.goals[0]?.safety).toBe(true);
    expect(plan.interventions.some((entry) => lookOf(entry, new Set([danger])) === "fitting")).toBe(true);
  });
});
