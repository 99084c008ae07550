import { IsoDate } from "@trellis/domain/calendar/date";
import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { Client, filledLine, longText } from "@trellis/domain/client/client";
import { releasedNoteDocument } from "@trellis/domain/document/note-document";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { refuseImpossibleDay, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, conflict, invalid, notFound, type Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";

const Content = z.strictObject({ date: IsoDate, text: longText(20_000) });
const NoteEntry = z.strictObject({ version: Version, content: Content });
const Release = z.strictObject({
  id: Id,
  version: Version,
  toWhom: filledLine(300, "Name who receives the note."),
  purpose: filledLine(500, "Say what the client has authorized it for."),
  authorizedOn: IsoDate,
});

interface NoteRow {
  readonly date: string;
  readonly text: string;
  readonly version: number;
  readonly removed: boolean;
}

/**
 * Psychotherapy notes in the sense of 45 CFR 164.501: the author alone reads and writes them, by a policy of the database. They are in no chart, no course of
 * treatment, no export and no link. One note at a time leaves, on the client's authorization for it, as a paper of its own.
 */
export function psychotherapyNoteRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/clients/:id/psychotherapy-notes", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const notes = await writeChart(trellis, context, id, async (client) => {
      const { rows } = await client.query(
        `SELECT n.id, n.date, n.text, n.version, n.saved_at AS "savedAt",
           (SELECT coalesce(json_agg(json_build_object('id', r.id, 'version', r.note_version, 'toWhom', r.to_whom, 'purpose', r.purpose, 'authorizedOn', r.authorized_on, 'at', r.at)
              ORDER BY r.at), '[]') FROM trellis.psychotherapy_note_release AS r WHERE r.practice_id = n.practice_id AND r.note_id = n.id) AS releases
         FROM trellis.psychotherapy_note AS n WHERE n.client_id = $1 AND n.removed_at IS NULL ORDER BY n.date DESC, n.created_at DESC`,
        [id],
      );
      await client.query(auditEntry("psychotherapy-note.read", id));
      return rows;
    });
    return context.json({ notes });
  });

  routes.put("/clients/:id/psychotherapy-notes/:noteId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const { version, content } = await body(context, NoteEntry);
    const saved = await writeChart(trellis, context, id, async (client, birthDate) => {
      refuseImpossibleDay(trellis, context, "/content/date", content.date, birthDate);
      return save(client, context, id, noteId, version, content);
    });
    return context.json(saved);
  });

  routes.delete("/clients/:id/psychotherapy-notes/:noteId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    await writeChart(trellis, context, id, async (client) => {
      const note = await ownNote(client, id, noteId);
      if (note.removed) return;
      await client.query("UPDATE trellis.psychotherapy_note SET removed_at = now() WHERE client_id = $1 AND id = $2", [id, noteId]);
      await client.query(auditEntry("psychotherapy-note.remove", id, noteId));
    });
    return context.body(null, 204);
  });

  routes.post("/clients/:id/psychotherapy-notes/:noteId/releases", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const release = await body(context, Release);
    await writeChart(trellis, context, id, async (client, birthDate) => {
      refuseImpossibleDay(trellis, context, "/authorizedOn", release.authorizedOn, birthDate);
      return releaseNote(client, context, id, noteId, release);
    });
    return context.json({ id: release.id });
  });

  routes.get("/clients/:id/psychotherapy-notes/:noteId/releases/:releaseId/note.pdf", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const releaseId = pathId(context, "releaseId");
    const { member, practice } = context.get("signedIn");
    const found = await writeChart(trellis, context, id, async (client) => {
      const { rows } = await client.query<{
        date: string;
        text: string;
        toWhom: string;
        purpose: string;
        authorizedOn: string;
        at: Date;
        record: unknown;
      }>(
        `SELECT r.note_date AS date, r.text, r.to_whom AS "toWhom", r.purpose, r.authorized_on AS "authorizedOn", r.at, c.record
         FROM trellis.psychotherapy_note_release AS r JOIN trellis.client AS c ON c.practice_id = r.practice_id AND c.id = r.client_id
         WHERE r.client_id = $1 AND r.note_id = $2 AND r.id = $3`,
        [id, noteId, releaseId],
      );
      if (rows[0] === undefined) throw notFound();
      await client.query(auditEntry("psychotherapy-note.release", id, noteId, { release: releaseId, document: true }));
      return rows[0];
    });
    const { record, at, ...release } = found;
    const document = releasedNoteDocument({
      ...release,
      client: Client.parse(record),
      practiceName: practice.name,
      practiceAddress: practice.address,
      author: member.credentials === "" ? member.name : `${member.name}, ${member.credentials}`,
      at: momentInWords(at.toISOString(), practice.timeZone),
    });
    const pdf = await trellis.documents.render("note.typ", document, at);
    return answerPdf(context, pdf, `psychotherapy-note-${found.date}`);
  });
  return routes;
}

