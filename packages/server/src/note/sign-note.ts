import { draftedSection } from "@trellis/domain/note/draft-sections";
import { noteSections, ProgressNote } from "@trellis/domain/note/note";
import { emptyContext, withWording } from "@trellis/domain/note/note-context";
import { blockingNoteFindings, noteFindings } from "@trellis/domain/note/note-findings";
import type { Plan } from "@trellis/domain/plan/plan";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { Id } from "../http/id.ts";
import { conflict, forbidden, notFound, Problem } from "../http/problem.ts";
import { parsePlanRows, planOnHand, planQuery } from "../plan/read-plan.ts";
import type { SignedIn } from "../sign-in/current-session.ts";
import { textHash } from "../signature/sealed-text.ts";
import { canonicalNote } from "./read-note.ts";

interface Draft {
  readonly authorId: string;
  readonly sessionId: string | null;
  readonly content: unknown;
  readonly version: number;
  readonly hash: string | null;
  readonly signedAt: Date | null;
  readonly removed: boolean;
}

export interface SignedNote {
  readonly hash: string;
  readonly signedAt: string;
  readonly version: number;
}

/**
 * Signs a note and locks it, within `writeChart`; the author's password has been checked before. What is signed is version `version`, with the wording of
 * everything that it names put in. Asked again after an answer that got lost, it answers as the first time. A session of which nothing is recorded yet is
 * recorded as attended, because a signed note says that it took place.
 */
export async function signNote(
  client: pg.PoolClient,
  { member, practice }: SignedIn,
  clientId: string,
  noteId: string,
  version: number,
): Promise<SignedNote | Problem> {
  const { rows } = await client.query<Draft>(
    `SELECT author_id AS "authorId", session_id AS "sessionId", content, version, hash, signed_at AS "signedAt", removed_at IS NOT NULL AS removed
     FROM trellis.note WHERE client_id = $1 AND id = $2 AND kind = 'progress' FOR UPDATE`,
    [clientId, noteId],
  );
  const draft = rows[0];
  if (draft === undefined) throw notFound();
  if (draft.authorId !== member.id)
    throw forbidden("A note is signed by who wrote it. Once it is signed, you can add an addendum in your own name.");
  if (draft.removed) throw new Problem(409, "This draft was thrown away", "Begin a new note for this session.", { state: "removed" });
  if (draft.hash !== null && draft.signedAt !== null)
    return { hash: draft.hash, signedAt: draft.signedAt.toISOString(), version: draft.version };
  const content = ProgressNote.parse(draft.content);
  if (draft.version !== version) {
    await client.query(auditEntry("chart.read", clientId, noteId));
    return conflict("The note was changed since you opened this page. Read it again before it is signed.", {
      content,
      version: draft.version,
    });
  }
  const blocking = blockingNoteFindings(noteFindings(content, emptyContext));
  if (blocking.length > 0)
    throw new Problem(422, "The note cannot be signed yet", blocking.map(({ message }) => message).join(" "), { findings: blocking });

  const context = {
    ...emptyContext,
    plan: await planOfNote(client, clientId, content),
    homework: await homeworkTitles(client, clientId, content),
  };
  // Every part of the format has its text, also where a sender left that to the ticks; what is of another format is not signed.
  const sections = noteSections[content.format].map((section) => [
    section,
    content.sections[section] ?? draftedSection(content, context, section),
  ]);
  const note = withWording({ ...content, sections: Object.fromEntries(sections) }, context);
  const canonical = canonicalNote({ id: noteId, clientId, authorId: member.id, note });
  const hash = textHash(canonical);
  const signed = await client.query<{ signedAt: Date; version: number; seal: string }>(
    `UPDATE trellis.note AS n SET content = $3, canonical = $4, hash = $5, signed_at = clock_timestamp(), signed_by = $6, signed_name = $7, signed_credentials = $8,
       version = version + 1, saved_at = now(), saved_by = $6
     WHERE client_id = $1 AND id = $2 RETURNING signed_at AS "signedAt", version, trellis.note_seal(n) AS seal`,
    [clientId, noteId, JSON.stringify(note), canonical, hash, member.id, member.name, member.credentials],
  );
  const seal = signed.rows[0];
  if (seal === undefined) throw notFound();
  await client.query(auditEntry("note.sign", clientId, noteId, { hash, seal: seal.seal, version: seal.version }));
  if (draft.sessionId !== null) await recordAttended(client, practice.id, member.id, clientId, draft.sessionId, note);
  return { hash, signedAt: seal.signedAt.toISOString(), version: seal.version };
}

/** More than an integer of the database holds is no revision. */
const mostRevisions = 2_147_483_647;

/** The revision of the client's plan that the note rests on; `null` without one. No other client's plan is looked at, whatever the note names. */
export async function planOfNote(client: pg.PoolClient, clientId: string, { plan }: Pick<ProgressNote, "plan">): Promise<Plan | null> {
  // Old notes and other senders may name what is no plan at all.
  if (plan === null || !Id.safeParse(plan.id).success || plan.revision > mostRevisions) return null;
  const rows = parsePlanRows((await client.query(planQuery(plan.id, plan.revision))).rows);
  return rows === null || rows.clientId !== clientId ? null : (planOnHand(rows)?.plan ?? null);
}

export async function homeworkTitles(
  client: pg.PoolClient,
  clientId: string,
  { homework }: Pick<ProgressNote, "homework">,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  if (homework.length === 0) return [];
  const { rows } = await client.query<{ id: string; title: string }>(
    "SELECT id, content->>'title' AS title FROM trellis.homework WHERE client_id = $1 AND id::text = ANY ($2)",
    [clientId, homework.map(({ homeworkId }) => homeworkId)],
  );
  return rows;
}

async function recordAttended(
  client: pg.PoolClient,
  practiceId: string,
  memberId: string,
  clientId: string,
  sessionId: string,
  { date, start, end, sessionFormat, modality }: ProgressNote,
): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    // What was recorded by mistake and taken back is recorded anew.
    `INSERT INTO trellis.session AS s (practice_id, client_id, id, date, attendance, recorded_by, content) VALUES ($1, $2, $3, $4, 'attended', $5, $6)
     ON CONFLICT (practice_id, id) DO UPDATE SET date = excluded.date, attendance = excluded.attendance, recorded_by = excluded.recorded_by, content = excluded.content,
       recorded_at = clock_timestamp(), version = s.version + 1, removed_at = NULL
       WHERE s.client_id = excluded.client_id AND s.removed_at IS NOT NULL
     RETURNING version`,
    [practiceId, clientId, sessionId, date, memberId, JSON.stringify({ start, end, format: sessionFormat, modality })],
  );
  if (rows[0] !== undefined) await client.query(auditEntry("appointment.save", clientId, sessionId, { version: rows[0].version }));
}
