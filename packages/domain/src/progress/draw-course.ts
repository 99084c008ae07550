import { formatDate } from "../calendar/date.ts";
import { tookPlace } from "../course/session.ts";
import type { Band, Measure } from "../measures/measure.ts";
import { isCase } from "../measures/score.ts";
import { type CourseFrame, eventLetter, ink } from "./course-frame.ts";
import { legendOf } from "./course-legend.ts";
import { area, dot, fitting, line, type Picture, type Shape, type Spot, widthOf, words } from "./picture.ts";
import type { MeasureProgress } from "./progress.ts";
import { courseInWords, measureTitle } from "./progress-words.ts";
import { type Across, acrossOf, axisOf, spread, ticksOf, type Values } from "./scales.ts";

/** Darker with severity, so that they are told apart in grey as well; each has its name beside it. */
const shades = ["#f6faf8", "#f5ebcd", "#ecdcae", "#e9c3b0", "#d9a28e"] as const;
const shadeOf: Record<Band["severity"], number> = { none: 0, mild: 1, moderate: 2, severe: 3 };

/** Of two severe bands the worse one is darker still. */
function bandFill({ bands: all, scoring }: Measure, band: Band): string {
  const milder = all.filter(
    ({ severity, from }) =>
      severity === "severe" && band.severity === "severe" && (scoring.higherIs === "worse" ? from < band.from : from > band.from),
  );
  return shades[shadeOf[band.severity] + Math.min(1, milder.length)] ?? shades[0];
}

/** The plot within a frame, and where values and days stand in it. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly across: Across;
  readonly y: (value: number) => number;
  readonly axis: Values;
}

/** From this distance on, each score has room for its number, and below the other no dot can be told from the next. */
const numberRoom = 26;
const dotRoom = 4.5;

/** A measure's course as a picture. `progress` has at least one score. */
export function drawCourse(progress: MeasureProgress, frame: CourseFrame): Picture {
  const plot = plotOf(progress, frame);
  const places = spread(
    progress.scores.map(({ date }) => date),
    plot.across,
    plot.left + 8,
    plot.right - 8,
  );
  const spots = progress.scores.map(({ total }, index): Spot => [places[index] ?? plot.left, plot.y(total)]);
  const numbers = spots.map((_, index) => (hasNumber(places, index) ? numberSpot(spots, index, plot, frame.text) : null));
  const taken = [...spots, ...numbers.flatMap((spot): Spot[] => (spot === null ? [] : [[spot[0], spot[1] - frame.text * 0.4]]))];
  const legend = legendOf(progress, frame);
  return {
    width: frame.width,
    height: frame.height + legend.height,
    title: measureTitle(progress.measure),
    words: courseInWords(progress, frame.audience),
    shapes: [
      ...bands(progress.measure, plot, frame),
      ...expectedCourse(progress, plot),
      ...axes(progress, plot, frame),
      ...marks(progress, plot, frame),
      ...courseLine(progress, spots),
      ...levels(progress, plot, frame, spots, taken),
      ...dots(progress, spots),
      ...progress.scores.flatMap(({ total }, index): Shape[] => {
        const at = numbers[index] ?? null;
        return at === null ? [] : [words(at, String(total), { anchor: "middle", size: frame.text + 1, bold: true, halo: true })];
      }),
      ...legend.shapes(frame.height),
    ],
  };
}

function plotOf(progress: MeasureProgress, { width, height, span, text }: CourseFrame): Plot {
  const { measure, scores, target, expected } = progress;
  const shown = [...scores.map(({ total }) => total), ...expected.flatMap((point) => [point.expected, point.bound])];
  const axis = axisOf(measure, [
    ...shown,
    ...(target === null ? [] : [target]),
    ...(measure.cutoff === undefined ? [] : [measure.cutoff.atLeast]),
  ]);
  const names = measure.bands.flatMap(({ name }) => nameLines(name).map((part) => widthOf(part, text - 1)));
  const ticks = axis.map((tick) => widthOf(String(tick), text));
  // As wide as most measures need at least, so that a day stands in the same place in each of several pictures.
  const left = Math.ceil(Math.max(widthOf("27", text), ...ticks)) + 14;
  const right = width - Math.ceil(Math.max(widthOf("moderately", text - 1), ...names)) - 10;
  const top = text * 1.9;
  const bottom = height - text * (progress.sessions.length > 0 ? 3 : 2);
  const [low, high] = axis;
  return {
    left,
    right,
    top,
    bottom,
    axis,
    across: acrossOf(span, left + 8, right - 8),
    y: (value) => Math.min(bottom, Math.max(top, top + ((high - value) / (high - low)) * (bottom - top))),
  };
}

