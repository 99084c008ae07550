import { formatDate } from "../calendar/date.ts";
import { tookPlace } from "../course/session.ts";
import { type CourseFrame, eventLetter, ink } from "./course-frame.ts";
import { dot, line, moved, type Shape, widthOf, words, wrapped } from "./picture.ts";
import type { MeasureProgress } from "./progress.ts";

interface Entry {
  /** Drawn in a box of 22 by 12 whose upper left corner is 0, 0; empty where the words begin with their sign. */
  readonly sign: readonly Shape[];
  readonly says: string;
}

export interface Legend {
  readonly height: number;
  /** The key, below this height. */
  readonly shapes: (below: number) => Shape[];
}

/** What the signs of a picture mean: those that it has, and no others. */
export function legendOf(progress: MeasureProgress, frame: CourseFrame): Legend {
  const { width, text } = frame;
  const size = text - 1;
  const row = text * 1.65;
  const placed: { readonly entry: Entry; readonly x: number; readonly y: number }[] = [];
  let [x, y] = [6, 0];
  for (const entry of entriesOf(progress, frame)) {
    const sign = entry.sign.length > 0 ? 28 : 0;
    const [first = "", ...more] = wrapped(entry.says, size, width - 12 - sign);
    const wide = sign + widthOf(first, size) + 18;
    if (x > 6 && (more.length > 0 || x + wide > width + 12)) {
      x = 6;
      y += row;
    }
    placed.push({ entry: { ...entry, says: first }, x, y });
    x += wide;
    for (const says of more) {
      y += row;
      placed.push({ entry: { sign: [], says }, x: 6 + sign, y });
      x = width;
    }
  }
  return {
    height: placed.length === 0 ? 0 : y + row + 6,
    shapes: (below) =>
      placed.flatMap(({ entry, x: left, y: down }) => [
        ...moved(entry.sign, left, below + down + row / 2 - 4),
        words([left + (entry.sign.length > 0 ? 28 : 0), below + down + row / 2 + 2 + text * 0.35], entry.says, { size, fill: ink.soft }),
      ]),
  };
}

function entriesOf({ measure, gaps, expected, sessions, events }: MeasureProgress, { span, audience }: CourseFrame): Entry[] {
  const within = <T extends { readonly date: string }>(entries: readonly T[]) =>
    entries.map((entry, index) => ({ entry, index })).filter(({ entry: { date } }) => date >= span.from && date <= span.to);
  const seen = within(sessions).map(({ entry }) => entry);
  const stroke = (dash: readonly number[], width: number, color: string) =>
    line(
      [
        [0, 6],
        [22, 6],
      ],
      color,
      width,
      dash,
    );
  const entries: (Entry | false)[] = [
    measure.cutoff !== undefined &&
      audience === "clinician" && { sign: [dot([11, 6], 5, ink.line, ink.line, "")], says: "in the clinical range" },
    measure.cutoff !== undefined && audience === "clinician" && { sign: [dot([11, 6], 5, "#ffffff", ink.line, "")], says: "outside it" },
    gaps.length > 0 && { sign: [stroke([2, 5], 1.5, ink.line)], says: "not given in between" },
    expected.length > 1 && {
      sign: [
        ...[3, 10, 17].map((at) =>
          line(
            [
              [at, 1],
              [at, 12],
            ],
            "#47627a66",
            1,
          ),
        ),
        line(
          [
            [0, 1],
            [22, 1],
          ],
          "#47627a",
          1.25,
          [1.5, 3],
        ),
        line(
          [
            [0, 12],
            [22, 12],
          ],
          "#47627a",
          1.25,
        ),
      ],
      says: audience === "clinician" ? "expected course, down to the worst score still on track" : "how it usually goes",
    },
    seen.some(({ attendance }) => tookPlace(attendance)) && {
      sign: [
        line(
          [
            [11, 2],
            [11, 10],
          ],
          ink.soft,
          2,
        ),
      ],
      says: "session",
    },
    seen.some(({ attendance }) => !tookPlace(attendance)) && {
      sign: [dot([11, 6], 3.2, "#ffffff", ink.soft, "")],
      says: "session missed or cancelled",
    },
    ...within(events).map(
      ({ entry: { date, label }, index }): Entry => ({ sign: [], says: `${eventLetter(index)} · ${formatDate(date)}: ${label}` }),
    ),
  ];
  return entries.filter((entry) => entry !== false);
}