/** A note of one's own, locked until the transaction ends. Row-level security hides everybody else's. */
async function ownNote(client: pg.PoolClient, clientId: string, noteId: string): Promise<NoteRow> {
  const { rows } = await client.query<NoteRow>(
    "SELECT date, text, version, removed_at IS NOT NULL AS removed FROM trellis.psychotherapy_note WHERE client_id = $1 AND id = $2 FOR UPDATE",
    [clientId, noteId],
  );
  if (rows[0] === undefined) throw notFound();
  return rows[0];
}

async function save(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  noteId: string,
  version: number,
  { date, text }: z.infer<typeof Content>,
): Promise<{ readonly version: number } | Problem> {
  const { practiceId, memberId } = askerOf(context);
  if (version === 0) {
    const { rowCount } = await client.query(
      `INSERT INTO trellis.psychotherapy_note (practice_id, client_id, id, author_id, date, text) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [practiceId, clientId, noteId, memberId, date, text],
    );
    if (rowCount === 1) {
      await client.query(auditEntry("psychotherapy-note.save", clientId, noteId, { version: 1 }));
      return { version: 1 };
    }
  }
  const there = await ownNote(client, clientId, noteId);
  if (there.removed) return conflict("This note was thrown away in another window.", null);
  if (there.version === version + 1 && there.date === date && there.text === text) return { version: there.version };
  if (there.version !== version)
    return conflict("This note was changed in another window meanwhile.", {
      content: { date: there.date, text: there.text },
      version: there.version,
    });
  await client.query(
    "UPDATE trellis.psychotherapy_note SET date = $3, text = $4, version = version + 1, saved_at = now() WHERE client_id = $1 AND id = $2",
    [clientId, noteId, date, text],
  );
  await client.query(auditEntry("psychotherapy-note.save", clientId, noteId, { version: version + 1 }));
  return { version: version + 1 };
}

/** Keeps what is handed over exactly as it is now, to whom, for what, and when the client authorized it. */
async function releaseNote(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  noteId: string,
  { id, version, toWhom, purpose, authorizedOn }: z.infer<typeof Release>,
): Promise<Problem | undefined> {
  const { practiceId, memberId } = askerOf(context);
  const note = await ownNote(client, clientId, noteId);
  const { rowCount: sent } = await client.query("SELECT 1 FROM trellis.psychotherapy_note_release WHERE id = $1 AND note_id = $2", [
    id,
    noteId,
  ]);
  if (sent === 1) return undefined;
  if (note.removed) throw notFound();
  if (note.text.trim() === "") throw invalid([{ pointer: "/version", message: "This note is empty. There is nothing to release." }]);
  if (note.version !== version)
    return conflict("The note was changed meanwhile. Read it again before you release it.", {
      content: { date: note.date, text: note.text },
      version: note.version,
    });
  const { rows } = await client.query<{ seal: string }>(
    `INSERT INTO trellis.psychotherapy_note_release AS r (practice_id, client_id, id, note_id, note_version, note_date, text, to_whom, purpose, authorized_on, by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING trellis.note_release_seal(r) AS seal`,
    [practiceId, clientId, id, noteId, note.version, note.date, note.text, toWhom.trim(), purpose.trim(), authorizedOn, memberId],
  );
  if (rows[0] === undefined) throw invalid([{ pointer: "/id", message: "Something else has this id. Reload the page." }]);
  await client.query(
    auditEntry("psychotherapy-note.release", clientId, noteId, { release: id, version: note.version, seal: rows[0].seal }),
  );
  return undefined;
}
