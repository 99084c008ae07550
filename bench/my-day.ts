/**
 * My day of a clinician with 60 clients in treatment, in a practice of 10,000, over HTTP: as a ratio to the bare queries behind it (the very same statements
 * by the same member behind the same walls, in one transaction, without HTTP, checks, judging or JSON), and how large the answer is.
 * Promise: under 3 times, and under 60 KB. Run: node bench/my-day.ts
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { getRequestListener } from "@hono/node-server";
import { dayOf } from "@trellis/domain/calendar/date";
import { auditEntry } from "../packages/server/src/audit/record.ts";
import { ownerRole } from "../packages/server/src/database/embedded-server.ts";
import { openDatabase } from "../packages/server/src/database/open-database.ts";
import { createPool, withPractice } from "../packages/server/src/database/pool.ts";
import { followUpsDueQuery } from "../packages/server/src/episode/follow-ups-due.ts";
import { homeworkComeInQuery } from "../packages/server/src/homework/homework-come-in.ts";
import { createApp } from "../packages/server/src/http/app.ts";
import { dueQuery } from "../packages/server/src/measures/due-list.ts";
import { practiceMeasuresQuery } from "../packages/server/src/measures/practice-measures.ts";
import { daySessionsQuery } from "../packages/server/src/my-day/day-sessions.ts";
import { notesToFinishQuery } from "../packages/server/src/note/notes-to-finish.ts";
import { plansToSignQuery } from "../packages/server/src/plan/plans-to-sign.ts";
import { reviewsDueQuery } from "../packages/server/src/review/reviews-due.ts";
import { createTrellis } from "../packages/server/src/trellis.ts";
import { medians, timed } from "./median.ts";

const rounds = 60;
const clients = 10_000;
/** Clients in the care of the clinician whose day it is. */
const own = 60;
const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
const database = await openDatabase({ TRELLIS_DATA: folder }, (reason) => {
  throw new Error(reason);
});
const owner = createPool({ ...database.address, user: ownerRole, password: database.data.secrets.ownerPassword });
const trellis = createTrellis({ database, cookieSecret: randomUUID() });
const app = createApp({ trellis, client: import.meta.dirname, requestsAMinute: 1e9 });
const server = createServer(getRequestListener(app.fetch)).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const browser = new Worker(new URL("./browser.ts", import.meta.url), { workerData: { port: (server.address() as AddressInfo).port } });
let lastId = 0;
const tell = (method: string, path: string, body?: unknown): Promise<{ readonly text: string; readonly ms: number }> => {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listen = (answer: { readonly id: number; readonly text?: string; readonly ms?: number; readonly fault?: string }) => {
      if (answer.id !== id) return;
      browser.off("message", listen);
      if (answer.fault === undefined) resolve({ text: answer.text ?? "", ms: answer.ms ?? Number.NaN });
      else reject(new Error(answer.fault));
    };
    browser.on("message", listen);
    browser.postMessage({ id, method, path, body });
  });
};

