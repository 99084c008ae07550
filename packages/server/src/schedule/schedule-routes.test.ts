import { randomUUID } from "node:crypto";
import { addDays, addWeeks, type IsoDate, weekdayOf } from "@trellis/domain/calendar/date";
import { SessionPlan } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import { tokenHash } from "../sign-in/one-time-token.ts";
import { calendarQuery } from "./calendar-routes.ts";

interface Line {
  readonly id: string;
  readonly date: IsoDate;
  readonly startTime: string;
  readonly seriesId: string | null;
  readonly groupId: string | null;
  readonly version: number;
  readonly detail: { readonly minutes: number; readonly participants: readonly string[]; readonly groupName: string };
}
interface Treatment {
  readonly appointments: readonly Line[];
  readonly sessions: readonly {
    readonly id: string;
    readonly attendance: string;
    readonly version: number;
    readonly detail: Record<string, unknown>;
  }[];
  readonly series: readonly { readonly id: string; readonly version: number; readonly content: Record<string, unknown> }[];
  readonly authorizations: readonly { readonly content: Record<string, unknown> }[];
}
interface Calendar {
  readonly people: readonly { readonly name: string }[];
  readonly appointments: readonly (Line & {
    readonly client: { readonly id: string; readonly calledName: string };
    readonly session: { readonly attendance: string } | null;
    readonly note: { readonly signed: boolean } | null;
  })[];
}

let practice: TestPractice;
let maya: Person;
let ben: Person;
let dana: Person;
let today: IsoDate;
let mayaId: string;
let benId: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
  const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
  const idOf = (name: string) => members.find((member) => member.name === name)?.id ?? "";
  [mayaId, benId] = [idOf("Maya Okafor"), idOf("Ben Clinician")];
});
afterAll(() => practice.close());

const inDays = (days: number) => addDays(today, days);
const appointment = (date: IsoDate, startTime = "15:00", more: object = {}) => ({
  version: 0,
  date,
  startTime,
  clinicianId: mayaId,
  detail: { minutes: 50 },
  ...more,
});
const treatmentOf = (clientId: string) => maya.json<Treatment>("GET", `/clients/${clientId}/treatment`);
const calendar = (person: Person, from: IsoDate, to: IsoDate, who = "") =>
  person.json<Calendar>("GET", `/calendar?from=${from}&to=${to}${who === "" ? "" : `&who=${who}`}`);
