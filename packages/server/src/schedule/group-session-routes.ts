import type { Series } from "@trellis/domain/schedule/series";
import { datesOfSeries } from "@trellis/domain/schedule/series-dates";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import type { Trellis } from "../trellis.ts";
import { appointmentIds, beforePlan, NewSeries, when } from "./schedule-entry.ts";
import { addAppointments, addSeries, idWithin, overlapsOf, refuseDay, refuseOtherClinician, refuseSeries } from "./store-appointments.ts";

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

/** Sessions of several clients at once. */
export function groupSessionRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

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
  return routes;
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
