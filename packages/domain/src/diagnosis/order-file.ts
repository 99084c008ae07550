import { buildTable, type Icd10Entry, type Icd10Table } from "./icd-10-cm.ts";

export interface OrderFileRow {
  readonly code: string;
  readonly billable: boolean;
  readonly description: string;
}

export interface OrderFileFault {
  /** 1-based line; 0 for the file as a whole. */
  readonly line: number;
  readonly message: string;
}

/**
 * Reads the official yearly ICD-10-CM order file of CMS and NCHS. Fixed columns, counted from 1: order number 1-5, code without its dot
 * 7-13, 1 or 0 for valid for a claim in 15, short description 17-76, long description from 78.
 */
export function parseOrderFile(text: string): { readonly rows: readonly OrderFileRow[]; readonly faults: readonly OrderFileFault[] } {
  const rows: OrderFileRow[] = [];
  const faults: OrderFileFault[] = [];
  const lineOfCode = new Map<string, number>();
  let lastOrder = "00000";
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (faults.length >= mostFaults) break;
    if (line.trim() === "") continue;
    const bare = line.slice(6, 13).trimEnd();
    const before = lineOfCode.get(bare);
    const message =
      lineFault(line) ??
      (line.slice(0, 5) <= lastOrder
        ? `The order number ${line.slice(0, 5)} does not follow ${lastOrder}. Lines are missing or out of order.`
        : null) ??
      (before === undefined ? null : `${bare} already stands in line ${before}.`);
    if (message !== null) {
      faults.push({ line: i + 1, message });
      continue;
    }
    lastOrder = line.slice(0, 5);
    lineOfCode.set(bare, i + 1);
    rows.push({ code: withDot(bare), billable: line[14] === "1", description: line.slice(77).trim() });
  }
  if (rows.length === 0 && faults.length === 0) faults.push({ line: 0, message: "The file is empty." });
  return { rows, faults };
}

/** After this many faults it is the wrong file, and the rest of it says no more. */
const mostFaults = 20;

/** What is wrong with the columns of one line. */
function lineFault(line: string): string | null {
  if (!/^\d{5} /.test(line)) {
    return `Columns 1 to 5 hold the order number and column 6 is blank, but here stands "${line.slice(0, 6)}". This is not an ICD-10-CM order file.`;
  }
  const code = line.slice(6, 13);
  if (!/^[A-Z][0-9][0-9A-Z]{1,5}$/.test(code.trimEnd())) return `Columns 7 to 13 hold a code, but here stands "${code}".`;
  if (line[14] !== "0" && line[14] !== "1") return `Column 15 is 1 (valid for a claim) or 0 (header), but here stands "${line[14] ?? ""}".`;
  return line.slice(77).trim() === "" ? `${code.trimEnd()} has no long description from column 78 on.` : null;
}

function withDot(bare: string): string {
  return bare.length > 3 ? `${bare.slice(0, 3)}.${bare.slice(3)}` : bare;
}

export interface TableChanges {
  readonly added: readonly Icd10Entry[];
  readonly retired: readonly Icd10Entry[];
  readonly reworded: readonly { readonly code: string; readonly from: string; readonly to: string }[];
  /** Codes that became a header, or a header that became a code. */
  readonly billableChanged: readonly Icd10Entry[];
}

/** What a new table changes for somebody who works with the present one. Codes retired before are not told again. */
export function compareTables(present: Icd10Table, next: Icd10Table): TableChanges {
  const current = (table: Icd10Table): Icd10Entry[] => table.entries.filter((entry) => entry.retired === null);
  const stillThere = (table: Icd10Table, code: string): Icd10Entry | undefined => {
    const entry = table.byCode.get(code);
    return entry?.retired === null ? entry : undefined;
  };
  return {
    added: current(next).filter((entry) => stillThere(present, entry.code) === undefined),
    retired: current(present).filter((entry) => stillThere(next, entry.code) === undefined),
    reworded: current(next).flatMap((entry) => {
      const before = stillThere(present, entry.code);
      return before === undefined || before.description === entry.description
        ? []
        : [{ code: entry.code, from: before.description, to: entry.description }];
    }),
    billableChanged: current(next).filter((entry) => {
      const before = stillThere(present, entry.code);
      return before !== undefined && before.billable !== entry.billable;
    }),
  };
}

/** Categories of which the table holds a selection only: their header, and the parts that mental-health plans use. */
const partialCategories: ReadonlySet<string> = new Set(["Z86", "Z91"]);

/**
 * The table of a new fiscal year made from the rows of its order file. Kept are chapter F and what the present table has of the other
 * chapters; codes that the present table has and the new one lacks stay in it as retired, so that old records can be read.
 */
export function tableFromOrderFile(rows: readonly OrderFileRow[], fiscalYear: number, present: Icd10Table, provenance: string): Icd10Table {
  const kept = present.entries
    .filter((entry) => (entry.parent === null ? !partialCategories.has(entry.code) : partialCategories.has(entry.parent)))
    .map((entry) => entry.code);
  const isKept = (code: string): boolean =>
    code.startsWith("F") || partialCategories.has(code) || kept.some((prefix) => code.startsWith(prefix));
  const current = rows.filter((row) => isKept(row.code)).map((row) => ({ ...row, retired: null }));
  const codes = new Set(current.map((row) => row.code));
  const retired = present.entries
    .filter((entry) => !codes.has(entry.code))
    .map((entry) => ({ ...entry, retired: entry.retired ?? fiscalYear }));
  return buildTable(
    fiscalYear,
    provenance,
    [...current, ...retired].sort((a, b) => (a.code < b.code ? -1 : 1)),
  );
}
