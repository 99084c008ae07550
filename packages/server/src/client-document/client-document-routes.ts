import { dayOf } from "@trellis/domain/calendar/date";
import { Client } from "@trellis/domain/client/client";
import { type ClientDocumentKind, clientDocumentKinds, clientDocuments } from "@trellis/domain/client-document/client-document";
import { isEmptyDocument, type WorkingDocument, withoutEmptyEntries } from "@trellis/domain/client-document/document-parts";
import { phoneFaults } from "@trellis/domain/client-document/safety-plan-findings";
import { workingDocumentPages } from "@trellis/domain/document/working-document";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { lockClient, writeChart } from "../chart/write-chart.ts";
import { refreshDocumentLinks } from "../client-link/refresh-document-links.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { riskHistoryRoutes } from "../risk/risk-history-routes.ts";
import type { Trellis } from "../trellis.ts";

const Revision = z.number().int().min(1).max(100_000);

interface Row {
  readonly revision: number;
  readonly content: unknown;
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
  readonly finishedAt: Date | null;
}

function kindOf(context: RequestContext): ClientDocumentKind {
  const kind = clientDocumentKinds.find((one) => one === context.req.param("kind"));
  if (kind === undefined) throw notFound();
  return kind;
}

/** A version's number in the path. What looks like none is of nothing: 404. */
function revisionIn(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw notFound();
  return Number(text);
}

/** A document's content with every field filled in, whatever was stored when it had fewer. */
const contentOf = (kind: ClientDocumentKind, content: unknown): WorkingDocument => clientDocuments[kind].parse(content);

/** A revision where one was asked for, else the newest. */
async function rowOf(client: pg.PoolClient, clientId: string, kind: ClientDocumentKind, revision: number | null): Promise<Row | null> {
  const { rows } = await client.query<Row>(
    `SELECT d.revision, d.content, d.version, d.saved_at AS "savedAt", coalesce(m.name, '') AS "savedBy", d.finished_at AS "finishedAt"
     FROM trellis.client_document AS d LEFT JOIN trellis.member AS m ON m.practice_id = d.practice_id AND m.id = d.saved_by
     WHERE d.client_id = $1 AND d.kind = $2 AND ($3::int IS NULL OR d.revision = $3) ORDER BY d.revision DESC LIMIT 1`,
    [clientId, kind, revision],
  );
  return rows[0] ?? null;
}

/** What stands there, for whoever came second. */
const shown = (kind: ClientDocumentKind, row: Row) => ({ ...row, content: contentOf(kind, row.content) });

/**
 * The safety plan and the plan for staying well: the version that is worked on, saved as it is typed; finished versions, which never change; and both on paper.
 * Reading goes with the course of the treatment.
 */
