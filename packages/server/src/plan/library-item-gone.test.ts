import { clientDocument } from "@trellis/domain/document/client-document";
import { planDocument } from "@trellis/domain/document/plan-document";
import { checkPlan } from "@trellis/domain/findings/check-plan";
import type { Case } from "@trellis/domain/library/case";
import { assembleLibrary, type Library, type LibraryFile } from "@trellis/domain/library/library";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { Plan, Profile } from "@trellis/domain/plan/plan";
import { nextRevision, planToSign } from "@trellis/domain/plan/revision";
import { defaultCrisisWords } from "@trellis/domain/practice/crisis-words";
import { describe, expect, test } from "vitest";
import { loadLibrary } from "../library/load-library.ts";
import { adaSample } from "./author.test-data.ts";

const whole = loadLibrary();
const profile = Profile.parse({});

function drafted(found: Case, library: Library = whole): Plan {
  let ids = 0;
  const input = {
    planId: "plan",
    clientId: "client",
    record: found,
    library,
    author: adaSample,
    profile,
    today: found.today,
    reviewWeeks: 5,
  };
  return draftPlan({ ...input, newId: () => `id${++ids}` }).plan;
}

/** The library after a release that has none of the statements, sources and homework which this plan was made from. */
function withoutWhatItUses(plan: Plan): Library {
  const used = new Set(
    [plan.problems.flatMap(({ definitions }) => definitions), plan.goals, plan.objectives, plan.interventions]
      .flat()
      .flatMap(({ origin }) => (origin.kind === "library" ? [origin.id] : [])),
  );
  const gone = new Set(plan.interventions.flatMap(({ evidence, homework }) => [...evidence, ...homework]));
  const stays = ({ id }: { readonly id: string }) => !used.has(id) && !gone.has(id);
  return assembleLibrary(
    whole.files.flatMap((file): LibraryFile[] => {
      if (file.kind === "evidence") return [{ ...file, content: file.content.filter(stays) }];
      if (file.kind === "homework") return stays(file.content) ? [file] : [];
      if (file.kind !== "chapter") return [file];
      const { definitions, goals, objectives, interventions } = file.content;
      return [
        {
          ...file,
          content: {
            ...file.content,
            definitions: definitions.filter(stays),
            goals: goals.filter(stays),
            objectives: objectives.filter(stays),
            interventions: interventions.filter(stays),
          },
        },
      ];
    }),
  );
}

const kept = ({ problems, goals, objectives, interventions, measureSchedule, dischargeCriteria }: Plan) => ({
  problems,
  goals,
  objectives,
  interventions,
  measureSchedule,
  dischargeCriteria,
});

describe.each(whole.cases.map((found) => [found.id, found] as const))("what the plan of %s uses has gone from the library", (_, found) => {
  const plan = drafted(found);
  const libraries: [string, Library][] = [
    ["its statements, sources and homework", withoutWhatItUses(plan)],
    ["everything", assembleLibrary([])],
  ];

  test.each(libraries)("%s: the plan says what it said, on screen and on paper", (_what, library) => {
    const before = planDocument({ plan, library: whole, signatures: [], hash: null, standing: { kind: "draft" } });
    const after = planDocument({ plan, library, signatures: [], hash: null, standing: { kind: "draft" } });
    const statements = ({ problems }: typeof before) =>
      problems.map(({ title, goals }) => [
        title,
        goals.map(({ text, objectives }) => [
          text,
          objectives.map((objective) => [objective.text, objective.measure, objective.interventions.map((one) => [one.text, one.kind])]),
        ]),
      ]);
    expect(statements(after)).toEqual(statements(before));
    const safety = defaultCrisisWords("US");
    expect(clientDocument(plan, { standing: { kind: "draft" }, safety }).goals).not.toEqual([]);
  });

  test.each(libraries)("%s: it is checked, and no new objection comes from that", (_what, library) => {
    const errors = (from: Library) =>
      checkPlan({ plan, record: found, library: from, today: found.today }).flatMap(({ severity, rule, path }) =>
        severity === "error" ? [`${rule} ${path.join(".")}`] : [],
      );
    expect(errors(library)).toEqual(errors(whole));
  });

  test("and the next revision carries every line over", () => {
    const signed = planToSign(plan, found.today);
    const next = Plan.parse(
      nextRevision(signed, { subject: signed.subject, author: adaSample, reason: "A new score", today: "2026-11-23" }),
    );
    expect({ ...next, ...kept(signed) }).toEqual(next);
    const numbers = (library: Library) =>
      planDocument({ plan: next, library, signatures: [], hash: null, standing: { kind: "draft" } }).problems.length;
    expect(numbers(withoutWhatItUses(plan))).toBe(numbers(whole));
  });

  test("and a new draft is made of what is left", () => {
    const library = withoutWhatItUses(plan);
    const left = drafted(found, library);
    for (const { origin } of left.interventions) if (origin.kind === "library") expect(library.interventionById.has(origin.id)).toBe(true);
    expect(drafted(found, assembleLibrary([])).clientId).toBe("client");
  });
});

test("a caution goes on being told of a technique that another chapter still has", () => {
  const found = whole.caseById.get("dep-night-shift");
  if (found === undefined) throw new Error("The library has no such case.");
  const plan = drafted(found);
  const technique = "sleep scheduling";
  const [entry] = whole.chapters.flatMap(({ interventions }) => interventions).filter((one) => one.technique === technique);
  if (entry === undefined) throw new Error("The library schedules no sleep.");
  const held = {
    ...plan,
    interventions: plan.interventions.slice(0, 1).map((one) => ({
      ...one,
      technique,
      text: entry.text,
      origin: { kind: "library" as const, id: "a-statement-that-was-withdrawn", text: entry.text },
    })),
  };
  const record = { ...found, intake: { ...found.intake, mentalStatus: { ...found.intake.mentalStatus, currentMania: true } } };
  const told = checkPlan({ plan: held, record, library: whole, today: found.today }).filter(({ rule }) => rule === "CONFLICT-caution");
  expect(told.map(({ message }) => message)).toContainEqual(expect.stringContaining("current manic symptoms"));
});
