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

/** Puts alerts into several charts at once, each unless it is there already. None of them is about a course. */
export async function raiseInCharts(
  client: pg.PoolClient,
  practiceId: string,
  alerts: readonly { readonly clientId: string; readonly alert: RaisedAlert }[],
): Promise<void> {
  if (alerts.length === 0) return;
  await client.query(
    `INSERT INTO trellis.alert (practice_id, client_id, id, key, kind, measure, administration_id, detail)
     SELECT $1, a.client_id, gen_random_uuid(), a.key, a.kind, a.measure, a.administration_id, a.detail
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[]) AS a (client_id, key, kind, measure, administration_id, detail)
     ON CONFLICT (practice_id, client_id, key) DO NOTHING`,
    [
      practiceId,
      alerts.map(({ clientId }) => clientId),
      alerts.map(({ alert }) => alert.key),
      alerts.map(({ alert }) => alert.kind),
      alerts.map(({ alert }) => alert.measure),
      alerts.map(({ alert }) => alert.administrationId),
      alerts.map(({ alert }) => JSON.stringify(alert.detail)),
    ],
  );
}