export function clientDocumentRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  routes.route("/", riskHistoryRoutes(trellis));

  routes.put("/clients/:id/documents/:kind", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const kind = kindOf(context);
    const { revision, version, content } = await body(
      context,
      z.strictObject({ revision: Revision, version: Version, content: clientDocuments[kind] }),
    );
    const saved = await writeChart(trellis, context, id, async (client) => {
      const { practiceId, memberId } = askerOf(context);
      // Two who begin a version at the same moment would each find that there is none.
      await lockClient(client, id);
      const newest = await rowOf(client, id, kind, null);
      const begins = version === 0 && (newest === null ? revision === 1 : newest.finishedAt !== null && revision === newest.revision + 1);
      if (!begins && (newest === null || newest.revision !== revision || newest.finishedAt !== null || newest.version !== version)) {
        if (newest !== null) await client.query(auditEntry("chart.read", id, kind));
        return tooLate(kind, newest, revision);
      }
      const { rows } = await client.query<{ version: number; savedAt: Date }>(
        begins
          ? `INSERT INTO trellis.client_document (practice_id, client_id, kind, revision, content, saved_by) VALUES ($1, $2, $3, $4, $5, $6)
             RETURNING version, saved_at AS "savedAt"`
          : `UPDATE trellis.client_document SET content = $5, saved_by = $6, saved_at = now(), version = version + 1
             WHERE practice_id = $1 AND client_id = $2 AND kind = $3 AND revision = $4 RETURNING version, saved_at AS "savedAt"`,
        [practiceId, id, kind, revision, JSON.stringify(content), memberId],
      );
      await client.query(auditEntry("client-document.save", id, kind, { revision, version: rows[0]?.version ?? 1 }));
      return rows[0] ?? notFound();
    });
    return context.json(saved);
  });

  // Sent again, or by two people at once, it finds the version that is there.
  routes.post("/clients/:id/documents/:kind/next", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const kind = kindOf(context);
    const started = await writeChart(trellis, context, id, async (client) => {
      const { practiceId, memberId } = askerOf(context);
      await lockClient(client, id);
      const newest = await rowOf(client, id, kind, null);
      if (newest !== null && newest.finishedAt === null) {
        await client.query(auditEntry("chart.read", id, kind));
        return shown(kind, newest);
      }
      if (newest === null) return new Problem(409, "Nothing to go on from", "There is no finished version yet. Write the first one.");
      const revision = newest.revision + 1;
      await client.query(
        "INSERT INTO trellis.client_document (practice_id, client_id, kind, revision, content, saved_by) VALUES ($1, $2, $3, $4, $5, $6)",
        [practiceId, id, kind, revision, JSON.stringify(contentOf(kind, newest.content)), memberId],
      );
      await client.query(auditEntry("client-document.save", id, kind, { revision, version: 1 }));
      const begun = await rowOf(client, id, kind, revision);
      return begun === null ? notFound() : shown(kind, begun);
    });
    return context.json(started);
  });

  routes.post("/clients/:id/documents/:kind/:revision/finish", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const kind = kindOf(context);
    const revision = revisionIn(context.req.param("revision"));
    const { version } = await body(context, z.strictObject({ version: Version }));
    const finished = await writeChart(trellis, context, id, async (client) => {
      const { memberId } = askerOf(context);
      await lockClient(client, id);
      const row = await rowOf(client, id, kind, revision);
      if (row === null) throw notFound();
      // Sent again after an answer that got lost.
      if (row.finishedAt !== null && row.version === version) return { finishedAt: row.finishedAt };
      if (row.finishedAt !== null || row.version !== version) {
        await client.query(auditEntry("chart.read", id, kind));
        return tooLate(kind, row, revision);
      }
      const content = withoutEmptyEntries(kind, contentOf(kind, row.content));
      if (isEmptyDocument(kind, content))
        throw invalid([{ pointer: "", message: "Nothing stands here yet. Write at least one line before it is finished." }]);
      // By the places of what is on screen, where empty lines may still stand.
      const faults = phoneFaults(kind, contentOf(kind, row.content));
      if (faults.length > 0) throw invalid(faults.map(({ pointer, message }) => ({ pointer: `/content${pointer}`, message })));
      const { rows } = await client.query<{ finishedAt: Date; seal: string }>(
        `UPDATE trellis.client_document AS d SET content = $4, saved_by = $5, finished_by = $5, finished_at = now()
         WHERE client_id = $1 AND kind = $2 AND revision = $3 RETURNING finished_at AS "finishedAt", trellis.client_document_seal(d) AS seal`,
        [id, kind, revision, JSON.stringify(content), memberId],
      );
      const [finishedNow] = rows;
      if (finishedNow === undefined) throw notFound();
      await client.query(auditEntry("client-document.finish", id, kind, { revision, seal: finishedNow.seal }));
      await refreshDocumentLinks(client, id, kind);
      return { finishedAt: finishedNow.finishedAt };
    });
    return context.json(finished);
  });

  routes.get("/clients/:id/documents/:kind/:file", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const kind = kindOf(context);
    const revision = revisionIn(/^(.*)\.pdf$/.exec(context.req.param("file"))?.[1] ?? "");
    const form = context.req.query("form") ?? "page";
    if (form !== "page" && form !== "card") throw notFound();
    const { practice } = context.get("signedIn");
    const found = await writeChart(trellis, context, id, async (client) => {
      const row = await rowOf(client, id, kind, revision);
      const { rows } = await client.query<{ record: unknown }>("SELECT record FROM trellis.client WHERE id = $1", [id]);
      if (row === null || rows[0] === undefined) throw notFound();
      await client.query(auditEntry("client-document.document", id, kind, { revision, form }));
      return { row, person: Client.parse(rows[0].record) };
    });
    const { row, person } = found;
    const pages = workingDocumentPages({
      kind,
      form,
      content: contentOf(kind, row.content),
      client: person,
      practiceName: practice.name,
      practiceAddress: practice.address,
      revision,
      finishedOn: row.finishedAt === null ? null : dayOf(row.finishedAt.toISOString(), practice.timeZone),
      crisis: crisisWords(practice),
    });
    const pdf = await trellis.documents.render(`${kind}.typ`, pages, row.finishedAt ?? trellis.now());
    return answerPdf(context, pdf, `${kind}-version-${revision}-${form}`);
  });
  return routes;
}

function tooLate(kind: ClientDocumentKind, newest: Row | null, revision: number): Problem {
  if (newest === null) return conflict("This version is not there. Reload the page.", null);
  if (newest.finishedAt !== null && newest.revision === revision)
    return conflict("Somebody finished this version meanwhile. Start the next one to change it.", shown(kind, newest));
  return conflict("Somebody changed this meanwhile.", shown(kind, newest));
}
