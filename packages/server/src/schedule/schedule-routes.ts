import { IsoDate } from "@trellis/domain/calendar/date";
import { filledLine } from "@trellis/domain/client/client";
import { SessionPlan } from "@trellis/domain/plan/plan";
import { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import { Series } from "@trellis/domain/schedule/series";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { saveKept } from "../chart/save-kept.ts";
import { writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { readSignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { appointmentIds, beforePlan, NewSeries, when } from "./schedule-entry.ts";
import { addAppointments, addSeries, overlapsOf, refuseDay, refuseOtherClinician, refuseSeries, removeRest } from "./store-appointments.ts";

const AppointmentEntry = z.strictObject({ version: Version, ...when, beforePlan });
const SeriesEntry = z.strictObject({ series: NewSeries, appointmentIds, beforePlan });
const Rest = z.strictObject({
  version: Version,
  from: IsoDate,
  reason: filledLine(300, "Say why, so that the record shows it."),
  /** What goes on in its place; `null` where the series just ends. */
  next: z.strictObject({ id: Id, series: NewSeries, appointmentIds }).nullable(),
  beforePlan,
});
const Removal = z.strictObject({ version: Version });

/**
 * When the sessions of a client are planned. Whoever sees a chart plans its sessions; the front desk sees names and no charts, and so no
 * appointments either. Whether a session took place is recorded with `/clients/:id/sessions/:sessionId`, under the appointment's id.
 */
export function scheduleRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/clients/:id/session-plan", async (context) => {
    const id = pathId(context, "id");
    const [found] = await readSignedIn(context, trellis, [sessionPlanQuery(id)]);
    needClinicalRole(context);
    const [row] = found.rows;
    if (row === undefined) throw await closedChart(trellis, askerOf(context), id);
    return context.json(SessionPlanRow.parse(row.plan));
  });

  routes.put("/clients/:id/appointments/:appointmentId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "appointmentId");
    const entry = await body(context, AppointmentEntry);
    const { version, date, startTime, clinicianId, detail } = entry;
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      await refuseOtherClinician(client, "/clinicianId", clinicianId);
      const before = await appointmentBefore(client, clientId, id);
      if (before?.date !== date)
        await refuseDay(trellis, client, context, { clientId, birthDate, date, beforePlan: entry.beforePlan, pointer: "/date" });
      const slot = { id, date, startTime, clinicianId, groupId: before?.groupId ?? null, minutes: detail.minutes };
      const answer = async (newVersion: number) => ({ version: newVersion, overlaps: await overlapsOf(client, context, [slot]) });
      const same = before !== null && !before.removed && sameAppointment(before, entry);
      if (version === 0) {
        if (before === null) {
          await addAppointments(client, context, clientId, [{ id, date, startTime, clinicianId, seriesId: null, groupId: null, detail }]);
          await client.query(auditEntry("schedule.save", clientId, id, { version: 1 }));
          return answer(1);
        }
        return same ? answer(before.version) : await changedMeanwhile(client, clientId, id, before);
      }
      if (before === null) throw notFound();
      // Sent again after an answer that got lost.
      if (same && before.version === version + 1) return answer(before.version);
      if (before.removed || before.version !== version) return changedMeanwhile(client, clientId, id, before);
      if (before.recorded && (before.date !== date || before.startTime !== startTime || before.clinicianId !== clinicianId))
        throw invalid([
          { pointer: "", message: "It is recorded how this session went, so it stays where it was. Plan a new one for another day." },
        ]);
      await client.query(
        `UPDATE trellis.appointment SET date = $3, start_time = $4, clinician_id = $5, content = $6, version = version + 1, saved_at = now(), saved_by = $7
         WHERE client_id = $1 AND id = $2`,
        [clientId, id, date, startTime, clinicianId, JSON.stringify(detail), askerOf(context).memberId],
      );
      await client.query(auditEntry("schedule.save", clientId, id, { version: version + 1 }));
      return answer(version + 1);
    });
    return context.json(saved);
  });

  routes.delete("/clients/:id/appointments/:appointmentId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "appointmentId");
    const { version } = await body(context, Removal);
    await writeChart(trellis, context, clientId, async (client) => {
      const before = await appointmentBefore(client, clientId, id);
      if (before === null) throw notFound();
      if (before.removed) return;
      if (before.recorded || before.hasNote)
        throw invalid([
          {
            pointer: "",
            message: before.recorded
              ? "It is recorded how this session went, so it stays in the calendar. If it was called off, record it as cancelled."
              : "There is a note on this session, so it stays in the calendar. If it was called off, record it as cancelled.",
          },
        ]);
      if (before.version !== version) return changedMeanwhile(client, clientId, id, before);
      await client.query(
        "UPDATE trellis.appointment SET removed_at = now(), version = version + 1, saved_at = now(), saved_by = $3 WHERE client_id = $1 AND id = $2",
        [clientId, id, askerOf(context).memberId],
      );
      await client.query(auditEntry("schedule.remove", clientId, id));
      return;
    });
    return context.body(null, 204);
  });

  routes.put("/clients/:id/series/:seriesId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "seriesId");
    const entry = await body(context, SeriesEntry);
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      await refuseSeries(trellis, client, context, {
        clientId,
        birthDate,
        series: entry.series,
        beforePlan: entry.beforePlan,
        under: "/series",
      });
      const added = await addSeries(client, context, clientId, {
        id,
        series: entry.series,
        appointmentIds: entry.appointmentIds,
        groupIds: null,
      });
      return added instanceof Problem ? added : { version: 1, overlaps: await overlapsOf(client, context, added.slots) };
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/series/:seriesId/rest", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "seriesId");
    const { version, from, reason, next, beforePlan: meant } = await body(context, Rest);
    const saved = await writeChart(trellis, context, clientId, async (client, birthDate) => {
      const { rows } = await client.query<{ content: unknown }>(
        "SELECT content FROM trellis.session_series WHERE client_id = $1 AND id = $2 AND removed_at IS NULL FOR UPDATE",
        [clientId, id],
      );
      if (rows[0] === undefined) throw notFound();
      const series = Series.parse(rows[0].content);
      if (from < todayIn(context.get("signedIn").practice.timeZone, trellis.now()))
        throw invalid([{ pointer: "/from", message: "What has been stays as it is. Choose today or a day to come." }]);
      if (next !== null)
        await refuseSeries(trellis, client, context, {
          clientId,
          birthDate,
          series: next.series,
          beforePlan: meant,
          under: "/next/series",
        });
      const ended = await saveKept(client, context, {
        table: "session_series",
        schema: Series,
        clientId,
        id,
        version,
        content: { ...series, endedOn: from, endedReason: reason },
        action: "series.save",
        what: "this series",
      });
      if (ended instanceof Problem) return ended;
      const removed = await removeRest(client, context, clientId, id, from);
      if (next === null) return { version: ended.version, removed, overlaps: [] };
      const added = await addSeries(client, context, clientId, { ...next, groupIds: null });
      if (added instanceof Problem) throw added;
      return { version: ended.version, removed, overlaps: await overlapsOf(client, context, added.slots) };
    });
    return context.json(saved);
  });

  return routes;
}

