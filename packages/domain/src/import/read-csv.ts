import Papa from "papaparse";

/** One record of a file, with the number of the line that it begins on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quoted text longer than this is no text but a quote that nobody closed. */
const longestRecord = 100_000;

/**
 * Reads a CSV file piece by piece, as it comes: with commas, semicolons, tabs or bars between the columns, text in quotes, any kind of line ends, and
 * with or without a byte-order mark. Empty lines are passed over; spaces around a text are taken off.
 *
 * @example
 * const reader = new CsvReader();
 * for await (const piece of pieces) records.push(...reader.read(piece));
 * records.push(...reader.end());
 */
export class CsvReader {
  /** What stands between the columns; `null` until enough was read to tell. */
  delimiter: string | null = null;
  /** The line on which a quote was opened and never closed; then nothing behind it can be read. */
  openQuoteOn: number | null = null;

  #rest = "";
  #line = 1;
  #begun = false;

  /** The whole records that are there now. */
  read(piece: string): CsvRecord[] {
    return this.#take(piece, false);
  }

  /** The last record, which nothing ends. */
  end(): CsvRecord[] {
    return this.#take("", true);
  }

  #take(piece: string, last: boolean): CsvRecord[] {
    if (this.openQuoteOn !== null) return [];
    let text = this.#rest + piece;
    if (!this.#begun && text !== "") {
      text = text.replace(/^\uFEFF/, "");
      this.#begun = true;
    }
    // A carriage return at the very end may be one half of a line end.
    const half = !last && text.endsWith("\r");
    text = (half ? text.slice(0, -1) : text).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    if (this.delimiter === null) {
      if (!last && text.length < 8_192 && text.split("\n").length < 12) {
        this.#rest = half ? `${text}\r` : text;
        return [];
      }
      this.delimiter = guessDelimiter(text);
    }
    const parser = new Papa.Parser({ delimiter: this.delimiter, newline: "\n" });
    const { data, errors, meta } = parser.parse(text, 0, !last) as {
      readonly data: readonly (readonly string[])[];
      readonly errors: readonly { readonly code: string; readonly row: number }[];
      readonly meta: { readonly cursor: number };
    };
    const records: CsvRecord[] = [];
    const open = errors.find(({ code }) => code === "MissingQuotes");
    for (const [row, raw] of data.entries()) {
      const line = this.#line;
      if (row === open?.row) {
        this.openQuoteOn = line;
        break;
      }
      this.#line += 1 + raw.reduce((breaks, cell) => breaks + (cell.includes("\n") ? cell.split("\n").length - 1 : 0), 0);
      const cells = raw.map((cell) => cell.trim());
      if (cells.some((cell) => cell !== "")) records.push({ line, cells });
    }
    this.#rest = `${text.slice(meta.cursor)}${half ? "\r" : ""}`;
    if (!last && this.#rest.length > longestRecord) this.openQuoteOn = this.#line;
    return records;
  }
}

/** The character that parts the first lines into the same number of columns, and into most of them. */
function guessDelimiter(text: string): string {
  const sample = text.slice(0, 16_384);
  const whole = sample.length < text.length ? sample.slice(0, sample.lastIndexOf("\n") + 1) || sample : sample;
  let best = { delimiter: ",", worth: 0 };
  for (const delimiter of [",", ";", "\t", "|"]) {
    const { data } = new Papa.Parser({ delimiter, newline: "\n" }).parse(whole, 0, false) as {
      readonly data: readonly (readonly string[])[];
    };
    const widths = data.filter((row) => row.some((cell) => cell.trim() !== "")).map((row) => row.length);
    const first = widths[0] ?? 1;
    const alike = widths.filter((width) => width === first).length / Math.max(1, widths.length);
    const worth = (first - 1) * alike ** 4;
    if (worth > best.worth) best = { delimiter, worth };
  }
  return best.delimiter;
}
