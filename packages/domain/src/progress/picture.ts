/**
 * A picture as plain data: what the browser draws as SVG and the page setter on paper. Lengths are in units of the picture's own size, from the
 * upper left corner; a color is `#rrggbb` or `#rrggbbaa`. What comes later lies above.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What there is to see, for those who do not see it. */
  readonly words: string;
  readonly shapes: readonly Shape[];
}

export type Spot = readonly [x: number, y: number];

export interface Area {
  readonly kind: "area";
  readonly points: readonly Spot[];
  readonly fill: string;
}
export interface Line {
  readonly kind: "line";
  readonly points: readonly Spot[];
  readonly stroke: string;
  readonly width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
}
export interface Dot {
  readonly kind: "dot";
  readonly at: Spot;
  readonly r: number;
  readonly fill: string;
  readonly stroke: string;
  /** What it stands for, in words. */
  readonly says: string;
}
export interface Words {
  readonly kind: "words";
  /** Where the baseline begins, has its middle, or ends. */
  readonly at: Spot;
  readonly anchor: "start" | "middle" | "end";
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  /** With a light edge, so that it can be read across a line. */
  readonly halo: boolean;
  readonly fill: string;
}
export type Shape = Area | Line | Dot | Words;

/** About how wide words are drawn; fonts differ, so that this is the widest of those in use. */
export function widthOf(text: string, size: number): number {
  return text.length * size * 0.54;
}

/** Words cut so that they fit; what was cut stands in the table behind the picture. */
export function fitting(text: string, size: number, room: number): string {
  const most = Math.max(4, Math.floor(room / (size * 0.54)));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** Words in lines that fit. */
export function wrapped(text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && widthOf(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A picture's shapes, moved. */
export function moved(shapes: readonly Shape[], dx: number, dy: number): Shape[] {
  const to = ([x, y]: Spot): Spot => [x + dx, y + dy];
  return shapes.map((shape) => ("points" in shape ? { ...shape, points: shape.points.map(to) } : { ...shape, at: to(shape.at) }));
}

export const area = (points: readonly Spot[], fill: string): Area => ({ kind: "area", points, fill });
export const line = (points: readonly Spot[], stroke: string, width: number, dash: readonly number[] = []): Line => ({
  kind: "line",
  points,
  stroke,
  width,
  dash,
});
export const dot = (at: Spot, r: number, fill: string, stroke: string, says: string): Dot => ({ kind: "dot", at, r, fill, stroke, says });
export const words = (
  at: Spot,
  text: string,
  {
    anchor = "start",
    size = 12,
    bold = false,
    halo = false,
    fill = "#26231f",
  }: Partial<Pick<Words, "anchor" | "size" | "bold" | "halo" | "fill">> = {},
): Words => ({ kind: "words", at, anchor, text, size, bold, halo, fill });
