import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildTable, formatIcd10Table } from "@trellis/domain/diagnosis/icd-10-cm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDiagnoses, tableFileName } from "../library/load-diagnoses.ts";
import { createApp } from "./app.ts";
import { addClient, createTestPractice, type Person, practiceClient, type TestPractice } from "./test-practice.ts";

let practice: TestPractice;
let maya: Person;
let clientId: string;
let planId: string;

/** A later year's table in which one code is no longer valid. */
function tablesWithRetired(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "trellis-tables-"));
  const { table } = loadDiagnoses("2026-11-24");
  const entries = table.entries.map((entry) => (entry.code === code ? { ...entry, retired: table.fiscalYear + 1 } : entry));
  writeFileSync(
    join(folder, tableFileName(table.fiscalYear + 1)),
    formatIcd10Table(buildTable(table.fiscalYear + 1, `Made for a test of FY${table.fiscalYear + 1}.`, entries)),
  );
  return folder;
}

beforeAll(async () => {
  const importedDiagnoses = tablesWithRetired("F43.20");
  practice = await createTestPractice({ importedDiagnoses });
  rmSync(importedDiagnoses, { recursive: true });
  maya = await practice.owner();
  clientId = await practiceClient(maya);
  ({ planId } = await maya.json<{ planId: string }>("POST", `/clients/${clientId}/plans`, {}));
});
afterAll(() => practice.close());

const client = (change: object = {}) => ({ client: { name: { given: "Robin", family: "Example" }, birthDate: "1988-04-12", ...change } });
const save = (section: string, content: object) => maya.refused("PUT", `/clients/${clientId}/intake/${section}`, { version: 0, content });

