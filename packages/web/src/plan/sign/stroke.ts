import { signatureBox } from "@trellis/domain/signature/signature";

/** A place in `signatureBox`. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a pen draws between touching down and lifting. */
export type Stroke = readonly Point[];

/** The most characters of path data that can be kept with a signature. */
const drawingLimit = 64 * 1024;
/** Less ink than this is a stray touch. An X of two short strokes has more. */
const leastInk = 40;

const clamp = (value: number, max: number) => Math.min(max, Math.max(0, value));
const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);

/** A point of the screen as a point of the box, which is drawn in `rect`. Nothing lies outside of the box. */
export function pointInBox(clientX: number, clientY: number, rect: Pick<DOMRect, "left" | "top" | "width" | "height">): Point {
  const { width, height } = signatureBox;
  return {
    x: clamp(((clientX - rect.left) / (rect.width || 1)) * width, width),
    y: clamp(((clientY - rect.top) / (rect.height || 1)) * height, height),
  };
}

/** Length of all lines, in units of the box. */
export function inkLength(strokes: readonly Stroke[]): number {
  return strokes.reduce(
    (total, stroke) =>
      total +
      stroke.reduce((length, point, index) => {
        const before = stroke[index - 1];
        return before === undefined ? length : length + distance(before, point);
      }, 0),
    0,
  );
}

/** Whether something was drawn that may be meant as a signature. */
export function isDrawn(strokes: readonly Stroke[]): boolean {
  return inkLength(strokes) >= leastInk;
}

/** The stroke without points nearer to each other than `spacing`; its ends stay. */
function thin(stroke: Stroke, spacing: number): Stroke {
  const kept: Point[] = [];
  for (const point of stroke) {
    const last = kept.at(-1);
    if (last === undefined || distance(last, point) >= spacing) kept.push(point);
  }
  const end = stroke.at(-1);
  if (end !== undefined && kept.at(-1) !== end) kept.push(end);
  return kept;
}

/** Cuts every corner at a quarter and three quarters of its sides (G. Chaikin, 1974); the ends stay where they are. */
function cutCorners(stroke: Stroke): Stroke {
  const first = stroke[0];
  const last = stroke.at(-1);
  if (first === undefined || last === undefined || stroke.length < 3) return stroke;
  const cut: Point[] = [first];
  for (let index = 0; index < stroke.length - 1; index++) {
    const a = stroke[index] ?? first;
    const b = stroke[index + 1] ?? last;
    if (index > 0) cut.push({ x: a.x * 0.75 + b.x * 0.25, y: a.y * 0.75 + b.y * 0.25 });
    if (index < stroke.length - 2) cut.push({ x: a.x * 0.25 + b.x * 0.75, y: a.y * 0.25 + b.y * 0.75 });
  }
  cut.push(last);
  return cut;
}

const tenth = (value: number) => String(Math.round(value * 10) / 10);

/** One stroke as SVG path data of straight lines so short that they look round. "" for a stroke without points. */
export function strokePath(stroke: Stroke, spacing = 1.5): string {
  const points = cutCorners(cutCorners(thin(stroke, spacing)));
  const [first, ...rest] = points;
  if (first === undefined) return "";
  // A dot over an i: the shortest line, which a round pen shows as a dot.
  const lines = rest.length === 0 ? [{ x: clamp(first.x + 0.5, signatureBox.width), y: first.y }] : rest;
  return `M${tenth(first.x)} ${tenth(first.y)}${lines.map((point) => ` L${tenth(point.x)} ${tenth(point.y)}`).join("")}`;
}

/** The whole signature as SVG path data in `signatureBox`, coarser where it would otherwise be too long to be kept. */
export function drawingOf(strokes: readonly Stroke[]): string {
  const { width, height } = signatureBox;
  for (let spacing = 1.5; ; spacing *= 1.6) {
    const drawing = strokes
      .map((stroke) => strokePath(stroke, spacing))
      .filter((path) => path !== "")
      .join(" ");
    if (drawing.length <= drawingLimit || spacing > Math.hypot(width, height)) return drawing;
  }
}
