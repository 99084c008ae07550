import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";

/** Half of a surrogate pair, which is what is left of an emoji that was cut in two, is no character that anything could keep. */
const whole = (schema: z.ZodString) =>
  schema.refine((text) => text.isWellFormed(), "This text holds half of an emoji, which cannot be kept. Remove it.");

/** One line of text with a bound; control characters other than none are refused, any script is welcome. */
export function line(max: number) {
  return whole(z.string().max(max, `At most ${max.toLocaleString("en-US")} characters fit here. Shorten the text.`)).refine(
    (text) => !/[\u0000-\u0008\u000A-\u001F\u007F]/.test(text),
    "This line holds a character that cannot be kept (a line break or control character). Remove it.",
  );
}

/** One line that has to say something: spaces and characters without a shape are no name. */
export function filledLine(max: number, ask: string) {
  return line(max).refine((text) => /[^\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u.test(text), ask);
}

/** Running text with a bound. 20,000 characters are about ten printed pages. */
export function longText(max = 20_000) {
  return whole(
    z.string().max(max, `At most ${max.toLocaleString("en-US")} characters fit here. Shorten the text, or split it over two fields.`),
  ).refine(
    (text) => !/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(text),
    "This text holds a control character that cannot be kept. Remove it.",
  );
}

export const ContactPoint = z.strictObject({
  system: z.enum(["phone", "email", "sms", "other"]),
  value: line(200),
  use: z.enum(["home", "work", "mobile"]).default("mobile"),
  /** May the practice leave a message there? */
  mayLeaveMessage: z.boolean().default(false),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

/** Somebody in the client's life whom the practice may need to reach: emergency contact, guardian. */
export const RelatedPerson = z.strictObject({
  name: line(200),
  relationship: line(100).default(""),
  phone: line(50).default(""),
  email: line(200).default(""),
});
export type RelatedPerson = z.infer<typeof RelatedPerson>;

export const Coverage = z.strictObject({
  /** `type` decides which payer rules a plan is checked against. */
  type: z.enum(["commercial", "medicare", "medicaid", "self-pay", "other"]),
  payer: line(120).default(""),
  memberId: line(80).default(""),
  authorizationNumber: line(80).default(""),
});
export type Coverage = z.infer<typeof Coverage>;

/**
 * The client's administrative record (FHIR Patient). `birthDate` is checked against today by `checkClient`,
 * because a schema knows no clock.
 */
export const Client = z.strictObject({
  name: z.strictObject({
    given: filledLine(100, "Enter a first name."),
    family: filledLine(100, "Enter a last name."),
    chosen: line(100).default(""),
  }),
  pronouns: line(60).default(""),
  birthDate: IsoDate,
  sexAtBirth: z.enum(["female", "male", "other", "unknown"]).default("unknown"),
  recordNumber: line(40).default(""),
  /** BCP 47 tag of the language the client wants to be spoken to in, e.g. "en", "es". */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Choose a language.")
    .max(35)
    .default("en"),
  interpreterNeeded: z.boolean().default(false),
  contacts: z.array(ContactPoint).max(10, "At most 10 contacts fit here.").default([]),
  address: longText(500).default(""),
  emergencyContact: RelatedPerson.nullable().default(null),
  guardian: RelatedPerson.nullable().default(null),
  /** The guardian decides for the client after the eighteenth birthday too, as a court has ordered. Without it the client signs from that day on. */
  guardianOfAdult: z.boolean().default(false),
  coverage: Coverage.nullable().default(null),
  primaryCareProvider: line(200).default(""),
});
export type Client = z.infer<typeof Client>;

/** The name to use when speaking of the client: the chosen name where there is one. */
export function calledName(client: Pick<Client, "name">): string {
  return client.name.chosen || client.name.given;
}

/** The full legal name, for documents. */
export function legalName(client: Pick<Client, "name">): string {
  return `${client.name.given} ${client.name.family}`.trim();
}
