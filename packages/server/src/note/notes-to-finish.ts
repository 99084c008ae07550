import { IsoDate } from "@trellis/domain/calendar/date";
import type pg from "pg";
import { z } from "zod";

/** A note that somebody still has to finish: a session without one, or a draft that is not signed. */
export const NoteToFinish = z.object({
  kind: z.enum(["unwritten", "draft"]),
  clientId: z.string(),
  given: z.string(),
  family: z.string(),
  chosen: z.string(),
  date: IsoDate,
  sessionId: z.string().nullable(),
  /** The draft to go on with; `null` where nobody has begun. */
  noteId: z.string().nullable(),
  dueAt: z.string(),
});
export type NoteToFinish = z.infer<typeof NoteToFinish>;

/** So many days back sessions without a note are asked about. Sessions from before a practice wrote its notes here would otherwise stand there for ever. */
const daysBack = 60;

/**
 * The notes that a member has to finish, the one due first at the top, in one query: sessions that took place in the last 60 days and have no note, of clients
 * in the member's care, where the member was booked for the session or has recorded it; and the member's own drafts, however old. `dueAt` is what
 * `noteDueAt` says.
 */
export function notesToFinishQuery(memberId: string, today: IsoDate): pg.QueryConfig {
  return {
    name: "notes-to-finish",
    text: `WITH open AS (
      SELECT 'unwritten' AS kind, s.practice_id, s.client_id, s.date, s.id AS session_id, NULL::uuid AS note_id,
        coalesce(s.content->>'end', to_char(a.start_time + make_interval(mins => (a.content->>'minutes')::int), 'HH24:MI'), s.content->>'start', to_char(a.start_time, 'HH24:MI')) AS ended
      FROM trellis.care_team AS t
        JOIN trellis.session AS s ON s.practice_id = t.practice_id AND s.client_id = t.client_id AND s.date BETWEEN $2::date - ${daysBack} AND $2::date
        LEFT JOIN trellis.appointment AS a ON a.practice_id = s.practice_id AND a.id = s.id
      WHERE t.member_id = $1 AND (t.until IS NULL OR t.until > now()) AND s.removed_at IS NULL AND s.attendance IN ('attended', 'late')
        AND coalesce(a.clinician_id, s.recorded_by) = $1
        AND NOT EXISTS (SELECT 1 FROM trellis.note AS n WHERE n.practice_id = s.practice_id AND n.session_id = s.id AND n.kind = 'progress' AND n.removed_at IS NULL)
      UNION ALL
      SELECT 'draft', n.practice_id, n.client_id, n.date, n.session_id, n.id, coalesce(n.content->>'end', n.content->>'start')
      FROM trellis.note AS n WHERE n.author_id = $1 AND n.kind = 'progress' AND n.signed_at IS NULL AND n.removed_at IS NULL
    )
    SELECT o.kind, o.client_id AS "clientId", c.record->'name'->>'given' AS given, c.record->'name'->>'family' AS family, coalesce(c.record->'name'->>'chosen', '') AS chosen,
      o.date, o.session_id AS "sessionId", o.note_id AS "noteId",
      to_char(((o.date + coalesce(o.ended, '23:59')::time) AT TIME ZONE p.time_zone + make_interval(hours => p.note_hours))
        AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "dueAt"
    FROM open AS o JOIN trellis.client AS c ON c.practice_id = o.practice_id AND c.id = o.client_id JOIN trellis.practice AS p ON p.id = o.practice_id
    ORDER BY 9, o.date, o.client_id`,
    values: [memberId, today],
  };
}

export function parseNotesToFinish(rows: readonly Record<string, unknown>[]): readonly NoteToFinish[] {
  return z.array(NoteToFinish).parse(rows);
}
