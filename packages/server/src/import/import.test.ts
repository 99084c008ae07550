import { randomUUID } from "node:crypto";
import type { ImportLine, LineFault } from "@trellis/domain/import/import-line";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addClient, createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import type { StagedSummary, StoredImport } from "./staged-lines.ts";

let practice: TestPractice;
let maya: Person;
let ben: Person;
let robin: string;
let kim: string;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  ben = await practice.joined(maya, "Ben Clinician", ["clinician"]);
  const add = async (person: Person, given: string, recordNumber: string) =>
    (
      await person.json<{ id: string }>("POST", "/clients", {
        client: { name: { given, family: "Example" }, birthDate: "1988-04-12", recordNumber },
      })
    ).id;
  robin = await add(maya, "Robin", "R-1");
  kim = await add(ben, "Kim", "R-2");
});
afterAll(() => practice.close());

const line = (number: number, part: Partial<ImportLine> = {}): ImportLine => ({
  line: number,
  recordNumber: "R-1",
  name: "",
  birthDate: null,
  measure: "PHQ-9",
  date: "2024-03-05",
  total: 12,
  items: [],
  ...part,
});
const send = async (person: Person, id: string, lines: readonly ImportLine[]) =>
  (await person.json<{ faults: LineFault[] }>("POST", `/score-imports/${id}/lines`, { lines })).faults;
const check = (person: Person, id: string) => person.json<StagedSummary>("POST", `/score-imports/${id}/check`);
const store = (person: Person, id: string, lines: number, sameDay: "keep-both" | "leave-out" = "keep-both") =>
  person.json<StoredImport>("POST", `/score-imports/${id}/store`, { lines, sameDay });
const begin = async (person: Person): Promise<string> => {
  const id = randomUUID();
  await person.json("POST", `/score-imports/${id}/begin`);
  return id;
};
const chart = async (person: Person, id: string) =>
  await person.json<{
    administrations: { date: string; measure: string; mode?: string; entered?: { total: number }; answers: number[] }[];
    alerts: unknown[];
  }>("GET", `/clients/${id}/chart`);
const rows = async (sql: string) => (await practice.database.owner.query(sql)).rows;

