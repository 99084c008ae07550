import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, mondayOf, weekdayOf } from "../calendar/date.ts";
import { momentOf, timeOf } from "../calendar/wall-clock.ts";
import { type Frequency, SessionPlan } from "../plan/plan.ts";
import { overlapping } from "./overlap.ts";
import { Series } from "./series.ts";
import { datesOfSeries } from "./series-dates.ts";
import { rhythmOf, rhythmWords, seriesFromPlan, spreadWeekdays, whereSeriesDiffers } from "./series-from-plan.ts";

describe("the days of a series", () => {
  test("every week over New Year", () => {
    expect(datesOfSeries({ firstDate: "2026-12-17", everyWeeks: 1, weekdays: [4], count: 4 })).toEqual([
      "2026-12-17",
      "2026-12-24",
      "2026-12-31",
      "2027-01-07",
    ]);
  });

  test("every other week keep their rhythm in a year of 53 weeks", () => {
    expect(datesOfSeries({ firstDate: "2026-12-14", everyWeeks: 2, weekdays: [1], count: 3 })).toEqual([
      "2026-12-14",
      "2026-12-28",
      "2027-01-11",
    ]);
  });

  test("twice a week begin in the middle of one", () => {
    expect(datesOfSeries({ firstDate: "2026-11-26", everyWeeks: 1, weekdays: [1, 4], count: 3 })).toEqual([
      "2026-11-26",
      "2026-11-30",
      "2026-12-03",
    ]);
  });

  test("a leap day is a day like others", () => {
    expect(datesOfSeries({ firstDate: "2028-02-22", everyWeeks: 1, weekdays: [2], count: 3 })).toEqual([
      "2028-02-22",
      "2028-02-29",
      "2028-03-07",
    ]);
  });

  test("a first day on another weekday begins on the next that fits", () => {
    expect(datesOfSeries({ firstDate: "2026-11-25", everyWeeks: 1, weekdays: [2], count: 1 })).toEqual(["2026-12-01"]);
  });

  test("stay at three in the afternoon over both changes of the clocks", () => {
    const spring = datesOfSeries({ firstDate: "2027-03-11", everyWeeks: 1, weekdays: [4], count: 2 });
    const autumn = datesOfSeries({ firstDate: "2026-10-29", everyWeeks: 1, weekdays: [4], count: 2 });
    for (const [first = "", second = ""] of [spring, autumn]) {
      const moments = [first, second].map((date) => momentOf(date, "15:00", "America/New_York"));
      expect(moments.map((moment) => timeOf(moment, "America/New_York"))).toEqual(["15:00", "15:00"]);
      expect(Math.abs(Date.parse(moments[1] ?? "") - Date.parse(moments[0] ?? "") - 7 * 24 * 3_600_000)).toBe(3_600_000);
    }
  });

  test("are as many as asked for, in order, on its weekdays, in weeks that it has", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }).map((days) => addDays("2000-01-01", days)),
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 60 }),
        (firstDate, everyWeeks, weekdays, count) => {
          const dates = datesOfSeries({ firstDate, everyWeeks, weekdays, count });
          expect(new Set(dates).size).toBe(count);
          expect([...dates].sort()).toEqual(dates);
          for (const date of dates) {
            expect(date >= firstDate).toBe(true);
            expect(weekdays).toContain(weekdayOf(date));
            expect(daysBetween(mondayOf(firstDate), mondayOf(date)) % (7 * everyWeeks)).toBe(0);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

test.each<[Frequency, string]>([
  [{ times: 1, per: "week" }, "every week"],
  [{ times: 2, per: "week" }, "twice a week"],
  [{ times: 0.5, per: "week" }, "every 2 weeks"],
  [{ times: 2, per: "month" }, "every 2 weeks"],
  [{ times: 4, per: "month" }, "every week"],
  [{ times: 1, per: "month" }, "every 4 weeks"],
  [{ times: 0.25, per: "month" }, "every 12 weeks"],
  [{ times: 1, per: "day" }, "5 times a week"],
  [{ times: 40, per: "week" }, "7 times a week"],
])("%j is %s", (frequency, words) => {
  expect(rhythmWords(rhythmOf(frequency))).toBe(words);
});

test("sessions of a week are spread over it, the first one's day among them", () => {
  expect(spreadWeekdays(2, 2)).toEqual([2, 5]);
  expect(spreadWeekdays(3, 3)).toEqual([1, 3, 5]);
  for (const first of [1, 2, 3, 4, 5, 6, 7])
    for (const perWeek of [1, 2, 3, 4, 5, 6, 7]) {
      const days = spreadWeekdays(first, perWeek);
      expect([days.includes(first), new Set(days).size]).toEqual([true, perWeek]);
    }
});

const plan = (more: object) =>
  SessionPlan.parse({ frequency: { times: 1, per: "week" }, minutes: 50, weeks: 16, expectedSessions: [12, 16], ...more });

describe("a series from the plan", () => {
  test("takes over how often, how long, where and how many", () => {
    expect(seriesFromPlan(plan({ modality: "video" }))).toEqual({ everyWeeks: 1, perWeek: 1, minutes: 50, modality: "video", count: 16 });
    expect(seriesFromPlan(plan({ frequency: { times: 2, per: "week" }, expectedSessions: null }))?.count).toBe(32);
    expect(
      seriesFromPlan(
        plan({ frequency: { times: 1, per: "month" }, weeks: null, expectedSessions: null, minutes: null, modality: "mixed" }),
      ),
    ).toEqual({
      everyWeeks: 4,
      perWeek: 1,
      minutes: 50,
      modality: "in-person",
      count: 3,
    });
  });

  test("plans what is left, and at least one", () => {
    expect(seriesFromPlan(plan({}), 10)?.count).toBe(6);
    expect(seriesFromPlan(plan({}), 40)?.count).toBe(1);
  });

  test("is none where the plan does not say how often", () => {
    expect(seriesFromPlan(plan({ frequency: null }))).toBeNull();
  });

  test("says where it differs once a revision asks for something else", () => {
    const series = Series.parse({
      firstDate: "2026-11-26",
      startTime: "15:00",
      clinicianId: "m",
      everyWeeks: 1,
      weekdays: [4],
      count: 16,
      detail: { minutes: 50 },
    });
    expect(whereSeriesDiffers(series, plan({}))).toBeNull();
    expect(whereSeriesDiffers(series, plan({ frequency: null }))).toBeNull();
    expect(whereSeriesDiffers(series, plan({ frequency: { times: 2, per: "month" }, minutes: 45 }))).toBe(
      "The plan now asks for every 2 weeks, not every week, and 45 minutes, not 50.",
    );
  });
});

describe("two sessions of one clinician", () => {
  const slot = (id: string, startTime: string, more: object = {}) => ({
    id,
    date: "2026-11-26",
    startTime,
    minutes: 50,
    clinicianId: "maya",
    groupId: null,
    ...more,
  });
  const one = slot("a", "15:00");
  test.each<[string, object, boolean]>([
    ["begins in the middle", slot("b", "15:30"), true],
    ["ends in the middle", slot("b", "14:30"), true],
    ["begins when it ends", slot("b", "15:50"), false],
    ["ends when it begins", slot("b", "14:10"), false],
    ["is somebody else's", slot("b", "15:30", { clinicianId: "ben" }), false],
    ["is another day's", slot("b", "15:30", { date: "2026-11-27" }), false],
    ["began before midnight", slot("b", "23:50", { date: "2026-11-25", minutes: 480 }), false],
  ])("one that %s overlaps: %#", (_, other, overlaps) => {
    expect(overlapping(one, [other as typeof one], "America/New_York")).toHaveLength(overlaps ? 1 : 0);
  });

  test("of one group are one hour", () => {
    expect(overlapping({ ...one, groupId: "g" }, [slot("b", "15:00", { groupId: "g" })], "UTC")).toEqual([]);
  });
});
