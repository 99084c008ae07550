import { randomUUID } from "node:crypto";
import { openDatabase } from "./open-database.ts";
import { isDatabaseAway, withPractice } from "./pool.ts";

/**
 * A stand-in for the server in tests that kill: opens the database of TRELLIS_DATA as the server does and saves numbered records, one transaction
 * each, as fast as it can. Tells on standard output which numbers it found, which process PostgreSQL is, and each number once its commit was acknowledged.
 */
const say = (word: string, value: unknown) => process.stdout.write(`${word} ${JSON.stringify(value)}\n`);

const database = await openDatabase(process.env, (reason) => {
  say("gave-up", reason);
  process.exit(1);
});
const practiceId = process.env.TEST_PRACTICE ?? "";
const memberId = process.env.TEST_MEMBER ?? "";
const asker = { practiceId, memberId };

await database.app
  .query("SELECT trellis.set_up_practice($1, 'Linden', 'UTC', false, $2, 'Maya', 'maya@example.org', '')", [practiceId, memberId])
  .catch((error: unknown) => {
    // Set up by the run before.
    if (!(error instanceof Error && "code" in error && error.code === "TR003")) throw error;
  });
const { rows } = await withPractice(database.app, asker, (client) =>
  client.query<{ number: number }>("SELECT sort_name::int AS number FROM trellis.client ORDER BY 1"),
);
say(
  "found",
  rows.map(({ number }) => number),
);
let next = (rows.at(-1)?.number ?? 0) + 1;
for (let server: number | undefined; ; ) {
  if (database.serverPid !== server) {
    server = database.serverPid;
    say("postgres", server);
  }
  const number = next;
  next += 1;
  try {
    await withPractice(database.app, asker, (client) =>
      client.query("INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text) VALUES ($1, $2, '{}', $3, '')", [
        practiceId,
        randomUUID(),
        String(number),
      ]),
    );
    say("saved", number);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    // Not acknowledged: it may be there or not.
    say("unknown", number);
  }
}
