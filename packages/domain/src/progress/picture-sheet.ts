import { formatDate, type IsoDate } from "../calendar/date.ts";
import { ink } from "./course-frame.ts";
import { area, moved, type Picture, type Shape, words, wrapped } from "./picture.ts";

/** One picture of a sheet with what is said above it, and the credit that its measure's owner asks for below. */
export interface SheetPart {
  readonly picture: Picture;
  readonly sentences: readonly string[];
  readonly credit: string;
}

export interface SheetHead {
  readonly title: string;
  /** The day on which it was made. */
  readonly day: IsoDate;
  /** Whose it is, as far as it may be told; empty for nobody. */
  readonly who: string;
}

const edge = 28;
const text = 13;

/** One or more pictures on one sheet, ready to be saved as an image. It names nobody unless `who` does. */
export function sheetOf(parts: readonly SheetPart[], { title, day, who }: SheetHead): Picture {
  const inner = Math.max(...parts.map(({ picture }) => picture.width));
  const shapes: Shape[] = [];
  let y = edge;
  const say = (lines: readonly string[], size: number, fill: string, bold = false): void => {
    for (const part of lines) {
      y += size * 1.35;
      shapes.push(words([edge, y - size * 0.3], part, { size, fill, bold }));
    }
  };
  say(wrapped(title, 20, inner), 20, ink.words, true);
  say([[who, formatDate(day)].filter((part) => part !== "").join(" · ")], text, ink.soft);
  for (const { picture, sentences, credit } of parts) {
    y += 18;
    if (parts.length > 1) say(wrapped(picture.title, 15, inner), 15, ink.words, true);
    say(wrapped(sentences.join(" "), 15, inner), 15, ink.words);
    y += 8;
    shapes.push(...moved(picture.shapes, edge, y));
    y += picture.height;
    if (credit !== "") say(wrapped(credit, 11, inner), 11, ink.soft);
  }
  const width = inner + 2 * edge;
  const height = Math.ceil(y + edge);
  const paper = area(
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ],
    "#ffffff",
  );
  return { width, height, title, words: parts.map(({ picture }) => picture.words).join(" "), shapes: [paper, ...shapes] };
}
