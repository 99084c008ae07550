import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../calendar/date.ts";
import { gad7, pcl5, phq9 } from "../measures/shipped-measures.test-data.ts";
import type { CourseFrame } from "./course-frame.ts";
import { drawCourse, heightAt, thinned } from "./draw-course.ts";
import type { Area, Dot, Line, Picture, Spot, Words } from "./picture.ts";
import { courseOn, ownMeasure, scored } from "./progress.test-data.ts";
import { type MeasureProgress, spanOf } from "./progress.ts";

function drawn(progress: MeasureProgress, changes: Partial<CourseFrame> = {}): Picture {
  const span = spanOf([progress]);
  if (span === null) throw new Error("A course has a score.");
  return drawCourse(progress, { width: 640, height: 300, span, text: 12, audience: "clinician", ...changes });
}
const dotsOf = ({ shapes }: Picture) => shapes.filter((shape): shape is Dot => shape.kind === "dot" && /: \d/.test(shape.says));
const wordsOf = ({ shapes }: Picture) => shapes.filter((shape): shape is Words => shape.kind === "words");
const textsOf = (picture: Picture) => wordsOf(picture).map(({ text }) => text);
const linesOf = ({ shapes }: Picture) => shapes.filter((shape): shape is Line => shape.kind === "line");
const areasOf = ({ shapes }: Picture) => shapes.filter((shape): shape is Area => shape.kind === "area");
/** The line from score to score, in its stretches. */
const stretches = (picture: Picture) => linesOf(picture).filter(({ width, stroke }) => width === 2.5 && stroke === "#1f5f54");
const word = (picture: Picture, text: string) => wordsOf(picture).find((shape) => shape.text === text);
const luminance = (hex: string) =>
  Number.parseInt(hex.slice(1, 3), 16) * 0.3 + Number.parseInt(hex.slice(3, 5), 16) * 0.59 + Number.parseInt(hex.slice(5, 7), 16) * 0.11;

