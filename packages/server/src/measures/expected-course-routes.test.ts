import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let colleague: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  colleague = await practice.joined(maya, "Noor Haddad", ["clinician"]);
});
afterAll(() => practice.close());

const path = "/measure-settings/phq9/expected-course";
const point = (session: number, change: object = {}) => ({ startFrom: 10, startTo: 27, session, expected: 14, bound: 18, ...change });
const table = (...points: object[]) => ({ source: "a table for this test", from: "loaded", courses: null, date: "2026-01-05", points });
const put = (version: number, expectedCourse: object | null) => maya.json<{ version: number }>("PUT", path, { version, expectedCourse });
interface Answer {
  readonly version: number;
  readonly expectedCourse: { readonly points: readonly object[] } | null;
}

/** Puts rows into the practice past the routes, as its owner. */
async function asOwner(sql: string, values: (practiceId: string, memberId: string) => unknown[]): Promise<void> {
  const { member, practice: own } = await maya.json<{ member: { id: string }; practice: { id: string } }>("GET", "/session");
  const asker = { practiceId: own.id, memberId: member.id };
  await withPractice(practice.trellis.app, asker, (client) => client.query(sql, values(own.id, member.id)));
}

async function scores(clientId: string, ...totals: (readonly [date: string, total: number])[]): Promise<void> {
  for (const [date, total] of totals)
    await maya.json("POST", `/clients/${clientId}/administrations`, {
      administration: {
        id: randomUUID(),
        measure: "phq9",
        measureVersion: "1.0",
        date,
        answers: [],
        entered: { total },
        answeredBy: "client",
        status: "completed",
      },
    });
}

interface ChartAlerts {
  readonly alerts: readonly {
    readonly kind: string;
    readonly detail: { readonly words: string; readonly rule?: string; readonly source?: string };
  }[];
}
const warningsOf = async (clientId: string) =>
  (await maya.json<ChartAlerts>("GET", `/clients/${clientId}/chart`)).alerts.filter(({ kind }) => kind === "little-progress");

describe("a practice's own expected course", () => {
  test("is kept beside the rest of the measure's settings, and can be taken away again", async () => {
    expect(await maya.json<Answer>("GET", path)).toMatchObject({ version: 0, expectedCourse: null, measure: { id: "phq9" } });
    const norms = { sd: 6.1, reliability: 0.89, source: "a sample of this test" };
    await asOwner(
      "INSERT INTO trellis.measure_setting (practice_id, measure, content, saved_by) VALUES ($1, 'phq9', $2, $3)",
      (practiceId, memberId) => [practiceId, JSON.stringify({ norms }), memberId],
    );
    const { version } = await put(1, table(point(1), point(2)));
    expect(version).toBe(2);
    const clientId = await addClient(maya);
    const { measures } = await maya.json<{ measures: { settings: Record<string, object> } }>("GET", `/clients/${clientId}/chart`);
    expect(measures.settings.phq9).toMatchObject({ norms, expectedCourse: table(point(1), point(2)), version: 2 });
    expect(await put(2, null)).toEqual({ expectedCourse: null, version: 3 });
    expect(await colleague.json<Answer>("GET", path)).toMatchObject({ version: 3, expectedCourse: null });
  });

  test("sent twice it is saved once; whoever comes second with something else is told", async () => {
    const { version } = await maya.json<Answer>("GET", path);
    const saved = await put(version, table(point(1)));
    expect(await put(version, table(point(1)))).toMatchObject({ version: saved.version });
    const late = await maya.refused("PUT", path, { version, expectedCourse: table(point(1), point(2)) });
    expect([late.status, late.detail]).toEqual([409, "Somebody changed the settings of this measure meanwhile. Look at them again."]);
  });

  test.each<[string, object, string, RegExp]>([
    ["a bound on the wrong side", table(point(1), point(2, { bound: 12 })), "/expectedCourse/points/1", /better than the expected score/],
    ["a score that the measure does not have", table(point(1, { startTo: 28 })), "/expectedCourse/points/0", /28 is no score/],
    ["a session left out", table(point(1), point(3)), "/expectedCourse/points/1", /Session 2 is missing/],
    ["ranges that overlap", table(point(1), point(1, { startTo: 20 })), "/expectedCourse/points/0", /overlap/],
    ["no source", { ...table(point(1)), source: "me" }, "/expectedCourse/source", /where the table comes from/],
    ["no lines", table(), "/expectedCourse/points", /./],
  ])("%s is refused at its line", async (_, expectedCourse, pointer, message) => {
    const { version } = await maya.json<Answer>("GET", path);
    const { status, errors } = await maya.refused("PUT", path, { version, expectedCourse });
    expect(status).toBe(422);
    expect(errors[0]?.pointer).toBe(pointer);
    expect(errors[0]?.message).toMatch(message);
  });

  test("is the owner's to change, and of no measure that there is not", async () => {
    expect((await colleague.refused("PUT", path, { version: 0, expectedCourse: null })).status).toBe(403);
    expect((await colleague.refused("GET", `${path}/offer`)).status).toBe(403);
    const desk = await practice.joined(maya, "Ida Frontdesk", ["front-desk"]);
    expect((await desk.refused("GET", path)).status).toBe(403);
    expect((await maya.refused("GET", "/measure-settings/no-such/expected-course")).status).toBe(404);
  });
});

