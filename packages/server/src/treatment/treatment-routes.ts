import { Hono } from "hono";
import type pg from "pg";
import { closedChart } from "../chart/closed-chart.ts";
import { needClinicalRole } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { parseTreatment, treatmentQuery } from "./read-treatment.ts";

/** What happened in the course of a treatment, for every screen that goes by it. */
export function treatmentRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/clients/:id/treatment", async (context) => {
    const id = pathId(context, "id");
    const [found] = await readSignedIn(context, trellis, [treatmentQuery(id), readEntry(id)]);
    needClinicalRole(context);
    const treatment = parseTreatment(found.rows);
    if (treatment === null) throw await closedChart(trellis, askerOf(context), id);
    return context.json(treatment);
  });
  return routes;
}

/** Entry for the reading, where the chart is open to the person asking. */
function readEntry(clientId: string): pg.QueryConfig {
  return {
    name: "audit-treatment-read",
    text: "SELECT audit.append('treatment.read', c.id, '', '{}') FROM trellis.client AS c WHERE c.id = $1 AND trellis.sees_chart(c.id)",
    values: [clientId],
  };
}
