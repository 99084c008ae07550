import { z } from "zod";
import type { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";
import { guardianDecides } from "../client/of-age.ts";
import type { Plan } from "../plan/plan.ts";

/** Whose signature it is. A guardian signs for a minor, a supervisor after the clinician where the practice requires it. */
export const signatureRoles = ["client", "guardian", "clinician", "supervisor"] as const;
export type SignatureRole = (typeof signatureRoles)[number];

/** Why there is no signature of the client: honest states, each of which a reviewer accepts when the reason is written down. */
export const notSignedReasons = ["declined", "disagrees", "not-able", "not-present", "other"] as const;
export type NotSignedReason = (typeof notSignedReasons)[number];

/** The reasons in words, as the form and the document say them. */
export const notSignedWords: Record<NotSignedReason, string> = {
  declined: "The client prefers not to sign",
  disagrees: "The client does not agree with the plan",
  "not-able": "The client is not able to sign at present",
  "not-present": "The client was not present and took part in another way",
  other: "Another reason",
};

/** Box in which a signature is drawn; `drawing` is SVG path data (M and L with numbers) within it. */
export const signatureBox = { width: 600, height: 200 } as const;

const Hash = z.string().regex(/^[0-9a-f]{64}$/, "This is not the hash of a plan.");
const drawingLimit = 64 * 1024;
const Drawing = z
  .string()
  .max(drawingLimit, "The signature is too long. Clear it and sign again with fewer strokes.")
  .regex(/^(M-?\d+(\.\d+)? -?\d+(\.\d+)?( L-?\d+(\.\d+)? -?\d+(\.\d+)?)* ?)+$/, "Draw the signature again.");

/** A request to sign: what is signed is named by its hash, so that nobody signs something else than was on the screen. The time is the server's. */
export const SignatureRequest = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("drawn"),
    role: z.enum(["client", "guardian"]),
    hash: Hash,
    name: line(200).trim().min(1, "Write the name of the person who signs."),
    drawing: Drawing,
  }),
  z.strictObject({
    kind: z.literal("typed"),
    role: z.enum(["client", "guardian"]),
    hash: Hash,
    name: line(200).trim().min(1, "Type your full name to sign."),
  }),
  z
    .strictObject({
      kind: z.literal("not-signed"),
      role: z.enum(["client", "guardian"]),
      hash: Hash,
      reason: z.enum(notSignedReasons),
      detail: longText(1000).default(""),
    })
    .refine((request) => request.reason !== "other" || request.detail.trim() !== "", {
      path: ["detail"],
      message: "Say why there is no signature.",
    }),
  z.strictObject({
    kind: z.literal("password"),
    role: z.enum(["clinician", "supervisor"]),
    hash: Hash,
    password: z.string().min(1, "Enter your password to sign.").max(200),
  }),
]);
export type SignatureRequest = z.infer<typeof SignatureRequest>;

/** What somebody states by signing, printed beside the signature. */
export function signatureStatement(role: SignatureRole, plan: Pick<Plan, "agreement" | "subject">): string {
  switch (role) {
    case "client":
      return plan.agreement.state === "agreed-in-part"
        ? "I took part in making this plan. I agree with it except for what is written down as not agreed."
        : "I took part in making this plan. We talked about it, I could ask questions, and I agree with it.";
    case "guardian":
      return `I am the parent or guardian of ${plan.subject.name}. We talked about this plan, I could ask questions, and I agree with it.`;
    case "clinician":
      return "I made this plan together with the client from my own assessment. It reflects the care that I judge necessary and will provide.";
    case "supervisor":
      return "I have reviewed this plan with the assessment it rests on, and I approve it.";
  }
}

/** When a supervisor has to sign too: never, on every plan, or on plans of clinicians who have a supervisor. */
export type CoSignature = "never" | "always" | "when-supervised";

/** Whether the client agrees except for something that nobody has written down: the statement that is signed would refer to nothing. */
export function exceptionUnsaid({ agreement }: Pick<Plan, "agreement">): boolean {
  return agreement.state === "agreed-in-part" && agreement.detail.trim() === "";
}

/**
 * The signatures that complete a plan, in the order in which they are asked for. A guardian signs in place of a minor, and of an adult where the record
 * says so on purpose. The age on the day of signing counts; a guardian who signed before the birthday has signed.
 * @param today the day of signing.
 * @param given whose signatures there are already.
 * @param supervised whether whoever wrote the plan, or signs it as its clinician, has a supervisor in the practice.
 */
export function requiredSignatures(
  { subject }: { readonly subject: Pick<Plan["subject"], "guardianName" | "guardianOfAdult" | "birthDate"> },
  coSignature: CoSignature,
  supervised: boolean,
  today: IsoDate,
  given: readonly SignatureRole[] = [],
): SignatureRole[] {
  const decides = guardianDecides(subject, today) || given.includes("guardian");
  const patient: SignatureRole = decides && subject.guardianName.trim() !== "" ? "guardian" : "client";
  const supervisor = coSignature === "always" || (coSignature === "when-supervised" && supervised);
  return [patient, "clinician", ...(supervisor ? (["supervisor"] as const) : [])];
}
