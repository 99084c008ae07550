import { daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import { type SessionRecord, tookPlace } from "../course/session.ts";
import type { Measure } from "./measure.ts";
import type { ExpectedCourse, ExpectedPoint } from "./measure-setting.ts";

/** A score on a day. */
interface Scored {
  readonly date: IsoDate;
  readonly total: number;
}

/** What a course is held against beside the measure's own thresholds. */
export interface Expectation {
  /** The practice's table for this measure, where it has one. */
  readonly expectedCourse: ExpectedCourse | null;
  /** The client's sessions as far as they are recorded. */
  readonly sessions: readonly Pick<SessionRecord, "date" | "attendance">[];
}

export const noExpectation: Expectation = { expectedCourse: null, sessions: [] };

/** The number of a session, and what it was counted by. */
export interface SessionNumber {
  readonly number: number;
  readonly countedBy: "sessions" | "weeks";
}

/**
 * The number of the session that a day stands for, from 1, counted from the day of the first score. Where sessions are recorded: those that took place
 * from the first score's day up to this one, and at least 1. Where none is: the weeks since then and one more, as if therapy were weekly.
 */
export function sessionNumber(
  start: IsoDate,
  day: IsoDate,
  sessions: readonly Pick<SessionRecord, "date" | "attendance">[],
): SessionNumber {
  const held = sessions.filter(({ date, attendance }) => tookPlace(attendance) && date >= start && date <= day).length;
  if (held > 0) return { number: held, countedBy: "sessions" };
  return { number: Math.max(1, Math.floor(daysBetween(start, day) / 7) + 1), countedBy: "weeks" };
}

/** The smallest step between two totals: whole points, or the hundredth that means are rounded to. */
export function totalStep({ scoring }: Measure): number {
  return scoring.method === "mean" || scoring.method === "attainment" ? 0.01 : 1;
}

/**
 * The line of the table for somebody who started with this score, at this session; `null` where the table says nothing of it. A first score between two
 * ranges that lie side by side (a half point) belongs to the lower one. Beyond its last session a table says nothing: those who are still in therapy then
 * are others than those it was made of.
 */
export function expectedAt({ points }: ExpectedCourse, firstScore: number, session: number): ExpectedPoint | null {
  const here = points.filter((point) => point.session === session).toSorted((a, b) => a.startFrom - b.startFrom);
  const at = here.findLastIndex(({ startFrom }) => startFrom <= firstScore);
  const found = here[at];
  if (found === undefined || firstScore <= found.startTo) return found ?? null;
  const next = here[at + 1];
  return next !== undefined && next.startFrom - found.startTo <= 1 ? found : null;
}

/** The source of a table in words, with how many courses it rests on and its date. */
export function expectedCourseSource({ from, source, courses, date }: ExpectedCourse): string {
  const whose = from === "computed" ? "Worked out of your practice's own courses" : "Your practice's own table";
  const many = courses === null ? "number of courses not stated" : `${courses} ${courses === 1 ? "course" : "courses"}`;
  return `${whose}: ${source} (${many}, ${formatDate(date)})`;
}

/** Something wrong with one line of a table; `index` counts its lines from 0. */
export interface ExpectedCourseFault {
  readonly index: number;
  readonly message: string;
}

/**
 * What keeps a table from being used: scores that the measure does not have, a bound on the wrong side, ranges of first scores that overlap or leave
 * some out, and sessions that are missing in between. A table need not cover every first score: it may be for people in the clinical range alone.
 * Nor has one that was worked out here to be without gaps: where there were too few courses it says nothing.
 */
export function expectedCourseFaults(
  measure: Measure,
  { from, points }: Pick<ExpectedCourse, "from" | "points">,
): readonly ExpectedCourseFault[] {
  const faults = points.flatMap((point, index) => {
    const message = whyPointIsWrong(measure, point);
    return message === null ? [] : [{ index, message }];
  });
  if (faults.length > 0) return faults;
  return [...rangeFaults(points, from === "loaded" ? totalStep(measure) : null), ...sessionFaults(points)].toSorted(
    (a, b) => a.index - b.index,
  );
}

/** What is wrong with one line by itself; `null` where nothing is. */
export function whyPointIsWrong(measure: Measure, point: ExpectedPoint): string | null {
  const [low, high] = measure.scoring.range;
  const outside = [point.startFrom, point.startTo, point.expected, point.bound].find((score) => score < low || score > high);
  if (outside !== undefined) return `${outside} is no score of the ${measure.name}, which goes from ${low} to ${high}.`;
  if (point.startFrom > point.startTo) return `The first scores go from ${point.startFrom} to ${point.startTo}: write the lower one first.`;
  const { higherIs } = measure.scoring;
  if (higherIs === "worse" ? point.bound < point.expected : point.bound > point.expected)
    return `The bound ${point.bound} is better than the expected score ${point.expected}. The bound is the worst score that is still on track${
      higherIs === "worse" ? ", so it is the same or higher" : "; higher is better here, so it is the same or lower"
    }.`;
  return null;
}

/**
 * Whether the ranges of first scores lie side by side.
 *
 * @param step from one total to the next; `null` where gaps are no fault.
 */
function rangeFaults(points: readonly ExpectedPoint[], step: number | null): ExpectedCourseFault[] {
  const ranges = new Map<string, { readonly from: number; readonly to: number; readonly index: number }>();
  for (const [index, { startFrom, startTo }] of points.entries())
    if (!ranges.has(rangeWords(startFrom, startTo))) ranges.set(rangeWords(startFrom, startTo), { from: startFrom, to: startTo, index });
  const sorted = [...ranges.values()].toSorted((a, b) => a.from - b.from || a.to - b.to);
  return sorted.flatMap(({ from, to, index }, i): ExpectedCourseFault[] => {
    const before = sorted[i - 1];
    if (before === undefined) return [];
    if (from <= before.to)
      return [{ index, message: `First scores ${rangeWords(from, to)} overlap with ${rangeWords(before.from, before.to)}.` }];
    // A hundredth is not a whole binary number.
    if (step !== null && from - before.to > step * 1.01)
      return [{ index, message: `There is a gap: no line is about first scores between ${before.to} and ${from}.` }];
    return [];
  });
}

/** For each range of first scores, whether the sessions follow each other. */
function sessionFaults(points: readonly ExpectedPoint[]): ExpectedCourseFault[] {
  const byRange = new Map<string, { readonly session: number; readonly index: number }[]>();
  for (const [index, { startFrom, startTo, session }] of points.entries()) {
    const range = rangeWords(startFrom, startTo);
    byRange.set(range, [...(byRange.get(range) ?? []), { session, index }]);
  }
  return [...byRange].flatMap(([range, ofRange]) => {
    const sorted = ofRange.toSorted((a, b) => a.session - b.session);
    return sorted.flatMap(({ session, index }, i): ExpectedCourseFault[] => {
      const before = sorted[i - 1]?.session;
      if (before === undefined || session === before + 1) return [];
      if (session === before) return [{ index, message: `Session ${session} stands twice for first scores ${range}.` }];
      const missing = session === before + 2 ? `Session ${before + 1} is missing` : `Sessions ${before + 1} to ${session - 1} are missing`;
      return [{ index, message: `${missing} for first scores ${range}.` }];
    });
  });
}

const rangeWords = (from: number, to: number): string => `${from} to ${to}`;

/** From so many courses on a table is worked out of them. */
export const neededCourses = 200;
/** A cell that rests on fewer courses is left out: its numbers would be chance, and might speak of somebody. */
export const neededInCell = 20;
/** The share of courses that was as good as the bound or better. One in five of those before was worse. */
const withinBound = 0.8;

/** One client's scores and sessions on one measure. */
export interface PastCourse {
  /** Those that count, oldest first. */
  readonly scores: readonly Scored[];
  readonly sessions: readonly Pick<SessionRecord, "date" | "attendance">[];
}

export interface ComputedCell extends ExpectedPoint {
  /** How many courses it rests on. */
  readonly courses: number;
}

/** An expected course that the practice may take over, with what it rests on. */
export interface ExpectedCourseOffer {
  /** Courses there are; fewer than `neededCourses` give no table. */
  readonly courses: number;
  readonly needed: number;
  /** `null` where there are too few courses. */
  readonly offered: { readonly expectedCourse: ExpectedCourse; readonly cells: readonly ComputedCell[] } | null;
}

/**
 * Works an expected course out of the practice's own courses: quantile bands by severity at the start. A course is a client's scores on the measure with at
 * least three administrations, the first of which is the start; nothing is offered below 200 of them.
 *
 * - Rows: the measure's severity bands, by the first score; without bands the two sides of its cutoff; without either all of them together.
 * - Columns: sessions (`sessionNumber`). Between two scores of a client a straight line stands for the sessions without one; after the last score
 *   nothing does.
 * - Expected: the median. Bound: the score that four of five were at or better than, so that at each session one in five of those before was worse.
 *   Session 1 is the start itself, and its bound is the worst score of the band.
 * - A cell needs 20 courses; a row ends with the session before the first one that has fewer.
 * - Smoothed only so far that neither line gets worse from one session to the next (isotonic regression, weighted by the number of courses).
 *
 * It is a description and not a norm: who comes for longer differs from who has stopped, so later sessions tell of those who were still coming.
 */
export function expectedCourseFrom(courses: readonly PastCourse[], measure: Measure, today: IsoDate): ExpectedCourseOffer {
  const usable = courses.filter(({ scores }) => scores.length >= 3);
  if (usable.length < neededCourses) return { courses: usable.length, needed: neededCourses, offered: null };
  const traces = usable.map(traceOf);
  const cells = startRanges(measure).flatMap(([from, to]) =>
    rowOf(
      measure,
      [from, to],
      traces.filter(({ start }) => start >= from && start <= to),
    ),
  );
  if (cells.length === 0) return { courses: usable.length, needed: neededCourses, offered: null };
  return {
    courses: usable.length,
    needed: neededCourses,
    offered: {
      cells,
      expectedCourse: {
        source: "median of earlier courses, and the score that four of five were at or better than",
        from: "computed",
        courses: usable.length,
        date: today,
        points: cells.map(({ courses: _, ...point }) => point),
      },
    },
  };
}

/** The score of a course at each session from the first to its last. */
interface Trace {
  readonly start: number;
  readonly atSession: readonly number[];
}

function traceOf({ scores, sessions }: PastCourse): Trace {
  const start = scores[0]?.date ?? "";
  const known = new Map<number, number>();
  // Of several scores at one session the last counts; the first score stays the start.
  for (const { date, total } of scores) {
    const { number } = sessionNumber(start, date, sessions);
    if (number > 1 || known.size === 0) known.set(number, total);
  }
  const stops = [...known].toSorted(([a], [b]) => a - b);
  const atSession: number[] = [];
  for (const [i, [session, total]] of stops.entries()) {
    const [before, totalBefore] = stops[i - 1] ?? [session, total];
    for (let between = before + 1; between < session; between += 1)
      atSession.push(totalBefore + ((total - totalBefore) * (between - before)) / (session - before));
    atSession.push(total);
  }
  return { start: scores[0]?.total ?? 0, atSession };
}

function startRanges(measure: Measure): readonly (readonly [number, number])[] {
  const [low, high] = measure.scoring.range;
  if (measure.bands.length > 0) return measure.bands.map(({ from, to }) => [from, to] as const).toSorted(([a], [b]) => a - b);
  if (measure.cutoff === undefined) return [[low, high]];
  const { atLeast } = measure.cutoff;
  return [
    [low, atLeast - totalStep(measure)],
    [atLeast, high],
  ];
}

/** The longest table that there is room for. */
const lastSession = 60;

function rowOf(measure: Measure, [from, to]: readonly [number, number], traces: readonly Trace[]): ComputedCell[] {
  const worse = measure.scoring.higherIs === "worse";
  const cells: ComputedCell[] = [];
  for (let session = 1; session <= lastSession; session += 1) {
    const scores = traces.flatMap(({ atSession }) => atSession[session - 1] ?? []).toSorted((a, b) => a - b);
    if (scores.length < neededInCell) break;
    const atBound = worse ? quantile(scores, withinBound) : quantile(scores, 1 - withinBound);
    const bound = session === 1 ? (worse ? to : from) : atBound;
    cells.push({ startFrom: from, startTo: to, session, expected: quantile(scores, 0.5), bound, courses: scores.length });
  }
  const expected = smoothed(cells, "expected", worse);
  // The bound of the start is a convention, and does not hold up the ones after it.
  const bounds = [cells[0]?.bound ?? 0, ...smoothed(cells.slice(1), "bound", worse)];
  return cells.map((cell, i) => {
    const middle = tenth(expected[i] ?? cell.expected);
    const bound = tenth(bounds[i] ?? cell.bound);
    return { ...cell, expected: middle, bound: worse ? Math.max(bound, middle) : Math.min(bound, middle) };
  });
}

/** A line of a row such that it never gets worse. */
function smoothed(cells: readonly ComputedCell[], line: "expected" | "bound", worse: boolean): number[] {
  const weights = cells.map(({ courses }) => courses);
  const values = cells.map((cell) => cell[line]);
  return worse ? neverRising(values, weights) : neverRising(values.map(negative), weights).map(negative);
}

const negative = (value: number): number => -value;
const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;

/** The quantile of sorted numbers, between two of them in proportion (Hyndman and Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** The sequence nearest to `values`, by weighted squares, that never rises: neighbors that do are pooled (pool-adjacent-violators). */
function neverRising(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { value: number; weight: number; length: number }[] = [];
  for (const [i, value] of values.entries()) {
    let pool = { value, weight: weights[i] ?? 1, length: 1 };
    for (let before = pools.at(-1); before !== undefined && before.value < pool.value; before = pools.at(-1)) {
      pools.pop();
      const weight = before.weight + pool.weight;
      pool = { value: (before.value * before.weight + pool.value * pool.weight) / weight, weight, length: before.length + pool.length };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ value, length }) => Array.from({ length }, () => value));
}
