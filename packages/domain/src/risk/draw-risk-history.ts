import { addDays, daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import { ink } from "../progress/course-frame.ts";
import { area, dot, line, type Picture, type Shape, type Spot, widthOf, words } from "../progress/picture.ts";
import { acrossOf } from "../progress/scales.ts";
import { type RiskEntry, type RiskLevel, riskLevels } from "./risk-history.ts";

export interface RiskFrame {
  readonly width: number;
  /** Size of the letters. */
  readonly text: number;
  readonly today: IsoDate;
}

const levelColors: Readonly<Record<RiskLevel, string>> = { low: "#2f7665", moderate: "#a5802a", high: "#a84b2f", imminent: "#752d17" };
const stripes = ["#f6faf8", "#faf5e4", "#f7e9e1", "#efd8cd"] as const;

const isJudged = (entry: RiskEntry): entry is RiskEntry & { readonly level: RiskLevel } => entry.level !== null;

/** What there is to see, for those who do not see it. */
export function riskHistoryInWords(entries: readonly RiskEntry[]): string {
  const oldestFirst = entries.toReversed();
  const judged = oldestFirst.filter(isJudged);
  const [first, last] = [judged[0], judged.at(-1)];
  const peak = judged.reduce<(RiskEntry & { readonly level: RiskLevel }) | undefined>(
    (highest, entry) => (highest === undefined || riskLevels.indexOf(entry.level) > riskLevels.indexOf(highest.level) ? entry : highest),
    undefined,
  );
  const flagged = oldestFirst.filter(({ answer }) => answer?.flagged === true);
  const plans = oldestFirst.filter(({ kind }) => kind === "safety-plan");
  const stays = oldestFirst.filter(({ kind }) => kind === "hospital");
  const on = (entry: RiskEntry | undefined) => (entry === undefined ? "" : formatDate(entry.date));
  const parts = [
    first === undefined || last === undefined
      ? "No level of risk has been judged yet."
      : first === last
        ? `Risk was judged once: ${last.level} on ${on(last)}.`
        : `Risk was judged ${judged.length} times, last ${last.level} on ${on(last)}${peak === undefined || peak.level === last.level ? "" : `; the highest was ${peak.level} on ${on(peak)}`}.`,
    flagged.length === 0
      ? ""
      : `${flagged.length === 1 ? "One answer" : `${flagged.length} answers`} spoke of danger, last on ${on(flagged.at(-1))}.`,
    plans.length === 0 ? "No safety plan was finished." : `The safety plan was last finished on ${on(plans.at(-1))}.`,
    stays.length === 0 ? "" : `In hospital: ${stays.map((stay) => on(stay)).join("; ")}.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/**
 * The history of risk on one line of time: the level as judged, from one judgment to the next, and below it what speaks of danger and what was done. After
 * the last judgment the line is broken: nothing says that it still holds.
 */
export function drawRiskHistory(entries: readonly RiskEntry[], { width, text, today }: RiskFrame): Picture {
  const oldestFirst = entries.toReversed();
  const first = oldestFirst[0]?.date ?? today;
  const last = (oldestFirst.at(-1)?.date ?? today) > today ? (oldestFirst.at(-1)?.date ?? today) : today;
  const span = daysBetween(first, last) < 14 ? { from: addDays(last, -14), to: last } : { from: first, to: last };
  const lanes = (
    [
      ["Answers", (entry: RiskEntry) => entry.kind === "answer" || entry.kind === "alert"],
      ["Safety plan", (entry: RiskEntry) => entry.kind === "safety-plan"],
      ["Hospital", (entry: RiskEntry) => entry.kind === "hospital"],
    ] as const
  )
    .map(([name, belongs]) => ({ name, entries: oldestFirst.filter(belongs) }))
    .filter(({ entries: found }) => found.length > 0);

  const left = Math.ceil(Math.max(...["imminent", ...lanes.map(({ name }) => name)].map((name) => widthOf(name, text)))) + 14;
  const right = width - 12;
  const row = text * 1.9;
  const top = 6;
  const bottom = top + row * riskLevels.length;
  const across = acrossOf(span, left + 10, right - 10);
  const y = (level: RiskLevel) => bottom - (riskLevels.indexOf(level) + 0.5) * row;
  const shapes: Shape[] = [];

  for (const [index, level] of riskLevels.entries()) {
    const [low, high] = [bottom - index * row, bottom - (index + 1) * row];
    shapes.push(
      area(
        [
          [left, high],
          [right, high],
          [right, low],
          [left, low],
        ] satisfies Spot[],
        stripes[index] ?? stripes[0],
      ),
      words([left - 8, y(level) + text * 0.35], level, { anchor: "end", size: text, fill: ink.soft }),
    );
  }
  const judged = oldestFirst.filter(isJudged);
  for (const [index, entry] of judged.entries()) {
    const next = judged[index + 1];
    const from: Spot = [across.of(entry.date), y(entry.level)];
    if (next === undefined) {
      if (entry.date < last) shapes.push(line([from, [across.of(last), from[1]]], ink.rule, 1.5, [3, 4]));
    } else {
      const to = across.of(next.date);
      shapes.push(line([from, [to, from[1]], [to, y(next.level)]], ink.line, 2));
    }
  }
  for (const entry of judged)
    shapes.push(
      dot([across.of(entry.date), y(entry.level)], 5.5, levelColors[entry.level], "#ffffff", `${formatDate(entry.date)}: ${entry.words}`),
    );

  const laneHeight = text * 2;
  for (const [index, lane] of lanes.entries()) {
    const middle = bottom + 8 + laneHeight * (index + 0.5);
    shapes.push(
      line(
        [
          [left, middle],
          [right, middle],
        ],
        ink.faint,
        1,
      ),
      words([left - 8, middle + text * 0.35], lane.name, { anchor: "end", size: text, fill: ink.soft }),
    );
    for (const entry of lane.entries) {
      const says = `${formatDate(entry.date)}: ${entry.words}`;
      const at: Spot = [across.of(entry.date), middle];
      if (entry.kind === "safety-plan") shapes.push(dot(at, 5.5, "#2f7665", "#ffffff", says));
      else if (entry.kind === "hospital") shapes.push(...square(at, 6, "#544d45"), dot(at, 1, "#ffffff", "#ffffff", says));
      // Filled in the measure of the answer: told apart without color by size, and hollow where it no longer speaks of danger.
      else if (entry.answer === null) shapes.push(dot(at, 4.5, "#ffffff", ink.rule, says));
      else
        shapes.push(
          dot(
            at,
            entry.answer.flagged ? 4.5 + entry.answer.share * 3 : 4.5,
            entry.answer.flagged ? "#a84b2f" : "#ffffff",
            entry.answer.flagged ? "#ffffff" : "#2f7665",
            says,
          ),
        );
    }
  }

  const foot = bottom + 8 + laneHeight * lanes.length + text * 1.4;
  shapes.push(
    words([left, foot], formatDate(span.from), { size: text, fill: ink.soft }),
    words([right, foot], last === today ? "today" : formatDate(last), { anchor: "end", size: text, fill: ink.soft }),
  );
  return { width, height: foot + text * 0.6, title: "History of risk", words: riskHistoryInWords(entries), shapes };
}

const square = ([x, y]: Spot, r: number, fill: string): Shape[] => [
  area(
    [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ],
    fill,
  ),
];