describe("input that cannot be right is answered at the field it belongs to", () => {
  test.each([
    ["a date of birth in the future", client({ birthDate: "2999-01-01" }), "/client/birthDate", /future/],
    ["a date of birth 200 years ago", client({ birthDate: "1826-01-01" }), "/client/birthDate", /years old/],
    ["a day that no calendar has", client({ birthDate: "2026-02-30" }), "/client/birthDate", /year-month-day/],
    ["a client without a last name", client({ name: { given: "Robin", family: "" } }), "/client/name/family", /last name/],
    ["a name of spaces", client({ name: { given: "  ", family: "Example" } }), "/client/name/given", /first name/],
    ["a name that nobody sees", client({ name: { given: "Robin", family: "\u200B\u2060" } }), "/client/name/family", /last name/],
    ["a field that does not exist", client({ ssn: "000-00-0000" }), "/client", /ssn/],
    ["a name with a line break", client({ name: { given: "Ro\nbin", family: "Example" } }), "/client/name/given", /line break/],
    ["a name of 101 characters", client({ name: { given: "x".repeat(101), family: "Example" } }), "/client/name/given", /At most 100/],
  ])("%s", async (_, body, pointer, message) => {
    const answer = await maya.refused("POST", "/clients", body);
    expect(answer.status).toBe(422);
    expect(answer.errors[0]?.pointer).toBe(pointer);
    expect(answer.errors[0]?.message).toMatch(message);
  });

  test("100 KB pasted into a text field", async () => {
    const answer = await save("formulation", { formulation: "x".repeat(100 * 1024) });
    expect(answer).toMatchObject({ status: 422, errors: [{ pointer: "/content/formulation" }] });
    expect(answer.errors[0]?.message).toMatch(/At most 20,000 characters/);
  });

  test("characters that no database keeps, wherever they stand", async () => {
    for (const formulation of ["half an emoji \ud83d", "\ude14", "a\0b"])
      expect(await save("formulation", { formulation })).toMatchObject({ status: 422, errors: [{ pointer: "/content/formulation" }] });
    const { practice: house } = await maya.json<{ practice: { version: number } }>("GET", "/session");
    expect(await maya.refused("PATCH", "/practice", { version: house.version, name: "a\0b" })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/name" }],
    });
    const edits = [{ type: "set", path: ["allergies"], value: { "a\0b": 1 } }];
    expect(await maya.refused("POST", `/plans/${planId}/edits`, { base: 0, batch: crypto.randomUUID(), edits })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/edits/0/value" }],
    });
    const after = Buffer.from(JSON.stringify(["a\0b", crypto.randomUUID()])).toString("base64url");
    expect(await maya.refused("POST", "/clients/search", { after })).toMatchObject({ status: 422, errors: [{ pointer: "/after" }] });
  });

  test("a name that would not fit into a plan's line", async () => {
    const { practice: house, member } = await maya.json<{ practice: { version: number }; member: { id: string } }>("GET", "/session");
    expect((await maya.refused("PATCH", "/practice", { version: house.version, name: "Linden\nStreet" })).errors[0]?.pointer).toBe("/name");
    expect((await maya.refused("PATCH", `/members/${member.id}`, { version: 1, credentials: "LC\u0007SW" })).errors[0]?.pointer).toBe(
      "/credentials",
    );
  });

  test("nesting without end", async () => {
    const value = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const body = `{"base":0,"batch":"${crypto.randomUUID()}","edits":[{"type":"set","path":["allergies"],"value":${value}}]}`;
    expect(await maya.refused("POST", `/plans/${planId}/edits`, body)).toMatchObject({ status: 422 });
  });

  test("a version beyond all numbers", async () => {
    const version = 3_000_000_000;
    const { member } = await maya.json<{ member: { id: string } }>("GET", "/session");
    for (const [method, path, body] of [
      ["PUT", `/clients/${clientId}/intake/formulation`, { version, content: {} }],
      ["PUT", `/clients/${clientId}`, { version, ...client() }],
      ["PATCH", "/practice", { version }],
      ["PATCH", `/members/${member.id}`, { version }],
    ] as const)
      expect(await maya.refused(method, path, body), path).toMatchObject({ status: 422, errors: [{ pointer: "/version" }] });
  });

  test("more than a megabyte", async () => {
    expect(await save("formulation", { formulation: "x".repeat(1_200_000) })).toMatchObject({ status: 413 });
  });

  test("a code that is retired, a heading, and one that never was", async () => {
    const diagnosis = (code: string) => {
      const id = crypto.randomUUID();
      return maya.refused("PUT", `/clients/${clientId}/diagnoses/${id}`, {
        version: 0,
        diagnosis: {
          id,
          code,
          description: "x",
          fiscalYear: 2026,
          rank: "principal",
          verification: "confirmed",
          diagnosedOn: "2026-01-05",
        },
      });
    };
    expect((await diagnosis("F33")).errors).toMatchObject([{ pointer: "/diagnosis/code", message: expect.stringContaining("heading") }]);
    expect((await diagnosis("F99.99")).errors).toMatchObject([
      { pointer: "/diagnosis/code", message: expect.stringContaining("is not in the ICD-10-CM table") },
    ]);
    expect((await diagnosis("F43.20")).errors).toMatchObject([
      { pointer: "/diagnosis/code", message: expect.stringMatching(/no longer|not valid|retired/i) },
    ]);
  });

  test("a day on which it cannot have been", async () => {
    const id = await addClient(maya);
    for (const [day, message] of [
      ["2999-01-01", /future/],
      ["1988-04-11", /not born/],
    ] as const) {
      const diagnosisId = crypto.randomUUID();
      const diagnosis = {
        id: diagnosisId,
        code: "F41.1",
        description: "x",
        fiscalYear: 2026,
        rank: "principal",
        verification: "confirmed",
        diagnosedOn: day,
      };
      const administration = {
        id: crypto.randomUUID(),
        measure: "gad7",
        measureVersion: "1",
        date: day,
        answers: [0, 1, 2, 3, 0, 1, 2],
        answeredBy: "client",
      };
      for (const [method, path, body, pointer] of [
        ["PUT", `/clients/${id}/diagnoses/${diagnosisId}`, { version: 0, diagnosis }, "/diagnosis/diagnosedOn"],
        ["POST", `/clients/${id}/administrations`, { administration }, "/administration/date"],
        ["PUT", `/clients/${id}/intake/risk`, { version: 0, content: { assessedOn: day } }, "/content/assessedOn"],
      ] as const) {
        const { status, errors } = await maya.refused(method, path, body);
        expect(status, path).toBe(422);
        expect(errors).toEqual([{ pointer, message: expect.stringMatching(message) }]);
      }
    }
  });

  test("answers that a measure does not have", async () => {
    const give = (change: object) =>
      maya.refused("POST", `/clients/${clientId}/administrations`, {
        administration: {
          id: crypto.randomUUID(),
          measure: "gad7",
          measureVersion: "1",
          date: "2026-01-05",
          answers: [0, 1, 2, 3, 0, 1, 2],
          answeredBy: "client",
          ...change,
        },
      });
    expect((await give({ answers: [0, 1, 9, 3, 0, 1, 2] })).errors[0]).toMatchObject({ pointer: "/administration/answers/2" });
    expect((await give({ answers: [0] })).errors[0]).toMatchObject({ pointer: "/administration/answers" });
    expect((await give({ answers: Array(7).fill(null) })).errors[0]).toMatchObject({ pointer: "/administration/answers" });
    expect((await give({ measure: "hamd" })).errors[0]).toMatchObject({ pointer: "/administration/measure" });
    expect((await give({ date: "2999-01-01" })).errors[0]).toMatchObject({ pointer: "/administration/date" });
  });

  test("what is not JSON, and what is JSON of another kind", async () => {
    for (const body of ["{", "", "null", "[]", '"text"', "1e999"]) {
      const { status } = await maya.refused("POST", "/clients", body);
      expect([400, 422], body).toContain(status);
    }
  });

  test("an edit of what is not in the plan, or not to be edited", async () => {
    const edit = (edits: object[]) => maya.refused("POST", `/plans/${planId}/edits`, { base: 0, batch: crypto.randomUUID(), edits });
    expect((await edit([{ type: "set", path: ["objectives", "gone", "text"], value: "x" }])).errors[0]).toMatchObject({
      pointer: "/objectives/gone/text",
    });
    expect((await edit([{ type: "set", path: ["subject", "name"], value: "Somebody else" }])).errors[0]?.message).toMatch(
      /cannot be edited/,
    );
    const [objective] = (await maya.json<{ plan: { objectives: { id: string }[] } }>("GET", `/plans/${planId}`)).plan.objectives;
    for (const [value, message] of [
      [-1, "At least 0."],
      [5000, "At most 1,000."],
      [1e9, "At most 100,000."],
      ["5,5", "Enter a number."],
    ] as const)
      expect((await edit([{ type: "set", path: ["objectives", objective?.id ?? "", "metric", "target"], value }])).errors[0]).toEqual({
        pointer: "/objectives/0/metric/target",
        message,
      });
    expect((await edit([{ type: "set", path: ["__proto__", "polluted"], value: true }])).status).toBe(422);
    expect((await edit([{ type: "set", path: ["reviewDue"], value: "tomorrow" }])).errors[0]).toMatchObject({ pointer: "/reviewDue" });
  });
});

