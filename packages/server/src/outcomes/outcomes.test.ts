import { randomUUID } from "node:crypto";
import type { OutcomeGroup } from "@trellis/domain/outcomes/outcome-report";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, practiceClient, type TestPractice } from "../http/test-practice.ts";

interface Report {
  readonly all: OutcomeGroup;
  readonly groups: readonly OutcomeGroup[];
  readonly beganBefore: number;
}

let practice: TestPractice;
let maya: Person;
let ben: Person;
let sue: Person;
const ids: Record<string, string> = {};

const memberId = async (person: Person) => (await person.json<{ member: { id: string } }>("GET", "/session")).member.id;
const report = (person: Person, by: string, from = "2026-01-01", to = "2026-06-30") =>
  person.json<Report>("GET", `/outcomes?${new URLSearchParams({ measure: "gad7", from, to, by })}`);
const counts = ({ name, started, compared, improved, recovered, deteriorated, droppedOut }: OutcomeGroup) => [
  name,
  started,
  compared,
  improved,
  recovered,
  deteriorated,
  droppedOut,
];

async function scores(person: Person, clientId: string, totals: Readonly<Record<string, number>>): Promise<void> {
  for (const [date, total] of Object.entries(totals))
    await person.json("POST", `/clients/${clientId}/administrations`, {
      administration: {
        id: randomUUID(),
        measure: "gad7",
        measureVersion: "1.0",
        date,
        answers: [],
        entered: { total, subscales: {} },
        answeredBy: "client",
      },
    });
}

async function signedPlan(clientId: string, chapters: readonly (string | null)[], approaches: readonly string[]): Promise<void> {
  const { owner } = practice.database;
  const plan = randomUUID();
  const canonical = JSON.stringify({
    problems: chapters.map((chapter) => ({ chapter })),
    interventions: approaches.map((approach) => ({ approach })),
  });
  await owner.query(
    `INSERT INTO trellis.plan (practice_id, id, client_id, created_by) SELECT practice_id, $1, id, id FROM trellis.client WHERE id = $2`,
    [plan, clientId],
  );
  await owner.query(
    `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on)
     SELECT practice_id, $1, id, 1, $3, '', '2026-01-10' FROM trellis.client WHERE id = $2`,
    [plan, clientId, canonical],
  );
}

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  sue = await practice.joined(maya, "Sue Supervisor", ["supervisor"]);
  const { members } = await maya.json<{ members: { id: string; version: number; name: string }[] }>("GET", "/members");
  const benRow = members.find(({ name }) => name === "Ben Clinician");
  await maya.json("PATCH", `/members/${benRow?.id}`, { version: benRow?.version, supervisorId: await memberId(sue) });

  // GAD-7: in the clinical range from 8, a reliable change from 4 points (see its file in the library).
  for (const [name, person, totals] of [
    ["recovers", ben, { "2026-01-05": 16, "2026-02-05": 10, "2026-04-02": 6 }],
    ["improves", ben, { "2026-01-12": 18, "2026-03-02": 12 }],
    ["stays", ben, { "2026-02-02": 11, "2026-03-09": 9 }],
    ["gets worse", ben, { "2026-02-09": 9, "2026-05-04": 14 }],
    ["not a case", ben, { "2026-02-16": 7, "2026-05-11": 3 }],
    ["once", ben, { "2026-03-02": 12 }],
    ["maya's own", maya, { "2026-02-03": 15, "2026-04-07": 12 }],
    ["began before", ben, { "2025-11-03": 20, "2026-02-02": 8 }],
  ] as const) {
    const id = await addClient(person, name);
    ids[name] = id;
    await scores(person, id, totals);
  }
  // An entry in error and the practice client count nowhere.
  const { administrations } = await ben.json<{ administrations: { id: string; date: string }[] }>("GET", `/clients/${ids.once}/chart`);
  await scores(ben, ids.once ?? "", { "2026-04-20": 2 });
  const after = await ben.json<{ administrations: { id: string; date: string }[] }>("GET", `/clients/${ids.once}/chart`);
  const wrong = after.administrations.find(({ id }) => !administrations.some((one) => one.id === id));
  await ben.json("POST", `/clients/${ids.once}/administrations/${wrong?.id}/error`, { reason: "Belongs to another client." });
  await scores(maya, await practiceClient(maya), { "2026-02-02": 21, "2026-03-02": 0 });
  await signedPlan(ids.recovers ?? "", ["adult-generalized-anxiety"], ["cognitive-behavioral"]);
  await signedPlan(ids.once ?? "", ["adult-generalized-anxiety", "adult-depression"], ["cognitive-behavioral", "mindfulness"]);
  await signedPlan(ids.stays ?? "", ["adult-depression", null], []);
});
afterAll(() => practice.close());

