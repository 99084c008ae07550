import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { examplePlan } from "@trellis/domain/plan/plan.test-data";
import { expect, test } from "vitest";
import type { PlanSignature } from "../../api/plans.ts";
import { agreementFacts, canSign, nextRole, shortHash, stepOf } from "./signing-steps.ts";

const signature = (changes: Partial<PlanSignature>): PlanSignature => ({
  id: "s1",
  role: "client",
  outcome: "signed",
  name: "Rowan Example",
  credentials: "",
  statement: "",
  reason: "",
  method: "drawn",
  drawing: null,
  at: "2026-11-24T03:05:00.000Z",
  voided: null,
  ...changes,
});

test("the steps follow the plan", () => {
  const plan = examplePlan();
  const agreed = { ...plan, agreement: { state: "agreed" as const, detail: "" } };
  expect(stepOf({ state: "draft", plan: { ...plan, agreement: { state: "not-asked", detail: "" } } })).toBe("agreement");
  expect(stepOf({ state: "draft", plan: agreed })).toBe("check");
  expect(stepOf({ state: "signing", plan })).toBe("signatures");
  expect(stepOf({ state: "awaiting-co-signature", plan })).toBe("signatures");
  expect(stepOf({ state: "signed", plan })).toBe("done");
});

test("signatures are asked for in order; not signing counts as answered, a void signature does not", () => {
  const required = ["client", "clinician", "supervisor"] as const;
  expect(nextRole({ required, signatures: [] })).toBe("client");
  expect(nextRole({ required, signatures: [signature({})] })).toBe("clinician");
  expect(nextRole({ required, signatures: [signature({ outcome: "not-signed" })] })).toBe("clinician");
  expect(
    nextRole({ required, signatures: [signature({ voided: { at: "2026-11-24T04:00:00.000Z", reason: "A goal was missing" } })] }),
  ).toBe("client");
  expect(nextRole({ required, signatures: [signature({}), signature({ id: "s2", role: "clinician" })] })).toBe("supervisor");
  expect(nextRole({ required: ["guardian", "clinician"], signatures: [] })).toBe("guardian");
  expect(nextRole({ required: ["client"], signatures: [signature({})] })).toBeNull();
});

test("who can give which signature", () => {
  const clinician = { name: "Maya Okafor", credentials: "LCSW", roles: ["owner", "clinician"] as const };
  const supervisor = { name: "Theo Lindqvist", credentials: "PhD", roles: ["supervisor"] as const };
  const desk = { name: "Kim Desk", credentials: "", roles: ["front-desk"] as const };
  const byMaya = [signature({ role: "clinician", name: "Maya Okafor", credentials: "LCSW", method: "password" })];
  expect(canSign("client", [], clinician)).toBe(true);
  expect(canSign("guardian", [], desk)).toBe(false);
  expect(canSign("clinician", [], supervisor)).toBe(true);
  expect(canSign("clinician", [], { ...desk, roles: ["owner"] })).toBe(false);
  expect(canSign("supervisor", byMaya, supervisor)).toBe(true);
  expect(canSign("supervisor", byMaya, clinician)).toBe(false);
  expect(canSign("supervisor", byMaya, { ...clinician, roles: ["clinician", "supervisor"] })).toBe(false);
});

test("a time is the practice's own, and says so", () => {
  expect(momentInWords("2026-11-24T03:05:00.000Z", "America/New_York")).toBe("November 23, 2026 at 10:05 PM EST");
  expect(momentInWords("2026-07-01T03:05:00.000Z", "America/Los_Angeles")).toBe("June 30, 2026 at 8:05 PM PDT");
});

test("a hash is shortened to what can be compared by eye", () => {
  expect(shortHash("0123456789abcdef".repeat(4))).toBe("0123 4567 89ab");
});

test("only what was answered is read over", () => {
  const plan = {
    ...examplePlan(),
    participation: { client: "Chose the goals.", representative: "", reasonIfNone: "" },
    agreement: { state: "agreed-in-part" as const, detail: "No group." },
    declined: [{ id: "x", what: "Group therapy", reason: "Too many people" }],
    copyGiven: { state: "given" as const, on: "2026-11-23" },
    familyInvolvement: "",
  };
  expect(agreementFacts(plan)).toEqual([
    ["Agreement", "The client agrees in part: No group."],
    ["How the client took part", "Chose the goals."],
    ["Offered and declined", "Group therapy (Too many people)"],
    ["Copy of the plan", "Given on November 23, 2026"],
  ]);
});
