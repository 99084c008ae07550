import { alertKinds } from "@trellis/domain/alerts/alert";
import { IsoDate } from "@trellis/domain/calendar/date";
import { Client } from "@trellis/domain/client/client";
import type { ClientRecord } from "@trellis/domain/client/client-record";
import { CourseEvent } from "@trellis/domain/course/course-event";
import { Attendance } from "@trellis/domain/course/session";
import { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";
import { Intake, type IntakeSection, intakeSections } from "@trellis/domain/intake/intake";
import { answeredAfter } from "@trellis/domain/intake/risk-follow-up";
import { type Library, libraryWith } from "@trellis/domain/library/library";
import { Administration } from "@trellis/domain/measures/administration";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { MeasureSchedule } from "@trellis/domain/plan/plan";
import type pg from "pg";
import { z } from "zod";
import { isCompleted } from "../episode/discharged.ts";
import { MeasureRows, measureRowsSql, practiceMeasuresOf } from "../measures/practice-measures.ts";

const Instant = z.string();

/** The rows of a chart as the database hands them over, in one value. */
const ChartRows = z.object({
  id: z.string(),
  version: z.number(),
  isPracticeClient: z.boolean(),
  client: Client,
  intake: z.record(z.string(), z.object({ content: z.unknown(), version: z.number(), savedAt: Instant, savedBy: z.string() })),
  diagnoses: z.array(z.object({ content: Diagnosis, version: z.number() })),
  administrations: z.array(
    z.object({
      content: Administration,
      version: z.number(),
      enteredAt: Instant,
      enteredBy: z.string().nullable(),
      errorReason: z.string().nullable(),
    }),
  ),
  plans: z.array(
    z.object({
      id: z.string(),
      revision: z.number(),
      /** `completed`: the episode of care that it belongs to has ended. */
      status: z.enum(["draft", "active", "revoked", "completed"]),
      state: z.enum(["draft", "signing", "awaiting-co-signature", "signed"]),
      establishedOn: z.string(),
      reviewDue: z.string().nullable(),
      signedAt: z.string().nullable(),
      /** Which measures it gives when; of a draft, and of a revision in force. */
      schedule: z.array(MeasureSchedule).nullable(),
    }),
  ),
  /** The newest episode of care; `null` for the first one, until something is said of it. */
  episode: z.object({ number: z.number(), openedOn: IsoDate, endedOn: IsoDate.nullable(), plannedEnd: IsoDate.nullable() }).nullable(),
  careTeam: z.array(z.object({ memberId: z.string(), name: z.string(), role: z.string(), until: z.string().nullable() })),
  measures: MeasureRows,
  sessions: z.array(z.object({ id: z.string(), date: IsoDate, attendance: Attendance, version: z.number() })),
  events: z.array(CourseEvent),
  /** Those that nobody has acknowledged yet. */
  alerts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(alertKinds),
      measure: z.string().nullable(),
      administrationId: z.string().nullable(),
      detail: z.object({
        words: z.string(),
        rule: z.string().optional(),
        source: z.string().optional(),
        items: z.array(z.number()).optional(),
        date: z.string().optional(),
      }),
      raisedAt: Instant,
    }),
  ),
  /** Entries whose alerts about risk somebody has acted on. */
  riskAcknowledged: z.array(z.string()),
});
export type ChartRows = z.infer<typeof ChartRows>;

