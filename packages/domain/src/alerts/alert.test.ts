import { describe, expect, test } from "vitest";
import type { SessionRecord } from "../course/session.ts";
import type { Administration } from "../measures/administration.ts";
import type { DatedScore } from "../measures/course.ts";
import type { Measure } from "../measures/measure.ts";
import { scoreAdministration } from "../measures/score.ts";
import { phq9 } from "../measures/shipped-measures.test-data.ts";
import { Acknowledgement } from "./acknowledgement.ts";
import { alertsFromScore } from "./alert.ts";
import { missedSessions } from "./missed-sessions.ts";

const quiet = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const given = (date: string, answers: readonly (number | null)[], more: Partial<Administration> = {}): Administration => ({
  id: "a1",
  measure: phq9.id,
  measureVersion: phq9.version,
  date,
  answers: [...answers],
  answeredBy: "client",
  status: "completed",
  ...more,
});
const alerts = (administration: Administration, course: readonly DatedScore[], measure: Measure = phq9) =>
  alertsFromScore(measure, administration, scoreAdministration(measure, administration), course);
const kinds = (administration: Administration, course: readonly DatedScore[]) => alerts(administration, course).map(({ kind }) => kind);

describe("a new score", () => {
  test("raises an alert for an answer that speaks of danger, at any total, and names the item", () => {
    const [alert, ...others] = alerts(given("2026-09-07", quiet.with(8, 1)), [{ date: "2026-09-07", total: 1 }]);
    expect(alert).toMatchObject({
      key: "risk-answer/a1",
      kind: "risk-answer",
      measure: "phq9",
      administrationId: "a1",
      detail: { items: [9], date: "2026-09-07", words: expect.stringMatching(/^PHQ-9, item 9: /) },
    });
    expect(others).toEqual([]);
  });

  test("raises one where the question about danger was left open: open is not no", () => {
    const [alert] = alerts(given("2026-09-07", [...quiet.slice(0, 8), null, 0]), []);
    expect(alert).toMatchObject({ kind: "risk-not-answered", detail: { items: [9], words: expect.stringMatching(/not answered/) } });
  });

  test("raises one where only the total is known: the answer about danger is on the form", () => {
    const [alert, ...others] = alerts(given("2026-09-07", [], { entered: { total: 4, subscales: {} } }), [
      { date: "2026-09-07", total: 4 },
    ]);
    expect(alert).toMatchObject({ kind: "risk-not-answered", detail: { words: expect.stringMatching(/look at the form, or ask/) } });
    expect(others).toEqual([]);
  });

  test("raises none for answers without danger and a course without trouble", () => {
    expect(kinds(given("2026-09-07", quiet), [{ date: "2026-09-07", total: 0 }])).toEqual([]);
  });

  test.each<[string, number, number]>([
    ["the second session", 7, 16],
    ["a session months later", 200, 16],
  ])("tells of deterioration by more than measurement error at %s", (_, days, total) => {
    const date = new Date(Date.UTC(2026, 0, 5 + days)).toISOString().slice(0, 10);
    const [alert] = alerts(given(date, [2, 2, 2, 2, 2, 2, 2, 2, 0, 0]), [
      { date: "2026-01-05", total: 10 },
      { date, total },
    ]);
    expect(alert).toMatchObject({
      kind: "deteriorated",
      detail: {
        words: "PHQ-9: 10 at the start, 16 now.",
        rule: expect.stringMatching(/^Worse/),
        source: expect.stringMatching(/Jacobson/),
      },
    });
  });

  test("says nothing of the course when it is entered for an earlier day than the last one, and still of danger", () => {
    const course = [
      { date: "2026-01-05", total: 10 },
      { date: "2026-01-12", total: 17 },
      { date: "2026-01-19", total: 18 },
    ];
    expect(kinds(given("2026-01-12", [2, 2, 2, 2, 2, 2, 2, 3, 0, 0]), course)).toEqual([]);
    expect(kinds(given("2026-01-12", [2, 2, 2, 2, 2, 2, 2, 2, 1, 0]), course)).toEqual(["risk-answer"]);
    expect(kinds(given("2026-01-19", [2, 2, 2, 2, 2, 2, 3, 3, 0, 0]), course)).toEqual(["deteriorated"]);
  });
});

describe("missed sessions", () => {
  const missed = (...days: readonly number[]): SessionRecord[] =>
    days.map((day) => ({ id: `s${day}`, date: `2026-09-${String(day).padStart(2, "0")}`, attendance: "missed" }));

  test("two are left to the therapist, the third raises an alert that names the last", () => {
    expect(missedSessions(missed(1, 8))).toBeNull();
    expect(missedSessions(missed(1, 8, 15))?.alert).toMatchObject({
      key: "missed-sessions/s15",
      kind: "missed-sessions",
      detail: { words: "3 sessions in a row were missed without a word, from September 1, 2026 to September 15, 2026." },
    });
  });

  test("a fourth belongs to the same run", () => {
    expect(missedSessions(missed(1, 8, 15, 22))?.keysOfRun).toContain("missed-sessions/s15");
  });
});

describe("an acknowledgement", () => {
  test.each(["", "   ", "—"])("has to say what was done, and %j says nothing", (done) => {
    expect(Acknowledgement.safeParse({ considered: [], done }).success).toBe(false);
  });
  test("is at home in any script", () => {
    expect(Acknowledgement.parse({ considered: ["risk"], done: "打了电话。" }).decisions).toEqual([]);
  });
});
