import { randomUUID } from "node:crypto";
import type { Measure } from "@trellis/domain/measures/measure";
import { measureOfForm, type OwnForm } from "@trellis/domain/measures/own/own-form";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let nora: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  nora = await practice.joined(maya, "Nora Clinician", ["clinician"]);
});
afterAll(() => practice.close());

interface Saved {
  readonly version: number;
  readonly measure: Measure;
}
interface ChartAnswer {
  readonly measures: {
    readonly own: readonly { measure: Measure; version: number; forClient: string | null; retired: boolean }[];
    readonly settings: Record<string, { version: number; norms: unknown; wording: unknown; expectedCourse: unknown }>;
  };
  readonly administrations: readonly { measure: string; measureVersion: string; score: { total: number | null } }[];
}

const form = (change: Partial<Extract<OwnForm, { kind: "form" }>> = {}): OwnForm => ({
  kind: "form",
  name: "My week",
  area: "individual",
  instruction: "",
  questions: ["I did something that I enjoy.", "I spoke with a friend."],
  answers: ["never", "sometimes", "often"],
  countsFrom: 0,
  method: "sum",
  higherIs: "better",
  recall: "the last week",
  everyDays: 7,
  risk: [],
  ...change,
});
const save = (person: Person, id: string, version: number, clientId: string | null, content: OwnForm = form()) =>
  person.json<Saved>("PUT", `/own-measures/${id}`, { version, clientId, measure: measureOfForm(id, content) });
const chartOf = (person: Person, clientId: string) => person.json<ChartAnswer>("GET", `/clients/${clientId}/chart`);
const answer = (person: Person, clientId: string, measure: Measure, answers: readonly (number | null)[]) =>
  person.json("POST", `/clients/${clientId}/administrations`, {
    administration: {
      id: randomUUID(),
      measure: measure.id,
      measureVersion: measure.version,
      date: "2026-01-05",
      answers,
      answeredBy: "client",
      mode: "read-aloud",
    },
  });

describe("a measure for one client", () => {
  test("is in this client's chart alone, counts there, and is invisible to a colleague", async () => {
    const id = randomUUID();
    const clientId = await addClient(ben);
    const other = await addClient(ben, "Sam");
    const { measure } = await save(ben, id, 0, clientId);
    await answer(ben, clientId, measure, [1, 2]);
    const chart = await chartOf(ben, clientId);
    expect(chart.measures.own).toMatchObject([{ measure: { id: `own-${id}`, version: "1.0" }, forClient: clientId, retired: false }]);
    expect(chart.administrations).toMatchObject([{ measure: `own-${id}`, score: { total: 3 } }]);
    expect((await chartOf(ben, other)).measures.own).toEqual([]);
    expect((await nora.json<{ own: unknown[] }>("GET", "/practice-measures")).own).toEqual([]);
    expect((await nora.refused("PUT", `/own-measures/${id}`, { version: 1, clientId, measure })).status).toBe(403);
    expect((await nora.refused("PUT", `/own-measures/${id}`, { version: 1, clientId: null, measure })).errors).toMatchObject([
      { pointer: "/measure/id" },
    ]);
    expect((await nora.refused("POST", `/own-measures/${id}/retire`)).status).toBe(404);
    const others = await ben.refused("POST", `/clients/${other}/administrations`, {
      administration: {
        id: randomUUID(),
        measure: measure.id,
        measureVersion: "1.0",
        date: "2026-01-05",
        answers: [1, 1],
        answeredBy: "client",
      },
    });
    expect(others.errors).toMatchObject([{ pointer: "/administration/measure" }]);
  });

  test("stays with the client it was made for", async () => {
    const id = randomUUID();
    const clientId = await addClient(ben);
    const { measure } = await save(ben, id, 0, clientId);
    expect((await ben.refused("PUT", `/own-measures/${id}`, { version: 1, clientId: null, measure })).errors).toMatchObject([
      { pointer: "/clientId" },
    ]);
  });
});