describe("a course as a picture", () => {
  it("sets two scores of one day beside each other, under their one date", () => {
    const picture = drawn(
      scored(gad7, [
        ["2026-11-25", 15],
        ["2026-11-25", 7],
      ]),
    );
    const [first, second] = dotsOf(picture);
    expect((second?.at[0] ?? 0) - (first?.at[0] ?? 0)).toBe(20);
    expect(textsOf(picture).filter((text) => text === "November 25, 2026")).toHaveLength(1);
  });

  it("stands a single score in the middle", () => {
    const [only, ...others] = dotsOf(drawn(courseOn(phq9, [12])));
    expect(others).toEqual([]);
    expect(only?.at[0]).toBeGreaterThan(200);
    expect(only?.at[0]).toBeLessThan(400);
  });

  it("names the bands, the worse the darker, so that they are told apart in grey", () => {
    const picture = drawn(courseOn(phq9, [20, 12, 4]));
    for (const name of ["minimal", "mild", "moderate", "severe"]) expect(textsOf(picture)).toContain(name);
    expect(textsOf(picture).join(" ")).toContain("moderately severe");
    const shades = areasOf(picture).map(({ fill }) => luminance(fill));
    expect(shades).toHaveLength(5);
    expect(shades).toEqual(shades.toSorted((a, b) => b - a));
    expect(new Set(shades).size).toBe(5);
  });

  it("fills scores in the clinical range and leaves those outside it hollow", () => {
    expect(dotsOf(drawn(courseOn(phq9, [17, 10, 9]))).map(({ fill }) => fill)).toEqual(["#1f5f54", "#1f5f54", "#ffffff"]);
  });

  it("breaks the line where the measure was missed, and says what the dashes mean", () => {
    const gap = { from: "2026-09-08", to: "2026-09-15", days: 7 };
    const picture = drawn(courseOn(phq9, [17, 15, 12, 11], 7, { gaps: [gap] }));
    expect(stretches(picture).map(({ points }) => points.length)).toEqual([2, 2]);
    expect(linesOf(picture).filter(({ width, dash }) => width === 1.5 && dash.join() === "2,5").length).toBe(2);
    expect(textsOf(picture)).toContain("not given in between");
    expect(stretches(drawn(courseOn(phq9, [17, 15, 12, 11]))).map(({ points }) => points.length)).toEqual([4]);
  });

  it("draws the cutoff half a point below its score and the target on its own, each in a line of its own kind", () => {
    const picture = drawn(courseOn(phq9, [17, 16, 15], 7, { target: 4 }));
    const [cutoff, target] = ["cutoff 10", "target: 4 or less"].map((text) => word(picture, text));
    expect(cutoff?.at[1]).toBeLessThan(target?.at[1] ?? 0);
    const dashes = linesOf(picture).filter(({ width, points }) => width === 1.5 && points[0]?.[1] === points[1]?.[1]);
    expect(new Set(dashes.map(({ dash }) => dash.join())).size).toBe(2);
  });

  it("says more for a target of a measure on which higher is better, and turns no axis round", () => {
    const picture = drawn(courseOn(ownMeasure(), [1, 2, 4], 7, { target: 5 }));
    expect(textsOf(picture)).toContain("target: 5 or more");
    const heights = dotsOf(picture).map(({ at }) => at[1]);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
  });

  it("shows a count that could go to a thousand over what it needs", () => {
    const [low, , high] = dotsOf(drawn(courseOn(ownMeasure(), [0, 3, 7]))).map(({ at }) => at[1]);
    expect((low ?? 0) - (high ?? 0)).toBeGreaterThan(100);
  });

  it("takes scores with decimals as they are", () => {
    const mean = ownMeasure({ scoring: { ...ownMeasure().scoring, range: [1, 5] }, items: [], wording: "totals" });
    const picture = drawn(courseOn(mean, [2.33, 3.5]));
    expect(textsOf(picture)).toContain("2.33");
    expect(picture.words).toContain("2.33, 3.5");
  });

  it("hatches between what is expected and the worst that is still on track, up to the edge of the picture", () => {
    const expected = [
      { date: "2026-09-01", expected: 18, bound: 20 },
      { date: "2026-12-01", expected: 8, bound: 12 },
    ];
    const picture = drawn(courseOn(phq9, [19, 15, 13], 14, { expected }));
    const edges = linesOf(picture).filter(
      ({ stroke, points }) => stroke === "#47627a" && points.length === 2 && (points[0]?.[0] ?? 0) > 25,
    );
    expect(edges).toHaveLength(2);
    expect(Math.max(...edges.flatMap(({ points }) => points.map(([x]) => x)))).toBeLessThanOrEqual(640);
    expect(linesOf(picture).filter(({ stroke }) => stroke === "#47627a66").length).toBeGreaterThan(20);
    expect(textsOf(picture).some((text) => text.startsWith("expected course"))).toBe(true);
  });

  it("marks plans and events above the scores and sessions below them, those missed hollow, and explains each", () => {
    const picture = drawn(
      courseOn(phq9, [17, 15, 12], 7, {
        plans: [{ date: "2026-09-01", revision: 1 }],
        events: [
          { id: "old", date: "2026-01-01", kind: "other", label: "Before it began" },
          { id: "e", date: "2026-09-09", kind: "medication", label: "Sertraline 50 mg" },
        ],
        sessions: [
          { id: "s1", date: "2026-09-02", attendance: "attended" },
          { id: "s2", date: "2026-09-10", attendance: "missed" },
        ],
      }),
    );
    const texts = textsOf(picture);
    for (const text of ["plan 1", "B", "B · September 9, 2026: Sertraline 50 mg", "session", "session missed or cancelled"])
      expect(texts).toContain(text);
    expect(texts.join(" ")).not.toContain("Before it began");
    expect(picture.shapes.some((shape) => shape.kind === "dot" && shape.says.includes("session missed") && shape.fill === "#ffffff")).toBe(
      true,
    );
  });

  it("spares a client the cutoff where bands have names, and says what the line is good for where they have not", () => {
    const ofClient = (progress: MeasureProgress) => textsOf(drawn(progress, { audience: "client" })).join(" ");
    expect(ofClient(courseOn(phq9, [17, 9], 7, { target: 9 }))).not.toMatch(/cutoff|clinical|target/);
    expect(ofClient(courseOn(phq9, [17, 9], 7, { target: 9 }))).toContain("your goal: 9 or less");
    expect(ofClient(courseOn(pcl5, [44, 40]))).toContain("good to be below");
  });

  it("draws years of scores in as few points as can be told apart", () => {
    const progress = courseOn(
      phq9,
      Array.from({ length: 2000 }, (_, index) => (index * 7) % 28),
      1,
    );
    const picture = drawn(progress, { width: 320 });
    expect(picture.shapes.length).toBeLessThan(60);
    const points = stretches(picture).flatMap((stretch) => stretch.points);
    expect(points.length).toBeLessThan(4 * 320);
    expect(Math.min(...points.map(([, y]) => y))).toBeLessThan(Math.max(...points.map(([, y]) => y)) - 100);
  });

  it("names the first and the last day, and others where there is room", () => {
    const weekly = courseOn(
      phq9,
      Array.from({ length: 40 }, (_, week) => 20 - (week % 20)),
    );
    const days = wordsOf(drawn(weekly)).filter(({ text }) => / 202\d$/.test(text));
    expect(days.map(({ text }) => text)).toEqual(expect.arrayContaining(["September 1, 2026", "June 1, 2027"]));
    expect(days.length).toBeLessThan(6);
  });

  it("keeps every score in the frame and in its order, whatever the dates", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(27)), { minLength: 1, maxLength: 60 }), (given) => {
        const sorted = given.toSorted(([a], [b]) => a - b).map(([day, total]) => [addDays("2026-01-01", day), total] as const);
        const picture = drawn(scored(phq9, sorted));
        const line = stretches(picture).flatMap(({ points }) => points);
        const spots: readonly Spot[] = line.length > 0 ? line : dotsOf(picture).map(({ at }) => at);
        expect(spots).toHaveLength(sorted.length);
        for (const [index, [x, y]] of spots.entries()) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(640);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(300);
          expect(x).toBeGreaterThan(spots[index - 1]?.[0] ?? -1);
        }
      }),
    );
  });

  it("puts a day in the same place in the pictures of several measures", () => {
    const span = { from: "2026-09-01", to: "2026-11-01" };
    const plans = [{ date: "2026-10-01", revision: 1 }];
    const places = [phq9, gad7, pcl5].map((measure) => word(drawn(courseOn(measure, [12, 9], 60, { plans }), { span }), "plan 1")?.at[0]);
    expect(new Set(places).size).toBe(1);
  });

  it("fits on a phone: nothing is written beyond its edges", () => {
    const long = "A very long label of an event that nobody could ever write into a small picture whole";
    const picture = drawn(
      courseOn(phq9, [20, 18, 12, 9], 7, { target: 9, events: [{ id: "e", date: "2026-09-22", kind: "other", label: long.slice(0, 80) }] }),
      { width: 300 },
    );
    for (const { text, size, at, anchor } of wordsOf(picture)) {
      const wide = text.length * size * 0.54;
      const left = anchor === "start" ? at[0] : anchor === "middle" ? at[0] - wide / 2 : at[0] - wide;
      expect(left, text).toBeGreaterThanOrEqual(-1);
      expect(left + wide, text).toBeLessThanOrEqual(312);
    }
  });
});

it("of many scores in one column the first, the lowest, the highest and the last stay", () => {
  const column: Spot[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((x, index) => [x, [5, 9, 1, 6, 4, 7][index] ?? 0]);
  expect(thinned(column).map(([, y]) => y)).toEqual([5, 9, 1, 7]);
});

it("the height between two points lies on the line between them", () => {
  expect(
    heightAt(
      [
        [0, 0],
        [10, 20],
      ],
      2.5,
    ),
  ).toBe(5);
});