/** Everything of one client's chart in one query. No row where the chart is closed to the person asking. */
export function chartQuery(clientId: string): pg.QueryConfig {
  return {
    name: "chart",
    text: `SELECT json_build_object(
      'id', c.id, 'version', c.version, 'isPracticeClient', c.is_practice_client, 'client', c.record,
      'intake', (SELECT coalesce(json_object_agg(s.section, json_build_object('content', s.content, 'version', s.version, 'savedAt', s.saved_at, 'savedBy', coalesce(m.name, ''))), '{}')
        FROM trellis.intake_section AS s LEFT JOIN trellis.member AS m ON m.practice_id = s.practice_id AND m.id = s.saved_by WHERE s.practice_id = c.practice_id AND s.client_id = c.id),
      'diagnoses', (SELECT coalesce(json_agg(json_build_object('content', d.content, 'version', d.version) ORDER BY d.content->>'rank' DESC, d.created_at, d.id), '[]')
        FROM trellis.diagnosis AS d WHERE d.practice_id = c.practice_id AND d.client_id = c.id),
      'administrations', (SELECT coalesce(json_agg(json_build_object('content', a.content, 'version', a.version, 'enteredAt', a.entered_at, 'enteredBy', CASE WHEN a.entered_by IS NULL THEN NULL ELSE coalesce(m.name, '') END, 'errorReason', a.error_reason) ORDER BY a.date, a.entered_at, a.id), '[]')
        FROM trellis.administration AS a LEFT JOIN trellis.member AS m ON m.practice_id = a.practice_id AND m.id = a.entered_by WHERE a.practice_id = c.practice_id AND a.client_id = c.id),
      'plans', (SELECT coalesce(json_agg(p ORDER BY p."createdAt" DESC, p.revision DESC), '[]') FROM (
          SELECT d.plan_id AS id, d.revision, 'draft' AS status, d.state, d.content->>'establishedOn' AS "establishedOn", d.content->>'reviewDue' AS "reviewDue", NULL::timestamptz AS "signedAt", d.content->'measureSchedule' AS schedule, n.created_at AS "createdAt"
          FROM trellis.plan_draft AS d JOIN trellis.plan AS n ON n.practice_id = d.practice_id AND n.id = d.plan_id WHERE d.practice_id = c.practice_id AND d.client_id = c.id
          UNION ALL
          SELECT r.plan_id, r.revision, CASE WHEN EXISTS (SELECT 1 FROM trellis.plan_revision AS l WHERE l.practice_id = r.practice_id AND l.plan_id = r.plan_id AND l.revision > r.revision) THEN 'revoked' WHEN ${isCompleted("r.client_id", "r.signed_at")} THEN 'completed' ELSE 'active' END,
            'signed', r.established_on::text, r.review_due::text, r.signed_at,
            CASE WHEN EXISTS (SELECT 1 FROM trellis.plan_revision AS l WHERE l.practice_id = r.practice_id AND l.plan_id = r.plan_id AND l.revision > r.revision) OR ${isCompleted("r.client_id", "r.signed_at")} THEN NULL ELSE r.measure_schedule END, n.created_at
          FROM trellis.plan_revision AS r JOIN trellis.plan AS n ON n.practice_id = r.practice_id AND n.id = r.plan_id WHERE r.practice_id = c.practice_id AND r.client_id = c.id
        ) AS p),
      'episode', (SELECT json_build_object('number', e.number, 'openedOn', e.opened_on, 'endedOn', e.ended_on, 'plannedEnd', e.content->>'plannedEnd')
        FROM trellis.episode AS e WHERE e.practice_id = c.practice_id AND e.client_id = c.id ORDER BY e.number DESC LIMIT 1),
      'careTeam', (SELECT coalesce(json_agg(json_build_object('memberId', t.member_id, 'name', m.name, 'role', t.role, 'until', t.until) ORDER BY t.role DESC, m.name), '[]')
        FROM trellis.care_team AS t JOIN trellis.member AS m ON m.practice_id = t.practice_id AND m.id = t.member_id
        WHERE t.practice_id = c.practice_id AND t.client_id = c.id AND (t.until IS NULL OR t.until > now())),
      'measures', ${measureRowsSql("c.id")},
      'sessions', (SELECT coalesce(json_agg(json_build_object('id', s.id, 'date', s.date, 'attendance', s.attendance, 'version', s.version) ORDER BY s.date, s.recorded_at), '[]')
        FROM trellis.session AS s WHERE s.practice_id = c.practice_id AND s.client_id = c.id AND s.removed_at IS NULL),
      'events', (SELECT coalesce(json_agg(e.content || jsonb_build_object('id', e.id, 'date', e.date) ORDER BY e.date, e.recorded_at), '[]')
        FROM trellis.course_event AS e WHERE e.practice_id = c.practice_id AND e.client_id = c.id AND e.removed_at IS NULL),
      'alerts', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'kind', a.kind, 'measure', a.measure, 'administrationId', a.administration_id, 'detail', a.detail, 'raisedAt', a.raised_at) ORDER BY a.raised_at), '[]')
        FROM trellis.alert AS a WHERE a.practice_id = c.practice_id AND a.client_id = c.id AND a.acknowledged_at IS NULL),
      'riskAcknowledged', (SELECT coalesce(json_agg(DISTINCT a.administration_id), '[]') FROM trellis.alert AS a
        WHERE a.practice_id = c.practice_id AND a.client_id = c.id AND a.acknowledged_at IS NOT NULL AND a.administration_id IS NOT NULL AND a.kind LIKE 'risk-%')
    ) AS chart FROM trellis.client AS c WHERE c.id = $1 AND trellis.sees_chart(c.id)`,
    values: [clientId],
  };
}

/** Parses what `chartQuery` gave; `null` without a row. */
export function parseChart(rows: readonly Record<string, unknown>[]): ChartRows | null {
  return rows[0] === undefined ? null : ChartRows.parse(rows[0].chart);
}

/** A section's content with every field filled in, whatever was stored when the section had fewer. */
function sectionContent<S extends IntakeSection>(section: S, content: unknown): Intake[S] {
  return intakeSections[section].parse(content) as Intake[S];
}

const isSection = (key: string): key is IntakeSection => Object.hasOwn(intakeSections, key);

/** The library with the measures as this chart's practice uses them, and those made for this client. */
export function libraryOfChart(chart: ChartRows, library: Library): Library {
  return libraryWith(library, practiceMeasuresOf(library.measures, chart.measures));
}

/** The chart for the screen. */
export function chartAnswer(chart: ChartRows, shipped: Library) {
  const library = libraryOfChart(chart, shipped);
  return {
    ...chart,
    intake: Object.fromEntries(
      Object.entries(chart.intake).flatMap(([key, saved]) =>
        isSection(key) ? [[key, { ...saved, content: sectionContent(key, saved.content) }]] : [],
      ),
    ),
    diagnoses: chart.diagnoses.map(({ content, version }) => ({ ...content, version })),
    administrations: chart.administrations.flatMap(({ content, version, enteredAt, enteredBy, errorReason }) => {
      const measure = library.measureById.get(content.measure);
      if (!measure) return [];
      const status = errorReason === null ? content.status : ("entered-in-error" as const);
      return [{ ...content, status, version, enteredAt, enteredBy, errorReason, score: scoreAdministration(measure, content) }];
    }),
  };
}

/** The chart as the drafting engine and the findings take it. */
export function clientRecord(chart: ChartRows): ClientRecord {
  return {
    client: chart.client,
    intake: Intake.parse(
      Object.fromEntries(Object.entries(chart.intake).flatMap(([key, { content }]) => (isSection(key) ? [[key, content]] : []))),
    ),
    diagnoses: chart.diagnoses.map(({ content }) => content),
    administrations: chart.administrations.map(({ content, errorReason }) =>
      errorReason === null ? content : { ...content, status: "entered-in-error" as const },
    ),
    answeredAfterRisk: answeredAfter(
      chart.intake.risk?.savedAt,
      chart.administrations.map(({ content, enteredAt }) => ({ id: content.id, enteredAt })),
    ),
  };
}
