import { Acknowledgement } from "@trellis/domain/alerts/acknowledgement";
import { alertKinds } from "@trellis/domain/alerts/alert";
import { IsoDate } from "@trellis/domain/calendar/date";
import { Client, calledName, legalName } from "@trellis/domain/client/client";
import { intakeSections } from "@trellis/domain/intake/intake";
import { riskAssessedSince } from "@trellis/domain/intake/risk-follow-up";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

/** So many are shown at once; those that are acknowledged make room. */
const shownAtMost = 200;

/** Whoever treats clients now: the treating clinicians and the care teams, not those who are there for an emergency. */
const treating = `FROM trellis.care_team AS t JOIN trellis.member AS m ON m.practice_id = t.practice_id AND m.id = t.member_id AND m.active
  WHERE t.practice_id = (SELECT trellis.current_practice()) AND t.role <> 'emergency' AND (t.until IS NULL OR t.until > now())`;

/**
 * Whose alert it is: that of everybody who treats the client and of their supervisors, and the owner's where nobody does. So none is nobody's, whoever
 * has left the practice. Begins with the asker's clients, so that counting takes as long with many colleagues as with none.
 */
const forAsker = `a.client_id IN (
  SELECT t.client_id ${treating} AND (SELECT trellis.current_member()) IN (m.id, m.supervisor_id)
  UNION ALL
  SELECT o.client_id FROM trellis.alert AS o
  WHERE (SELECT trellis.access()) = 'all' AND o.acknowledged_at IS NULL AND NOT EXISTS (SELECT 1 ${treating} AND t.client_id = o.client_id))`;

/** Alerts as a list names them, with what became of the entry that raised them. */
const alertColumns = `a.id, a.kind, a.measure, a.administration_id AS "administrationId", a.detail, a.raised_at AS "raisedAt",
  CASE WHEN e.error_reason IS NOT NULL THEN 'error' WHEN e.version > 1 THEN 'corrected' ELSE 'as-given' END AS entry`;
const alertEntry = "LEFT JOIN trellis.administration AS e ON e.practice_id = a.practice_id AND e.id = a.administration_id";

/** The open alerts, each client whose alerts are told written into the trail by the same statement. */
function openAlertsQuery(filter: "mine" | "all"): pg.QueryConfig {
  return {
    name: `alerts-${filter}`,
    // The most urgent are picked first: what else is told of them is looked up for those alone.
    text: `WITH picked AS MATERIALIZED (
        SELECT * FROM trellis.alert AS a WHERE a.acknowledged_at IS NULL AND ${filter === "mine" ? forAsker : "true"}
        ORDER BY array_position($1::text[], a.kind), a.raised_at, a.id LIMIT ${shownAtMost + 1}
      ), open AS MATERIALIZED (
        SELECT ${alertColumns}, a.client_id, c.record, c.is_practice_client, r.content AS risk, coalesce(e.entered_at, a.raised_at) > r.saved_at AS after_risk,
          (SELECT coalesce(json_agg(m.name ORDER BY t.role DESC, m.name), '[]') ${treating} AND t.client_id = a.client_id) AS "treatedBy"
        FROM picked AS a JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id ${alertEntry}
          LEFT JOIN trellis.intake_section AS r ON r.practice_id = a.practice_id AND r.client_id = a.client_id AND r.section = 'risk' AND a.kind LIKE 'risk-%'
      ), told AS MATERIALIZED (
        SELECT audit.append('alert.read', s.client_id, '', '{}') FROM (SELECT DISTINCT client_id FROM open) AS s
      )
      SELECT open.*, (SELECT count(*) FROM told) AS told FROM open
      ORDER BY entry = 'error', array_position($1::text[], kind), "raisedAt", id`,
    values: [alertKinds],
  };
}

/** The day on which risk was assessed after what raised an alert; `null` where it was not, and where it is not about risk. */
function assessedSince(content: unknown, answeredAfterRisk: boolean, detail: unknown): IsoDate | null {
  if (content === null) return null;
  const risk = intakeSections.risk.parse(content);
  const { date } = z.object({ date: IsoDate.optional() }).parse(detail);
  if (date === undefined) return null;
  const entry = { id: "entry", date };
  return riskAssessedSince({ intake: { risk }, answeredAfterRisk: answeredAfterRisk ? [entry.id] : [] }, entry) ? risk.assessedOn : null;
}

