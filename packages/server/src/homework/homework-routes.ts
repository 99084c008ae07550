import { homeworkSheet } from "@trellis/domain/document/homework-sheet";
import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { whyNotSaved } from "@trellis/domain/homework/check-homework";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { saveKept } from "../chart/save-kept.ts";
import { writeChart } from "../chart/write-chart.ts";
import { followHomework } from "../client-link/homework-links.ts";
import { namesOf } from "../client-link/names-of.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, invalid, notFound, Problem } from "../http/problem.ts";
import type { RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

const Entry = z.strictObject({ version: Version, content: AssignedHomework });

/** Homework as it was given to a client: given, changed, looked at together, taken back. It is never removed. */
export function homeworkRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.put("/clients/:id/homework/:homeworkId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "homeworkId");
    const { version, content } = await body(context, Entry);
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      const faults = whyNotSaved(content, { today, birthDate });
      if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/content${pointer}`, message })));
      const result = await saveKept(client, context, {
        table: "homework",
        schema: AssignedHomework,
        clientId,
        id,
        version,
        content,
        action: "homework.save",
        what: "this homework",
      });
      if (!(result instanceof Problem)) await followHomework(client, clientId, id, content);
      return result;
    });
    return context.json(saved);
  });

  // Handed to the client: without a name or a diagnosis.
  routes.get("/clients/:id/homework/:homeworkId/sheet.pdf", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "homeworkId");
    const { practice } = context.get("signedIn");
    const sheet = await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query<{ content: unknown }>(
        "SELECT content FROM trellis.homework WHERE id = $1 AND client_id = $2 AND removed_at IS NULL",
        [id, clientId],
      );
      if (rows[0] === undefined) throw notFound();
      await client.query(auditEntry("homework.document", clientId, id));
      return homeworkSheet(AssignedHomework.parse(rows[0].content), {
        names: await namesOf(client, clientId),
        practice: practice.name,
        help: crisisWords(practice),
      });
    });
    const now = trellis.now();
    const pdf = await trellis.documents.render("homework.typ", sheet, now);
    return answerPdf(context, pdf, "homework");
  });
  return routes;
}
