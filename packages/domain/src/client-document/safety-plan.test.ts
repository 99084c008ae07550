import { describe, expect, test } from "vitest";
import { Client } from "../client/client.ts";
import { Intake } from "../intake/intake.ts";
import { examplePlan, exampleRecord } from "../plan/plan.test-data.ts";
import { documentChanges } from "./document-changes.ts";
import { isEmptyDocument, withoutEmptyEntries } from "./document-parts.ts";
import { openSuggestions, takeSuggestion } from "./document-suggestions.ts";
import { SafetyPlan } from "./safety-plan.ts";
import { phoneFaults, safetyPlanFindings } from "./safety-plan-findings.ts";
import { startSafetyPlan } from "./start-safety-plan.ts";

const us = { country: "US", crisis: "" };
const record = exampleRecord({
  client: Client.parse({
    name: { given: "Rowan", family: "Example" },
    birthDate: "1988-02-03",
    emergencyContact: { name: "Ana Example", relationship: "sister", phone: "(555) 555-0142" },
  }),
  intake: Intake.parse({
    presentingProblems: { problems: [{ id: "p1", words: "I lie awake and count" }], hopes: ["see my daughter finish school"] },
    strengths: { coping: ["walks the dog", "Walks the dog."], strengths: ["patient with others"], supports: ["Ana Example", "choir"] },
    risk: { level: "moderate", ideation: "passive", means: "Sleeping tablets at home", protectiveFactors: ["My daughter"] },
  }),
});
const suggestions = startSafetyPlan(record, null, us);
const offered = (part: string) =>
  suggestions.flatMap((one) =>
    one.part !== part ? [] : [one.of === "lines" ? one.line : `${one.contact.name} ${one.contact.phone}`.trim()],
  );

describe("what the record offers for a safety plan", () => {
  test("stands in the part where it belongs, each thing once and with where it comes from", () => {
    expect(offered("warningSigns")).toEqual(["I think that it would be better not to be here", "I lie awake and count"]);
    expect(offered("ownCoping")).toEqual(["Walks the dog", "Patient with others"]);
    expect(offered("distractions")).toEqual(["Ana Example", "choir"]);
    expect(offered("helpers")).toEqual(["Ana Example (555) 555-0142", "choir"]);
    expect(offered("professionals")).toEqual(["988 Suicide & Crisis Lifeline 988", "Emergency, when in danger now 911"]);
    expect(offered("surroundings")).toEqual(["Out of my reach until I feel safer: Sleeping tablets at home"]);
    expect(offered("reasonsToLive")).toEqual(["My daughter", "See my daughter finish school"]);
    expect(suggestions.every(({ because }) => because.text.endsWith(".") || because.text.endsWith("?"))).toBe(true);
  });

  test("goes by the plan where there is one: how the problems show, and who the therapist is", () => {
    const plan = examplePlan();
    const withPlan = startSafetyPlan(record, plan, us);
    const therapist = withPlan.find((one) => one.of === "contacts" && one.contact.name === plan.author.clinicianName);
    expect(therapist).toMatchObject({ part: "professionals", contact: { phone: "", anyHour: false } });
    expect(withPlan.length).toBeGreaterThan(suggestions.length);
  });

  test("names no means where the assessment says that there are none, and puts nothing in by itself", () => {
    for (const means of ["", "None known", "no access to means", "n/a"]) {
      const intake = Intake.parse({ risk: { means } });
      expect(startSafetyPlan({ ...record, intake }, null, us).some(({ part }) => part === "surroundings")).toBe(false);
    }
    expect(isEmptyDocument("safety-plan", SafetyPlan.parse({}))).toBe(true);
  });

  test("is taken with one click, and not offered again once it stands there in other letters or with the same number", () => {
    const first = suggestions.find((one) => one.of === "lines" && one.line === "Walks the dog");
    if (first === undefined) throw new Error("It is not offered.");
    const taken = takeSuggestion(SafetyPlan.parse({ ownCoping: ["Cold water", ""] }), first);
    expect(taken.ownCoping).toEqual(["Cold water", "Walks the dog"]);
    const open = openSuggestions("safety-plan", suggestions, {
      ...taken,
      ownCoping: ["WALKS  the dog!"],
      helpers: [{ name: "Sis", phone: "555 555 0142", note: "", anyHour: false }],
    });
    const left = (part: string) => open.filter((one) => one.part === part).length;
    expect(left("ownCoping")).toBe(1);
    expect(left("helpers")).toBe(1);
    expect(open.some((one) => one.of === "contacts" && one.contact.phone === "(555) 555-0142")).toBe(false);
  });
});

