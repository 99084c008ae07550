/** Not a measurement of its own: a whole Trellis in this process with one client six weeks into treatment, for those that drive a browser. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type pg from "pg";
import type { Page } from "playwright-core";
import { completeDraft, draftedClient, editPlan, planOf } from "../e2e/plan-signing-client.ts";
import { password, send } from "../e2e/practice.ts";
import { addDays, addWeeks, type IsoDate } from "../packages/domain/src/calendar/date.ts";
import { removeGoal, removeObjective } from "../packages/domain/src/plan/edit-plan.ts";
import type { Plan } from "../packages/domain/src/plan/plan.ts";
import { buildClient, builtClient } from "../packages/server/src/build-client.ts";
import { ownerRole } from "../packages/server/src/database/embedded-server.ts";
import { openDatabase } from "../packages/server/src/database/open-database.ts";
import { createPool } from "../packages/server/src/database/pool.ts";
import { createApp } from "../packages/server/src/http/app.ts";
import { todayIn } from "../packages/server/src/sign-in/current-session.ts";
import { createTrellis, type Trellis } from "../packages/server/src/trellis.ts";

export interface Running {
  readonly address: string;
  readonly trellis: Trellis;
  /** Sees and may do everything, as no browser can. */
  readonly owner: pg.Pool;
  stop(): Promise<void>;
}

