import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import type { MeasureSchedule } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import type { DueLine } from "./due-list.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let cleo: Person;
let desk: Person;
let today: IsoDate;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Ortiz", ["clinician"]);
  cleo = await practice.joined(maya, "Cleo Marsh", ["clinician"]);
  desk = await practice.joined(maya, "Dana Front", ["front-desk"]);
  ({ today } = await maya.json<{ today: IsoDate }>("GET", "/due"));
});
afterAll(() => practice.close());

const entry = (measure: string, more: Partial<Omit<MeasureSchedule, "measureName">> = {}) => ({
  id: `s-${measure}`,
  measure,
  measureName: measure.toUpperCase(),
  when: "weeks",
  everyWeeks: 2,
  because: [],
  ...more,
});

/** A client of this person's with a plan that was signed so many days ago. */
async function planned(person: Person, given: string, daysAgo: number, schedule: readonly object[], reviewDue: IsoDate | null = null) {
  const clientId = await addClient(person, given);
  const planId = randomUUID();
  const { rows } = await practice.database.owner.query<{ practice_id: string }>("SELECT practice_id FROM trellis.client WHERE id = $1", [
    clientId,
  ]);
  const practiceId = rows[0]?.practice_id;
  await practice.database.owner.query(
    "INSERT INTO trellis.plan (practice_id, id, client_id, created_by) VALUES ($1, $2, $3, gen_random_uuid())",
    [practiceId, planId, clientId],
  );
  await practice.database.owner.query(
    `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on, review_due, signed_at)
     VALUES ($1, $2, $3, 1, $4, '', $5::date, $6, $5::date + time '18:00')`,
    [practiceId, planId, clientId, JSON.stringify({ measureSchedule: schedule }), addDays(today, -daysAgo), reviewDue],
  );
  return clientId;
}

const give = (person: Person, clientId: string, date: IsoDate, answers = [2, 2, 2, 2, 2, 2, 1, 1, 0]) =>
  person.json("POST", `/clients/${clientId}/administrations`, {
    administration: { id: randomUUID(), measure: "phq9", measureVersion: "1.0", date, answers, answeredBy: "client", status: "completed" },
  });

const due = async (person: Person, of = "mine") =>
  (await person.json<{ lines: DueLine[] }>("GET", `/due?of=${of}`)).lines.filter(({ isPracticeClient }) => !isPracticeClient);

interface Chart {
  readonly alerts: readonly { readonly kind: string; readonly detail: { readonly words: string } }[];
  readonly plans: readonly { readonly schedule: readonly MeasureSchedule[] | null }[];
}
const chart = (person: Person, clientId: string) => person.json<Chart>("GET", `/clients/${clientId}/chart`);

test("the list holds what is due with the last score, a colleague's clients not among it; the owner sees all on asking", async () => {
  const robin = await planned(ben, "Robin", 20, [entry("phq9"), entry("gad7", { everyWeeks: 26 })]);
  await give(ben, robin, addDays(today, -16));
  await give(ben, robin, addDays(today, -13));
  const alex = await planned(cleo, "Alex", 0, [entry("gad7"), entry("audit", { when: "discharge" })]);
  expect(await due(ben)).toEqual([
    expect.objectContaining({ clientId: robin, measure: "gad7", state: "overdue", dueOn: addDays(today, -20), last: null }),
    expect.objectContaining({
      clientId: robin,
      name: "Robin Example",
      measure: "phq9",
      measureName: "PHQ-9",
      state: "due",
      dueOn: addDays(today, 1),
      inForce: true,
      canBeAnswered: true,
      last: { date: addDays(today, -13), total: 14, outOf: 27, band: "moderate" },
    }),
  ]);
  expect((await due(cleo, "all")).map(({ clientId, measure, state }) => [clientId, measure, state])).toEqual([[alex, "gad7", "due"]]);
  expect(new Set((await due(maya, "all")).map(({ clientId }) => clientId))).toEqual(new Set([robin, alex]));
  expect(await due(maya)).toEqual([]);
  expect((await desk.refused("GET", "/due")).status).toBe(403);
  expect((await ben.refused("GET", "/due?of=theirs")).errors[0]?.pointer).toBe("/of");
});

test("an entry in error does not count, and a session asks for what is planned at every one", async () => {
  const clientId = await planned(ben, "Quinn", 10, [entry("phq9", { when: "every-session" })]);
  const mine = async () => (await due(ben)).filter((line) => line.clientId === clientId).map(({ state, dueOn }) => [state, dueOn]);
  await give(ben, clientId, addDays(today, -10));
  expect(await mine()).toEqual([]);
  await practice.database.owner.query(
    `INSERT INTO trellis.session (practice_id, client_id, id, date, attendance, recorded_by)
     SELECT practice_id, id, gen_random_uuid(), $2, 'attended', gen_random_uuid() FROM trellis.client WHERE id = $1`,
    [clientId, addDays(today, -3)],
  );
  expect(await mine()).toEqual([["overdue", addDays(today, -3)]]);
  await give(ben, clientId, addDays(today, -3));
  expect(await mine()).toEqual([]);
  await practice.database.owner.query(
    "UPDATE trellis.administration SET error_reason = 'the wrong client' WHERE client_id = $1 AND date = $2",
    [clientId, addDays(today, -3)],
  );
  expect(await mine()).toEqual([["overdue", addDays(today, -3)]]);
});

test("a missed measure raises one alert, however often the list is read, and opening the chart raises none", async () => {
  const clientId = await planned(ben, "Jordan", 40, [entry("phq9")]);
  const alerts = async () => (await chart(ben, clientId)).alerts;
  expect(await alerts()).toEqual([]);
  expect((await due(ben)).find((line) => line.clientId === clientId)).toMatchObject({ state: "missed" });
  await due(ben);
  await due(maya, "all");
  expect(await alerts()).toMatchObject([{ kind: "missed-measure" }]);
  expect((await alerts())[0]?.detail.words).toContain("PHQ9 was due on");
  // The next one that is missed is another.
  await give(ben, clientId, addDays(today, -36));
  await due(ben);
  expect(await alerts()).toHaveLength(2);
});

test("a draft lists what it plans, and a schedule from before there was anything but weeks still counts; neither of a draft is missed", async () => {
  const { when: _, ...before } = entry("phq9");
  const clientId = await planned(ben, "Sam", 30, [before]);
  expect((await chart(ben, clientId)).plans[0]?.schedule).toMatchObject([{ measure: "phq9", when: "weeks", everyWeeks: 2 }]);
  expect((await due(ben)).find((line) => line.clientId === clientId)).toMatchObject({ inForce: true, state: "missed" });

  const drafted = await addClient(ben, "Drew");
  const { planId } = await ben.json<{ planId: string }>("POST", `/clients/${drafted}/plans`, { blank: true });
  await ben.json("POST", `/plans/${planId}/edits`, {
    base: 0,
    batch: randomUUID(),
    edits: [{ type: "insert", list: ["measureSchedule"], item: entry("phq9"), before: null }],
  });
  await practice.database.owner.query(
    `UPDATE trellis.plan_draft SET content = jsonb_set(content, '{establishedOn}', to_jsonb($2::text)) WHERE plan_id = $1`,
    [planId, addDays(today, -60)],
  );
  expect((await due(ben)).find((line) => line.clientId === drafted)).toMatchObject({ inForce: false, state: "missed" });
  expect((await chart(ben, drafted)).alerts).toEqual([]);
});
