import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { Client, filledLine, longText } from "@trellis/domain/client/client";
import { noteDocument } from "@trellis/domain/document/note-document";
import { ProgressNote } from "@trellis/domain/note/note";
import { withWording } from "@trellis/domain/note/note-context";
import { noteDueAt, noteStanding } from "@trellis/domain/note/note-due";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { refuseImpossibleDay, writeChart } from "../chart/write-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { body, conflict, forbidden, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { readSignedIn, type SessionPractice } from "../sign-in/current-session.ts";
import { checkPassword } from "../sign-in/password.ts";
import type { Trellis } from "../trellis.ts";
import { type NoteOnHand, noteQuery, parseNote } from "./read-note.ts";
import { homeworkTitles, planOfNote, signNote } from "./sign-note.ts";

const NoteEntry = z.strictObject({ version: Version, content: ProgressNote });
const Addendum = z.strictObject({
  id: Id,
  text: longText(8000).refine((text) => text.trim() !== "", "Write what is to be added."),
});

/**
 * Progress notes. A draft belongs to its author, who alone writes on it and signs it; everybody who sees the chart reads it. Signing locks at once; what comes
 * later is an addendum, by anybody who treats the client. The practice's time for notes (`noteHours`) is the time within which a note is to be signed: after
 * it the note can still be signed and is marked as late, because a late note is better than none.
 */
export function noteRoutes(trellis: Trellis) {
  const { app, documents, now } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/clients/:id/notes/:noteId", async (context) => {
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const [found] = await readSignedIn(context, trellis, [noteQuery(id, noteId), readEntry(id, noteId)]);
    needClinicalRole(context);
    const note = parseNote(found.rows);
    if (note === null) throw await missing(trellis, context, id);
    return context.json(withDue(note, context.get("signedIn").practice));
  });

  routes.put("/clients/:id/notes/:noteId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const { version, content } = await body(context, NoteEntry);
    const saved = await writeChart(trellis, context, id, async (client, birthDate) => {
      refuseImpossibleDay(trellis, context, "/content/date", content.date, birthDate);
      await refuseForeignSession(client, id, content.sessionId);
      return saveNote(client, context, id, noteId, version, content);
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/notes/:noteId/signature", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const { version, password } = await body(context, z.strictObject({ version: Version, password: z.string().min(1).max(200) }));
    await checkPassword(trellis, context.get("signedIn").member, password);
    return context.json(await writeChart(trellis, context, id, (client) => signNote(client, context.get("signedIn"), id, noteId, version)));
  });

  routes.post("/clients/:id/notes/:noteId/addenda", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const addendum = await body(context, Addendum);
    await writeChart(trellis, context, id, (client) => addAddendum(client, context, id, noteId, addendum));
    return context.body(null, 204);
  });

  routes.delete("/clients/:id/notes/:noteId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const { reason } = await body(context, z.strictObject({ reason: filledLine(500, "Say why the draft is thrown away.") }));
    const { member } = context.get("signedIn");
    await writeChart(trellis, context, id, async (client) => {
      const note = await lockedNote(client, id, noteId);
      if (note.signed)
        throw new Problem(409, "The note is signed", "A signed note is never taken away. Add an addendum that puts it right.");
      if (note.removed) return;
      // Drafts of people who have left would otherwise stand on the lists for ever.
      if (note.authorId !== member.id && !member.roles.some((role) => role === "owner" || role === "supervisor"))
        throw forbidden("This draft is somebody else’s. Its author throws it away, or a supervisor or the owner of the practice.");
      await client.query(
        "UPDATE trellis.note SET removed_at = now(), removed_reason = $3, saved_by = $4 WHERE client_id = $1 AND id = $2",
        [id, noteId, reason.trim(), member.id],
      );
      await client.query(auditEntry("note.remove", id, noteId));
    });
    return context.body(null, 204);
  });

  routes.get("/clients/:id/notes/:noteId/note.pdf", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const noteId = pathId(context, "noteId");
    const { practice } = context.get("signedIn");
    const found = await withPractice(app, askerOf(context), async (client) => {
      const note = parseNote((await client.query(noteQuery(id, noteId))).rows);
      const person = await client.query<{ record: unknown }>("SELECT record FROM trellis.client WHERE id = $1", [id]);
      if (note === null || person.rows[0] === undefined) return null;
      await client.query(auditEntry("note.document", id, noteId));
      const worded =
        note.signed !== null
          ? note.content
          : withWording(note.content, {
              plan: await planOfNote(client, id, note.content),
              homework: await homeworkTitles(client, id, note.content),
            });
      return { note: { ...note, content: worded }, client: Client.parse(person.rows[0].record) };
    });
    if (found === null) throw await missing(trellis, context, id);
    const { note } = found;
    const printed = (instant: string) => momentInWords(instant, practice.timeZone);
    const dueAt = noteDueAt(note.content, practice.noteHours, practice.timeZone);
    const document = noteDocument({
      client: found.client,
      practiceName: practice.name,
      practiceAddress: practice.address,
      note: note.content,
      author: note.signed === null ? note.authorName : [note.signed.name, note.signed.credentials].filter(Boolean).join(", "),
      standing: noteStanding(dueAt, note.signed?.at ?? null, now().toISOString()),
      removed: note.removed !== null,
      signature: note.signed === null ? null : { ...note.signed, at: printed(note.signed.at) },
      addenda: note.addenda.map((addendum) => ({ ...addendum, at: printed(addendum.at) })),
    });
    const pdf = await documents.render("note.typ", document, note.signed === null ? now() : new Date(note.signed.at));
    return answerPdf(context, pdf, `progress-note-${note.date}`);
  });
  return routes;
}

