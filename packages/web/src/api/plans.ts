import { queryOptions } from "@tanstack/react-query";
import type { Finding } from "@trellis/domain/findings/finding";
import type { Draft } from "@trellis/domain/plan/draft-plan";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
import type { SignatureRequest, SignatureRole } from "@trellis/domain/signature/signature";
import { ApiProblem, request } from "./client.ts";

/** A signature, or the stated absence of one. `voided` once the draft was opened again: it counts no longer and stays in the record. */
export interface PlanSignature {
  readonly id: string;
  readonly role: SignatureRole;
  readonly outcome: "signed" | "not-signed";
  readonly name: string;
  readonly credentials: string;
  readonly statement: string;
  /** Why there is no signature, in words. */
  readonly reason: string;
  readonly method: "drawn" | "typed" | "password" | null;
  /** SVG path data in `signatureBox`. */
  readonly drawing: string | null;
  readonly at: string;
  readonly voided: { readonly at: string; readonly reason: string } | null;
}

/** What the drafting engine said beside the plan. */
export type DraftNotes = Pick<Draft, "heldBack" | "alternatives" | "notes">;

/**
 * `draft`: can be edited. `signing`: its content is frozen and waits for signatures; `awaiting-co-signature`: only the supervisor's is missing.
 * `signed`: a revision that never changes.
 */
export type PlanState = "draft" | "signing" | "awaiting-co-signature" | "signed";

export interface RevisionLine {
  readonly revision: number;
  readonly state: PlanState;
  /** A superseded revision is "revoked". */
  readonly status: Plan["status"];
  readonly signedAt: string | null;
  readonly hash: string | null;
}

/** One revision of a plan: the draft being worked on while there is one, else the newest signed. */
export interface OpenPlan {
  readonly plan: Plan;
  /** Number of the last change; edits are based on it. */
  readonly seq: number;
  readonly state: PlanState;
  /** Empty for a plan that was started without the drafting engine. */
  readonly draftNotes: DraftNotes;
  readonly signatures: readonly PlanSignature[];
  /** Whose signatures complete it, in the order in which they are asked for. */
  readonly required: readonly SignatureRole[];
  /** Every revision of this plan, newest first, the draft included. */
  readonly revisions: readonly RevisionLine[];
  /** SHA-256 of the canonical content, from the moment it is frozen. */
  readonly hash: string | null;
}

export const planQuery = (planId: string, revision?: number) =>
  queryOptions({
    queryKey: ["plan", planId, revision ?? "current"],
    queryFn: ({ signal }) =>
      request<OpenPlan>("GET", `/api/plans/${planId}${revision === undefined ? "" : `?revision=${revision}`}`, { signal }),
    staleTime: 0,
  });

export interface Change {
  readonly seq: number;
  /** Name of the member. */
  readonly by: string;
  readonly at: string;
  readonly batch: string;
  readonly edits: readonly Edit[];
}

export type EditsAnswer =
  | { readonly saved: true; readonly seq: number }
  /** Others changed the draft since `base`: apply theirs first, then send again on the new `seq`. */
  | { readonly saved: false; readonly seq: number; readonly missed: readonly Change[] };

/** Sends edits on top of change `base`. Sending the same `batch` again is harmless. */
export async function sendEdits(planId: string, base: number, batch: string, edits: readonly Edit[]): Promise<EditsAnswer> {
  try {
    const { seq } = await request<{ seq: number }>("POST", `/api/plans/${planId}/edits`, { body: { base, batch, edits }, keepalive: true });
    return { saved: true, seq };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 409 || !Array.isArray(error.body.missed)) throw error;
    return { saved: false, seq: Number(error.body.seq), missed: error.body.missed as Change[] };
  }
}

/** What others have changed since; asked for in the background while a composer is open. `state` other than draft: it can no longer be edited. */
export function changesSince(
  planId: string,
  seq: number,
): Promise<{ readonly seq: number; readonly state: PlanState; readonly changes: readonly Change[] }> {
  return request("GET", `/api/plans/${planId}/changes?since=${seq}`, { background: true });
}

/** How near the draft's individual text is to any other client's plan, 0 to 1; never says whose. From `nearCopy` on it is a finding. */
export function planLikeness(planId: string): Promise<{ readonly closest: number }> {
  return request("GET", `/api/plans/${planId}/likeness`, { background: true });
}

/** Freezes the draft's content for signing. Findings that block it come as `blocking`. */
export async function freezePlan(
  planId: string,
  seq: number,
): Promise<{ readonly hash: string } | { readonly blocking: readonly Finding[] }> {
  try {
    return await request<{ hash: string }>("POST", `/api/plans/${planId}/signing`, { body: { seq } });
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 422 || !Array.isArray(error.body.findings)) throw error;
    return { blocking: error.body.findings as Finding[] };
  }
}

/** Opens a frozen draft again; signatures given so far are void and stay in the record with the reason. */
export function reopenPlan(planId: string, reason: string): Promise<void> {
  return request("DELETE", `/api/plans/${planId}/signing`, { body: { reason } });
}

/** @throws {ApiProblem} 403 the password is wrong; 409 the frozen content is another by now */
export function signPlan(planId: string, signature: SignatureRequest): Promise<{ readonly state: PlanState }> {
  return request("POST", `/api/plans/${planId}/signatures`, { body: signature });
}

/** Starts the next revision from the signed one; the plan keeps its id. An open draft is found again. */
export function startNextRevision(planId: string, reason: string): Promise<{ readonly planId: string }> {
  return request("POST", `/api/plans/${planId}/next-revision`, { body: { reason } });
}

/** Starts a plan without the drafting engine: only who it is for, diagnoses and what the intake says. */
export function startBlankPlan(clientId: string): Promise<{ readonly planId: string }> {
  return request("POST", `/api/clients/${clientId}/plans`, { body: { blank: true } });
}

/** Where the PDF is: for the record and the payer, or in everyday words for the client. */
export function documentAddress(planId: string, kind: "record" | "client", revision: number): string {
  return `/api/plans/${planId}/document.pdf?kind=${kind}&revision=${revision}`;
}
