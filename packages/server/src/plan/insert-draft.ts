import { likenessFingerprint } from "@trellis/domain/findings/likeness";
import type { Plan } from "@trellis/domain/plan/plan";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";

/** Puts a new draft of a plan where it can be worked on. `seq` goes on from the last change of the revision before. */
export async function insertDraft(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  plan: Plan,
  seq: number,
  notes: object,
): Promise<void> {
  await client.query(
    `INSERT INTO trellis.plan_draft (practice_id, plan_id, client_id, revision, content, seq, notes, fingerprint, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      practiceId,
      plan.id,
      plan.clientId,
      plan.revision,
      JSON.stringify(plan),
      seq,
      JSON.stringify(notes),
      likenessFingerprint(plan),
      memberId,
    ],
  );
}
