import { RiskRecord } from "@trellis/domain/risk/risk-record";
import { Hono } from "hono";
import type pg from "pg";
import { closedChart } from "../chart/closed-chart.ts";
import { needClinicalRole } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

/** How risk was judged over time, what signed plans said of it, and alerts about danger with what was done. */
export function riskHistoryRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/clients/:id/risk-history", async (context) => {
    const id = pathId(context, "id");
    const [found] = await readSignedIn(context, trellis, [riskRecordQuery(id), readEntry(id)]);
    needClinicalRole(context);
    const record = parseRiskRecord(found.rows);
    if (record === null) throw await closedChart(trellis, askerOf(context), id);
    return context.json(record);
  });
  return routes;
}

/** Running text of an assessment, which the history does not tell. */
const prose = ["means", "pastAttempts", "selfHarm", "harmToOthersDetail", "protectiveFactors", "formulation", "safetyPlanNote"];

/** What the history of risk goes by besides chart and treatment, in one query. No row where the chart is closed to the person asking. */
export function riskRecordQuery(clientId: string): pg.QueryConfig {
  const member = (id: string) =>
    `coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = c.practice_id AND m.id = ${id}), '')`;
  return {
    name: "risk-record",
    text: `SELECT json_build_object(
      'assessments', (SELECT coalesce(json_agg(json_build_object('id', r.id, 'content', r.content - $2::text[], 'savedAt', r.saved_at, 'by', ${member("r.saved_by")}) ORDER BY r.saved_at, r.id), '[]')
        FROM (SELECT h.id::text AS id, h.content, h.saved_at, h.saved_by FROM trellis.risk_assessment AS h WHERE h.practice_id = c.practice_id AND h.client_id = c.id
          UNION ALL SELECT 'now', s.content, s.saved_at, s.saved_by FROM trellis.intake_section AS s
            WHERE s.practice_id = c.practice_id AND s.client_id = c.id AND s.section = 'risk') AS r),
      'plans', (SELECT coalesce(json_agg(json_build_object('planId', p.plan_id, 'revision', p.revision, 'signedAt', p.signed_at, 'risk', p.canonical::jsonb->'risk') ORDER BY p.signed_at, p.revision), '[]')
        FROM trellis.plan_revision AS p WHERE p.practice_id = c.practice_id AND p.client_id = c.id),
      'alerts', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'kind', a.kind, 'administrationId', a.administration_id, 'words', coalesce(a.detail->>'words', ''), 'date', a.detail->>'date',
          'raisedAt', a.raised_at, 'acknowledgedAt', a.acknowledged_at, 'acknowledgedBy', ${member("a.acknowledged_by")}, 'acknowledgement', a.done) ORDER BY a.raised_at, a.id), '[]')
        FROM trellis.alert AS a WHERE a.practice_id = c.practice_id AND a.client_id = c.id AND a.kind IN ('risk-answer', 'risk-not-answered'))
    ) AS record FROM trellis.client AS c WHERE c.id = $1 AND trellis.sees_chart(c.id)`,
    values: [clientId, prose],
  };
}

/** Parses what `riskRecordQuery` gave; `null` without a row. */
export function parseRiskRecord(rows: readonly Record<string, unknown>[]): RiskRecord | null {
  return rows[0] === undefined ? null : RiskRecord.parse(rows[0].record);
}

/** Entry for the reading, where the chart is open to the person asking. */
function readEntry(clientId: string): pg.QueryConfig {
  return {
    name: "audit-risk-history-read",
    text: "SELECT audit.append('risk-history.read', c.id, '', '{}') FROM trellis.client AS c WHERE c.id = $1 AND trellis.sees_chart(c.id)",
    values: [clientId],
  };
}
