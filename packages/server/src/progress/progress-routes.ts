import { progressDocument } from "@trellis/domain/document/progress-document";
import { progressOf } from "@trellis/domain/progress/progress";
import { Hono } from "hono";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { chartQuery, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { parsePlanRows, planOnHand, planQuery } from "../plan/read-plan.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { courseRecord } from "./course-record.ts";

/** A client's progress as a PDF: the pictures of the progress page, each with its table. */
export function progressRoutes(trellis: Trellis) {
  const { app, library, documents, now } = trellis;
  const routes = new Hono<RequestEnvironment>();

  routes.get("/clients/:id/progress.pdf", needSignIn(trellis), async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const asker = askerOf(context);
    const { practice } = context.get("signedIn");
    const found = await withPractice(app, asker, async (client) => {
      const chart = parseChart((await client.query(chartQuery(id))).rows);
      if (chart === null) return null;
      // The draft while there is one, as on the page.
      const [newest] = chart.plans;
      const rows = newest === undefined ? null : parsePlanRows((await client.query(planQuery(newest.id, null))).rows);
      await client.query(auditEntry("progress.document", id));
      return { chart, plan: rows === null ? null : (planOnHand(rows)?.plan ?? null) };
    });
    if (found === null) throw await closedChart(trellis, asker, id);
    const { chart, plan } = found;
    const document = progressDocument({
      client: chart.client,
      practiceName: practice.name,
      practiceAddress: practice.address,
      courses: progressOf(libraryOfChart(chart, library).measures, courseRecord(chart, practice.timeZone), plan),
      today: todayIn(practice.timeZone, now()),
    });
    const pdf = await documents.renderProgressDocument(document, now());
    return answerPdf(context, pdf, "progress");
  });
  return routes;
}