export async function startInProcess(): Promise<Running> {
  await buildClient(() => {});
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const database = await openDatabase({ TRELLIS_DATA: folder }, (reason) => {
    throw new Error(reason);
  });
  const owner = createPool({ ...database.address, user: ownerRole, password: database.data.secrets.ownerPassword });
  const trellis = createTrellis({ database, cookieSecret: randomUUID() });
  const app = createApp({ trellis, client: builtClient, requestsAMinute: 1e9 });
  const server = createServer(getRequestListener(app.fetch)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trellis,
    owner,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      trellis.documents.close();
      await owner.end();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const weeks = 6;
const millisecondsAWeek = 7 * 24 * 3_600_000;

/** PHQ-9 of somebody who gets better, week by week. */
const answers = [
  [2, 2, 2, 2, 1, 2, 2, 1, 0, 1],
  [2, 2, 2, 1, 1, 2, 1, 1, 0, 1],
  [1, 2, 2, 1, 1, 1, 1, 1, 0, 1],
  [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
  [1, 1, 1, 1, 0, 1, 1, 0, 0, 1],
  [1, 0, 1, 1, 0, 1, 0, 0, 0, 0],
];
const ratings = [
  ["some", "none", "good"],
  ["some", "some", "good"],
  ["good", "none", "achieved"],
  ["good", "none", "achieved"],
] as const;

/** A client whose plan of three goals was signed six weeks ago, with scores, sessions, signed notes and homework since. */
export async function treatedClient(
  page: Page,
  { address, trellis, owner }: Running,
): Promise<{ readonly clientId: string; readonly planId: string }> {
  const { now } = trellis;
  Object.assign(trellis, { now: () => new Date(Date.now() - weeks * millisecondsAWeek) });
  const { clientId, planId } = await draftedClient(
    page,
    address,
    { given: "Robin", family: "Example" },
    undefined,
    todayIn("America/New_York", trellis.now()),
  );
  await completeDraft(page, address, planId);
  const drafted = (await planOf(page, address, planId)).plan as unknown as Plan;
  const spare = drafted.goals.slice(3).flatMap(({ id }) => removeGoal(drafted, id));
  const twice = drafted.goals.slice(0, 3).flatMap(({ id }) =>
    drafted.objectives
      .filter(({ goalId }) => goalId === id)
      .slice(1)
      .map((objective) => objective.id),
  );
  if (spare.length > 0) await editPlan(page, address, planId, spare);
  for (const id of twice)
    await editPlan(page, address, planId, removeObjective((await planOf(page, address, planId)).plan as unknown as Plan, id));
  await editPlan(page, address, planId, [
    { type: "set", path: ["agreement", "state"], value: "agreed" },
    { type: "set", path: ["participation", "client"], value: "Chose the goals and their order." },
  ]);
  const signing = await planOf(page, address, planId);
  const { hash } = (await send(page.request, "POST", `${address}/api/plans/${planId}/signing`, { seq: signing.seq })) as { hash: string };
  await send(page.request, "POST", `${address}/api/plans/${planId}/signatures`, {
    kind: "typed",
    role: "client",
    hash,
    name: "Robin Example",
  });
  await send(page.request, "POST", `${address}/api/plans/${planId}/signatures`, { kind: "password", role: "clinician", hash, password });
  Object.assign(trellis, { now });

  const today = todayIn("America/New_York", now());
  const start = addWeeks(today, -weeks);
  const { plan } = await planOf(page, address, planId);
  for (const [week, given] of answers.entries())
    await send(page.request, "POST", `${address}/api/clients/${clientId}/administrations`, {
      administration: {
        id: randomUUID(),
        measure: "phq9",
        measureVersion: "1.0",
        date: addWeeks(start, week + 1),
        answers: given,
        answeredBy: "client",
        status: "completed",
      },
    });
  await owner.query(
    `INSERT INTO trellis.session (practice_id, client_id, id, date, attendance, recorded_by)
     SELECT c.practice_id, c.id, gen_random_uuid(), $2::date + 7 * n, 'attended', (SELECT m.id FROM trellis.member AS m WHERE m.practice_id = c.practice_id LIMIT 1)
     FROM trellis.client AS c, generate_series(1, ${weeks}) AS n WHERE c.id = $1`,
    [clientId, start],
  );
  const objectives = plan.objectives.map(({ id }) => id);
  for (const [index, rated] of ratings.entries())
    await signedNote(owner, clientId, { id: planId }, addWeeks(start, index + 1), objectives, rated);
  for (const [index, outcome] of ["done", "not-done", "partly", "done"].entries())
    await owner.query(
      `INSERT INTO trellis.homework (practice_id, client_id, id, content, created_by, saved_by)
       SELECT c.practice_id, c.id, gen_random_uuid(), $2::jsonb, m.id, m.id FROM trellis.client AS c JOIN LATERAL
         (SELECT m.id FROM trellis.member AS m WHERE m.practice_id = c.practice_id LIMIT 1) AS m ON true WHERE c.id = $1`,
      [
        clientId,
        JSON.stringify({
          ...{ title: "Plan the week", steps: ["Choose three things."], objectiveIds: [objectives[index % objectives.length]], planId },
          ...{ assignedOn: addWeeks(start, index), lookedAtOn: addWeeks(start, index + 1), outcome },
        }),
      ],
    );
  return { clientId, planId };
}

async function signedNote(
  owner: pg.Pool,
  clientId: string,
  plan: { readonly id: string },
  date: IsoDate,
  objectives: readonly string[],
  rated: readonly string[],
): Promise<void> {
  const content = {
    format: "dap",
    date,
    plan: { ...plan, revision: 1 },
    objectives: objectives.map((objectiveId, at) => ({ objectiveId, rating: rated[at % rated.length] })),
  };
  await owner.query(
    `INSERT INTO trellis.note (practice_id, client_id, id, kind, date, author_id, content, saved_by, canonical, hash, signed_at, signed_by, signed_name)
     SELECT c.practice_id, c.id, gen_random_uuid(), 'progress', $2::date, m.id, $3::jsonb, m.id, ($3::jsonb)::text, encode(sha256(convert_to(($3::jsonb)::text, 'UTF8')), 'hex'), $4::date, m.id, m.name
     FROM trellis.client AS c JOIN LATERAL (SELECT m.id, m.name FROM trellis.member AS m WHERE m.practice_id = c.practice_id LIMIT 1) AS m ON true WHERE c.id = $1`,
    [clientId, date, JSON.stringify(content), addDays(date, 1)],
  );
}
