import type { OutcomeGroup } from "./outcome-report.ts";

/**
 * One cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula is led by an apostrophe, so that a name cannot run anything on
 * the computer of whoever opens the file (OWASP: CSV injection). Numbers stay numbers, negative ones too.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const rounded = (value: number | null | undefined): number | null => (value == null ? null : Math.round(value * 100) / 100);

const columns: readonly (readonly [string, (group: OutcomeGroup) => string | number | null])[] = [
  ["Group", ({ name }) => name],
  ["Clients who started", ({ started }) => started],
  ["With two or more scores", ({ compared }) => compared],
  ["In the clinical range at the start", ({ casesAtStart }) => casesAtStart],
  ["Reliably improved", ({ improved }) => improved],
  ["Recovered", ({ recovered }) => recovered],
  ["Reliably worse", ({ deteriorated }) => deteriorated],
  ["Perhaps dropped out", ({ droppedOut }) => droppedOut],
  ["Mean score at the start, all who started", ({ means }) => rounded(means?.start)],
  ["Mean first score", ({ means }) => rounded(means?.first)],
  ["Mean last score", ({ means }) => rounded(means?.last)],
  ["Mean change for the better", ({ means }) => rounded(means?.change)],
  ["95 % interval from", ({ means }) => rounded(means?.interval?.low)],
  ["95 % interval to", ({ means }) => rounded(means?.interval?.high)],
  ["Effect size (standardized mean change)", ({ means }) => rounded(means?.effectSize)],
];

/** The report as a CSV file, with a byte-order mark: without one Excel takes UTF-8 for the old letters of the computer, and names come out wrong. */
export function csvOfReport(groups: readonly OutcomeGroup[], all: OutcomeGroup): string {
  const rows = [columns.map(([head]) => head), ...[...groups, all].map((group) => columns.map(([, cell]) => cell(group)))];
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}
