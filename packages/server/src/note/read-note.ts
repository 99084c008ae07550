import { IsoDate } from "@trellis/domain/calendar/date";
import { ProgressNote } from "@trellis/domain/note/note";
import type pg from "pg";
import { z } from "zod";
import { BrokenSeal, canonicalText, openSealed } from "../signature/sealed-text.ts";

const Instant = z.string();

const NoteRow = z.object({
  id: z.string(),
  clientId: z.string(),
  kind: z.enum(["progress", "discharge", "transfer"]),
  sessionId: z.string().nullable(),
  date: IsoDate,
  authorId: z.string(),
  authorName: z.string(),
  content: z.unknown(),
  version: z.number(),
  createdAt: Instant,
  savedAt: Instant,
  signed: z.object({ at: Instant, name: z.string(), credentials: z.string(), hash: z.string(), canonical: z.string() }).nullable(),
  removed: z.object({ at: Instant, reason: z.string() }).nullable(),
  addenda: z.array(z.object({ id: z.string(), text: z.string(), at: Instant, name: z.string(), credentials: z.string() })),
  /** The signed note before it, for what a reviewer would call cloned and for what was planned. */
  previous: z.object({ id: z.string(), date: IsoDate, content: z.unknown() }).nullable(),
});
type NoteRow = z.infer<typeof NoteRow>;

const nameOf = (id: string) =>
  `coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = n.practice_id AND m.id = ${id}), '')`;

/** One note with everything about it. No row where the chart is closed to the person asking. */
export function noteQuery(clientId: string, noteId: string): pg.QueryConfig {
  return {
    name: "note",
    text: `SELECT json_build_object('id', n.id, 'clientId', n.client_id, 'kind', n.kind, 'sessionId', n.session_id, 'date', n.date, 'authorId', n.author_id,
      'authorName', ${nameOf("n.author_id")}, 'content', n.content, 'version', n.version, 'createdAt', n.created_at, 'savedAt', n.saved_at,
      'signed', CASE WHEN n.signed_at IS NOT NULL THEN json_build_object('at', n.signed_at, 'name', n.signed_name, 'credentials', coalesce(n.signed_credentials, ''),
        'hash', n.hash, 'canonical', n.canonical) END,
      'removed', CASE WHEN n.removed_at IS NOT NULL THEN json_build_object('at', n.removed_at, 'reason', coalesce(n.removed_reason, '')) END,
      'addenda', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'text', a.text, 'at', a.at, 'name', a.name, 'credentials', a.credentials) ORDER BY a.at, a.id), '[]')
        FROM trellis.note_addendum AS a WHERE a.practice_id = n.practice_id AND a.note_id = n.id),
      'previous', (SELECT json_build_object('id', p.id, 'date', p.date, 'content', p.content) FROM trellis.note AS p
        WHERE p.practice_id = n.practice_id AND p.client_id = n.client_id AND p.kind = 'progress' AND p.removed_at IS NULL AND p.id <> n.id
          AND (p.date, p.created_at) < (n.date, n.created_at) ORDER BY p.date DESC, p.created_at DESC LIMIT 1)
    ) AS note FROM trellis.note AS n WHERE n.client_id = $1 AND n.id = $2 AND trellis.sees_chart(n.client_id)`,
    values: [clientId, noteId],
  };
}

/** The exact text that is signed: the note, and whose and by whom it is. */
const SignedText = z.object({ id: z.string(), clientId: z.string(), authorId: z.string(), note: ProgressNote });

/** The text of a note that its signature refers to. */
export const canonicalNote = (of: Readonly<z.infer<typeof SignedText>>): string => canonicalText({ kind: "progress", ...of });

/** One progress note as screens and documents take it. */
export type NoteOnHand = Omit<NoteRow, "content" | "signed" | "previous" | "kind"> & {
  readonly content: ProgressNote;
  readonly signed: Omit<NonNullable<NoteRow["signed"]>, "canonical"> | null;
  readonly previous: { readonly id: string; readonly date: IsoDate; readonly content: ProgressNote } | null;
};

/** Parses what `noteQuery` gave; `null` without a progress note. A signed one is what its hash says, or this throws. */
export function parseNote(rows: readonly Record<string, unknown>[]): NoteOnHand | null {
  if (rows[0] === undefined) return null;
  const { kind, content, signed, previous, ...rest } = NoteRow.parse(rows[0].note);
  if (kind !== "progress") return null;
  const before = previous === null ? null : { ...previous, content: ProgressNote.parse(previous.content) };
  if (signed === null) return { ...rest, content: ProgressNote.parse(content), signed: null, previous: before };
  const { canonical, ...seal } = signed;
  const text = SignedText.parse(openSealed("note", canonical, seal.hash));
  if (text.id !== rest.id || text.clientId !== rest.clientId || text.authorId !== rest.authorId) throw new BrokenSeal("note");
  return { ...rest, content: text.note, signed: seal, previous: before };
}
