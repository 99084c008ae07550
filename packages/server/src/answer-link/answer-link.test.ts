import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../http/app.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let clientId: string;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  // Behind a proxy of the practice's own, so that every browser comes from an address of its own.
  const trellis = { ...practice.trellis, publicAddress: new URL("https://trellis.example.org") };
  app = createApp({ trellis, client: import.meta.dirname, requestsAMinute: 1_000_000 });
});
afterAll(() => practice.close());
beforeEach(async () => {
  clientId = await addClient(maya);
});

const owner = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  practice.database.owner.query(text, values).then(({ rows }) => rows as T[]);

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly errors?: readonly { pointer: string; message: string }[] };
}

let addresses = 0;

/** A browser that nobody has signed in with, and the key that it made for itself. */
function browser(from?: string) {
  addresses += 1;
  const address = from ?? `192.0.2.${addresses}`;
  const browserKey = randomBytes(32).toString("base64url");
  const ask = async (path: string, more: Record<string, unknown>): Promise<Answer> => {
    const response = await app.request(`https://trellis.example.org/api/answer/${path}`, {
      method: "POST",
      headers: { "x-trellis": "1", "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ browserKey, ...more }),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return {
    open: (token: string) => ask("open", { token }),
    save: (token: string, measure: string, seq: number, answers: readonly (number | null)[]) =>
      ask("save", { token, measure, seq, answers }),
    finish: (token: string) => ask("finish", { token }),
  };
}

async function makeLink(
  measures: readonly string[] = ["phq9"],
  more: Record<string, unknown> = {},
): Promise<{ id: string; token: string; link: string }> {
  const made = await maya.json<{ id: string; link: string }>("POST", `/clients/${clientId}/answer-links`, { measures, ...more });
  return { ...made, token: new URL(made.link).hash.slice(1) };
}

const chart = () =>
  maya.json<{
    administrations: { id: string; measure: string; mode: string; enteredBy: string | null; date: string; score: { total: number } }[];
    alerts: { kind: string; administrationId: string; detail: { words: string; items?: number[] } }[];
  }>("GET", `/clients/${clientId}/chart`);
const calm = [1, 1, 0, 2, 1, 0, 1, 0, 0, 0];
const linkState = async (id: string) =>
  (await maya.json<{ links: { id: string; state: string; measures: string[] }[] }>("GET", `/clients/${clientId}/answer-links`)).links.find(
    (link) => link.id === id,
  )?.state;

describe("answering by a private link", () => {
  test("puts the answers into the chart with their score, in nobody's name, and into the trail", async () => {
    const { id, token } = await makeLink(["phq9", "gad7"]);
    expect(await linkState(id)).toBe("open");
    const phone = browser();
    const opened = await phone.open(token);
    expect(opened.status).toBe(200);
    expect(opened.body).toMatchObject({ state: "open", danger: false, gone: 0 });
    expect(await linkState(id)).toBe("opened");
    expect((await phone.save(token, "phq9", 1, calm)).body).toEqual({ seq: 1, finished: false, danger: false });
    expect((await phone.finish(token)).body).toMatchObject({ state: "finished", danger: false, crisis: expect.stringContaining("988") });
    // Nothing of the GAD-7 was answered: it is not kept as if it had been.
    const { administrations, alerts } = await chart();
    expect(administrations).toMatchObject([{ measure: "phq9", mode: "link", enteredBy: null, score: { total: 6 } }]);
    expect(alerts).toEqual([]);
    expect(await linkState(id)).toBe("finished");
    const trail = await owner<{ action: string; member_id: string | null }>(
      "SELECT action, member_id FROM audit.entry WHERE client_id = $1 AND action LIKE 'answer-link.%' AND action <> 'answer-link.read' ORDER BY seq",
      [clientId],
    );
    expect(trail.map(({ action }) => action)).toEqual(["answer-link.create", "answer-link.open", "answer-link.finish"]);
    expect(trail.map(({ member_id }) => member_id === null)).toEqual([false, true, true]);
    expect((await maya.json<{ ok: boolean }>("GET", "/audit/verify")).ok).toBe(true);
  });

  test("shows the questions and nothing of the client, the practice, the scoring or earlier scores", async () => {
    await maya.json("POST", `/clients/${clientId}/administrations`, {
      administration: {
        id: crypto.randomUUID(),
        measure: "phq9",
        measureVersion: "1.0",
        date: "2026-01-02",
        answers: calm,
        answeredBy: "client",
        status: "completed",
      },
    });
    const { token } = await makeLink();
    const { body } = await browser().open(token);
    const text = JSON.stringify(body);
    for (const never of ["Robin", "Example", "Linden", "Maya", "cutoff", "reliable", "severity", "scores", "2026-01-02", clientId])
      expect(text).not.toContain(never);
    expect(body).toMatchObject({
      measures: [{ id: "phq9", questions: expect.arrayContaining([expect.objectContaining({ number: 9, helpFrom: 1 })]) }],
    });
  });

  test("goes on in the same browser where it was, however the answers arrived", async () => {
    const { token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 2, [1, 2, ...Array(8).fill(null)]);
    // Sent before, arrives after.
    await phone.save(token, "phq9", 1, [1, ...Array(9).fill(null)]);
    expect((await phone.open(token)).body).toMatchObject({ answers: { phq9: { seq: 2, answers: [1, 2, ...Array(8).fill(null)] } } });
  });

  test("an answer that speaks of danger raises its alert when it is saved, and not again at the end", async () => {
    const { token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    const answers = [1, 1, 0, 2, 1, 0, 1, 0, 1, 0];
    expect((await phone.save(token, "phq9", 1, answers)).body).toMatchObject({ danger: true });
    const before = await chart();
    expect(before.administrations).toEqual([]);
    expect(before.alerts).toMatchObject([{ kind: "risk-answer", detail: { items: [9] } }]);
    // Taken back afterwards: the alert stays, and so does the way to help.
    await phone.save(token, "phq9", 2, calm);
    expect((await phone.finish(token)).body).toMatchObject({ danger: true });
    const after = await chart();
    expect(after.alerts.map(({ kind }) => kind)).toEqual(["risk-answer"]);
    expect(after.alerts[0]?.administrationId).toBe(after.administrations[0]?.id);
  });

  test("a second answer of the same form that speaks of danger is told too, and each once", async () => {
    const item = (number: number) => ({ number, text: `Urge number ${number}`, quantity: { min: 0, max: 10, step: 1, unit: "" } });
    const urges = {
      id: "own-urges",
      name: "Urges",
      title: "Urges to hurt oneself",
      version: "1.0",
      measures: "Urges to hurt oneself",
      area: "individual",
      ages: { from: 0 },
      recall: "today",
      instruction: "",
      items: [item(1), item(2)],
      scoring: { method: "sum", range: [0, 20], higherIs: "worse", maxMissing: 0 },
      flags: [1, 2].map((number) => ({ item: number, atLeast: 5, kind: "risk-behavior", message: "A strong urge to hurt oneself." })),
      interval: null,
      license: { class: "own", text: "Written by the practice.", source: "The practice itself" },
    };
    await owner(
      "INSERT INTO trellis.own_measure (practice_id, id, client_id, content, created_by) SELECT c.practice_id, gen_random_uuid(), c.id, $2, gen_random_uuid() FROM trellis.client AS c WHERE c.id = $1",
      [clientId, JSON.stringify(urges)],
    );
    const { token } = await makeLink(["own-urges"]);
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "own-urges", 1, [7, null]);
    await phone.save(token, "own-urges", 2, [7, 6]);
    await phone.save(token, "own-urges", 3, [8, 6]);
    await phone.finish(token);
    expect((await chart()).alerts.map(({ kind, detail }) => [kind, detail.items])).toEqual([
      ["risk-answer", [1]],
      ["risk-answer", [1, 2]],
    ]);
    // Made for this client, it is not known to another's link.
    clientId = await addClient(maya);
    expect((await maya.refused("POST", `/clients/${clientId}/answer-links`, { measures: ["own-urges"] })).status).toBe(422);
  });

  test("a question about danger that was left open is told at the end", async () => {
    const { token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, [...calm.slice(0, 8), null, 0]);
    expect((await chart()).alerts).toEqual([]);
    await phone.finish(token);
    expect((await chart()).alerts.map(({ kind }) => kind)).toEqual(["risk-not-answered"]);
  });

  test("a course that has got worse raises its alert too", async () => {
    await maya.json("POST", `/clients/${clientId}/administrations`, {
      administration: {
        id: crypto.randomUUID(),
        measure: "phq9",
        measureVersion: "1.0",
        date: "2026-01-02",
        answers: calm,
        answeredBy: "client",
        status: "completed",
      },
    });
    const { token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, [3, 3, 3, 3, 3, 2, 2, 2, 0, 2]);
    await phone.finish(token);
    expect((await chart()).alerts.map(({ kind }) => kind)).toEqual(["deteriorated"]);
  });
});

describe("a link that cannot be used says why", () => {
  const reason = ({ status, body }: Answer) => [status, body.reason];

  test("opened by another browser", async () => {
    const { token } = await makeLink();
    await browser().open(token);
    const other = browser();
    expect(reason(await other.open(token))).toEqual([409, "elsewhere"]);
    expect(reason(await other.save(token, "phq9", 1, calm))).toEqual([409, "elsewhere"]);
    expect(reason(await other.finish(token))).toEqual([409, "elsewhere"]);
    expect((await chart()).administrations).toEqual([]);
  });

  test("opened in two browsers at once: one of them has it", async () => {
    const { token } = await makeLink();
    const opened = await Promise.all([browser().open(token), browser().open(token), browser().open(token)]);
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test("after its time; whoever has begun may finish within the hour", async () => {
    const { id, token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, calm);
    const expire = (ago: string) => owner("UPDATE trellis.answer_link SET expires_at = now() - $2::interval WHERE id = $1", [id, ago]);
    await expire("5 minutes");
    expect(reason(await browser().open(token))).toEqual([410, "expired"]);
    expect((await phone.open(token)).status).toBe(200);
    await expire("2 hours");
    expect(reason(await phone.finish(token))).toEqual([410, "expired"]);
    expect((await chart()).administrations).toEqual([]);
    expect(await linkState(id)).toBe("expired");
  });

  test("withdrawn, also in the middle", async () => {
    const { id, token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await maya.json("DELETE", `/clients/${clientId}/answer-links/${id}`);
    expect(reason(await phone.save(token, "phq9", 1, calm))).toEqual([410, "withdrawn"]);
    expect(await linkState(id)).toBe("withdrawn");
  });

  test("finished: the same browser is thanked again and nothing is stored twice, another is told", async () => {
    const { id, token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, calm);
    await phone.finish(token);
    expect((await phone.finish(token)).body).toMatchObject({ state: "finished" });
    expect((await phone.save(token, "phq9", 2, calm)).body).toMatchObject({ finished: true });
    expect((await chart()).administrations.length).toBe(1);
    expect(reason(await browser().open(token))).toEqual([410, "finished"]);
    expect((await maya.refused("DELETE", `/clients/${clientId}/answer-links/${id}`)).status).toBe(422);
  });

  test("guessed: as if it had never been, and after ten tries from one address none is looked at for a while", async () => {
    const said: string[] = [];
    const written = vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
    const guesser = browser("198.51.100.7");
    const guesses = Array.from({ length: 10 }, () => randomBytes(32).toString("base64url"));
    const { token } = await makeLink();
    try {
      for (const guess of [...guesses.slice(0, 9), "short"]) expect(reason(await guesser.open(guess))).toEqual([404, "unknown"]);
      expect((await guesser.open(token)).status).toBe(429);
    } finally {
      written.mockRestore();
    }
    expect(said.length).toBe(10);
    for (const guess of guesses) expect(said.join()).not.toContain(guess);
    expect((await browser("198.51.100.8").open(token)).status).toBe(200);
  });

  test("asked too often", async () => {
    const { token } = await makeLink();
    const phone = browser("198.51.100.9");
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await phone.open(token)).status);
    expect(statuses.filter((status) => status === 429).length).toBe(1);
  });

  test("for a measure that is gone, while the others can be answered", async () => {
    const { id, token } = await makeLink(["phq9", "gad7"]);
    await owner(`UPDATE trellis.answer_link SET measures = jsonb_set(measures, '{1,id}', '"gone-measure"') WHERE id = $1`, [id]);
    const phone = browser();
    expect((await phone.open(token)).body).toMatchObject({ gone: 1, measures: [{ id: "phq9" }] });
    expect((await phone.save(token, "gone-measure", 1, [1])).body.errors).toMatchObject([{ pointer: "/measure" }]);
    await phone.save(token, "phq9", 1, calm);
    await phone.finish(token);
    expect((await chart()).administrations.length).toBe(1);
  });
});

describe("bad input", () => {
  test("an answer that the question does not have is named, and nothing is stored", async () => {
    const { token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    const refused = await phone.save(token, "phq9", 1, [...calm.slice(0, 8), 7, 0]);
    expect([refused.status, refused.body.errors?.map(({ pointer }) => pointer)]).toEqual([422, ["/answers/8"]]);
    expect((await phone.save(token, "phq9", 1, [1, 2])).status).toBe(422);
    expect((await phone.save(token, "gad7", 1, Array(7).fill(0))).body.errors).toMatchObject([{ pointer: "/measure" }]);
    expect((await phone.open(token)).body).toMatchObject({ answers: {} });
  });

  test("a link of which nothing is answered is not finished", async () => {
    const { id, token } = await makeLink();
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, Array(10).fill(null));
    expect((await phone.finish(token)).body.errors).toMatchObject([{ message: expect.stringContaining("No question is answered yet") }]);
    expect(await linkState(id)).toBe("opened");
  });

  test.each([
    [{ measures: [] }, "/measures"],
    [{ measures: ["no-such-measure"] }, "/measures/0"],
    [{ measures: ["phq9"], hours: 0 }, "/hours"],
    [{ measures: ["phq9"], hours: 721 }, "/hours"],
  ])("a link is not made of %j", async (input, pointer) => {
    const refused = await maya.refused("POST", `/clients/${clientId}/answer-links`, input);
    expect([refused.status, refused.errors[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe("the token", () => {
  test("has 256 bits, stands behind the # of the address, and is kept nowhere", async () => {
    const { token, link } = await makeLink(["phq9"], { hours: 1 });
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new URL(link).pathname + new URL(link).search).toBe("/answer");
    const phone = browser();
    await phone.open(token);
    await phone.save(token, "phq9", 1, calm);
    await phone.finish(token);
    const tables = await owner<{ name: string }>(
      "SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname IN ('trellis', 'audit', 'auth')",
    );
    for (const { name } of tables)
      expect(await owner(`SELECT 1 FROM ${name} AS t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [token]), name).toEqual([]);
    const hash = createHash("sha256").update(token).digest();
    expect(await owner("SELECT 1 FROM trellis.answer_link WHERE token_hash = $1", [hash])).toHaveLength(1);
  });

  test("opens nothing to a colleague without care of the client, nor to the front desk", async () => {
    const ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
    const dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
    for (const person of [ben, dana]) {
      expect((await person.refused("GET", `/clients/${clientId}/answer-links`)).status).toBeGreaterThanOrEqual(403);
      expect((await person.refused("POST", `/clients/${clientId}/answer-links`, { measures: ["phq9"] })).status).toBeGreaterThanOrEqual(
        403,
      );
    }
    expect(await owner("SELECT 1 FROM trellis.answer_link WHERE client_id = $1", [clientId])).toEqual([]);
  });

  test("the functions behind a link leave no practice entered", async () => {
    const { token } = await makeLink();
    const hash = (text: string) => createHash("sha256").update(text).digest();
    const client = await practice.trellis.app.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT trellis.open_answer_link($1, $2)", [hash(token), hash("key")]);
      const { rows } = await client.query(
        "SELECT trellis.current_practice() AS practice, (SELECT count(*)::int FROM trellis.client) AS clients",
      );
      expect(rows).toEqual([{ practice: null, clients: 0 }]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
