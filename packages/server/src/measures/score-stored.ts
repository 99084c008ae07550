import { Administration } from "@trellis/domain/measures/administration";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import pg from "pg";

/** So many at a time: what is kept in memory stays small however long the history is. */
const batch = 2_000;

/**
 * Works out the totals that are not kept yet, or were worked out by an older definition of a measure that comes with the product. Runs when the
 * server starts, as the tables' owner, before anybody asks.
 *
 * @returns how many were scored.
 */
export async function scoreStored(owner: pg.ClientConfig, measures: readonly Measure[]): Promise<number> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  await client.connect();
  let scored = 0;
  try {
    for (const measure of measures) {
      for (;;) {
        const { rows } = await client.query<{ practice_id: string; id: string; content: unknown }>(
          "SELECT practice_id, id, content FROM trellis.administration WHERE measure = $1 AND scoring_version IS DISTINCT FROM $2 LIMIT $3",
          [measure.id, measure.version, batch],
        );
        if (rows.length === 0) break;
        const totals = rows.map(({ content }) => scoreAdministration(measure, Administration.parse(content)).total);
        await client.query(
          `UPDATE trellis.administration AS a SET total = s.total, scoring_version = $4
           FROM unnest($1::uuid[], $2::uuid[], $3::double precision[]) AS s (practice_id, id, total) WHERE a.practice_id = s.practice_id AND a.id = s.id`,
          [rows.map((row) => row.practice_id), rows.map((row) => row.id), totals, measure.version],
        );
        scored += rows.length;
      }
    }
  } finally {
    await client.end();
  }
  return scored;
}
