import { missedSessions } from "@trellis/domain/alerts/missed-sessions";
import { IsoDate } from "@trellis/domain/calendar/date";
import { minutesBetween } from "@trellis/domain/calendar/wall-clock";
import { CourseEvent } from "@trellis/domain/course/course-event";
import { Attendance, SessionDetail, type SessionRecord } from "@trellis/domain/course/session";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { auditEntry } from "../audit/record.ts";
import { lockClient, refuseImpossibleDay, writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";

/** Without `detail` what is recorded of times and units stays. */
const SessionEntry = z.strictObject({ version: Version, date: IsoDate, attendance: Attendance, detail: SessionDetail.optional() });

/** What the events of a course were when the change was made; `null` for a new one. */
const EventEntry = z.strictObject({ before: CourseEvent.nullable(), event: CourseEvent });

interface SessionRow {
  readonly date: IsoDate;
  readonly attendance: Attendance;
  readonly version: number;
  readonly removed: boolean;
  readonly same: boolean;
}

/** That sessions took place or did not, and what else happened in the course of a therapy. What is removed stays in the table, marked. */
export function courseRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.put("/clients/:id/sessions/:sessionId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const sessionId = pathId(context, "sessionId");
    const { version, date, attendance, detail } = await body(context, SessionEntry);
    if (detail?.start != null && detail.end !== null && minutesBetween(detail.start, detail.end) === null)
      throw invalid([{ pointer: "/detail/end", message: "The session ends after it begins. Check both times." }]);
    const saved = await writeChart(trellis, context, id, async (client, birthDate) => {
      const { practiceId, memberId } = askerOf(context);
      // Two sessions recorded at the same moment would otherwise not see each other, and nobody be told of the third one missed.
      await lockClient(client, id);
      const planned = await plannedSession(client, id, sessionId);
      // Cancelled ahead of its day is known before that day comes.
      if (planned === null || attendance !== "cancelled") refuseImpossibleDay(trellis, context, "/date", date, birthDate);
      else if (date !== planned.date)
        throw invalid([{ pointer: "/date", message: "The session is planned for another day. Reload the page." }]);
      const content = detail ?? (version === 0 && planned !== null ? SessionDetail.parse(planned.setting) : null);
      const values = [practiceId, id, sessionId, date, attendance, memberId, content === null ? null : JSON.stringify(content)];
      const { rows: written } = await client.query<{ version: number }>(
        version === 0
          ? `INSERT INTO trellis.session AS s (practice_id, client_id, id, date, attendance, recorded_by, content) VALUES ($1, $2, $3, $4, $5, $6, coalesce($7::jsonb, '{}'))
             ON CONFLICT (practice_id, id) DO UPDATE SET date = excluded.date, attendance = excluded.attendance, recorded_by = excluded.recorded_by, content = excluded.content,
               recorded_at = clock_timestamp(), version = s.version + 1, removed_at = NULL
               WHERE $8 AND s.client_id = excluded.client_id AND s.removed_at IS NOT NULL
             RETURNING version`
          : `UPDATE trellis.session SET date = $4, attendance = $5, recorded_by = $6, content = coalesce($7::jsonb, content), version = version + 1
             WHERE practice_id = $1 AND client_id = $2 AND id = $3 AND version = $8 AND removed_at IS NULL RETURNING version`,
        // What was recorded of a planned session by mistake and taken back may be recorded anew.
        [...values, version === 0 ? planned !== null : version],
      );
      const [row] = written;
      if (row === undefined) {
        const { rows } = await client.query<SessionRow>(
          `SELECT date, attendance, version, removed_at IS NOT NULL AS removed, date = $3 AND attendance = $4 AND content = coalesce($5::jsonb, content) AS same
           FROM trellis.session WHERE id = $1 AND client_id = $2`,
          [sessionId, id, date, attendance, content === null ? null : JSON.stringify(content)],
        );
        const there = rows[0];
        if (there === undefined) throw version === 0 ? otherId() : notFound();
        // Sent again after an answer that got lost.
        if (!there.removed && there.same && (version === 0 || there.version === version + 1)) return { version: there.version };
        await client.query(auditEntry("chart.read", id, sessionId));
        return there.removed
          ? conflict("Somebody removed this session meanwhile. Record it anew if it took place.", null)
          : conflict("Somebody changed this session meanwhile.", {
              date: there.date,
              attendance: there.attendance,
              version: there.version,
            });
      }
      await tellOfMissed(client, practiceId, id);
      await client.query(auditEntry("appointment.save", id, sessionId, { version: row.version }));
      return { version: row.version };
    });
    return context.json(saved);
  });

  routes.delete("/clients/:id/sessions/:sessionId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const sessionId = pathId(context, "sessionId");
    await writeChart(trellis, context, id, async (client) => {
      await lockClient(client, id);
      const { rowCount: signed } = await client.query(
        "SELECT 1 FROM trellis.note WHERE client_id = $1 AND session_id = $2 AND kind = 'progress' AND signed_at IS NOT NULL",
        [id, sessionId],
      );
      if (signed !== 0)
        throw invalid([
          {
            pointer: "",
            message: "A signed note says that this session took place, so it stays in the record. Change how it went instead.",
          },
        ]);
      if (!(await remove(client, "session", id, sessionId))) return;
      await tellOfMissed(client, askerOf(context).practiceId, id);
      await client.query(auditEntry("appointment.remove", id, sessionId));
    });
    return context.body(null, 204);
  });

  // Events have no version: a change names what it starts from, and goes through where that still stands.
  routes.put("/clients/:id/events/:eventId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const eventId = pathId(context, "eventId");
    const { before, event } = await body(context, EventEntry);
    if (event.id !== eventId || (before !== null && before.id !== eventId))
      throw invalid([{ pointer: "/event/id", message: "The event and the address name different ids." }]);
    await writeChart(trellis, context, id, async (client, birthDate) => {
      const { practiceId, memberId } = askerOf(context);
      refuseImpossibleDay(trellis, context, "/event/date", event.date, birthDate);
      const { rowCount } = await client.query(
        before === null
          ? `INSERT INTO trellis.course_event (practice_id, client_id, id, date, content, recorded_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
          : `UPDATE trellis.course_event SET date = $4, content = $5, recorded_by = $6
             WHERE practice_id = $1 AND client_id = $2 AND id = $3 AND date = $7 AND content = $8 AND removed_at IS NULL`,
        [practiceId, id, eventId, event.date, contentOf(event), memberId, ...(before === null ? [] : [before.date, contentOf(before)])],
      );
      if (rowCount === 0) {
        const { rows } = await client.query<{ event: unknown; removed: boolean; same: boolean }>(
          `SELECT content || jsonb_build_object('id', id, 'date', date) AS event, removed_at IS NOT NULL AS removed,
             date = $3 AND content = $4 AS same FROM trellis.course_event WHERE id = $1 AND client_id = $2`,
          [eventId, id, event.date, contentOf(event)],
        );
        const there = rows[0];
        if (there === undefined) throw before === null ? otherId() : notFound();
        if (there.same && !there.removed) return;
        await client.query(auditEntry("chart.read", id, eventId));
        return there.removed
          ? conflict("Somebody removed this event meanwhile. Add it anew if it belongs there.", null)
          : conflict("Somebody changed this event meanwhile.", there.event);
      }
      await client.query(auditEntry("course-event.save", id, eventId));
      return;
    });
    return context.body(null, 204);
  });

  routes.delete("/clients/:id/events/:eventId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "id");
    const eventId = pathId(context, "eventId");
    await writeChart(trellis, context, id, async (client) => {
      if (await remove(client, "course_event", id, eventId)) await client.query(auditEntry("course-event.remove", id, eventId));
    });
    return context.body(null, 204);
  });
  return routes;
}

const otherId = () => invalid([{ pointer: "", message: "Another entry has this id. Reload the page." }]);

const contentOf = ({ kind, label }: CourseEvent) => JSON.stringify({ kind, label });

/** The appointment of this id, and what a session has from it; `null` for a session that nobody planned. */
async function plannedSession(client: pg.PoolClient, clientId: string, id: string) {
  const { rows } = await client.query<{ date: IsoDate; setting: unknown }>(
    `SELECT date, jsonb_build_object('format', content -> 'format', 'modality', content -> 'modality') AS setting
     FROM trellis.appointment WHERE id = $1 AND client_id = $2 AND removed_at IS NULL`,
    [id, clientId],
  );
  return rows[0] ?? null;
}

/** Marks as removed. False where it was already; throws where there is no such thing. */
async function remove(client: pg.PoolClient, table: "session" | "course_event", clientId: string, id: string): Promise<boolean> {
  const { rows } = await client.query<{ was: boolean }>(
    `UPDATE trellis.${table} AS t SET removed_at = coalesce(t.removed_at, now())
     FROM (SELECT practice_id, id, removed_at FROM trellis.${table} WHERE id = $1 AND client_id = $2) AS b
     WHERE t.practice_id = b.practice_id AND t.id = b.id RETURNING b.removed_at IS NOT NULL AS was`,
    [id, clientId],
  );
  if (rows[0] === undefined) throw notFound();
  return !rows[0].was;
}

/** Raises an alert at the third session missed in a row: once for a run of them, however long it gets and however it is corrected. */
async function tellOfMissed(client: pg.PoolClient, practiceId: string, clientId: string): Promise<void> {
  const { rows: sessions } = await client.query<SessionRecord>(
    "SELECT id, date, attendance FROM trellis.session WHERE client_id = $1 AND removed_at IS NULL ORDER BY date, recorded_at",
    [clientId],
  );
  const missed = missedSessions(sessions);
  if (missed === null) return;
  const told = await client.query("SELECT 1 FROM trellis.alert WHERE client_id = $1 AND key = ANY ($2)", [clientId, missed.keysOfRun]);
  if (told.rowCount === 0) await raiseAlerts(client, practiceId, clientId, [missed.alert]);
}
