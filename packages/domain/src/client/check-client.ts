import { ageInYears, type IsoDate } from "../calendar/date.ts";
import type { Client } from "./client.ts";

/** The oldest age that is taken as true: the longest documented life lasted 122 years. */
export const oldestAge = 122;

export interface ClientRemark {
  /** Field that it concerns (RFC 6901, from the client). */
  readonly pointer: string;
  readonly message: string;
  /** `error`: cannot be right and must not be saved. `advice`: worth a look, and may be so. */
  readonly severity: "error" | "advice";
}

/** What a schema cannot know about a client because it needs today's date, and what is usual for a client like this one. */
export function checkClient(client: Client, today: IsoDate): ClientRemark[] {
  const remarks: ClientRemark[] = [];
  const age = ageInYears(client.birthDate, today);
  if (client.birthDate > today)
    remarks.push({ pointer: "/birthDate", message: "This date of birth is in the future. Check the year.", severity: "error" });
  else if (age > oldestAge)
    remarks.push({
      pointer: "/birthDate",
      message: `This date of birth makes the client ${age} years old. Check the year.`,
      severity: "error",
    });
  else if (age < 18 && client.guardian === null) {
    remarks.push({
      pointer: "/guardian",
      message: `The client is ${age} years old. Enter a parent or guardian, or note who may consent to treatment.`,
      severity: "advice",
    });
  }
  if (client.emergencyContact !== null && client.emergencyContact.phone === "" && client.emergencyContact.email === "") {
    remarks.push({
      pointer: "/emergencyContact/phone",
      message: "The emergency contact has neither a phone number nor an email address.",
      severity: "advice",
    });
  }
  if (client.interpreterNeeded && client.language === "en") {
    remarks.push({
      pointer: "/language",
      message: "An interpreter is needed, but the language is English. Choose the client's language.",
      severity: "advice",
    });
  }
  return remarks;
}