describe("any script, and nothing lost", () => {
  const texts = [
    "😔 → 🌱",
    "مرحبا، أنا متعب",
    "עייף מאוד",
    "とても疲れた",
    "e\u0301 ≠ é",
    "a\u200Fb\u202Ec",
    "  leading and trailing  ",
    "<script>alert(1)</script>",
    "'; DROP TABLE trellis.client; --",
    "{{7*7}}",
  ];
  test("is kept as it was typed", async () => {
    const id = await addClient(maya, "Zoë", "Ngũgĩ");
    for (const [index, formulation] of texts.entries()) {
      await maya.json("PUT", `/clients/${id}/intake/formulation`, { version: index, content: { formulation } });
      const chart = await maya.json<{ intake: { formulation: { content: { formulation: string } } } }>("GET", `/clients/${id}/chart`);
      expect(chart.intake.formulation.content.formulation).toBe(formulation);
    }
  });

  test("two tabs: the second save is told what the first one saved, and overwrites nothing", async () => {
    const id = await addClient(maya);
    await maya.json("PUT", `/clients/${id}/intake/history`, { version: 0, content: { social: "First tab" } });
    const answer = await maya.ask("PUT", `/clients/${id}/intake/history`, { version: 0, content: { social: "Second tab" } });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ current: { version: 1, content: { social: "First tab" }, savedBy: "Maya Okafor" } });
  });

  test("an entry sent twice, because the answer got lost, is kept once", async () => {
    const id = await addClient(maya);
    const administration = {
      id: crypto.randomUUID(),
      measure: "gad7",
      measureVersion: "1",
      date: "2026-01-05",
      answers: [0, 1, 2, 3, 0, 1, 2],
      answeredBy: "client",
    };
    await maya.json("POST", `/clients/${id}/administrations`, { administration });
    await maya.json("POST", `/clients/${id}/administrations`, { administration });
    expect((await maya.json<{ administrations: object[] }>("GET", `/clients/${id}/chart`)).administrations).toHaveLength(1);
    expect(
      (
        await maya.refused("POST", `/clients/${id}/administrations`, {
          administration: { ...administration, answers: [0, 0, 0, 0, 0, 0, 0] },
        })
      ).status,
    ).toBe(422);
  });
});

