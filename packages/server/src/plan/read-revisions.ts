import { dayOf, type IsoDate } from "@trellis/domain/calendar/date";
import type { Plan } from "@trellis/domain/plan/plan";
import { signatureRoles } from "@trellis/domain/signature/signature";
import type pg from "pg";
import { z } from "zod";
import { sealed } from "./read-plan.ts";

const Signed = z.object({
  revision: z.number(),
  role: z.enum(signatureRoles),
  outcome: z.enum(["signed", "not-signed"]),
  name: z.string(),
  credentials: z.string(),
  at: z.string(),
});

const Rows = z.object({
  clientId: z.string(),
  createdAt: z.string(),
  draft: z
    .object({
      revision: z.number(),
      state: z.enum(["draft", "signing", "awaiting-co-signature"]),
      content: z.unknown(),
      canonical: z.string().nullable(),
      hash: z.string().nullable(),
      updatedAt: z.string(),
    })
    .nullable(),
  signed: z.array(z.object({ revision: z.number(), canonical: z.string(), hash: z.string(), signedAt: z.string() })),
  /** Signatures that count, those missing with a reason included. */
  signatures: z.array(Signed),
  /** When a goal or objective was first written in by hand. */
  written: z.record(z.string(), z.string()),
});

/** One revision, whether it is signed by all or still the draft. */
export interface Revision {
  readonly revision: number;
  /** Its content, checked against its hash when it is looked at first. */
  readonly plan: Plan;
  readonly state: "draft" | "signing" | "awaiting-co-signature" | "signed";
  /** When it was signed by all; for a draft, when it was changed last. */
  readonly at: string;
  readonly signatures: readonly z.infer<typeof Signed>[];
}

export interface Revisions {
  readonly clientId: string;
  /** Oldest first, the draft last where there is one. */
  readonly list: readonly Revision[];
  /** The day in the practice's zone on which a goal or objective was first in a draft, where that is known. */
  readonly proposedOn: (id: string, timeZone: string) => IsoDate | null;
}

/** Every revision of a plan with its content and the signatures that count. */
export function revisionsQuery(planId: string): pg.QueryConfig {
  return {
    name: "plan-revisions",
    text: `SELECT json_build_object(
      'clientId', n.client_id, 'createdAt', n.created_at,
      'draft', (SELECT json_build_object('revision', d.revision, 'state', d.state, 'content', CASE WHEN d.state = 'draft' THEN d.content END, 'canonical', d.canonical, 'hash', d.hash, 'updatedAt', d.updated_at)
        FROM trellis.plan_draft AS d WHERE d.practice_id = n.practice_id AND d.plan_id = n.id),
      'signed', (SELECT coalesce(json_agg(json_build_object('revision', r.revision, 'canonical', r.canonical, 'hash', r.hash, 'signedAt', r.signed_at) ORDER BY r.revision), '[]')
        FROM trellis.plan_revision AS r WHERE r.practice_id = n.practice_id AND r.plan_id = n.id),
      'signatures', (SELECT coalesce(json_agg(json_build_object('revision', s.revision, 'role', s.role, 'outcome', s.outcome, 'name', s.name, 'credentials', s.credentials, 'at', s.at)
          ORDER BY array_position(ARRAY['client', 'guardian', 'clinician', 'supervisor'], s.role), s.at), '[]')
        FROM trellis.signature AS s WHERE s.practice_id = n.practice_id AND s.plan_id = n.id
          AND NOT EXISTS (SELECT 1 FROM trellis.signature_void AS v WHERE v.practice_id = s.practice_id AND v.signature_id = s.id)),
      'written', (SELECT coalesce(json_object_agg(w.id, w.at), '{}') FROM (
        SELECT step->'item'->>'id' AS id, min(e.at) AS at FROM trellis.plan_edit AS e CROSS JOIN jsonb_array_elements(e.edits) AS step
        WHERE e.practice_id = n.practice_id AND e.plan_id = n.id AND step->>'type' = 'insert' AND step->'list'->>0 IN ('goals', 'objectives') GROUP BY 1) AS w WHERE w.id IS NOT NULL)
    ) AS revisions FROM trellis.plan AS n WHERE n.id = $1`,
    values: [planId],
  };
}

export function parseRevisions(rows: readonly Record<string, unknown>[]): Revisions | null {
  const [row] = rows;
  if (row === undefined) return null;
  const { clientId, createdAt, draft, signed, signatures, written } = Rows.parse(row.revisions);
  const of = (revision: number) => signatures.filter((signature) => signature.revision === revision);
  const list = signed.map(({ revision, canonical, hash, signedAt }) =>
    opened(() => sealed(canonical, hash), {
      revision,
      state: "signed",
      at: signedAt,
      signatures: of(revision),
    }),
  );
  if (draft !== null) {
    const { state, content, canonical, hash, updatedAt, revision } = draft;
    list.push(
      // A draft's content was checked when it was written.
      opened(() => (state === "draft" ? (content as Plan) : sealed(canonical ?? "", hash ?? "")), {
        revision,
        state,
        at: updatedAt,
        signatures: of(revision),
      }),
    );
  }
  // What the first draft held was proposed with it.
  const first = list[0];
  const proposedOn = (id: string, timeZone: string): IsoDate | null => {
    const at =
      written[id] ?? (first && [...first.plan.goals, ...first.plan.objectives].some((item) => item.id === id) ? createdAt : undefined);
    return at === undefined ? null : dayOf(new Date(at).toISOString(), timeZone);
  };
  return { clientId, list, proposedOn };
}

/** A revision whose content is read and checked once somebody asks for it. */
function opened(read: () => Plan, rest: Omit<Revision, "plan">): Revision {
  let plan: Plan | undefined;
  return {
    ...rest,
    get plan() {
      plan ??= read();
      return plan;
    },
  };
}

/** The signed revision before the one asked for, or before the one to go on with. No row where there is none. */
export function revisionBeforeQuery(planId: string, revision: number | null): pg.QueryConfig {
  return {
    name: "plan-revision-before",
    text: `SELECT r.canonical, r.hash FROM trellis.plan_revision AS r WHERE r.plan_id = $1 AND r.revision < coalesce($2::int,
        (SELECT d.revision FROM trellis.plan_draft AS d WHERE d.practice_id = r.practice_id AND d.plan_id = r.plan_id),
        (SELECT max(l.revision) FROM trellis.plan_revision AS l WHERE l.practice_id = r.practice_id AND l.plan_id = r.plan_id))
      ORDER BY r.revision DESC LIMIT 1`,
    values: [planId, revision],
  };
}

export function parseRevisionBefore(rows: readonly Record<string, unknown>[]): Plan | null {
  const [row] = rows;
  if (row === undefined) return null;
  const { canonical, hash } = z.object({ canonical: z.string(), hash: z.string() }).parse(row);
  return sealed(canonical, hash);
}
