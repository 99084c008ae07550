import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import { scoreStored } from "./score-stored.ts";

let practice: TestPractice;
let maya: Person;
let clientId: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());

interface Entry {
  readonly id: string;
  readonly answers: readonly (number | null)[];
  readonly date: string;
  readonly version: number;
  readonly score: { readonly total: number | null };
}
interface Alert {
  readonly kind: string;
  readonly detail: { readonly words: string };
}
const chart = (id: string) => maya.json<{ administrations: Entry[]; alerts: Alert[] }>("GET", `/clients/${id}/chart`);
const phq9 = (date: string, answers: readonly (number | null)[], more: object = {}) => ({
  id: randomUUID(),
  measure: "phq9",
  measureVersion: "1.0",
  date,
  answers,
  answeredBy: "client",
  mode: "typed-in",
  ...more,
});
const enter = (administration: object) => maya.json("POST", `/clients/${clientId}/administrations`, { administration });
const all = (value: number) => Array.from({ length: 9 }, () => value).with(8, 0);

describe("a corrected entry", () => {
  const first = phq9("2026-09-01", all(2));
  const correct = (body: object, id = first.id) => maya.refused("PUT", `/clients/${clientId}/administrations/${id}`, body);

  test("counts as corrected, and what was there first stays in its history with the reason", async () => {
    clientId = await addClient(maya, "Corrected");
    await enter(first);
    const { version, score } = await maya.json<{ version: number; score: { total: number } }>(
      "PUT",
      `/clients/${clientId}/administrations/${first.id}`,
      { version: 1, administration: { ...first, answers: all(1) }, reason: "Read from the wrong column." },
    );
    expect([version, score.total]).toEqual([2, 8]);
    const { administrations } = await chart(clientId);
    expect(administrations.map((entry) => [entry.version, entry.score.total])).toEqual([[2, 8]]);
    const { history } = await maya.json<{ history: { version: number; content: Entry; reason: string; replacedBy: string }[] }>(
      "GET",
      `/clients/${clientId}/administrations/${first.id}/history`,
    );
    expect(history.map(({ version: was, content, reason, replacedBy }) => [was, content.answers, reason, replacedBy])).toEqual([
      [1, all(2), "Read from the wrong column.", "Maya Okafor"],
    ]);
  });

  test("is not overwritten by somebody who has not seen the correction", async () => {
    const refused = await correct({ version: 1, administration: { ...first, answers: all(3) }, reason: "Another look." });
    expect(refused.status).toBe(409);
    expect((await chart(clientId)).administrations[0]?.score.total).toBe(8);
  });

  test("needs a reason, answers that fit, and the same measure", async () => {
    const good = { version: 2, administration: first, reason: "Typing mistake." };
    expect((await correct({ ...good, reason: "  " })).errors[0]?.pointer).toBe("/reason");
    expect((await correct({ ...good, administration: { ...first, answers: all(7) } })).errors[0]?.pointer).toBe(
      "/administration/answers/0",
    );
    expect((await correct({ ...good, administration: { ...first, date: "2031-01-01" } })).errors[0]?.pointer).toBe("/administration/date");
    const gad7 = { ...first, measure: "gad7", answers: [0, 0, 0, 0, 0, 0, 0] };
    expect((await correct({ ...good, administration: gad7 })).errors[0]?.pointer).toBe("/administration/measure");
    expect((await correct(good, randomUUID())).status).toBe(422);
  });

  test("cannot be thrown out of the history, not even by the application's own role", async () => {
    await expect(practice.database.owner.query("DELETE FROM trellis.administration_history")).rejects.toThrow("never changed or deleted");
  });
});

