import { clientDocument } from "@trellis/domain/document/client-document";
import { planDocument } from "@trellis/domain/document/plan-document";
import type { Standing } from "@trellis/domain/document/standing";
import type { Case } from "@trellis/domain/library/case";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { applyEdits } from "@trellis/domain/plan/edit-plan";
import { planNumbers } from "@trellis/domain/plan/numbering";
import { objectiveText, openBlank } from "@trellis/domain/plan/objective-text";
import { Plan, Profile } from "@trellis/domain/plan/plan";
import { defaultCrisisWords } from "@trellis/domain/practice/crisis-words";
import { plainGrade, readingGrade } from "@trellis/domain/reading-level/reading-level";
import { describe, expect, it } from "vitest";
import { finishDraft } from "../demo/finish-draft.ts";
import { loadLibrary } from "../library/load-library.ts";
import { adaSample } from "../plan/author.test-data.ts";

const library = loadLibrary();

function drafted(found: Case): Plan {
  let ids = 0;
  const { plan } = draftPlan({
    planId: "plan",
    clientId: "client",
    record: found,
    library,
    author: adaSample,
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
const ofRecord = (plan: Plan) => planDocument({ plan, library, signatures: [], hash: null, standing: { kind: "draft" } });
const safety = defaultCrisisWords("US");
const ofClient = (plan: Plan) => clientDocument(plan, { standing: { kind: "draft" }, safety });

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

  it("call goals and objectives by the numbers that they have on screen", () => {
    const numbers = planNumbers(plan);
    expect(goals.map(({ number }) => number)).toEqual(numbers.goals.map(({ number }) => number));
    expect(objectives.map(({ number }) => number)).toEqual(numbers.objectives.map(({ number }) => number));
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
    const result = applyEdits(plan, finishDraft(plan, found.today, library));
    if (!result.ok) throw new Error("The edits that finish a draft apply.");
    for (const text of [...textsOf(ofRecord(result.plan)), ...textsOf(ofClient(result.plan))])
      expect(text).not.toMatch(new RegExp(`${openBlank}|what we wrote down together`));
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
    expect(client.safety).toBe(safety);
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

  it("name the forms that scores come from, and which step goes by which", () => {
    for (const { measureName } of plan.measureSchedule) expect(client.checks.join(" ")).toContain(measureName);
    const steps = client.goals.flatMap((goal) => goal.steps);
    const named = steps.map(({ text, form }, index) => {
      const name = plan.objectives[index]?.metric?.measureName ?? "";
      return form === (text.includes(name) ? "" : name);
    });
    expect(named).not.toContain(false);
    expect(record.scores.every(({ band }) => band !== "")).toBe(true);
  });

  it("tell the client's strengths and signs without a mark of the intake and without saying anything twice", () => {
    for (const strength of client.strengths) expect(strength).toMatch(/^(?!Way of coping)[^\p{Ll}]/u);
    expect(new Set(client.signs).size).toBe(client.signs.length);
    const dangers = plan.problems.flatMap(({ definitions }) =>
      definitions.filter(({ because }) => because.some(({ kind }) => kind === "risk")),
    );
    // Signs of danger stand last, after all others.
    expect(client.signs.slice(client.signs.length - dangers.length)).toEqual(dangers.map(({ plain }) => plain));
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

/** The plan with these changes. */
const changed = (plan: Plan, changes: Partial<Plan>): Plan => Plan.parse({ ...plan, ...changes });

describe("the documents", () => {
  const [found] = library.cases;
  if (!found) throw new Error("The library has cases.");
  const plan = drafted(found);

  it("print in the record whatever the clinician can write into the plan", () => {
    const full = changed(plan, {
      disabilities: ["Hearing aid on the left"],
      naturalSupports: ["The neighbor upstairs"],
      medications: [{ id: "m1", name: "Sertraline", dose: "50 mg", purpose: "low mood", prescriber: "Dr. Sample" }],
      legalStatus: "Voluntary",
      supervision: "Weekly with the director",
      monitoredBy: "Care manager",
      backUpPlan: "The sister comes by",
      settingModifications: [{ id: "s1", what: "Locked kitchen at night", justification: "after the fire" }],
    });
    const printed = textsOf(ofRecord(full)).join("\n");
    for (const text of ["Hearing aid on the left", "The neighbor upstairs", "Dr. Sample", "Voluntary", "Weekly with the director"])
      expect(printed).toContain(text);
    for (const text of ["Care manager", "The sister comes by", "Locked kitchen at night (after the fire)"]) expect(printed).toContain(text);
  });

  it("tell the client what was written down as not agreed, and what was declined in words that can be understood", () => {
    const inPart = changed(plan, {
      agreement: { state: "agreed-in-part", detail: "Not the group." },
      declined: [{ id: "d1", what: "Mindfulness-based", reason: "" }],
    });
    expect(ofClient(inPart).notAgreed).toBe("Not the group.");
    expect(ofClient(changed(inPart, { agreement: { state: "agreed", detail: "Not the group." } })).notAgreed).toBe("");
    expect(ofClient(inPart).choices).toEqual(["Mindfulness-based: practicing steady, kind attention to what is happening right now."]);
  });

  it.each<readonly [Standing, record: string, client: string]>([
    [
      { kind: "draft" },
      "Draft. This plan is not signed and is not in force.",
      "This is a draft. It is not signed yet and can still change.",
    ],
    [
      { kind: "waiting", missing: ["clinician", "supervisor"] },
      "Not in force. This plan still waits for the signature of the clinician and the supervisor.",
      "Not all of us have signed this plan yet.",
    ],
    [{ kind: "in-force" }, "", ""],
    [
      { kind: "replaced", by: 3 },
      "No longer in force. Revision 3 has taken the place of this plan.",
      "This is an old plan. You have a newer one. Ask your therapist for it.",
    ],
  ])("say whether the plan counts: %o", (standing, record, client) => {
    const hash = standing.kind === "draft" ? null : "a".repeat(64);
    expect(planDocument({ plan, library, signatures: [], hash, standing }).standing.notice).toBe(record);
    expect(clientDocument(plan, { standing, safety }).standing.notice).toBe(client);
    expect(readingGrade(client)).toBeLessThanOrEqual(plainGrade);
  });

  it("end the title of a source with one sign", () => {
    for (const { sources } of library.cases.map((entry) => ofRecord(drafted(entry))))
      for (const source of sources) expect(source).not.toMatch(/[?!]\./);
  });
});
