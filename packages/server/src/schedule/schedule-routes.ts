import { daysBetween, IsoDate } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { filledLine } from "@trellis/domain/client/client";
import { Attendance, SessionDetail } from "@trellis/domain/course/session";
import { SessionPlan } from "@trellis/domain/plan/plan";
import { Appointment, AppointmentDetail } from "@trellis/domain/schedule/appointment";
import { PayerAuthorization } from "@trellis/domain/schedule/payer-authorization";
import { Series } from "@trellis/domain/schedule/series";
import { datesOfSeries } from "@trellis/domain/schedule/series-dates";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { saveKept } from "../chart/save-kept.ts";
import { writeChart } from "../chart/write-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, conflict, forbidden, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { readSignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { addAppointments, addSeries, idWithin, overlapsOf, refuseDay, refuseOtherClinician, removeRest } from "./store-appointments.ts";

const when = { date: IsoDate, startTime: TimeOfDay, clinicianId: Id, detail: AppointmentDetail };
/** Said where a session before the plan's start is meant. */
const beforePlan = z.boolean().default(false);
const AppointmentEntry = z.strictObject({ version: Version, ...when, beforePlan });
/** Of a series that is planned anew: nothing has ended it. */
const NewSeries = Series.extend({ clinicianId: Id, planId: Id.nullable().default(null), endedOn: z.null().default(null) });
const appointmentIds = z.array(Id).min(1).max(104);
const SeriesEntry = z.strictObject({ series: NewSeries, appointmentIds, beforePlan });
const Rest = z.strictObject({
  version: Version,
  from: IsoDate,
  reason: filledLine(300, "Say why, so that the record shows it."),
  /** What goes on in its place; `null` where the series just ends. */
  next: z.strictObject({ id: Id, series: NewSeries, appointmentIds }).nullable(),
  beforePlan,
});
const mostInGroup = 20;
const GroupEntry = z.strictObject({
  clientIds: z
    .array(Id)
    .min(1, "Choose who is in the group.")
    .max(mostInGroup, `At most ${mostInGroup} clients in one group.`)
    .transform((ids) => [...new Set(ids)]),
  series: NewSeries,
  /** One for each day of the series. */
  groupIds: appointmentIds,
  beforePlan,
});
const GroupMove = z.strictObject({ ...when, versions: z.record(Id, Version), beforePlan });
const AuthorizationEntry = z.strictObject({ version: Version, authorization: PayerAuthorization });
const Removal = z.strictObject({ version: Version });

/** Two weeks more than a calendar of a month shows. */
const mostDays = 45;
const CalendarQuestion = z.object({ from: IsoDate, to: IsoDate, who: Id.optional() });

const CalendarRow = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  appointments: z.array(
    Appointment.extend({
      version: z.number(),
      client: z.object({ id: z.string(), calledName: z.string(), familyName: z.string(), isPracticeClient: z.boolean() }),
      session: z.object({ attendance: Attendance, version: z.number(), detail: SessionDetail }).nullable(),
      note: z.object({ id: z.string(), signed: z.boolean() }).nullable(),
    }),
  ),
});
export type CalendarAppointment = z.infer<typeof CalendarRow>["appointments"][number];

/**
 * When sessions are planned and what a payer authorized for them. Whoever sees a chart plans its sessions; the front desk sees names and no charts, and so no
 * appointments either. Whether a session took place is recorded with `/clients/:id/sessions/:sessionId`, under the appointment's id.
 */