interface Before {
  readonly date: IsoDate;
  readonly startTime: string;
  readonly clinicianId: string;
  readonly groupId: string | null;
  readonly detail: unknown;
  readonly version: number;
  readonly removed: boolean;
  readonly recorded: boolean;
  readonly hasNote: boolean;
}

/** The appointment as it stands, held until the transaction ends, so that of two who move it the second sees what the first did. */
async function appointmentBefore(client: pg.PoolClient, clientId: string, id: string): Promise<Before | null> {
  const { rows } = await client.query<Before>(
    `SELECT a.date, to_char(a.start_time, 'HH24:MI') AS "startTime", a.clinician_id AS "clinicianId", a.group_id AS "groupId", a.content AS detail, a.version, a.removed_at IS NOT NULL AS removed,
       EXISTS (SELECT 1 FROM trellis.session AS s WHERE s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL) AS recorded,
       EXISTS (SELECT 1 FROM trellis.note AS n WHERE n.practice_id = a.practice_id AND n.session_id = a.id AND n.removed_at IS NULL) AS "hasNote"
     FROM trellis.appointment AS a WHERE a.client_id = $1 AND a.id = $2 FOR UPDATE OF a`,
    [clientId, id],
  );
  return rows[0] ?? null;
}

function sameAppointment(before: Before, entry: z.infer<typeof AppointmentEntry>): boolean {
  return (
    before.date === entry.date &&
    before.startTime === entry.startTime &&
    before.clinicianId === entry.clinicianId &&
    JSON.stringify(AppointmentDetail.parse(before.detail)) === JSON.stringify(AppointmentDetail.parse(entry.detail))
  );
}

async function changedMeanwhile(client: pg.PoolClient, clientId: string, id: string, before: Before): Promise<Problem> {
  await client.query(auditEntry("chart.read", clientId, id));
  const { date, startTime, clinicianId, detail, version } = before;
  return before.removed
    ? conflict("Somebody took this session out of the calendar meanwhile. Plan it anew if it is to be.", null)
    : conflict("Somebody changed this session meanwhile, and nothing of that was overwritten.", {
        date,
        startTime,
        clinicianId,
        detail,
        version,
      });
}

const SessionPlanRow = z.object({
  /** `null` without a plan. */
  planId: z.string().nullable(),
  /** Of the revision in force, or of the draft where none is signed yet. */
  revision: z.number().nullable(),
  sessionPlan: SessionPlan.nullable(),
  /** When the plan in force began. */
  start: IsoDate.nullable(),
});

/** How often the plan in force asks for sessions, or its draft where none is signed yet. */
function sessionPlanQuery(clientId: string): pg.QueryConfig {
  return {
    name: "session-plan",
    text: `WITH newest AS (
        SELECT r.plan_id, r.revision, r.canonical, NULL::jsonb AS content, 1 AS rank, r.signed_at AS at FROM trellis.plan_revision AS r WHERE r.client_id = $1
        UNION ALL SELECT d.plan_id, d.revision, NULL, d.content, 2, d.updated_at FROM trellis.plan_draft AS d WHERE d.client_id = $1
        ORDER BY rank, at DESC LIMIT 1
      ), read AS (SELECT audit.append('plan.read', $1, n.plan_id::text, '{}') FROM newest AS n)
      SELECT json_build_object('planId', n.plan_id, 'revision', n.revision, 'sessionPlan', coalesce(n.canonical::jsonb, n.content) -> 'sessionPlan',
        'start', (SELECT min(r.established_on) FROM trellis.plan_revision AS r WHERE r.client_id = $1 AND r.plan_id = n.plan_id)) AS plan, (SELECT count(*) FROM read) AS told
      FROM trellis.client AS c LEFT JOIN newest AS n ON true WHERE c.id = $1 AND trellis.sees_chart(c.id)`,
    values: [clientId],
  };
}