describe("what came of the therapies of a practice", () => {
  test("is counted course by course, as worked out by hand", async () => {
    const { all, groups, beganBefore } = await report(maya, "none");
    expect(groups).toEqual([]);
    // Improved: 16 to 6, 18 to 12, 7 to 3. Recovered: the first alone. Worse: 9 to 14. Dropped out: once, and stays; who recovered is not among them.
    expect(counts(all)).toEqual(["All clients", 7, 6, 3, 1, 1, 2]);
    expect(all.casesAtStart).toBe(5);
    expect(beganBefore).toBe(1);
    // Changes 10, 6, 2, -5, 4, 3: mean 3.3333, spread 4.9666; t with 5 degrees of freedom 2.5706; starts 16, 18, 11, 9, 7, 15, spread 4.3205, c(5) = 0.8407.
    expect(all.means?.start).toBeCloseTo(88 / 7, 6);
    expect(all.means?.first).toBeCloseTo(76 / 6, 6);
    expect(all.means?.last).toBeCloseTo(56 / 6, 6);
    expect(all.means?.change).toBeCloseTo(20 / 6, 6);
    expect(all.means?.interval?.low).toBeCloseTo(3.3333 - (2.5706 * 4.9666) / Math.sqrt(6), 3);
    expect(all.means?.interval?.high).toBeCloseTo(3.3333 + (2.5706 * 4.9666) / Math.sqrt(6), 3);
    expect(all.means?.effectSize).toBeCloseTo((0.8407 * 3.3333) / 4.3205, 3);
  });

  test("stands by clinician in the order of names, and a group of one shows no means", async () => {
    const { groups } = await report(maya, "clinician");
    expect(groups.map(counts)).toEqual([
      ["Ben Clinician", 6, 5, 3, 1, 1, 2],
      ["Maya Okafor", 1, 1, 0, 0, 0, 0],
    ]);
    expect(groups.map(({ means }) => means === null)).toEqual([false, true]);
  });

  test("by problem and approach counts a client in each, once", async () => {
    const problem = await report(maya, "problem");
    expect(problem.groups.map(({ name, started }) => [name, started])).toEqual([
      ["Depression", 2],
      ["Generalized anxiety", 2],
      ["No problem from the library in a signed plan", 4],
    ]);
    expect(problem.all.started).toBe(7);
    const { groups } = await report(maya, "approach");
    expect(groups.map(({ started }) => started).reduce((sum, one) => sum + one, 0)).toBe(8);
  });

  test("by month stands in the order of time", async () => {
    const { groups } = await report(maya, "month");
    expect(groups.map(({ name, started }) => [name, started])).toEqual([
      ["2026-01", 2],
      ["2026-02", 4],
      ["2026-03", 1],
    ]);
  });

  test("a session that took place lately, or one after the last that was missed, is no dropping out", async () => {
    const at = async (clientId: string | undefined, date: string, attendance: string) =>
      await practice.database.owner.query(
        `INSERT INTO trellis.session (practice_id, client_id, id, date, attendance, recorded_by) SELECT practice_id, id, $2, $3, $4, id FROM trellis.client WHERE id = $1`,
        [clientId, randomUUID(), date, attendance],
      );
    await at(ids.once, "2026-03-09", "missed");
    await at(ids.stays, "2026-03-09", "missed");
    await at(ids.stays, "2026-03-16", "attended");
    expect((await report(maya, "none")).all.droppedOut).toBe(1);
  });

  test("a supervisor sees those whom they supervise, a clinician and a stranger nothing", async () => {
    expect((await report(sue, "none")).all.started).toBe(6);
    expect((await ben.refused("GET", "/outcomes?measure=gad7&from=2026-01-01&to=2026-06-30&by=none")).status).toBe(403);
    expect((await practice.visitor().refused("GET", "/outcomes.csv?measure=gad7&from=2026-01-01&to=2026-06-30&by=none")).status).toBe(401);
  });

  test("a period without anybody is an answer, not a fault", async () => {
    const { all, groups } = await report(maya, "clinician", "2020-01-01", "2020-12-31");
    expect([counts(all), groups]).toEqual([["All clients", 0, 0, 0, 0, 0, 0], []]);
  });

  test.each([
    ["measure=no-such&from=2026-01-01&to=2026-06-30&by=none", "/measure"],
    ["measure=gad7&from=2026-07-01&to=2026-06-30&by=none", "/to"],
    ["measure=gad7&from=2026-02-30&to=2026-06-30&by=none", "/from"],
    ["measure=gad7&from=2026-01-01&to=2026-06-30&by=height", "/by"],
  ])("%s is refused at its field", async (query, pointer) => {
    const { status, errors } = await maya.refused("GET", `/outcomes?${query}`);
    expect([status, errors[0]?.pointer]).toEqual([422, pointer]);
  });

  test("comes as a file, and both are in the trail", async () => {
    const answer = await maya.ask("GET", "/outcomes.csv?measure=gad7&from=2026-01-01&to=2026-06-30&by=clinician");
    expect(answer.headers.get("content-disposition")).toContain("outcomes-gad7-2026-01-01-2026-06-30.csv");
    // As bytes: reading it as text takes the mark off.
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
    expect(text.split("\r\n").map((line) => line.split(",")[0])).toEqual([
      "\uFEFFGroup",
      "Ben Clinician",
      "Maya Okafor",
      "All clients",
      "",
    ]);
    const { rows } = await practice.database.owner.query(
      "SELECT DISTINCT action FROM audit.entry WHERE action LIKE 'outcomes.%' ORDER BY 1",
    );
    expect(rows).toEqual([{ action: "outcomes.export" }, { action: "outcomes.read" }]);
  });
});
