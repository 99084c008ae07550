import { IsoDate } from "@trellis/domain/calendar/date";
import { clientDocumentKinds } from "@trellis/domain/client-document/client-document";
import { Attendance, SessionDetail } from "@trellis/domain/course/session";
import { Episode } from "@trellis/domain/episode/episode";
import { AssignedHomework, HomeworkEntry } from "@trellis/domain/homework/assigned-homework";
import { NoteHead } from "@trellis/domain/note/note";
import { CareDecision } from "@trellis/domain/off-track/care-decision";
import { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { Review } from "@trellis/domain/review/review";
import { Appointment } from "@trellis/domain/schedule/appointment";
import { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import { Series } from "@trellis/domain/schedule/series";
import type pg from "pg";
import { z } from "zod";

const Instant = z.string();
const versioned = { id: z.string(), version: z.number() };

/** What happened in the course of a treatment besides scores, as the database hands it over in one value. Narratives of notes are not in it. */
export const TreatmentRows = z.object({
  appointments: z.array(Appointment.extend({ version: z.number(), clinicianName: z.string() })),
  sessions: z.array(z.object({ ...versioned, date: IsoDate, attendance: Attendance, detail: SessionDetail })),
  series: z.array(z.object({ ...versioned, content: Series })),
  authorizations: z.array(z.object({ ...versioned, content: PayerAuthorization })),
  notes: z.array(
    z.object({
      ...versioned,
      kind: z.enum(["progress", "discharge", "transfer"]),
      sessionId: z.string().nullable(),
      date: IsoDate,
      authorId: z.string(),
      authorName: z.string(),
      /** Of a progress note; `null` of a summary. */
      head: NoteHead.nullable(),
      signedAt: Instant.nullable(),
      signedName: z.string().nullable(),
      addenda: z.number(),
    }),
  ),
  homework: z.array(
    z.object({
      ...versioned,
      content: AssignedHomework,
      /** What the client filled in by link so far. */
      byLink: z.object({ entries: z.array(HomeworkEntry), savedAt: Instant, finished: z.boolean() }).nullable(),
    }),
  ),
  outlines: z.array(z.object({ ...versioned, content: OutlineCourse })),
  reviews: z.array(
    z.object({
      ...versioned,
      state: z.enum(["open", "done", "abandoned"]),
      content: Review,
      ledTo: z.number().nullable(),
      closedAt: Instant.nullable(),
      by: z.string(),
    }),
  ),
  decisions: z.array(z.object({ id: z.string(), content: CareDecision, at: Instant, by: z.string() })),
  documents: z.array(
    z.object({
      kind: z.enum(clientDocumentKinds),
      revision: z.number(),
      version: z.number(),
      content: z.unknown(),
      savedAt: Instant,
      finishedAt: Instant.nullable(),
      by: z.string(),
    }),
  ),
  episodes: z.array(z.object({ ...versioned, content: Episode })),
});
export type TreatmentRows = z.infer<typeof TreatmentRows>;

/** SQL of one list of things that are kept as a value with a version. */
const kept = (table: "session_series" | "payer_authorization" | "outline_course") =>
  `(SELECT coalesce(json_agg(json_build_object('id', t.id, 'version', t.version, 'content', t.content) ORDER BY t.created_at), '[]')
    FROM trellis.${table} AS t WHERE t.practice_id = c.practice_id AND t.client_id = c.id AND t.removed_at IS NULL)`;

const member = (id: string) =>
  `coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = c.practice_id AND m.id = ${id}), '')`;

/** The course of one client's treatment in one query. No row where the chart is closed to the person asking. */
export function treatmentQuery(clientId: string): pg.QueryConfig {
  return {
    name: "treatment",
    text: `SELECT json_build_object(
      'appointments', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'date', a.date, 'startTime', to_char(a.start_time, 'HH24:MI'), 'clinicianId', a.clinician_id,
          'clinicianName', ${member("a.clinician_id")}, 'seriesId', a.series_id, 'groupId', a.group_id, 'detail', a.content, 'version', a.version) ORDER BY a.date, a.start_time, a.id), '[]')
        FROM trellis.appointment AS a WHERE a.practice_id = c.practice_id AND a.client_id = c.id AND a.removed_at IS NULL),
      'sessions', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'date', s.date, 'attendance', s.attendance, 'detail', s.content, 'version', s.version) ORDER BY s.date, s.recorded_at), '[]')
        FROM trellis.session AS s WHERE s.practice_id = c.practice_id AND s.client_id = c.id AND s.removed_at IS NULL),
      'series', ${kept("session_series")},
      'authorizations', ${kept("payer_authorization")},
      'notes', (SELECT coalesce(json_agg(json_build_object('id', n.id, 'version', n.version, 'kind', n.kind, 'sessionId', n.session_id, 'date', n.date, 'authorId', n.author_id,
          'authorName', ${member("n.author_id")}, 'head', CASE n.kind WHEN 'progress' THEN n.content - 'sections' - 'ownWords' END, 'signedAt', n.signed_at, 'signedName', n.signed_name,
          'addenda', (SELECT count(*) FROM trellis.note_addendum AS d WHERE d.practice_id = n.practice_id AND d.note_id = n.id)) ORDER BY n.date, n.created_at), '[]')
        FROM trellis.note AS n WHERE n.practice_id = c.practice_id AND n.client_id = c.id AND n.removed_at IS NULL),
      'homework', (SELECT coalesce(json_agg(json_build_object('id', h.id, 'version', h.version, 'content', h.content, 'byLink',
          (SELECT json_build_object('entries', l.answers->'entries', 'savedAt', l.saved_at, 'finished', l.finished_at IS NOT NULL) FROM trellis.client_link AS l
            WHERE l.practice_id = h.practice_id AND l.client_id = h.client_id AND l.subject_id = h.id AND l.kind = 'homework' AND l.answers IS NOT NULL ORDER BY l.saved_at DESC LIMIT 1)) ORDER BY h.created_at), '[]')
        FROM trellis.homework AS h WHERE h.practice_id = c.practice_id AND h.client_id = c.id AND h.removed_at IS NULL),
      'outlines', ${kept("outline_course")},
      'reviews', (SELECT coalesce(json_agg(json_build_object('id', r.id, 'version', r.version, 'state', r.state, 'content', r.content, 'ledTo', r.led_to, 'closedAt', r.closed_at,
          'by', ${member("r.saved_by")}) ORDER BY r.created_at), '[]')
        FROM trellis.review AS r WHERE r.practice_id = c.practice_id AND r.client_id = c.id),
      'decisions', (SELECT coalesce(json_agg(json_build_object('id', d.id, 'content', d.content, 'at', d.at, 'by', ${member("d.by")}) ORDER BY d.at), '[]')
        FROM trellis.care_decision AS d WHERE d.practice_id = c.practice_id AND d.client_id = c.id),
      'documents', (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'revision', d.revision, 'version', d.version, 'content', d.content, 'savedAt', d.saved_at,
          'finishedAt', d.finished_at, 'by', ${member("d.saved_by")}) ORDER BY d.kind, d.revision), '[]')
        FROM trellis.client_document AS d WHERE d.practice_id = c.practice_id AND d.client_id = c.id),
      'episodes', (SELECT coalesce(json_agg(json_build_object('id', e.id, 'version', e.version,
          'content', e.content || jsonb_build_object('number', e.number, 'openedOn', e.opened_on, 'endedOn', e.ended_on)) ORDER BY e.number), '[]')
        FROM trellis.episode AS e WHERE e.practice_id = c.practice_id AND e.client_id = c.id)
    ) AS treatment FROM trellis.client AS c WHERE c.id = $1 AND trellis.sees_chart(c.id)`,
    values: [clientId],
  };
}

/** Parses what `treatmentQuery` gave; `null` without a row. */
export function parseTreatment(rows: readonly Record<string, unknown>[]): TreatmentRows | null {
  return rows[0] === undefined ? null : TreatmentRows.parse(rows[0].treatment);
}
