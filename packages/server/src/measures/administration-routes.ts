import { alertsOfCorrection } from "@trellis/domain/alerts/alert";
import { line } from "@trellis/domain/client/client";
import { measureForm } from "@trellis/domain/document/measure-form";
import { Administration } from "@trellis/domain/measures/administration";
import { checkAdministration } from "@trellis/domain/measures/check-answers";
import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { auditEntry } from "../audit/record.ts";
import { refuseImpossibleDay, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, conflict, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";
import { measureOf } from "./practice-measures.ts";
import { alertsOf, scoreColumns, storeAdministration } from "./store-administration.ts";

const reason = (ask: string) => line(500).refine((text) => text.trim() !== "", ask);
const Entry = Administration.extend({ id: z.uuid("This id is not right. Reload the page.") });

/** Answers to measures in a chart: entering, correcting, and marking as entered in error. Nothing that was answered is ever thrown away. */
export function administrationRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  /** The measure of an entry, as this chart's practice uses it. Throws where there is none, or the answers do not fit it. */
  async function fittingMeasure(client: pg.PoolClient, clientId: string, administration: Administration): Promise<Measure> {
    const measure = await measureOf(client, trellis.library, clientId, administration.measure);
    if (measure === null) throw invalid([{ pointer: "/administration/measure", message: "This measure is not in the library." }]);
    const faults = checkAdministration(measure, administration);
    if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/administration${pointer}`, message })));
    return measure;
  }

  routes.post("/clients/:id/administrations", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { administration } = await body(context, z.strictObject({ administration: Entry }));
    if (administration.status !== "completed")
      throw invalid([{ pointer: "/administration/status", message: "A new entry counts; mark it as an error afterwards." }]);
    const score = await writeChart(trellis, context, id, async (client, birthDate) => {
      const measure = await fittingMeasure(client, id, administration);
      refuseImpossibleDay(trellis, context, "/administration/date", administration.date, birthDate);
      return await storeAdministration(client, askerOf(context), id, measure, administration);
    });
    return context.json({ id: administration.id, score, flags: score.flags }, 201);
  });

  routes.put("/clients/:id/administrations/:administrationId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const administrationId = pathId(context, "administrationId");
    const given = await body(
      context,
      z.strictObject({ version: Version, administration: Entry, reason: reason("Say why the entry is corrected.") }),
    );
    const { administration } = given;
    if (administration.id !== administrationId)
      throw invalid([{ pointer: "/administration/id", message: "The entry and the address name different ids." }]);
    const corrected = await writeChart(trellis, context, id, async (client, birthDate) => {
      const { practiceId, memberId } = askerOf(context);
      const { rows } = await client.query<{ version: number; measure: string; content: unknown; error_reason: string | null }>(
        "SELECT version, measure, content, error_reason FROM trellis.administration WHERE id = $1 AND client_id = $2 FOR UPDATE",
        [administrationId, id],
      );
      const before = rows[0];
      if (before === undefined) throw notFound();
      if (before.version !== given.version) {
        await client.query(auditEntry("chart.read", id, administrationId));
        return conflict("Somebody corrected this entry meanwhile.", { content: before.content, version: before.version });
      }
      if (before.error_reason !== null)
        throw invalid([{ pointer: "/administration", message: "This entry was marked as entered in error. Enter it anew." }]);
      if (administration.measure !== before.measure)
        throw invalid([
          { pointer: "/administration/measure", message: "The measure of an entry stays. Mark it as an error and enter the other." },
        ]);
      const measure = await fittingMeasure(client, id, administration);
      refuseImpossibleDay(trellis, context, "/administration/date", administration.date, birthDate);
      const { score, total, version } = scoreColumns(measure, administration);
      await client.query(
        `INSERT INTO trellis.administration_history (practice_id, client_id, administration_id, version, content, reason, replaced_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [practiceId, id, administrationId, before.version, JSON.stringify(before.content), given.reason.trim(), memberId],
      );
      await client.query(
        "UPDATE trellis.administration SET content = $3, date = $4, total = $5, scoring_version = $6, version = version + 1 WHERE id = $1 AND client_id = $2",
        [administrationId, id, JSON.stringify(administration), administration.date, total, version],
      );
      const earlier = scoreAdministration(measure, Administration.parse(before.content));
      const alerts = alertsOfCorrection(await alertsOf(client, id, measure, administration, score), earlier, before.version + 1);
      await raiseAlerts(client, practiceId, id, alerts);
      await client.query(auditEntry("administration.correct", id, administrationId, { version: before.version + 1 }));
      return { version: before.version + 1, score };
    });
    return context.json(corrected);
  });

  routes.get("/clients/:id/administrations/:administrationId/history", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const administrationId = pathId(context, "administrationId");
    const history = await writeChart(trellis, context, id, async (client) => {
      const { rows } = await client.query(
        `SELECT h.version, h.content, h.reason, h.replaced_at AS "replacedAt", coalesce(m.name, '') AS "replacedBy" FROM trellis.administration_history AS h
         LEFT JOIN trellis.member AS m ON m.practice_id = h.practice_id AND m.id = h.replaced_by
         WHERE h.client_id = $1 AND h.administration_id = $2 ORDER BY h.version`,
        [id, administrationId],
      );
      await client.query(auditEntry("chart.read", id, administrationId));
      return rows;
    });
    return context.json({ history });
  });

  routes.get("/clients/:id/measures/:measureId/form.pdf", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const measure = await writeChart(trellis, context, id, async (client) => {
      const found = await measureOf(client, trellis.library, id, context.req.param("measureId"));
      if (found === null || !canBeAnswered(found)) throw notFound();
      await client.query(auditEntry("measure.form", id, "", { measure: found.id }));
      return found;
    });
    const form = measureForm(measure, context.get("signedIn").practice.name);
    const pdf = await trellis.documents.renderMeasureForm(form, trellis.now());
    return answerPdf(context, pdf, measure.id);
  });

  routes.post("/clients/:id/administrations/:administrationId/error", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const administrationId = pathId(context, "administrationId");
    const given = await body(context, z.strictObject({ reason: reason("Say what was wrong with the entry.") }));
    await writeChart(trellis, context, id, async (client) => {
      const { rowCount } = await client.query(
        "UPDATE trellis.administration SET error_reason = coalesce(error_reason, $3) WHERE id = $1 AND client_id = $2",
        [administrationId, id, given.reason],
      );
      if (rowCount === 0) throw notFound();
      await client.query(auditEntry("administration.error", id, administrationId));
    });
    return context.body(null, 204);
  });
  return routes;
}
