import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let sue: Person;
let today: IsoDate;
let robin: string;

const secret = "My own hunch: the silence is about the father.";

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  sue = await practice.joined(maya, "Sue Supervisor", ["supervisor", "clinician"]);
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
  robin = await addClient(ben);
  await ben.json("POST", `/clients/${robin}/care-team`, { memberId: await idOf("Sue Supervisor"), role: "member" });
  const { version } = (await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members")).members.find(
    ({ name }) => name === "Ben Clinician",
  ) ?? { version: 1 };
  await maya.json("PATCH", `/members/${await idOf("Ben Clinician")}`, { version, supervisorId: await idOf("Sue Supervisor") });
});
afterAll(() => practice.close());

async function idOf(name: string): Promise<string> {
  const { rows } = await practice.database.owner.query<{ id: string }>("SELECT id FROM trellis.member WHERE name = $1", [name]);
  return rows[0]?.id ?? "";
}
const list = (person: Person) =>
  person.json<{ notes: { id: string; text: string; version: number; releases: { toWhom: string }[] }[] }>(
    "GET",
    `/clients/${robin}/psychotherapy-notes`,
  );
const path = (id: string) => `/clients/${robin}/psychotherapy-notes/${id}`;
async function write(text = secret): Promise<string> {
  const id = randomUUID();
  await ben.json("PUT", path(id), { version: 0, content: { date: today, text } });
  return id;
}

test("a psychotherapy note is saved as it is typed, and a second window overwrites nothing", async () => {
  const id = await write("One.");
  await ben.json("PUT", path(id), { version: 1, content: { date: today, text: "One and two." } });
  await ben.json("PUT", path(id), { version: 1, content: { date: today, text: "One and two." } });
  expect((await ben.refused("PUT", path(id), { version: 1, content: { date: today, text: "Other." } })).status).toBe(409);
  expect((await list(ben)).notes.find((note) => note.id === id)).toMatchObject({ text: "One and two.", version: 2 });
  await ben.json("DELETE", path(id));
  expect((await list(ben)).notes.some((note) => note.id === id)).toBe(false);
  expect((await ben.refused("PUT", path(id), { version: 2, content: { date: today, text: "Back." } })).status).toBe(409);
});

test("owner, supervisor and colleagues see nothing of it: not the list, not the note, not the release, not in the database either", async () => {
  const id = await write();
  const release = randomUUID();
  await ben.json("POST", `${path(id)}/releases`, {
    id: release,
    version: 1,
    toWhom: "Dr. Example",
    purpose: "Second opinion",
    authorizedOn: today,
  });
  for (const person of [maya, sue]) {
    expect((await list(person)).notes).toEqual([]);
    expect((await person.refused("PUT", path(id), { version: 1, content: { date: today, text: "Mine." } })).status).toBe(404);
    expect((await person.refused("DELETE", path(id))).status).toBe(404);
    expect(
      (
        await person.refused("POST", `${path(id)}/releases`, {
          id: randomUUID(),
          version: 1,
          toWhom: "Me",
          purpose: "See",
          authorizedOn: today,
        })
      ).status,
    ).toBe(404);
    expect((await person.refused("GET", `${path(id)}/releases/${release}/note.pdf`)).status).toBe(404);
  }
  const { rows } = await practice.database.owner.query<{ id: string }>("SELECT id FROM trellis.practice");
  for (const name of ["Maya Okafor", "Sue Supervisor"])
    await withPractice(practice.trellis.app, { practiceId: rows[0]?.id ?? "", memberId: await idOf(name) }, async (client) => {
      expect((await client.query("SELECT 1 FROM trellis.psychotherapy_note")).rowCount).toBe(0);
      expect((await client.query("SELECT 1 FROM trellis.psychotherapy_note_release")).rowCount).toBe(0);
      expect((await client.query("UPDATE trellis.psychotherapy_note SET text = ''")).rowCount).toBe(0);
    });
  const dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  expect((await dana.refused("GET", `/clients/${robin}/psychotherapy-notes`)).status).toBe(403);
});

test("emergency access opens the chart and not the psychotherapy notes", async () => {
  const id = await write();
  const eve = await practice.joined(maya, "Eve Oncall", ["clinician"]);
  await eve.json("POST", `/clients/${robin}/emergency-access`, { reason: "Called in crisis" });
  await eve.json("GET", `/clients/${robin}/chart`);
  expect((await list(eve)).notes).toEqual([]);
  expect((await eve.refused("PUT", path(id), { version: 1, content: { date: today, text: "Mine." } })).status).toBe(404);
});

test("it is in nothing that is read or exported of the client", async () => {
  await write();
  for (const address of [
    `/clients/${robin}/chart`,
    `/clients/${robin}/treatment`,
    `/clients/${robin}/access-log`,
    `/clients/${robin}/ending`,
    `/clients/${robin}/risk-history`,
    "/my-day",
  ])
    expect(await (await ben.ask("GET", address)).text(), address).not.toContain("the silence is about");
  const summary = await ben.json("POST", `/clients/${robin}/discharge-summaries`, { id: randomUUID(), kind: "discharge" });
  expect(JSON.stringify(summary)).not.toContain("the silence is about");
  const trail = await practice.database.owner.query(
    "SELECT 1 FROM audit.entry WHERE detail::text LIKE '%silence%' OR object LIKE '%silence%'",
  );
  expect(trail.rowCount).toBe(0);
});

test("one note is released as it stands, with the client's authorization, and stays what was handed over", async () => {
  const id = await write();
  const release = { id: randomUUID(), version: 1, toWhom: "Dr. Example", purpose: "Second opinion", authorizedOn: today };
  for (const [wrong, pointer] of [
    [{ ...release, toWhom: " " }, "/toWhom"],
    [{ ...release, purpose: "" }, "/purpose"],
    [{ ...release, authorizedOn: addDays(today, 2) }, "/authorizedOn"],
  ] as const)
    expect((await ben.refused("POST", `${path(id)}/releases`, wrong)).errors).toMatchObject([{ pointer }]);
  await ben.json("POST", `${path(id)}/releases`, release);
  await ben.json("POST", `${path(id)}/releases`, release);
  const pdf = () => ben.ask("GET", `${path(id)}/releases/${release.id}/note.pdf`);
  const before = Buffer.from(await (await pdf()).arrayBuffer());
  await ben.json("PUT", path(id), { version: 1, content: { date: today, text: "Rewritten." } });
  expect(Buffer.from(await (await pdf()).arrayBuffer()).equals(before)).toBe(true);
  expect((await list(ben)).notes.find((note) => note.id === id)?.releases).toMatchObject([{ toWhom: "Dr. Example" }]);
  expect((await ben.refused("POST", `${path(id)}/releases`, { ...release, id: randomUUID() })).status).toBe(409);
  const { owner } = practice.database;
  const handedOver = async (text: string) => {
    await owner.query("ALTER TABLE trellis.psychotherapy_note_release DISABLE TRIGGER USER");
    await owner.query("UPDATE trellis.psychotherapy_note_release SET text = $2 WHERE id = $1", [release.id, text]);
    await owner.query("ALTER TABLE trellis.psychotherapy_note_release ENABLE TRIGGER USER");
    return (await maya.json<{ ok: boolean }>("GET", "/audit/verify")).ok;
  };
  expect(await handedOver("Something else.")).toBe(false);
  expect(await handedOver(secret)).toBe(true);
});
