import { addWeeks, type IsoDate } from "../calendar/date.ts";
import { courseOf } from "./course.ts";
import type { PastCourse } from "./expected-course.ts";
import type { Measure } from "./measure.ts";
import type { ExpectedCourse } from "./measure-setting.ts";

/** How a simulated client truly does. */
export type TrueCourse = "improving" | "unchanged" | "deteriorating";

/**
 * What simulated therapies are made of. All of it is assumed and stated, so that what comes out can be judged: it tells how rules behave under these
 * assumptions, and nothing of any practice.
 */
export interface Simulation {
  readonly clients: number;
  /** Weekly sessions, with the measure given at each. */
  readonly sessions: number;
  /** Shares of those who improve and who get worse; the rest stay as they are. */
  readonly improving: number;
  readonly deteriorating: number;
  /** True scores at the start: mean and standard deviation in points, taken from the clinical range only. */
  readonly start: { readonly mean: number; readonly sd: number };
  /** True change from the first session to the last, in points: mean and standard deviation. Gone along the logarithm of the session. */
  readonly better: { readonly mean: number; readonly sd: number };
  readonly worse: { readonly mean: number; readonly sd: number };
  /** Ups and downs of life from week to week: their standard deviation in points, and how much of one week's is left in the next. */
  readonly weekly: { readonly sd: number; readonly autocorrelation: number };
  /** Measurement error: the standard deviation of the score in a sample, and the reliability there. Its standard deviation is sd √(1 − reliability). */
  readonly sample: { readonly sd: number; readonly reliability: number };
  readonly seed: number;
}

export interface SimulatedCourse {
  readonly truth: TrueCourse;
  /** One observed score for each session. */
  readonly totals: readonly number[];
}

/** Uniform numbers from 0 to below 1, the same for the same seed (mulberry32 by Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller 1958). */
function normal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Courses of simulated clients on a measure where higher is worse. The first so many improve, the next get worse, the rest stay: the shares are exact. */
export function simulateCourses(measure: Measure, simulation: Simulation): readonly SimulatedCourse[] {
  const { clients, sessions, improving, deteriorating, start, weekly: swings, sample } = simulation;
  const draw = normal(seeded(simulation.seed));
  const [low, high] = measure.scoring.range;
  const error = sample.sd * Math.sqrt(1 - sample.reliability);
  // What is new each week, so that the ups and downs have their standard deviation in every week.
  const fresh = swings.sd * Math.sqrt(1 - swings.autocorrelation ** 2);
  const cutoff = measure.cutoff?.atLeast ?? low;
  return Array.from({ length: clients }, (_, i): SimulatedCourse => {
    const truth = truthOf(i, Math.round(clients * improving), Math.round(clients * deteriorating));
    let from = start.mean + start.sd * draw();
    while (from < cutoff || from > high) from = start.mean + start.sd * draw();
    const change = truth === "unchanged" ? 0 : truth === "improving" ? -along(simulation.better, draw) : along(simulation.worse, draw);
    let swing = swings.sd * draw();
    const totals = Array.from({ length: sessions }, (__, week) => {
      if (week > 0) swing = swings.autocorrelation * swing + fresh * draw();
      const trend = sessions > 1 ? (change * Math.log(week + 1)) / Math.log(sessions) : 0;
      return Math.min(high, Math.max(low, Math.round(from + trend + swing + error * draw())));
    });
    return { truth, totals };
  });
}

function truthOf(index: number, improving: number, deteriorating: number): TrueCourse {
  if (index < improving) return "improving";
  return index < improving + deteriorating ? "deteriorating" : "unchanged";
}

/** A change that goes the way it is named. */
function along({ mean, sd }: { readonly mean: number; readonly sd: number }, draw: () => number): number {
  return Math.max(0, mean + sd * draw());
}

/** How many clients who truly do so were flagged by a session. */
export interface Flagged {
  readonly clients: number;
  /** By the rule of reliable deterioration. */
  readonly worse: number;
  /** By any warning. */
  readonly any: number;
}

const firstDay: IsoDate = "2026-01-05";

/** The days of weekly sessions. */
const weekly = (sessions: number): IsoDate[] => Array.from({ length: sessions }, (_, week) => addWeeks(firstDay, week));
const held = (dates: readonly IsoDate[]) => dates.map((date) => ({ date, attendance: "attended" as const }));

/** Simulated courses as a practice would have them in its charts. */
export function asPastCourses(courses: readonly SimulatedCourse[]): readonly PastCourse[] {
  return courses.map(({ totals }) => {
    const dates = weekly(totals.length);
    return { scores: totals.map((total, i) => ({ date: dates[i] ?? firstDay, total })), sessions: held(dates) };
  });
}

/**
 * Holds simulated courses against the rules, score by score up to a session, as they would be when each is entered. `threshold` scales the measure's
 * threshold of reliable change: 0.5 flags at half of it.
 *
 * @param expectedCourse a table that they are held against as well.
 */
export function flaggedBySession(
  measure: Measure,
  courses: readonly SimulatedCourse[],
  session: number,
  threshold: number,
  expectedCourse: ExpectedCourse | null = null,
): Readonly<Record<TrueCourse, Flagged>> {
  const scaled: Measure =
    measure.reliableChange === undefined
      ? measure
      : { ...measure, reliableChange: { ...measure.reliableChange, points: measure.reliableChange.points * threshold } };
  const dates = weekly(session);
  const sessions = held(dates);
  const counts: Record<TrueCourse, { clients: number; worse: number; any: number }> = {
    improving: { clients: 0, worse: 0, any: 0 },
    unchanged: { clients: 0, worse: 0, any: 0 },
    deteriorating: { clients: 0, worse: 0, any: 0 },
  };
  for (const { truth, totals } of courses) {
    const scores = totals.slice(0, session).map((total, i) => ({ date: dates[i] ?? firstDay, total }));
    const states = scores.map((_, i) => courseOf(scaled, scores.slice(0, i + 1), { expectedCourse, sessions }).state);
    const count = counts[truth];
    count.clients += 1;
    if (states.includes("deteriorated")) count.worse += 1;
    if (states.some((state) => state === "deteriorated" || state === "no-progress" || state === "little-progress")) count.any += 1;
  }
  return counts;
}
