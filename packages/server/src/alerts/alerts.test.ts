import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

interface Told {
  readonly id: string;
  readonly clientId: string;
  readonly kind: string;
  readonly name: string;
  readonly treatedBy: readonly string[];
  readonly entry: string;
  readonly riskAssessedOn: string | null;
  readonly detail: { readonly words: string };
}

let practice: TestPractice;
/** Owner, clinician, a colleague, the clinician's supervisor, the front desk. */
let maya: Person;
let ben: Person;
let noor: Person;
let sofia: Person;
let dana: Person;
let today: IsoDate;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  noor = await practice.joined(maya, "Noor Colleague", ["clinician"]);
  sofia = await practice.joined(maya, "Sofia Supervisor", ["supervisor"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
  const entry = members.find(({ name }) => name === "Ben Clinician");
  await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, supervisorId: await memberOf(sofia) });
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
});
afterAll(() => practice.close());

const memberOf = async (person: Person) => (await person.json<{ member: { id: string } }>("GET", "/session")).member.id;
const alertsOf = async (person: Person, filter: "mine" | "all" = "mine") =>
  (await person.json<{ alerts: Told[] }>("GET", `/alerts?filter=${filter}`)).alerts;
const countOf = (person: Person) => person.json<{ count: number; risk: number }>("GET", "/alerts/count");
/** Which of these clients a person is told of. */
const toldOf = async (person: Person, clientId: string, filter: "mine" | "all" = "mine") =>
  (await alertsOf(person, filter)).filter((alert) => alert.clientId === clientId).map(({ kind }) => kind);
const trailOf = async (clientId: string, action: string) =>
  (
    await practice.database.owner.query<{ name: string }>(
      "SELECT m.name FROM audit.entry AS e JOIN trellis.member AS m ON m.id = e.member_id WHERE e.client_id = $1 AND e.action = $2 ORDER BY e.seq",
      [clientId, action],
    )
  ).rows.map(({ name }) => name);

/** The PHQ-9 with this answer to item 9, and others that add up to the rest of the total. */
async function givePhq9(person: Person, clientId: string, total: number, item9 = 0, date = today): Promise<string> {
  let left = total - item9;
  const answers = Array.from({ length: 8 }, () => {
    const answer = Math.min(3, left);
    left -= answer;
    return answer;
  });
  const id = randomUUID();
  await person.json("POST", `/clients/${clientId}/administrations`, {
    administration: { id, measure: "phq9", measureVersion: "1", date, answers: [...answers, item9, null], answeredBy: "client" },
  });
  return id;
}

const nothingConsidered = { considered: [], decisions: [] };

