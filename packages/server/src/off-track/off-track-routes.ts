import { CareDecision } from "@trellis/domain/off-track/care-decision";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { refuseImpossibleDay, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, invalid } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";

/** What was considered and chosen when treatment did not work. It stays as it was said: a change of mind is a new decision. */
export function offTrackRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.put("/clients/:id/care-decisions/:decisionId", needSignIn(trellis), async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const decisionId = pathId(context, "decisionId");
    const { decision } = await body(context, z.strictObject({ decision: CareDecision }));
    const twice = decision.options.findIndex((option, index) => decision.options.findIndex((other) => other.id === option.id) !== index);
    if (twice >= 0) throw invalid([{ pointer: `/decision/options/${twice}`, message: "This option stands here twice. Remove one." }]);
    await writeChart(trellis, context, id, async (client, birthDate) => {
      const { practiceId, memberId } = askerOf(context);
      refuseImpossibleDay(trellis, context, "/decision/on", decision.on, birthDate);
      const content = JSON.stringify(decision);
      const { rows } = await client.query<{ seal: string }>(
        `INSERT INTO trellis.care_decision AS d (practice_id, client_id, id, content, by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
         RETURNING trellis.care_decision_seal(d) AS seal`,
        [practiceId, id, decisionId, content, memberId],
      );
      if (rows[0] === undefined) {
        // Sent again after an answer that got lost; anything else under this id would be a change.
        const { rowCount: same } = await client.query(
          "SELECT 1 FROM trellis.care_decision WHERE id = $1 AND client_id = $2 AND content = $3::jsonb",
          [decisionId, id, content],
        );
        if (same === 0) throw invalid([{ pointer: "", message: "A decision stays as it was recorded. Record a new one." }]);
        return;
      }
      await client.query(auditEntry("care-decision.add", id, decisionId, { options: decision.options.length, seal: rows[0].seal }));
    });
    return context.body(null, 204);
  });
  return routes;
}
