import { expect, test } from "vitest";
import { checkClient } from "./check-client.ts";
import { Client } from "./client.ts";

const today = "2026-11-23";
const person = { name: "Sam Example" };

test.each<[string, object, [string, string][]]>([
  ["an adult", { birthDate: "1980-01-01" }, []],
  ["born today", { birthDate: today, guardian: person }, []],
  ["born tomorrow", { birthDate: "2026-11-24" }, [["/birthDate", "error"]]],
  ["122 years old", { birthDate: "1904-11-23" }, []],
  ["123 years old", { birthDate: "1903-11-23" }, [["/birthDate", "error"]]],
  ["a minor without a guardian", { birthDate: "2010-05-05" }, [["/guardian", "advice"]]],
  ["a minor with a guardian", { birthDate: "2010-05-05", guardian: person }, []],
  ["18 today", { birthDate: "2008-11-23" }, []],
  [
    "an emergency contact who cannot be reached",
    { birthDate: "1980-01-01", emergencyContact: person },
    [["/emergencyContact/phone", "advice"]],
  ],
  ["an emergency contact with an address", { birthDate: "1980-01-01", emergencyContact: { ...person, email: "sam@example.org" } }, []],
  ["an interpreter for English", { birthDate: "1980-01-01", interpreterNeeded: true }, [["/language", "advice"]]],
  ["an interpreter for Spanish", { birthDate: "1980-01-01", interpreterNeeded: true, language: "es" }, []],
])("%s", (_, fields, expected) => {
  const client = Client.parse({ name: { given: "Rowan", family: "Example" }, ...fields });
  expect(checkClient(client, today).map((remark) => [remark.pointer, remark.severity])).toEqual(expected);
});
