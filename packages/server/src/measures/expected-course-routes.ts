import type { SessionRecord } from "@trellis/domain/course/session";
import { expectedCourseFaults, expectedCourseFrom, type PastCourse } from "@trellis/domain/measures/expected-course";
import { hasTotal, type Measure } from "@trellis/domain/measures/measure";
import { ExpectedCourse } from "@trellis/domain/measures/measure-setting";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { body, conflict, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { MeasureRows, practiceMeasuresOf, practiceMeasuresQuery } from "./practice-measures.ts";

const Saved = z.strictObject({ version: Version, expectedCourse: ExpectedCourse.nullable() });

/** So many faults of one table are told. */
const mostFaults = 20;

/** The expected course that a practice loads for a measure, or has worked out of its own courses. */
export function expectedCourseRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  const path = "/measure-settings/:measure/expected-course";

  /** The measure that the address names, as the practice uses it. Throws where there is none. */
  async function measureAt(client: pg.PoolClient, context: RequestContext): Promise<Measure> {
    const { rows } = await client.query<{ measures: unknown }>(practiceMeasuresQuery);
    const known = practiceMeasuresOf(trellis.library.measures, MeasureRows.parse(rows[0]?.measures));
    const measure = known.find(({ id }) => id === context.req.param("measure"));
    if (measure === undefined) throw notFound();
    return measure;
  }

  routes.get(path, signedIn, async (context) => {
    needClinicalRole(context);
    const answer = await withPractice(trellis.app, askerOf(context), async (client) => {
      const measure = await measureAt(client, context);
      return { measure, ...(await current(client, measure.id)) };
    });
    return context.json(answer);
  });

  routes.put(path, signedIn, async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice can change what courses are held against.");
    const { version, expectedCourse } = await body(context, Saved);
    const asker = askerOf(context);
    const saved = await withPractice(trellis.app, asker, async (client) => {
      const measure = await measureAt(client, context);
      if (expectedCourse !== null) {
        if (!hasTotal(measure))
          throw invalid([{ pointer: "/expectedCourse", message: `The ${measure.name} has no total that could be followed.` }]);
        const faults = expectedCourseFaults(measure, expectedCourse);
        if (faults.length > 0)
          throw invalid(faults.slice(0, mostFaults).map(({ index, message }) => ({ pointer: `/expectedCourse/points/${index}`, message })));
      }
      const content = JSON.stringify(expectedCourse);
      // Only this part of the setting changes: wording and norms stay as they are.
      const { rows } = await client.query<{ version: number }>(
        version === 0
          ? `INSERT INTO trellis.measure_setting (practice_id, measure, content, saved_by) VALUES ($1, $2, jsonb_build_object('expectedCourse', $3::jsonb), $4)
             ON CONFLICT DO NOTHING RETURNING version`
          : `UPDATE trellis.measure_setting SET content = content || jsonb_build_object('expectedCourse', $3::jsonb), version = version + 1, saved_at = now(), saved_by = $4
             WHERE practice_id = $1 AND measure = $2 AND version = $5 RETURNING version`,
        [asker.practiceId, measure.id, content, asker.memberId, ...(version === 0 ? [] : [version])],
      );
      if (rows[0] === undefined) {
        const now = await current(client, measure.id);
        // Sent again after an answer that got lost: the same is no fault.
        const same = await client.query(
          "SELECT 1 FROM trellis.measure_setting WHERE measure = $1 AND version = $2 AND content -> 'expectedCourse' = $3::jsonb",
          [measure.id, version + 1, content],
        );
        if (same.rowCount === 1) return now;
        throw conflict("Somebody changed the settings of this measure meanwhile. Look at them again.", now);
      }
      await client.query(
        auditEntry("measure-setting.save", null, measure.id, {
          part: "expected-course",
          from: expectedCourse?.from ?? "none",
          lines: expectedCourse?.points.length ?? 0,
        }),
      );
      return { expectedCourse, version: rows[0].version };
    });
    return context.json(saved);
  });

  /** What the practice's own courses come to. Medians, bounds and counts; nothing of any one client. */
  routes.get(`${path}/offer`, signedIn, async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice sees what all courses come to.");
    const today = todayIn(context.get("signedIn").practice.timeZone, trellis.now());
    const offer = await withPractice(trellis.app, askerOf(context), async (client) => {
      const measure = await measureAt(client, context);
      const found = expectedCourseFrom(await pastCourses(client, measure.id), measure, today);
      await client.query(auditEntry("expected-course.offer", null, measure.id, { courses: found.courses }));
      return found;
    });
    return context.json(offer);
  });
  return routes;
}

async function current(client: pg.PoolClient, measure: string): Promise<{ expectedCourse: ExpectedCourse | null; version: number }> {
  const { rows } = await client.query<{ table: unknown; version: number }>(
    "SELECT content -> 'expectedCourse' AS table, version FROM trellis.measure_setting WHERE measure = $1",
    [measure],
  );
  return { expectedCourse: ExpectedCourse.nullish().parse(rows[0]?.table) ?? null, version: rows[0]?.version ?? 0 };
}

/** All courses of the practice on one measure; those of practice clients are no courses. */
async function pastCourses(client: pg.PoolClient, measure: string): Promise<PastCourse[]> {
  const scores = await client.query<{ client: string; date: string; total: number }>(
    `SELECT a.client_id AS client, a.date, a.total FROM trellis.administration AS a JOIN trellis.client AS c ON c.practice_id = a.practice_id AND c.id = a.client_id
     WHERE a.measure = $1 AND a.error_reason IS NULL AND a.total IS NOT NULL AND NOT c.is_practice_client ORDER BY a.client_id, a.date, a.entered_at, a.id`,
    [measure],
  );
  const sessions = await client.query<{ client: string; date: string; attendance: SessionRecord["attendance"] }>(
    `SELECT s.client_id AS client, s.date, s.attendance FROM trellis.session AS s
     WHERE s.removed_at IS NULL AND EXISTS (SELECT 1 FROM trellis.administration AS a WHERE a.practice_id = s.practice_id AND a.client_id = s.client_id AND a.measure = $1)`,
    [measure],
  );
  const sessionsOf = Map.groupBy(sessions.rows, (session) => session.client);
  return [...Map.groupBy(scores.rows, (score) => score.client)].map(([id, ofClient]) => ({
    scores: ofClient,
    sessions: sessionsOf.get(id) ?? [],
  }));
}
