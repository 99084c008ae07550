import { describe, expect, it } from "vitest";
import { gad7, phq9, shippedMeasures } from "../measures/shipped-measures.test-data.ts";
import { examplePlan } from "../plan/plan.test-data.ts";
import type { Plan } from "../plan/plan.ts";
import { expectedBand } from "./expected-band.ts";
import { gapsIn, usualInterval } from "./gaps.ts";
import { courseOn } from "./progress.test-data.ts";
import { type CourseRecord, progressOf, spanOf, targetIn } from "./progress.ts";
import { progressTable } from "./progress-table.ts";

const administration = (id: string, measure: string, date: string, answers: number[]) => ({
  id,
  measure,
  measureVersion: "1.0",
  date,
  answers,
  answeredBy: "client" as const,
  status: "completed" as const,
});
const record = (changes: Partial<CourseRecord> = {}): CourseRecord => ({
  administrations: [],
  sessions: [],
  events: [],
  plans: [],
  settings: {},
  timeZone: "America/New_York",
  ...changes,
});

describe("a measure that was missed", () => {
  it.each([
    ["given each week as planned, a day early or late", ["2026-09-01", "2026-09-09", "2026-09-15"], 7, []],
    ["a weekly one left out once", ["2026-09-01", "2026-09-15", "2026-09-22"], 7, [14]],
    ["one for every four weeks, given after eight", ["2026-09-01", "2026-10-27"], 28, [56]],
    ["what is asked once has no gaps", ["2026-01-01", "2026-12-01"], null, []],
    ["two scores of one day", ["2026-09-01", "2026-09-01"], 7, []],
  ])("%s", (_, dates, usual, days) => {
    expect(gapsIn(dates, usual).map((gap) => gap.days)).toEqual(days);
  });

  it("goes by the plan, else by how this client mostly had it, else by the measure", () => {
    const weekly = ["2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22"];
    expect(usualInterval(phq9, weekly, 4)).toBe(28);
    expect(usualInterval(phq9, weekly, null)).toBe(7);
    expect(usualInterval(phq9, weekly.slice(0, 2), null)).toBe(phq9.interval?.usualDays);
  });
});

describe("the expected course", () => {
  const course = {
    source: "Our own clinic, 2020 to 2025",
    from: "computed" as const,
    courses: 240,
    date: "2026-01-01",
    points: [
      { startFrom: 15, startTo: 27, session: 1, expected: 18, bound: 20 },
      { startFrom: 15, startTo: 27, session: 3, expected: 14, bound: 17 },
      { startFrom: 15, startTo: 27, session: 5, expected: 11, bound: 15 },
      { startFrom: 0, startTo: 14, session: 1, expected: 9, bound: 12 },
    ],
  };
  const session = (date: string, attendance: "attended" | "missed") => ({ id: date, date, attendance });

  it("is the one for where the client started, on the days of the sessions that took place, and a week for each one to come", () => {
    const sessions = [session("2026-09-08", "attended"), session("2026-09-15", "missed"), session("2026-09-29", "attended")];
    expect(expectedBand(course, { date: "2026-09-01", total: 19 }, sessions)).toEqual([
      { date: "2026-09-01", expected: 18, bound: 20 },
      { date: "2026-09-29", expected: 14, bound: 17 },
      { date: "2026-10-13", expected: 11, bound: 15 },
    ]);
  });

  it("goes by weeks where no session is recorded, and is empty for a start that the table does not have", () => {
    expect(expectedBand(course, { date: "2026-09-01", total: 15 }, []).map(({ date }) => date)).toEqual([
      "2026-09-01",
      "2026-09-15",
      "2026-09-29",
    ]);
    expect(expectedBand({ ...course, points: course.points.slice(0, 3) }, { date: "2026-09-01", total: 4 }, [])).toEqual([]);
  });
});

