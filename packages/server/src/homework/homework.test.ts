import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let clientId: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());
beforeEach(async () => {
  clientId = await addClient(maya);
});

const walk = { title: "A walk with Robin", steps: ["Walk around the pond."], assignedOn: "2026-01-05", dueOn: "2026-01-12" };
const put = (id: string, version: number, content: unknown) =>
  maya.ask("PUT", `/clients/${clientId}/homework/${id}`, { version, content }).then(async (response) => ({
    status: response.status,
    body: (await response.json()) as { version?: number; current?: unknown; detail?: string; errors?: { pointer: string }[] },
  }));
const inRecord = async () =>
  (await maya.json<{ homework: { version: number; content: Record<string, unknown> }[] }>("GET", `/clients/${clientId}/treatment`))
    .homework;

describe("homework", () => {
  test("is given, looked at together and stands in the record; sent again it is there once", async () => {
    const id = randomUUID();
    expect((await put(id, 0, walk)).body).toEqual({ version: 1 });
    expect((await put(id, 0, walk)).body).toEqual({ version: 1 });
    const lookedAt = { ...walk, outcome: "partly", outcomeWhy: "No time.", lookedAtOn: "2026-01-12" };
    expect((await put(id, 1, lookedAt)).body).toEqual({ version: 2 });
    expect(await inRecord()).toMatchObject([
      { version: 2, content: { title: "A walk with Robin", outcome: "partly", outcomeWhy: "No time." } },
    ]);
  });

  test("changed by two, whoever comes second is told and overwrites nothing", async () => {
    const id = randomUUID();
    await put(id, 0, walk);
    await put(id, 1, { ...walk, title: "A longer walk" });
    const second = await put(id, 1, { ...walk, title: "A shorter walk" });
    expect(second).toMatchObject({ status: 409, body: { current: { version: 2, content: { title: "A longer walk" } } } });
    expect(await inRecord()).toMatchObject([{ content: { title: "A longer walk" } }]);
  });

  test("that cannot be is refused at its field, and nothing is kept", async () => {
    const pointers = async (content: unknown) => (await put(randomUUID(), 0, content)).body.errors?.map(({ pointer }) => pointer);
    expect(await pointers({ ...walk, dueOn: "2026-01-04" })).toEqual(["/content/dueOn"]);
    expect(await pointers({ ...walk, outcome: "done" })).toEqual(["/content/lookedAtOn"]);
    expect(await pointers({ ...walk, title: " " })).toEqual(["/content/title"]);
    expect(await pointers({ ...walk, steps: [] })).toEqual(["/content/steps"]);
    expect(await inRecord()).toEqual([]);
  });

  test("that the library no longer has stays as it was given", async () => {
    const id = randomUUID();
    await put(id, 0, { ...walk, libraryId: "gone-from-the-library" });
    expect(await inRecord()).toMatchObject([{ content: { libraryId: "gone-from-the-library", steps: ["Walk around the pond."] } }]);
  });

  test("goes home on a sheet, which the access log tells", async () => {
    const id = randomUUID();
    await put(id, 0, walk);
    const sheet = await maya.ask("GET", `/clients/${clientId}/homework/${id}/sheet.pdf`);
    expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(
      Buffer.from(await sheet.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    const log = await maya.json<{ entries: { words: string }[] }>("GET", `/clients/${clientId}/access-log`);
    expect(log.entries.map(({ words }) => words)).toContain("Printed homework");
    expect((await maya.refused("GET", `/clients/${clientId}/homework/${randomUUID()}/sheet.pdf`)).status).toBe(404);
  });

  test("is not for the front desk, nor for a colleague outside the care team", async () => {
    const path = `/clients/${clientId}/homework/${randomUUID()}`;
    const desk = await practice.joined(maya, "Sam Example", ["front-desk"]);
    const colleague = await practice.joined(maya, "Ines Example", ["clinician"]);
    expect((await desk.refused("PUT", path, { version: 0, content: walk })).status).toBe(403);
    expect((await colleague.refused("PUT", path, { version: 0, content: walk })).status).toBe(403);
  });
});
