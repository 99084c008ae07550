import { nearCopy } from "@trellis/domain/findings/likeness";
import type { Plan } from "@trellis/domain/plan/plan";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, practiceClient, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
});
afterAll(() => practice.close());

const draft = (person: Person, clientId: string, body: object = {}) =>
  person.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, body);
const set = (path: string[], value: unknown) => ({ type: "set", path, value });
const send = (person: Person, planId: string, base: number, edits: object[], batch = crypto.randomUUID()) =>
  person.ask("POST", `/plans/${planId}/edits`, { base, batch, edits });
const open = (person: Person, planId: string) =>
  person.json<{ plan: Plan; seq: number; state: string; draftNotes: object }>("GET", `/plans/${planId}`);

describe("drafting", () => {
  test("proposes a whole plan from the chart, in the practice's own day and cadence, and once however often it is asked", async () => {
    const clientId = await practiceClient(maya);
    const answers = await Promise.all([draft(maya, clientId), draft(maya, clientId), draft(maya, clientId)]);
    expect(new Set(answers.map(({ planId }) => planId)).size).toBe(1);
    const { plan, seq, state } = await open(maya, answers[0].planId);
    expect({ seq, state, status: plan.status, revision: plan.revision }).toEqual({ seq: 0, state: "draft", status: "draft", revision: 1 });
    expect(plan.author).toMatchObject({ practiceName: "Linden Street Counseling", clinicianName: "Maya Okafor", credentials: "LCSW" });
    expect(plan.problems.length).toBeGreaterThan(0);
    expect(plan.objectives.every((objective) => objective.because.length > 0)).toBe(true);
  });

  test("starts with nothing but who it is for, where somebody wants to write everything", async () => {
    const { planId } = await draft(maya, await addClient(maya), { blank: true });
    const { plan, draftNotes } = await open(maya, planId);
    expect(plan).toMatchObject({ subject: { name: "Robin Example", birthDate: "1988-04-12" }, problems: [], goals: [] });
    expect(draftNotes).toEqual({ heldBack: [], alternatives: [], notes: [] });
  });

  test("a client without any assessment gets an empty draft and is told what is missing, not an error", async () => {
    const { planId } = await draft(maya, await addClient(maya, "Nobody", "Known"));
    expect((await open(maya, planId)).plan.goals).toEqual([]);
  });
});

describe("two people on one draft", () => {
  test("who comes second is told what changed, and nothing is overwritten", async () => {
    const clientId = await addClient(maya, "Alex", "Sample");
    const { members } = await maya.json<{ members: { id: string; name: string }[] }>("GET", "/members");
    await maya.json("POST", `/clients/${clientId}/care-team`, {
      memberId: members.find(({ name }) => name === "Ben Clinician")?.id,
      role: "member",
    });
    const { planId } = await draft(maya, clientId);
    expect((await send(maya, planId, 0, [set(["culture"], "Hers")])).status).toBe(200);
    const late = await send(ben, planId, 0, [set(["allergies"], "His")]);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ seq: 1, missed: [{ seq: 1, by: "Maya Okafor", edits: [set(["culture"], "Hers")] }] });
    expect((await send(ben, planId, 1, [set(["allergies"], "His")])).status).toBe(200);
    expect((await open(maya, planId)).plan).toMatchObject({ culture: "Hers", allergies: "His" });
    const { changes } = await maya.json<{ changes: { by: string }[] }>("GET", `/plans/${planId}/changes?since=1`);
    expect(changes.map(({ by }) => by)).toEqual(["Ben Clinician"]);
  });

  test("the same batch sent again, because the answer got lost, counts once", async () => {
    const { planId } = await draft(maya, await addClient(maya, "Kim", "Example"));
    const batch = crypto.randomUUID();
    const item = { id: "m1", name: "Sertraline", dose: "50 mg", purpose: "", prescriber: "" };
    const insert = [{ type: "insert", list: ["medications"], item, before: null }];
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await (await send(maya, planId, 0, insert, batch)).json()).toEqual({ seq: 1 });
    expect((await open(maya, planId)).plan.medications).toHaveLength(1);
  });

  test("of many who change at the same moment on the same base, one is first and the others are told", async () => {
    const { planId } = await draft(maya, await addClient(maya, "Lee", "Example"));
    const statuses = await Promise.all(
      Array.from({ length: 8 }, (_, n) => send(maya, planId, 0, [set(["allergies"], `Number ${n}`)]).then(({ status }) => status)),
    );
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  });

  test("edits that do not all fit change nothing", async () => {
    const { planId } = await draft(maya, await addClient(maya, "Sam", "Example"));
    const answer = await send(maya, planId, 0, [set(["allergies"], "None"), set(["reviewDue"], "soon")]);
    expect(answer.status).toBe(422);
    expect(await open(maya, planId)).toMatchObject({ seq: 0, plan: { allergies: "" } });
  });
});

describe("a near-copy of another client's plan", () => {
  const story =
    "Since the spring she has left the table before the others, counts the stairs to the flat and sends her brother to the door when the bell rings after six, because the man who came in March rang twice and waited.";
  const withStory = async (given: string, text: string) => {
    const { planId } = await draft(maya, await addClient(maya, given, "Copy"));
    expect((await send(maya, planId, 0, [set(["functionalLevel"], text)])).status).toBe(200);
    return planId;
  };
  const closest = async (planId: string) => (await maya.json<{ closest: number }>("GET", `/plans/${planId}/likeness`)).closest;

  test("is noticed, and nothing says whose it is", async () => {
    const first = await withStory("First", story);
    expect(await closest(first)).toBeLessThan(0.1);
    const second = await withStory("Second", story.replace("March", "April"));
    expect(await closest(second)).toBeGreaterThan(nearCopy);
    expect(Object.keys(await maya.json("GET", `/plans/${second}/likeness`))).toEqual(["closest"]);
    const third = await withStory(
      "Third",
      "He works nights in a bakery, sleeps through the day with the curtains taped, and has not answered his daughter's letters since the hearing in the autumn, though he keeps them all in the drawer by the oven.",
    );
    expect(await closest(third)).toBeLessThan(0.1);
  });

  test("the practice client counts for nothing, and another practice's plans are not looked at", async () => {
    const { planId } = await draft(maya, await practiceClient(maya));
    const { seq } = await open(maya, planId);
    const other =
      "The lamp in the hall stays on since the fall on the ice, and the neighbor with the dog carries up what the shop leaves below, on the days when the knee does not bend and the railing is wet from the washing.";
    await send(maya, planId, seq, [set(["functionalLevel"], other)]);
    expect(await closest(await withStory("Fourth", other))).toBeLessThan(0.1);
    const demo = practice.visitor();
    await demo.json("POST", "/practice/demo", {});
    const theirs = (
      await demo.json<{ id: string }>("POST", "/clients", { client: { name: { given: "D", family: "Copy" }, birthDate: "1990-01-01" } })
    ).id;
    const copy = await draft(demo, theirs);
    await send(demo, copy.planId, 0, [set(["functionalLevel"], story)]);
    expect((await demo.json<{ closest: number }>("GET", `/plans/${copy.planId}/likeness`)).closest).toBeLessThan(0.1);
  });
});
