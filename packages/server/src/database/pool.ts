import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { errorFields, log } from "../log.ts";

/** Dates stay `YYYY-MM-DD` strings; as a Date they would shift with the time zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
/** Counters fit a JavaScript number. */
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

export function createPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 16, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 10_000, statement_timeout: 30_000, ...config });
  // Without a listener a connection lost while idle would end the whole server. While the server stops, losing them is what is meant to happen.
  pool.on("error", (error) => pool.ending || log("warning", "a database connection was lost", errorFields(error)));
  // The same for one that is lost while it is in use; there the query that meets it says so too.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Who is asking: the member and the practice that the database lets through. */
export interface Asker {
  readonly practiceId: string;
  readonly memberId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Begins a transaction and enters it as this member, in one message. Both ids are checked to be UUIDs, so they can stand in the text. */
function beginAs({ practiceId, memberId }: Asker): string {
  if (!uuid.test(practiceId) || !uuid.test(memberId)) throw new Error("A practice and a member are named by UUIDs.");
  return `BEGIN; SELECT trellis.enter('${practiceId}', '${memberId}')`;
}

/** How long a request waits for PostgreSQL to come back before it is told so, in ms. Crash recovery is usually done in a fraction of it. */
const patience = 5_000;

/** A connection from the pool. While PostgreSQL is being brought back this waits: nothing has been sent yet, so trying again repeats nothing. */
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  for (const since = Date.now(); ; ) {
    try {
      return await pool.connect();
    } catch (error) {
      if (pool.ending || !isDatabaseAway(error) || Date.now() - since > patience) throw error;
      await sleep(50);
    }
  }
}

/** The server rolled back although it was asked to commit: a statement before had failed, and nobody had taken notice. */
class NotCommitted extends Error {}

function mustBeCommitted({ command }: pg.QueryResult): void {
  if (command !== "COMMIT") throw new NotCommitted("The transaction had failed before it was committed.");
}

/**
 * Runs `work` in one transaction as this member: everything that the database's policies do not allow the member is invisible in it.
 * Committed when `work` resolves, rolled back when it throws; when this resolves, everything is on disk.
 *
 * Beginning costs no round trip of its own: it travels with the first statement of `work`. Statements that do not need each other's results
 * may be sent together with `Promise.all`.
 *
 * @example
 * const count = await withPractice(pool, asker, async (client) => {
 *   const { rows } = await client.query("SELECT count(*)::int AS count FROM trellis.client");
 *   return rows[0].count;
 * });
 */
export async function withPractice<T>(pool: pg.Pool, asker: Asker, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const begin = beginAs(asker);
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    // Not waited for: the connection keeps the order, and when beginning fails, what follows fails too or sees no practice.
    const begun = client.query(begin);
    begun.catch(() => {});
    let result: T;
    try {
      result = await work(client);
    } catch (error) {
      // When beginning failed, that is the reason for whatever failed after it.
      await begun;
      throw error;
    }
    await begun;
    mustBeCommitted(await client.query("COMMIT"));
    return result;
  } catch (error) {
    if (!(error instanceof NotCommitted)) {
      await client.query("ROLLBACK").catch((rollbackError: Error) => {
        broken = rollbackError;
      });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs statements as this member in one transaction and ONE round trip: begin, all of them and commit are sent together. For what needs
 * no decision between the statements, above all reading. Named statements are parsed and planned once for each connection.
 * When one fails, none has had an effect, and its error is thrown.
 *
 * @example
 * const [clients, count] = await inOneTrip(pool, asker, [
 *   { name: "first-clients", text: "SELECT id, record FROM trellis.client ORDER BY sort_name LIMIT $1", values: [50] },
 *   { name: "count-clients", text: "SELECT count(*)::int AS count FROM trellis.client" },
 * ]);
 */
export async function inOneTrip<const Q extends readonly pg.QueryConfig[]>(
  pool: pg.Pool,
  asker: Asker,
  queries: Q,
): Promise<{ -readonly [I in keyof Q]: pg.QueryResult<Record<string, unknown>> }> {
  const [, ...results] = await sendTogether(pool, beginAs(asker), queries);
  return results as { -readonly [I in keyof Q]: pg.QueryResult<Record<string, unknown>> };
}

/** What a session may see: who holds it, or `null`, and the results of the statements. */
export interface SessionTrip<Q extends readonly pg.QueryConfig[]> {
  readonly session: unknown;
  readonly results: { -readonly [I in keyof Q]: pg.QueryResult<Record<string, unknown>> };
}

/**
 * Like `inOneTrip`, for whoever holds the session: looking up the session travels with the statements. Without a valid session
 * `session` is `null` and the statements saw nothing.
 */
export async function inOneTripOfSession<const Q extends readonly pg.QueryConfig[]>(
  pool: pg.Pool,
  hashedToken: string,
  touch: boolean,
  queries: Q,
): Promise<SessionTrip<Q>> {
  const enter = { name: "enter-session", text: "SELECT trellis.enter_session($1, $2) AS session", values: [hashedToken, touch] };
  const [, entered, ...results] = await sendTogether(pool, "BEGIN", [enter, ...queries]);
  return { session: entered?.rows[0]?.session ?? null, results: results as SessionTrip<Q>["results"] };
}

/** Sends a beginning, the statements and the commit without waiting in between. Gives the results of the beginning and the statements. */
async function sendTogether(
  pool: pg.Pool,
  begin: string,
  queries: readonly pg.QueryConfig[],
): Promise<pg.QueryResult<Record<string, unknown>>[]> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    const sent = [client.query(begin), ...queries.map((query) => client.query<Record<string, unknown>>(query)), client.query("COMMIT")];
    const settled = await Promise.allSettled(sent);
    const failed = settled.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") {
      if (isDatabaseAway(failed.reason)) broken = failed.reason;
      throw failed.reason;
    }
    const results = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const committed = results.at(-1);
    if (committed) mustBeCommitted(committed);
    return results.slice(0, -1);
  } finally {
    client.release(broken);
  }
}

/** True for errors that say that the database went away or is starting up, not that the request was wrong. */
export function isDatabaseAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(57P0[1-5]|08|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)/.test(code) ||
    /terminated|connection error and is not queryable|timeout exceeded when trying to connect/i.test(error.message)
  );
}
