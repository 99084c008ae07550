import { whyNoDayInLife } from "@trellis/domain/calendar/day-in-life";
import type pg from "pg";
import { withPractice } from "../database/pool.ts";
import { invalid, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext } from "../http/request-context.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { closedChart } from "./closed-chart.ts";

/**
 * One transaction that writes to a chart. Throws unless the chart is open to the person asking, and that only when the connection is given
 * back: the refusal is written with a connection of its own, and many at once would wait for each other. A problem that `work` returns is thrown
 * after the commit, so that its entry in the trail stays: it shows what somebody else saved.
 */
export async function writeChart<T>(
  trellis: Pick<Trellis, "app">,
  context: RequestContext,
  clientId: string,
  work: (client: pg.PoolClient, birthDate: string) => Promise<T | Problem>,
): Promise<T> {
  const asker = askerOf(context);
  const done = await withPractice(trellis.app, asker, async (client) => {
    const { rows } = await client.query<{ birthDate: string }>(
      `SELECT record ->> 'birthDate' AS "birthDate" FROM trellis.client WHERE id = $1 AND trellis.sees_chart($1)`,
      [clientId],
    );
    return rows[0] ? { result: await work(client, rows[0].birthDate) } : null;
  });
  if (done === null) throw await closedChart(trellis, asker, clientId);
  if (done.result instanceof Problem) throw done.result;
  return done.result;
}

/** Throws unless something in the chart can have been on this day. */
export function refuseImpossibleDay(
  { now }: Pick<Trellis, "now">,
  context: RequestContext,
  pointer: string,
  date: string,
  birthDate: string,
): void {
  const message = whyNoDayInLife(date, birthDate, todayIn(context.get("signedIn").practice.timeZone, now()));
  if (message !== null) throw invalid([{ pointer, message }]);
}

/** Holds a client until the transaction ends, so that of two who change what may be there only once, the second sees what the first did. */
export async function lockClient(client: pg.PoolClient, clientId: string): Promise<void> {
  await client.query("SELECT 1 FROM trellis.client WHERE id = $1 FOR UPDATE", [clientId]);
}
