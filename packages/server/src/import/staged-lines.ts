import { randomUUID } from "node:crypto";
import { ClientsToMatch, checkLine, type FittingLine, MeasuresToMatch } from "@trellis/domain/import/check-line";
import type { ImportLine, LineFault } from "@trellis/domain/import/import-line";
import type { Measure } from "@trellis/domain/measures/measure";
import type pg from "pg";
import type { Asker } from "../database/pool.ts";

/** The clients that lines may be about, of those whom the person asking treats: by record number, and by date of birth. */
async function candidates(client: pg.PoolClient, lines: readonly ImportLine[]): Promise<ClientsToMatch> {
  const numbers = [...new Set(lines.flatMap(({ recordNumber }) => (recordNumber === "" ? [] : [recordNumber.trim().toLowerCase()])))];
  const birthDates = [
    ...new Set(lines.flatMap(({ recordNumber, birthDate }) => (recordNumber === "" && birthDate !== null ? [birthDate] : []))),
  ];
  const { rows } = await client.query<{
    id: string;
    recordNumber: string;
    given: string;
    family: string;
    chosen: string;
    birthDate: string;
  }>({
    name: "import-clients",
    text: `SELECT c.id, coalesce(c.record ->> 'recordNumber', '') AS "recordNumber", c.record -> 'name' ->> 'given' AS given,
        c.record -> 'name' ->> 'family' AS family, coalesce(c.record -> 'name' ->> 'chosen', '') AS chosen, c.record ->> 'birthDate' AS "birthDate"
      FROM trellis.client AS c
      WHERE (lower(btrim(c.record ->> 'recordNumber')) = ANY ($1) OR c.record ->> 'birthDate' = ANY ($2))
        AND ((SELECT trellis.access()) = 'all' OR trellis.sees_chart(c.id))`,
    values: [numbers, birthDates],
  });
  return new ClientsToMatch(rows);
}

/**
 * Checks lines of a file and lays them by, until all of the file is taken over. Sent again, a line takes its own place.
 *
 * @returns what is wrong with them.
 */
export async function stageLines(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  importId: string,
  lines: readonly ImportLine[],
  measures: readonly Measure[],
  today: string,
): Promise<LineFault[]> {
  const known = { clients: await candidates(client, lines), measures: new MeasuresToMatch(measures), today };
  const faults: LineFault[] = [];
  const fitting: (FittingLine | null)[] = lines.map((line) => {
    const checked = checkLine(line, known);
    if (!("kind" in checked)) return checked;
    faults.push(checked);
    return null;
  });
  const ids = fitting.map((line) => (line === null ? null : randomUUID()));
  const columns = [
    lines.map(({ line }) => line),
    fitting.map((line) => line === null),
    fitting.map((line) => line?.clientId ?? null),
    ids,
    fitting.map((line) => line?.administration.measure ?? null),
    fitting.map((line) => line?.administration.date ?? null),
    fitting.map((line) => line?.total ?? null),
    fitting.map((line) => line?.scoringVersion ?? null),
    fitting.map((line, i) => (line === null ? null : JSON.stringify({ id: ids[i], ...line.administration }))),
  ];
  await client.query({
    name: "import-stage",
    text: `INSERT INTO trellis.score_import_line (practice_id, import_id, member_id, line, faulty, client_id, administration_id, measure, date, total, scoring_version, content)
      SELECT $1, $2, $3, r.* FROM unnest($4::int[], $5::bool[], $6::uuid[], $7::uuid[], $8::text[], $9::date[], $10::float8[], $11::text[], $12::jsonb[]) AS r
      ON CONFLICT (practice_id, import_id, line) DO UPDATE SET faulty = excluded.faulty, client_id = excluded.client_id, administration_id = excluded.administration_id,
        measure = excluded.measure, date = excluded.date, total = excluded.total, scoring_version = excluded.scoring_version, content = excluded.content`,
    values: [practiceId, importId, memberId, ...columns],
  });
  return faults;
}

/**
 * What becomes of each line: whether its score is there already (in the file above it, or in the chart), and whether another score of the same measure
 * is there for the same day. Whose chart is not seen any more falls out, which the counts then show.
 */