describe("bringing scores from a file", () => {
  test("a fault in the last line keeps all of it out", async () => {
    const id = await begin(maya);
    expect(await send(maya, id, [line(2), line(3, { date: "2024-03-12" })])).toEqual([]);
    expect(await send(maya, id, [line(4, { date: "2024-03-19", total: 99 })])).toEqual([
      { line: 4, kind: "score-wrong", field: "Total", message: "The total of PHQ-9 is a number from 0 to 27; 99 is not." },
    ]);
    expect(await check(maya, id)).toMatchObject({ lines: 3, faulty: 1 });
    const refused = await maya.refused("POST", `/score-imports/${id}/store`, { lines: 3, sameDay: "keep-both" });
    expect([refused.status, refused.detail]).toEqual([
      422,
      "Nothing was stored: 1 line has a fault. Correct the file, and choose it again.",
    ]);
    expect((await chart(maya, robin)).administrations).toEqual([]);
    // Sent anew in the same place, the line that was mended counts.
    expect(await send(maya, id, [line(4, { date: "2024-03-19", total: 9 })])).toEqual([]);
    expect(await store(maya, id, 3)).toEqual({ scores: 3, clients: 1 });
  });

  test("scores come into the chart as imported, raise no alert, and stand in the trail once for each client", async () => {
    const { administrations, alerts } = await chart(maya, robin);
    expect(administrations.map(({ date, mode, entered }) => [date, mode, entered?.total])).toEqual([
      ["2024-03-05", "import", 12],
      ["2024-03-12", "import", 12],
      ["2024-03-19", "import", 9],
    ]);
    expect(alerts).toEqual([]);
    expect(
      await rows(
        "SELECT action, client_id, detail FROM audit.entry WHERE action IN ('administration.import', 'import.store') ORDER BY seq",
      ),
    ).toEqual([
      { action: "administration.import", client_id: robin, detail: { scores: 3 } },
      { action: "import.store", client_id: null, detail: { scores: 3, clients: 1, lines: 3 } },
    ]);
    expect(
      await rows(
        "SELECT count(DISTINCT import_id)::int AS imports, min(total) AS lowest FROM trellis.administration WHERE import_id IS NOT NULL",
      ),
    ).toEqual([{ imports: 1, lowest: 9 }]);
    expect(await maya.json("GET", "/audit/verify")).toMatchObject({ ok: true });
    expect(await rows("SELECT 1 FROM trellis.score_import_line")).toEqual([]);
  });

  test("what is there already is passed over, and of another score for the same day somebody decides", async () => {
    const lines = [
      line(2), // In the chart.
      line(3, { date: "2024-03-12", total: 20 }), // Another score is in the chart for this day.
      line(4, { date: "2024-04-02" }),
      line(5, { date: "2024-04-02" }), // In the file above.
      line(6, { date: "2024-04-02", total: 15 }), // Another score is in the file for this day.
      line(7, { measure: "GAD-7", date: "2024-04-02", total: null, items: [1, 1, 1, 1, 1, 1, 1] }),
    ];
    const first = await begin(maya);
    await send(maya, first, lines);
    expect(await check(maya, first)).toEqual({
      lines: 6,
      faulty: 0,
      clients: 1,
      again: 1,
      stored: 1,
      other: 2,
      otherLines: [3, 6],
      withoutTotal: 0,
    });
    expect(await store(maya, first, 6, "leave-out")).toEqual({ scores: 2, clients: 1 });
    // Sent again after an answer that got lost.
    expect(await store(maya, first, 6, "leave-out")).toEqual({ scores: 2, clients: 1 });
    const second = await begin(maya);
    await send(maya, second, lines);
    expect(await store(maya, second, 6, "keep-both")).toEqual({ scores: 2, clients: 1 });
    expect(
      (await chart(maya, robin)).administrations
        .filter(({ date }) => date === "2024-04-02")
        .map(({ measure }) => measure)
        .sort(),
    ).toEqual(["gad7", "phq9", "phq9"]);
  });

  test("a clinician reaches the own clients only, and the answer does not tell whether there are others", async () => {
    const id = await begin(ben);
    const [closed, nobody] = await send(ben, id, [line(2), line(3, { recordNumber: "R-77" })]);
    expect([closed?.kind, closed?.message.replace("R-1", "R-77")]).toEqual(["client-unknown", nobody?.message]);
    expect(
      await send(ben, id, [
        line(2, { recordNumber: "R-2" }),
        line(3, { recordNumber: "", name: "Example, Kim", birthDate: "1988-04-12", total: 3 }),
      ]),
    ).toEqual([]);
    // Nobody else's file: for others it is empty.
    expect(await check(maya, id)).toMatchObject({ lines: 0 });
    expect((await maya.refused("POST", `/score-imports/${id}/store`, { lines: 2, sameDay: "keep-both" })).status).toBe(409);
    expect(await store(ben, id, 2)).toEqual({ scores: 2, clients: 1 });
    expect((await chart(ben, kim)).administrations).toHaveLength(2);
  });

  test("a chart that was closed meanwhile keeps all of it out", async () => {
    const other = await addClient(ben, "Sam");
    await practice.database.owner.query(`UPDATE trellis.client SET record = record || '{"recordNumber": "R-3"}' WHERE id = $1`, [other]);
    const id = await begin(ben);
    await send(ben, id, [line(2, { recordNumber: "R-2", date: "2024-05-01" }), line(3, { recordNumber: "R-3" })]);
    await practice.database.owner.query("DELETE FROM trellis.care_team WHERE client_id = $1", [other]);
    expect((await ben.refused("POST", `/score-imports/${id}/store`, { lines: 2, sameDay: "keep-both" })).status).toBe(409);
    expect((await chart(ben, kim)).administrations).toHaveLength(2);
  });

  test("a file that came in part is not taken over, and one that was given up is gone", async () => {
    const id = await begin(maya);
    await send(maya, id, [line(2, { date: "2024-06-01" })]);
    expect((await maya.refused("POST", `/score-imports/${id}/store`, { lines: 2, sameDay: "keep-both" })).status).toBe(409);
    await maya.json("DELETE", `/score-imports/${id}`);
    expect(await rows(`SELECT 1 FROM trellis.score_import_line WHERE import_id = '${id}'`)).toEqual([]);
    await begin(maya);
    await begin(maya);
  });

  test("what was left lying is cleared away after a day, and a file chosen anew takes the place of the one before", async () => {
    const left = await begin(ben);
    await send(ben, left, [line(2, { recordNumber: "R-2" })]);
    await practice.database.owner.query("UPDATE trellis.score_import_line SET staged_at = now() - interval '25 hours'");
    const id = await begin(maya);
    expect(await rows("SELECT 1 FROM trellis.score_import_line")).toEqual([]);
    await send(maya, id, [line(2)]);
    await begin(maya);
    expect(await rows("SELECT 1 FROM trellis.score_import_line")).toEqual([]);
  });

  test("refuses what is no line, too many at once, and the front desk", async () => {
    const id = await begin(maya);
    expect(
      (await maya.refused("POST", `/score-imports/${id}/lines`, { lines: [{ ...line(2), date: "03/05/2024" }] })).errors[0]?.pointer,
    ).toBe("/lines/0/date");
    expect(
      (await maya.refused("POST", `/score-imports/${id}/lines`, { lines: Array.from({ length: 2001 }, (_, i) => line(i + 1)) })).status,
    ).toBe(422);
    const dana = await practice.joined(maya, "Dana Desk", ["front-desk"]);
    expect((await dana.refused("POST", `/score-imports/${id}/begin`, {})).status).toBe(403);
    expect((await practice.visitor().refused("POST", `/score-imports/${id}/check`, {})).status).toBe(401);
  });
});
