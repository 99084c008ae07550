import { formatDate } from "@trellis/domain/calendar/date";
import type { Plan } from "@trellis/domain/plan/plan";
import type { SignatureRole } from "@trellis/domain/signature/signature";
import type { OpenPlan, PlanSignature } from "../../api/plans.ts";
import { hasRole, type SessionMember } from "../../api/session.ts";

/** The way from a draft to a signed plan, as the screen shows it. */
export const signingSteps = ["agreement", "check", "signatures", "done"] as const;
export type SigningStep = (typeof signingSteps)[number];

export const stepNames: Record<SigningStep, string> = {
  agreement: "Agreement",
  check: "Check",
  signatures: "Signatures",
  done: "Signed",
};

/** How far a plan is. In a draft, agreement and check stand on one page; what was agreed is written down first. */
export function stepOf({ state, plan }: Pick<OpenPlan, "state" | "plan">): SigningStep {
  if (state === "signed") return "done";
  if (state !== "draft") return "signatures";
  return plan.agreement.state === "not-asked" ? "agreement" : "check";
}

/** The signatures that count; those given before the draft was opened again do not. */
export function countingSignatures(signatures: readonly PlanSignature[]): PlanSignature[] {
  return signatures.filter(({ voided }) => voided === null);
}

/** Whose turn it is; `null` when nobody's signature is missing. */
export function nextRole({ required, signatures }: Pick<OpenPlan, "required" | "signatures">): SignatureRole | null {
  const there = new Set(countingSignatures(signatures).map(({ role }) => role));
  return required.find((role) => !there.has(role)) ?? null;
}

/**
 * Whether this person can give or take the signature that is due. A client or guardian signs at the screen of anybody who treats clients. A clinician
 * may stand in for the one who wrote the plan and then signs in his or her own name. Nobody co-signs what they signed themselves.
 */
export function canSign(
  role: SignatureRole,
  signatures: readonly PlanSignature[],
  member: Pick<SessionMember, "name" | "credentials" | "roles">,
): boolean {
  const treats = hasRole(member, "clinician", "supervisor");
  if (role !== "supervisor") return treats;
  const own = countingSignatures(signatures).some(
    ({ role: signed, name, credentials }) => signed === "clinician" && name === member.name && credentials === member.credentials,
  );
  return hasRole(member, "supervisor") && !own;
}

/** "Rowan Example", "the parent or guardian Ada Example", "a supervisor": who is asked to sign. */
export function signerInWords(role: SignatureRole, plan: Pick<Plan, "author" | "subject">): string {
  switch (role) {
    case "client":
      return plan.subject.name;
    case "guardian":
      return plan.subject.guardianName;
    case "clinician":
      return withCredentials(plan.author.clinicianName, plan.author.credentials);
    case "supervisor":
      return "A supervisor of the practice";
  }
}

export const roleNames: Record<SignatureRole, string> = {
  client: "Client",
  guardian: "Parent or guardian",
  clinician: "Clinician",
  supervisor: "Supervisor",
};

export function withCredentials(name: string, credentials: string): string {
  return credentials === "" ? name : `${name}, ${credentials}`;
}

/** The beginning of a hash in groups that two people can compare by eye. */
export function shortHash(hash: string): string {
  return [hash.slice(0, 4), hash.slice(4, 8), hash.slice(8, 12)].join(" ");
}

/** What is written down about agreement, for reading it over. Only what was answered. */
export function agreementFacts(plan: Plan): readonly (readonly [label: string, value: string])[] {
  const agreement = {
    "not-asked": "Not written down",
    agreed: "The client agrees with the plan",
    "agreed-in-part": "The client agrees in part",
    "did-not-agree": "The client does not agree",
    "could-not-answer": "The client could not answer",
  }[plan.agreement.state];
  const { copyGiven, declined, participation } = plan;
  const facts: (readonly [string, string])[] = [
    ["Agreement", [agreement, plan.agreement.detail].filter(Boolean).join(": ")],
    ["How the client took part", participation.client],
    ["Why the client did not take part", participation.reasonIfNone],
    ["Parent, guardian or representative", participation.representative],
    ["Family and others", plan.familyInvolvement],
    ["Offered and declined", declined.map(({ what, reason }) => (reason === "" ? what : `${what} (${reason})`)).join("; ")],
    [
      "Copy of the plan",
      copyGiven.state === "given"
        ? `Given${copyGiven.on === null ? "" : ` on ${formatDate(copyGiven.on)}`}`
        : copyGiven.state === "declined"
          ? "The client did not want one"
          : "",
    ],
  ];
  return facts.filter(([, value]) => value.trim() !== "");
}
