import { describe, expect, it } from "vitest";
import { clientProblems, emptyClient, isMinor, tidyClient } from "./client-form.ts";

const today = "2026-11-24";
const adult = { ...emptyClient, name: { given: "Robin", family: "Example", chosen: "" }, birthDate: "1990-05-31" };

describe("clientProblems", () => {
  it("has nothing against a name and a birth date", () => {
    expect(clientProblems(adult, today).size).toBe(0);
  });

  it("asks for what an empty form lacks, field by field", () => {
    expect([...clientProblems(emptyClient, today)]).toEqual([
      ["/name/given", "Enter a first name."],
      ["/name/family", "Enter a last name."],
      ["/birthDate", "Enter the date of birth."],
    ]);
  });

  it.each([
    ["2026-11-25", "in the future"],
    ["1899-01-01", "127 years old"],
    ["1902-01-01", "124 years old"],
    ["2026-02-30", "year-month-day"],
  ])("refuses the birth date %s", (birthDate, words) => {
    expect(clientProblems({ ...adult, birthDate }, today).get("/birthDate")).toContain(words);
  });

  it("asks for a guardian up to the day before the eighteenth birthday", () => {
    expect(isMinor({ birthDate: "2008-11-25" }, today)).toBe(true);
    expect(isMinor({ birthDate: "2008-11-24" }, today)).toBe(false);
    expect(isMinor({ birthDate: "" }, today)).toBe(false);
    expect(clientProblems({ ...adult, birthDate: "2012-01-01" }, today).get("/guardian/name")).toContain("under 18");
  });

  it("names the contact that is wrong", () => {
    const contacts = [{ system: "email" as const, value: "nobody", use: "home" as const, mayLeaveMessage: false }];
    expect([...clientProblems({ ...adult, contacts }, today).keys()]).toEqual(["/contacts/0/value"]);
  });
});

describe("tidyClient", () => {
  it("leaves out what holds no words", () => {
    const person = { name: " ", relationship: "", phone: "", email: "" };
    const tidied = tidyClient({
      ...adult,
      name: { given: " Robin ", family: "Example", chosen: "" },
      emergencyContact: person,
      contacts: [{ system: "phone", value: " ", use: "mobile", mayLeaveMessage: false }],
    });
    expect(tidied.name.given).toBe("Robin");
    expect(tidied.emergencyContact).toBeNull();
    expect(tidied.contacts).toEqual([]);
  });
});