/** Alerts: whom they are for, and that somebody has acted on them. What raises them stands with what they are about. */
export function alertRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/alerts", async (context) => {
    const [open] = await readSignedIn(context, trellis, [openAlertsQuery(context.req.query("filter") === "all" ? "all" : "mine")]);
    needClinicalRole(context);
    return context.json({
      alerts: open.rows.slice(0, shownAtMost).map(({ record, client_id, is_practice_client, risk, after_risk, told: _, ...alert }) => {
        const client = Client.parse(record);
        return {
          ...alert,
          riskAssessedOn: assessedSince(risk, after_risk === true, alert.detail),
          clientId: client_id,
          name: legalName(client),
          calledName: calledName(client),
          isPracticeClient: is_practice_client,
        };
      }),
      more: open.rows.length > shownAtMost,
    });
  });

  // Asked every minute by every open page: a number says nothing of anybody, and is not written into the trail.
  routes.get("/alerts/count", async (context) => {
    const [counted] = await readSignedIn(context, trellis, [
      {
        name: "alerts-count",
        text: `SELECT count(*)::int AS count, (count(*) FILTER (WHERE a.kind IN ('risk-answer', 'risk-not-answered')))::int AS risk
               FROM trellis.alert AS a JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
               WHERE a.acknowledged_at IS NULL AND NOT c.is_practice_client AND ${forAsker}`,
      },
    ]);
    needClinicalRole(context);
    return context.json({ count: Number(counted.rows[0]?.count ?? 0), risk: Number(counted.rows[0]?.risk ?? 0) });
  });

  routes.get("/clients/:id/alerts", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const alerts = await writeChart(trellis, context, id, async (client) => {
      const { rows } = await client.query(
        `SELECT ${alertColumns}, a.acknowledged_at AS "acknowledgedAt", m.name AS "acknowledgedBy", a.done AS acknowledgement
         FROM trellis.alert AS a ${alertEntry} LEFT JOIN trellis.member AS m ON m.practice_id = a.practice_id AND m.id = a.acknowledged_by
         WHERE a.client_id = $1 ORDER BY a.raised_at DESC, a.id`,
        [id],
      );
      await client.query(auditEntry("alert.read", id));
      return rows;
    });
    return context.json({ alerts });
  });

  routes.post("/clients/:id/alerts/:alertId/acknowledge", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const alertId = pathId(context, "alertId");
    const given = await body(context, Acknowledgement);
    const acknowledged = await writeChart(trellis, context, id, async (client) => {
      const { memberId } = askerOf(context);
      const done = JSON.stringify({ ...given, done: given.done.trim() });
      const { rows } = await client.query<{ acknowledgedAt: Date }>(
        `UPDATE trellis.alert SET acknowledged_at = now(), acknowledged_by = $3, done = $4
         WHERE id = $1 AND client_id = $2 AND acknowledged_at IS NULL RETURNING acknowledged_at AS "acknowledgedAt"`,
        [alertId, id, memberId, done],
      );
      if (rows[0] !== undefined) {
        await client.query(auditEntry("alert.acknowledge", id, alertId));
        return rows[0];
      }
      const before = await client.query<{ acknowledgedAt: Date; acknowledgedBy: string; acknowledgement: unknown; same: boolean }>(
        `SELECT a.acknowledged_at AS "acknowledgedAt", coalesce(m.name, '') AS "acknowledgedBy", a.done AS acknowledgement,
           a.acknowledged_by = $3 AND a.done = $4 AS same
         FROM trellis.alert AS a LEFT JOIN trellis.member AS m ON m.practice_id = a.practice_id AND m.id = a.acknowledged_by
         WHERE a.id = $1 AND a.client_id = $2`,
        [alertId, id, memberId, done],
      );
      const there = before.rows[0];
      if (there === undefined) throw notFound();
      const { same, ...current } = there;
      // Sent again after an answer that got lost.
      if (same) return { acknowledgedAt: current.acknowledgedAt };
      await client.query(auditEntry("alert.read", id, alertId));
      const when = current.acknowledgedAt.toLocaleString("en-US", {
        timeZone: context.get("signedIn").practice.timeZone,
        dateStyle: "medium",
        timeStyle: "short",
      });
      return conflict(`${current.acknowledgedBy || "Somebody"} acknowledged this alert on ${when}. It is acknowledged once.`, current);
    });
    return context.json(acknowledged);
  });
  return routes;
}
