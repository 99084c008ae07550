import { randomUUID } from "node:crypto";
import { addDays, type IsoDate } from "@trellis/domain/calendar/date";
import { end, hold, skip, startCourse, undo } from "@trellis/domain/outline/follow-course";
import type { SessionOutline } from "@trellis/domain/outline/outline";
import type { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let dana: Person;
let today: IsoDate;
let outlines: readonly SessionOutline[];
let titles: ReadonlyMap<string, string>;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
  today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(practice.trellis.now());
  const served = await maya.json<{ outlines: SessionOutline[]; homework: { id: string; title: string }[] }>("GET", "/library/outlines");
  outlines = served.outlines;
  titles = new Map(served.homework.map(({ id, title }) => [id, title]));
});
afterAll(() => practice.close());

const outline = (id: string): SessionOutline => {
  const found = outlines.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no outline ${id}.`);
  return found;
};
const activation = (changes: Partial<OutlineCourse> = {}): OutlineCourse => ({
  ...startCourse(outline("dep-behavioral-activation"), { planId: null, on: addDays(today, -21), titles }),
  ...changes,
});
const kept = async (clientId: string) =>
  (await maya.json<{ outlines: { id: string; version: number; content: OutlineCourse }[] }>("GET", `/clients/${clientId}/treatment`))
    .outlines;

describe("the outlines of the library", () => {
  test("come on a route of their own, with what their homework is called, and not with their chapter", async () => {
    expect(outlines.length).toBeGreaterThanOrEqual(10);
    for (const { sessions } of outlines)
      for (const { homework } of sessions) for (const id of homework) expect(titles.has(id), id).toBe(true);
    const chapter = await (await maya.ask("GET", `/library/chapters/${outlines[0]?.chapters[0]}`)).text();
    expect(chapter).not.toContain(outlines[0]?.sessions[0]?.aim ?? "");
    expect((await practice.visitor().refused("GET", "/library/outlines")).status).toBe(401);
  });
});

describe("a course", () => {
  test("is chosen, gone on in and taken back, and every step is in the trail", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    const chosen = activation();
    expect(await maya.json("PUT", path, { version: 0, content: chosen })).toEqual({ version: 1 });
    const held = hold(chosen, { session: 1, on: addDays(today, -14) });
    expect(await maya.json("PUT", path, { version: 1, content: held })).toEqual({ version: 2 });
    // Sent again after an answer that got lost.
    expect(await maya.json("PUT", path, { version: 1, content: held })).toEqual({ version: 2 });
    const left = skip(held, { session: 2, on: today, reason: "Done with the last therapist" });
    expect(await maya.json("PUT", path, { version: 2, content: left })).toEqual({ version: 3 });
    expect(await maya.json("PUT", path, { version: 3, content: undo(left) })).toEqual({ version: 4 });
    expect((await kept(clientId)).map(({ content, version }) => ({ content, version }))).toEqual([{ content: held, version: 4 }]);
    const { rows } = await practice.database.owner.query(
      "SELECT count(*)::int AS entries FROM audit.entry WHERE client_id = $1 AND action = 'outline.save'",
      [clientId],
    );
    expect(rows).toEqual([{ entries: 4 }]);
  });

  test("that somebody else went on in meanwhile is not overwritten, and what they did comes back", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    const chosen = activation();
    await maya.json("PUT", path, { version: 0, content: chosen });
    await maya.json("PUT", path, { version: 1, content: hold(chosen, { session: 1, on: today }) });
    const late = await maya.ask("PUT", path, { version: 1, content: skip(chosen, { session: 1, on: today }) });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ current: { version: 2, content: { steps: [{ session: 1, what: "held" }] } } });
  });

  test("has days that can be, and a reason where it ends early", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    for (const [content, pointer] of [
      [activation({ startedOn: addDays(today, 1) }), "/content/startedOn"],
      [hold(activation(), { session: 1, on: addDays(today, -30) }), "/content/steps/0/on"],
      [hold(activation(), { session: 1, on: addDays(today, 3) }), "/content/steps/0/on"],
      [activation({ steps: [{ session: 11, what: "held", on: today, reason: "", noteId: null }] }), "/content/steps/0/session"],
      [end(activation(), { on: today, reason: "" }), "/content/endedReason"],
      [activation({ planId: randomUUID() }), "/content/planId"],
      [activation({ planId: "no id" }), "/content/planId"],
    ] as const)
      expect((await maya.refused("PUT", path, { version: 0, content })).errors, pointer).toEqual([
        { pointer, message: expect.stringMatching(/\.$/) },
      ]);
    expect(await kept(clientId)).toEqual([]);
  });

  test("is one at a time with a plan, unless somebody says otherwise", async () => {
    const clientId = await addClient(maya);
    const { planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, { blank: true });
    const first = activation({ planId });
    const firstPath = `/clients/${clientId}/outlines/${randomUUID()}`;
    await maya.json("PUT", firstPath, { version: 0, content: hold(first, { session: 1, on: today }) });
    const second = startCourse(outline("dep-interpersonal"), { planId, on: today, titles });
    const secondPath = `/clients/${clientId}/outlines/${randomUUID()}`;
    expect((await maya.refused("PUT", secondPath, { version: 0, content: second })).errors).toEqual([
      { pointer: "/alongside", message: expect.stringMatching(/“Doing first, mood second.*session 2 of 10 comes next.*both are to go on/) },
    ]);
    await maya.json("PUT", secondPath, { version: 0, content: second, alongside: true });
    // The two go on without being asked again.
    await maya.json("PUT", secondPath, { version: 1, content: hold(second, { session: 1, on: today }) });
    await maya.json("PUT", firstPath, {
      version: 1,
      content: end(hold(first, { session: 1, on: today }), { on: today, reason: "The other fits better" }),
    });
    expect((await maya.refused("PUT", firstPath, { version: 2, content: hold(first, { session: 1, on: today }) })).errors[0]?.pointer).toBe(
      "/alongside",
    );
  });

  test("keeps its outline: what the library changes or takes away leaves it as it was", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    const gone: SessionOutline = { ...outline("gad-uncertainty"), id: "an-outline-of-last-year", title: "As it was last year" };
    const course = startCourse(
      { ...gone, sessions: gone.sessions.map((session) => ({ ...session, homework: ["a-sheet-of-last-year"] })) },
      {
        planId: null,
        on: today,
        titles: new Map([["a-sheet-of-last-year", "Last year's sheet"]]),
      },
    );
    await maya.json("PUT", path, { version: 0, content: course });
    await maya.json("PUT", path, { version: 1, content: hold(course, { session: 1, on: today }) });
    expect((await kept(clientId))[0]?.content).toMatchObject({
      outline: { title: "As it was last year" },
      homeworkTitles: { "a-sheet-of-last-year": "Last year's sheet" },
    });
    const changed = { ...hold(course, { session: 1, on: today }), outline: { ...course.outline, title: "Another" } };
    expect((await maya.refused("PUT", path, { version: 2, content: changed })).errors[0]?.pointer).toBe("/content/outline");
  });

  test("chosen by mistake is taken back; one with sessions is ended instead", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    await maya.json("PUT", path, { version: 0, content: activation() });
    expect((await maya.refused("DELETE", path, { version: 7 })).status).toBe(409);
    await maya.json("DELETE", path, { version: 1 });
    await maya.json("DELETE", path, { version: 1 });
    expect(await kept(clientId)).toEqual([]);
    const other = `/clients/${clientId}/outlines/${randomUUID()}`;
    await maya.json("PUT", other, { version: 0, content: hold(activation(), { session: 1, on: today }) });
    expect((await maya.refused("DELETE", other, { version: 1 })).detail).toMatch(/End it instead/);
  });

  test("is for the client's clinicians", async () => {
    const clientId = await addClient(maya);
    const path = `/clients/${clientId}/outlines/${randomUUID()}`;
    const entry = { version: 0, content: activation() };
    expect((await ben.refused("PUT", path, entry)).status).toBe(403);
    expect((await dana.refused("PUT", path, entry)).status).toBe(403);
    expect((await practice.visitor().refused("PUT", path, entry)).status).toBe(401);
    await maya.json("PUT", path, entry);
    const another = await addClient(maya, "Sam");
    expect((await maya.refused("PUT", path.replace(clientId, another), { ...entry, version: 1 })).status).toBe(404);
    expect((await ben.refused("DELETE", path, { version: 1 })).status).toBe(403);
  });
});
