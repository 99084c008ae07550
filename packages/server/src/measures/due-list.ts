import { missedMeasureAlert } from "@trellis/domain/alerts/missed-measure";
import { IsoDate } from "@trellis/domain/calendar/date";
import { Client, calledName, legalName } from "@trellis/domain/client/client";
import { Attendance } from "@trellis/domain/course/session";
import { type DueMeasure, dueMeasures } from "@trellis/domain/measures/due";
import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { MeasureSchedule } from "@trellis/domain/plan/plan";
import type pg from "pg";
import { z } from "zod";
import { raiseInCharts } from "../alerts/raise-alerts.ts";
import { clientIdsOf, type WhoseClients } from "../chart/whose-clients.ts";
import type { Asker } from "../database/pool.ts";
import { hasEnded, isCompleted } from "../episode/discharged.ts";
import { MeasureRows, practiceMeasuresOf, practiceMeasuresQuery } from "./practice-measures.ts";

/** More lines than this help nobody through a week. */
export const mostLines = 500;

/** No older session decides what is due: one that was missed for longer is missed. */
const sessionDays = 120;

const DueRow = z.object({
  clientId: z.string(),
  record: z.unknown(),
  /** Their place in a list. */
  sortName: z.string(),
  isPracticeClient: z.boolean(),
  inForce: z.boolean(),
  schedule: z.array(MeasureSchedule),
  start: IsoDate,
  reviewDue: IsoDate.nullable(),
  /** The last day of therapy, where it is planned. */
  endsOn: IsoDate.nullable(),
  /** By measure, when and with what total it was last given. */
  last: z.record(z.string(), z.object({ date: IsoDate, total: z.number().nullable() })),
  sessions: z.array(z.object({ date: IsoDate, attendance: Attendance })),
  /** Keys of the alerts about missed measures that were raised already. */
  raised: z.array(z.string()),
  /** Measures made for this client alone. */
  own: MeasureRows.shape.own,
});

/**
 * What decides about what is due in every chart looked at, a row for each that has a plan with a schedule: the newest signed revision's, which holds from the
 * day on which it was signed, else the draft's.
 */
export function dueQuery(of: WhoseClients | "practice", today: IsoDate, timeZone: string): pg.QueryConfig {
  return {
    name: `due-${of}`,
    text: `WITH seen AS MATERIALIZED (${clientIdsOf[of]}),
      planned AS (
        SELECT s.client_id, r.client_id IS NOT NULL AS in_force,
          CASE WHEN r.client_id IS NOT NULL THEN r.measure_schedule ELSE d.schedule END AS schedule,
          CASE WHEN r.client_id IS NOT NULL THEN r.review_due ELSE d.review_due END AS review_due,
          CASE WHEN r.client_id IS NOT NULL THEN (r.signed_at AT TIME ZONE $2)::date ELSE d.start END AS start
        FROM seen AS s
        LEFT JOIN LATERAL (SELECT r.client_id, r.measure_schedule, r.review_due, r.signed_at FROM trellis.plan_revision AS r
          WHERE r.practice_id = (SELECT trellis.current_practice()) AND r.client_id = s.client_id
            AND NOT ${isCompleted("s.client_id", "r.signed_at")} AND NOT ${hasEnded("s.client_id")} ORDER BY r.signed_at DESC LIMIT 1) AS r ON true
        LEFT JOIN LATERAL (SELECT d.content -> 'measureSchedule' AS schedule, (d.content ->> 'reviewDue')::date AS review_due, (d.content ->> 'establishedOn')::date AS start
          FROM trellis.plan_draft AS d WHERE r.client_id IS NULL AND d.practice_id = (SELECT trellis.current_practice()) AND d.client_id = s.client_id
            AND NOT ${hasEnded("s.client_id")}
          ORDER BY d.updated_at DESC LIMIT 1) AS d ON true
      ),
      given AS (
        SELECT p.*, (SELECT coalesce(jsonb_object_agg(e.measure, jsonb_build_object('date', l.date, 'total', l.total)), '{}')
          FROM (SELECT DISTINCT entry ->> 'measure' AS measure FROM jsonb_array_elements(p.schedule) AS entry) AS e
          CROSS JOIN LATERAL (SELECT a.date, a.total FROM trellis.administration AS a
            WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.measure = e.measure AND a.client_id = p.client_id AND a.date <= $1::date AND a.error_reason IS NULL
            ORDER BY a.date DESC, a.entered_at DESC LIMIT 1) AS l) AS last
        FROM planned AS p WHERE jsonb_array_length(p.schedule) > 0
      )
      SELECT json_build_object(
        'clientId', p.client_id, 'record', c.record, 'sortName', c.sort_name, 'isPracticeClient', c.is_practice_client, 'inForce', p.in_force,
        'schedule', p.schedule, 'start', p.start, 'reviewDue', p.review_due,
        'endsOn', (SELECT e.content ->> 'plannedEnd' FROM trellis.episode AS e
          WHERE e.practice_id = (SELECT trellis.current_practice()) AND e.client_id = p.client_id AND e.ended_on IS NULL),
        'last', p.last,
        -- No row where nothing is planned at sessions, and none from before the last answer.
        'sessions', (SELECT coalesce(json_agg(json_build_object('date', s.date, 'attendance', s.attendance)), '[]') FROM trellis.session AS s
          WHERE s.practice_id = (SELECT trellis.current_practice()) AND s.client_id = p.client_id AND s.removed_at IS NULL AND s.date > $1::date - ${sessionDays}
            AND s.date >= (SELECT min(coalesce((p.last -> (entry ->> 'measure') ->> 'date')::date, p.start)) FROM jsonb_array_elements(p.schedule) AS entry
              WHERE entry ->> 'when' = 'every-session')),
        'raised', (SELECT coalesce(json_agg(a.key), '[]') FROM trellis.alert AS a
          WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.client_id = p.client_id AND a.kind = 'missed-measure'),
        'own', (SELECT coalesce(json_agg(json_build_object('measure', o.content, 'version', o.version, 'forClient', o.client_id, 'retired', o.retired_at IS NOT NULL)), '[]')
          FROM trellis.own_measure AS o WHERE o.practice_id = (SELECT trellis.current_practice()) AND o.client_id = p.client_id)
      ) AS row
      FROM given AS p JOIN trellis.client AS c ON c.practice_id = (SELECT trellis.current_practice()) AND c.id = p.client_id`,
    values: [today, timeZone],
  };
}