describe("a measure of the practice", () => {
  test("is offered to everybody who treats, and to nobody at the front desk", async () => {
    const id = randomUUID();
    await save(ben, id, 0, null, form({ name: "For all" }));
    const clientId = await addClient(nora);
    expect((await chartOf(nora, clientId)).measures.own.map(({ measure }) => measure.name)).toContain("For all");
    const desk = await practice.joined(maya, "Dana Desk", ["front-desk"]);
    expect((await desk.refused("GET", "/practice-measures")).status).toBe(403);
    expect((await desk.refused("PUT", `/own-measures/${randomUUID()}`, {})).status).toBe(403);
  });

  test("gets a new version with its questions; answers given keep theirs, and what would make them unreadable is refused", async () => {
    const id = randomUUID();
    const { measure } = await save(ben, id, 0, null);
    expect((await save(ben, id, 1, null, form({ questions: ["One question", "And another"] }))).measure.version).toBe("1.1");
    const three = await save(ben, id, 2, null, form({ questions: ["One question", "And another", "And a third"] }));
    expect(three).toMatchObject({ version: 3, measure: { version: "1.2" } });
    // Answered in a chart that the person who changes the measure does not see.
    const clientId = await addClient(nora);
    await answer(nora, clientId, three.measure, [1, 1, 2]);
    const refused = await ben.refused("PUT", `/own-measures/${id}`, { version: 3, clientId: null, measure });
    expect(refused.errors).toMatchObject([{ pointer: "/measure/items" }]);
    expect(refused.detail).toContain("Make a new measure");
    const reworded = await save(ben, id, 3, null, form({ questions: ["One question", "And another one", "And a third"] }));
    expect(reworded.measure.version).toBe("1.3");
    expect((await chartOf(nora, clientId)).administrations).toMatchObject([{ measureVersion: "1.2", score: { total: 4 } }]);
  });

  test("is changed by one person at a time, and sent twice it is saved once", async () => {
    const id = randomUUID();
    await save(ben, id, 0, null);
    expect((await save(ben, id, 0, null)).version).toBe(1);
    await save(nora, id, 1, null, form({ name: "Nora's" }));
    const refused = await ben.refused("PUT", `/own-measures/${id}`, {
      version: 1,
      clientId: null,
      measure: measureOfForm(id, form({ name: "Ben's" })),
    });
    expect(refused.status).toBe(409);
  });

  test("is retired for good: not changed any more, its answers stay", async () => {
    const id = randomUUID();
    const clientId = await addClient(ben);
    const { measure } = await save(ben, id, 0, clientId);
    await answer(ben, clientId, measure, [2, 2]);
    await ben.json("POST", `/own-measures/${id}/retire`);
    await ben.json("POST", `/own-measures/${id}/retire`);
    const chart = await chartOf(ben, clientId);
    expect(chart.measures.own.find((own) => own.measure.id === measure.id)?.retired).toBe(true);
    expect(chart.administrations).toMatchObject([{ score: { total: 4 } }]);
    expect(
      (await ben.refused("PUT", `/own-measures/${id}`, { version: 2, clientId, measure: { ...measure, name: "Again" } })).errors,
    ).toMatchObject([{ pointer: "/measure" }]);
  });

  test("is refused where its parts do not fit, or where it passes for a published one", async () => {
    const id = randomUUID();
    const measure = measureOfForm(id, form());
    const put = (change: object) =>
      ben.refused("PUT", `/own-measures/${id}`, { version: 0, clientId: null, measure: { ...measure, ...change } });
    expect((await put({ scoring: { ...measure.scoring, range: [0, 99] } })).errors).toMatchObject([{ pointer: "/measure/scoring/range" }]);
    expect((await put({ license: { ...measure.license, class: "A" } })).errors).toMatchObject([{ pointer: "/measure/license/class" }]);
    expect((await put({ id: "phq9" })).errors).toMatchObject([{ pointer: "/measure/id" }]);
    expect((await ben.refused("PUT", `/own-measures/${id}`, { version: 4, clientId: null, measure })).status).toBe(404);
  });
});

describe("what the practice adds to a measure", () => {
  const norms = { sd: 6.1, reliability: 0.89, source: "Our own clients at intake, 2025" };

  test("is said by the owner, seen in every chart, and leaves the expected course as it is", async () => {
    const content = { wording: null, norms };
    expect((await ben.refused("PUT", "/measure-settings/phq9", { version: 0, content })).status).toBe(403);
    expect(await maya.json("PUT", "/measure-settings/phq9", { version: 0, content })).toEqual({ version: 1 });
    const course = {
      source: "A table that was loaded",
      from: "loaded",
      courses: null,
      date: "2026-01-05",
      points: [{ startFrom: 10, startTo: 27, session: 1, expected: 15, bound: 20 }],
    };
    await practice.database.owner.query(
      "UPDATE trellis.measure_setting SET content = content || jsonb_build_object('expectedCourse', $1::jsonb) WHERE measure = 'phq9'",
      [JSON.stringify(course)],
    );
    await maya.json("PUT", "/measure-settings/phq9", { version: 1, content: { wording: null, norms: { ...norms, sd: 5 } } });
    expect((await maya.refused("PUT", "/measure-settings/phq9", { version: 1, content })).status).toBe(409);
    expect((await chartOf(ben, await addClient(ben))).measures.settings.phq9).toMatchObject({
      version: 2,
      norms: { sd: 5 },
      expectedCourse: course,
    });
  });

  test("is refused at its field where it cannot be", async () => {
    const put = async (measure: string, content: object) =>
      await maya.refused("PUT", `/measure-settings/${measure}`, { version: 0, content });
    expect((await put("gad7", { wording: null, norms: { ...norms, reliability: 1 } })).errors).toMatchObject([
      { pointer: "/content/norms/reliability", message: "The reliability is below 1." },
    ]);
    const wording = { instruction: "", items: ["Some question"], options: [], license: "A licence of 2026, number 1" };
    expect((await put("gad7", { wording, norms: null })).errors).toMatchObject([{ pointer: "/content/wording/items" }]);
    expect((await put("there-is-none", { wording: null, norms: null })).status).toBe(404);
  });
});
