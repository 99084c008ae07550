import { randomUUID } from "node:crypto";
import { SafetyPlan } from "@trellis/domain/client-document/safety-plan";
import { phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import { riskHistory } from "@trellis/domain/risk/risk-history";
import { RiskRecord } from "@trellis/domain/risk/risk-record";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPractice } from "../database/pool.ts";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";

let practice: TestPractice;
let maya: Person;
let dana: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
});
afterAll(() => practice.close());

const lifeline = { name: "988 Suicide & Crisis Lifeline", phone: "988", note: "", anyHour: true };
const first = SafetyPlan.parse({ warningSigns: ["I stop answering the phone"], professionals: [lifeline] });

interface Documents {
  readonly documents: readonly {
    readonly kind: string;
    readonly revision: number;
    readonly version: number;
    readonly content: SafetyPlan;
    readonly finishedAt: string | null;
  }[];
}
const versions = async (id: string) => (await maya.json<Documents>("GET", `/clients/${id}/treatment`)).documents;
const at = (id: string, rest = "") => `/clients/${id}/documents/safety-plan${rest}`;
const save = (id: string, revision: number, version: number, content: unknown) =>
  maya.json<{ version: number }>("PUT", at(id), { revision, version, content });
const finish = (id: string, revision: number, version: number) => maya.json("POST", at(id, `/${revision}/finish`), { version });

async function withFinished(): Promise<string> {
  const id = await addClient(maya);
  await save(id, 1, 0, first);
  await finish(id, 1, 1);
  return id;
}

async function asker() {
  const { practice: house, member } = await maya.json<{ practice: { id: string }; member: { id: string } }>("GET", "/session");
  return { practiceId: house.id, memberId: member.id };
}

