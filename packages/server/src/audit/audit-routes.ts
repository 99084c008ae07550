import { Hono } from "hono";
import { closedChart } from "../chart/closed-chart.ts";
import { inOneTrip } from "../database/pool.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { type AuditAction, auditActions, auditEntry } from "./record.ts";

/** So many of the newest entries are shown; the trail itself keeps all. */
const shown = 500;

const isAction = (action: string): action is AuditAction => Object.hasOwn(auditActions, action);

/** Who did what with a chart, and whether the trail is whole. */
export function auditRoutes(trellis: Trellis) {
  const { app } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/clients/:id/access-log", async (context) => {
    const id = pathId(context, "id");
    const [entries, open] = await readSignedIn(context, trellis, [
      {
        name: "access-log",
        text: `SELECT e.seq AS id, e.at, coalesce(m.name, CASE WHEN e.action IN ('answer-link.open', 'answer-link.finish', 'client-link.open', 'client-link.finish') THEN 'By link, nobody signed in' ELSE 'Trellis' END) AS by, e.action, e.detail->>'reason' AS reason FROM audit.entry AS e
               LEFT JOIN trellis.member AS m ON m.practice_id = e.practice_id AND m.id = e.member_id
               WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.client_id = $1 ORDER BY e.seq DESC LIMIT ${shown}`,
        values: [id],
      },
      {
        name: "chart-open",
        text: "SELECT EXISTS (SELECT 1 FROM trellis.client WHERE id = $1) AND trellis.sees_chart($1) AS open",
        values: [id],
      },
      {
        name: "audit-access-log",
        text: "SELECT audit.append('access-log.read', $1, '', '{}') WHERE trellis.sees_chart($1) AND EXISTS (SELECT 1 FROM trellis.client WHERE id = $1)",
        values: [id],
      },
    ]);
    needClinicalRole(context);
    if (open.rows[0]?.open !== true) throw await closedChart({ app }, askerOf(context), id);
    return context.json({
      entries: entries.rows.map(({ id: seq, at, by, action, reason }) => ({
        id: seq,
        at,
        by,
        words: isAction(String(action)) ? auditActions[action as AuditAction] : String(action),
        reason,
      })),
    });
  });

  routes.get("/audit/verify", signedIn, async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice can check the audit trail.");
    const [fault, count] = await inOneTrip(app, askerOf(context), [
      { text: "SELECT seq, fault FROM audit.first_fault()" },
      { text: "SELECT count(*)::int AS entries FROM audit.entry" },
      auditEntry("audit.verify"),
    ]);
    const first = fault.rows[0];
    return context.json({ entries: count.rows[0]?.entries ?? 0, ok: first === undefined, ...(first && { firstFault: first }) });
  });
  return routes;
}
