import { IsoDate } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { Client, legalName } from "@trellis/domain/client/client";
import { Attendance } from "@trellis/domain/course/session";
import { nextSession } from "@trellis/domain/outline/follow-course";
import { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import type pg from "pg";
import { z } from "zod";
import { isCompleted } from "../episode/discharged.ts";

const Row = z.object({
  id: z.string(),
  clientId: z.string(),
  record: z.unknown(),
  isPracticeClient: z.boolean(),
  startTime: TimeOfDay,
  detail: AppointmentDetail,
  attendance: Attendance.nullable(),
  noteId: z.string().nullable(),
  noteSigned: z.boolean(),
  homeworkOpen: z.number(),
  alerts: z.number(),
  reviewDue: IsoDate.nullable(),
  outline: OutlineCourse.nullable(),
});

/** A session of the day with what its chart holds ready. */
export interface DaySession extends Omit<z.infer<typeof Row>, "record" | "outline"> {
  readonly name: string;
  /** The next session of the course that the plan follows; `null` where it follows none. */
  readonly outline: string | null;
}

/** The sessions of whoever asks on one day. Begins with the asker's own appointments, so that those of others cost nothing. */
export function daySessionsQuery(today: IsoDate): pg.QueryConfig {
  return {
    name: "day-sessions",
    text: `WITH planned AS MATERIALIZED (
        SELECT a.* FROM trellis.appointment AS a
        WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.clinician_id = (SELECT trellis.current_member()) AND a.date = $1 AND a.removed_at IS NULL
      )
      SELECT json_build_object('id', a.id, 'clientId', a.client_id, 'record', c.record, 'isPracticeClient', c.is_practice_client,
        'startTime', to_char(a.start_time, 'HH24:MI'), 'detail', a.content, 'attendance', s.attendance, 'noteId', n.id, 'noteSigned', n.signed_at IS NOT NULL,
        'homeworkOpen', (SELECT count(*) FROM trellis.homework AS h WHERE h.practice_id = a.practice_id AND h.client_id = a.client_id AND h.removed_at IS NULL
          AND h.content ->> 'outcome' IS NULL AND h.content ->> 'withdrawnOn' IS NULL),
        'alerts', (SELECT count(*) FROM trellis.alert AS l WHERE l.practice_id = a.practice_id AND l.client_id = a.client_id AND l.acknowledged_at IS NULL),
        'reviewDue', (SELECT r.review_due FROM trellis.plan_revision AS r WHERE r.practice_id = a.practice_id AND r.client_id = a.client_id
          AND NOT ${isCompleted("a.client_id", "r.signed_at")} ORDER BY r.signed_at DESC LIMIT 1),
        'outline', (SELECT o.content FROM trellis.outline_course AS o WHERE o.practice_id = a.practice_id AND o.client_id = a.client_id AND o.removed_at IS NULL
          AND o.content ->> 'endedOn' IS NULL ORDER BY o.created_at DESC LIMIT 1)) AS row
      FROM planned AS a JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
        LEFT JOIN trellis.session AS s ON s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL
        LEFT JOIN trellis.note AS n ON n.practice_id = a.practice_id AND n.session_id = a.id AND n.kind = 'progress' AND n.removed_at IS NULL
      ORDER BY a.start_time, c.sort_name, a.id`,
    values: [today],
  };
}

export function parseDaySessions(rows: readonly Record<string, unknown>[]): DaySession[] {
  return rows.map((row) => {
    const { record, outline, ...session } = Row.parse(row.row);
    const next = outline === null ? null : nextSession(outline);
    return { ...session, name: legalName(Client.parse(record)), outline: next?.session.title ?? null };
  });
}
