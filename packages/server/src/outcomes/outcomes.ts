import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import { daysToDropOut, type OutcomeGrouping, type OutcomeQuestion } from "@trellis/domain/outcomes/outcome-report";
import type pg from "pg";

/**
 * What each client of a course belongs to: one row for each client and group. A client with two problems stands in both groups; the line of all
 * clients counts each once.
 */
const groupings: Record<OutcomeGrouping, string> = {
  none: "SELECT NULL::uuid AS client_id, NULL::text AS name WHERE false",
  clinician:
    "SELECT t.client_id, t.member_id::text AS name FROM trellis.care_team AS t WHERE t.practice_id = (SELECT trellis.current_practice()) AND t.role = 'primary'",
  problem:
    "SELECT DISTINCT r.client_id, c.name FROM newest AS r CROSS JOIN LATERAL jsonb_array_elements_text(r.chapters) AS c (name) WHERE c.name IS NOT NULL",
  approach:
    "SELECT DISTINCT r.client_id, c.name FROM newest AS r CROSS JOIN LATERAL jsonb_array_elements_text(r.approaches) AS c (name) WHERE c.name IS NOT NULL",
  month: "SELECT c.client_id, to_char(c.began, 'YYYY-MM') AS name FROM course AS c",
};

/** Added up over the courses of a group. */
const sums = `count(*)::int AS started,
  count(*) FILTER (WHERE compared)::int AS compared,
  CASE WHEN $5::float8 IS NULL THEN NULL ELSE count(*) FILTER (WHERE compared AND case_first)::int END AS "casesAtStart",
  CASE WHEN $4::float8 IS NULL THEN NULL ELSE count(*) FILTER (WHERE compared AND better >= $4)::int END AS improved,
  CASE WHEN $4::float8 IS NULL OR $5::float8 IS NULL THEN NULL ELSE count(*) FILTER (WHERE compared AND better >= $4 AND case_first AND NOT case_last)::int END AS recovered,
  CASE WHEN $4::float8 IS NULL THEN NULL ELSE count(*) FILTER (WHERE compared AND -better >= $4)::int END AS deteriorated,
  count(*) FILTER (WHERE dropped_out)::int AS "droppedOut",
  avg(first) AS "meanStart",
  avg(first) FILTER (WHERE compared) AS "meanFirst",
  avg(last) FILTER (WHERE compared) AS "meanLast",
  stddev_samp(first) FILTER (WHERE compared) AS "sdFirst",
  avg(better) FILTER (WHERE compared) AS "meanChange",
  stddev_samp(better) FILTER (WHERE compared) AS "sdChange"`;

/**
 * One statement that adds up the courses of a measure, group by group and, in the row with `whole`, all of them.
 *
 * A course is what there is of a client's scores on the measure, from the first one, which has to lie in the period, to the last one until its end.
 * Entries in error, entries without a total and the practice client do not count. Whose charts are seen is decided by row-level security.
 *
 * Perhaps dropped out, as of today, for nothing records yet that a therapy ended: a plan was signed, no session took place and no score of any measure came in
 * the last 60 days, and the last session that was recorded was missed or cancelled, or none was recorded; and the last score is no recovery.
 */
export function outcomesQuery(measure: Measure, { from, to, by }: Omit<OutcomeQuestion, "measure">, today: IsoDate): pg.QueryConfig {
  return {
    text: `WITH scores AS (
      SELECT a.client_id, min(a.date) AS began, max(a.date) AS latest, count(*) AS scores, array_agg(a.total ORDER BY a.date, a.entered_at, a.id) AS totals
      FROM trellis.administration AS a
      WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.measure = $1 AND a.error_reason IS NULL AND a.total IS NOT NULL AND a.date <= $3
      GROUP BY a.client_id
    ), known AS MATERIALIZED (
      SELECT s.client_id, s.began, s.latest, s.scores >= 2 AS compared, s.totals[1] AS first, s.totals[array_upper(s.totals, 1)] AS last
      FROM scores AS s JOIN trellis.client AS c ON c.id = s.client_id
      WHERE c.practice_id = (SELECT trellis.current_practice()) AND NOT c.is_practice_client
    ), course AS (
      SELECT k.*, CASE WHEN $6 THEN k.first - k.last ELSE k.last - k.first END AS better,
        CASE WHEN $6 THEN k.first >= $5 ELSE k.first < $5 END AS case_first, CASE WHEN $6 THEN k.last >= $5 ELSE k.last < $5 END AS case_last
      FROM known AS k WHERE k.began >= $2
    ), newest AS MATERIALIZED (
      SELECT DISTINCT ON (r.client_id) r.client_id, r.chapters, r.approaches FROM trellis.plan_revision AS r
      WHERE r.practice_id = (SELECT trellis.current_practice()) ORDER BY r.client_id, r.signed_at DESC
    ), visits AS MATERIALIZED (
      SELECT s.client_id, (array_agg(s.attendance ORDER BY s.date DESC, s.recorded_at DESC))[1] AS latest,
        bool_or(s.date >= $7 AND s.attendance IN ('attended', 'late')) AS lately
      FROM trellis.session AS s WHERE s.practice_id = (SELECT trellis.current_practice()) AND s.removed_at IS NULL GROUP BY s.client_id
    ), gone AS MATERIALIZED (
      SELECT c.client_id FROM course AS c JOIN newest AS r ON r.client_id = c.client_id LEFT JOIN visits AS v ON v.client_id = c.client_id
      WHERE c.latest < $7 AND NOT (c.compared AND coalesce(c.better >= $4 AND c.case_first AND NOT c.case_last, false))
        AND (v.client_id IS NULL OR (v.latest IN ('missed', 'cancelled') AND NOT v.lately))
        AND NOT EXISTS (SELECT 1 FROM trellis.administration AS a WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.client_id = c.client_id
          AND a.date >= $7 AND a.error_reason IS NULL)
    ), told AS MATERIALIZED (
      SELECT c.*, g.client_id IS NOT NULL AS dropped_out FROM course AS c LEFT JOIN gone AS g ON g.client_id = c.client_id
    ), belonging AS (${groupings[by]})
    SELECT true AS whole, (SELECT count(*) FROM known AS k WHERE k.began < $2 AND k.latest >= $2)::int AS "beganBefore", NULL AS "group", ${sums} FROM told
    ${by === "none" ? "" : `UNION ALL SELECT false AS whole, 0 AS "beganBefore", b.name AS "group", ${sums} FROM told LEFT JOIN belonging AS b ON b.client_id = told.client_id GROUP BY b.name`}`,
    values: [
      measure.id,
      from,
      to,
      measure.reliableChange?.points ?? null,
      measure.cutoff?.atLeast ?? null,
      measure.scoring.higherIs === "worse",
      addDays(today, -daysToDropOut),
    ],
  };
}

/** For the transaction of a report: sorts and groups of many clients stay in memory, where they are otherwise written out and read in again. */
export const memoryForReport: pg.QueryConfig = { text: "SET LOCAL work_mem = '64MB'" };
