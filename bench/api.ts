/**
 * What an API read costs over HTTP, as a ratio to the bare PostgreSQL query behind it: the very same statements (whose session it is, the SQL, its audit
 * entry) through the same driver and pool in one trip, without HTTP, checks, scoring or JSON. Promise: at most 2. Beside it stands the same as
 * the tables' owner, for whom there are no walls. And the list of clients in a practice with 10,000 against one with 100 beside it, in turns:
 * at most 1.5. Run: node bench/api.ts
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { getRequestListener } from "@hono/node-server";
import type pg from "pg";
import { auditEntry } from "../packages/server/src/audit/record.ts";
import { chartQuery } from "../packages/server/src/chart/read-chart.ts";
import { ownerRole } from "../packages/server/src/database/embedded-server.ts";
import { openDatabase } from "../packages/server/src/database/open-database.ts";
import { createPool, inOneTripOfSession } from "../packages/server/src/database/pool.ts";
import { createApp } from "../packages/server/src/http/app.ts";
import { planQuery } from "../packages/server/src/plan/read-plan.ts";
import { hashedToken } from "../packages/server/src/sign-in/hashed-session-tokens.ts";
import { createTrellis } from "../packages/server/src/trellis.ts";
import { medians, timed } from "./median.ts";

const rounds = 1_000;
const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
const database = await openDatabase({ TRELLIS_DATA: folder }, (reason) => {
  throw new Error(reason);
});
const bare = createPool({ ...database.address, user: ownerRole, password: database.data.secrets.ownerPassword, pipeline: true });
const trellis = createTrellis({ database, cookieSecret: randomUUID() });
const app = createApp({ trellis, client: import.meta.dirname, requestsAMinute: 1e9 });
const server = createServer(getRequestListener(app.fetch)).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const { port } = server.address() as AddressInfo;

/** A browser with its cookies, in a process of its own as it is in life: reading an answer must not take time from the server. */
function openBrowser() {
  const browser = new Worker(new URL("./browser.ts", import.meta.url), { workerData: { port } });
  const answers = new Map<number, (answer: { readonly text?: string; readonly ms?: number; readonly fault?: string }) => void>();
  browser.on("message", ({ id, ...answer }: { readonly id: number }) => answers.get(id)?.(answer));
  let lastId = 0;
  const tell = (message: object): Promise<{ readonly text: string; readonly ms: number }> => {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      answers.set(id, ({ text = "", ms = Number.NaN, fault }) => {
        answers.delete(id);
        if (fault === undefined) resolve({ text, ms });
        else reject(new Error(fault));
      });
      browser.postMessage({ id, ...message });
    });
  };
  return {
    /** The text of one answer. */
    ask: async (method: string, path: string, body?: unknown) => (await tell({ method, path, body })).text,
    /** How long one request takes, in ms as the browser sees it. */
    timeOf: async (method: string, path: string, body?: unknown) => (await tell({ method, path, body })).ms,
    close: () => browser.terminate(),
  };
}

const { ask, timeOf, close } = openBrowser();
/** Somebody of another practice on the same server, with few clients. */
const neighbor = openBrowser();

/** Clients of the practice, the first 100 of them in this member's care; the first one is called Zora. */
async function addClients(practiceId: string, memberId: string, count: number): Promise<void> {
  await bare.query(
    `WITH added AS (
       INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text)
       SELECT $1, gen_random_uuid(), jsonb_build_object('name', jsonb_build_object('given', given, 'family', 'Family' || n, 'chosen', ''), 'birthDate', '1980-01-01'),
         'family' || lpad(n::text, 6, '0') || ' ' || lower(given), lower(given) || ' family' || n
       FROM (SELECT n, CASE n WHEN 1 THEN 'Zora' ELSE 'Given' || n END AS given FROM generate_series(1, $2::int) AS n) AS named RETURNING id, sort_name)
     INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, added_by) SELECT $1, id, $3, 'primary', $3 FROM added ORDER BY sort_name LIMIT 100`,
    [practiceId, count, memberId],
  );
  await bare.query("VACUUM ANALYZE trellis.client");
  await bare.query("VACUUM ANALYZE trellis.care_team");
}

