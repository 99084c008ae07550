import { shownHomework } from "@trellis/domain/client-link/what-is-shown";
import type { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import type pg from "pg";
import { namesOf } from "./names-of.ts";

/**
 * Brings the private links of homework up to what was saved: the page shows it as it reads now. Looked at together, it is filled in no further;
 * taken back, its links are taken back too.
 */
export async function followHomework(
  client: pg.PoolClient,
  clientId: string,
  homeworkId: string,
  homework: AssignedHomework,
): Promise<void> {
  const shown = shownHomework(homework, await namesOf(client, clientId));
  await client.query(
    `UPDATE trellis.client_link SET shown = $3,
       withdrawn_at = CASE WHEN $4 THEN now() END, finished_at = CASE WHEN $5 AND NOT $4 THEN coalesce(finished_at, now()) ELSE finished_at END
     WHERE client_id = $1 AND subject_id = $2 AND kind = 'homework' AND withdrawn_at IS NULL`,
    [clientId, homeworkId, JSON.stringify(shown), homework.withdrawnOn !== null, homework.outcome !== null],
  );
}
