import type { SessionRecord } from "@trellis/domain/course/session";
import { type Expectation, noExpectation } from "@trellis/domain/measures/expected-course";
import { ExpectedCourse } from "@trellis/domain/measures/measure-setting";
import type pg from "pg";

/** What a client's course on one measure is held against: the practice's own table, where it has one, and the sessions that took place. */
export async function expectationOf(client: pg.PoolClient, clientId: string, measure: string): Promise<Expectation> {
  const { rows } = await client.query<{ table: unknown; sessions: Pick<SessionRecord, "date" | "attendance">[] }>({
    name: "expectation",
    text: `SELECT (SELECT g.content -> 'expectedCourse' FROM trellis.measure_setting AS g WHERE g.measure = $2) AS table,
      (SELECT coalesce(json_agg(json_build_object('date', s.date, 'attendance', s.attendance)), '[]')
       FROM trellis.session AS s WHERE s.client_id = $1 AND s.removed_at IS NULL) AS sessions`,
    values: [clientId, measure],
  });
  const found = rows[0];
  if (found === undefined) return noExpectation;
  return { expectedCourse: ExpectedCourse.nullish().parse(found.table) ?? null, sessions: found.sessions };
}
