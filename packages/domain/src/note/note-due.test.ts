import { expect, test } from "vitest";
import { noteDueAt, noteStanding } from "./note-due.ts";

const zone = "America/New_York";

test.each([
  ["from the end of the session", { date: "2026-11-20", start: "10:00", end: "10:50" }, 72, "2026-11-23T15:50:00Z"],
  ["from its start where there is no end", { date: "2026-11-20", start: "10:00", end: null }, 24, "2026-11-21T15:00:00Z"],
  ["from the end of the day where there are no times", { date: "2026-11-20", start: null, end: null }, 24, "2026-11-22T04:59:00Z"],
  ["over the change to summer time hours stay hours", { date: "2026-03-07", start: "14:00", end: "15:00" }, 24, "2026-03-08T20:00:00Z"],
  ["over the change to winter time as well", { date: "2026-10-31", start: "14:00", end: "15:00" }, 24, "2026-11-01T19:00:00Z"],
  ["a time that the clock jumps over", { date: "2026-03-08", start: null, end: "02:30" }, 1, "2026-03-08T08:30:00Z"],
])("%s", (_what, session, hours, due) => {
  expect(noteDueAt(session, hours, zone)).toBe(due);
});

test("late is after the time for it, signed or not", () => {
  const due = "2026-11-23T15:50:00Z";
  expect(noteStanding(due, null, "2026-11-23T15:50:00Z")).toBe("draft");
  expect(noteStanding(due, null, "2026-11-23T15:50:01Z")).toBe("draft-late");
  expect(noteStanding(due, "2026-11-23T15:49:00Z", "2026-12-01T00:00:00.000Z")).toBe("signed");
  expect(noteStanding(due, "2026-11-24T15:49:00Z", "2026-12-01T00:00:00.000Z")).toBe("signed-late");
});