const line = (name: string, ms: number, against: string, base: number, limit: number) => {
  const ratio = ms / base;
  if (ratio > limit) process.exitCode = 1;
  console.log(
    `${name.padEnd(34)} ${ms.toFixed(2)} ms   ${against} ${base.toFixed(2)} ms   ratio ${ratio.toFixed(2)} (at most ${limit})${ratio > limit ? "  TOO SLOW" : ""}`,
  );
};

try {
  await ask("POST", "/practice/setup", {
    practiceName: "Bench",
    name: "Maya",
    email: "maya@example.org",
    password: "four quiet words here",
    timeZone: "UTC",
  });
  const session = JSON.parse(await ask("GET", "/session")) as { practice: { id: string }; member: { id: string } };
  const [found] = (JSON.parse(await ask("POST", "/clients/search", {})) as { clients: [{ id: string }] }).clients;
  const { planId } = JSON.parse(await ask("POST", `/clients/${found.id}/plans`, {})) as { planId: string };

  const signedIn = await app.request("/api/auth/sign-in/email", {
    method: "POST",
    headers: { "x-trellis": "1", "content-type": "application/json" },
    body: JSON.stringify({ email: "maya@example.org", password: "four quiet words here" }),
  });
  const cookie = signedIn.headers.getSetCookie().find((one) => one.includes("session_token="));
  const token = hashedToken(decodeURIComponent(/session_token=([^.;]+)/.exec(cookie ?? "")?.[1] ?? ""));
  const entry = auditEntry("chart.read", found.id);
  const audit = (client: pg.Pool, action: string) =>
    client.query({ name: "bare-audit", text: "SELECT audit.append($1, $2, '', '{}')", values: [action, found.id] });
  // The bare query reads and leaves its entry in the trail, for that is the work that is asked for; in one transaction, in one trip.
  const bareRead = async (query: pg.QueryConfig) => {
    const client = await bare.connect();
    try {
      const all = [
        client.query(
          `BEGIN; SELECT set_config('trellis.practice_id', '${session.practice.id}', true), set_config('trellis.access', 'all', true)`,
        ),
        client.query(query),
        audit(client as unknown as pg.Pool, "chart.read"),
        client.query("COMMIT"),
      ];
      const [, result] = await Promise.all(all);
      if (result === undefined) throw new Error("The query gave nothing.");
      return result;
    } finally {
      client.release();
    }
  };
  /** What a query gives is a value that somebody can use; where it comes as text, reading it is part of the query. */
  const read = (rows: readonly Record<string, unknown>[]) => (typeof rows[0]?.draft === "string" ? JSON.parse(rows[0].draft) : rows[0]);
  for (const [name, path, query] of [
    ["the chart of a client", `/clients/${found.id}/chart`, chartQuery(found.id)],
    ["a plan", `/plans/${planId}`, planQuery(planId, null)],
  ] as const) {
    const [api = Number.NaN, base = Number.NaN, asOwner = Number.NaN] = await medians(rounds, [
      () => timeOf("GET", path),
      () => timed(async () => read((await inOneTripOfSession(trellis.app, token, true, [query, entry])).results[0].rows)),
      () => timed(async () => read((await bareRead(query)).rows)),
    ]);
    line(name, api, "bare query", base, 2);
    console.log(`${"".padEnd(34)} without walls ${asOwner.toFixed(2)} ms   ratio ${(api / asOwner).toFixed(2)}`);
  }

  await addClients(session.practice.id, session.member.id, 10_000);
  await neighbor.ask("POST", "/practice/demo", {});
  const small = JSON.parse(await neighbor.ask("GET", "/session")) as { practice: { id: string }; member: { id: string } };
  await addClients(small.practice.id, small.member.id, 100);
  const lists = { "list of clients": {}, "list of clients in my care": { filter: "mine" }, "search for a client": { q: "zor" } };
  for (const [name, body] of Object.entries(lists)) {
    const [many = Number.NaN, few = Number.NaN] = await medians(rounds, [
      () => timeOf("POST", "/clients/search", body),
      () => neighbor.timeOf("POST", "/clients/search", body),
    ]);
    line(`${name}, 10,000`, many, "with 100", few, 1.5);
  }
} finally {
  await Promise.all([close(), neighbor.close()]);
  server.close();
  trellis.documents.close();
  await bare.end();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
