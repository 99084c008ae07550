import { randomBytes, randomUUID } from "node:crypto";
import { examplePlan } from "@trellis/domain/plan/plan.test-data";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { withPractice } from "../database/pool.ts";
import { createApp } from "../http/app.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import { canonicalText, textHash } from "../signature/sealed-text.ts";
import { refreshDocumentLinks } from "./refresh-document-links.ts";

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
  // Links that do not exist are told in the log.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

const owner = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  practice.database.owner.query(text, values).then(({ rows }) => rows as T[]);

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly errors?: readonly { pointer: string; message: string }[] };
}

let addresses = 0;

/** A browser that nobody has signed in with, and the key that it made for itself. */
function browser() {
  addresses += 1;
  const address = `192.0.2.${addresses}`;
  const browserKey = randomBytes(32).toString("base64url");
  const ask = async (path: string, more: Record<string, unknown>): Promise<Answer> => {
    const response = await app.request(`https://trellis.example.org/api/link/${path}`, {
      method: "POST",
      headers: { "x-trellis": "1", "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify({ browserKey, ...more }),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return {
    open: (token: string) => ask("open", { token }),
    save: (token: string, seq: number, answers: unknown, finish = false) => ask("save", { token, seq, answers, finish }),
  };
}
const reason = ({ status, body }: Answer) => [status, body.reason];

const worryTime = {
  title: "Robin's worry time",
  steps: ["Robin sits down at the same place each day.", "Write down each worry."],
  fields: [
    { id: "day", label: "Day", kind: "date" },
    { id: "worry", label: "What came up?", kind: "long-text" },
  ],
  assignedOn: "2026-01-05",
  dueOn: "2026-01-12",
};

async function giveHomework(more: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUID();
  await maya.json("PUT", `/clients/${clientId}/homework/${id}`, { version: 0, content: { ...worryTime, ...more } });
  return id;
}

async function makeLink(kind: string, subjectId: string | null, more: Record<string, unknown> = {}) {
  const made = await maya.json<{ id: string; link: string; expiresAt: string }>("POST", `/clients/${clientId}/client-links`, {
    id: randomUUID(),
    kind,
    subjectId,
    ...more,
  });
  return { ...made, token: new URL(made.link).hash.slice(1) };
}

interface LinkLine {
  readonly id: string;
  readonly state: string;
  readonly browsers: number;
  readonly clientsPart: unknown;
}
const line = async (id: string) =>
  (await maya.json<{ links: LinkLine[] }>("GET", `/clients/${clientId}/client-links`)).links.find((link) => link.id === id);

const treatment = () =>
  maya.json<{ homework: { byLink: { entries: unknown[]; finished: boolean } | null }[] }>("GET", `/clients/${clientId}/treatment`);

const firstDay = { entries: [{ day: "2026-01-06", worry: "The exam" }] };
const twoDays = { entries: [...firstDay.entries, { day: "2026-01-07", worry: "The rent" }] };

describe("homework by a private link", () => {
  test("is filled in on the phone, however the savings arrive, and stands beside the homework in the record", async () => {
    const { id, token } = await makeLink("homework", await giveHomework());
    expect((await line(id))?.state).toBe("open");
    const phone = browser();
    expect((await phone.open(token)).body).toMatchObject({ state: "open", shown: { kind: "homework" }, answers: null, seq: 0 });
    expect((await line(id))?.state).toBe("opened");
    expect((await phone.save(token, 2, twoDays)).body).toEqual({ seq: 2, finished: false });
    // Sent before, arrives after.
    await phone.save(token, 1, firstDay);
    expect((await phone.open(token)).body).toMatchObject({ answers: twoDays, seq: 2 });
    expect((await line(id))?.state).toBe("filled");
    expect((await treatment()).homework[0]?.byLink).toMatchObject({ entries: twoDays.entries, finished: false });

    expect((await phone.save(token, 3, twoDays, true)).body).toEqual({ seq: 3, finished: true });
    // Late, from a tab that was left open.
    expect((await phone.save(token, 4, firstDay)).body).toMatchObject({ finished: true });
    expect((await phone.open(token)).body).toMatchObject({ state: "finished", answers: twoDays });
    expect((await line(id))?.state).toBe("finished");
    const trail = await owner<{ action: string; member_id: string | null }>(
      "SELECT action, member_id FROM audit.entry WHERE client_id = $1 AND action IN ('client-link.create', 'client-link.open', 'client-link.finish') ORDER BY seq",
      [clientId],
    );
    expect(trail.map(({ action, member_id }) => [action, member_id === null])).toEqual([
      ["client-link.create", false],
      ["client-link.open", true],
      ["client-link.finish", true],
    ]);
  });

  test("shows nobody's name, nor anything else of the record", async () => {
    const { token } = await makeLink("homework", await giveHomework());
    const { body } = await browser().open(token);
    const text = JSON.stringify(body);
    for (const never of ["Robin", "Example", "Linden", "Maya", "Okafor", clientId, "1988"]) expect(text).not.toContain(never);
    expect(body).toMatchObject({ shown: { title: "R.'s worry time" }, crisis: expect.stringContaining("988") });
  });

  test("follows what the clinician changes, and is over once it was looked at together", async () => {
    const homeworkId = await giveHomework();
    const { token } = await makeLink("homework", homeworkId);
    const phone = browser();
    await phone.open(token);
    await phone.save(token, 1, firstDay);
    const changed = { ...worryTime, title: "Worry time, shorter" };
    await maya.json("PUT", `/clients/${clientId}/homework/${homeworkId}`, { version: 1, content: changed });
    expect((await phone.open(token)).body).toMatchObject({ shown: { title: "Worry time, shorter" }, answers: firstDay });
    await maya.json("PUT", `/clients/${clientId}/homework/${homeworkId}`, {
      version: 2,
      content: { ...changed, outcome: "partly", outcomeWhy: "Too tired", lookedAtOn: "2026-01-12" },
    });
    expect((await phone.open(token)).body).toMatchObject({ state: "finished" });
    // What came too late is not called sent; what is there already is.
    expect((await phone.save(token, 2, twoDays)).body).toMatchObject({ finished: true, late: true });
    expect((await phone.save(token, 2, firstDay, true)).body).toMatchObject({ finished: true, late: false });
    expect((await treatment()).homework[0]?.byLink?.entries).toEqual(firstDay.entries);
    expect(
      (await maya.refused("POST", `/clients/${clientId}/client-links`, { id: randomUUID(), kind: "homework", subjectId: homeworkId }))
        .status,
    ).toBe(422);
  });

  test("taken back, so is its link", async () => {
    const homeworkId = await giveHomework();
    const { token } = await makeLink("homework", homeworkId);
    await maya.json("PUT", `/clients/${clientId}/homework/${homeworkId}`, {
      version: 1,
      content: { ...worryTime, withdrawnOn: "2026-01-06", withdrawnReason: "Too much for this week" },
    });
    expect(reason(await browser().open(token))).toEqual([410, "withdrawn"]);
  });
});

describe("the client's part of a review", () => {
  let reviewId: string;
  beforeEach(async () => {
    const planId = randomUUID();
    reviewId = randomUUID();
    // A signed plan with as much in it as the link looks at.
    await owner(
      "INSERT INTO trellis.plan (practice_id, id, client_id, created_by) SELECT practice_id, $2, id, gen_random_uuid() FROM trellis.client WHERE id = $1",
      [clientId, planId],
    );
    await signPlan(planId);
    await owner(
      `INSERT INTO trellis.review (practice_id, client_id, id, plan_id, revision, content, created_by, saved_by)
       SELECT practice_id, id, $2, $3, 1, '{}', gen_random_uuid(), gen_random_uuid() FROM trellis.client WHERE id = $1`,
      [clientId, reviewId, planId],
    );
  });

  test("asks how far the client has come with what is worked on, in everyday words, and reaches the clinician", async () => {
    const { id, token } = await makeLink("review", reviewId);
    const phone = browser();
    const { body } = await phone.open(token);
    expect(body.shown).toEqual({ kind: "review", objectives: [{ id: "o1", plain: "R. goes out on 3 days a week." }] });
    const part = { helps: "Walking", satisfaction: 8, ratings: [{ objectiveId: "o1", rating: 6 }] };
    await phone.save(token, 1, part, true);
    expect(await line(id)).toMatchObject({ state: "finished", clientsPart: { helps: "Walking", doesNotHelp: "", satisfaction: 8 } });
  });

  test("refuses what is not asked, and answers of another kind", async () => {
    const { token } = await makeLink("review", reviewId);
    const phone = browser();
    await phone.open(token);
    const pointers = async (answers: unknown) => (await phone.save(token, 1, answers)).body.errors?.map(({ pointer }) => pointer);
    expect(await pointers({ ratings: [{ objectiveId: "o2", rating: 6 }] })).toEqual(["/answers/ratings/0"]);
    expect(await pointers({ satisfaction: 11 })).toEqual(["/answers/satisfaction"]);
    expect((await phone.save(token, 1, firstDay)).status).toBe(422);
    expect((await phone.open(token)).body).toMatchObject({ answers: null });
  });

  test("is over when the review is closed", async () => {
    const { token } = await makeLink("review", reviewId);
    const phone = browser();
    await phone.open(token);
    await owner("UPDATE trellis.review SET state = 'abandoned', closed_at = now() WHERE id = $1", [reviewId]);
    expect((await phone.save(token, 1, { helps: "Walking" })).body).toMatchObject({ finished: true, late: true });
    expect((await phone.open(token)).body).toMatchObject({ state: "finished", answers: null });
    expect(
      (await maya.refused("POST", `/clients/${clientId}/client-links`, { id: randomUUID(), kind: "review", subjectId: reviewId })).status,
    ).toBe(422);
  });

  async function signPlan(planId: string): Promise<void> {
    const plan = examplePlan();
    const [objective] = plan.objectives;
    if (objective === undefined) throw new Error("The plan of the tests has no objective.");
    const canonical = canonicalText({
      ...plan,
      objectives: [
        { ...objective, id: "o1", plain: "Robin goes out on 3 days a week.", lifecycleStatus: "active" },
        { ...objective, id: "o2", plain: "This is reached.", lifecycleStatus: "completed" },
      ],
    });
    await owner(
      `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, established_on)
       SELECT practice_id, $2, id, 1, $3, $4, '2026-01-05' FROM trellis.client WHERE id = $1`,
      [clientId, planId, canonical, textHash(canonical)],
    );
  }
});

describe("a safety plan by a private link", () => {
  const finish = (revision: number, warningSigns: readonly string[]) =>
    owner(
      `INSERT INTO trellis.client_document (practice_id, client_id, kind, revision, content, saved_by, finished_at, finished_by)
       SELECT practice_id, id, 'safety-plan', $2, $3, gen_random_uuid(), '2026-01-06T03:00:00Z', gen_random_uuid() FROM trellis.client WHERE id = $1`,
      [clientId, revision, JSON.stringify({ warningSigns, helpers: [{ name: "Jo", phone: "555-010-0134" }] })],
    );
  const practiceId = async () =>
    (await owner<{ id: string }>("SELECT practice_id AS id FROM trellis.client WHERE id = $1", [clientId]))[0]?.id ?? "";

  test("is refused while no version is finished", async () => {
    await owner(
      `INSERT INTO trellis.client_document (practice_id, client_id, kind, revision, content, saved_by)
       SELECT practice_id, id, 'safety-plan', 1, '{}', gen_random_uuid() FROM trellis.client WHERE id = $1`,
      [clientId],
    );
    const refused = await maya.refused("POST", `/clients/${clientId}/client-links`, { id: randomUUID(), kind: "safety-plan" });
    expect(refused).toMatchObject({ status: 422, errors: [{ pointer: "/kind", message: expect.stringContaining("Finish one first") }] });
  });

  test("works for a year, shows the newest finished version, and takes nothing", async () => {
    await finish(1, ["Not sleeping"]);
    const { token, expiresAt } = await makeLink("safety-plan", null);
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(365);
    const phone = browser();
    // In the practice's time zone it was the evening before.
    expect((await phone.open(token)).body).toMatchObject({
      shown: { version: 1, madeOn: "2026-01-05", plan: { warningSigns: ["Not sleeping"] } },
    });
    expect((await phone.save(token, 1, {})).status).toBe(422);
    await finish(2, ["Not eating"]);
    const [{ id: memberId = "" } = {}] = await owner<{ id: string }>("SELECT id FROM trellis.member LIMIT 1");
    await withPractice(practice.trellis.app, { practiceId: await practiceId(), memberId }, (client) =>
      refreshDocumentLinks(client, clientId, "safety-plan"),
    );
    expect((await phone.open(token)).body).toMatchObject({ shown: { version: 2, plan: { warningSigns: ["Not eating"] } } });
  });

  test("opens in another browser too, each of which is counted, until it is withdrawn", async () => {
    await finish(1, ["Not sleeping"]);
    const { id, token } = await makeLink("safety-plan", null);
    const browsers = Array.from({ length: 11 }, browser);
    const opened: number[] = [];
    for (const one of browsers) opened.push((await one.open(token)).status);
    expect(opened).toEqual([...Array(10).fill(200), 409]);
    expect((await browsers[9]?.open(token))?.status).toBe(200);
    expect(await line(id)).toMatchObject({ state: "opened", browsers: 10 });
    await maya.json("DELETE", `/clients/${clientId}/client-links/${id}`);
    expect(await browsers[0]?.open(token).then(reason)).toEqual([410, "withdrawn"]);
  });
});

describe("a link that cannot be used says why", () => {
  test("opened by another browser", async () => {
    const { token } = await makeLink("homework", await giveHomework());
    await browser().open(token);
    const other = browser();
    expect(reason(await other.open(token))).toEqual([409, "elsewhere"]);
    expect(reason(await other.save(token, 1, firstDay))).toEqual([409, "elsewhere"]);
  });

  test("after its time; whoever has begun may go on within the hour", async () => {
    const { id, token } = await makeLink("homework", await giveHomework());
    const phone = browser();
    await phone.open(token);
    const expire = (ago: string) => owner("UPDATE trellis.client_link SET expires_at = now() - $2::interval WHERE id = $1", [id, ago]);
    await expire("5 minutes");
    expect((await phone.save(token, 1, firstDay)).status).toBe(200);
    await expire("2 hours");
    expect(reason(await phone.save(token, 2, twoDays))).toEqual([410, "expired"]);
    expect((await line(id))?.state).toBe("expired");
  });

  test("what was sent in time is shown no longer than the link lasts", async () => {
    const { id, token } = await makeLink("homework", await giveHomework());
    const phone = browser();
    await phone.open(token);
    await phone.save(token, 1, firstDay, true);
    expect((await phone.open(token)).body).toMatchObject({ state: "finished", answers: firstDay });
    await owner("UPDATE trellis.client_link SET expires_at = now() - interval '2 hours' WHERE id = $1", [id]);
    expect(reason(await phone.open(token))).toEqual([410, "expired"]);
    expect((await line(id))?.state).toBe("finished");
    expect((await treatment()).homework[0]?.byLink).toMatchObject({ entries: firstDay.entries, finished: true });
  });

  test("one that never was, counted by where it is tried from", async () => {
    const guesser = browser();
    for (let i = 0; i < 10; i += 1) expect(reason(await guesser.open(randomBytes(32).toString("base64url")))).toEqual([404, "unknown"]);
    expect((await guesser.open("short")).status).toBe(429);
  });
});

describe("making a link", () => {
  test("sent again after an answer that got lost, it gives a link that works; not once it was opened", async () => {
    const subjectId = await giveHomework();
    const id = randomUUID();
    const first = await makeLink("homework", subjectId, { id });
    const second = await makeLink("homework", subjectId, { id });
    expect(reason(await browser().open(first.token))).toEqual([404, "unknown"]);
    expect((await browser().open(second.token)).status).toBe(200);
    expect((await maya.refused("POST", `/clients/${clientId}/client-links`, { id, kind: "homework", subjectId })).status).toBe(422);
  });

  test("is not for the front desk, nor to another client's homework", async () => {
    const subjectId = await giveHomework();
    const desk = await practice.joined(maya, "Sam Desk", ["front-desk"]);
    expect(
      (await desk.refused("POST", `/clients/${clientId}/client-links`, { id: randomUUID(), kind: "homework", subjectId })).status,
    ).toBe(403);
    clientId = await addClient(maya, "Kim");
    expect(
      (await maya.refused("POST", `/clients/${clientId}/client-links`, { id: randomUUID(), kind: "homework", subjectId })).status,
    ).toBe(404);
  });
});
