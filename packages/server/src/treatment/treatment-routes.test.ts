import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let robin: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  robin = await addClient(maya);
});
afterAll(() => practice.close());

test("the course of a treatment is empty at first, and each look at it stands in the access log", async () => {
  expect(await maya.json("GET", `/clients/${robin}/treatment`)).toEqual({
    appointments: [],
    sessions: [],
    series: [],
    authorizations: [],
    notes: [],
    homework: [],
    outlines: [],
    reviews: [],
    decisions: [],
    documents: [],
    episodes: [],
  });
  const log = await maya.json<{ entries: { words: string }[] }>("GET", `/clients/${robin}/access-log`);
  expect(log.entries.filter(({ words }) => words === "Looked at the course of the treatment")).toHaveLength(1);
});

test("a session recorded before its times were asked for has none, and is there all the same", async () => {
  await maya.json("PUT", `/clients/${robin}/sessions/${randomUUID()}`, { version: 0, date: "2026-03-02", attendance: "attended" });
  expect(await maya.json("GET", `/clients/${robin}/treatment`)).toMatchObject({
    sessions: [{ date: "2026-03-02", attendance: "attended", detail: { start: null, end: null, format: "individual", units: null } }],
  });
});

test("the front desk is refused", async () => {
  const desk = await practice.joined(maya, "Sam Example", ["front-desk"]);
  expect((await desk.refused("GET", `/clients/${robin}/treatment`)).status).toBe(403);
});