const withDue = (note: NoteOnHand, practice: SessionPractice) => ({
  ...note,
  dueAt: noteDueAt(note.content, practice.noteHours, practice.timeZone),
});

/** Entry for the reading, where there is such a note and it is open to the person asking. */
function readEntry(clientId: string, noteId: string): pg.QueryConfig {
  return {
    name: "audit-note-read",
    text: "SELECT audit.append('note.read', n.client_id, n.id::text, '{}') FROM trellis.note AS n WHERE n.client_id = $1 AND n.id = $2 AND trellis.sees_chart(n.client_id)",
    values: [clientId, noteId],
  };
}

/** 404 where the chart is open and holds no such note; what a closed chart says otherwise. */
async function missing(trellis: Trellis, context: RequestContext, clientId: string): Promise<Problem> {
  const open = await withPractice(trellis.app, askerOf(context), async (client) => {
    const { rows } = await client.query<{ sees: boolean }>("SELECT trellis.sees_chart($1) AS sees", [clientId]);
    return rows[0]?.sees === true;
  });
  return open ? notFound() : closedChart(trellis, askerOf(context), clientId);
}

async function refuseForeignSession(client: pg.PoolClient, clientId: string, sessionId: string | null): Promise<void> {
  if (sessionId === null) return;
  const fault = invalid([
    { pointer: "/content/sessionId", message: "There is no such session of this client. Begin the note from the session again." },
  ]);
  if (!Id.safeParse(sessionId).success) throw fault;
  const { rowCount } = await client.query(
    `SELECT 1 FROM trellis.session WHERE client_id = $1 AND id = $2 UNION ALL SELECT 1 FROM trellis.appointment WHERE client_id = $1 AND id = $2 LIMIT 1`,
    [clientId, sessionId],
  );
  if (rowCount === 0) throw fault;
}

interface LockedNote {
  readonly authorId: string;
  readonly content: unknown;
  readonly version: number;
  readonly signed: boolean;
  readonly removed: boolean;
  readonly same: boolean;
}

/** A progress note, locked until the transaction ends. */
async function lockedNote(
  client: pg.PoolClient,
  clientId: string,
  noteId: string,
  compareWith: ProgressNote | null = null,
): Promise<LockedNote> {
  const { rows } = await client.query<LockedNote>(
    `SELECT author_id AS "authorId", content, version, signed_at IS NOT NULL AS signed, removed_at IS NOT NULL AS removed, content = $3::jsonb AS same
     FROM trellis.note WHERE client_id = $1 AND id = $2 AND kind = 'progress' FOR UPDATE`,
    [clientId, noteId, JSON.stringify(compareWith)],
  );
  if (rows[0] === undefined) throw notFound();
  return rows[0];
}

