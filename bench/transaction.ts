import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerRole } from "../packages/server/src/database/embedded-server.ts";
import { openDatabase } from "../packages/server/src/database/open-database.ts";
import { createPool, inOneTrip, withPractice } from "../packages/server/src/database/pool.ts";

/** What the walls between practices cost: the same row read bare by the tables' owner, and as a member behind row-level security. */
const rounds = 2_000;
const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
const database = await openDatabase({ TRELLIS_DATA: folder }, (reason) => {
  throw new Error(reason);
});
const bare = createPool({
  ...database.address,
  user: ownerRole,
  password: database.data.secrets.ownerPassword,
});

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds * 1.25; round += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.slice(rounds / 4).sort((a, b) => a - b)[rounds / 2] ?? Number.NaN;
}

try {
  const asker = { practiceId: randomUUID(), memberId: randomUUID() };
  const id = randomUUID();
  await database.app.query("SELECT trellis.set_up_practice($1, 'Linden', 'UTC', false, $2, 'Maya', 'maya@example.org', '')", [
    asker.practiceId,
    asker.memberId,
  ]);
  await withPractice(database.app, asker, (client) =>
    client.query("INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text) VALUES ($1, $2, '{}', 'a', 'a')", [
      asker.practiceId,
      id,
    ]),
  );
  const query = { name: "one-client", text: "SELECT record FROM trellis.client WHERE id = $1", values: [id] };
  const base = await median(() => bare.query(query));
  const oneTrip = await median(() => inOneTrip(database.app, asker, [query]));
  const transaction = await median(() => withPractice(database.app, asker, (client) => client.query(query)));
  console.log(`bare query               ${base.toFixed(3)} ms`);
  console.log(`as a member, one trip    ${oneTrip.toFixed(3)} ms  ${(oneTrip / base).toFixed(2)} times`);
  console.log(`as a member, transaction ${transaction.toFixed(3)} ms  ${(transaction / base).toFixed(2)} times`);
} finally {
  await bare.end();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
