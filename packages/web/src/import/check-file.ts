import { type ImportLine, type ImportReading, isFaulty, type LineFault, linesAtOnce, readLine } from "@trellis/domain/import/import-line";
import type { CsvRecord } from "@trellis/domain/import/read-csv";
import { request } from "../api/client.ts";
import { newId } from "../form/new-id.ts";

/** What taking the file over would come to, as the server counted it. */
export interface Summary {
  readonly lines: number;
  readonly faulty: number;
  readonly clients: number;
  readonly again: number;
  readonly stored: number;
  readonly other: number;
  readonly otherLines: readonly number[];
  readonly withoutTotal: number;
}

export interface Checked {
  readonly id: string;
  readonly summary: Summary;
  /** In the order of the lines. */
  readonly faults: readonly LineFault[];
}

/** Well under what a request may carry, whatever the lines hold. */
const charactersAtOnce = 600_000;

/** The lines in parts that a request carries. */
export function partsOf(lines: readonly ImportLine[]): ImportLine[][] {
  const parts: ImportLine[][] = [];
  let part: ImportLine[] = [];
  let characters = 0;
  for (const line of lines) {
    const length = 160 + line.recordNumber.length * 2 + line.name.length * 4 + line.measure.length * 2 + line.items.length * 6;
    if (part.length === linesAtOnce || (part.length > 0 && characters + length > charactersAtOnce)) {
      parts.push(part);
      part = [];
      characters = 0;
    }
    part.push(line);
    characters += length;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/**
 * Reads every line, sends those that can be read for checking, and has them counted. Nothing is stored by it.
 *
 * @param onProgress from 0 to 1.
 */
export async function checkFile(
  records: readonly CsvRecord[],
  reading: ImportReading,
  onProgress: (share: number) => void,
): Promise<Checked> {
  const faults: LineFault[] = [];
  const lines: ImportLine[] = [];
  for (const [i, record] of records.entries()) {
    const read = readLine(record, reading);
    if (isFaulty(read)) faults.push(...read);
    else lines.push(read);
    if (i % 5_000 === 4_999) {
      onProgress((0.15 * i) / records.length);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const id = newId();
  await request("POST", `/api/score-imports/${id}/begin`, { body: {} });
  const parts = partsOf(lines);
  let sent = 0;
  let next = 0;
  const sendParts = async () => {
    while (next < parts.length) {
      const part = parts[next++] ?? [];
      const answer = await request<{ readonly faults: readonly LineFault[] }>("POST", `/api/score-imports/${id}/lines`, {
        body: { lines: part },
      });
      faults.push(...answer.faults);
      sent++;
      onProgress(0.15 + (0.8 * sent) / parts.length);
    }
  };
  // Two at a time: while one is stored the next one is checked.
  await Promise.all([sendParts(), sendParts()]);
  const summary = await request<Summary>("POST", `/api/score-imports/${id}/check`, { body: {} });
  return { id, summary, faults: faults.sort((a, b) => a.line - b.line) };
}
