import type pg from "pg";

/** The names that a client goes by, none of which stands on a page that somebody else may see. */
export async function namesOf(client: pg.PoolClient, clientId: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ names: readonly string[] }>(
    `SELECT ARRAY[record->'name'->>'given', record->'name'->>'family', coalesce(record->'name'->>'chosen', '')] AS names FROM trellis.client WHERE id = $1`,
    [clientId],
  );
  return (rows[0]?.names ?? []).filter((name) => name !== "");
}