describe("an alert", () => {
  test("reaches whoever treats the client, and their supervisor; the owner may see it; a colleague and the front desk do not", async () => {
    const id = await addClient(ben);
    await givePhq9(ben, id, 1, 1);
    expect(await toldOf(ben, id)).toEqual(["risk-answer"]);
    expect(await toldOf(sofia, id)).toEqual(["risk-answer"]);
    expect(await toldOf(maya, id)).toEqual([]);
    expect(await toldOf(maya, id, "all")).toEqual(["risk-answer"]);
    expect(await alertsOf(noor, "all")).toEqual([]);
    expect(await countOf(noor)).toEqual({ count: 0, risk: 0 });
    expect(await countOf(ben)).toEqual({ count: 1, risk: 1 });
    expect((await dana.refused("GET", "/alerts?filter=all")).status).toBe(403);
    expect((await dana.refused("GET", "/alerts/count")).status).toBe(403);
    const [alert] = await alertsOf(ben);
    expect(alert).toMatchObject({ name: "Robin Example", treatedBy: ["Ben Clinician"], entry: "as-given" });
    const anybody = { ...nothingConsidered, done: "Nothing." };
    expect((await noor.refused("POST", `/clients/${id}/alerts/${alert?.id}/acknowledge`, anybody)).status).toBe(403);
    expect((await noor.refused("GET", `/clients/${id}/alerts`)).status).toBe(403);
  });

  test("reaches the whole care team, and not somebody who opened the chart in an emergency", async () => {
    const id = await addClient(maya);
    await givePhq9(maya, id, 1, 1);
    await noor.json("POST", `/clients/${id}/emergency-access`, { reason: "Called in crisis" });
    expect(await toldOf(noor, id)).toEqual([]);
    expect(await toldOf(noor, id, "all")).toEqual(["risk-answer"]);
    await maya.json("POST", `/clients/${id}/care-team`, { memberId: await memberOf(noor), role: "member" });
    expect(await toldOf(noor, id)).toEqual(["risk-answer"]);
    expect(await toldOf(maya, id)).toEqual(["risk-answer"]);
  });

  test("reaches the owner where nobody treats the client any more", async () => {
    const leaving = await practice.joined(maya, "Lee Leaving", ["clinician"]);
    const id = await addClient(leaving);
    await givePhq9(leaving, id, 1, 1);
    expect(await toldOf(maya, id)).toEqual([]);
    const { members } = await maya.json<{ members: { id: string; name: string; version: number }[] }>("GET", "/members");
    const entry = members.find(({ name }) => name === "Lee Leaving");
    await maya.json("PATCH", `/members/${entry?.id}`, { version: entry?.version, active: false });
    expect(await toldOf(maya, id)).toEqual(["risk-answer"]);
  });

  test("of danger stands first, then the one that waits longest", async () => {
    const worse = await addClient(noor, "Alex");
    const before = addDays(today, -14);
    await givePhq9(noor, worse, 5, 0, before);
    await givePhq9(noor, worse, 20);
    const danger = await addClient(noor, "Sam");
    await givePhq9(noor, danger, 1, 1);
    expect((await alertsOf(noor)).filter(({ clientId }) => clientId === worse || clientId === danger).map(({ kind }) => kind)).toEqual([
      "risk-answer",
      "deteriorated",
    ]);
  });

  test("of the practice client is shown and counted nowhere", async () => {
    const other = await practice.joined(maya, "Pat Practicing", ["clinician"]);
    const { id } = await other.json<{ id: string }>("POST", "/clients", {
      client: { name: { given: "Try", family: "Example" }, birthDate: "1988-04-12" },
      isPracticeClient: true,
    });
    await givePhq9(other, id, 1, 1);
    expect(await alertsOf(other)).toHaveLength(1);
    expect(await countOf(other)).toEqual({ count: 0, risk: 0 });
  });

  test("is written into the trail of each client that it tells of; counting is not", async () => {
    const id = await addClient(ben, "Kim");
    await givePhq9(ben, id, 1, 1);
    await countOf(ben);
    expect(await trailOf(id, "alert.read")).toEqual([]);
    await alertsOf(ben);
    expect(await trailOf(id, "alert.read")).toEqual(["Ben Clinician"]);
  });
});