/** One measure that is due, as the screen shows it. */
export interface DueLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  /** By a plan that is signed; otherwise by a draft. */
  readonly inForce: boolean;
  readonly measure: string;
  readonly measureName: string;
  readonly state: Exclude<DueMeasure["state"], "done">;
  readonly dueOn: IsoDate;
  readonly why: string;
  /** The client can answer it: the words of its questions are there. */
  readonly canBeAnswered: boolean;
  readonly last: { readonly date: IsoDate; readonly total: number | null; readonly outOf: number; readonly band: string } | null;
}

/** A measure that is due in a chart, before it is put into words. */
interface OpenMeasure extends Pick<DueLine, "state" | "dueOn" | "why"> {
  readonly chart: z.infer<typeof DueRow>;
  readonly measure: Measure;
}

/**
 * What is due in the charts that the person asking sees, the most overdue first. While it is read, a measure that was missed by a plan in force raises its
 * alert, once. Nowhere else is that done: opening a chart raises nothing.
 */
export async function dueList(
  client: pg.PoolClient,
  asker: Asker,
  shipped: readonly Measure[],
  {
    of,
    seesAll,
    today,
    timeZone,
  }: { readonly of: WhoseClients; readonly seesAll: boolean; readonly today: IsoDate; readonly timeZone: string },
): Promise<{ readonly lines: DueLine[]; readonly more: boolean }> {
  const [practice, found] = await Promise.all([
    client.query<{ measures: unknown }>(practiceMeasuresQuery),
    client.query<{ row: unknown }>(dueQuery(of === "all" && seesAll ? "practice" : of, today, timeZone)),
  ]);
  const added = MeasureRows.parse(practice.rows[0]?.measures);
  const measures = new Map(practiceMeasuresOf(shipped, added).map((measure) => [measure.id, measure]));
  const retired = new Set(added.own.flatMap((own) => (own.retired ? [own.measure.id] : [])));
  const askedOnce = new Set([...measures.values()].flatMap(({ id, interval }) => (interval === null ? [id] : [])));
  const open: OpenMeasure[] = [];
  const missed: Parameters<typeof raiseInCharts>[2][number][] = [];
  for (const { row } of found.rows) {
    const chart = DueRow.parse(row);
    const own = new Map(chart.own.flatMap((entry) => (entry.retired ? [] : [[entry.measure.id, entry.measure] as const])));
    const measureOf = (id: string) => own.get(id) ?? (retired.has(id) ? undefined : measures.get(id));
    const due = dueMeasures({
      schedule: chart.schedule.filter(({ measure }) => measureOf(measure) !== undefined),
      start: chart.start,
      reviewDue: chart.reviewDue,
      endsOn: chart.endsOn,
      administrations: Object.entries(chart.last).map(([measure, { date }]) => ({ measure, date, status: "completed" })),
      sessions: chart.sessions,
      askedOnce,
      today,
    });
    for (const alert of chart.inForce ? due.flatMap((entry) => missedMeasureAlert(entry) ?? []) : [])
      if (!chart.raised.includes(alert.key)) missed.push({ clientId: chart.clientId, alert });
    for (const { state, dueOn, why, measure: id } of due) {
      const measure = measureOf(id);
      if (state !== "done" && dueOn !== null && measure !== undefined) open.push({ chart, state, dueOn, why, measure });
    }
  }
  await raiseInCharts(client, asker.practiceId, missed);
  const place = ({ chart, dueOn }: OpenMeasure) => `${dueOn} ${chart.sortName}`;
  open.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
  return { lines: open.slice(0, mostLines).map(lineOf), more: open.length > mostLines };
}

/** Only of what is shown: in a large practice, most of what is due is not. */
function lineOf({ chart, state, dueOn, why, measure }: OpenMeasure): DueLine {
  const record = Client.parse(chart.record);
  const last = chart.last[measure.id];
  return {
    clientId: chart.clientId,
    name: legalName(record),
    calledName: calledName(record),
    isPracticeClient: chart.isPracticeClient,
    inForce: chart.inForce,
    measure: measure.id,
    measureName: measure.name,
    state,
    dueOn,
    why,
    canBeAnswered: canBeAnswered(measure),
    last: last === undefined ? null : { ...last, outOf: measure.scoring.range[1], band: bandName(measure, last.total) },
  };
}

function bandName(measure: Measure, total: number | null): string {
  return scoreAdministration(measure, { answers: [], entered: { total, subscales: {} } }).band?.name ?? "";
}