describe("alerts that a score raises", () => {
  test("an answer about suicide, whatever the total; once, however often the entry is sent", async () => {
    clientId = await addClient(maya, "Risk");
    const entry = phq9("2026-09-01", [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    await enter(entry);
    await enter(entry);
    expect((await chart(clientId)).alerts.map(({ kind }) => kind)).toEqual(["risk-answer"]);
  });

  test("a correction that brings an answer about suicide is told, also where the first alert was acknowledged; one that changes something else is not", async () => {
    clientId = await addClient(maya, "Told anew");
    const entry = phq9("2026-09-01", [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    await enter(entry);
    const correct = (version: number, answers: readonly number[]) =>
      maya.json("PUT", `/clients/${clientId}/administrations/${entry.id}`, {
        version,
        administration: { ...entry, answers },
        reason: "Read from the wrong line.",
      });
    await correct(1, [0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect((await chart(clientId)).alerts.map(({ kind }) => kind)).toEqual(["risk-answer"]);
    await correct(2, [1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect((await chart(clientId)).alerts.map(({ kind }) => kind)).toEqual(["risk-answer"]);
  });

  test("a question about suicide that was left open, and a score without its answers", async () => {
    clientId = await addClient(maya, "Open");
    await enter(phq9("2026-09-01", [0, 0, 0, 0, 0, 0, 0, 0, null]));
    await enter(phq9("2026-09-08", [], { entered: { total: 4 } }));
    const { alerts, administrations } = await chart(clientId);
    expect(alerts.map(({ kind }) => kind)).toEqual(["risk-not-answered", "risk-not-answered"]);
    expect(alerts[1]?.detail.words).toContain("entered as a score");
    expect(administrations.map(({ score }) => score.total)).toEqual([0, 4]);
  });

  test("a course that gets worse, with the rule that fired; not again at each session while nobody has looked", async () => {
    clientId = await addClient(maya, "Worse");
    await enter(phq9("2026-09-01", all(1)));
    await enter(phq9("2026-09-08", all(2)));
    await enter(phq9("2026-09-15", all(3)));
    const { alerts } = await chart(clientId);
    expect(alerts).toMatchObject([
      {
        kind: "deteriorated",
        detail: { words: "PHQ-9: 8 at the start, 16 now.", rule: "Worse than at the start by more than measurement error." },
      },
    ]);
  });

  test("none for an entry of an earlier day: it says nothing of how things stand now", async () => {
    clientId = await addClient(maya, "Earlier");
    await enter(phq9("2026-09-01", all(1)));
    await enter(phq9("2026-09-20", all(1)));
    await enter(phq9("2026-09-10", all(3)));
    expect((await chart(clientId)).alerts).toEqual([]);
  });
});

test("a score taken over from elsewhere has to be one that the measure can have", async () => {
  clientId = await addClient(maya, "Entered");
  const refused = await maya.refused("POST", `/clients/${clientId}/administrations`, {
    administration: phq9("2026-09-01", [], { entered: { total: 28 } }),
  });
  expect(refused.errors).toEqual([
    { pointer: "/administration/entered/total", message: "The total of PHQ-9 is a number from 0 to 27; 28 is not." },
  ]);
});

test("totals that are not kept yet are worked out when the server starts", async () => {
  clientId = await addClient(maya, "Before");
  await enter(phq9("2026-09-01", all(2)));
  const totals = () =>
    practice.database.owner.query<{ total: number | null }>("SELECT total FROM trellis.administration WHERE client_id = $1", [clientId]);
  await practice.database.owner.query("UPDATE trellis.administration SET total = NULL, scoring_version = NULL WHERE client_id = $1", [
    clientId,
  ]);
  expect((await totals()).rows).toEqual([{ total: null }]);
  expect(await scoreStored(practice.database.ownerConfig, practice.trellis.library.measures)).toBe(1);
  expect((await totals()).rows).toEqual([{ total: 16 }]);
  expect(await scoreStored(practice.database.ownerConfig, practice.trellis.library.measures)).toBe(0);
});

test("a questionnaire is printed for the pen, and the trail says so", async () => {
  const response = await maya.ask("GET", `/clients/${clientId}/measures/phq9/form.pdf`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const pdf = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect(pdf).toContain("pdfuaid");
  expect((await maya.ask("GET", `/clients/${clientId}/measures/nothing/form.pdf`)).status).toBe(404);
  const { rows } = await practice.database.owner.query("SELECT detail FROM audit.entry WHERE action = 'measure.form'");
  expect(rows).toEqual([{ detail: { measure: "phq9" } }]);
});