/** A practice of 21 clinicians; of the clients of each, most are in treatment by a signed plan, come every week and answer what the plan asks for. */
async function fill(practiceId: string, memberId: string, plan: object, today: string): Promise<void> {
  const run = (text: string) => owner.query(text.replaceAll("$practice", `'${practiceId}'::uuid`).replaceAll("$today", `'${today}'::date`));
  await run(`INSERT INTO trellis.member (practice_id, id, name, email, roles)
    SELECT $practice, gen_random_uuid(), 'Clinician ' || n, n || '@example.org', ARRAY['clinician'] FROM generate_series(1, 20) AS n`);
  await run(`INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text)
    SELECT $practice, gen_random_uuid(), jsonb_build_object('name', jsonb_build_object('given', 'Given' || n, 'family', 'Example', 'chosen', ''), 'birthDate', '1980-01-01'),
      'bench' || lpad(n::text, 6, '0'), 'given' || n FROM generate_series(1, ${clients}) AS n`);
  await run(`INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, added_by)
    SELECT $practice, c.id, CASE WHEN c.n <= ${own} THEN '${memberId}'::uuid ELSE m.id END, 'primary', '${memberId}'
    FROM (SELECT id, right(sort_name, 6)::int AS n FROM trellis.client WHERE practice_id = $practice AND sort_name LIKE 'bench%') AS c
    JOIN (SELECT id, row_number() OVER () AS k FROM trellis.member WHERE practice_id = $practice AND name LIKE 'Clinician%') AS m ON m.k = c.n % 20 + 1`);
  await run(`WITH plan AS (INSERT INTO trellis.plan (practice_id, id, client_id, created_by)
      SELECT practice_id, gen_random_uuid(), id, '${memberId}' FROM trellis.client WHERE practice_id = $practice AND sort_name LIKE 'bench%' RETURNING *)
    INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on, review_due, signed_at)
    SELECT practice_id, id, client_id, 1, '${JSON.stringify(plan).replaceAll("'", "''")}', '', $today - 35, $today - 5 + abs(hashtext(id::text)) % 40, $today - 35 FROM plan`);
  await run(`INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version)
    SELECT $practice, c.id, gen_random_uuid(), 'phq9', $today - 35 + n * 7, '{}', '${memberId}', 12, '1.0'
    FROM trellis.client AS c CROSS JOIN generate_series(0, 3) AS n WHERE c.practice_id = $practice AND c.sort_name LIKE 'bench%'`);
  // One appointment a week for each, and so a dozen a day; those that are over took place, and one in ten has no note yet.
  await run(`INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, content, saved_by)
    SELECT t.practice_id, t.client_id, gen_random_uuid(), $today - 28 + w * 7 + abs(hashtext(t.client_id::text)) % 5, make_time(9 + abs(hashtext(t.client_id::text)) % 9, 0, 0), t.member_id,
      '{"minutes": 50, "format": "individual", "modality": "in-person", "place": "", "participants": [], "groupName": ""}', t.member_id
    FROM trellis.care_team AS t CROSS JOIN generate_series(0, 7) AS w WHERE t.practice_id = $practice`);
  await run(`INSERT INTO trellis.session (practice_id, client_id, id, date, attendance, recorded_by)
    SELECT practice_id, client_id, id, date, 'attended', clinician_id FROM trellis.appointment WHERE practice_id = $practice AND date < $today`);
  await run(`INSERT INTO trellis.note (practice_id, client_id, id, kind, session_id, date, author_id, content, saved_by, canonical, hash, signed_at, signed_by, signed_name)
    SELECT a.practice_id, a.client_id, gen_random_uuid(), 'progress', a.id, a.date, a.clinician_id, '{}', a.clinician_id, '{}', encode(sha256(convert_to('{}', 'UTF8')), 'hex'), a.date, a.clinician_id, 'Bench'
    FROM trellis.appointment AS a WHERE a.practice_id = $practice AND a.date < $today AND abs(hashtext(a.id::text)) % 10 > 0`);
  await run(`INSERT INTO trellis.homework (practice_id, client_id, id, content, created_by, saved_by)
    SELECT practice_id, client_id, gen_random_uuid(), '{"title": "Walk to the river", "outcome": null, "withdrawnOn": null}', member_id, member_id FROM trellis.care_team WHERE practice_id = $practice`);
  for (const table of ["client", "care_team", "plan", "plan_revision", "administration", "appointment", "session", "note", "homework"])
    await owner.query(`VACUUM ANALYZE trellis.${table}`);
}

try {
  await tell("POST", "/practice/setup", {
    practiceName: "Bench",
    name: "Maya",
    email: "maya@example.org",
    password: "four quiet words here",
    timeZone: "UTC",
  });
  const { practice, member } = JSON.parse((await tell("GET", "/session")).text) as { practice: { id: string }; member: { id: string } };
  const today = dayOf(trellis.now().toISOString(), "UTC");
  const schedule = [{ id: "s1", measure: "phq9", measureName: "PHQ-9", when: "every-session", everyWeeks: 1, because: [] }];
  await fill(practice.id, member.id, { problems: [], interventions: [], measureSchedule: schedule }, today);
  const asker = { practiceId: practice.id, memberId: member.id };
  const bare = () =>
    withPractice(trellis.app, asker, (client) =>
      Promise.all(
        [
          daySessionsQuery(today),
          notesToFinishQuery(member.id, today),
          reviewsDueQuery("mine", today),
          plansToSignQuery,
          homeworkComeInQuery,
          followUpsDueQuery("mine", today),
          practiceMeasuresQuery,
          dueQuery("mine", today, "UTC"),
          auditEntry("my-day.read"),
        ].map((query) => client.query(query)),
      ),
    );
  const [api = Number.NaN, base = Number.NaN] = await medians(rounds, [async () => (await tell("GET", "/my-day")).ms, () => timed(bare)]);
  const { text } = await tell("GET", "/my-day");
  const day = JSON.parse(text) as { sessions: unknown[]; notes: { count: number }; reviews: { count: number }; measuresDue: number };
  if (day.sessions.length === 0 || day.notes.count === 0 || day.reviews.count === 0 || day.measuresDue === 0)
    throw new Error("The day is empty.");
  const ratio = api / base;
  const size = Buffer.byteLength(text) / 1024;
  console.log(
    `a day of ${day.sessions.length} sessions, ${day.notes.count} notes, ${day.reviews.count} reviews, ${day.measuresDue} measures`,
  );
  console.log(
    `my day ${api.toFixed(2)} ms   bare queries ${base.toFixed(2)} ms   ratio ${ratio.toFixed(2)} (under 3)${ratio < 3 ? "" : "  TOO SLOW"}`,
  );
  console.log(`the answer ${size.toFixed(1)} KB (under 60)${size < 60 ? "" : "  TOO LARGE"}`);
  if (!(ratio < 3 && size < 60)) process.exitCode = 1;
} finally {
  await browser.terminate();
  server.close();
  trellis.documents.close();
  await owner.end();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