export function scheduleRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.get("/calendar", async (context) => {
    const asked = CalendarQuestion.safeParse(context.req.query());
    const days = asked.success ? daysBetween(asked.data.from, asked.data.to) : 0;
    if (!asked.success || days < 0 || days >= mostDays) {
      // Who asks comes first.
      await readSignedIn(context, trellis, []);
      throw invalid([{ pointer: "", message: `Ask for the days from one date to another, ${mostDays} at most.` }]);
    }
    const { from, to, who } = asked.data;
    const [found] = await readSignedIn(context, trellis, [calendarQuery(from, to, who ?? null), calendarEntry(from, to, who ?? "")]);
    needClinicalRole(context);
    const { people, appointments } = CalendarRow.parse(found.rows[0]?.calendar);
    const { memberId } = askerOf(context);
    if (who !== undefined && who !== memberId && !people.some(({ id }) => id === who))
      throw forbidden("The calendar of a colleague is open to the owner and to the colleague's supervisor.");
    return context.json({ people, appointments });
  });

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

  // Each client of a group has an appointment and, for more than one day, a series of their own: no chart tells of another.
  routes.put("/group-series/:seriesId", signedIn, async (context) => {
    needClinicalRole(context);
    const id = pathId(context, "seriesId");
    const entry = await body(context, GroupEntry);
    const series: Series = { ...entry.series, detail: { ...entry.series.detail, format: "group", participants: [] } };
    const dates = datesOfSeries(series);
    if (entry.groupIds.length !== dates.length)
      throw invalid([{ pointer: "/groupIds", message: `The series has ${dates.length} sessions. Reload the page and plan it again.` }]);
    const done = await withPractice(trellis.app, askerOf(context), async (client) => {
      // In one order, so that two people who plan groups with the same clients do not wait for each other.
      const clientIds = [...entry.clientIds].sort();
      const births = await openCharts(client, clientIds);
      const closed = clientIds.find((clientId) => !births.has(clientId));
      // Before anything is written: for some of a group is not what was asked for.
      if (closed !== undefined) return { closed };
      const slots = [];
      for (const [clientId, birthDate] of births) {
        await refuseSeries(trellis, client, context, { clientId, birthDate, series, beforePlan: entry.beforePlan, under: "/series" });
        const ids = entry.groupIds.map((groupId) => idWithin(groupId, clientId));
        if (dates.length > 1) {
          const added = await addSeries(client, context, clientId, {
            id: idWithin(id, clientId),
            series: { ...series, planId: null },
            appointmentIds: ids,
            groupIds: entry.groupIds,
          });
          if (added instanceof Problem) throw added;
          slots.push(...added.slots);
          continue;
        }
        const { startTime, clinicianId, detail } = series;
        const one = {
          id: ids[0] ?? "",
          date: dates[0] ?? series.firstDate,
          startTime,
          clinicianId,
          seriesId: null,
          groupId: entry.groupIds[0] ?? null,
          detail,
        };
        slots.push(...(await addAppointments(client, context, clientId, [one])));
        await client.query(auditEntry("schedule.save", clientId, one.id, { version: 1 }));
      }
      return { overlaps: await overlapsOf(client, context, slots) };
    });
    if ("closed" in done) throw await closedChart(trellis, askerOf(context), done.closed);
    return context.json(done);
  });

  // Moves a group session for everybody whose chart is open to the person asking and of whom nothing is recorded yet.
  routes.put("/group-sessions/:groupId", signedIn, async (context) => {
    needClinicalRole(context);
    const groupId = pathId(context, "groupId");
    const { date, startTime, clinicianId, detail, versions, beforePlan: meant } = await body(context, GroupMove);
    const content = { ...detail, format: "group" as const, participants: [] };
    const done = await withPractice(trellis.app, askerOf(context), async (client) => {
      await refuseOtherClinician(client, "/clinicianId", clinicianId);
      const { rows } = await client.query<GroupRow>(
        `SELECT a.id, a.client_id AS "clientId", a.version, c.record ->> 'birthDate' AS "birthDate", a.date = $2 AND a.start_time = $3 AND a.clinician_id = $4 AND a.content = $5 AS same
         FROM trellis.appointment AS a JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
         WHERE a.group_id = $1 AND a.removed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM trellis.session AS s WHERE s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL)
         ORDER BY a.id FOR UPDATE OF a`,
        [groupId, date, startTime, clinicianId, JSON.stringify(content)],
      );
      if (rows.length === 0) throw notFound();
      const changed = rows.filter(({ id, version, same }) => !(version === versions[id] || (same && version === (versions[id] ?? -1) + 1)));
      if (changed.length > 0) return conflict("Somebody changed this group session meanwhile. Look at the calendar again.", null);
      for (const { id, clientId, birthDate, same } of rows) {
        if (same) continue;
        await refuseDay(trellis, client, context, { clientId, birthDate, date, beforePlan: meant, pointer: "/date" });
        await client.query(
          `UPDATE trellis.appointment SET date = $3, start_time = $4, clinician_id = $5, content = $6, version = version + 1, saved_at = now(), saved_by = $7
           WHERE client_id = $1 AND id = $2`,
          [clientId, id, date, startTime, clinicianId, JSON.stringify(content), askerOf(context).memberId],
        );
        await client.query(auditEntry("schedule.save", clientId, id));
      }
      const slots = rows.map(({ id }) => ({ id, date, startTime, clinicianId, groupId, minutes: content.minutes }));
      return { overlaps: await overlapsOf(client, context, slots) };
    });
    if (done instanceof Problem) throw done;
    return context.json(done);
  });

  routes.put("/clients/:id/authorizations/:authorizationId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const id = pathId(context, "authorizationId");
    const { version, authorization } = await body(context, AuthorizationEntry);
    const faults = faultsOfAuthorization(authorization);
    if (faults.length > 0) throw invalid(faults);
    const saved = await writeChart(trellis, context, clientId, (client) =>
      saveKept(client, context, {
        table: "payer_authorization",
        schema: PayerAuthorization,
        clientId,
        id,
        version,
        content: authorization,
        action: "authorization.save",
        what: "this authorization",
      }),
    );
    return context.json(saved);
  });
  return routes;
}

