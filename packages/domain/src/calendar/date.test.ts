import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addWeeks, ageInYears, dayOf, daysBetween, formatDate, IsoDate } from "./date.ts";

test.each<[string, boolean]>([
  ["2026-11-23", true],
  ["2024-02-29", true],
  ["2026-02-29", false],
  ["1900-02-29", false],
  ["2026-13-01", false],
  ["2026-11-31", false],
  ["26-11-23", false],
  ["2026-11-23T10:00:00Z", false],
  ["", false],
])("is %j a date: %j", (text, valid) => {
  expect(IsoDate.safeParse(text).success).toBe(valid);
});

test.each<[string, number, string]>([
  ["2026-02-27", 2, "2026-03-01"],
  ["2024-02-27", 2, "2024-02-29"],
  ["2026-12-31", 1, "2027-01-01"],
  ["2026-01-01", -1, "2025-12-31"],
  ["2026-11-23", 0, "2026-11-23"],
])("%s and %i days: %s", (date, days, result) => {
  expect(addDays(date, days)).toBe(result);
});

test("weeks are seven days, also over the change to summer time", () => {
  expect(addWeeks("2026-03-05", 1)).toBe("2026-03-12");
  expect(addWeeks("2026-11-23", 12)).toBe("2027-02-15");
  expect(addWeeks("2026-11-23", -52)).toBe("2025-11-24");
});

test("days between two dates", () => {
  expect(daysBetween("2026-02-28", "2026-03-01")).toBe(1);
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(daysBetween("2026-11-23", "2026-11-20")).toBe(-3);
});

describe("age", () => {
  test.each<[string, string, number]>([
    ["2008-11-23", "2026-11-22", 17],
    ["2008-11-23", "2026-11-23", 18],
    ["2008-11-23", "2026-12-01", 18],
    ["2008-02-29", "2026-02-28", 17],
    ["2008-02-29", "2026-03-01", 18],
    ["2008-02-29", "2028-02-29", 20],
    ["2026-11-23", "2026-11-23", 0],
    ["2026-11-24", "2026-11-23", -1],
  ])("born %s, on %s: %i", (birth, day, age) => {
    expect(ageInYears(birth, day)).toBe(age);
  });
});

test("the day of a moment depends on where one is", () => {
  expect(dayOf("2026-11-23T03:30:00.000Z", "America/New_York")).toBe("2026-11-22");
  expect(dayOf("2026-11-23T03:30:00.000Z", "UTC")).toBe("2026-11-23");
  expect(dayOf("2026-11-23T20:30:00.000Z", "Asia/Tokyo")).toBe("2026-11-24");
});

test("dates as people read them", () => {
  expect(formatDate("2026-05-31")).toBe("May 31, 2026");
  expect(formatDate("2026-05-31", "es-US")).toBe("31 de mayo de 2026");
});

const dates = fc.integer({ min: -40_000, max: 40_000 }).map((days) => addDays("2000-01-01", days));

test("adding and counting days undo each other, whatever the date", () => {
  fc.assert(
    fc.property(
      dates,
      fc.integer({ min: -20_000, max: 20_000 }),
      (date, days) => daysBetween(date, addDays(date, days)) === days && addDays(addDays(date, days), -days) === date,
    ),
  );
});

test("nobody gets younger from one day to the next", () => {
  fc.assert(
    fc.property(
      dates,
      dates,
      (birth, day) =>
        ageInYears(birth, addDays(day, 1)) - ageInYears(birth, day) <= 1 && ageInYears(birth, addDays(day, 1)) >= ageInYears(birth, day),
    ),
  );
});
