import type { SignatureRole } from "../signature/signature.ts";

/** Whether a revision counts: the first thing that a reader of a printed plan has to know. */
export type Standing =
  | { readonly kind: "draft" }
  /** Frozen for signing; `missing` are the signatures that it still waits for. */
  | { readonly kind: "waiting"; readonly missing: readonly SignatureRole[] }
  | { readonly kind: "in-force" }
  /** The episode of care that it belongs to has ended. */
  | { readonly kind: "completed" }
  /** A later revision is in force. */
  | { readonly kind: "replaced"; readonly by: number };

/** What a document says about its standing. All are empty on a plan in force, which needs no remark. */
export interface StandingWords {
  /** One word across each page. */
  readonly mark: string;
  /** On the first page. */
  readonly notice: string;
  /** At the foot of each page. */
  readonly foot: string;
}

const signer: Record<SignatureRole, string> = {
  client: "the client",
  guardian: "the guardian",
  clinician: "the clinician",
  supervisor: "the supervisor",
};

const inForce: StandingWords = { mark: "", notice: "", foot: "" };

/** For the record and the payer. */
export function standingForRecord(standing: Standing): StandingWords {
  switch (standing.kind) {
    case "draft":
      return { mark: "DRAFT", notice: "Draft. This plan is not signed and is not in force.", foot: "Draft, not signed" };
    case "waiting":
      return {
        mark: "NOT IN FORCE",
        notice: `Not in force. This plan still waits for the signature of ${standing.missing.map((role) => signer[role]).join(" and ") || "somebody"}.`,
        foot: "Not fully signed",
      };
    case "in-force":
      return inForce;
    case "completed":
      return { mark: "", notice: "Completed. The treatment that this plan was made for has ended.", foot: "Completed" };
    case "replaced":
      return {
        mark: "REPLACED",
        notice: `No longer in force. Revision ${standing.by} has taken the place of this plan.`,
        foot: `Replaced by revision ${standing.by}`,
      };
  }
}

/** For the client, in everyday words. */
export function standingForClient(standing: Standing): StandingWords {
  const foot = "";
  switch (standing.kind) {
    case "draft":
      return { mark: "DRAFT", notice: "This is a draft. It is not signed yet and can still change.", foot };
    case "waiting":
      return { mark: "NOT FINAL", notice: "Not all of us have signed this plan yet.", foot };
    case "in-force":
      return inForce;
    case "completed":
      return { mark: "", notice: "This treatment has ended. The plan is yours to keep.", foot };
    case "replaced":
      return { mark: "OLD PLAN", notice: "This is an old plan. You have a newer one. Ask your therapist for it.", foot };
  }
}