/** A long name of a band in two lines. */
function nameLines(name: string): readonly string[] {
  if (name.length <= 10 || !name.includes(" ")) return [name];
  const parts = name.split(" ");
  const half = Math.ceil(parts.length / 2);
  return [parts.slice(0, half).join(" "), parts.slice(half).join(" ")];
}

function bands(measure: Measure, { left, right, top, bottom, y, axis }: Plot, { text }: CourseFrame): Shape[] {
  // Bands are written in whole points: the border lies half a point below the next one.
  const half = measure.bands.every(({ from }) => Number.isInteger(from)) && axis[1] - axis[0] > 4 ? 0.5 : 0;
  return measure.bands.flatMap((band, index): Shape[] => {
    const { from, to, name } = band;
    const next = measure.bands[index + 1];
    const upper = next === undefined ? y(Math.max(to, axis[1])) : y(next.from - half);
    const lower = index === 0 ? y(Math.min(from, axis[0])) : y(from - half);
    if (lower - upper < 0.5) return [];
    const lines = lower - upper >= 2.3 * text ? nameLines(name) : [name];
    const middle = (upper + lower) / 2 + text * 0.35 - ((lines.length - 1) * text * 1.1) / 2;
    return [
      area(
        [
          [left, upper],
          [right, upper],
          [right, lower],
          [left, lower],
        ],
        bandFill(measure, band),
      ),
      ...(upper > top + 1
        ? [
            line(
              [
                [left, upper],
                [right, upper],
              ],
              ink.faint,
              0.75,
            ),
          ]
        : []),
      ...(lower - upper >= text * 0.9 && lower <= bottom + 1
        ? lines.map((part, row) => words([right + 7, middle + row * text * 1.1], part, { size: text - 1, fill: ink.soft }))
        : []),
    ];
  });
}

/** Between what is expected and the worst score still on track: hatched, so that it is seen in grey and over any band. */
function expectedCourse({ expected }: MeasureProgress, plot: Plot): Shape[] {
  const shown = withinSpan(expected, plot);
  if (shown.length < 2) return [];
  const upper = shown.map(({ x, expected: value }): Spot => [x, plot.y(value)]);
  const lower = shown.map(({ x, bound }): Spot => [x, plot.y(bound)]);
  const hatches: Shape[] = [];
  const end = upper.at(-1)?.[0] ?? 0;
  for (let x = (upper[0]?.[0] ?? 0) + 4; x < end; x += 7)
    hatches.push(
      line(
        [
          [x, heightAt(upper, x)],
          [x, heightAt(lower, x)],
        ],
        "#47627a66",
        1,
      ),
    );
  return [...hatches, line(upper, "#47627a", 1.25, [1.5, 3]), line(lower, "#47627a", 1.25)];
}

/** The expected course as far as the picture goes, with its value on the last day worked out between two sessions. */
function withinSpan(expected: MeasureProgress["expected"], plot: Plot) {
  const placed = expected.map((point) => ({ ...point, x: plot.across.of(point.date) }));
  const end = plot.right;
  const inside = placed.filter(({ x }) => x <= end);
  const [before, after] = [inside.at(-1), placed.find(({ x }) => x > end)];
  if (before === undefined || after === undefined || before.x === after.x) return inside;
  const share = (end - before.x) / (after.x - before.x);
  const at = (from: number, to: number) => from + share * (to - from);
  return [...inside, { ...after, x: end, expected: at(before.expected, after.expected), bound: at(before.bound, after.bound) }];
}

/** The height of a line at a place; `points` run from left to right. */
export function heightAt(points: readonly Spot[], x: number): number {
  for (const [index, [toX, toY]] of points.entries()) {
    if (toX < x) continue;
    const [fromX, fromY] = points[index - 1] ?? [toX, toY];
    return toX === fromX ? toY : fromY + ((x - fromX) / (toX - fromX)) * (toY - fromY);
  }
  return points.at(-1)?.[1] ?? 0;
}

function axes({ measure, scores }: MeasureProgress, plot: Plot, { text, height, span }: CourseFrame): Shape[] {
  const { left, right, top, bottom, y, axis, across } = plot;
  const ticks = ticksOf(measure, axis, (text * 1.25) / (bottom - top));
  const days: {
    readonly date: string;
    readonly x: number;
    readonly anchor: "start" | "middle" | "end";
    readonly from: number;
    readonly to: number;
  }[] = [];
  const last = scores.at(-1)?.date ?? span.to;
  for (const date of new Set([span.from, last, ...scores.map((score) => score.date)])) {
    if (!across.shows(date)) continue;
    const x = across.of(date);
    if (days.some((other) => x > other.from && x < other.to)) continue;
    const wide = widthOf(formatDate(date), text - 0.5);
    const middle = Math.max(4, Math.min(right + 20 - wide, x - wide / 2));
    const anchor = middle > x - wide / 2 ? "start" : middle < x - wide / 2 ? "end" : "middle";
    // Under their score; at the edges as far under it as there is room.
    if (days.every((other) => middle > other.to + 10 || middle + wide < other.from - 10))
      days.push({ date, x: anchor === "start" ? middle : anchor === "end" ? middle + wide : x, anchor, from: middle, to: middle + wide });
  }
  return [
    line(
      [
        [left, bottom],
        [right, bottom],
      ],
      ink.rule,
      1,
    ),
    ...ticks.flatMap((tick) => [
      line(
        [
          [left - 4, y(tick)],
          [left, y(tick)],
        ],
        ink.rule,
        1,
      ),
      words([left - 7, y(tick) + text * 0.35], String(tick), { anchor: "end", size: text, fill: ink.soft }),
    ]),
    ...days.map(({ x, date, anchor }) => words([x, height - text * 0.5], formatDate(date), { anchor, size: text - 0.5, fill: ink.soft })),
  ];
}