describe("acknowledging", () => {
  test("says what was considered, decided and done, once; whoever comes second is told who was first", async () => {
    const id = await addClient(ben, "Jo");
    await givePhq9(ben, id, 1, 1);
    const path = `/clients/${id}/alerts/${(await alertsOf(ben)).find(({ clientId }) => clientId === id)?.id}/acknowledge`;
    expect((await ben.refused("POST", path, { ...nothingConsidered, done: "  " })).errors).toEqual([
      { pointer: "/done", message: expect.stringMatching(/what was done/) },
    ]);
    expect((await ben.refused("POST", path, { considered: [], decisions: ["shrugged"], done: "Well." })).status).toBe(422);
    const given = { considered: ["ask-directly"], decisions: ["assessed-risk"], done: "Asked at once: no plan, safety plan made." };
    await ben.json("POST", path, given);
    await ben.json("POST", path, given);
    const second = await sofia.refused("POST", path, { ...nothingConsidered, done: "Called the client." });
    expect(second).toMatchObject({ status: 409, detail: expect.stringMatching(/^Ben Clinician acknowledged this alert on /) });
    expect(await toldOf(ben, id)).toEqual([]);
    const { alerts } = await ben.json<{ alerts: unknown[] }>("GET", `/clients/${id}/alerts`);
    expect(alerts).toMatchObject([{ kind: "risk-answer", acknowledgedBy: "Ben Clinician", acknowledgement: given }]);
    expect(await trailOf(id, "alert.acknowledge")).toEqual(["Ben Clinician"]);
    expect(await trailOf(id, "alert.read")).toContain("Sofia Supervisor");
    const chart = await ben.json<{ alerts: unknown[]; riskAcknowledged: string[] }>("GET", `/clients/${id}/chart`);
    expect(chart.alerts).toEqual([]);
    expect(chart.riskAcknowledged).toHaveLength(1);
  });

  test("can follow on a risk assessment: the list says when risk was assessed after the answer, and not that it was before", async () => {
    const id = await addClient(ben, "Lu");
    const riskOf = async () => (await alertsOf(ben)).find(({ clientId }) => clientId === id)?.riskAssessedOn;
    const assessed = { version: 0, content: { assessedOn: today, level: "low" } };
    await ben.json("PUT", `/clients/${id}/intake/risk`, assessed);
    await givePhq9(ben, id, 1, 1);
    expect(await riskOf()).toBeNull();
    await ben.json("PUT", `/clients/${id}/intake/risk`, { ...assessed, version: 1 });
    expect(await riskOf()).toBe(today);
  });

  test("cannot be taken back in the database either", async () => {
    await expect(
      practice.database.owner.query(
        "UPDATE trellis.alert SET acknowledged_at = NULL, acknowledged_by = NULL, done = NULL WHERE done IS NOT NULL",
      ),
    ).rejects.toThrow(/acknowledged once/);
    await expect(practice.database.owner.query("UPDATE trellis.alert SET kind = 'other'")).rejects.toThrow(/never changed/);
  });

  test("finds no alert of another chart", async () => {
    const [one, other] = [await addClient(ben, "One"), await addClient(ben, "Other")];
    await givePhq9(ben, one, 1, 1);
    const alert = (await alertsOf(ben)).find(({ clientId }) => clientId === one);
    const done = { ...nothingConsidered, done: "Called." };
    expect((await ben.refused("POST", `/clients/${other}/alerts/${alert?.id}/acknowledge`, done)).status).toBe(404);
    expect((await ben.refused("POST", `/clients/${one}/alerts/${randomUUID()}/acknowledge`, done)).status).toBe(404);
  });

  test("an entry marked as an error leaves its alert open, after all others and with the reason to close it", async () => {
    const id = await addClient(ben, "Em");
    const entry = await givePhq9(ben, id, 1, 1);
    await ben.json("POST", `/clients/${id}/administrations/${entry}/error`, { reason: "Another client's form." });
    const alerts = await alertsOf(ben);
    expect(alerts.length).toBeGreaterThan(1);
    expect(alerts.at(-1)).toMatchObject({ clientId: id, kind: "risk-answer", entry: "error" });
  });
});

describe("a course off track", () => {
  test("is told once while the alert is open, rests four weeks after somebody acted on it, and is told again then", async () => {
    const id = await addClient(noor, "Uma");
    await givePhq9(noor, id, 5, 0, addDays(today, -21));
    await givePhq9(noor, id, 20, 0, addDays(today, -14));
    await givePhq9(noor, id, 21, 0, addDays(today, -7));
    expect(await toldOf(noor, id)).toEqual(["deteriorated"]);
    const alert = (await alertsOf(noor)).find(({ clientId }) => clientId === id);
    await noor.json("POST", `/clients/${id}/alerts/${alert?.id}/acknowledge`, {
      ...nothingConsidered,
      done: "Two sessions a week from now on.",
    });
    await givePhq9(noor, id, 22, 0, addDays(today, -1));
    expect(await toldOf(noor, id)).toEqual([]);
    // Danger does not rest.
    await givePhq9(noor, id, 22, 1, addDays(today, -1));
    expect(await toldOf(noor, id)).toEqual(["risk-answer"]);
    const { owner } = practice.database;
    await owner.query("ALTER TABLE trellis.alert DISABLE TRIGGER kept_as_raised");
    await owner.query("UPDATE trellis.alert SET acknowledged_at = now() - interval '28 days 1 minute' WHERE id = $1", [alert?.id]);
    await owner.query("ALTER TABLE trellis.alert ENABLE TRIGGER kept_as_raised");
    await givePhq9(noor, id, 22);
    expect(await toldOf(noor, id)).toEqual(["risk-answer", "deteriorated"]);
  });
});

describe("another practice", () => {
  test("sees and acknowledges nothing", async () => {
    const id = await addClient(ben, "Far");
    await givePhq9(ben, id, 1, 1);
    const alert = (await alertsOf(ben)).find(({ clientId }) => clientId === id);
    const elsewhere = practice.visitor();
    await elsewhere.json("POST", "/practice/demo", {});
    expect((await alertsOf(elsewhere, "all")).map(({ clientId }) => clientId)).not.toContain(id);
    expect((await elsewhere.refused("GET", `/clients/${id}/alerts`)).status).toBe(404);
    const done = { ...nothingConsidered, done: "Read it." };
    expect((await elsewhere.refused("POST", `/clients/${id}/alerts/${alert?.id}/acknowledge`, done)).status).toBe(404);
  });
});
