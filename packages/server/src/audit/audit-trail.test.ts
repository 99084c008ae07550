import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inOneTrip } from "../database/pool.ts";
import { createTestPractice, type Person, practiceClient, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let clientId: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  clientId = await practiceClient(maya);
});
afterAll(() => practice.close());

const verify = () => maya.json<{ ok: boolean; entries: number; firstFault?: { seq: number; fault: string } }>("GET", "/audit/verify");
/** What the check finds, without an entry of its own. */
const fault = async () => {
  const { practice: house, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
  const asker = { practiceId: house.id, memberId: member.id };
  return (await inOneTrip(practice.trellis.app, asker, [{ text: "SELECT seq, fault FROM audit.first_fault()" }]))[0].rows;
};
const words = async () =>
  (await maya.json<{ entries: { words: string; by: string }[] }>("GET", `/clients/${clientId}/access-log`)).entries.map(
    (entry) => entry.words,
  );

/** Does what the application's role cannot: as the tables' owner, with the guards switched off, like somebody with the database in hand. */
async function tamper(statement: string): Promise<void> {
  const client = await practice.database.owner.connect();
  try {
    await client.query("BEGIN");
    await client.query("ALTER TABLE audit.entry DISABLE TRIGGER appended_for_good");
    await client.query(statement);
    await client.query("ALTER TABLE audit.entry ENABLE TRIGGER appended_for_good");
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

describe("the audit trail", () => {
  test("every reading and every change of a chart stands in it, newest first, with who did it", async () => {
    await maya.json("GET", `/clients/${clientId}/chart`);
    const { planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {});
    await maya.json("GET", `/plans/${planId}`);
    await maya.json("POST", `/plans/${planId}/edits`, {
      base: 0,
      batch: crypto.randomUUID(),
      edits: [{ type: "set", path: ["familyInvolvement"], value: "Invited." }],
    });
    await maya.ask("GET", `/plans/${planId}/document.pdf`);
    expect((await words()).slice(0, 5)).toEqual([
      "Made a PDF of the plan",
      "Changed the plan",
      "Opened the plan",
      "Drafted a plan",
      "Opened the chart",
    ]);
    expect((await words())[0]).toBe("Looked at the access log");
  });

  test("says nothing of what a chart holds", async () => {
    const { rows } = await practice.database.owner.query<{ text: string }>(
      "SELECT coalesce(string_agg(e::text, ' '), '') AS text FROM audit.entry AS e",
    );
    const { client, intake } = await maya.json<{ client: { name: { family: string } }; intake: object }>(
      "GET",
      `/clients/${clientId}/chart`,
    );
    expect(rows[0]?.text).not.toContain(client.name.family);
    expect(JSON.stringify(intake).length).toBeGreaterThan(1000);
    expect(rows[0]?.text).not.toMatch(/worr|sleep|Invited/i);
  });

  test("a change that fails leaves no entry, and no change is made without one", async () => {
    const before = (await verify()).entries;
    await maya.refused("POST", `/clients/${clientId}/administrations/${crypto.randomUUID()}/error`, { reason: "Nothing to mark" });
    expect((await verify()).entries).toBe(before + 1);
  });

  test("a save that is refused and shows what stands there instead is a reading, and stands in it as one", async () => {
    const { diagnoses, plans, client } = await maya.json<{
      client: object;
      diagnoses: { id: string; version: number }[];
      plans: { id: string }[];
    }>("GET", `/clients/${clientId}/chart`);
    const { version: _, ...diagnosis } = diagnoses[0] ?? { id: "", version: 0 };
    const seen = async (method: string, path: string, body: object) => {
      expect((await maya.refused(method, path, body)).status).toBe(409);
      return (await words())[0];
    };
    expect(await seen("PUT", `/clients/${clientId}/intake/formulation`, { version: 99, content: {} })).toBe("Opened the chart");
    expect(await seen("PUT", `/clients/${clientId}/diagnoses/${diagnosis.id}`, { version: 99, diagnosis })).toBe("Opened the chart");
    expect(await seen("PUT", `/clients/${clientId}`, { version: 99, client })).toBe("Saw the client's details");
    const edits = [{ type: "set", path: ["allergies"], value: "None" }];
    expect(await seen("POST", `/plans/${plans[0]?.id}/edits`, { base: 0, batch: crypto.randomUUID(), edits })).toBe("Opened the plan");
  });

  test("a revision that is not there was not opened", async () => {
    const { plans } = await maya.json<{ plans: { id: string; revision: number }[] }>("GET", `/clients/${clientId}/chart`);
    const { id, revision } = plans[0] ?? { id: "", revision: 0 };
    const before = (await verify()).entries;
    for (const path of [`/plans/${id}?revision=9`, `/plans/${id}/document.pdf?revision=9`])
      expect((await maya.refused("GET", path)).status).toBe(404);
    expect((await verify()).entries).toBe(before + 1);
    await maya.json("GET", `/plans/${id}?revision=${revision}`);
    expect((await verify()).entries).toBe(before + 3);
  });

  test("says why a chart was opened in an emergency, every time, and which roles and settings were given", async () => {
    const eve = await practice.joined(maya, "Eve Emergency", ["clinician"]);
    const end = "UPDATE trellis.care_team SET until = now() - interval '1 second' WHERE role = 'emergency'";
    for (const reason of ["Called in crisis", " Called again the day after "]) {
      await eve.json("POST", `/clients/${clientId}/emergency-access`, { reason });
      await practice.database.owner.query(end);
    }
    const { entries } = await maya.json<{ entries: { words: string; by: string; reason: string | null }[] }>(
      "GET",
      `/clients/${clientId}/access-log`,
    );
    expect(entries.filter(({ by }) => by === "Eve Emergency").map(({ reason }) => reason)).toEqual([
      "Called again the day after",
      "Called in crisis",
    ]);
    expect(entries.find(({ words: what }) => what === "Opened the chart")?.reason).toBeNull();
    const { member } = await eve.json<{ member: { id: string } }>("GET", "/session");
    await maya.json("PATCH", `/members/${member.id}`, { version: 1, roles: ["clinician", "supervisor"], name: "Eve E.", active: true });
    const { practice: house } = await maya.json<{ practice: { version: number } }>("GET", "/session");
    await maya.json("PATCH", "/practice", { version: house.version, idleMinutes: 20, address: "1 Linden Street" });
    const { rows } = await practice.database.owner.query(
      "SELECT detail FROM audit.entry WHERE action IN ('invitation.create', 'member.change', 'practice.change') ORDER BY seq DESC LIMIT 3",
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      { idleMinutes: 20, address: true },
      { roles: "clinician supervisor", name: true, active: true },
      { roles: "clinician" },
    ]);
  });

  test("many at once stay one unbroken chain", async () => {
    await Promise.all(Array.from({ length: 20 }, () => maya.json("GET", `/clients/${clientId}/chart`)));
    expect(await verify()).toMatchObject({ ok: true });
  });

  test("is checked by the owner only", async () => {
    const ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
    expect((await ben.refused("GET", "/audit/verify")).status).toBe(403);
  });
});

describe("somebody who tampers with the trail is found out", () => {
  beforeEach(async () => {
    await tamper(
      "CREATE TABLE IF NOT EXISTS audit.kept AS SELECT * FROM audit.entry; DELETE FROM audit.entry; INSERT INTO audit.entry SELECT * FROM audit.kept; UPDATE audit.head SET seq = (SELECT max(seq) FROM audit.kept), hash = (SELECT hash FROM audit.kept ORDER BY seq DESC LIMIT 1)",
    );
    expect(await verify()).toMatchObject({ ok: true });
  });

  test("a changed entry", async () => {
    await tamper("UPDATE audit.entry SET member_id = NULL WHERE seq = 3");
    expect(await verify()).toMatchObject({ ok: false, firstFault: { seq: 3, fault: "changed" } });
  });

  test("a missing entry", async () => {
    await tamper("DELETE FROM audit.entry WHERE seq = 5");
    expect(await verify()).toMatchObject({ ok: false, firstFault: { seq: 6, fault: "missing" } });
  });

  test("two entries that changed places", async () => {
    await tamper(
      "UPDATE audit.entry SET seq = -1 WHERE seq = 3; UPDATE audit.entry SET seq = 3 WHERE seq = 4; UPDATE audit.entry SET seq = 4 WHERE seq = -1",
    );
    expect(await verify()).toMatchObject({ ok: false, firstFault: { seq: 3, fault: "changed" } });
  });

  test("entries cut off at the end", async () => {
    const { rows } = await practice.database.owner.query<{ seq: number }>("SELECT max(seq) AS seq FROM audit.entry");
    await tamper("DELETE FROM audit.entry WHERE seq = (SELECT max(seq) FROM audit.entry)");
    expect(await verify()).toMatchObject({ ok: false, firstFault: { seq: rows[0]?.seq, fault: "missing" } });
  });

  test("entries cut off at the end, together with what remembers how many there were", async () => {
    await tamper("CREATE TABLE audit.kept_head AS SELECT * FROM audit.head");
    await tamper("DELETE FROM audit.head; DELETE FROM audit.entry WHERE seq > 10");
    expect(await fault()).toEqual([{ seq: 1, fault: "missing" }]);
    await tamper("DELETE FROM audit.entry");
    expect(await fault()).toEqual([{ seq: 1, fault: "missing" }]);
    await tamper("INSERT INTO audit.head SELECT * FROM audit.kept_head");
  });
});