/** Plans, events and sessions: above and below the scores, so that they cover none. */
function marks({ sessions, events, plans }: MeasureProgress, plot: Plot, { text }: CourseFrame): Shape[] {
  const { top, bottom, across } = plot;
  const upright = (x: number, dash: readonly number[]) =>
    line(
      [
        [x, top - 4],
        [x, bottom],
      ],
      ink.soft,
      1,
      dash,
    );
  let free = 0;
  const heads = [
    ...plans.map(({ date, revision }) => ({ date, says: `plan ${revision}`, dash: [] as readonly number[] })),
    ...events.map(({ date }, index) => ({ date, says: eventLetter(index), dash: [1, 3] })),
  ]
    .filter(({ date }) => across.shows(date))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .flatMap(({ date, says, dash }): Shape[] => {
      const x = across.of(date);
      const half = widthOf(says, text - 1) / 2;
      const at = Math.min(plot.right + 8 - half, Math.max(x, free + half));
      free = at + half + 4;
      return [upright(x, dash), words([at, top - 8], says, { anchor: "middle", size: text - 1, bold: dash.length > 0, fill: ink.soft })];
    });
  const row = bottom + text * 0.75;
  return [
    ...heads,
    ...sessions
      .filter(({ date }) => across.shows(date))
      .map(({ date, attendance }): Shape => {
        const x = across.of(date);
        return tookPlace(attendance)
          ? line(
              [
                [x, row - 4],
                [x, row + 4],
              ],
              ink.soft,
              2,
            )
          : dot([x, row], 3.2, "#ffffff", ink.soft, `${formatDate(date)}: session ${attendance}`);
      }),
  ];
}

/** The line from score to score; where the measure was missed it is broken into dashes. */
function courseLine({ scores, gaps }: MeasureProgress, spots: readonly Spot[]): Shape[] {
  const ends = new Set(gaps.map(({ to }) => to));
  const stretches: Spot[][] = [];
  const dashed: Shape[] = [];
  for (const [index, spot] of spots.entries()) {
    const before = spots[index - 1];
    const date = scores[index]?.date ?? "";
    const gap = before !== undefined && date !== scores[index - 1]?.date && ends.has(date);
    if (gap) dashed.push(line([before, spot], ink.line, 1.5, [2, 5]));
    if (before === undefined || gap) stretches.push([spot]);
    else stretches.at(-1)?.push(spot);
  }
  return [...dashed, ...stretches.filter(({ length }) => length > 1).map((stretch) => line(thinned(stretch), ink.line, 2.5))];
}

/** Of many scores in one column of the screen those that can be told apart: the first, the lowest, the highest and the last. */
export function thinned(points: readonly Spot[]): Spot[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length <= 2 * (last[0] - first[0])) return [...points];
  const kept: Spot[] = [];
  for (let from = 0; from < points.length; ) {
    const column = Math.floor(points[from]?.[0] ?? 0);
    let to = from;
    while (to < points.length && Math.floor(points[to]?.[0] ?? 0) === column) to++;
    const here = points.slice(from, to);
    const heights = here.map(([, y]) => y);
    const wanted = new Set([0, heights.indexOf(Math.min(...heights)), heights.indexOf(Math.max(...heights)), here.length - 1]);
    for (const [index, spot] of here.entries()) if (wanted.has(index)) kept.push(spot);
    from = to;
  }
  return kept;
}

/** Filled in the clinical range, hollow outside it; smaller where they stand close, and none where none could be told from the next. */
function dots({ measure, scores }: MeasureProgress, spots: readonly Spot[]): Shape[] {
  const room = ((spots.at(-1)?.[0] ?? 0) - (spots[0]?.[0] ?? 0)) / Math.max(1, spots.length - 1);
  const all = spots.length === 1 || room >= dotRoom;
  const r = spots.length === 1 ? 5.5 : Math.min(5.5, Math.max(2.5, room / 2.6));
  return scores.flatMap(({ date, total, band }, index): Shape[] => {
    const spot = spots[index];
    if (spot === undefined || !(all || index === 0 || index === scores.length - 1)) return [];
    const fill = isCase(measure, total) === false ? "#ffffff" : ink.line;
    return [dot(spot, r, fill, ink.line, `${formatDate(date)}: ${total}${band === "" ? "" : `, ${band}`}`)];
  });
}

