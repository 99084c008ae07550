import pg from "pg";
import { errorFields, log } from "../log.ts";

/** Dates stay `YYYY-MM-DD` strings; as a Date they would shift with the time zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
/** Counters fit a JavaScript number. */
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 16, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 10_000, ...config });
  // Without a listener a connection lost while idle would end the whole server.
  pool.on("error", (error) => log("warning", "a database connection was lost", errorFields(error)));
  return pool;
}

/** Who is asking: the member and the practice that the database lets through. */
export interface Asker {
  readonly practiceId: string;
  readonly memberId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Runs `work` in one transaction as this member: everything that the database's policies do not allow the member is invisible in it.
 * Committed when `work` resolves, rolled back when it throws.
 */
export async function withPractice<T>(pool: pg.Pool, { practiceId, memberId }: Asker, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  if (!uuid.test(practiceId) || !uuid.test(memberId)) throw new Error("A practice and a member are named by UUIDs.");
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // One round trip: begin and enter together. Both ids are checked to be UUIDs above, so they can stand in the text.
    await client.query(`BEGIN; SELECT trellis.enter('${practiceId}', '${memberId}')`);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** True for errors that say that the database went away or is starting up, not that the request was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return /^(57P0|08|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)/.test(code) || /terminated|Connection terminated|timeout exceeded when trying to connect/i.test(error.message);
}
