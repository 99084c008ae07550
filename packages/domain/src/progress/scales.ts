import { daysBetween, type IsoDate } from "../calendar/date.ts";
import type { Measure } from "../measures/measure.ts";
import type { Span } from "./progress.ts";

/** From which value to which the axis of a measure runs. */
export type Values = readonly [low: number, high: number];

/**
 * A measure with bands is shown over its whole range, so that they keep their meaning. Others, such as a count that may go to a thousand, over what
 * `shown` needs, from the lowest score up.
 */
export function axisOf({ bands, scoring }: Measure, shown: readonly number[]): Values {
  const [low, high] = scoring.range;
  if (bands.length > 0) return [low, high];
  const needed = low + Math.max(0, ...shown.map((value) => value - low)) * 1.1;
  const step = stepFor(needed - low);
  const top = low + Math.max(1, Math.ceil((needed - low) / step)) * step;
  return [low, top < low + (high - low) * 0.6 ? top : high];
}

/** 1, 2 or 5 times a power of ten, so that about five steps make up the length. */
function stepFor(length: number): number {
  const rough = Math.max(length, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((times) => times * power >= rough - 1e-12) ?? 10) * power;
}

/** The values that the axis names: where bands begin, or even steps; none closer to another than `apart` of the axis. */
export function ticksOf({ bands }: Measure, [low, high]: Values, apart: number): number[] {
  const step = stepFor(high - low);
  const even = Array.from({ length: Math.floor((high - low) / step + 1e-9) + 1 }, (_, index) => Number((low + index * step).toFixed(6)));
  const wanted = bands.length > 0 ? bands.map(({ from }) => from).filter((from) => from > low && from < high) : even;
  const kept: number[] = [low];
  for (const tick of wanted.toSorted((a, b) => a - b))
    if (tick - (kept.at(-1) ?? low) >= apart * (high - low) && (high - tick >= apart * (high - low) || tick === high)) kept.push(tick);
  if (kept.at(-1) !== high) kept.push(high);
  return kept;
}

/** Two scores of one day stand beside each other by as much. */
const besides = 20;

/** Where days stand from left to right. */
export interface Across {
  /** A day within the span, in proportion. */
  readonly of: (date: IsoDate) => number;
  readonly shows: (date: IsoDate) => boolean;
}

export function acrossOf({ from, to }: Span, left: number, right: number): Across {
  const days = daysBetween(from, to);
  return {
    of: (date) => (days === 0 ? (left + right) / 2 : left + (daysBetween(from, date) / days) * (right - left)),
    shows: (date) => date >= from && date <= to,
  };
}

/** Where scores stand: on their day, but none on top of another of the same day, in their order, and within the frame. `dates` are oldest first. */
export function spread(dates: readonly IsoDate[], across: Across, left: number, right: number): number[] {
  const step = dates.length > 1 ? Math.min(besides, (right - left) / (dates.length - 1)) : 0;
  if (new Set(dates).size === 1) {
    const middle = Math.min(
      right - ((dates.length - 1) / 2) * step,
      Math.max(left + ((dates.length - 1) / 2) * step, across.of(dates[0] ?? "")),
    );
    return dates.map((_, index) => middle + (index - (dates.length - 1) / 2) * step);
  }
  const apart = (index: number) => (dates[index] === dates[index - 1] ? step : Math.min(step, 1));
  const places = dates.map((date) => across.of(date));
  for (let index = 1; index < places.length; index += 1)
    places[index] = Math.max(places[index] ?? 0, (places[index - 1] ?? 0) + apart(index));
  // What has left the frame by that moves back.
  let limit = right;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    places[index] = Math.min(places[index] ?? 0, limit);
    limit = (places[index] ?? 0) - apart(index);
  }
  return places;
}
