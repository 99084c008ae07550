import { describe, expect, it, test } from "vitest";
import { checkPlan } from "../findings/check-plan.ts";
import { assembleLibrary } from "../library/library.ts";
import { examplePlan, exampleRecord } from "../plan/plan.test-data.ts";
import { nextRevision, planToSign } from "../plan/revision.ts";
import { Client } from "./client.ts";
import { eighteenthBirthday, guardianDecides, isOfAge } from "./of-age.ts";

const alex = Client.parse({
  name: { given: "Alex", family: "Example" },
  birthDate: "2008-11-24",
  guardian: { name: "Ada Example", relationship: "mother" },
});

test.each([
  ["2008-11-24", "2026-11-24"],
  // February 29 counts from March 1 in common years.
  ["2008-02-29", "2026-03-01"],
  ["1986-02-28", "2004-02-28"],
])("who was born on %s is of age on %s and not a day before", (birthDate, birthday) => {
  expect(eighteenthBirthday({ birthDate })).toBe(birthday);
  expect(isOfAge({ birthDate }, birthday)).toBe(true);
});

describe("a client who turns 18 in the course of treatment", () => {
  it("has a guardian who decides up to the day before, and after it only where the record says so on purpose", () => {
    expect(guardianDecides(alex, "2026-11-23")).toBe(true);
    expect(guardianDecides(alex, "2026-11-24")).toBe(false);
    expect(guardianDecides({ ...alex, guardianOfAdult: true }, "2026-11-24")).toBe(true);
  });

  const draft = examplePlan({ population: "adolescent" });
  const plan = { ...draft, subject: { ...draft.subject, birthDate: alex.birthDate, guardianName: "Ada Example" } };
  const findings = (today: string, client = alex) =>
    checkPlan({ plan, record: exampleRecord({ client }), library: assembleLibrary([]), today })
      .filter(({ rule }) => rule.startsWith("OF-AGE"))
      .map(({ rule, message }) => [rule, message]);

  it("is told so beside the plan, with what to do where a court has decided otherwise", () => {
    expect(findings("2026-11-23")).toEqual([]);
    const [signature, population] = findings("2026-11-24");
    expect(signature?.[1]).toContain("Alex is of age since November 24, 2026 and signs personally");
    expect(population?.[1]).toContain("written for adolescents");
    expect(findings("2026-11-24", { ...alex, guardianOfAdult: true }).map(([rule]) => rule)).toEqual(["OF-AGE-population"]);
  });

  it("signs a plan that was drafted before the birthday, without the guardian's name on it", () => {
    expect(planToSign(plan, "2026-11-23", alex).subject.guardianName).toBe("Ada Example");
    expect(planToSign(plan, "2026-11-24", alex).subject.guardianName).toBe("");
    expect(planToSign(plan, "2026-11-24", { ...alex, guardianOfAdult: true }).subject).toMatchObject({
      guardianName: "Ada Example",
      guardianOfAdult: true,
    });
  });

  it("has the next revision written for an adult", () => {
    const next = nextRevision(plan, { subject: plan.subject, author: plan.author, reason: "Of age.", today: "2026-11-24" });
    expect([plan.population, next.population]).toEqual(["adolescent", "adult"]);
  });
});
