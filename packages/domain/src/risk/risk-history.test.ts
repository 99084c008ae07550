import { describe, expect, test } from "vitest";
import { Risk } from "../intake/intake.ts";
import { Administration } from "../measures/administration.ts";
import { phq9 } from "../measures/shipped-measures.test-data.ts";
import { ProgressNote } from "../note/note.ts";
import { PlanRisk } from "../plan/plan.ts";
import { drawRiskHistory, riskHistoryInWords } from "./draw-risk-history.ts";
import { riskHistory } from "./risk-history.ts";
import type { RiskRecord } from "./risk-record.ts";

const none: RiskRecord = { assessments: [], plans: [], alerts: [] };
const noTreatment = { notes: [], documents: [] };
const zone = "America/New_York";
type Level = "low" | "moderate" | "high" | "imminent";
const saved = (savedAt: string, assessedOn: string | null, level: Level | null, by = "Maya Okafor", more: object = {}) => ({
  id: savedAt,
  content: Risk.parse({ assessedOn, level, ...more }),
  savedAt,
  by,
});
const answered = (id: string, date: string, last: number | null) =>
  Administration.parse({ id, measure: "phq9", measureVersion: "1.0", date, answers: [1, 1, 1, 1, 1, 1, 1, 1, last], answeredBy: "client" });
const historyOf = (record: Partial<RiskRecord>, chart = { administrations: [] as Administration[], events: [] as never[] }) =>
  riskHistory({ ...none, ...record }, chart, noTreatment, [phq9], zone);

describe("risk as it was judged", () => {
  test("a level that was typed and put right in one sitting is told once, as it stood at the end", () => {
    const history = historyOf({
      assessments: [
        saved("2026-03-02T15:00:00Z", "2026-03-02", null),
        saved("2026-03-02T15:01:00Z", "2026-03-02", "imminent"),
        saved("2026-03-02T15:02:00Z", "2026-03-02", "moderate", "Maya Okafor", { ideation: "passive", plan: "vague" }),
      ],
    });
    expect(history).toMatchObject([
      {
        date: "2026-03-02",
        level: "moderate",
        by: "Maya Okafor",
        words: "Risk judged moderate. Passive thoughts of suicide, a vague plan.",
      },
    ]);
  });

  test("another day, another person or another judgment is told by itself; wording that was touched up later is not", () => {
    const history = historyOf({
      assessments: [
        saved("2026-03-02T15:00:00Z", "2026-03-02", "high"),
        saved("2026-03-02T15:05:00Z", "2026-03-02", "moderate", "Ben Clinician"),
        saved("2026-03-09T15:00:00Z", "2026-03-02", "moderate", "Ben Clinician", { formulation: "A comma more" }),
        saved("2026-03-16T15:00:00Z", "2026-03-16", "low", "Ben Clinician", { safetyPlan: "made" }),
      ],
    });
    expect(history.map(({ date, level, by, done }) => [date, level, by, done])).toEqual([
      ["2026-03-16", "low", "Ben Clinician", "A safety plan was made."],
      ["2026-03-02", "high", "Maya Okafor", ""],
      ["2026-03-02", "moderate", "Ben Clinician", ""],
    ]);
  });

  test("two assessments of two days that were entered one after the other are two", () => {
    const history = historyOf({
      assessments: [saved("2026-07-20T15:00:00Z", "2026-06-01", "high"), saved("2026-07-20T15:01:00Z", "2026-07-15", "moderate")],
    });
    expect(history.map(({ date, level }) => [date, level])).toEqual([
      ["2026-07-15", "moderate"],
      ["2026-06-01", "high"],
    ]);
  });

  test("a signed plan tells only what no assessment tells: what was judged before its history was kept", () => {
    const plan = (revision: number, assessedOn: string, level: Level) => ({
      planId: "p",
      revision,
      signedAt: `${assessedOn}T20:00:00Z`,
      risk: PlanRisk.parse({ level, assessedOn }),
    });
    const history = historyOf({
      assessments: [saved("2026-05-04T15:00:00Z", "2026-05-04", "low")],
      plans: [plan(1, "2026-01-05", "high"), plan(2, "2026-05-04", "low")],
    });
    expect(history.map(({ kind, date, level }) => [kind, date, level])).toEqual([
      ["assessment", "2026-05-04", "low"],
      ["plan", "2026-01-05", "high"],
    ]);
  });

  test("a note tells of risk that changed or was judged, and not that nothing was found", () => {
    const head = (risk: object) => ProgressNote.parse({ format: "dap", date: "2026-04-01", risk });
    const note = (id: string, risk: object, signedAt: string | null = "2026-04-01T20:00:00Z") => ({
      id,
      date: "2026-04-01",
      head: head(risk),
      authorName: "Maya",
      signedAt,
    });
    const history = riskHistory(
      none,
      { administrations: [], events: [] },
      {
        notes: [
          note("a", { state: "none" }),
          note("b", { state: "changed", level: "high", text: "Bought rope." }),
          note("c", { state: "changed" }, null),
        ],
        documents: [],
      },
      [],
      zone,
    );
    expect(history.map(({ id, level, words, done }) => [id, level, words, done])).toEqual([
      ["b", "high", "Risk judged high. Bought rope.", ""],
      ["c", null, "Risk has changed.", "The note is not signed yet."],
    ]);
  });
});

