import { ageInYears } from "@trellis/domain/calendar/date";
import { checkClient } from "@trellis/domain/client/check-client";
import { Client } from "@trellis/domain/client/client";
import { type Problems, problemsOf } from "../form/problems.ts";

/** A record with nothing in it yet. The birth date is empty until it is entered, which the schema then asks for. */
export const emptyClient: Client = {
  name: { given: "", family: "", chosen: "" },
  pronouns: "",
  birthDate: "",
  sexAtBirth: "unknown",
  recordNumber: "",
  language: "en",
  interpreterNeeded: false,
  contacts: [],
  address: "",
  emergencyContact: null,
  guardian: null,
  guardianOfAdult: false,
  coverage: null,
  primaryCareProvider: "",
};

export const emptyRelatedPerson = { name: "", relationship: "", phone: "", email: "" };

/** The form as it is sent: names without spaces around them, contacts without a number dropped, persons without any word left out. */
export function tidyClient(client: Client): Client {
  const person = (related: Client["guardian"]) =>
    related === null || Object.values(related).every((text) => text.trim() === "") ? null : related;
  return {
    ...client,
    name: { given: client.name.given.trim(), family: client.name.family.trim(), chosen: client.name.chosen.trim() },
    contacts: client.contacts.filter((contact) => contact.value.trim() !== ""),
    emergencyContact: person(client.emergencyContact),
    guardian: person(client.guardian),
  };
}

/** What is wrong with a record, by pointer into it. The server checks the same again. */
export function clientProblems(client: Client, today: string): Problems {
  const problems = new Map(problemsOf(Client, client));
  if (client.birthDate === "") problems.set("/birthDate", "Enter the date of birth.");
  else if (!problems.has("/birthDate"))
    for (const { pointer, message, severity } of checkClient(client, today)) if (severity === "error") problems.set(pointer, message);
  if (isMinor(client, today) && (client.guardian === null || client.guardian.name.trim() === ""))
    problems.set("/guardian/name", "The client is under 18: enter the parent or guardian.");
  client.contacts.forEach((contact, index) => {
    if (contact.system === "email" && contact.value !== "" && !/^\S+@\S+\.\S+$/.test(contact.value))
      problems.set(`/contacts/${index}/value`, "This does not look like an email address.");
  });
  return problems;
}

/** Under 18 on `today`; false while the birth date is not a date. */
export function isMinor(client: Pick<Client, "birthDate">, today: string): boolean {
  return (
    problemsOf(Client.shape.birthDate, client.birthDate).size === 0 && client.birthDate <= today && ageInYears(client.birthDate, today) < 18
  );
}

/** What each part of the record is called where two versions of it are laid side by side. */
export const clientFieldNames: Readonly<Record<keyof Client, string>> = {
  name: "Name",
  pronouns: "Pronouns",
  birthDate: "Date of birth",
  sexAtBirth: "Sex at birth",
  recordNumber: "Record number",
  language: "Language",
  interpreterNeeded: "An interpreter is needed",
  contacts: "Phone and email",
  address: "Address",
  emergencyContact: "Emergency contact",
  guardian: "Parent or guardian",
  guardianOfAdult: "The guardian decides for the adult",
  coverage: "Who pays",
  primaryCareProvider: "Primary care provider",
};
