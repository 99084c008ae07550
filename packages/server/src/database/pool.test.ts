import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Asker, inOneTrip, withPractice } from "./pool.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let maya: Asker;
let elsewhere: Asker;

/** A practice with one member who owns it, and one client. */
async function addPractice(name: string): Promise<Asker> {
  const asker = { practiceId: randomUUID(), memberId: randomUUID() };
  await database.owner.query("INSERT INTO trellis.practice (id, name) VALUES ($1, $2)", [asker.practiceId, name]);
  await database.owner.query("INSERT INTO trellis.member (practice_id, id, name, email, roles) VALUES ($1, $2, $3, $4, '{owner}')", [
    asker.practiceId,
    asker.memberId,
    name,
    `${asker.memberId}@example.org`,
  ]);
  await withPractice(database.app, asker, (client) => client.query(insertClient, [asker.practiceId, randomUUID(), name]));
  return asker;
}

const insertClient = "INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text) VALUES ($1, $2, '{}', $3, $3)";
const names = { name: "names", text: "SELECT sort_name FROM trellis.client ORDER BY sort_name" } as const;
const count = async () =>
  (await database.owner.query<{ count: number }>("SELECT count(*)::int AS count FROM trellis.client")).rows[0]?.count;

beforeAll(async () => {
  database = await createTestDatabase();
  maya = await addPractice("linden");
  elsewhere = await addPractice("harbor");
});
afterAll(() => database.drop());

describe("the walls between practices", () => {
  test("without a practice, nothing is visible and nothing can be written", async () => {
    for (const table of ["practice", "member", "client", "intake_section", "plan", "plan_draft", "plan_revision", "signature"]) {
      expect((await database.app.query(`SELECT * FROM trellis.${table}`)).rows, table).toEqual([]);
    }
    await expect(database.app.query(insertClient, [maya.practiceId, randomUUID(), "x"])).rejects.toMatchObject({ code: "42501" });
  });

  test("each practice sees its own, whichever way it asks", async () => {
    for (const [asker, expected] of [
      [maya, "linden"],
      [elsewhere, "harbor"],
    ] as const) {
      expect((await withPractice(database.app, asker, (client) => client.query(names))).rows).toEqual([{ sort_name: expected }]);
      const [found] = await inOneTrip(database.app, asker, [names]);
      expect(found.rows).toEqual([{ sort_name: expected }]);
    }
  });

  test("a connection given back remembers nobody", async () => {
    await withPractice(database.app, maya, (client) => client.query(names));
    await inOneTrip(database.app, maya, [names]);
    const seen = await Promise.all(Array.from({ length: 12 }, () => database.app.query(names)));
    expect(seen.flatMap(({ rows }) => rows)).toEqual([]);
  });

  test("a member of another practice sees nothing, and a made-up one neither", async () => {
    for (const memberId of [elsewhere.memberId, randomUUID()]) {
      const [found] = await inOneTrip(database.app, { practiceId: maya.practiceId, memberId }, [names]);
      expect(found.rows).toEqual([]);
    }
  });

  test("what is not a UUID never reaches the database", async () => {
    const work = () => Promise.reject(new Error("must not run"));
    const memberId = "'); SELECT trellis.enter('";
    await expect(withPractice(database.app, { ...maya, memberId }, work)).rejects.toThrow("named by UUIDs");
    await expect(inOneTrip(database.app, { ...maya, memberId }, [names])).rejects.toThrow("named by UUIDs");
  });

  test("the sign-in role sees the sign-in tables and nothing else", async () => {
    expect((await database.auth.query('SELECT * FROM "user"')).rows).toEqual([]);
    await expect(database.auth.query("SELECT * FROM trellis.client")).rejects.toMatchObject({ code: "42501" });
    await expect(database.app.query("SELECT * FROM auth.account")).rejects.toMatchObject({ code: "42501" });
  });
});

describe("all or nothing", () => {
  test("an error in the work undoes all of it", async () => {
    const before = await count();
    const failing = withPractice(database.app, maya, async (client) => {
      await client.query(insertClient, [maya.practiceId, randomUUID(), "undone"]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await count()).toBe(before);
  });

  test("a failed statement that nobody looked at is not taken for success", async () => {
    const before = await count();
    const failing = withPractice(database.app, maya, async (client) => {
      await client.query(insertClient, [maya.practiceId, randomUUID(), "lost"]);
      await client.query("SELECT 1 / 0").catch(() => {});
    });
    await expect(failing).rejects.toThrow("had failed before it was committed");
    expect(await count()).toBe(before);
    expect((await withPractice(database.app, maya, (client) => client.query("SELECT 1 AS one"))).rows).toEqual([{ one: 1 }]);
  });

  test("statements of one trip stand or fall together, and the first error is told", async () => {
    const before = await count();
    const failing = inOneTrip(database.app, maya, [
      { text: insertClient, values: [maya.practiceId, randomUUID(), "half"] },
      { text: "SELECT 1 / 0" },
      names,
    ]);
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(await count()).toBe(before);
    const [written, seen] = await inOneTrip(database.app, maya, [
      { text: insertClient, values: [maya.practiceId, randomUUID(), "whole"] },
      names,
    ]);
    expect(written.rowCount).toBe(1);
    expect(seen.rows).toContainEqual({ sort_name: "whole" });
    expect(await count()).toBe((before ?? 0) + 1);
  });

  test("named statements and parameters keep apart on connections used by many at once", async () => {
    const echo = (value: number) => ({
      name: "echo",
      text: "SELECT $1::int AS value, trellis.current_member()::text AS member",
      values: [value],
    });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, value) => inOneTrip(database.app, value % 2 ? maya : elsewhere, [echo(value), echo(value + 1000)])),
    );
    for (const [value, [first, second]] of answers.entries()) {
      const member = value % 2 ? maya.memberId : elsewhere.memberId;
      expect([first.rows, second.rows]).toEqual([[{ value, member }], [{ value: value + 1000, member }]]);
    }
  });
});
