import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

interface Chart {
  readonly sessions: readonly { readonly id: string; readonly date: IsoDate; readonly attendance: string; readonly version: number }[];
  readonly events: readonly unknown[];
  readonly alerts: readonly { readonly id: string; readonly kind: string; readonly detail: { readonly words: string } }[];
}

let practice: TestPractice;
let maya: Person;
let dana: Person;
let ben: Person;
let today: IsoDate;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
});
afterAll(() => practice.close());

const chartOf = (id: string) => maya.json<Chart>("GET", `/clients/${id}/chart`);
const weeksAgo = (weeks: number) => addDays(today, -7 * weeks);
async function record(id: string, attendance: string, date: IsoDate, sessionId: string = randomUUID(), version = 0): Promise<string> {
  await maya.json("PUT", `/clients/${id}/sessions/${sessionId}`, { version, date, attendance });
  return sessionId;
}
const trailOf = async (clientId: string) =>
  (
    await practice.database.owner.query<{ action: string }>(
      "SELECT action FROM audit.entry WHERE client_id = $1 AND action ~ '^(appointment|course-event)' ORDER BY seq",
      [clientId],
    )
  ).rows.map(({ action }) => action);

describe("a session", () => {
  test("is recorded once however often it is sent, changed, and taken off the record", async () => {
    const id = await addClient(maya);
    const session = await record(id, "attended", today);
    await record(id, "attended", today, session);
    await record(id, "late", today, session, 1);
    await record(id, "late", today, session, 1);
    expect((await chartOf(id)).sessions).toEqual([{ id: session, date: today, attendance: "late", version: 2 }]);
    await maya.json("DELETE", `/clients/${id}/sessions/${session}`);
    await maya.json("DELETE", `/clients/${id}/sessions/${session}`);
    expect((await chartOf(id)).sessions).toEqual([]);
    expect(await trailOf(id)).toEqual(["appointment.save", "appointment.save", "appointment.remove"]);
  });

  test("that somebody changed or removed meanwhile is not overwritten", async () => {
    const id = await addClient(maya);
    const path = `/clients/${id}/sessions/${await record(id, "attended", today)}`;
    await maya.json("PUT", path, { version: 1, date: today, attendance: "late" });
    expect(await maya.refused("PUT", path, { version: 1, date: today, attendance: "missed" })).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/changed/),
    });
    expect((await maya.refused("PUT", path, { version: 0, date: today, attendance: "missed" })).status).toBe(409);
    await maya.json("DELETE", path);
    expect(await maya.refused("PUT", path, { version: 2, date: today, attendance: "missed" })).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/removed/),
    });
    expect(
      (
        await maya.refused("PUT", `/clients/${await addClient(maya)}${path.slice(path.indexOf("/sessions"))}`, {
          version: 0,
          date: today,
          attendance: "late",
        })
      ).status,
    ).toBe(422);
  });

  test("was not before birth, is not in the future, and is of a kind", async () => {
    const id = await addClient(maya);
    for (const entry of [
      { version: 0, date: addDays(today, 2), attendance: "attended" },
      { version: 0, date: "1988-04-11", attendance: "attended" },
      { version: 0, date: "2026-02-30", attendance: "attended" },
      { version: 0, date: today, attendance: "asleep" },
    ])
      expect((await maya.refused("PUT", `/clients/${id}/sessions/${randomUUID()}`, entry)).errors, JSON.stringify(entry)).toHaveLength(1);
    expect((await chartOf(id)).sessions).toEqual([]);
  });

  test("is for the care team: neither a colleague nor the front desk records one", async () => {
    const id = await addClient(maya);
    for (const person of [ben, dana])
      expect(
        (await person.refused("PUT", `/clients/${id}/sessions/${randomUUID()}`, { version: 0, date: today, attendance: "attended" }))
          .status,
      ).toBe(403);
  });
});

describe("the third session missed in a row", () => {
  test("raises one alert for the run, whatever follows; the next run raises another", async () => {
    const id = await addClient(maya);
    await record(id, "missed", weeksAgo(9));
    await record(id, "missed", weeksAgo(8));
    await record(id, "cancelled", weeksAgo(7));
    expect((await chartOf(id)).alerts).toEqual([]);
    await record(id, "missed", weeksAgo(6));
    expect((await chartOf(id)).alerts).toMatchObject([
      { kind: "missed-sessions", detail: { words: expect.stringMatching(/^3 sessions/) } },
    ]);
    await record(id, "missed", weeksAgo(5));
    const { alerts } = await chartOf(id);
    expect(alerts).toHaveLength(1);
    await maya.json("POST", `/clients/${id}/alerts/${alerts[0]?.id}/acknowledge`, { considered: [], done: "Called; comes next week." });
    await record(id, "missed", weeksAgo(4));
    expect((await chartOf(id)).alerts).toEqual([]);
    await record(id, "attended", weeksAgo(3));
    await record(id, "missed", weeksAgo(2));
    await record(id, "missed", weeksAgo(1));
    await record(id, "missed", today);
    expect((await chartOf(id)).alerts).toHaveLength(1);
  });

  test("is seen also when a correction makes it the third, and when all three arrive at once", async () => {
    const corrected = await addClient(maya);
    await record(corrected, "missed", weeksAgo(3));
    const wrong = await record(corrected, "attended", weeksAgo(2));
    await record(corrected, "missed", weeksAgo(1));
    await record(corrected, "missed", weeksAgo(2), wrong, 1);
    expect((await chartOf(corrected)).alerts).toHaveLength(1);
    const atOnce = await addClient(maya);
    await Promise.all([3, 2, 1].map((weeks) => record(atOnce, "missed", weeksAgo(weeks))));
    expect((await chartOf(atOnce)).alerts).toHaveLength(1);
  });
});

describe("an event", () => {
  test("is added, changed and removed; whoever changes what has changed is told", async () => {
    const id = await addClient(maya);
    const event = { id: randomUUID(), date: weeksAgo(1), kind: "medication", label: "Sertraline begun" };
    const path = `/clients/${id}/events/${event.id}`;
    await maya.json("PUT", path, { before: null, event });
    await maya.json("PUT", path, { before: null, event });
    const more = { ...event, label: "Sertraline begun, 50 mg" };
    await maya.json("PUT", path, { before: event, event: more });
    expect((await chartOf(id)).events).toEqual([more]);
    expect((await maya.refused("PUT", path, { before: event, event: { ...event, kind: "other" } })).status).toBe(409);
    expect((await maya.refused("PUT", path, { before: more, event: { ...more, label: " " } })).errors).toEqual([
      { pointer: "/event/label", message: "Say in a few words what happened." },
    ]);
    expect((await maya.refused("PUT", path, { before: more, event: { ...more, date: addDays(today, 3) } })).errors).toMatchObject([
      { pointer: "/event/date" },
    ]);
    await maya.json("DELETE", path);
    expect((await chartOf(id)).events).toEqual([]);
    expect(await trailOf(id)).toEqual(["course-event.save", "course-event.save", "course-event.remove"]);
    expect((await ben.refused("PUT", path, { before: null, event })).status).toBe(403);
  });
});
