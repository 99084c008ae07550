import { line } from "@trellis/domain/client/client";
import { activeDiagnoses, Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { isCurrent, whyNotCurrent } from "@trellis/domain/diagnosis/icd-10-cm";
import { type IntakeSection, intakeSectionKeys, intakeSections } from "@trellis/domain/intake/intake";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, forbidden, invalid, notFound, type Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { closedChart } from "./closed-chart.ts";
import { chartAnswer, chartQuery, parseChart } from "./read-chart.ts";
import { lockClient, refuseImpossibleDay, writeChart } from "./write-chart.ts";

const reason = (ask: string) => line(500).refine((text) => text.trim() !== "", ask);

/** Chart of one client: intake, diagnoses, measures. Row-level security decides who sees it; every route appends to the audit trail. */
export function chartRoutes(trellis: Trellis) {
  const { app, library, diagnoses } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  const write = <T>(context: RequestContext, clientId: string, work: (client: pg.PoolClient, birthDate: string) => Promise<T | Problem>) =>
    writeChart(trellis, context, clientId, work);
  const refuseDay = (context: RequestContext, pointer: string, date: string, birthDate: string) =>
    refuseImpossibleDay(trellis, context, pointer, date, birthDate);

  /** Throws unless the person asking may say who treats this client: not somebody who is there for an emergency only. */
  async function mustBelong(client: pg.PoolClient, clientId: string): Promise<void> {
    const { rows } = await client.query<{ decides: boolean }>("SELECT trellis.decides_care_team($1) AS decides", [clientId]);
    if (rows[0]?.decides !== true)
      throw forbidden("Emergency access does not let you change the care team. Ask the owner or the treating clinician.");
  }

  routes.get("/clients/:id/chart", async (context) => {
    const id = pathId(context, "id");
    const [found] = await readSignedIn(context, trellis, [chartQuery(id), readEntry(id)]);
    needClinicalRole(context);
    const chart = parseChart(found.rows);
    if (chart === null) throw await closedChart(trellis, askerOf(context), id);
    return context.json(chartAnswer(chart, library));
  });

  routes.put("/clients/:id/intake/:section", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const section = intakeSectionKeys.find((key) => key === context.req.param("section"));
    if (section === undefined) throw notFound();
    const { version, content } = await body(context, z.strictObject({ version: Version, content: intakeSections[section] }));
    const saved = await write(context, id, (client, birthDate) => {
      if ("assessedOn" in content && content.assessedOn !== null) refuseDay(context, "/content/assessedOn", content.assessedOn, birthDate);
      return saveSection(client, context, id, section, version, content);
    });
    return context.json(saved);
  });

  async function saveSection(
    client: pg.PoolClient,
    context: RequestContext,
    id: string,
    section: IntakeSection,
    version: number,
    content: unknown,
  ) {
    const { practiceId, memberId } = askerOf(context);
    const { rows } = await client.query<{ version: number; savedAt: Date }>(
      version === 0
        ? `INSERT INTO trellis.intake_section (practice_id, client_id, section, content, saved_by) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING version, saved_at AS "savedAt"`
        : `UPDATE trellis.intake_section SET content = $4, saved_by = $5, saved_at = now(), version = version + 1
           WHERE practice_id = $1 AND client_id = $2 AND section = $3 AND version = $6 RETURNING version, saved_at AS "savedAt"`,
      [practiceId, id, section, JSON.stringify(content), memberId, ...(version === 0 ? [] : [version])],
    );
    if (rows[0] === undefined) {
      const current = await client.query<{ content: unknown; version: number; savedAt: Date; savedBy: string }>(
        `SELECT s.content, s.version, s.saved_at AS "savedAt", coalesce(m.name, '') AS "savedBy" FROM trellis.intake_section AS s
         LEFT JOIN trellis.member AS m ON m.practice_id = s.practice_id AND m.id = s.saved_by WHERE s.client_id = $1 AND s.section = $2`,
        [id, section],
      );
      const found = current.rows[0];
      if (found) await client.query(auditEntry("chart.read", id, section));
      // A section that was never saved and is sent with a version was made in another database: start anew.
      return conflict(
        "Somebody changed this section meanwhile.",
        found ? { ...found, content: intakeSections[section].parse(found.content) } : null,
      );
    }
    await client.query(auditEntry("intake.save", id, section, { version: rows[0].version }));
    return rows[0];
  }

  routes.put("/clients/:id/diagnoses/:diagnosisId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const diagnosisId = pathId(context, "diagnosisId");
    const { version, diagnosis } = await body(context, z.strictObject({ version: Version, diagnosis: Diagnosis }));
    if (diagnosis.id !== diagnosisId)
      throw invalid([{ pointer: "/diagnosis/id", message: "The diagnosis and the address name different ids." }]);
    const { practiceId, memberId } = askerOf(context);
    const saved = await write(context, id, async (client, birthDate) => {
      refuseDay(context, "/diagnosis/diagnosedOn", diagnosis.diagnosedOn, birthDate);
      // The lock keeps two tabs from making two diagnoses the principal one at once.
      await lockClient(client, id);
      const stored = await client.query<{ content: unknown; version: number }>(
        "SELECT content, version FROM trellis.diagnosis WHERE id = $1 AND client_id = $2 FOR UPDATE",
        [diagnosisId, id],
      );
      const before = stored.rows[0];
      if ((before?.version ?? 0) !== version) {
        if (before) await client.query(auditEntry("chart.read", id, diagnosisId));
        return conflict("Somebody changed this diagnosis meanwhile.", before ? { content: before.content, version: before.version } : null);
      }
      const known = before === undefined ? null : Diagnosis.parse(before.content);
      // A code that was chosen when it was valid may stay, with its words of that year; a new choice has to be valid now.
      const { description, fiscalYear } = known?.code === diagnosis.code ? known : wordsOf(diagnosis.code);
      const { rowCount } = await client.query(
        version === 0
          ? "INSERT INTO trellis.diagnosis (practice_id, client_id, id, content, saved_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
          : "UPDATE trellis.diagnosis SET content = $4, saved_by = $5, saved_at = now(), version = version + 1 WHERE practice_id = $1 AND client_id = $2 AND id = $3",
        [practiceId, id, diagnosisId, JSON.stringify({ ...diagnosis, description, fiscalYear }), memberId],
      );
      if (rowCount === 0) throw notFound();
      await client.query(auditEntry("diagnosis.save", id, diagnosisId, { version: version + 1 }));
      return { version: version + 1, demoted: await demoteOthers(client, context, id, diagnosis) };
    });
    return context.json(saved);
  });

  /** A client has one principal diagnosis: when one becomes it, whichever was it before becomes co-occurring. */
  async function demoteOthers(client: pg.PoolClient, context: RequestContext, clientId: string, diagnosis: Diagnosis) {
    if (diagnosis.rank !== "principal" || activeDiagnoses([diagnosis]).length === 0) return [];
    const { rows } = await client.query<{ id: string; version: number }>(
      `UPDATE trellis.diagnosis SET content = jsonb_set(content, '{rank}', '"co-occurring"'), saved_by = $3, saved_at = now(), version = version + 1
       WHERE client_id = $1 AND id <> $2 AND content ->> 'rank' = 'principal' AND content ->> 'verification' <> 'refuted'
         AND content ->> 'clinicalStatus' <> 'resolved' RETURNING id, version`,
      [clientId, diagnosis.id, askerOf(context).memberId],
    );
    for (const { id, version } of rows) await client.query(auditEntry("diagnosis.save", clientId, id, { version }));
    return rows;
  }

  /** What the table in force calls a code. Throws unless it can be chosen now. */
  function wordsOf(code: string): Pick<Diagnosis, "description" | "fiscalYear"> {
    const { table } = diagnoses;
    const entry = table.byCode.get(code);
    const fault = (message: string) => invalid([{ pointer: "/diagnosis/code", message }]);
    if (entry === undefined)
      throw fault(
        `${code} is not in the ICD-10-CM table of fiscal year ${table.fiscalYear}. Search for the diagnosis and choose its code.`,
      );
    if (!entry.billable) throw fault(`${code} is a heading and not complete enough for a claim. Choose one of the codes below it.`);
    if (!isCurrent(table, code)) throw fault(whyNotCurrent(table, code) ?? `${code} is no longer valid. Choose its successor.`);
    return { description: entry.description, fiscalYear: table.fiscalYear };
  }

  routes.post("/clients/:id/care-team", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const { memberId, role } = await body(
      context,
      z.strictObject({ memberId: z.uuid("Choose a person."), role: z.enum(["primary", "member"]) }),
    );
    const asker = askerOf(context);
    await write(context, id, async (client) => {
      await mustBelong(client, id);
      const { rowCount } = await client.query(
        "SELECT 1 FROM trellis.member WHERE id = $1 AND active AND roles && ARRAY['clinician', 'supervisor']",
        [memberId],
      );
      if (rowCount === 0) throw invalid([{ pointer: "/memberId", message: "Choose somebody of the practice who treats clients." }]);
      await client.query(
        `INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, added_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (practice_id, client_id, member_id) DO UPDATE SET role = excluded.role, until = NULL, added_by = excluded.added_by, added_at = now()`,
        [asker.practiceId, id, memberId, role, asker.memberId],
      );
      await client.query(auditEntry("care-team.add", id, memberId, { role }));
    });
    return context.body(null, 204);
  });

  routes.delete("/clients/:id/care-team/:memberId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const memberId = pathId(context, "memberId");
    await write(context, id, async (client) => {
      await mustBelong(client, id);
      const { rowCount } = await client.query("DELETE FROM trellis.care_team WHERE client_id = $1 AND member_id = $2", [id, memberId]);
      if (rowCount === 0) throw notFound();
      await client.query(auditEntry("care-team.remove", id, memberId));
    });
    return context.body(null, 204);
  });

  routes.post("/clients/:id/emergency-access", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const given = await body(context, z.strictObject({ reason: reason("Say what the emergency is.") }));
    const { practiceId, memberId } = askerOf(context);
    await withPractice(app, { practiceId, memberId }, async (client) => {
      const { rows } = await client.query<{ exists: boolean; sees: boolean }>(
        "SELECT trellis.client_exists($1) AS exists, trellis.sees_chart($1) AS sees",
        [id],
      );
      if (rows[0]?.exists !== true) throw notFound();
      if (rows[0].sees) return;
      await client.query(
        `INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, until, reason, added_by) VALUES ($1, $2, $3, 'emergency', now() + interval '24 hours', $4, $3)
         ON CONFLICT (practice_id, client_id, member_id) DO UPDATE SET role = 'emergency', until = excluded.until, reason = excluded.reason, added_at = now()`,
        [practiceId, id, memberId, given.reason],
      );
      await client.query(auditEntry("care-team.emergency", id, "", { reason: given.reason.trim() }));
    });
    return context.body(null, 204);
  });
  return routes;
}

/** Appended only where the chart is open to the person asking; a refusal is an entry of its own. */
function readEntry(clientId: string): pg.QueryConfig {
  return {
    name: "audit-chart-read",
    text: "SELECT audit.append('chart.read', $1, '', '{}') WHERE trellis.sees_chart($1) AND EXISTS (SELECT 1 FROM trellis.client WHERE id = $1)",
    values: [clientId],
  };
}
