import { alertsFromScore, type RaisedAlert } from "@trellis/domain/alerts/alert";
import type { IsoDate } from "@trellis/domain/calendar/date";
import type { Administration } from "@trellis/domain/measures/administration";
import type { DatedScore } from "@trellis/domain/measures/course";
import type { Measure } from "@trellis/domain/measures/measure";
import { type Score, scoreAdministration } from "@trellis/domain/measures/score";
import type pg from "pg";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { auditEntry } from "../audit/record.ts";
import type { Asker } from "../database/pool.ts";
import { invalid } from "../http/problem.ts";
import { expectationOf } from "./expectation.ts";

/** What is kept beside the answers: the total, and the definition it was worked out by. */
export function scoreColumns(
  measure: Measure,
  administration: Administration,
): { readonly score: Score; readonly total: number | null; readonly version: string } {
  const score = scoreAdministration(measure, administration);
  return { score, total: score.total, version: measure.version };
}

/**
 * Keeps an administration with its score, and raises the alerts that it calls for. Sent again under the same id with the same content it does nothing.
 * Throws where the id is another entry's.
 */
export async function storeAdministration(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  measure: Measure,
  administration: Administration,
): Promise<Score> {
  const { score, total, version } = scoreColumns(measure, administration);
  const content = JSON.stringify(administration);
  const { rowCount } = await client.query(
    `INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [practiceId, clientId, administration.id, administration.measure, administration.date, content, memberId, total, version],
  );
  if (rowCount === 0) {
    // Sent again after an answer that got lost: the same is no fault, another under the same id is.
    const same = await client.query("SELECT 1 FROM trellis.administration WHERE id = $1 AND client_id = $2 AND content = $3", [
      administration.id,
      clientId,
      content,
    ]);
    if (same.rowCount === 0) throw invalid([{ pointer: "/administration/id", message: "Another entry has this id. Reload the page." }]);
    return score;
  }
  await raiseAlerts(client, practiceId, clientId, await alertsOf(client, clientId, measure, administration, score));
  await client.query(auditEntry("administration.add", clientId, administration.id, { measure: administration.measure }));
  return score;
}

/** The alerts that a score calls for, which is in the chart already. */
export async function alertsOf(
  client: pg.PoolClient,
  clientId: string,
  measure: Measure,
  administration: Administration,
  score: Score,
): Promise<RaisedAlert[]> {
  const course = await courseScores(client, clientId, measure);
  return alertsFromScore(measure, administration, score, course, await expectationOf(client, clientId, measure.id));
}

/** The scores of one measure in a chart that count, oldest first. */
export async function courseScores(client: pg.PoolClient, clientId: string, measure: Measure): Promise<DatedScore[]> {
  const { rows } = await client.query<{ date: IsoDate; total: number }>(
    `SELECT date::text AS date, total FROM trellis.administration
     WHERE client_id = $1 AND measure = $2 AND error_reason IS NULL AND total IS NOT NULL ORDER BY date, entered_at, id`,
    [clientId, measure.id],
  );
  return rows;
}
