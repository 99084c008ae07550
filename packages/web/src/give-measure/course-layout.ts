import { daysBetween, formatDate } from "@trellis/domain/calendar/date";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ScorePoint } from "./score-words.ts";

/** The chart's own units: it is drawn at this size and scaled to the screen. */
export const frame = { width: 820, height: 320, left: 44, right: 132, top: 16, bottom: 40 } as const;

const plotLeft = frame.left + 12;
const plotRight = frame.width - frame.right - 12;
/** Two scores of one day stand beside each other. */
const closest = 20;
/** From this distance on, each score has room for its number. */
const numberRoom = 26;
const dateRoom = 150;
const cutoffRoom = 64;

interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface CoursePoint extends Spot {
  readonly id: string;
  readonly total: number;
  /** Where the number stands; `null` where there is no room for it. */
  readonly number: Spot | null;
}

export interface CourseLayout {
  readonly points: readonly CoursePoint[];
  readonly dates: readonly {
    readonly date: string;
    readonly x: number;
    readonly words: string;
    readonly anchor: "start" | "middle" | "end";
  }[];
  /** The line of the cutoff, and where its words stand: away from the scores, as far as can be. */
  readonly cutoff: { readonly y: number; readonly label: Spot } | null;
}

/** The height of a value, kept inside the frame. */
export function heightOf(measure: Measure, value: number): number {
  const [low, high] = measure.scoring.range;
  const y = frame.top + ((high - value) / (high - low)) * (frame.height - frame.top - frame.bottom);
  return Math.min(frame.height - frame.bottom, Math.max(frame.top, y));
}

/** Where everything of a measure's course stands. `series` is oldest first. */
export function layOutCourse(measure: Measure, series: readonly ScorePoint[]): CourseLayout {
  const across = spread(series.map(({ date }) => date));
  const spots = series.map(({ total }, index): Spot => ({ x: across[index] ?? plotLeft, y: heightOf(measure, total) }));
  const points = series.map(({ id, total }, index): CoursePoint => {
    const spot = spots[index] ?? { x: plotLeft, y: frame.top };
    return { ...spot, id, total, number: hasNumber(across, index) ? numberSpot(spots, index) : null };
  });
  const cutoff = measure.cutoff === undefined ? null : heightOf(measure, measure.cutoff.atLeast - 0.5);
  return {
    points,
    dates: dateLabels(series, across),
    cutoff: cutoff === null ? null : { y: cutoff, label: cutoffLabel(cutoff, points) },
  };
}

/** Days become places from left to right: in proportion, but never one on top of another. */
function spread(dates: readonly string[]): number[] {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const room = plotRight - plotLeft;
  const days = daysBetween(first, last);
  const step = dates.length > 1 ? Math.min(closest, room / (dates.length - 1)) : 0;
  if (days === 0) return dates.map((_, index) => (plotLeft + plotRight) / 2 + (index - (dates.length - 1) / 2) * step);
  const across = dates.map((date) => plotLeft + (daysBetween(first, date) / days) * room);
  // Those too close move to the right, and what leaves the frame by that moves back.
  for (let index = 1; index < across.length; index += 1) across[index] = Math.max(across[index] ?? 0, (across[index - 1] ?? 0) + step);
  let limit = plotRight;
  for (let index = across.length - 1; index >= 0; index -= 1) {
    across[index] = Math.min(across[index] ?? 0, limit);
    limit = (across[index] ?? 0) - step;
  }
  return across;
}

/** First and last have their number always, the others where their neighbors leave room. */
function hasNumber(across: readonly number[], index: number): boolean {
  if (index === 0 || index === across.length - 1) return true;
  const [before, here, after] = [across[index - 1] ?? 0, across[index] ?? 0, across[index + 1] ?? 0];
  return here - before >= numberRoom && after - here >= numberRoom;
}

/** Above the score, or below it where the line comes from above. */
function numberSpot(spots: readonly Spot[], index: number): Spot {
  const { x, y } = spots[index] ?? { x: 0, y: 0 };
  const around = [spots[index - 1]?.y, spots[index + 1]?.y].filter((other) => other !== undefined);
  const valley = around.length > 0 && around.every((other) => other < y);
  const below = y + 21;
  const above = y - 11;
  const goesBelow = (valley && below < frame.height - frame.bottom) || above < frame.top + 8;
  return { x, y: goesBelow ? below : above };
}

function dateLabels(series: readonly ScorePoint[], across: readonly number[]): CourseLayout["dates"] {
  const last = series.length - 1;
  const end = across[last] ?? plotRight;
  const dates: { date: string; x: number; words: string; anchor: "start" | "middle" | "end" }[] = [];
  for (const [index, { date }] of series.entries()) {
    const x = across[index] ?? plotLeft;
    const before = dates.at(-1);
    if (before?.date === date) continue;
    if (before !== undefined && (x - before.x < dateRoom || (date !== series[last]?.date && end - x < dateRoom))) continue;
    dates.push({
      date,
      x,
      words: formatDate(date),
      anchor: before === undefined ? "start" : date === series[last]?.date ? "end" : "middle",
    });
  }
  const [only] = dates;
  return dates.length === 1 && only !== undefined && series[last]?.date === only.date
    ? [{ ...only, x: (only.x + end) / 2, anchor: "middle" }]
    : dates;
}

/** Of some places along the line, the one that the scores, their numbers and the line between them leave freest. */
function cutoffLabel(line: number, points: readonly CoursePoint[]): Spot {
  const y = line - 6;
  const middle = y - 4;
  const freedom = (from: number): number => {
    const to = from + cutoffRoom;
    let free = Number.POSITIVE_INFINITY;
    for (const [index, point] of points.entries()) {
      const next = points[index + 1];
      for (const spot of [point, ...(point.number === null ? [] : [{ ...point.number, y: point.number.y - 5 }])])
        if (spot.x > from - 14 && spot.x < to + 14) free = Math.min(free, Math.abs(spot.y - middle));
      if (next === undefined || next.x === point.x) continue;
      for (const x of [from, (from + to) / 2, to])
        if (x >= point.x && x <= next.x)
          free = Math.min(free, Math.abs(point.y + ((x - point.x) / (next.x - point.x)) * (next.y - point.y) - middle));
    }
    // More than a line's height apart is as good as far away, and what is looked for is at the left.
    return Math.min(free, 24);
  };
  let best = frame.left + 6;
  for (let from = best; from + cutoffRoom <= frame.width - frame.right; from += 45) if (freedom(from) > freedom(best)) best = from;
  return { x: best, y };
}
