import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOneTrip } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
});
afterAll(() => practice.close());

describe("a closed chart", () => {
  test("many who are refused at once are all told so, and none waits for another", async () => {
    const id = await addClient(maya);
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await ben.ask("PUT", `/clients/${id}/intake/formulation`, { version: 0, content: {} });
        return answer.status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([403]));
  });
});

describe("a care team", () => {
  const memberOf = async (person: Person) => (await person.json<{ member: { id: string } }>("GET", "/session")).member.id;
  const supervise = async (name: string, supervisorId: string) => {
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const entry = members.find((member) => member.name === name);
    await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, supervisorId });
  };

  test("is said by those who belong to it and their supervisor; an emergency lets nobody in for good, not even by way of a supervisor", async () => {
    const sofia = await practice.joined(maya, "Sofia Supervisor", ["supervisor"]);
    const ofSofia = await memberOf(sofia);
    await supervise("Ben Clinician", ofSofia);
    const id = await addClient(maya);
    await ben.json("POST", `/clients/${id}/emergency-access`, { reason: "Called in crisis" });
    for (const [person, memberId] of [
      [ben, await memberOf(ben)],
      [sofia, ofSofia],
      [ben, ofSofia],
    ] as const) {
      await person.json("GET", `/clients/${id}/chart`);
      expect((await person.refused("POST", `/clients/${id}/care-team`, { memberId, role: "member" })).status).toBe(403);
      expect((await person.refused("DELETE", `/clients/${id}/care-team/${await memberOf(maya)}`)).status).toBe(403);
    }
    const own = await addClient(ben);
    await sofia.json("POST", `/clients/${own}/care-team`, { memberId: ofSofia, role: "member" });
    await ben.json("DELETE", `/clients/${own}/care-team/${ofSofia}`);
  });

  test("is guarded by the table itself", async () => {
    const { practice: house } = await ben.json<{ practice: { id: string } }>("GET", "/session");
    const asker = { practiceId: house.id, memberId: await memberOf(ben) };
    const id = await addClient(maya);
    for (const [role, until] of [
      ["member", "NULL"],
      ["primary", "NULL"],
      ["emergency", "NULL"],
      ["emergency", "now() + interval '25 hours'"],
    ])
      await expect(
        inOneTrip(practice.trellis.app, asker, [
          {
            text: `INSERT INTO trellis.care_team (practice_id, client_id, member_id, role, until, added_by) VALUES ($1, $2, $3, $4, ${until}, $3)`,
            values: [house.id, id, asker.memberId, role],
          },
        ]),
        `${role} until ${until}`,
      ).rejects.toThrow(/row-level security/);
    await ben.json("POST", `/clients/${id}/emergency-access`, { reason: "Called in crisis" });
    await ben.json("POST", `/clients/${id}/emergency-access`, { reason: "Pressed twice" });
    const [changed, removed] = await inOneTrip(practice.trellis.app, asker, [
      { text: "UPDATE trellis.care_team SET role = role WHERE client_id = $1 AND member_id <> $2", values: [id, asker.memberId] },
      { text: "DELETE FROM trellis.care_team WHERE client_id = $1", values: [id] },
    ]);
    expect([changed.rowCount, removed.rowCount]).toEqual([0, 0]);
    await expect(
      inOneTrip(practice.trellis.app, asker, [
        { text: "UPDATE trellis.care_team SET until = NULL WHERE client_id = $1 AND member_id = $2", values: [id, asker.memberId] },
      ]),
    ).rejects.toThrow(/row-level security/);
    await practice.database.owner.query("UPDATE trellis.care_team SET until = now() - interval '1 second' WHERE role = 'emergency'");
    expect((await ben.refused("GET", `/clients/${id}/chart`)).status).toBe(403);
    await ben.json("POST", `/clients/${id}/emergency-access`, { reason: "Called again" });
    await ben.json("GET", `/clients/${id}/chart`);
  });
});