function faultsOfAuthorization({ from, to, endedOn, endedReason }: PayerAuthorization) {
  const faults = [];
  if (to < from) faults.push({ pointer: "/authorization/to", message: "It ends before it begins. Check both days." });
  if (endedOn !== null && endedReason.trim() === "")
    faults.push({ pointer: "/authorization/endedReason", message: "Say why it does not count any more." });
  return faults;
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

async function refuseSeries(
  trellis: Trellis,
  client: pg.PoolClient,
  context: RequestContext,
  {
    clientId,
    birthDate,
    series,
    beforePlan: meant,
    under,
  }: { clientId: string; birthDate: string; series: Series; beforePlan: boolean; under: string },
): Promise<void> {
  await refuseOtherClinician(client, `${under}/clinicianId`, series.clinicianId);
  const dates = datesOfSeries(series);
  const day = { clientId, birthDate, beforePlan: meant };
  await refuseDay(trellis, client, context, { ...day, date: dates[0] ?? series.firstDate, pointer: `${under}/firstDate` });
  await refuseDay(trellis, client, context, {
    ...day,
    beforePlan: true,
    date: dates.at(-1) ?? series.firstDate,
    pointer: `${under}/count`,
  });
}

interface GroupRow {
  readonly id: string;
  readonly clientId: string;
  readonly version: number;
  readonly birthDate: string;
  readonly same: boolean;
}

/** Dates of birth of those clients whose charts are open to the person asking. */
async function openCharts(client: pg.PoolClient, clientIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; birthDate: string }>(
    `SELECT id, record ->> 'birthDate' AS "birthDate" FROM trellis.client WHERE id = ANY ($1) AND trellis.sees_chart(id) ORDER BY id`,
    [clientIds],
  );
  return new Map(rows.map(({ id, birthDate }) => [id, birthDate]));
}

/**
 * The appointments of one clinician in some days, with how they went and whether there is a note, and whose calendars the person asking may look at. Who is asked for is
 * worked out before: behind row-level security, an index serves for plain comparisons only, and each row would be asked whether its chart is open.
 */
export function calendarQuery(from: IsoDate, to: IsoDate, who: string | null): pg.QueryConfig {
  return {
    name: "calendar",
    text: `WITH asked AS MATERIALIZED (SELECT coalesce($3::uuid, trellis.current_member()) AS member, trellis.current_practice() AS practice)
      SELECT json_build_object(
      'people', (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name, m.id), '[]') FROM trellis.member AS m
        WHERE m.active AND m.roles && ARRAY['owner', 'clinician', 'supervisor'] AND ((SELECT trellis.access()) = 'all' OR m.id = ANY (trellis.seen_members()))),
      'appointments', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'date', a.date, 'startTime', to_char(a.start_time, 'HH24:MI'), 'clinicianId', a.clinician_id,
          'seriesId', a.series_id, 'groupId', a.group_id, 'detail', a.content, 'version', a.version,
          'client', json_build_object('id', c.id, 'calledName', coalesce(nullif(c.record #>> '{name,chosen}', ''), c.record #>> '{name,given}'), 'familyName', c.record #>> '{name,family}',
            'isPracticeClient', c.is_practice_client),
          'session', CASE WHEN s.id IS NOT NULL THEN json_build_object('attendance', s.attendance, 'version', s.version, 'detail', s.content) END,
          'note', CASE WHEN n.id IS NOT NULL THEN json_build_object('id', n.id, 'signed', n.signed_at IS NOT NULL) END) ORDER BY a.date, a.start_time, a.id), '[]')
        FROM asked
          JOIN trellis.appointment AS a ON a.practice_id = asked.practice AND a.clinician_id = asked.member AND a.date BETWEEN $1 AND $2 AND a.removed_at IS NULL
          JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
          LEFT JOIN trellis.session AS s ON s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL
          LEFT JOIN trellis.note AS n ON n.practice_id = a.practice_id AND n.session_id = a.id AND n.kind = 'progress' AND n.removed_at IS NULL)
    ) AS calendar`,
    values: [from, to, who],
  };
}

/** Entry for the reading, where somebody treats. */
function calendarEntry(from: IsoDate, to: IsoDate, who: string): pg.QueryConfig {
  return {
    name: "audit-calendar-read",
    text: "SELECT audit.append('calendar.read', NULL, $3, jsonb_build_object('from', $1::text, 'to', $2::text)) WHERE trellis.access() IN ('all', 'team')",
    values: [from, to, who],
  };
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
        SELECT r.plan_id, r.revision, r.canonical::jsonb -> 'sessionPlan' AS session_plan, 1 AS rank, r.signed_at AS at FROM trellis.plan_revision AS r WHERE r.client_id = $1
        UNION ALL SELECT d.plan_id, d.revision, d.content -> 'sessionPlan', 2, d.updated_at FROM trellis.plan_draft AS d WHERE d.client_id = $1
        ORDER BY rank, at DESC LIMIT 1
      ), read AS (SELECT audit.append('plan.read', $1, n.plan_id::text, '{}') FROM newest AS n)
      SELECT json_build_object('planId', n.plan_id, 'revision', n.revision, 'sessionPlan', n.session_plan,
        'start', (SELECT min(r.established_on) FROM trellis.plan_revision AS r WHERE r.client_id = $1 AND r.plan_id = n.plan_id)) AS plan, (SELECT count(*) FROM read) AS told
      FROM trellis.client AS c LEFT JOIN newest AS n ON true WHERE c.id = $1 AND trellis.sees_chart(c.id)`,
    values: [clientId],
  };
}