describe("answers about suicide", () => {
  const alert = (administrationId: string, kind: "risk-answer" | "risk-not-answered", done: string | null) => ({
    id: `alert-${administrationId}`,
    kind,
    administrationId,
    words: "PHQ-9, item 9.",
    date: "2026-06-14",
    raisedAt: "2026-06-14T14:00:00Z",
    acknowledgedAt: done === null ? null : "2026-06-15T14:00:00Z",
    acknowledgedBy: done === null ? "" : "Maya Okafor",
    acknowledgement: done === null ? null : { considered: [], decisions: ["assessed-risk" as const], done },
  });

  test("are told with what was done about them, and once more when they no longer speak of danger", () => {
    const administrations = [
      answered("a0", "2026-05-01", 0),
      answered("a1", "2026-06-14", 2),
      answered("a2", "2026-07-14", 0),
      answered("a3", "2026-08-14", 0),
      answered("a4", "2026-09-14", null),
    ];
    const history = historyOf(
      { alerts: [alert("a1", "risk-answer", "Called the same day."), alert("a4", "risk-not-answered", null)] },
      { administrations, events: [] },
    );
    expect(history.map(({ date, answer, done }) => [date, answer, done])).toEqual([
      ["2026-09-14", null, "Not acknowledged yet."],
      ["2026-07-14", { share: 0, flagged: false }, ""],
      [
        "2026-06-14",
        { share: 2 / 3, flagged: true },
        "Acknowledged June 15, 2026 by Maya Okafor. Assessed risk anew. Called the same day.",
      ],
    ]);
    expect(history[2]?.words).toMatch(/^PHQ-9, question 9, answered 2 of 3\./);
  });

  test("an alert whose entry was an error stays in the history, and the answer does not", () => {
    const wrong = { ...answered("a1", "2026-06-14", 3), status: "entered-in-error" as const };
    const history = historyOf(
      { alerts: [alert("a1", "risk-answer", "Typed into the wrong chart.")] },
      { administrations: [wrong], events: [] },
    );
    expect(history.map(({ kind }) => kind)).toEqual(["alert"]);
  });
});

test("safety plans, stays in hospital and the picture: the newest first, in words for those who do not see it", () => {
  const history = riskHistory(
    { ...none, assessments: [saved("2026-03-02T15:00:00Z", "2026-03-02", "high"), saved("2026-05-02T15:00:00Z", "2026-05-02", "low")] },
    {
      administrations: [answered("a1", "2026-03-01", 2)],
      events: [
        { id: "e1", date: "2026-03-05", kind: "hospital", label: "Crisis unit" },
        { id: "e2", date: "2026-03-06", kind: "other", label: "Moved" },
      ],
    },
    {
      notes: [],
      documents: [
        // Half past nine in the evening in New York is the next day in UTC.
        { kind: "safety-plan", revision: 1, finishedAt: "2026-03-11T01:30:00Z", by: "Maya" },
        { kind: "safety-plan", revision: 2, finishedAt: null, by: "Maya" },
        { kind: "relapse-plan", revision: 1, finishedAt: "2026-03-12T01:30:00Z", by: "Maya" },
      ],
    },
    [phq9],
    zone,
  );
  expect(history.map(({ date, kind }) => [date, kind])).toEqual([
    ["2026-05-02", "assessment"],
    ["2026-03-10", "safety-plan"],
    ["2026-03-05", "hospital"],
    ["2026-03-02", "assessment"],
    ["2026-03-01", "answer"],
  ]);
  expect(riskHistoryInWords(history)).toBe(
    "Risk was judged 2 times, last low on May 2, 2026; the highest was high on March 2, 2026. One answer spoke of danger, last on March 1, 2026. The safety plan was last finished on March 10, 2026. In hospital: March 5, 2026.",
  );
  const picture = drawRiskHistory(history, { width: 640, text: 12, today: "2026-06-01" });
  const dots = picture.shapes.filter((shape) => shape.kind === "dot");
  expect(dots.every(({ at: [x, y] }) => x >= 0 && x <= picture.width && y >= 0 && y <= picture.height)).toBe(true);
  // The level from its first day to the next, and broken from the last one on.
  expect(picture.shapes.filter((shape) => shape.kind === "line" && shape.dash.length > 0)).toHaveLength(1);
});