const told = `mine AS MATERIALIZED (
    -- Without what was answered, which makes lines long, except where there is no total to tell scores apart by.
    SELECT k.*, row_number() OVER (PARTITION BY k.client_id, k.measure, k.date, k.total, k.answers ORDER BY k.line) AS nth,
      row_number() OVER (PARTITION BY k.client_id, k.measure, k.date ORDER BY k.line) AS nth_of_day
    FROM (SELECT l.line, l.client_id, l.measure, l.date, l.total, CASE WHEN l.total IS NULL THEN l.content -> 'answers' END AS answers
      FROM trellis.score_import_line AS l
      WHERE l.practice_id = (SELECT trellis.current_practice()) AND l.member_id = (SELECT trellis.current_member()) AND l.import_id = $1 AND NOT l.faulty) AS k
  ), there AS MATERIALIZED (
    -- Line by line through the index: nothing is known yet of how many lines there are, and a plan made for two would compare each with all that the practice has.
    SELECT m.line, a.same FROM mine AS m CROSS JOIN LATERAL (
      SELECT count(*) AS scores, bool_or(a.total IS NOT DISTINCT FROM m.total AND (m.total IS NOT NULL OR a.content -> 'answers' = m.answers)) AS same
      FROM trellis.administration AS a
      WHERE a.practice_id = (SELECT trellis.current_practice()) AND a.client_id = m.client_id AND a.date = m.date AND a.measure = m.measure AND a.error_reason IS NULL) AS a
    WHERE a.scores > 0
  ), told AS (
    SELECT m.*, m.nth > 1 AS again, coalesce(t.same, false) AS stored,
      m.nth = 1 AND NOT coalesce(t.same, false) AND (t.line IS NOT NULL OR m.nth_of_day > 1) AS other
    FROM mine AS m LEFT JOIN there AS t ON t.line = m.line
  )`;

/** For the lines of a long file: sorted in memory and not on disk, and time enough on a slow machine too. */
const roomForLongFiles = "SET LOCAL work_mem = '64MB'; SET LOCAL statement_timeout = '5min'";

/** What taking the file over would come to. */
export interface StagedSummary {
  readonly lines: number;
  readonly faulty: number;
  readonly clients: number;
  /** Scores that stand in the file above already. */
  readonly again: number;
  /** Scores that the chart has already. */
  readonly stored: number;
  /** Scores of a day for which there is another one of the same measure. */
  readonly other: number;
  /** The first lines of those. */
  readonly otherLines: readonly number[];
  /** Answers of which too many are missing for a total. */
  readonly withoutTotal: number;
}

export async function summarize(client: pg.PoolClient, importId: string): Promise<StagedSummary> {
  await client.query(roomForLongFiles);
  const { rows } = await client.query<StagedSummary>(
    `WITH ${told}
     SELECT (count(*) + (SELECT count(*) FROM trellis.score_import_line AS l WHERE l.import_id = $1 AND l.faulty))::int AS lines,
       (SELECT count(*) FROM trellis.score_import_line AS l WHERE l.import_id = $1 AND l.faulty)::int AS faulty,
       count(DISTINCT client_id)::int AS clients, count(*) FILTER (WHERE again)::int AS again, count(*) FILTER (WHERE stored AND NOT again)::int AS stored,
       count(*) FILTER (WHERE other)::int AS other, coalesce((array_agg(line ORDER BY line) FILTER (WHERE other))[1:20], '{}') AS "otherLines",
       count(*) FILTER (WHERE total IS NULL AND NOT again AND NOT stored)::int AS "withoutTotal"
     FROM told`,
    [importId],
  );
  const [summary] = rows;
  if (summary === undefined) throw new Error("A count always has a row.");
  return summary;
}

/** What was taken over. */
export interface StoredImport {
  readonly scores: number;
  readonly clients: number;
}

/** Takes over every line that was laid by and is not there yet, and notes it in the trail of each client. */
export async function takeOver(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  importId: string,
  keepOther: boolean,
): Promise<StoredImport> {
  await client.query(roomForLongFiles);
  const { rows } = await client.query<StoredImport>(
    `WITH ${told}, kept AS (
       INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version, import_id)
       SELECT $2, l.client_id, l.administration_id, l.measure, l.date, l.content, $3, l.total, l.scoring_version, $1
       FROM told AS t JOIN trellis.score_import_line AS l ON l.practice_id = $2 AND l.import_id = $1 AND l.line = t.line WHERE NOT t.again AND NOT t.stored AND ($4 OR NOT t.other) ORDER BY t.line RETURNING client_id
     ), each AS (SELECT client_id, count(*) AS scores FROM kept GROUP BY client_id),
     counted AS (SELECT coalesce(sum(scores), 0)::int AS scores, count(*)::int AS clients,
       coalesce(array_agg(client_id ORDER BY client_id), '{}') AS ids, coalesce(array_agg(jsonb_build_object('scores', scores) ORDER BY client_id), '{}') AS details FROM each)
     SELECT scores, clients, audit.append_each('administration.import', ids, $1::text, details) FROM counted`,
    [importId, practiceId, memberId, keepOther],
  );
  const { scores = 0, clients = 0 } = rows[0] ?? {};
  await client.query("INSERT INTO trellis.score_import (practice_id, id, scores, clients, imported_by) VALUES ($1, $2, $3, $4, $5)", [
    practiceId,
    importId,
    scores,
    clients,
    memberId,
  ]);
  await giveUp(client, importId);
  return { scores, clients };
}

/** Takes away the lines that were laid by. */
export async function giveUp(client: pg.PoolClient, importId: string | null): Promise<void> {
  await client.query(
    "DELETE FROM trellis.score_import_line WHERE member_id = (SELECT trellis.current_member()) AND ($1::uuid IS NULL OR import_id = $1)",
    [importId],
  );
}