describe("a safety plan", () => {
  test("is saved as it is written, finished without its empty lines, and gone on with from there", async () => {
    const id = await addClient(maya);
    expect(await save(id, 1, 0, { ...first, ownCoping: ["Walk the dog", ""] })).toMatchObject({ version: 1 });
    expect(await save(id, 1, 1, { ...first, ownCoping: ["Walk the dog", " "], note: "Made together" })).toMatchObject({ version: 2 });
    await finish(id, 1, 2);
    // Sent again after an answer that got lost.
    await finish(id, 1, 2);
    const next = await maya.json<{ revision: number; version: number; content: SafetyPlan }>("POST", at(id, "/next"), {});
    expect(next).toMatchObject({ revision: 2, version: 1, content: { ownCoping: ["Walk the dog"], note: "Made together" } });
    expect(await maya.json("POST", at(id, "/next"), {})).toMatchObject({ revision: 2, version: 1 });
    expect((await versions(id)).map(({ revision, finishedAt }) => [revision, finishedAt !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    const { rows } = await practice.database.owner.query<{ action: string }>(
      "SELECT action FROM audit.entry WHERE client_id = $1 AND action LIKE 'client-document%' ORDER BY seq",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "client-document.save",
      "client-document.save",
      "client-document.finish",
      "client-document.save",
    ]);
  });

  test("that two people write on is overwritten by neither: whoever is second is shown the other's", async () => {
    const id = await addClient(maya);
    const ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
    const { member } = await ben.json<{ member: { id: string } }>("GET", "/session");
    await maya.json("POST", `/clients/${id}/care-team`, { memberId: member.id, role: "member" });
    await save(id, 1, 0, first);
    const late = await ben.ask("PUT", at(id), { revision: 1, version: 0, content: { ...first, note: "Ben's" } });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      current: { content: first, version: 1, revision: 1, savedBy: "Maya Okafor", finishedAt: null },
    });
    await ben.json("PUT", at(id), { revision: 1, version: 1, content: { ...first, note: "Ben's" } });
    // What was not seen is not finished either.
    const unseen = await maya.ask("POST", at(id, "/1/finish"), { version: 1 });
    expect(unseen.status).toBe(409);
    expect(await unseen.json()).toMatchObject({ current: { content: { note: "Ben's" } } });
    const both = await Promise.all([maya, ben].map((person) => person.ask("POST", at(id, "/1/finish"), { version: 2 })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const begun = await Promise.all([maya, ben].map((person) => person.json("POST", at(id, "/next"), {})));
    expect(begun.map(({ revision }) => revision)).toEqual([2, 2]);
  });

  test("once finished is changed by no route and not by the application's own role", async () => {
    const id = await withFinished();
    for (const version of [0, 1, 2])
      expect(await maya.refused("PUT", at(id), { revision: 1, version, content: { ...first, note: "Later" } })).toMatchObject({
        status: 409,
        detail: "Somebody finished this version meanwhile. Start the next one to change it.",
      });
    expect((await maya.refused("POST", at(id, "/1/finish"), { version: 7 })).status).toBe(409);
    const as = await asker();
    for (const statement of [
      "UPDATE trellis.client_document SET content = '{}'",
      "UPDATE trellis.client_document SET finished_at = NULL, finished_by = NULL",
      "DELETE FROM trellis.client_document",
      "TRUNCATE trellis.client_document",
    ])
      await expect(
        withPractice(practice.trellis.app, as, (client) => client.query(statement)),
        statement,
      ).rejects.toThrow(/never changed or deleted|permission denied/);
    expect((await versions(id))[0]?.content).toEqual(first);
    const { owner } = practice.database;
    const behind = async (note: string) => {
      await owner.query("ALTER TABLE trellis.client_document DISABLE TRIGGER USER");
      await owner.query(
        "UPDATE trellis.client_document SET content = jsonb_set(content, '{note}', to_jsonb($2::text)) WHERE client_id = $1",
        [id, note],
      );
      await owner.query("ALTER TABLE trellis.client_document ENABLE TRIGGER USER");
      return (await maya.json<{ ok: boolean }>("GET", "/audit/verify")).ok;
    };
    expect(await behind("Changed with the database in hand")).toBe(false);
    expect(await behind(first.note)).toBe(true);
  });

  test("with a number that no phone can call is kept while it is worked on, and not finished: the message stands at the number", async () => {
    const id = await addClient(maya);
    await save(id, 1, 0, { ...first, helpers: [{ name: "Ana", phone: "ask Ben" }] });
    expect(await maya.refused("POST", at(id, "/1/finish"), { version: 1 })).toMatchObject({
      status: 422,
      errors: [{ pointer: "/content/helpers/0/phone", message: expect.stringContaining("Write one number in digits") }],
    });
  });

  test("with nothing in it, or of a version that is not next, is refused", async () => {
    const id = await addClient(maya);
    expect((await maya.refused("POST", at(id, "/next"), {})).detail).toBe("There is no finished version yet. Write the first one.");
    await save(id, 1, 0, SafetyPlan.parse({}));
    expect((await maya.refused("POST", at(id, "/1/finish"), { version: 1 })).errors[0]?.message).toMatch(/Nothing stands here yet/);
    expect((await maya.refused("PUT", at(id), { revision: 3, version: 0, content: first })).status).toBe(409);
    expect((await maya.refused("POST", at(id, "/9/finish"), { version: 1 })).status).toBe(404);
    expect((await maya.refused("PUT", `/clients/${id}/documents/shopping-list`, { revision: 1, version: 0, content: {} })).status).toBe(
      404,
    );
    expect((await maya.refused("PUT", at(id), { revision: 1, version: 1, content: { ...first, own: "field" } })).status).toBe(422);
  });

  test("is closed to the front desk, and to whoever does not treat the client", async () => {
    const id = await withFinished();
    const eve = await practice.joined(maya, "Eve Clinician", ["clinician"]);
    for (const person of [dana, eve])
      for (const [method, path, sent] of [
        ["PUT", at(id), { revision: 2, version: 0, content: first }],
        ["POST", at(id, "/next"), {}],
        ["GET", at(id, "/1.pdf"), undefined],
        ["GET", `/clients/${id}/risk-history`, undefined],
      ] as const)
        expect((await person.refused(method, path, sent)).status, path).toBe(403);
  });

  test.each(["page", "card"])("is printed as a %s, finished or not, without a name in the file's name", async (form) => {
    const id = await withFinished();
    await maya.json("POST", at(id, "/next"), {});
    for (const revision of [1, 2]) {
      const answer = await maya.ask("GET", at(id, `/${revision}.pdf?form=${form}`));
      expect(answer.headers.get("content-disposition")).toBe(`inline; filename="safety-plan-version-${revision}-${form}.pdf"`);
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
    expect((await maya.refused("GET", at(id, "/3.pdf"))).status).toBe(404);
    expect((await maya.refused("GET", at(id, "/1.pdf?form=poster"))).status).toBe(404);
  });
});

test("a plan for staying well goes the same way, beside the safety plan", async () => {
  const id = await withFinished();
  const path = `/clients/${id}/documents/relapse-plan`;
  await maya.json("PUT", path, { revision: 1, version: 0, content: { whatHelped: ["Walks"] } });
  await maya.json("POST", `${path}/1/finish`, { version: 1 });
  expect((await maya.ask("GET", `${path}/1.pdf?form=card`)).headers.get("content-type")).toBe("application/pdf");
  expect((await versions(id)).map(({ kind, revision }) => [kind, revision])).toEqual([
    ["relapse-plan", 1],
    ["safety-plan", 1],
  ]);
});

describe("the history of risk", () => {
  test("keeps each judgment of the intake, with the answers and what was done about them, and every look at it is in the access log", async () => {
    const id = await withFinished();
    const section = `/clients/${id}/intake/risk`;
    await maya.json("PUT", section, { version: 0, content: { level: "high", assessedOn: "2026-03-02", ideation: "active" } });
    await maya.json("PUT", section, { version: 1, content: { level: "low", assessedOn: "2026-05-04", ideation: "none" } });
    const administration = { id: randomUUID(), measure: "phq9", measureVersion: phq9.version, date: "2026-03-01", answeredBy: "client" };
    await maya.json("POST", `/clients/${id}/administrations`, {
      administration: { ...administration, answers: [1, 1, 1, 1, 1, 1, 1, 1, 2] },
    });
    const chart = await maya.json<{ alerts: { id: string; kind: string }[]; administrations: [] }>("GET", `/clients/${id}/chart`);
    const alert = chart.alerts.find(({ kind }) => kind === "risk-answer");
    await maya.json("POST", `/clients/${id}/alerts/${alert?.id}/acknowledge`, {
      considered: [],
      decisions: ["assessed-risk"],
      done: "Asked in session.",
    });

    const record = RiskRecord.parse(await maya.json("GET", `/clients/${id}/risk-history`));
    const history = riskHistory(record, { ...chart, events: [] }, { notes: [], documents: [] }, [phq9], "America/New_York");
    expect(history.map(({ date, kind, level }) => [date, kind, level])).toEqual([
      ["2026-05-04", "assessment", "low"],
      ["2026-03-02", "assessment", "high"],
      ["2026-03-01", "answer", null],
    ]);
    expect(history[2]?.done).toMatch(/^Acknowledged .* by Maya Okafor\. Assessed risk anew\. Asked in session\.$/);
    const log = await maya.json<{ entries: { words: string }[] }>("GET", `/clients/${id}/access-log`);
    expect(log.entries.some(({ words }) => words === "Looked at the history of risk")).toBe(true);
  });

  test("keeps every change of a judgment, and of running text what stood there at the end of a sitting", async () => {
    const id = await addClient(maya);
    const section = `/clients/${id}/intake/risk`;
    const say = (version: number, content: object) => maya.json("PUT", section, { version, content });
    const kept = async () =>
      (
        await practice.database.owner.query<{ level: string; text: string }>(
          "SELECT content ->> 'level' AS level, content ->> 'formulation' AS text FROM trellis.risk_assessment WHERE client_id = $1 ORDER BY saved_at",
          [id],
        )
      ).rows;
    await say(0, { level: "high", formulation: "A" });
    await say(1, { level: "high", formulation: "At the edge" });
    expect(await kept()).toEqual([]);
    await say(2, { level: "moderate", formulation: "At the edge" });
    expect(await kept()).toEqual([{ level: "high", text: "At the edge" }]);
    await practice.database.owner.query(
      "UPDATE trellis.intake_section SET saved_at = saved_at - interval '31 minutes' WHERE client_id = $1 AND section = 'risk'",
      [id],
    );
    await say(3, { level: "moderate", formulation: "Calmer" });
    expect((await kept()).map(({ text }) => text).toSorted()).toEqual(["At the edge", "At the edge"]);
    const { assessments } = await maya.json<RiskRecord>("GET", `/clients/${id}/risk-history`);
    // Running text stays in the intake.
    expect(assessments.at(-1)).toMatchObject({ id: "now", by: "Maya Okafor", content: { level: "moderate", formulation: "" } });
  });

  test("is written by the saving itself and can be changed by nobody", async () => {
    const as = await asker();
    for (const statement of [
      "UPDATE trellis.risk_assessment SET content = '{}'",
      "DELETE FROM trellis.risk_assessment",
      "INSERT INTO trellis.risk_assessment (practice_id, client_id, content, saved_at, saved_by) SELECT practice_id, id, '{}', now(), id FROM trellis.client",
    ])
      await expect(
        withPractice(practice.trellis.app, as, (client) => client.query(statement)),
        statement,
      ).rejects.toThrow("permission denied");
    await expect(practice.database.owner.query("DELETE FROM trellis.risk_assessment")).rejects.toThrow(/never changed|refuse|append/i);
  });
});
