import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { type ColumnRole, itemNumber } from "./columns.ts";
import type { CsvRecord } from "./read-csv.ts";
import { type DateForm, dateFormExamples, readDate } from "./read-date.ts";

/** A line of a file as it was read: whose score of what on which day. Whether there is such a client and such a measure is not known yet. */
export const ImportLine = z.strictObject({
  line: z.number().int().min(1).max(10_000_000),
  recordNumber: z.string().max(200),
  name: z.string().max(400),
  birthDate: IsoDate.nullable(),
  measure: z.string().max(200),
  date: IsoDate,
  total: z.number().nullable(),
  /** Answers by question, a question left open is `null`; empty where there are none. */
  items: z.array(z.number().nullable()).max(200),
});
export type ImportLine = z.infer<typeof ImportLine>;

/** So many lines travel to the server at once, and so many a file may have. */
export const linesAtOnce = 2_000;
export const mostLines = 200_000;

export const faultKinds = {
  columns: "The line does not fit the columns",
  "date-unreadable": "A date cannot be read",
  "number-unreadable": "A number cannot be read",
  "client-missing": "No client is named",
  "client-unknown": "The client is not found",
  "client-ambiguous": "More than one client fits",
  "birth-date-differs": "The date of birth is another one",
  "measure-unknown": "The measure is not known",
  "date-impossible": "The day cannot be right",
  "score-missing": "There is no score",
  "score-wrong": "The score does not fit the measure",
  "total-differs": "Total and answers do not fit each other",
} as const;
export type FaultKind = keyof typeof faultKinds;

export interface LineFault {
  readonly line: number;
  readonly kind: FaultKind;
  /** The column it is about, as the file or Trellis names it. */
  readonly field: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** How the columns of a file are to be read. */
export interface ImportReading {
  readonly header: readonly string[];
  readonly roles: readonly ColumnRole[];
  readonly dateForm: DateForm;
  /** The measure of the whole file, where no column says it. */
  readonly measure: string | null;
}

/** A score as files write it: a point or a comma before decimals; nothing for a score that is not there. `undefined` where it is no number. */
export function readScore(text: string): number | null | undefined {
  const bare = text.trim();
  if (bare === "") return null;
  // "1,234" is one or one thousand and something: nobody can tell.
  if (!/^[-+]?\d{1,9}([.,]\d{1,6})?$/.test(bare) || /,\d{3}$/.test(bare)) return undefined;
  return Number(bare.replace(",", "."));
}

const notAnswered = /^(na|n\/a)$/i;

/** Reads one line of a file, or says all that is wrong with it. */
export function readLine(
  { line, cells }: CsvRecord,
  { header, roles, dateForm, measure }: ImportReading,
): ImportLine | readonly LineFault[] {
  const faults: LineFault[] = [];
  const fault = (kind: FaultKind, field: string, message: string) => faults.push({ line, kind, field, message });
  if (cells.length > header.length && cells.slice(header.length).some((cell) => cell !== ""))
    return [
      {
        line,
        kind: "columns",
        field: "",
        message: `This line has ${cells.length} columns, the file has ${header.length}. A text that holds what parts the columns has to stand in quotes.`,
      },
    ];
  const cellOf = (role: ColumnRole): string => cells[roles.indexOf(role)] ?? "";
  const nameOf = (role: ColumnRole): string => header[roles.indexOf(role)] ?? "";
  const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

  const dateOf = (role: "date" | "birth-date"): string | null => {
    const text = cellOf(role);
    const date = readDate(text, dateForm);
    if (date === null)
      fault(
        "date-unreadable",
        nameOf(role),
        text === ""
          ? "There is no date. Give the day of the score."
          : `“${shown(text)}” is no date as in ${dateFormExamples[dateForm]}. Write it in this form, with four digits for the year.`,
      );
    return date;
  };
  const numberOf = (role: ColumnRole, text: string): number | null => {
    const number = readScore(text);
    if (number !== undefined) return number;
    fault("number-unreadable", nameOf(role), `“${shown(text)}” is no number. Write digits, with a point or a comma before decimals.`);
    return null;
  };

  const recordNumber = cellOf("record-number");
  const name = cellOf("name") || `${cellOf("given")} ${cellOf("family")}`.trim();
  if (recordNumber === "" && name === "")
    fault("client-missing", nameOf("record-number") || nameOf("name"), "No client is named in this line.");
  const birthDate = cellOf("birth-date") === "" ? null : dateOf("birth-date");
  if (recordNumber === "" && name !== "" && cellOf("birth-date") === "")
    fault(
      "client-missing",
      nameOf("birth-date"),
      "A client without a record number is found by name and date of birth. Add the date of birth.",
    );
  const which = measure ?? cellOf("measure");
  if (which === "") fault("measure-unknown", nameOf("measure"), "No measure is named in this line.");
  const date = dateOf("date");
  const total = numberOf("total", cellOf("total"));

  const items: (number | null)[] = [];
  roles.forEach((role, i) => {
    const number = itemNumber(role);
    if (number === null) return;
    const text = cells[i] ?? "";
    while (items.length < number) items.push(null);
    items[number - 1] = notAnswered.test(text) ? null : numberOf(role, text);
  });
  if (recordNumber.length > 200 || name.length > 400 || which.length > 200)
    fault("columns", "", "A text in this line is too long for what the column is said to hold.");
  const unanswered = items.every((answer) => answer === null);
  if (total === null && unanswered && !faults.some(({ kind }) => kind === "number-unreadable"))
    fault("score-missing", nameOf("total"), "There is neither a total nor an answer in this line.");
  if (faults.length > 0 || date === null) return faults;
  return { line, recordNumber, name, birthDate, measure: which, date, total, items: unanswered ? [] : items };
}

export const isFaulty = (read: ImportLine | readonly LineFault[]): read is readonly LineFault[] => Array.isArray(read);
