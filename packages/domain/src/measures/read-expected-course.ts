import { expectedCourseFaults, whyPointIsWrong } from "./expected-course.ts";
import type { Measure } from "./measure.ts";
import { ExpectedPoint } from "./measure-setting.ts";

/** Something wrong with a pasted table, with the number of its line as an editor counts it, from 1. */
export interface LineFault {
  readonly line: number;
  readonly message: string;
}

export interface ReadExpectedCourse {
  readonly points: readonly ExpectedPoint[];
  readonly faults: readonly LineFault[];
}

const columns = ["start from", "start to", "session", "expected", "bound"] as const;
/** More lines than a table may have; what follows is not read. */
const mostLines = 2000;

/**
 * Reads an expected course as it comes out of a spreadsheet: lines of five numbers (first score from, first score to, session, expected score, bound),
 * with commas, semicolons or tabs between them, with or without a line of headings. With semicolons and tabs a comma within a number is its point.
 */
export function readExpectedCourse(text: string, measure: Measure): ReadExpectedCourse {
  const lines = text
    // Spreadsheets put a byte-order mark before what they save.
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((content, i) => ({ content, line: i + 1 }))
    .filter(({ content }) => content.replaceAll(/[,;\t\s]/g, "") !== "");
  if (lines.length === 0) return { points: [], faults: [{ line: 1, message: "There is nothing in it yet." }] };
  const separator = separatorOf(lines.map(({ content }) => content));
  const [head, ...rest] = lines;
  const body = head !== undefined && isHeading(cellsOf(head.content, separator)) ? rest : lines;
  if (body.length > mostLines)
    return { points: [], faults: [{ line: body[mostLines]?.line ?? 1, message: `A table has at most ${mostLines} lines.` }] };
  if (body.length === 0) return { points: [], faults: [{ line: 2, message: "There are headings and no numbers below them." }] };
  const faults: LineFault[] = [];
  const points: ExpectedPoint[] = [];
  const lineOf: number[] = [];
  for (const { content, line } of body) {
    const read = readLine(cellsOf(content, separator), separator);
    const message = typeof read === "string" ? read : whyPointIsWrong(measure, read);
    if (message !== null) faults.push({ line, message });
    if (typeof read === "string") continue;
    points.push(read);
    lineOf.push(line);
  }
  if (faults.length > 0) return { points, faults };
  return {
    points,
    faults: expectedCourseFaults(measure, { from: "loaded", points }).map(({ index, message }) => ({ line: lineOf[index] ?? 1, message })),
  };
}

type Separator = "\t" | ";" | ",";

function separatorOf(lines: readonly string[]): Separator {
  const all = lines.join("\n");
  return all.includes("\t") ? "\t" : all.includes(";") ? ";" : ",";
}

function cellsOf(line: string, separator: Separator): string[] {
  const cells = line.split(separator).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );
  // A spreadsheet leaves empty columns at the end.
  while (cells.length > columns.length && cells.at(-1) === "") cells.pop();
  return cells;
}

/** A first line with words in it. One with a number among them is a line of numbers with a slip in it. */
function isHeading(cells: readonly string[]): boolean {
  return cells.some((cell) => /\p{L}/u.test(cell)) && !cells.some((cell) => /^[\d.,]+$/.test(cell));
}

function readLine(cells: readonly string[], separator: Separator): ExpectedPoint | string {
  if (cells.length !== columns.length)
    return `Here are ${cells.length} columns; there have to be 5: ${columns.join(", ")}.${separator === "," ? " Where numbers have a comma, part the columns with semicolons or tabs." : ""}`;
  const numbers: number[] = [];
  for (const [i, cell] of cells.entries()) {
    const plain = separator === "," ? cell : cell.replace(",", ".");
    if (cell === "") return `“${columns[i]}” is empty.`;
    if (!/^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(plain)) return `“${cell.slice(0, 40)}” in the column “${columns[i]}” is not a number.`;
    numbers.push(Number(plain));
  }
  const [startFrom, startTo, session, expected, bound] = numbers;
  const read = ExpectedPoint.safeParse({ startFrom, startTo, session, expected, bound });
  return read.success ? read.data : "The session is a whole number from 1 to 200.";
}

/** A table as text that can be read again. */
export function writeExpectedCourse(points: readonly ExpectedPoint[]): string {
  return [
    columns.join(","),
    ...points.map(({ startFrom, startTo, session, expected, bound }) => [startFrom, startTo, session, expected, bound].join(",")),
  ].join("\n");
}