const whole = SafetyPlan.parse({
  warningSigns: ["I stop answering"],
  ownCoping: ["Walk"],
  distractions: [{ name: "The café" }],
  helpers: [{ name: "Ana", phone: "555-555-0142" }],
  professionals: [{ name: "Lifeline", phone: "988", anyHour: true }],
  surroundings: ["Ana keeps the tablets"],
  reasonsToLive: ["My daughter"],
});
const found = (plan: Partial<SafetyPlan>, means = "") => safetyPlanFindings({ ...whole, ...plan }, { means }).map(({ id }) => id);

describe("what a safety plan still wants", () => {
  test("is nothing where every part has something and somebody answers at night", () => {
    expect(found({})).toEqual([]);
  });

  test("is one gentle line while it is empty", () => {
    expect(safetyPlanFindings(SafetyPlan.parse({}))).toMatchObject([{ id: "empty", part: null }]);
  });

  test.each<[string, Partial<SafetyPlan>]>([
    ["no-signs", { warningSigns: [" "] }],
    ["no-own-coping", { ownCoping: [] }],
    ["no-company", { distractions: [] }],
    ["no-helper", { helpers: [] }],
    ["helper-without-number", { helpers: [{ name: "Ana", phone: "", note: "", anyHour: false }] }],
    ["nobody-at-night", { professionals: [{ name: "Maya", phone: "555-555-0100", note: "", anyHour: false }] }],
    ["nobody-at-night", { professionals: [{ name: "Lifeline", phone: "look it up", note: "", anyHour: true }] }],
    ["means-open", { surroundings: [] }],
    ["no-reason", { reasonsToLive: [] }],
  ])("%s", (id, plan) => {
    expect(found(plan)).toEqual([id]);
  });

  test("a friend who answers at any hour is somebody at night", () => {
    expect(
      found({
        helpers: [{ name: "Ana", phone: "555-555-0142", note: "", anyHour: true }],
        professionals: [{ name: "Maya", phone: "", note: "", anyHour: false }],
      }),
    ).toEqual([]);
  });

  test("says that means were named at intake where nothing is agreed about them", () => {
    const [finding] = safetyPlanFindings({ ...whole, surroundings: [] }, { means: "Tablets" });
    expect(finding?.message).toMatch(/^The intake names means/);
  });

  test("a number that cannot be called is said at its place", () => {
    expect(
      phoneFaults("safety-plan", { ...whole, helpers: [...whole.helpers, { name: "Jo", phone: "call Ana", note: "", anyHour: false }] }),
    ).toMatchObject([{ pointer: "/helpers/1/phone" }]);
  });
});

describe("between two versions", () => {
  test("what is new, gone and changed is told part by part, and the order of lines does not count", () => {
    const later = SafetyPlan.parse({
      ...whole,
      ownCoping: ["Cold water", "Walk", ""],
      helpers: [
        { name: "Ana", phone: "555-555-0199", anyHour: true },
        { name: "Jo", phone: "555-555-0111" },
      ],
      surroundings: [],
      note: "Made again after the summer",
    });
    expect(documentChanges("safety-plan", whole, later)).toEqual([
      { title: "What I do by myself first", added: ["Cold water"], removed: [], changed: [] },
      {
        title: "Whom I tell that I need help",
        added: ["Jo, 555-555-0111"],
        removed: [],
        changed: [{ from: "Ana, 555-555-0142", to: "Ana, 555-555-0199, at any hour" }],
      },
      { title: "How I make my surroundings safer", added: [], removed: ["Ana keeps the tablets"], changed: [] },
      { title: "Note", added: ["Made again after the summer"], removed: [], changed: [] },
    ]);
    expect(documentChanges("safety-plan", whole, withoutEmptyEntries("safety-plan", { ...whole, ownCoping: ["", "Walk"] }))).toEqual([]);
  });

  test("of two people with one name only the one who changed is told", () => {
    const ana = (phone: string) => ({ name: "Ana", phone, note: "", anyHour: false });
    const before = { ...whole, helpers: [ana("1111111"), ana("2222222")] };
    expect(documentChanges("safety-plan", before, { ...whole, helpers: [ana("3333333"), ana("2222222")] })[0]).toMatchObject({
      added: [],
      removed: [],
      changed: [{ from: "Ana, 1111111", to: "Ana, 3333333" }],
    });
  });
});