async function plan(clientId: string, date: IsoDate, startTime = "15:00", more: object = {}): Promise<string> {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${clientId}/appointments/${id}`, appointment(date, startTime, more));
  return id;
}
const series = (firstDate: IsoDate, count: number, more: object = {}) => ({
  firstDate,
  startTime: "09:00",
  clinicianId: mayaId,
  everyWeeks: 1,
  weekdays: [weekdayOf(firstDate)],
  count,
  detail: { minutes: 50 },
  ...more,
});
const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

/** A signed plan with nothing in it but when it began and how often sessions are. */
async function signedPlan(clientId: string, start: IsoDate, frequency: object): Promise<void> {
  const planId = randomUUID();
  const { owner } = practice.database;
  await owner.query(
    "INSERT INTO trellis.plan (practice_id, id, client_id, created_by) SELECT practice_id, $1, id, $3 FROM trellis.client WHERE id = $2",
    [planId, clientId, mayaId],
  );
  const content = { sessionPlan: SessionPlan.parse({ frequency, minutes: 50, weeks: 12, expectedSessions: null }) };
  await owner.query(
    `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on)
     SELECT practice_id, $1, id, 1, $3, 'none', $4 FROM trellis.client WHERE id = $2`,
    [planId, clientId, JSON.stringify(content), start],
  );
}

describe("a session", () => {
  test("is planned once however often it is sent, moved, and taken out of the calendar", async () => {
    const client = await addClient(maya);
    const id = randomUUID();
    const path = `/clients/${client}/appointments/${id}`;
    const entry = appointment(inDays(3));
    await maya.json("PUT", path, entry);
    expect(await maya.json("PUT", path, entry)).toEqual({ version: 1, overlaps: [] });
    const moved = { ...entry, version: 1, date: inDays(4), startTime: "16:30", detail: { minutes: 60, modality: "video" } };
    expect(await maya.json("PUT", path, moved)).toMatchObject({ version: 2 });
    expect(await maya.json("PUT", path, moved)).toMatchObject({ version: 2 });
    expect((await treatmentOf(client)).appointments).toMatchObject([
      { id, date: inDays(4), startTime: "16:30", version: 2, detail: { minutes: 60, modality: "video" } },
    ]);
    await maya.json("DELETE", path, { version: 2 });
    await maya.json("DELETE", path, { version: 2 });
    expect((await treatmentOf(client)).appointments).toEqual([]);
    expect((await maya.refused("PUT", path, { ...moved, version: 3 })).detail).toMatch(/took this session out/);
  });

  test("that two people move at once goes where the first one moved it, and the second is told", async () => {
    const client = await addClient(maya);
    const id = await plan(client, inDays(2));
    const path = `/clients/${client}/appointments/${id}`;
    const answers = await Promise.all(
      [inDays(5), inDays(6)].map((date) => maya.ask("PUT", path, appointment(date, "10:00", { version: 1 }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers[0]?.status === 200 ? inDays(5) : inDays(6);
    const [there] = (await treatmentOf(client)).appointments;
    expect(there).toMatchObject({ date: won, version: 2 });
    const lost = answers.find(({ status }) => status === 409);
    expect(await lost?.json()).toMatchObject({ current: { date: won, version: 2 } });
    expect((await maya.refused("DELETE", path, { version: 1 })).status).toBe(409);
  });

  test("before birth is impossible, before the plan has to be meant, and far ahead is a slip", async () => {
    const client = await addClient(maya);
    const path = `/clients/${client}/appointments/${randomUUID()}`;
    expect((await maya.refused("PUT", path, appointment("1987-01-01"))).errors).toEqual([
      { pointer: "/date", message: expect.stringMatching(/not born/) },
    ]);
    expect((await maya.refused("PUT", path, appointment("2126-01-01"))).errors).toEqual([
      { pointer: "/date", message: expect.stringMatching(/three years/) },
    ]);
    await signedPlan(client, inDays(10), { times: 1, per: "week" });
    expect(await maya.refused("PUT", path, appointment(inDays(9)))).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/The plan begins on/),
      errors: [{ pointer: "/date", message: expect.stringMatching(/before the plan begins/) }],
    });
    await maya.json("PUT", path, appointment(inDays(9), "15:00", { beforePlan: true }));
    // Only a day that is new is asked about.
    await maya.json("PUT", path, appointment(inDays(9), "16:00", { version: 1 }));
    expect((await maya.refused("PUT", path, appointment(inDays(8), "16:00", { version: 2 }))).status).toBe(422);
    expect(
      (await maya.refused("PUT", `/clients/${client}/series/${randomUUID()}`, { series: series(inDays(1), 2), appointmentIds: ids(2) }))
        .errors,
    ).toMatchObject([{ pointer: "/series/firstDate" }]);
  });

  test("that overlaps with another of the same clinician is told and kept", async () => {
    const [one, two] = [await addClient(maya), await addClient(maya, "Ines")];
    await plan(one, inDays(20), "15:00");
    const answer = await maya.json("PUT", `/clients/${two}/appointments/${randomUUID()}`, appointment(inDays(20), "15:30"));
    expect(answer).toEqual({ version: 1, overlaps: [{ date: inDays(20), startTime: "15:00" }] });
    expect(
      await maya.json("PUT", `/clients/${two}/appointments/${randomUUID()}`, appointment(inDays(20), "15:30", { clinicianId: benId })),
    ).toMatchObject({ overlaps: [] });
  });

  test("is with somebody who treats", async () => {
    const client = await addClient(maya);
    const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
    const desk = members.find(({ name }) => name === "Dana Desk")?.id;
    for (const clinicianId of [desk, randomUUID()])
      expect(
        (await maya.refused("PUT", `/clients/${client}/appointments/${randomUUID()}`, appointment(today, "15:00", { clinicianId }))).errors,
      ).toMatchObject([{ pointer: "/clinicianId" }]);
  });
});

describe("how a planned session went", () => {
  test("is recorded under its id, with times and units, changed, taken back and recorded anew", async () => {
    const client = await addClient(maya);
    const id = await plan(client, today, "00:05", { detail: { minutes: 50, modality: "video", format: "couple" } });
    const path = `/clients/${client}/sessions/${id}`;
    await maya.json("PUT", path, { version: 0, date: today, attendance: "attended" });
    expect((await treatmentOf(client)).sessions).toMatchObject([
      { id, attendance: "attended", detail: { modality: "video", format: "couple", start: null } },
    ]);
    const detail = { start: "15:02", end: "15:55", modality: "video", format: "couple", units: 4, reason: "" };
    await maya.json("PUT", path, { version: 1, date: today, attendance: "late", detail });
    expect(await maya.json("PUT", path, { version: 1, date: today, attendance: "late", detail })).toEqual({ version: 2 });
    expect(
      (await maya.refused("PUT", path, { version: 2, date: today, attendance: "late", detail: { ...detail, end: "14:00" } })).errors,
    ).toMatchObject([{ pointer: "/detail/end" }]);
    // The small card knows of no times, and leaves them alone.
    await maya.json("PUT", path, { version: 2, date: today, attendance: "attended" });
    expect((await treatmentOf(client)).sessions).toMatchObject([{ attendance: "attended", detail }]);
    await maya.json("DELETE", path);
    expect(await maya.json("PUT", path, { version: 0, date: today, attendance: "missed" })).toEqual({ version: 4 });
    expect(await maya.json("PUT", path, { version: 0, date: today, attendance: "missed" })).toEqual({ version: 4 });
  });

  test("can be told ahead of its day only where it was cancelled", async () => {
    const client = await addClient(maya);
    const id = await plan(client, inDays(7));
    const path = `/clients/${client}/sessions/${id}`;
    expect((await maya.refused("PUT", path, { version: 0, date: inDays(7), attendance: "attended" })).errors).toMatchObject([
      { pointer: "/date" },
    ]);
    expect(
      (await maya.refused("PUT", `/clients/${client}/sessions/${randomUUID()}`, { version: 0, date: inDays(7), attendance: "cancelled" }))
        .errors,
    ).toMatchObject([{ pointer: "/date" }]);
    await maya.json("PUT", path, { version: 0, date: inDays(7), attendance: "cancelled", detail: { reason: "On holiday" } });
    expect(
      (await maya.refused("PUT", `/clients/${client}/appointments/${id}`, appointment(inDays(8), "15:00", { version: 1 }))).detail,
    ).toMatch(/stays where it was/);
    expect((await maya.refused("DELETE", `/clients/${client}/appointments/${id}`, { version: 1 })).detail).toMatch(/stays in the calendar/);
  });

  test("keeps the alert at the third one missed", async () => {
    const client = await addClient(maya);
    for (const weeks of [3, 2, 1]) {
      const id = await plan(client, addWeeks(today, -weeks));
      await maya.json("PUT", `/clients/${client}/sessions/${id}`, {
        version: 0,
        date: addWeeks(today, -weeks),
        attendance: "missed",
        detail: {},
      });
    }
    const { alerts } = await maya.json<{ alerts: readonly { kind: string }[] }>("GET", `/clients/${client}/chart`);
    expect(alerts).toHaveLength(1);
  });
});

describe("a series", () => {
  test("is planned once however often it is sent, and every session can be moved alone", async () => {
    const client = await addClient(maya);
    const id = randomUUID();
    const body = { series: series(inDays(1), 4), appointmentIds: ids(4) };
    await maya.json("PUT", `/clients/${client}/series/${id}`, body);
    expect(await maya.json("PUT", `/clients/${client}/series/${id}`, body)).toMatchObject({ version: 1 });
    const { appointments } = await treatmentOf(client);
    expect(appointments.map(({ date, seriesId }) => [date, seriesId])).toEqual([1, 8, 15, 22].map((days) => [inDays(days), id]));
    await maya.json("PUT", `/clients/${client}/appointments/${appointments[1]?.id}`, appointment(inDays(9), "09:00", { version: 1 }));
    expect((await treatmentOf(client)).appointments[1]).toMatchObject({ date: inDays(9), seriesId: id });
    expect(
      (await maya.refused("PUT", `/clients/${client}/series/${randomUUID()}`, { ...body, appointmentIds: ids(3) })).errors,
    ).toMatchObject([{ pointer: "/appointmentIds" }]);
  });

  test("ends with a reason, and what was recorded stays", async () => {
    const client = await addClient(maya);
    const id = randomUUID();
    const appointmentIds = ids(4);
    await maya.json("PUT", `/clients/${client}/series/${id}`, { series: series(today, 4), appointmentIds });
    await maya.json("PUT", `/clients/${client}/sessions/${appointmentIds[2]}`, { version: 0, date: inDays(14), attendance: "cancelled" });
    const rest = { version: 1, from: inDays(1), reason: "The client moves away.", next: null };
    expect((await maya.refused("POST", `/clients/${client}/series/${id}/rest`, { ...rest, reason: " " })).errors).toMatchObject([
      { pointer: "/reason" },
    ]);
    expect((await maya.refused("POST", `/clients/${client}/series/${id}/rest`, { ...rest, from: inDays(-1) })).errors).toMatchObject([
      { pointer: "/from" },
    ]);
    expect(await maya.json("POST", `/clients/${client}/series/${id}/rest`, rest)).toMatchObject({ version: 2, removed: 2 });
    expect(await maya.json("POST", `/clients/${client}/series/${id}/rest`, rest)).toMatchObject({ version: 2 });
    const { appointments, series: kept } = await treatmentOf(client);
    expect(appointments.map(({ date }) => date)).toEqual([today, inDays(14)]);
    expect(kept).toMatchObject([{ content: { endedOn: inDays(1), endedReason: "The client moves away." } }]);
    expect((await maya.refused("POST", `/clients/${client}/series/${id}/rest`, { ...rest, reason: "Something else" })).status).toBe(409);
  });

  test("is planned anew from the plan's new frequency in one go", async () => {
    const client = await addClient(maya);
    await signedPlan(client, inDays(-30), { times: 2, per: "month" });
    expect(await maya.json("GET", `/clients/${client}/session-plan`)).toMatchObject({
      revision: 1,
      start: inDays(-30),
      sessionPlan: { frequency: { times: 2, per: "month" }, minutes: 50 },
    });
    const id = randomUUID();
    await maya.json("PUT", `/clients/${client}/series/${id}`, { series: series(inDays(1), 6), appointmentIds: ids(6) });
    const next = { id: randomUUID(), series: series(inDays(3), 2, { everyWeeks: 2 }), appointmentIds: ids(2) };
    expect(
      await maya.json("POST", `/clients/${client}/series/${id}/rest`, {
        version: 1,
        from: inDays(2),
        reason: "Every other week by the new plan",
        next,
      }),
    ).toMatchObject({ removed: 5 });
    expect((await treatmentOf(client)).appointments.map(({ date }) => date)).toEqual([inDays(1), inDays(3), inDays(17)]);
  });
});

describe("a group", () => {
  test("is planned for everybody at once, and no chart tells of another", async () => {
    const [one, two] = [await addClient(maya, "Ada"), await addClient(maya, "Bo")];
    const body = {
      clientIds: [one, two],
      series: series(inDays(2), 2, { startTime: "18:00", detail: { minutes: 90, groupName: "Evening group" } }),
      groupIds: ids(2),
    };
    const id = randomUUID();
    await maya.json("PUT", `/group-series/${id}`, body);
    expect(await maya.json("PUT", `/group-series/${id}`, body)).toEqual({ overlaps: [] });
    const [first, second] = [await treatmentOf(one), await treatmentOf(two)];
    expect(first.appointments).toHaveLength(2);
    expect(second.appointments.map(({ groupId }) => groupId)).toEqual(body.groupIds);
    expect(new Set([...first.appointments, ...second.appointments].map((line) => line.id)).size).toBe(4);
    expect(first.series[0]?.id).not.toBe(second.series[0]?.id);
    const told = JSON.stringify(first);
    for (const word of ["Bo", two, second.appointments[0]?.id ?? "", second.series[0]?.id ?? ""]) expect(told).not.toContain(word);

    const [moved] = first.appointments;
    const versions = Object.fromEntries([first, second].map(({ appointments }) => [appointments[0]?.id, 1]));
    const move = {
      date: inDays(3),
      startTime: "18:30",
      clinicianId: mayaId,
      detail: { minutes: 90, groupName: "Evening group" },
      versions,
    };
    await maya.json("PUT", `/group-sessions/${moved?.groupId}`, move);
    await maya.json("PUT", `/group-sessions/${moved?.groupId}`, move);
    expect((await treatmentOf(two)).appointments[0]).toMatchObject({ date: inDays(3), startTime: "18:30", version: 2 });
    expect((await maya.refused("PUT", `/group-sessions/${moved?.groupId}`, { ...move, startTime: "19:00" })).status).toBe(409);
  });

  test("holds nobody whose chart is closed to the one who plans it", async () => {
    const [mine, notMine] = [await addClient(ben, "Cleo"), await addClient(maya, "Dov")];
    const body = { clientIds: [mine, notMine], series: series(inDays(2), 1, { clinicianId: benId }), groupIds: ids(1) };
    expect((await ben.refused("PUT", `/group-series/${randomUUID()}`, body)).status).toBe(403);
    expect((await treatmentOf(mine)).appointments).toEqual([]);
  });
});

describe("an authorization", () => {
  test("is saved, and ended with a reason", async () => {
    const client = await addClient(maya);
    const path = `/clients/${client}/authorizations/${randomUUID()}`;
    const authorization = { payer: "Blue River", number: "A-1", from: today, to: inDays(90), units: 12 };
    expect((await maya.refused("PUT", path, { version: 0, authorization: { ...authorization, to: inDays(-1) } })).errors).toMatchObject([
      { pointer: "/authorization/to" },
    ]);
    await maya.json("PUT", path, { version: 0, authorization });
    expect((await maya.refused("PUT", path, { version: 1, authorization: { ...authorization, endedOn: today } })).errors).toMatchObject([
      { pointer: "/authorization/endedReason" },
    ]);
    await maya.json("PUT", path, { version: 1, authorization: { ...authorization, endedOn: today, endedReason: "Another payer" } });
    expect((await maya.refused("PUT", path, { version: 1, authorization })).status).toBe(409);
    expect((await treatmentOf(client)).authorizations).toMatchObject([{ content: { units: 12, endedReason: "Another payer" } }]);
  });
});

describe("the calendar", () => {
  test("shows one's own sessions with how they went, and a colleague's to the owner only", async () => {
    const client = await addClient(ben, "Eli");
    const id = randomUUID();
    const day = inDays(-40);
    await ben.json("PUT", `/clients/${client}/appointments/${id}`, appointment(day, "11:00", { clinicianId: benId }));
    await ben.json("PUT", `/clients/${client}/sessions/${id}`, { version: 0, date: day, attendance: "late" });
    expect((await calendar(ben, day, day)).appointments).toMatchObject([
      { id, client: { id: client, calledName: "Eli" }, session: { attendance: "late" }, note: null },
    ]);
    expect((await calendar(ben, day, day)).people.map(({ name }) => name)).toEqual(["Ben Clinician"]);
    expect((await calendar(maya, day, day)).appointments).toEqual([]);
    expect((await calendar(maya, day, day, benId)).appointments).toHaveLength(1);
    expect((await ben.refused("GET", `/calendar?from=${day}&to=${day}&who=${mayaId}`)).status).toBe(403);
    expect((await ben.refused("GET", `/calendar?from=${day}&to=${addDays(day, 60)}`)).status).toBe(422);
    expect((await ben.refused("GET", "/calendar?from=2026-02-30&to=soon")).status).toBe(422);
  });

  test("is closed to the front desk, which sees names and no charts", async () => {
    const client = await addClient(maya);
    const id = await plan(client, inDays(1));
    expect((await dana.refused("GET", `/calendar?from=${today}&to=${inDays(6)}`)).status).toBe(403);
    expect(
      (await dana.refused("PUT", `/clients/${client}/appointments/${id}`, appointment(inDays(2), "15:00", { version: 1 }))).status,
    ).toBe(403);
    expect(
      (await dana.refused("PUT", `/group-series/${randomUUID()}`, { clientIds: [client], series: series(today, 1), groupIds: ids(1) }))
        .status,
    ).toBe(403);
    expect((await dana.refused("POST", "/calendar-feeds", { id: randomUUID() })).status).toBe(403);
  });

  test("is found by index however many sessions the practice has", async () => {
    const { owner } = practice.database;
    const client = await addClient(ben, "Many");
    await owner.query(
      `INSERT INTO trellis.appointment (practice_id, client_id, id, date, start_time, clinician_id, content, saved_by)
       SELECT c.practice_id, c.id, gen_random_uuid(), date '2020-01-01' + n / 20, '10:00', gen_random_uuid(), '{"minutes": 50}', $2 FROM trellis.client AS c, generate_series(1, 20000) AS n WHERE c.id = $1`,
      [client, benId],
    );
    await owner.query("ANALYZE trellis.appointment");
    const { text, values } = calendarQuery(today, inDays(6), null);
    const practiceId =
      (await owner.query<{ id: string }>("SELECT practice_id AS id FROM trellis.member WHERE id = $1", [benId])).rows[0]?.id ?? "";
    const { rows } = await withPractice(practice.trellis.app, { practiceId, memberId: benId }, (connection) =>
      connection.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values),
    );
    const explained = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(explained).toMatch(/appointment_by_day[^\n]*\n\s*Index Cond: .*clinician_id = /);
    expect(explained).not.toMatch(/Seq Scan on (appointment|session|note|client)\b/);
  });
});

describe("the calendar by private address", () => {
  async function feed(person: Person, naming?: string): Promise<{ readonly id: string; readonly path: string }> {
    const id = randomUUID();
    const { address } = await person.json<{ address: string }>("POST", "/calendar-feeds", {
      id,
      ...(naming === undefined ? {} : { naming }),
    });
    return { id, path: new URL(address).pathname.slice("/api".length) };
  }
  const bare = (path: string) => practice.app.request(`http://trellis.test/api${path}`);
  const read = async (path: string) => {
    const answer = await bare(path);
    expect(["content-type", "cache-control"].map((name) => answer.headers.get(name))).toEqual(["text/calendar; charset=utf-8", "no-store"]);
    return (await answer.text()).replaceAll("\r\n ", "");
  };

  test("names nobody: initials, a record number, or nothing", async () => {
    const zoe = await practice.joined(maya, "Zoe Clinician", ["clinician"]);
    const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
    const zoeId = members.find(({ name }) => name === "Zoe Clinician")?.id ?? "";
    const { id: client } = await zoe.json<{ id: string }>("POST", "/clients", {
      client: { name: { given: "Wilhelmina", family: "Example", chosen: "billie" }, birthDate: "1988-04-12", recordNumber: "R-77" },
    });
    const detail = { minutes: 50, modality: "video", place: "12 Elm Street", participants: ["Otto"], format: "couple", groupName: "Grief" };
    const id = randomUUID();
    await zoe.json("PUT", `/clients/${client}/appointments/${id}`, appointment(inDays(1), "15:00", { clinicianId: zoeId, detail }));
    const [initials, nothing, number] = [await feed(zoe), await feed(zoe, "nothing"), await feed(zoe, "record-number")];
    const told = [await read(initials.path), await read(nothing.path), await read(number.path)];
    expect(told.map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1])).toEqual(["B. E.\\, video", "Session", "R-77\\, video"]);
    for (const text of told)
      for (const word of ["Wilhelmina", "billie", "Example", "Elm", "Otto", "Grief", "Linden", client]) expect(text).not.toContain(word);
    expect(told[0]).toContain(`UID:${id}@trellis\r\n`);
    expect(told[0]).toContain("SEQUENCE:0\r\n");

    await zoe.json("PUT", `/clients/${client}/sessions/${id}`, { version: 0, date: inDays(1), attendance: "cancelled" });
    expect(await read(initials.path)).toMatch(/SEQUENCE:1\r\n.*STATUS:CANCELLED/s);

    // Off the care team: nothing of the client's shows any more.
    await practice.database.owner.query("UPDATE trellis.care_team SET until = now() WHERE client_id = $1", [client]);
    expect(await read(initials.path)).not.toContain("BEGIN:VEVENT");
    await maya.json("PATCH", `/members/${zoeId}`, { version: 1, active: false });
    expect((await bare(initials.path)).status).toBe(410);
  });

  test("keeps the hour of a series over a change of the clocks and over New Year", async () => {
    const zed = await practice.joined(maya, "Zed Clinician", ["clinician"]);
    const { member } = await zed.json<{ member: { id: string } }>("GET", "/session");
    const client = await addClient(zed);
    const weekly = series(today, 28, { clinicianId: member.id });
    await zed.json("PUT", `/clients/${client}/series/${randomUUID()}`, { series: weekly, appointmentIds: ids(28) });
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "short" });
    const starts = [...(await read((await feed(zed)).path)).matchAll(/DTSTART:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00Z/g)].map(
      ([, year, month, day, hour, minute]) => shown.format(new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`)),
    );
    expect(starts.toSorted()).toEqual(Array.from({ length: 28 }, (_, week) => `${addWeeks(today, week)} 09:00`));
  });

  test("holds one event for a group, without a name", async () => {
    const [one, two] = [await addClient(maya, "Fay"), await addClient(maya, "Gus")];
    await maya.json("PUT", `/group-series/${randomUUID()}`, {
      clientIds: [one, two],
      series: series(inDays(190), 1, { detail: { minutes: 90, groupName: "Trauma group" } }),
      groupIds: ids(1),
    });
    const text = await read((await feed(maya)).path);
    const ofThatDay = text.split("BEGIN:VEVENT").filter((event) => event.includes(`DTSTART:${inDays(190).replaceAll("-", "")}`));
    expect(ofThatDay.map((event) => /SUMMARY:(.*)\r/.exec(event)?.[1])).toEqual(["Group session (2)"]);
    expect(text).not.toContain("Trauma");
  });

  test("stands in the trail once a day, and its token nowhere", async () => {
    const { id, path } = await feed(maya);
    await read(path);
    await read(path);
    const entries = await practice.database.owner.query("SELECT 1 FROM audit.entry WHERE action = 'calendar-feed.read' AND object = $1", [
      id,
    ]);
    expect(entries.rowCount).toBe(1);
    const token = /([\w-]{43})\.ics$/.exec(path)?.[1] ?? "";
    const kept = await practice.database.owner.query("SELECT token_hash FROM trellis.calendar_feed WHERE id = $1", [id]);
    expect(kept.rows).toEqual([{ token_hash: tokenHash(token) }]);
    expect(await maya.json("GET", "/calendar-feeds")).toMatchObject({
      feeds: expect.arrayContaining([expect.objectContaining({ id, fetchedOn: today })]),
    });
  });

  test("ends when it is taken back, and guessing ends soon", async () => {
    const { id, path } = await feed(maya);
    await ben.json("DELETE", `/calendar-feeds/${id}`);
    await read(path);
    await maya.json("DELETE", `/calendar-feeds/${id}`);
    expect((await bare(path)).status).toBe(410);
    const statuses = [];
    for (let tries = 0; tries < 11; tries++) statuses.push((await bare(`/calendar-feed/${"x".repeat(42)}${tries % 10}.ics`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
  });
});
