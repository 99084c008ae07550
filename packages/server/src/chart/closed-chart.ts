import { auditEntry } from "../audit/record.ts";
import { type Asker, withPractice } from "../database/pool.ts";
import { forbidden, notFound, type Problem } from "../http/problem.ts";
import type { Trellis } from "../trellis.ts";

/**
 * What to say when row-level security shows nothing of a chart: 403 where the practice has this client (so that the page can offer
 * emergency access), and it is written into the trail; 404 where it has not.
 */
export async function closedChart({ app }: Pick<Trellis, "app">, asker: Asker, clientId: string): Promise<Problem> {
  const exists = await withPractice(app, asker, async (client) => {
    const { rows } = await client.query<{ exists: boolean }>("SELECT trellis.client_exists($1) AS exists", [clientId]);
    if (rows[0]?.exists !== true) return false;
    await client.query(auditEntry("chart.refused", clientId));
    return true;
  });
  return exists ? forbidden("This chart is open to the client's care team only.") : notFound();
}
