import { describe, expect, test } from "vitest";
import { type Attendance, missedInARow, missedRun, type SessionRecord } from "./session.ts";

/** One session a week, oldest first. */
const weekly = (...attendances: readonly Attendance[]): SessionRecord[] =>
  attendances.map((attendance, week) => ({ id: `s${week + 1}`, date: `2026-09-0${week + 1}`, attendance }));

describe("sessions missed in a row", () => {
  test.each<[string, number, readonly Attendance[]]>([
    ["none without any session", 0, []],
    ["three missed", 3, ["attended", "missed", "missed", "missed"]],
    ["one that took place ends the run", 1, ["missed", "missed", "attended", "missed"]],
    ["coming late is coming", 1, ["missed", "missed", "late", "missed"]],
    ["one cancelled in time neither counts nor begins anew", 3, ["missed", "cancelled", "missed", "missed"]],
    ["cancelling is not missing", 0, ["attended", "cancelled", "cancelled", "cancelled"]],
    ["one cancelled at the end leaves the run as it is", 2, ["missed", "missed", "cancelled"]],
    ["nobody is missed who came last", 0, ["missed", "missed", "missed", "attended"]],
  ])("%s", (_, expected, attendances) => {
    expect(missedInARow(weekly(...attendances))).toBe(expected);
  });

  test("count by the day, in whatever order they were recorded; the last one missed is named first", () => {
    const sessions = weekly("missed", "attended", "missed", "missed");
    expect(missedRun(sessions.toReversed()).map(({ id }) => id)).toEqual(["s4", "s3"]);
  });
});
