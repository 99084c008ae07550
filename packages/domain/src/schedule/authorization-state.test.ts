import { describe, expect, test } from "vitest";
import { SessionDetail } from "../course/session.ts";
import { AppointmentDetail } from "./appointment.ts";
import { authorizationState, authorizationWarnings, type CountedSession, unitsOf } from "./authorization-state.ts";
import { PayerAuthorization } from "./payer-authorization.ts";

const authorization = (more: object = {}) =>
  PayerAuthorization.parse({ payer: "Blue River", number: "A1", from: "2026-10-01", to: "2027-03-31", units: 12, ...more });
const session = (id: string, date: string, attendance: CountedSession["attendance"] = "attended", detail: object = {}): CountedSession => ({
  id,
  date,
  attendance,
  detail: SessionDetail.parse(detail),
});
const planned = (id: string, date: string, minutes = 50) => ({ id, date, detail: AppointmentDetail.parse({ minutes }) });
const days = (month: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
const today = "2026-11-26";

describe("the units of a session", () => {
  test.each<[string, CountedSession, number | null, number | null]>([
    ["by its start and stop", session("s", today, "attended", { start: "14:00", end: "14:53" }), 50, 4],
    ["by its planned length where nobody wrote the times down", session("s", today), 45, 3],
    ["not known without either", session("s", today), null, null],
    ["none where the client did not come", session("s", today, "missed"), 50, 0],
    ["as entered, whatever the clock says", session("s", today, "late", { start: "14:00", end: "14:20", units: 2.5 }), 50, 2.5],
  ])("of a quarter of an hour: %s", (_, of, minutes, units) => {
    expect(unitsOf(of, minutes, "quarter-hour")).toBe(units);
  });

  test("are rounded to the nearest quarter of an hour", () => {
    const lasting = (minutes: number) => unitsOf(session("s", today), minutes, "quarter-hour");
    expect([7, 8, 22, 23, 37, 38, 52, 53].map(lasting)).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
  });

  test("of a session are one, however long it was", () => {
    expect(unitsOf(session("s", today, "attended", { start: "14:00", end: "16:00" }), 50, "session")).toBe(1);
  });
});

describe("an authorization", () => {
  test("counts what took place, and what is planned, within its dates", () => {
    const sessions = [
      session("before", "2026-09-30"),
      session("a", "2026-10-08"),
      session("b", "2026-10-15", "missed"),
      session("c", "2026-10-22", "late"),
    ];
    const appointments = [planned("a", "2026-10-08"), planned("d", "2026-12-03"), planned("e", "2026-12-10"), planned("f", "2027-04-08")];
    expect(authorizationState(authorization(), sessions, appointments, today)).toEqual({
      phase: "current",
      used: 2,
      planned: 2,
      left: 10,
      warnings: [{ kind: "beyond-end", words: "1 planned session lies after its end on March 31, 2027." }],
    });
  });

  test("an hour that nobody has recorded yet still counts as planned", () => {
    expect(authorizationState(authorization(), [], [planned("a", "2026-11-19")], today).planned).toBe(1);
  });

  test("says so before its units run out", () => {
    const used = (count: number) =>
      authorizationState(
        authorization(),
        days("2026-10", count).map((date) => session(date, date)),
        [],
        today,
      ).warnings.map(({ words }) => words);
    expect(used(8)).toEqual([]);
    expect(used(9)).toEqual(["3 sessions left."]);
    expect(used(12)).toEqual(["All 12 sessions are used."]);
    expect(used(13)).toEqual(["13 sessions used, and 12 approved."]);
  });

  test("in quarters of an hour says how many sessions are left", () => {
    const state = authorizationState(
      authorization({ units: 16, unit: "quarter-hour" }),
      [session("a", "2026-10-08", "attended", { start: "09:00", end: "10:00" })],
      [planned("b", "2026-12-03", 60)],
      today,
    );
    expect(state).toMatchObject({
      used: 4,
      planned: 4,
      left: 12,
      warnings: [{ words: "12 units of 15 minutes left: enough for 3 sessions." }],
    });
  });

  test("in quarters of an hour says so where what is left is no whole session", () => {
    const state = authorizationState(
      authorization({ units: 6, unit: "quarter-hour" }),
      [session("a", "2026-10-08", "attended", { start: "09:00", end: "10:00" })],
      [],
      today,
    );
    expect(state.warnings.map(({ words }) => words)).toEqual(["2 units of 15 minutes left: not enough for a session."]);
  });

  test("names the first planned session that it does not cover any more", () => {
    const appointments = days("2026-12", 6).map((date) => planned(date, date));
    const state = authorizationState(authorization({ units: 5 }), [], appointments, today);
    expect(state.warnings.map(({ words }) => words)).toEqual([
      "More sessions are planned than it covers: from December 6, 2026 on they need a new authorization.",
    ]);
  });

  test("says so before its last day", () => {
    const on = (day: string) => authorizationState(authorization(), [], [], day).warnings.map(({ words }) => words);
    expect(on("2027-03-09")).toEqual([]);
    expect(on("2027-03-10")).toEqual(["It ends on March 31, 2027, in 21 days."]);
    expect(on("2027-03-31")).toEqual(["It ends today."]);
    expect(on("2027-04-01")).toEqual([]);
  });

  test("that was ended early ends then", () => {
    const ended = authorization({ endedOn: "2026-11-01", endedReason: "New payer" });
    expect(authorizationState(ended, [session("a", "2026-11-05")], [], today)).toMatchObject({ phase: "ended", used: 0, warnings: [] });
  });

  test("that another follows is not warned of", () => {
    const first = authorization({ to: "2026-12-01" });
    expect(authorizationWarnings([first], [], [], today)).toEqual(["Authorization by Blue River: it ends on December 1, 2026, in 5 days."]);
    expect(authorizationWarnings([first, authorization({ from: "2026-12-02", to: "2027-06-01" })], [], [], today)).toEqual([]);
  });
});