describe("the progress of a client", () => {
  const metric = {
    kind: "measure",
    measure: "phq9",
    unit: "",
    direction: "decrease",
    baseline: 17,
    baselineDate: null,
    target: 9,
  } as const;
  const withTarget = (changes: Partial<NonNullable<Plan["objectives"][number]["metric"]>> = {}): Plan => {
    const plan = examplePlan();
    return { ...plan, objectives: plan.objectives.map((objective) => ({ ...objective, metric: { ...metric, ...changes } })) };
  };

  it("has the target of the objective that goes by the whole measure", () => {
    expect(targetIn(withTarget(), "phq9")).toBe(9);
    expect(targetIn(withTarget({ item: 9 }), "phq9")).toBeNull();
    expect(targetIn(withTarget(), "gad7")).toBeNull();
    expect(targetIn(null, "phq9")).toBeNull();
    const plan = withTarget();
    expect(
      targetIn({ ...plan, objectives: plan.objectives.map((entry) => ({ ...entry, lifecycleStatus: "cancelled" })) }, "phq9"),
    ).toBeNull();
  });

  it("puts first what the plan aims at, leaves out what was entered in error, and marks signed plans on their day", () => {
    const given = [
      administration("a", "gad7", "2026-09-01", [2, 2, 2, 2, 2, 2, 2]),
      administration("b", "gad7", "2026-09-08", [1, 1, 1, 1, 1, 1, 1]),
      administration("c", "phq9", "2026-09-01", [2, 2, 2, 2, 2, 2, 2, 2, 0, 1]),
      { ...administration("d", "phq9", "2026-09-08", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), status: "entered-in-error" as const },
    ];
    const plans = [
      { revision: 1, establishedOn: "2026-09-02", signedAt: "2026-09-03T14:00:00.000Z" },
      { revision: 2, establishedOn: "2026-09-02", signedAt: "2026-10-08T02:00:00.000Z" },
      { revision: 3, establishedOn: "2026-09-02", signedAt: null },
    ];
    const [first, second, ...others] = progressOf(shippedMeasures, record({ administrations: given, plans }), withTarget());
    expect(others).toEqual([]);
    expect([first?.measure.id, first?.scores.map(({ total }) => total), first?.target]).toEqual(["phq9", [16], 9]);
    expect([second?.measure.id, second?.scores.map(({ total }) => total), second?.target]).toEqual(["gad7", [14, 7], null]);
    // Signed at ten in the evening where the practice is.
    expect(first?.plans).toEqual([
      { revision: 1, date: "2026-09-02" },
      { revision: 2, date: "2026-10-07" },
    ]);
  });

  it("shows all pictures over the same days, up to the last thing that happened", () => {
    const session = { id: "s", date: "2026-11-20", attendance: "attended" as const };
    const courses = [courseOn(phq9, [10, 9]), courseOn(gad7, [10, 9, 8], 30, { sessions: [session] })];
    expect(spanOf(courses)).toEqual({ from: "2026-09-01", to: "2026-11-20" });
    expect(spanOf([])).toBeNull();
  });

  it("has a table that says everything the picture shows", () => {
    const rows = progressTable(
      courseOn(phq9, [17, 12, 19], 14, {
        gaps: [{ from: "2026-09-01", to: "2026-09-15", days: 14 }],
        sessions: [
          { id: "s1", date: "2026-08-01", attendance: "attended" },
          { id: "s2", date: "2026-09-15", attendance: "attended" },
          { id: "s3", date: "2026-09-22", attendance: "missed" },
        ],
        events: [{ id: "e", date: "2026-09-22", kind: "medication", label: "Sertraline 50 mg" }],
        plans: [{ date: "2026-09-01", revision: 1 }],
      }),
    );
    expect(rows.map(({ date, scores, notes }) => [date, scores.map(({ score, change }) => `${score}, ${change}`), notes])).toEqual([
      ["2026-09-01", ["17 of 27, Start"], ["Plan"]],
      ["2026-09-15", ["12 of 27, 5 better"], ["Session", "Not given for 2 weeks, from September 1, 2026 to September 15, 2026."]],
      ["2026-09-22", [], ["Sertraline 50 mg", "Session missed"]],
      ["2026-09-29", ["19 of 27, 2 worse"], []],
    ]);
  });
});
