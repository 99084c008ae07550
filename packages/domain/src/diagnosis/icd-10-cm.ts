import type { IsoDate } from "../calendar/date.ts";

/** One line of the ICD-10-CM table. */
export interface Icd10Entry {
  /** With its dot: "F43.10". */
  readonly code: string;
  readonly description: string;
  /** Valid for a claim; a category header such as F43.1 is not. */
  readonly billable: boolean;
  /** Fiscal year from which the code is no longer valid; `null` for a current one. */
  readonly retired: number | null;
  /** The next header above, `null` for a three-character category. */
  readonly parent: string | null;
}

/** The codes of one fiscal year (October 1 of the year before to September 30), in the order of the classification. */
export interface Icd10Table {
  readonly fiscalYear: number;
  /** Where the table comes from and what was checked, as its file says. */
  readonly provenance: string;
  readonly entries: readonly Icd10Entry[];
  readonly byCode: ReadonlyMap<string, Icd10Entry>;
}

/** The ICD-10-CM fiscal year in force on a day: fiscal year 2027 runs from October 1, 2026 to September 30, 2027. */
export function fiscalYearOn(date: IsoDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5, 7) >= "10" ? year + 1 : year;
}

/** What to say when the table is not the one in force on a day; `null` when it is. */
export function whyOutdated(table: Icd10Table, today: IsoDate): string | null {
  const inForce = fiscalYearOn(today);
  if (table.fiscalYear >= inForce) return null;
  return `The ICD-10-CM table is that of fiscal year ${table.fiscalYear}; fiscal year ${inForce} has been in force since October 1, ${inForce - 1}. Import its official order file.`;
}

export interface TableFault {
  /** 1-based line. */
  readonly line: number;
  readonly message: string;
}

const code = /^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/;

/**
 * Reads a table from its file: comment lines with `#` that name the fiscal year ("FY2026"), then tab-separated columns
 * `code`, `billable` (0 or 1), `description` and, for codes kept for old records only, `retired` (a fiscal year).
 */
export function parseIcd10Table(text: string): { readonly table: Icd10Table; readonly faults: readonly TableFault[] } {
  const faults: TableFault[] = [];
  const provenance: string[] = [];
  const rows: Omit<Icd10Entry, "parent">[] = [];
  const seen = new Set<string>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.startsWith("#")) provenance.push(line.slice(1).trim());
    else if (line.trim() !== "" && !line.startsWith("code\t")) {
      const [name = "", billable = "", description = "", retired = ""] = line.split("\t");
      if (!code.test(name)) faults.push({ line: i + 1, message: `"${name}" is not an ICD-10-CM code.` });
      else if (seen.has(name)) faults.push({ line: i + 1, message: `${name} stands twice.` });
      else if (billable !== "0" && billable !== "1")
        faults.push({ line: i + 1, message: `${name}: the second column is 0 or 1, not "${billable}".` });
      else if (description.trim() === "") faults.push({ line: i + 1, message: `${name} has no description.` });
      else if (retired !== "" && !/^20\d\d$/.test(retired))
        faults.push({ line: i + 1, message: `${name}: the fourth column is a fiscal year, not "${retired}".` });
      else {
        seen.add(name);
        rows.push({
          code: name,
          billable: billable === "1",
          description: description.trim(),
          retired: retired === "" ? null : Number(retired),
        });
      }
    }
  });
  const fiscalYear = Number(/\bFY ?(20\d\d)\b/.exec(provenance.join(" "))?.[1] ?? Number.NaN);
  if (Number.isNaN(fiscalYear))
    faults.unshift({ line: 1, message: 'The head of the file does not say the fiscal year, e.g. "# ICD-10-CM FY2026".' });
  return { table: buildTable(fiscalYear, provenance.join("\n"), rows), faults };
}

/** Builds the table with its hierarchy from rows in the order of the classification. */
export function buildTable(fiscalYear: number, provenance: string, rows: readonly Omit<Icd10Entry, "parent">[]): Icd10Table {
  const codes = new Set(rows.map((row) => row.code));
  const entries = rows.map((row) => ({ ...row, parent: parentOf(row.code, codes) }));
  return { fiscalYear, provenance, entries, byCode: new Map(entries.map((entry) => [entry.code, entry])) };
}

/** The file of a table, readable by `parseIcd10Table`. */
export function formatIcd10Table(table: Icd10Table): string {
  const head = table.provenance.split("\n").map((line) => `# ${line}`);
  const rows = table.entries.map((entry) =>
    [entry.code, entry.billable ? "1" : "0", entry.description, ...(entry.retired === null ? [] : [String(entry.retired)])].join("\t"),
  );
  return `${[...head, "code\tbillable\tdescription\tretired", ...rows].join("\n")}\n`;
}

function parentOf(name: string, codes: ReadonlySet<string>): string | null {
  for (let length = name.length - 1; length >= 3; length--) {
    const shorter = name.slice(0, length);
    if (!shorter.endsWith(".") && codes.has(shorter)) return shorter;
  }
  return null;
}

/** The headers above a code, nearest first: F43.10 gives F43.1, F43. */
export function ancestors(table: Icd10Table, name: string): Icd10Entry[] {
  const above: Icd10Entry[] = [];
  let parent = table.byCode.get(name)?.parent ?? null;
  while (parent !== null) {
    const entry = table.byCode.get(parent);
    if (entry === undefined) break;
    above.push(entry);
    parent = entry.parent;
  }
  return above;
}

/** The codes directly below a header. */
export function children(table: Icd10Table, name: string): Icd10Entry[] {
  return table.entries.filter((entry) => entry.parent === name);
}

/** The current codes that begin with a code or prefix and may stand on a claim, in order. A billable code gives itself. */
export function billableUnder(table: Icd10Table, prefix: string): Icd10Entry[] {
  return table.entries.filter((entry) => entry.billable && entry.retired === null && entry.code.startsWith(prefix));
}

/** Whether a code may be chosen today: in the table, not retired, and not a header. */
export function isCurrent(table: Icd10Table, name: string): boolean {
  return whyNotCurrent(table, name) === null;
}

/** Why a code may not be chosen for a new diagnosis, in words for the screen; `null` when it may. */
export function whyNotCurrent(table: Icd10Table, name: string): string | null {
  const entry = table.byCode.get(name);
  if (entry === undefined) {
    const above = nearestAbove(table, name);
    const instead = above === null ? "" : ` Choose one of ${list(billableUnder(table, above.code))}.`;
    return `${name} is not in the ICD-10-CM table of fiscal year ${table.fiscalYear}.${instead}`;
  }
  if (entry.retired !== null) {
    const above = nearestAbove(table, name);
    const instead = above === null ? "" : ` Choose one of ${list(billableUnder(table, above.code))}.`;
    return `${name} (${entry.description}) was retired with fiscal year ${entry.retired}.${instead}`;
  }
  if (!entry.billable)
    return `${name} (${entry.description}) is a category and cannot be billed. Choose one of ${list(billableUnder(table, name))}.`;
  return null;
}

function list(entries: readonly Icd10Entry[]): string {
  const shown = entries.slice(0, 8).map((entry) => entry.code);
  return entries.length > shown.length ? `${shown.join(", ")} and ${entries.length - shown.length} more` : shown.join(", ");
}

/** The lowest current header that the code would belong under and that has billable codes. */
function nearestAbove(table: Icd10Table, name: string): Icd10Entry | null {
  for (let length = name.length; length >= 3; length--) {
    const entry = table.byCode.get(name.slice(0, length));
    if (entry !== undefined && entry.retired === null && billableUnder(table, entry.code).length > 0) return entry;
  }
  return null;
}
