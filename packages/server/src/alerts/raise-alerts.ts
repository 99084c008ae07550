import { courseAlertKinds, type RaisedAlert } from "@trellis/domain/alerts/alert";
import type pg from "pg";

/** For so many days after somebody has acted on an alert about a course, the same is not raised again. */
const restDays = 28;

/**
 * Puts alerts into a chart, in the transaction of what raised them. One that is there already is not raised twice; one about a course waits while the same
 * is still open, or was acknowledged within the last four weeks: somebody is on it.
 */
export async function raiseAlerts(
  client: pg.PoolClient,
  practiceId: string,
  clientId: string,
  alerts: readonly RaisedAlert[],
): Promise<void> {
  for (const { key, kind, measure, administrationId, detail } of alerts)
    await client.query(
      `INSERT INTO trellis.alert (practice_id, client_id, id, key, kind, measure, administration_id, detail)
       SELECT $1, $2, gen_random_uuid(), $3, $4, $5, $6, $7
       WHERE NOT $8 OR NOT EXISTS (SELECT 1 FROM trellis.alert AS a WHERE a.practice_id = $1 AND a.client_id = $2 AND a.kind = $4 AND a.measure IS NOT DISTINCT FROM $5
         AND (a.acknowledged_at IS NULL OR a.acknowledged_at > now() - make_interval(days => $9)))
       ON CONFLICT (practice_id, client_id, key) DO NOTHING`,
      [practiceId, clientId, key, kind, measure, administrationId, JSON.stringify(detail), courseAlertKinds.has(kind), restDays],
    );
}