test("a client sent twice, because the answer got lost, is added once; what was typed since is not lost on the way", async () => {
  const id = crypto.randomUUID();
  const sent = { id, ...client({ name: { given: "Twice", family: "Sent" } }) };
  await Promise.all([maya.json("POST", "/clients", sent), maya.json("POST", "/clients", sent)]);
  expect(await maya.json("POST", "/clients", sent)).toEqual({ id, version: 1 });
  const { clients } = await maya.json<{ clients: object[] }>("POST", "/clients/search", { q: "twice sent" });
  expect(clients).toHaveLength(1);
  const more = await maya.ask("POST", "/clients", { ...sent, client: { ...sent.client, pronouns: "they/them" } });
  expect(more.status).toBe(409);
  expect(await more.json()).toMatchObject({ current: { version: 1, client: { name: { given: "Twice" } } } });
});

test("two tabs: a client has one principal diagnosis, the one that was made it last", async () => {
  const id = await addClient(maya);
  const diagnosis = (code: string) => ({
    id: crypto.randomUUID(),
    code,
    description: "x",
    fiscalYear: 2026,
    rank: "principal",
    verification: "confirmed",
    diagnosedOn: "2026-01-05",
  });
  const [first, second, third] = [diagnosis("F33.1"), diagnosis("F41.1"), diagnosis("F43.10")];
  const save = (entry: { id: string }, version = 0) =>
    maya.json("PUT", `/clients/${id}/diagnoses/${entry.id}`, { version, diagnosis: entry });
  const ranks = async () => {
    const { diagnoses } = await maya.json<{ diagnoses: { code: string; rank: string; version: number }[] }>("GET", `/clients/${id}/chart`);
    return Object.fromEntries(diagnoses.map(({ code, rank, version }) => [code, [rank, version]]));
  };
  expect(await save(first)).toEqual({ version: 1, demoted: [] });
  expect(await save(second)).toEqual({ version: 1, demoted: [{ id: first.id, version: 2 }] });
  expect(await save({ ...third, verification: "refuted" } as typeof third)).toEqual({ version: 1, demoted: [] });
  expect(await ranks()).toEqual({ "F33.1": ["co-occurring", 2], "F41.1": ["principal", 1], "F43.10": ["principal", 1] });
  await Promise.all([save(first, 2), save(third, 1)]);
  expect(Object.values(await ranks()).filter(([rank]) => rank === "principal")).toHaveLength(1);
});

test("an own statement under the id of another is refused, not said to be kept", async () => {
  const item = { id: crypto.randomUUID(), kind: "goal", text: "Sleep through most nights" };
  await maya.json("POST", "/library/items", item);
  await maya.json("POST", "/library/items", item);
  expect((await maya.refused("POST", "/library/items", { ...item, text: "Another" })).errors[0]?.pointer).toBe("/id");
});

test("a diagnosis is called what the table of its year calls it, whatever was sent", async () => {
  const id = crypto.randomUUID();
  const diagnosis = {
    id,
    code: "F41.1",
    description: "Nothing at all",
    fiscalYear: 2100,
    rank: "co-occurring",
    verification: "provisional",
    diagnosedOn: "2026-01-05",
  };
  await maya.json("PUT", `/clients/${clientId}/diagnoses/${id}`, { version: 0, diagnosis });
  await maya.json("PUT", `/clients/${clientId}/diagnoses/${id}`, { version: 1, diagnosis: { ...diagnosis, verification: "confirmed" } });
  const { diagnoses } = await maya.json<{ diagnoses: { id: string; fiscalYear: number }[] }>("GET", `/clients/${clientId}/chart`);
  const kept = diagnoses.find((saved) => saved.id === id);
  expect(kept).toMatchObject({ description: "Generalized anxiety disorder", verification: "confirmed" });
  expect(kept?.fiscalYear).toBeLessThan(2100);
});

