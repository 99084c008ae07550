/**
 * How many scores a second come in from a file: 100,000 lines over 2,000 clients, through the real routes, each line checked against the clients and
 * the measures there are, counted, and all of them taken over in one transaction. Promise: over 5,000 lines a second. Run: node bench/import.ts
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "@trellis/domain/calendar/date";
import { isFaulty, linesAtOnce, readLine } from "@trellis/domain/import/import-line";
import { CsvReader } from "@trellis/domain/import/read-csv";
import { ownerRole } from "../packages/server/src/database/embedded-server.ts";
import { openDatabase } from "../packages/server/src/database/open-database.ts";
import { createPool } from "../packages/server/src/database/pool.ts";
import { createApp } from "../packages/server/src/http/app.ts";
import { createTrellis } from "../packages/server/src/trellis.ts";

const lines = 100_000;
const clients = 2_000;
const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
const database = await openDatabase({ TRELLIS_DATA: folder }, (reason) => {
  throw new Error(reason);
});
const owner = createPool({ ...database.address, user: ownerRole, password: database.data.secrets.ownerPassword });
const trellis = createTrellis({ database, cookieSecret: randomUUID() });
const app = createApp({ trellis, client: import.meta.dirname, requestsAMinute: 1e9 });
const cookies = new Map<string, string>();

async function ask<T>(method: string, path: string, body: unknown = {}): Promise<T> {
  const response = await app.request(`http://trellis.test/api${path}`, {
    method,
    headers: { "x-trellis": "1", "content-type": "application/json", cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
    cookies.set(name, value);
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

try {
  await ask("POST", "/practice/setup", {
    practiceName: "Bench",
    name: "Maya",
    email: "maya@example.org",
    password: "four quiet words here",
    timeZone: "UTC",
  });
  await owner.query(
    `INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text)
     SELECT p.id, gen_random_uuid(), jsonb_build_object('name', jsonb_build_object('given', 'Robin', 'family', 'Example', 'chosen', ''), 'birthDate', '1980-01-01',
       'recordNumber', 'R-' || n), n::text, n::text FROM trellis.practice AS p, generate_series(1, $1::int) AS n`,
    [clients],
  );
  await owner.query("ANALYZE trellis.client");

  const days = Array.from({ length: lines / clients }, (_, visit) => addDays("2024-01-01", visit * 14));
  const text = `MRN,Measure,Date,Total\r\n${Array.from({ length: lines }, (_, i) => `R-${(i % clients) + 1},${i % 2 === 0 ? "PHQ-9" : "GAD-7"},${days[Math.floor(i / clients)]},${i % 22}\r\n`).join("")}`;
  const begun = performance.now();
  const reader = new CsvReader();
  const [header, ...records] = [...reader.read(text), ...reader.end()];
  const reading = {
    header: header?.cells ?? [],
    roles: ["record-number", "measure", "date", "total"] as const,
    dateForm: "year-first" as const,
    measure: null,
  };
  const read = records.flatMap((record) => {
    const line = readLine(record, reading);
    if (isFaulty(line)) throw new Error(line[0]?.message);
    return [line];
  });
  const parsed = performance.now();
  const id = randomUUID();
  await ask("POST", `/score-imports/${id}/begin`);
  // Two parts are on their way at a time, as the browser sends them: while one is stored the next one is checked.
  let from = 0;
  const sendParts = async () => {
    while (from < read.length) {
      const part = read.slice(from, from + linesAtOnce);
      from += linesAtOnce;
      const { faults } = await ask<{ faults: unknown[] }>("POST", `/score-imports/${id}/lines`, { lines: part });
      if (faults.length > 0) throw new Error(JSON.stringify(faults[0]));
    }
  };
  await Promise.all([sendParts(), sendParts()]);
  const sent = performance.now();
  await ask("POST", `/score-imports/${id}/check`);
  const checked = performance.now();
  const stored = await ask<{ scores: number }>("POST", `/score-imports/${id}/store`, { lines, sameDay: "keep-both" });
  const ended = performance.now();
  if (stored.scores !== lines) throw new Error(`${stored.scores} of ${lines} were stored.`);
  const rate = lines / ((ended - parsed) / 1000);
  if (rate < 5_000) process.exitCode = 1;
  const ms = (from: number, to: number) => `${(to - from).toFixed(0)} ms`;
  console.log(
    `100,000 scores  ${Math.round(rate).toLocaleString("en-US")} lines a second on the server (at least 5,000)${rate < 5_000 ? "  TOO SLOW" : ""}`,
  );
  console.log(
    `  read ${ms(begun, parsed)} (in the browser)   checked and laid by ${ms(parsed, sent)}   counted ${ms(sent, checked)}   taken over ${ms(checked, ended)}`,
  );
} finally {
  trellis.documents.close();
  await owner.end();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