async function saveNote(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  noteId: string,
  version: number,
  content: ProgressNote,
): Promise<{ readonly version: number; readonly savedAt: string } | Problem> {
  const { practiceId, memberId } = askerOf(context);
  if (version === 0) {
    const { rows } = await client.query<{ savedAt: Date }>(
      `INSERT INTO trellis.note (practice_id, client_id, id, kind, session_id, date, author_id, content, saved_by)
       VALUES ($1, $2, $3, 'progress', $4, $5, $6, $7, $6) ON CONFLICT DO NOTHING RETURNING saved_at AS "savedAt"`,
      [practiceId, clientId, noteId, content.sessionId, content.date, memberId, JSON.stringify(content)],
    );
    if (rows[0] !== undefined) {
      await client.query(auditEntry("note.save", clientId, noteId, { version: 1 }));
      return { version: 1, savedAt: rows[0].savedAt.toISOString() };
    }
    const other = await noteOfSession(client, clientId, noteId, content.sessionId);
    if (other !== null) return other;
  }
  const there = await lockedNote(client, clientId, noteId, content);
  if (there.authorId !== memberId) throw forbidden("This note is somebody else’s. You can read it, and add an addendum once it is signed.");
  if (there.removed) return conflict("This draft was thrown away meanwhile. Begin a new note.", null);
  // Sent again after an answer that got lost.
  if (there.same && !there.signed && there.version === version + 1) return { version: there.version, savedAt: new Date().toISOString() };
  if (there.signed)
    throw new Problem(409, "The note is signed", "A signed note never changes. What is to be said now is an addendum.", {
      state: "signed",
    });
  if (there.version !== version) {
    await client.query(auditEntry("chart.read", clientId, noteId));
    return conflict("This note was changed in another window meanwhile.", {
      content: ProgressNote.parse(there.content),
      version: there.version,
    });
  }
  const before = ProgressNote.parse(there.content);
  if (before.sessionId !== content.sessionId) {
    const other = await noteOfSession(client, clientId, noteId, content.sessionId);
    if (other !== null) return other;
  }
  const { rows } = await client.query<{ version: number; savedAt: Date }>(
    `UPDATE trellis.note SET session_id = $3, date = $4, content = $5, saved_by = $6, saved_at = now(), version = version + 1
     WHERE client_id = $1 AND id = $2 RETURNING version, saved_at AS "savedAt"`,
    [clientId, noteId, content.sessionId, content.date, JSON.stringify(content), memberId],
  );
  if (rows[0] === undefined) throw notFound();
  await client.query(auditEntry("note.save", clientId, noteId, { version: rows[0].version }));
  return { version: rows[0].version, savedAt: rows[0].savedAt.toISOString() };
}

/** One note for each session: whoever comes second is led to the one that is there. */
async function noteOfSession(client: pg.PoolClient, clientId: string, noteId: string, sessionId: string | null): Promise<Problem | null> {
  if (sessionId === null) return null;
  const { rows } = await client.query<{ id: string; author: string }>(
    `SELECT n.id, coalesce(m.name, '') AS author FROM trellis.note AS n LEFT JOIN trellis.member AS m ON m.practice_id = n.practice_id AND m.id = n.author_id
     WHERE n.client_id = $1 AND n.session_id = $2 AND n.kind = 'progress' AND n.removed_at IS NULL AND n.id <> $3`,
    [clientId, sessionId, noteId],
  );
  const there = rows[0];
  if (there === undefined) return null;
  return new Problem(409, "There is a note already", `${there.author || "Somebody"} has begun the note of this session.`, {
    existing: there.id,
  });
}

async function addAddendum(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  noteId: string,
  { id, text }: z.infer<typeof Addendum>,
): Promise<void> {
  const { member, practice } = context.get("signedIn");
  const note = await lockedNote(client, clientId, noteId);
  if (!note.signed) throw new Problem(409, "The note is not signed yet", "While it is a draft, its author changes the note itself.");
  const { rows } = await client.query<{ seal: string }>(
    `INSERT INTO trellis.note_addendum AS a (practice_id, client_id, id, note_id, text, by, name, credentials) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT DO NOTHING RETURNING trellis.note_addendum_seal(a) AS seal`,
    [practice.id, clientId, id, noteId, text.trim(), member.id, member.name, member.credentials],
  );
  if (rows[0] !== undefined) {
    await client.query(auditEntry("note.addendum", clientId, noteId, { addendum: id, seal: rows[0].seal }));
    return;
  }
  // Sent again after an answer that got lost, or something else under this id.
  const { rowCount } = await client.query("SELECT 1 FROM trellis.note_addendum WHERE id = $1 AND note_id = $2 AND text = $3 AND by = $4", [
    id,
    noteId,
    text.trim(),
    member.id,
  ]);
  if (rowCount === 0) throw invalid([{ pointer: "/id", message: "Something else has this id. Reload the page." }]);
}
