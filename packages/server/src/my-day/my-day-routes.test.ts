import { randomUUID } from "node:crypto";
import { addDays } from "@trellis/domain/calendar/date";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import { todayIn } from "../sign-in/current-session.ts";

let practice: TestPractice;
let maya: Person;
let mayaId: string;
let robin: string;
let today: string;

interface Day {
  readonly sessions: readonly object[];
  readonly notes: { readonly count: number; readonly lines: readonly object[] };
  readonly plans: { readonly count: number; readonly lines: readonly object[] };
  readonly homework: { readonly count: number; readonly lines: readonly object[] };
}
const myDay = (person: Person) => person.json<Day>("GET", "/my-day");

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  mayaId = (await maya.json<{ member: { id: string } }>("GET", "/session")).member.id;
  robin = await addClient(maya);
  today = todayIn("America/New_York", practice.trellis.now());
});
afterAll(() => practice.close());

/** An appointment at three in the afternoon, an hour long. */
async function plan(clientId: string, date: string, clinicianId = mayaId): Promise<string> {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${clientId}/appointments/${id}`, {
    version: 0,
    date,
    startTime: "15:00",
    clinicianId,
    detail: { minutes: 50 },
  });
  return id;
}

test("an empty day says so and is no fault", async () => {
  expect(await myDay(maya)).toMatchObject({ today, sessions: [], notes: { count: 0, lines: [] }, coSignature: null, measuresDue: 0 });
});

test("a session of today stands there with what it needs, one of tomorrow does not", async () => {
  const id = await plan(robin, today);
  await plan(robin, addDays(today, 1));
  const { sessions } = await myDay(maya);
  expect(sessions).toMatchObject([
    {
      id,
      name: "Robin Example",
      startTime: "15:00",
      attendance: null,
      noteId: null,
      homeworkOpen: 0,
      alerts: 0,
      outline: null,
      measuresDue: [],
    },
  ]);
});

test("homework given and not looked at is needed in the session", async () => {
  await maya.json("PUT", `/clients/${robin}/homework/${randomUUID()}`, {
    version: 0,
    content: { title: "Walk to the river", steps: ["Walk to the river and back twice this week."], assignedOn: today },
  });
  expect((await myDay(maya)).sessions).toMatchObject([{ homeworkOpen: 1 }]);
});

test("a plan that is written and not signed waits under the plans", async () => {
  const { planId } = await maya.json<{ planId: string }>("POST", `/clients/${robin}/plans`, {});
  expect((await myDay(maya)).plans).toMatchObject({ count: 1, lines: [{ planId, name: "Robin Example", state: "draft", signed: [] }] });
});

test("a session that took place without a note is a note to finish", async () => {
  await maya.json("PUT", `/clients/${robin}/sessions/${randomUUID()}`, { version: 0, date: addDays(today, -1), attendance: "attended" });
  expect((await myDay(maya)).notes).toMatchObject({ count: 1, lines: [{ kind: "unwritten", clientId: robin }] });
});

test("a colleague sees nothing of it, and the front desk is refused", async () => {
  const kim = await practice.joined(maya, "Kim Example", ["clinician"]);
  expect(await myDay(kim)).toMatchObject({ sessions: [], notes: { count: 0 }, plans: { count: 0 }, homework: { count: 0 } });
  const desk = await practice.joined(maya, "Sam Example", ["front-desk"]);
  expect((await desk.refused("GET", "/my-day")).status).toBe(403);
});
