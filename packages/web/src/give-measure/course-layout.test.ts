import { addDays } from "@trellis/domain/calendar/date";
import { gad7, phq9 } from "@trellis/domain/measures/shipped-measures.test-data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frame, heightOf, layOutCourse } from "./course-layout.ts";

const point = (id: string, date: string, total: number) => ({ id, date, total, band: "" });

describe("the course of a measure as a chart", () => {
  it("sets two scores of one day beside each other, under their one date", () => {
    const { points, dates } = layOutCourse(gad7, [point("a", "2026-11-25", 15), point("b", "2026-11-25", 7)]);
    const [first, second] = points;
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBe(20);
    expect(dates.map(({ words, x }) => [words, x])).toEqual([["November 25, 2026", ((first?.x ?? 0) + (second?.x ?? 0)) / 2]]);
  });

  it("keeps the words of the cutoff away from a score that stands on it", () => {
    const onTheLine = [point("a", "2026-09-01", 8), point("b", "2026-10-01", 18), point("c", "2026-11-01", 8)];
    const { cutoff, points } = layOutCourse(gad7, onTheLine);
    if (cutoff === null) throw new Error("the GAD-7 has a cutoff");
    for (const { x, number } of points)
      expect(x < cutoff.label.x - 14 || x > cutoff.label.x + 64 || Math.abs((number?.y ?? 0) - cutoff.label.y) > 12).toBe(true);
  });

  it("writes a number below a score to which the line falls, and above any other", () => {
    const { points } = layOutCourse(phq9, [point("a", "2026-09-01", 20), point("b", "2026-10-01", 10), point("c", "2026-11-01", 16)]);
    expect(points.map(({ y, number }) => Math.sign((number?.y ?? 0) - y))).toEqual([-1, 1, -1]);
  });

  it("names the first and the last day, and others where there is room", () => {
    const weekly = Array.from({ length: 40 }, (_, week) => point(`w${week}`, addDays("2026-01-01", 7 * week), 20 - (week % 20)));
    const { dates, points } = layOutCourse(phq9, weekly);
    expect([dates[0]?.date, dates.at(-1)?.date]).toEqual(["2026-01-01", weekly.at(-1)?.date]);
    expect(dates.length).toBeLessThan(6);
    expect(points.filter(({ number }) => number !== null).length).toBe(2);
  });

  it("keeps every score in the frame and in its order, whatever the dates", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(27)), { minLength: 1, maxLength: 60 }), (given) => {
        const series = given
          .toSorted(([a], [b]) => a - b)
          .map(([day, total], index) => point(String(index), addDays("2026-01-01", day), total));
        const { points } = layOutCourse(phq9, series);
        points.forEach(({ x, y, total }, index) => {
          expect(x).toBeGreaterThanOrEqual(frame.left);
          expect(x).toBeLessThanOrEqual(frame.width - frame.right);
          expect(y).toBe(heightOf(phq9, total));
          expect(x).toBeGreaterThan(points[index - 1]?.x ?? 0);
        });
      }),
    );
  });
});
