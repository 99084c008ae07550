import { clientDocument, safetyWords } from "@trellis/domain/document/client-document";
import { planDocument } from "@trellis/domain/document/plan-document";
import type { Case } from "@trellis/domain/library/case";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { applyEdits } from "@trellis/domain/plan/edit-plan";
import { objectiveText, openBlank } from "@trellis/domain/plan/objective-text";
import { type Plan, Profile } from "@trellis/domain/plan/plan";
import { plainGrade, readingGrade } from "@trellis/domain/reading-level/reading-level";
import { describe, expect, it } from "vitest";
import { finishDraft } from "../demo/finish-draft.ts";
import { loadLibrary } from "../library/load-library.ts";

const library = loadLibrary();

function drafted(found: Case): Plan {
  let ids = 0;
  const { plan } = draftPlan({
    planId: "plan",
    clientId: "client",
    record: found,
    library,
    author: {
      practiceName: "Willow Practice",
      practiceAddress: "",
      clinicianId: "m",
      clinicianName: "Ada Sample",
      credentials: "LCSW",
      npi: "",
    },
    profile: Profile.parse({}),
    today: found.today,
    reviewWeeks: 5,
    newId: () => `id${++ids}`,
  });
  return plan;
}

/** Every string of a document, in its order. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
const ofRecord = (plan: Plan) => planDocument({ plan, library, signatures: [], hash: null });
const ofClient = (plan: Plan) => clientDocument(plan, { draft: true });

describe.each(library.cases.map((found) => [found.id, found] as const))("the documents of the plan drafted for %s", (_, found) => {
  const plan = drafted(found);
  const record = ofRecord(plan);
  const client = ofClient(plan);
  const goals = record.problems.flatMap((problem) => problem.goals);
  const objectives = goals.flatMap((goal) => goal.objectives);

  it("hold every problem, goal, objective and intervention", () => {
    expect(record.problems.map(({ title }) => title)).toEqual(plan.problems.map(({ title }) => title));
    expect(goals.map(({ text }) => text).toSorted()).toEqual(plan.goals.map(({ text }) => text).toSorted());
    expect(objectives.map(({ text }) => text).toSorted()).toEqual(plan.objectives.map((entry) => objectiveText(entry)).toSorted());
    const full = objectives.flatMap(({ interventions }) => interventions.filter(({ first }) => first).map(({ text }) => text));
    for (const intervention of plan.interventions) expect(full.filter((text) => text.startsWith(intervention.text)).length).toBe(1);

    expect(client.goals.map(({ text }) => text)).toEqual(plan.goals.map(({ plain }) => plain));
    const steps = client.goals.flatMap((goal) => goal.steps);
    expect(steps.map(({ text }) => text)).toEqual(plan.objectives.map((entry) => objectiveText(entry, "plain")));
    const therapist = steps.flatMap((step) => step.therapist);
    expect(therapist.toSorted()).toEqual(plan.interventions.map(({ plain }) => plain).toSorted());
  });

  it("number a shared intervention once and refer to it by that number afterwards", () => {
    const printed = objectives.flatMap(({ interventions }) => interventions);
    const firsts = printed.filter(({ first }) => first);
    expect(new Set(firsts.map(({ number }) => number)).size).toBe(plan.interventions.length);
    expect(firsts.map(({ number }) => Number(number))).toEqual(firsts.map((_entry, index) => index + 1));
    expect(printed.length).toBeGreaterThan(firsts.length);
    for (const entry of printed) expect(firsts.find(({ number }) => number === entry.number)?.text).toBe(entry.text);
  });

  it("cite each source once, and no number that is not in the list", () => {
    const numbers = objectives.flatMap(({ interventions }) => interventions.flatMap(({ sources }) => sources));
    expect(Math.max(...numbers)).toBe(record.sources.length);
    expect(new Set(record.sources).size).toBe(record.sources.length);
  });

  it("hold no word that a machine left behind", () => {
    for (const text of [...textsOf(record), ...textsOf(client)]) expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{[a-z]\w*\}/);
  });

  it("show each open blank as a line, and none once it is filled", () => {
    const open = plan.objectives.filter((entry) => objectiveText(entry).includes(openBlank));
    expect(objectives.filter(({ text }) => text.includes(openBlank)).length).toBe(open.length);
    expect(open.length).toBeGreaterThan(0);
    const result = applyEdits(plan, finishDraft(plan, found.today));
    if (!result.ok) throw new Error("The edits that finish a draft apply.");
    for (const text of [...textsOf(ofRecord(result.plan)), ...textsOf(ofClient(result.plan))]) expect(text).not.toContain(openBlank);
  });

  it("speak to the client at grade 8 or below, part by part and as a whole", () => {
    const parts = [
      client.signs,
      client.goals.map(({ text }) => text),
      client.goals.flatMap(({ steps }) => steps.map(({ text }) => text)),
      client.goals.flatMap(({ steps }) => steps.flatMap(({ therapist }) => therapist)),
      client.meetings,
      client.checks,
      client.yourPart,
      client.theirPart,
      client.ending,
      [client.safety],
    ];
    for (const part of [...parts, parts.flat()]) {
      expect(part.length).toBeGreaterThan(0);
      expect(readingGrade(part.join("\n"))).toBeLessThanOrEqual(plainGrade);
    }
  });

  it("give the client no code and no diagnosis, and the way to help", () => {
    const all = textsOf(client).join("\n");
    for (const { code, description } of plan.diagnoses) {
      expect(all).not.toContain(code);
      expect(all).not.toContain(description);
    }
    expect(client.safety).toBe(safetyWords);
    expect(safetyWords).toContain("988");
  });

  it("name the client with diagnosis, necessity and scores for the payer", () => {
    const facts = new Map(record.identification);
    expect(facts.get("Client")).toContain(plan.subject.name);
    expect(record.diagnoses.map(({ code }) => code)).toEqual(plan.diagnoses.map(({ code }) => code));
    expect(record.problems.every(({ codes, impairment }) => codes !== "" && impairment !== "")).toBe(true);
    expect(record.necessity).toContain(plan.diagnoses[0]?.code);
    expect(record.scores.length).toBe(plan.assessments.length);
    for (const entry of objectives) expect([entry.measure, entry.target, entry.date].every((text) => text !== "")).toBe(true);
  });

  it("say how the number of sessions fits the weeks, to the payer and to the client", () => {
    const { frequency, weeks, expectedSessions } = plan.sessionPlan;
    if (!frequency || !weeks || !expectedSessions) throw new Error("A drafted plan has a session plan.");
    const more = frequency.per === "week" && frequency.times * weeks > expectedSessions[1];
    const facts = new Map(record.sessions);
    expect(facts.get("Duration")?.includes("spaced out later")).toBe(more);
    expect(client.meetings.some((text) => text.includes("Later we meet less often."))).toBe(more);
    expect(facts.get("Expected number of sessions")).toBe(expectedSessions.join(" to "));
    expect(facts.get("Interventions")).toContain("One session holds several interventions");
  });

  it("join lists without a stop in the middle, and count one in the singular", () => {
    for (const text of [...textsOf(record), ...textsOf(client)]) {
      expect(text).not.toMatch(/[^.]\.;/);
      expect(text).not.toMatch(/\b1 (?:times|days|nights|hours|things|steps|worries|drinks)\b/);
    }
  });

  it("pass names and words of every script through as they are", () => {
    const name = { given: "小明 محمد", family: "Łukasiewicz-Θεός", chosen: "ミン" };
    const hope = "أريد أن أنام 🌱";
    const [first, ...others] = plan.goals;
    if (!first) throw new Error("A drafted plan has a goal.");
    const own = { ...drafted({ ...found, client: { ...found.client, name } }), goals: [{ ...first, clientWords: hope }, ...others] };
    expect(ofRecord(own).client).toBe("小明 محمد Łukasiewicz-Θεός");
    expect(new Map(ofRecord(own).identification).get("Client")).toContain("called ミン");
    expect(ofClient(own).name).toBe("ミン");
    for (const texts of [textsOf(ofRecord(own)), textsOf(ofClient(own))]) expect(texts).toContain(hope);
  });
});