test("a score beyond the bound at its session raises an alert that names the table", async () => {
  const { version } = await maya.json<Answer>("GET", path);
  await put(version, table(point(1, { bound: 27 }), point(2), point(3)));
  const clientId = await addClient(maya, "Kim");
  await scores(clientId, ["2026-01-05", 18], ["2026-01-12", 18]);
  expect(await warningsOf(clientId)).toEqual([]);
  await scores(clientId, ["2026-01-19", 19]);
  const [warning] = await warningsOf(clientId);
  expect(warning?.detail).toMatchObject({
    words: "PHQ-9: 18 at the start, 19 now.",
    rule: "In week 3, taken as session 3, the score is 19. Who started with 10 to 27 is expected at 14 by then; 18 or better would still be on track.",
    source: "Your practice's own table: a table for this test (number of courses not stated, January 5, 2026)",
  });
});

test("from 200 courses on one is offered, and nothing before; taking it over keeps where it comes from", async () => {
  const offer = () =>
    maya.json<{ courses: number; offered: { expectedCourse: object; cells: readonly object[] } | null }>("GET", `${path}/offer`);
  const before = await offer();
  expect(before).toMatchObject({ needed: 200, offered: null });
  await asOwner(
    `WITH new AS (
       INSERT INTO trellis.client (practice_id, id, record, sort_name, search_text)
       SELECT $1, gen_random_uuid(), '{"name": {"given": "Robin", "family": "Example"}, "birthDate": "1988-04-12"}', 'example robin', 'example robin'
       FROM generate_series(1, 200) RETURNING id
     )
     INSERT INTO trellis.administration (practice_id, client_id, id, measure, date, content, entered_by, total, scoring_version)
     SELECT $1, new.id, gen_random_uuid(), 'phq9', date '2026-01-05' + 7 * week, '{}', $2, 12 - week, '1.0' FROM new, generate_series(0, 2) AS week`,
    (practiceId, memberId) => [practiceId, memberId],
  );
  const { courses, offered } = await offer();
  expect(courses).toBe(before.courses + 200);
  expect(offered?.cells.slice(0, 3)).toMatchObject([
    { startFrom: 10, startTo: 14, session: 1, expected: 12, bound: 14 },
    { startFrom: 10, startTo: 14, session: 2, expected: 11, bound: 11 },
    { startFrom: 10, startTo: 14, session: 3, expected: 10, bound: 10 },
  ]);
  expect(JSON.stringify(offered)).not.toMatch(/Robin|Example/);
  const { version } = await maya.json<Answer>("GET", path);
  await put(version, offered?.expectedCourse ?? null);
  expect((await maya.json<Answer>("GET", path)).expectedCourse).toEqual(offered?.expectedCourse);
});