/** Cutoff and target with their names, each in the place that the scores leave freest. */
function levels(
  { measure, target, plans, events }: MeasureProgress,
  plot: Plot,
  { text, audience }: CourseFrame,
  spots: readonly Spot[],
  taken: readonly Spot[],
): Shape[] {
  const { left, right, y } = plot;
  const worse = measure.scoring.higherIs === "worse";
  const drawn: Shape[] = [];
  const blocked = [...taken];
  const uprights = [...plans, ...events].map(({ date }) => plot.across.of(date));
  const level = (height: number, says: string, above: boolean, color: string, dash: readonly number[]): void => {
    const width = widthOf(says, text);
    const baseline = above ? height - 5 : height + text + 2;
    const x = freest({ from: left + 6, to: right - width - 4, width, middle: baseline - text * 0.35 }, spots, blocked, uprights);
    blocked.push([x + width / 4, baseline - text * 0.35], [x + (3 * width) / 4, baseline - text * 0.35]);
    drawn.push(
      line(
        [
          [left, height],
          [right, height],
        ],
        color,
        1.5,
        dash,
      ),
      words([x, baseline], says, { size: text, fill: color, halo: true }),
    );
  };
  const { cutoff } = measure;
  // A client reads the names of the bands; where there are none the line itself says what it is good for.
  if (cutoff !== undefined && (audience === "clinician" || measure.bands.length === 0))
    level(
      y(cutoff.atLeast - 0.5),
      audience === "clinician" ? `cutoff ${cutoff.atLeast}` : worse ? "good to be below" : "good to be above",
      worse,
      ink.cutoff,
      [7, 4],
    );
  if (target !== null) {
    const says = fitting(
      `${audience === "clinician" ? "target" : "your goal"}: ${target} or ${worse ? "less" : "more"}`,
      text,
      right - left - 12,
    );
    const height = y(target);
    // Below its line where there is room, away from the cutoff; at the edge on the other side.
    const above = worse ? height + text + 4 > plot.bottom : height - text - 6 > plot.top;
    level(height, says, above, ink.line, [9, 3, 2, 3]);
    drawn.push(
      area(
        [
          [left, height - 5],
          [left + 7, height],
          [left, height + 5],
        ],
        ink.line,
      ),
    );
  }
  return drawn;
}

/** Of some places along a line, the one where words stand freest of scores, their numbers and the course between them. */
function freest(
  { from, to, width, middle }: { readonly from: number; readonly to: number; readonly width: number; readonly middle: number },
  course: readonly Spot[],
  taken: readonly Spot[],
  uprights: readonly number[],
): number {
  const [start, end] = [course[0]?.[0] ?? 0, course.at(-1)?.[0] ?? 0];
  const freedom = (x: number): number => {
    let free = Number.POSITIVE_INFINITY;
    for (const [spotX, spotY] of taken) if (spotX > x - 14 && spotX < x + width + 14) free = Math.min(free, Math.abs(spotY - middle));
    for (const at of [x, x + width / 2, x + width])
      if (at >= start && at <= end) free = Math.min(free, Math.abs(heightAt(course, at) - middle));
    if (uprights.some((at) => at > x - 3 && at < x + width + 3)) free = Math.min(free, 14);
    // More than a line's height apart is as good as far away, and what is looked for is at the left.
    return Math.min(free, 24);
  };
  let best = from;
  for (let x = from + 16; x <= to; x += 16) if (freedom(x) > freedom(best)) best = x;
  return best;
}

/** First and last have their number always, the others where their neighbors leave room. */
function hasNumber(places: readonly number[], index: number): boolean {
  if (index === 0 || index === places.length - 1) return true;
  const [before, here, after] = [places[index - 1] ?? 0, places[index] ?? 0, places[index + 1] ?? 0];
  return here - before >= numberRoom && after - here >= numberRoom;
}

/** Above the score, or below it where the line comes from above. */
function numberSpot(spots: readonly Spot[], index: number, { top, bottom }: Plot, text: number): Spot {
  const [x, y] = spots[index] ?? [0, 0];
  const around = [spots[index - 1]?.[1], spots[index + 1]?.[1]].filter((other) => other !== undefined);
  const valley = around.length > 0 && around.every((other) => other < y);
  const below = y + text + 8;
  const above = y - 10;
  return [x, (valley && below < bottom) || above < top + text * 0.6 ? below : above];
}
