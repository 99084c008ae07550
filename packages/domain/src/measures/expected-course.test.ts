import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/date.ts";
import { expectedAt, expectedCourseFaults, expectedCourseFrom, type PastCourse, sessionNumber } from "./expected-course.ts";
import type { ExpectedCourse } from "./measure-setting.ts";
import { readExpectedCourse, writeExpectedCourse } from "./read-expected-course.ts";
import { audit, gad7, phq9 } from "./shipped-measures.test-data.ts";

const start = "2026-01-05";

describe("reading a table", () => {
  const good = "start from,start to,session,expected,bound\n10,14,1,12,14\n10,14,2,11,13\n15,27,1,18,27\n15,27,2,16,22";

  test("headings, five numbers a line", () => {
    const { points, faults } = readExpectedCourse(good, phq9);
    expect(faults).toEqual([]);
    expect(points).toHaveLength(4);
    expect(points[3]).toEqual({ startFrom: 15, startTo: 27, session: 2, expected: 16, bound: 22 });
  });

  test("what is written can be read again", () => {
    const { points } = readExpectedCourse(good, phq9);
    expect(readExpectedCourse(writeExpectedCourse(points), phq9)).toEqual({ points, faults: [] });
  });

  test.each([
    ["tabs and a decimal comma", "10\t14\t1\t12,5\t14"],
    ["semicolons and a decimal comma", "10;14;1;12,5;14"],
    ["a byte-order mark, quotes, an empty column, carriage returns and empty lines", '\uFEFF"10","14","1","12.5","14",\r\n\r\n'],
    ["no headings", "10, 14, 1, 12.5, 14"],
  ])("%s", (_, text) => {
    expect(readExpectedCourse(text, phq9)).toEqual({
      points: [{ startFrom: 10, startTo: 14, session: 1, expected: 12.5, bound: 14 }],
      faults: [],
    });
  });

  test.each<[string, string, number, RegExp]>([
    ["nothing", " \n\n", 1, /nothing in it/],
    ["headings alone", "start from,start to,session,expected,bound\n", 2, /no numbers/],
    ["a word for a number", "10,14,1,12,14\n10,14,2,eleven,13", 2, /“eleven” in the column “expected” is not a number/],
    ["a word for a number in the first line", "ten,14,1,12,14", 1, /“ten” in the column “start from”/],
    ["an empty cell", "10,14,1,,14", 1, /“expected” is empty/],
    ["a column too few", "10,14,1,12", 1, /Here are 4 columns/],
    ["decimal commas with commas between", "10,14,1,12,5,14", 1, /Here are 6 columns.*semicolons/],
    ["half a session", "10,14,1.5,12,14", 1, /whole number from 1 to 200/],
    ["session 0", "10,14,0,12,14", 1, /whole number from 1 to 200/],
    ["a score that the PHQ-9 does not have", "20,28,1,20,27", 1, /28 is no score of the PHQ-9, which goes from 0 to 27/],
    ["a range the wrong way round", "14,10,1,12,14", 1, /lower one first/],
    ["a bound on the wrong side", "10,14,1,12,14\n10,14,2,11,9", 2, /bound 9 is better than the expected score 11/],
    ["ranges that overlap", "10,14,1,12,14\n14,19,1,17,19", 2, /14 to 19 overlap with 10 to 14/],
    ["a gap between ranges", "10,14,1,12,14\n\n16,19,1,17,19", 3, /between 14 and 16/],
    ["a line that stands twice", "10,14,1,12,14\n10,14,1,12,14", 2, /Session 1 stands twice/],
    ["a session left out", "10,14,1,12,14\n10,14,3,11,13", 2, /Session 2 is missing/],
    ["sessions left out", "10,14,1,12,14\n10,14,5,11,13", 2, /Sessions 2 to 4 are missing/],
    ["more lines than a table has", `${"10,14,1,12,14\n".repeat(2001)}`, 2001, /at most 2000 lines/],
  ])("%s is told with its line", (_, text, line, message) => {
    const [fault] = readExpectedCourse(text, phq9).faults;
    expect(fault?.line).toBe(line);
    expect(fault?.message).toMatch(message);
  });

  test("every line with a fault is told", () => {
    expect(readExpectedCourse("a,1,1,1,1\n1,b,1,1,1\n1,1,1,1,1\n1,1,2,5,1", phq9).faults.map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  test("where higher is better the bound lies below", () => {
    const wellBeing = { ...audit, scoring: { ...audit.scoring, range: [0, 100] as [number, number], higherIs: "better" as const } };
    expect(readExpectedCourse("0,50,1,30,20", wellBeing).faults).toEqual([]);
    expect(readExpectedCourse("0,50,1,30,40", wellBeing).faults[0]?.message).toMatch(/the same or lower/);
  });
});

const table: ExpectedCourse = {
  source: "made up for this test",
  from: "loaded",
  courses: null,
  date: "2026-01-01",
  points: [
    { startFrom: 10, startTo: 14, session: 2, expected: 11, bound: 13 },
    { startFrom: 15, startTo: 27, session: 2, expected: 16, bound: 22 },
  ],
};

test.each([
  [10, 2, 13],
  [14, 2, 13],
  [14.5, 2, 13],
  [15, 2, 22],
  [27, 2, 22],
  [9, 2, undefined],
  [12, 1, undefined],
  [12, 3, undefined],
])("first score %d at session %d: the bound is %s", (first, session, bound) => {
  expect(expectedAt(table, first, session)?.bound).toBe(bound);
});

test.each([
  ["none recorded: weeks and one more", [], 15, 3, "weeks"],
  ["none recorded, on the first day", [], 0, 1, "weeks"],
  ["recorded ones that took place", ["attended", "missed", "late", "cancelled"], 27, 2, "sessions"],
] as const)("the number of a session: %s", (_, attendances, day, number, countedBy) => {
  const sessions = attendances.map((attendance, week) => ({ date: addDays(start, 7 * week), attendance }));
  expect(sessionNumber(start, addDays(start, day), sessions)).toEqual({ number, countedBy });
});

describe("a table worked out of the practice's own courses", () => {
  /** Weekly scores. */
  const course = (...totals: number[]): PastCourse => ({
    scores: totals.map((total, week) => ({ date: addDays(start, 7 * week), total })),
    sessions: [],
  });
  /** A hundred courses in each of two bands; the n-th ends n % 5 points away from the others. */
  const courses = Array.from({ length: 100 }, (_, n) => [course(12, 11, 6 + (n % 5)), course(17, 15, 10 + (n % 5))]).flat();

  test("fewer than 200 courses, or those with fewer than three scores, give none", () => {
    expect(expectedCourseFrom(courses.slice(1), phq9, start)).toEqual({ courses: 199, needed: 200, offered: null });
    const short = Array.from({ length: 300 }, () => course(12, 11));
    expect(expectedCourseFrom(short, phq9, start)).toEqual({ courses: 0, needed: 200, offered: null });
  });

  test("median and the score that four of five were at or better than, by band at the start and session", () => {
    const { offered } = expectedCourseFrom(courses, phq9, "2026-11-25");
    expect(offered?.cells).toEqual([
      { startFrom: 10, startTo: 14, session: 1, expected: 12, bound: 14, courses: 100 },
      { startFrom: 10, startTo: 14, session: 2, expected: 11, bound: 11, courses: 100 },
      // 6, 7, 8, 9 and 10, twenty times each: the 80th is 9, the 81st is 10.
      { startFrom: 10, startTo: 14, session: 3, expected: 8, bound: 9.2, courses: 100 },
      { startFrom: 15, startTo: 19, session: 1, expected: 17, bound: 19, courses: 100 },
      { startFrom: 15, startTo: 19, session: 2, expected: 15, bound: 15, courses: 100 },
      { startFrom: 15, startTo: 19, session: 3, expected: 12, bound: 13.2, courses: 100 },
    ]);
    expect(offered?.expectedCourse).toMatchObject({ from: "computed", courses: 200, date: "2026-11-25" });
    expect(expectedCourseFaults(phq9, offered?.expectedCourse ?? table)).toEqual([]);
  });

  test("a cell with fewer than 20 courses is left out, and what comes after it", () => {
    const longer = courses.map((one, n) => (n < 19 ? course(12, 11, 10, 9) : one));
    const { offered } = expectedCourseFrom(longer, phq9, start);
    expect(Math.max(...(offered?.cells ?? []).map(({ session }) => session))).toBe(3);
    const enough = courses.map((one, n) => (n < 20 ? course(12, 11, 10, 9) : one));
    expect(expectedCourseFrom(enough, phq9, start).offered?.cells.filter(({ session }) => session === 4)).toEqual([
      { startFrom: 10, startTo: 14, session: 4, expected: 9, bound: 9, courses: 20 },
    ]);
  });

  test("between two scores a straight line stands for the sessions without one", () => {
    const biweekly = Array.from(
      { length: 200 },
      (): PastCourse => ({
        scores: [12, 10, 6].map((total, i) => ({ date: addDays(start, 14 * i), total })),
        sessions: [],
      }),
    );
    expect(expectedCourseFrom(biweekly, phq9, start).offered?.cells.map(({ expected }) => expected)).toEqual([12, 11, 10, 8, 6]);
  });

  test("neither line gets worse from one session to the next, whichever way the measure runs", () => {
    const up = Array.from({ length: 200 }, () => course(12, 8, 10, 6));
    expect(expectedCourseFrom(up, phq9, start).offered?.cells.map(({ expected }) => expected)).toEqual([12, 9, 9, 6]);
    const better = { ...gad7, bands: [], cutoff: undefined, scoring: { ...gad7.scoring, higherIs: "better" as const } };
    expect(expectedCourseFrom(up, better, start).offered?.cells.map(({ expected }) => expected)).toEqual([9, 9, 9, 9]);
  });

  test("of several scores at one session the last counts, and the first stays the start", () => {
    const twice = Array.from(
      { length: 200 },
      (): PastCourse => ({
        scores: [
          { date: start, total: 12 },
          { date: start, total: 10 },
          { date: addDays(start, 7), total: 9 },
          { date: addDays(start, 8), total: 8 },
        ],
        sessions: [],
      }),
    );
    expect(expectedCourseFrom(twice, phq9, start).offered?.cells.map(({ expected }) => expected)).toEqual([12, 8]);
  });
});
