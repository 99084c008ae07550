import { createHash } from "node:crypto";
import { addDays, addWeeks, formatDate, type IsoDate } from "@trellis/domain/calendar/date";
import type { AppointmentDetail } from "@trellis/domain/schedule/appointment";
import { overlapping, type Slot } from "@trellis/domain/schedule/overlap";
import { Series } from "@trellis/domain/schedule/series";
import { datesOfSeries } from "@trellis/domain/schedule/series-dates";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { saveKept } from "../chart/save-kept.ts";
import { invalid, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext } from "../http/request-context.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";

/** A year in the date that was typed wrong is found by this. */
const mostWeeksAhead = 156;

/** An id of its own for each client of a group, the same however often the group is sent. */
export function idWithin(groupId: string, clientId: string): string {
  const hex = createHash("sha256").update(`${groupId} ${clientId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Throws unless sessions may be planned with this member: somebody who treats and is still there. */
export async function refuseOtherClinician(client: pg.PoolClient, pointer: string, clinicianId: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM trellis.member WHERE id = $1 AND active AND roles && ARRAY['owner', 'clinician', 'supervisor']",
    [clinicianId],
  );
  if (rowCount === 0) throw invalid([{ pointer, message: "Choose somebody of this practice who treats clients." }]);
}

/** What has to be true of a day on which a session is planned. */
export interface DayOfSession {
  readonly clientId: string;
  readonly birthDate: IsoDate;
  readonly date: IsoDate;
  /** Somebody has said that a session before the plan is meant, such as one of the assessment. */
  readonly beforePlan: boolean;
  readonly pointer: string;
}

/** Throws where a session cannot be on this day, or where it would be before the plan began and nobody has said that this is meant. */
export async function refuseDay(
  { now }: Pick<Trellis, "now">,
  client: pg.PoolClient,
  context: RequestContext,
  { clientId, birthDate, date, beforePlan, pointer }: DayOfSession,
): Promise<void> {
  const refuse = (message: string) => invalid([{ pointer, message }]);
  if (date < birthDate) throw refuse("On this date the client was not born yet. Check the year.");
  const latest = addWeeks(todayIn(context.get("signedIn").practice.timeZone, now()), mostWeeksAhead);
  if (date > latest) throw refuse("This is more than three years ahead. Check the year.");
  if (beforePlan) return;
  const start = await startOfPlan(client, clientId);
  if (start !== null && date < start)
    throw new Problem(
      422,
      "Please check what you entered",
      `The plan begins on ${formatDate(start)}. If a session before that is meant, as one of the assessment, say so and save again.`,
      {
        planStart: start,
        errors: [{ pointer, message: `This is before the plan begins, ${formatDate(start)}.` }],
      },
    );
}

/** The day on which the plan that is in force first came into being; `null` without a signed plan. */
export async function startOfPlan(client: pg.PoolClient, clientId: string): Promise<IsoDate | null> {
  const { rows } = await client.query<{ start: IsoDate | null }>(
    `SELECT min(r.established_on) AS start FROM trellis.plan_revision AS r
     WHERE r.client_id = $1 AND r.plan_id = (SELECT n.plan_id FROM trellis.plan_revision AS n WHERE n.client_id = $1 ORDER BY n.signed_at DESC LIMIT 1)`,
    [clientId],
  );
  return rows[0]?.start ?? null;
}

/** An hour of the same clinician's that goes on while another does. Not whose it is: that may be somebody else's client. */
export interface Overlap {
  readonly date: IsoDate;
  readonly startTime: string;
}

/** Where these appointments overlap with others of their clinician, as far as the person asking sees them. It is told and nothing is forbidden. */
export async function overlapsOf(client: pg.PoolClient, context: RequestContext, slots: readonly Slot[]): Promise<readonly Overlap[]> {
  const { timeZone } = context.get("signedIn").practice;
  const [first] = slots;
  if (first === undefined) return [];
  const dates = [...new Set(slots.flatMap(({ date }) => [addDays(date, -1), date, addDays(date, 1)]))];
  const { rows } = await client.query<Slot>(
    `SELECT a.id, a.date, to_char(a.start_time, 'HH24:MI') AS "startTime", (a.content ->> 'minutes')::int AS minutes, a.clinician_id AS "clinicianId", a.group_id AS "groupId"
     FROM trellis.appointment AS a
     WHERE a.clinician_id = $1 AND a.date = ANY ($2) AND a.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM trellis.session AS s WHERE s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL AND s.attendance = 'cancelled')
     ORDER BY a.date, a.start_time`,
    [first.clinicianId, dates],
  );
  const found = new Map<string, Overlap>();
  for (const slot of slots)
    for (const { date, startTime } of overlapping(slot, rows, timeZone)) found.set(`${date} ${startTime}`, { date, startTime });
  return [...found.values()];
}

/** A new appointment of a client. */
export interface NewAppointment {
  readonly id: string;
  readonly date: IsoDate;
  readonly startTime: string;
  readonly clinicianId: string;
  readonly seriesId: string | null;
  readonly groupId: string | null;
  readonly detail: AppointmentDetail;
}

/** Adds appointments; those that are there already, from an answer that got lost, stay as they are. Throws where an id is something else's. */
export async function addAppointments(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  appointments: readonly NewAppointment[],
): Promise<readonly Slot[]> {
  const { practiceId, memberId } = askerOf(context);
  const ids = appointments.map(({ id }) => id);
  await client.query(
    `INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, series_id, group_id, content, saved_by)
     SELECT $1, $2, n.id, n.date, n.start_time, n.clinician_id, n.series_id, n.group_id, n.content, $3
     FROM jsonb_to_recordset($4) AS n (id uuid, date date, start_time time, clinician_id uuid, series_id uuid, group_id uuid, content jsonb)
     ON CONFLICT DO NOTHING`,
    [
      practiceId,
      clientId,
      memberId,
      JSON.stringify(
        appointments.map(({ id, date, startTime, clinicianId, seriesId, groupId, detail }) => ({
          id,
          date,
          start_time: startTime,
          clinician_id: clinicianId,
          series_id: seriesId,
          group_id: groupId,
          content: detail,
        })),
      ),
    ],
  );
  const { rowCount } = await client.query("SELECT 1 FROM trellis.appointment WHERE client_id = $1 AND id = ANY ($2)", [clientId, ids]);
  if (rowCount !== new Set(ids).size) throw invalid([{ pointer: "", message: "Something else has this id. Reload the page." }]);
  return appointments.map(({ id, date, startTime, clinicianId, groupId, detail }) => ({
    id,
    date,
    startTime,
    clinicianId,
    groupId,
    minutes: detail.minutes,
  }));
}

/** A series and the ids of its appointments, one for each of its days in order. */
export interface NewSeries {
  readonly id: string;
  readonly series: Series;
  readonly appointmentIds: readonly string[];
  readonly groupIds: readonly string[] | null;
}

/** Adds a series with its appointments, within `writeChart` or a transaction of its own. */
export async function addSeries(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  { id, series, appointmentIds, groupIds }: NewSeries,
): Promise<{ readonly slots: readonly Slot[] } | Problem> {
  const dates = datesOfSeries(series);
  if (appointmentIds.length !== dates.length || new Set(appointmentIds).size !== dates.length)
    throw invalid([{ pointer: "/appointmentIds", message: `The series has ${dates.length} sessions. Reload the page and plan it again.` }]);
  const saved = await saveKept(client, context, {
    table: "session_series",
    schema: Series,
    clientId,
    id,
    version: 0,
    content: series,
    action: "series.save",
    what: "this series",
  });
  if (saved instanceof Problem) return saved;
  const slots = await addAppointments(
    client,
    context,
    clientId,
    dates.map((date, index) => ({
      id: appointmentIds[index] ?? "",
      date,
      startTime: series.startTime,
      clinicianId: series.clinicianId,
      seriesId: id,
      groupId: groupIds?.[index] ?? null,
      detail: series.detail,
    })),
  );
  return { slots };
}

/**
 * Takes the appointments of a series from this day on out of the calendar, as far as nothing is recorded of them. Returns how many.
 */
export async function removeRest(
  client: pg.PoolClient,
  context: RequestContext,
  clientId: string,
  seriesId: string,
  from: IsoDate,
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE trellis.appointment AS a SET removed_at = now(), version = a.version + 1, saved_at = now(), saved_by = $4
     WHERE a.client_id = $1 AND a.series_id = $2 AND a.date >= $3 AND a.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM trellis.session AS s WHERE s.practice_id = a.practice_id AND s.id = a.id AND s.removed_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM trellis.note AS n WHERE n.practice_id = a.practice_id AND n.session_id = a.id AND n.removed_at IS NULL)`,
    [clientId, seriesId, from, askerOf(context).memberId],
  );
  if ((rowCount ?? 0) > 0) await client.query(auditEntry("schedule.remove", clientId, seriesId, { from, sessions: rowCount ?? 0 }));
  return rowCount ?? 0;
}

/** Throws where the clinician, the first or the last day of a series cannot be. */
export async function refuseSeries(
  trellis: Pick<Trellis, "now">,
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