describe("whatever is sent to any address", () => {
  const filled = (path: string) =>
    fc.constantFrom(clientId, planId, crypto.randomUUID(), "1", "%F0%9F%98%94").map((id) => path.replaceAll(/:\w+/g, id));
  /** JSON that looks like what the API takes, with something odd in it. */
  const oddBody = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.constantFrom("", "{", "[[[[[[", '{"__proto__":{"a":1}}', `{"a":${"[".repeat(3000)}${"]".repeat(3000)}}`),
    fc
      .record(
        {
          version: fc.oneof(fc.integer(), fc.constant(null), fc.double()),
          client: fc.oneof(fc.constant(client().client), fc.object()),
          content: fc.object(),
          q: fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.integer()),
          after: fc.oneof(fc.base64String(), fc.constant(Buffer.from('["a","b"]').toString("base64url"))),
          limit: fc.integer(),
          base: fc.integer(),
          seq: fc.integer(),
          batch: fc.uuid(),
          edits: fc.array(
            fc.record({
              type: fc.constantFrom("set", "insert", "remove", "move", "x"),
              path: fc.array(fc.string()),
              list: fc.array(fc.constantFrom("goals", "objectives", "x")),
              id: fc.string(),
              value: fc.jsonValue(),
            }),
          ),
          reason: fc.string({ unit: "binary" }),
          kind: fc.constantFrom("drawn", "typed", "not-signed", "password", "goal"),
          role: fc.constantFrom("client", "clinician", "supervisor"),
          hash: fc.constant("0".repeat(64)),
          password: fc.string(),
          token: fc.string(),
          text: fc.string({ unit: "binary" }),
          memberId: fc.uuid(),
          roles: fc.array(fc.string()),
        },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
  );

  test("the answer is never a fault of the server", async () => {
    const routes = practice.app.routes.filter(
      ({ method, path }) => method !== "ALL" && path.startsWith("/api/") && !path.includes("*") && path !== "/api/auth/sign-out",
    );
    expect(routes.length).toBeGreaterThan(40);
    const cookies = [...maya.cookies];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes).chain(({ method, path }) =>
          fc.record({
            method: fc.constant(method),
            path: filled(path.slice("/api".length)),
            query: fc.constantFrom("", "?q=%00", "?since=-1&revision=x", "?since=999999999999&revision=99999&kind=client&limit=1e9"),
            body: oddBody,
          }),
        ),
        async ({ method, path, query, body }) => {
          const answer = await maya.ask(method, path + query, method === "GET" ? undefined : body);
          // Some of it signs in as somebody else, such as looking round the demo.
          for (const [name, value] of cookies) maya.cookies.set(name, value);
          expect(answer.status, `${method} ${path}${query} ${body} ${answer.status >= 500 ? await answer.text() : ""}`).toBeLessThan(500);
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe("who may ask", () => {
  test("nobody without a session, on any address that holds a practice's data", async () => {
    const stranger = practice.visitor();
    const open = new Set([
      "/api/health",
      "/api/session",
      "/api/practice/setup",
      "/api/practice/demo",
      "/api/invitations/look",
      "/api/invitations/accept",
      "/api/recovery/look",
      "/api/recovery/use",
      // For a client with a private link, who has no account.
      "/api/answer/open",
      "/api/answer/save",
      "/api/answer/finish",
      // The same for homework, a review or a safety plan.
      "/api/link/open",
      "/api/link/save",
      // For calendar programs, which know nothing but a private address.
      "/api/calendar-feed/:file",
    ]);
    const closed = practice.app.routes.filter(
      ({ method, path }) =>
        method !== "ALL" && path.startsWith("/api/") && !path.includes("*") && !path.startsWith("/api/auth/") && !open.has(path),
    );
    expect(closed.length).toBeGreaterThan(30);
    for (const { method, path } of closed) {
      const answer = await stranger.ask(method, path.slice("/api".length).replaceAll(/:\w+/g, clientId), method === "GET" ? undefined : {});
      expect(answer.status, `${method} ${path}`).toBe(401);
    }
  });

  test("no other site's page: without the header, or from another origin, nothing is changed", async () => {
    const body = client();
    expect((await maya.ask("POST", "/clients", body, { "x-trellis": "" })).status).toBe(403);
    expect((await maya.ask("POST", "/clients", body, { origin: "https://evil.example" })).status).toBe(403);
    expect((await maya.ask("POST", "/clients", body, { origin: "http://trellis.test" })).status).toBe(201);
  });

  test("no page whose name was made to point to this machine, where only this machine is served", async () => {
    const at = (publicAddress: URL | null) => createApp({ trellis: { ...practice.trellis, publicAddress }, client: "", atHome: true });
    const status = async (app: ReturnType<typeof createApp>, host: string) => (await app.request(`http://${host}/api/session`)).status;
    const home = at(null);
    for (const host of ["localhost:4460", "127.0.0.1:4460", "[::1]:4460", "trellis.localhost"])
      expect(await status(home, host), host).toBe(200);
    for (const host of ["evil.example:4460", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:80"])
      expect(await status(home, host), host).toBe(421);
    const behindProxy = at(new URL("https://trellis.example.org"));
    expect(await status(behindProxy, "trellis.example.org")).toBe(200);
    expect(await status(behindProxy, "localhost:4460")).toBe(200);
    expect(await status(behindProxy, "evil.example")).toBe(421);
  });

  test("nothing of a practice stays in a browser's cache", async () => {
    const ofTheLibrary = ["catalogue", "shared", "homework", "outlines", "evidence", "cases"].map((part) => `/api/library/${part}`);
    const sharedByAll = new Set([...ofTheLibrary, "/api/measures"]);
    const needsSignedPlan = new Set(["/api/clients/:id/reviews/:reviewId", "/api/plans/:id/compare", "/api/plans/:id/changes.pdf"]);
    // What is there is a matter of the address.
    const byAddress = "/api/calendar-feed/:file";
    const oneChapter = "/api/library/chapters/:id";
    expect((await maya.ask("GET", "/calendar-feed/x.ics")).headers.get("cache-control")).toBe("no-store");
    const reads = practice.app.routes.filter(
      ({ method, path }) =>
        method === "GET" &&
        path.startsWith("/api/") &&
        !path.includes("*") &&
        !sharedByAll.has(path) &&
        path !== byAddress &&
        path !== oneChapter,
    );
    expect(reads.length).toBeGreaterThan(12);
    await maya.json("PUT", `/clients/${clientId}/documents/safety-plan`, { revision: 1, version: 0, content: {} });
    // Notes under the client's own id, which is what every id in an address is here.
    await maya.json("PUT", `/clients/${clientId}/notes/${clientId}`, { version: 0, content: { format: "free", date: "2026-01-05" } });
    const apart = `/clients/${clientId}/psychotherapy-notes/${clientId}`;
    await maya.json("PUT", apart, { version: 0, content: { date: "2026-01-05", text: "A hunch." } });
    const release = { id: clientId, version: 1, toWhom: "Dr. Example", purpose: "Second opinion", authorizedOn: "2026-01-06" };
    await maya.json("POST", `${apart}/releases`, release);
    await maya.json("PUT", `/clients/${clientId}/homework/${clientId}`, {
      version: 0,
      content: { title: "A walk", steps: ["Walk to the river."], assignedOn: "2026-01-05" },
    });
    const summaryId = crypto.randomUUID();
    await maya.json("POST", `/clients/${clientId}/discharge-summaries`, { id: summaryId, kind: "discharge" });
    for (const { path } of reads) {
      const answer = await maya.ask(
        "GET",
        `${path
          .slice("/api".length)
          .replaceAll(/:measure(Id)?\b/g, "phq9")
          .replace("/:kind/:file", "/safety-plan/1.pdf")
          .replaceAll(":summaryId", summaryId)
          .replace("/library/chapters/:id", "/library/chapters/adult-depression")
          .replace("/library/homework/:id", "/library/homework/dep-support-map")
          .replace("/library/cases/:id", "/library/cases/dep-night-shift")
          .replaceAll(
            /:\w+/g,
            path.startsWith("/api/plans") ? planId : path.startsWith("/api/clients") ? clientId : "F33.1",
          )}?since=0&measure=gad7&from=2026-01-01&to=2026-01-31&by=none`,
      );
      // That there is nothing to see is no more to be kept than what there is.
      const status = needsSignedPlan.has(path) || path === "/api/library/own/chapters/:id" ? 404 : 200;
      expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, status, "no-store"]);
    }
    expect((await maya.ask("GET", "/nothing")).headers.get("cache-control")).toBe("no-store");
    for (const path of ["/library/catalogue", "/library/chapters/adult-depression", "/measures"])
      expect((await maya.ask("GET", path)).headers.get("cache-control"), path).toBe("private, no-cache");
  });

  test("every answer carries the headers that keep other pages out", async () => {
    const { headers } = await maya.ask("GET", "/session");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe-eval");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});
