import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addDays, mondayOf, weekdayOf } from "./date.ts";
import { clockChangeAt, formatTime, minutesBetween, minutesLater, momentOf, timeAfter, timeOf } from "./wall-clock.ts";

const newYork = "America/New_York";

describe("a time on the wall of a practice in New York", () => {
  test.each<[string, string, string]>([
    ["a winter's day", "2026-03-05", "2026-03-05T20:00:00Z"],
    ["the same weekday after clocks went forward", "2026-03-12", "2026-03-12T19:00:00Z"],
    ["a day in October", "2026-10-29", "2026-10-29T19:00:00Z"],
    ["the same weekday after clocks went back", "2026-11-05", "2026-11-05T20:00:00Z"],
  ])("15:00 on %s", (_, date, moment) => {
    expect(momentOf(date, "15:00", newYork)).toBe(moment);
    expect(timeOf(moment, newYork)).toBe("15:00");
  });

  test("that is skipped when clocks go forward is an hour later, and says so", () => {
    expect(momentOf("2026-03-08", "02:30", newYork)).toBe("2026-03-08T07:30:00Z");
    expect(timeOf("2026-03-08T07:30:00Z", newYork)).toBe("03:30");
    expect(clockChangeAt("2026-03-08", "02:30", newYork)).toBe("skipped");
    expect(clockChangeAt("2026-03-08", "03:00", newYork)).toBeNull();
  });

  test("that comes twice when clocks go back is the first, and says so", () => {
    expect(momentOf("2026-11-01", "01:30", newYork)).toBe("2026-11-01T05:30:00Z");
    expect(clockChangeAt("2026-11-01", "01:30", newYork)).toBe("twice");
    expect(clockChangeAt("2026-11-01", "02:00", newYork)).toBeNull();
  });

  test("lasts as long as it lasts, also over a change", () => {
    expect(timeOf(minutesLater(momentOf("2026-03-08", "01:30", newYork), 50), newYork)).toBe("03:20");
    expect(timeOf(minutesLater(momentOf("2026-11-01", "00:30", newYork), 120), newYork)).toBe("01:30");
  });
});

test("times as people read and reckon them", () => {
  expect(["00:05", "09:30", "12:00", "15:00", "23:59"].map(formatTime)).toEqual(["12:05 AM", "9:30 AM", "12:00 PM", "3:00 PM", "11:59 PM"]);
  expect(timeAfter("23:30", 50)).toBe("00:20");
  expect(minutesBetween("14:00", "14:53")).toBe(53);
  expect(minutesBetween("14:53", "14:00")).toBeNull();
});

test("whatever the day, a clock shows the time that a moment was made from, unless that hour is skipped", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8000 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(newYork, "Europe/Berlin", "Australia/Lord_Howe"),
      (day, minute, zone) => {
        const date = addDays("2020-01-01", day);
        const time = timeAfter("00:00", minute);
        return clockChangeAt(date, time, zone) === "skipped" || timeOf(momentOf(date, time, zone), zone) === time;
      },
    ),
    { numRuns: 300 },
  );
});

test("weeks begin on Monday", () => {
  expect(weekdayOf("2026-11-26")).toBe(4);
  expect(mondayOf("2026-11-26")).toBe("2026-11-23");
  expect(mondayOf("2026-11-29")).toBe("2026-11-23");
});

test("whatever the day and the zone, a moment is the one that Temporal gives", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8000 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(newYork, "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns"),
      (day, minute, zone) => {
        const [date, time] = [addDays("2020-01-01", day), timeAfter("00:00", minute)];
        return momentOf(date, time, zone) === Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).toInstant().toString();
      },
    ),
    { numRuns: 300 },
  );
});
