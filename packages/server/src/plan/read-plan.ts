import type { Standing } from "@trellis/domain/document/standing";
import { Plan } from "@trellis/domain/plan/plan";
import { type NotSignedReason, notSignedWords, requiredSignatures, signatureRoles } from "@trellis/domain/signature/signature";
import type pg from "pg";
import { z } from "zod";
import { hasEnded, isCompleted } from "../episode/discharged.ts";
import { type SessionPractice, todayIn } from "../sign-in/current-session.ts";
import { openSealed } from "../signature/sealed-text.ts";

const PlanState = z.enum(["draft", "signing", "awaiting-co-signature"]);

const SignatureRow = z.object({
  id: z.string(),
  revision: z.number(),
  role: z.enum(signatureRoles),
  outcome: z.enum(["signed", "not-signed"]),
  memberId: z.string().nullable(),
  name: z.string(),
  credentials: z.string(),
  statement: z.string(),
  reason: z.string(),
  method: z.enum(["drawn", "typed", "password"]).nullable(),
  drawing: z.string().nullable(),
  hash: z.string(),
  at: z.string(),
  voided: z.object({ at: z.string(), reason: z.string() }).nullable(),
});
export type SignatureRow = z.infer<typeof SignatureRow>;

const Rows = z.object({
  clientId: z.string(),
  draft: z
    .object({
      revision: z.number(),
      guardianName: z.string(),
      guardianOfAdult: z.boolean(),
      birthDate: z.string(),
      seq: z.number(),
      state: PlanState,
      canonical: z.string().nullable(),
      hash: z.string().nullable(),
      notes: z.unknown(),
    })
    .nullable(),
  revisions: z.array(z.object({ revision: z.number(), hash: z.string(), signedAt: z.string() })),
  /** The signed revision that was asked for. */
  signed: z.object({ revision: z.number(), canonical: z.string(), hash: z.string(), signedAt: z.string() }).nullable(),
  /** The revision that was asked for; `null` for the one to go on with. */
  asked: z.number().nullable(),
  seq: z.number(),
  signatures: z.array(SignatureRow),
  /** Treatment has ended and was not begun again. */
  ended: z.boolean(),
  /** The newest revision belongs to an episode of care that has ended. */
  completed: z.boolean(),
  /** Whether whoever wrote the draft, or signed it as its clinician, has a supervisor. */
  supervised: z.boolean(),
});
export type PlanRows = z.infer<typeof Rows> & {
  /** The draft's content, as JSON. */
  readonly draftText: string;
};

/** Everything about one plan: its draft, one signed revision (the newest, or the one asked for), and all signatures. */
export function planQuery(planId: string, revision: number | null): pg.QueryConfig {
  return {
    name: "plan",
    text: `SELECT json_build_object(
      'clientId', n.client_id,
      'draft', CASE WHEN d.plan_id IS NOT NULL THEN json_build_object('revision', d.revision, 'guardianName', d.content->'subject'->>'guardianName',
        'guardianOfAdult', coalesce((d.content->'subject'->>'guardianOfAdult')::boolean, false), 'birthDate', d.content->'subject'->>'birthDate', 'seq', d.seq, 'state', d.state,
        'canonical', d.canonical, 'hash', d.hash, 'notes', d.notes) END,
      'asked', $2::int,
      'revisions', (SELECT coalesce(json_agg(json_build_object('revision', r.revision, 'hash', r.hash, 'signedAt', r.signed_at) ORDER BY r.revision DESC), '[]')
        FROM trellis.plan_revision AS r WHERE r.practice_id = n.practice_id AND r.plan_id = n.id),
      'signed', (SELECT json_build_object('revision', r.revision, 'canonical', r.canonical, 'hash', r.hash, 'signedAt', r.signed_at)
        FROM trellis.plan_revision AS r WHERE r.practice_id = n.practice_id AND r.plan_id = n.id AND ($2::int IS NULL OR r.revision = $2) ORDER BY r.revision DESC LIMIT 1),
      'seq', (SELECT coalesce(max(e.seq), 0) FROM trellis.plan_edit AS e WHERE e.practice_id = n.practice_id AND e.plan_id = n.id),
      'signatures', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'revision', s.revision, 'role', s.role, 'outcome', s.outcome, 'memberId', s.member_id, 'name', s.name, 'credentials', s.credentials,
          'statement', s.statement, 'reason', s.reason, 'method', s.method, 'drawing', s.drawing, 'hash', s.hash, 'at', s.at,
          'voided', CASE WHEN v.at IS NULL THEN NULL ELSE json_build_object('at', v.at, 'reason', v.reason) END) ORDER BY array_position(ARRAY['client', 'guardian', 'clinician', 'supervisor'], s.role), s.at, s.id), '[]')
        FROM trellis.signature AS s LEFT JOIN trellis.signature_void AS v ON v.practice_id = s.practice_id AND v.signature_id = s.id
        WHERE s.practice_id = n.practice_id AND s.plan_id = n.id),
      'ended', ${hasEnded("n.client_id")},
      'completed', ${isCompleted("n.client_id", "(SELECT max(r.signed_at) FROM trellis.plan_revision AS r WHERE r.practice_id = n.practice_id AND r.plan_id = n.id)")},
      'supervised', EXISTS (SELECT 1 FROM trellis.member AS m
        WHERE m.practice_id = d.practice_id AND m.supervisor_id IS NOT NULL AND (m.id::text = d.content->'author'->>'clinicianId' OR EXISTS (
          SELECT 1 FROM trellis.signature AS s WHERE s.practice_id = d.practice_id AND s.plan_id = d.plan_id AND s.revision = d.revision AND s.role = 'clinician' AND s.member_id = m.id
            AND NOT EXISTS (SELECT 1 FROM trellis.signature_void AS v WHERE v.practice_id = s.practice_id AND v.signature_id = s.id))))
    ) AS plan, coalesce(d.content::text, '') AS draft
    FROM trellis.plan AS n LEFT JOIN trellis.plan_draft AS d ON d.practice_id = n.practice_id AND d.plan_id = n.id WHERE n.id = $1`,
    values: [planId, revision],
  };
}

