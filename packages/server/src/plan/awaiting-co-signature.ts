import type pg from "pg";
import { z } from "zod";

/** A plan that everybody but the supervisor has signed. */
export const AwaitingCoSignature = z.object({
  planId: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  revision: z.number(),
  /** Who signed it as its clinician. */
  author: z.string(),
  /** Since the clinician's signature. */
  since: z.string(),
  /** Why it differs from the last signed revision, "" for a first plan. */
  reason: z.string(),
});
export type AwaitingCoSignature = z.infer<typeof AwaitingCoSignature>;

/**
 * The plans that wait for the co-signature of whoever asks, the longest waiting first. Only those that the person may co-sign: with the role of a supervisor,
 * belonging to the client's care and not by emergency access, and never what they signed themselves.
 */
export function awaitingCoSignatureQuery(): pg.QueryConfig {
  return {
    name: "awaiting-co-signature",
    text: `SELECT d.plan_id AS "planId", d.client_id AS "clientId", d.content->'subject'->>'name' AS "clientName", d.revision, s.name AS author, s.at AS since, d.content->>'changeReason' AS reason
      FROM trellis.plan_draft AS d
      JOIN trellis.signature AS s ON s.practice_id = d.practice_id AND s.plan_id = d.plan_id AND s.revision = d.revision AND s.role = 'clinician'
        AND NOT EXISTS (SELECT 1 FROM trellis.signature_void AS v WHERE v.practice_id = s.practice_id AND v.signature_id = s.id)
      WHERE d.state = 'awaiting-co-signature' AND s.member_id <> (SELECT trellis.current_member()) AND trellis.decides_care_team(d.client_id)
        AND EXISTS (SELECT 1 FROM trellis.member AS m WHERE m.practice_id = d.practice_id AND m.id = (SELECT trellis.current_member()) AND 'supervisor' = ANY (m.roles))
      ORDER BY s.at, d.plan_id`,
    values: [],
  };
}

export function parseAwaitingCoSignature(rows: readonly Record<string, unknown>[]): AwaitingCoSignature[] {
  return rows.map((row) => AwaitingCoSignature.parse({ ...row, since: row.since instanceof Date ? row.since.toISOString() : row.since }));
}
