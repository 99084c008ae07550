import { describe, expect, it, test } from "vitest";
import { examplePlan } from "../plan/plan.test-data.ts";
import {
  type CoSignature,
  exceptionUnsaid,
  requiredSignatures,
  SignatureRequest,
  signatureRoles,
  signatureStatement,
} from "./signature.ts";

const adult = examplePlan();
const today = "2026-11-23";
const minor = examplePlan({ subject: { ...adult.subject, birthDate: "2008-11-24", guardianName: "Sam Example" } });
const hash = "0123456789abcdef".repeat(4);

describe("the signatures that complete a plan", () => {
  const rows: readonly (readonly [who: string, plan: typeof adult, CoSignature, supervised: boolean, expected: string])[] = [
    ["an adult", adult, "never", false, "client clinician"],
    ["an adult whose clinician is supervised, where nobody co-signs", adult, "never", true, "client clinician"],
    ["an adult, where plans of the supervised are co-signed", adult, "when-supervised", false, "client clinician"],
    ["an adult whose clinician is supervised", adult, "when-supervised", true, "client clinician supervisor"],
    ["an adult, where every plan is co-signed", adult, "always", false, "client clinician supervisor"],
    ["a minor with a guardian", minor, "never", false, "guardian clinician"],
    ["a minor whose clinician is supervised", minor, "when-supervised", true, "guardian clinician supervisor"],
  ];
  it.each(rows)("for %s", (_, plan, coSignature, supervised, expected) => {
    expect(requiredSignatures(plan, coSignature, supervised, today).join(" ")).toBe(expected);
  });

  it.each([
    ["on the day before the eighteenth birthday", "2026-11-23", {}, [], "guardian"],
    ["on the eighteenth birthday", "2026-11-24", {}, [], "client"],
    ["after it, where the record names a guardian of the adult on purpose", "2027-02-01", { guardianOfAdult: true }, [], "guardian"],
    ["after it, where the guardian has signed before", "2026-11-24", {}, ["guardian"], "guardian"],
  ] as const)("of a client who comes of age in the course of treatment, %s", (_, day, changes, given, expected) => {
    expect(requiredSignatures({ subject: { ...minor.subject, ...changes } }, "never", false, day, given)[0]).toBe(expected);
  });

  it("a guardian's name of blanks is no guardian", () => {
    expect(requiredSignatures({ subject: { ...adult.subject, guardianName: "  " } }, "never", false, today)[0]).toBe("client");
  });
});

describe("what somebody states by signing", () => {
  it("is another sentence for each role, and none is empty", () => {
    const statements = signatureRoles.map((role) => signatureStatement(role, minor));
    expect(new Set(statements).size).toBe(signatureRoles.length);
    expect(statements.every((statement) => statement.length > 40)).toBe(true);
  });

  it("names the minor whom a guardian signs for", () => {
    expect(signatureStatement("guardian", minor)).toContain("guardian of Rowan Example");
  });

  it("lets a client who agrees in part not sign for the whole", () => {
    const part = { ...adult, agreement: { state: "agreed-in-part" as const, detail: "No group." } };
    expect(signatureStatement("client", part)).toContain("except");
    expect(signatureStatement("client", adult)).not.toContain("except");
  });
});

describe("a request to sign", () => {
  const accepted = (request: object) => SignatureRequest.safeParse(request).success;

  it.each([
    ["typed", { kind: "typed", role: "client", hash, name: "李小龍" }],
    ["drawn", { kind: "drawn", role: "guardian", hash, name: "Sam", drawing: "M10 20.5 L30 -2 L31.25 40" }],
    ["not signed, with a reason", { kind: "not-signed", role: "client", hash, reason: "declined" }],
    ["by password", { kind: "password", role: "clinician", hash, password: "secret" }],
  ])("is taken when %s", (_, request) => {
    expect(accepted(request)).toBe(true);
  });

  it.each([
    ["a clinician who only types a name", { kind: "typed", role: "clinician", hash, name: "Ada" }],
    ["a client who signs by password", { kind: "password", role: "client", hash, password: "secret" }],
    ["no name", { kind: "typed", role: "client", hash, name: "" }],
    ["something else than a hash", { kind: "typed", role: "client", hash: "abc", name: "Rowan" }],
    ["an empty drawing", { kind: "drawn", role: "client", hash, name: "Rowan", drawing: "" }],
    ["a drawing that holds markup", { kind: "drawn", role: "client", hash, name: "Rowan", drawing: 'M1 1"/><script>' }],
    ["a drawing beyond bounds", { kind: "drawn", role: "client", hash, name: "Rowan", drawing: `M1 1${" L2 2".repeat(20_000)}` }],
    ["another reason that is not given", { kind: "not-signed", role: "client", hash, reason: "other", detail: " " }],
    ["a time that the signer gives", { kind: "typed", role: "client", hash, name: "Rowan", at: "2020-01-01" }],
  ])("is refused with %s", (_, request) => {
    expect(accepted(request)).toBe(false);
  });
});

test("who agrees in part says with what they do not agree", () => {
  expect(exceptionUnsaid({ agreement: { state: "agreed-in-part", detail: " " } })).toBe(true);
  expect(exceptionUnsaid({ agreement: { state: "agreed-in-part", detail: "No group." } })).toBe(false);
  expect(exceptionUnsaid({ agreement: { state: "agreed", detail: "" } })).toBe(false);
});