export function parsePlanRows(rows: readonly Record<string, unknown>[]): PlanRows | null {
  return rows[0] === undefined ? null : { ...Rows.parse(rows[0].plan), draftText: z.string().parse(rows[0].draft) };
}

/** One revision of a plan as screens and documents take it. */
export interface PlanOnHand {
  readonly plan: Plan;
  readonly clientId: string;
  readonly seq: number;
  readonly state: "draft" | "signing" | "awaiting-co-signature" | "signed";
  readonly hash: string | null;
  readonly signedAt: string | null;
  readonly signatures: readonly SignatureRow[];
}

/**
 * The draft while there is one, else the signed revision; `null` when a revision was asked for that does not exist.
 * Throws a problem when frozen or signed content is not what its hash says.
 */
export function planOnHand(rows: PlanRows): PlanOnHand | null {
  const { draft, signed, clientId, asked } = rows;
  if (draft && (asked === null || asked === draft.revision)) {
    const frozen = draft.state === "draft" ? null : sealed(draft.canonical ?? "", draft.hash ?? "");
    let content = frozen;
    return {
      // Checked when it was written, and by every edit; for every look again it would cost as much as the query. A schema that changes migrates the drafts.
      get plan() {
        content ??= JSON.parse(rows.draftText) as Plan;
        return content;
      },
      clientId,
      seq: draft.seq,
      state: draft.state,
      hash: frozen ? draft.hash : null,
      signedAt: null,
      signatures: rows.signatures.filter((signature) => signature.revision === draft.revision),
    };
  }
  if (!signed) return null;
  return {
    plan: sealed(signed.canonical, signed.hash),
    clientId,
    seq: rows.seq,
    state: "signed",
    hash: signed.hash,
    signedAt: signed.signedAt,
    signatures: rows.signatures.filter((signature) => signature.revision === signed.revision),
  };
}

/** The plan that was frozen or signed. Throws a problem when the text is not what its hash says. */
export function sealed(canonical: string, hash: string): Plan {
  return Plan.parse(openSealed("plan", canonical, hash));
}

/** Whether this revision counts, for whoever reads it on paper. */
export function planStanding(rows: PlanRows, { plan, state, signatures }: PlanOnHand, practice: SessionPractice, now: Date): Standing {
  if (state === "draft") return { kind: "draft" };
  if (state === "signed") {
    const newest = rows.revisions[0]?.revision ?? plan.revision;
    return newest !== plan.revision ? { kind: "replaced", by: newest } : { kind: rows.completed ? "completed" : "in-force" };
  }
  const given = signatures.filter(({ voided }) => voided === null).map(({ role }) => role);
  const today = todayIn(practice.timeZone, now);
  const missing = requiredSignatures(plan, practice.coSignature, rows.supervised, today, given).filter((role) => !given.includes(role));
  return { kind: "waiting", missing };
}

const emptyNotes = { heldBack: [], alternatives: [], notes: [] };

/**
 * The plan for the screen, as JSON. A draft goes out as it lies in the database: taking it apart and putting it together again would cost nearly as much
 * as the query.
 */
export function planAnswer(rows: PlanRows, onHand: PlanOnHand, practice: SessionPractice, now: Date): string {
  const given = onHand.signatures.filter(({ voided }) => voided === null).map(({ role }) => role);
  const newest = rows.revisions[0]?.revision;
  const draft = onHand.state === "draft" ? rows.draft : null;
  const rest = {
    seq: onHand.seq,
    state: onHand.state,
    draftNotes: { ...emptyNotes, ...(onHand.state !== "signed" && typeof rows.draft?.notes === "object" ? rows.draft.notes : {}) },
    signatures: onHand.signatures.map(({ memberId: _m, hash: _h, revision: _r, ...signature }) => signature),
    required: requiredSignatures(
      draft ? { subject: draft } : onHand.plan,
      practice.coSignature,
      rows.supervised,
      todayIn(practice.timeZone, now),
      given,
    ),
    revisions: [
      ...(rows.draft
        ? [{ revision: rows.draft.revision, state: rows.draft.state, status: "draft" as const, signedAt: null, hash: rows.draft.hash }]
        : []),
      ...rows.revisions.map(({ revision, hash, signedAt }) => ({
        revision,
        state: "signed" as const,
        status: revision !== newest ? ("revoked" as const) : rows.completed ? ("completed" as const) : ("active" as const),
        signedAt,
        hash,
      })),
    ],
    hash: onHand.hash,
  };
  return `{"plan":${draft ? rows.draftText : JSON.stringify(onHand.plan)},${JSON.stringify(rest).slice(1)}`;
}

/** Why there is no signature, in words for screens and documents. */
export function notSignedText(reason: NotSignedReason, detail: string): string {
  return [notSignedWords[reason], detail.trim()].filter(Boolean).join(": ");
}
