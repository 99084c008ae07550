import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { formatIcd10Table, type Icd10Entry, type Icd10Table, parseIcd10Table } from "@trellis/domain/diagnosis/icd-10-cm";
import { compareTables, parseOrderFile, tableFromOrderFile } from "@trellis/domain/diagnosis/order-file";
import { diagnosesFolder, readTable, tableFileName, tableFiles } from "../library/load-diagnoses.ts";

const usage = `Imports the official yearly ICD-10-CM order file (CMS and NCHS, e.g. icd10cm_order_2027.txt), which is released every summer
and in force from October 1, or its update in April. The codes that plans for mental health use are kept; retired ones stay readable in old records.

  npm run import-codes -- <order file> [--year 2027] [--into folder] [--dry-run]

--year     fiscal year of the file, when its name does not say it
--into     folder of the practice's tables (<data folder>/diagnoses); without it the library's own, library/diagnoses
--dry-run  only tell what would change
`;

/** Less than this share of the present codes in the file means that it is not the whole file. */
const smallestShare = 0.8;

interface Request {
  readonly file: string;
  readonly year: number | null;
  readonly into: string;
  readonly dryRun: boolean;
}

export type Import =
  | { readonly ok: true; readonly table: Icd10Table; readonly summary: string }
  | { readonly ok: false; readonly message: string };

/** The new table and what it changes, or why the file cannot be taken. Writes nothing. */
export function importOrderFile(fileName: string, text: string, year: number | null, present: Icd10Table): Import {
  const fiscalYear = year ?? Number(/(20\d\d)/.exec(fileName)?.[1] ?? Number.NaN);
  if (Number.isNaN(fiscalYear)) return { ok: false, message: `The name ${fileName} does not say the fiscal year. Give it with --year.` };
  if (fiscalYear < present.fiscalYear)
    return {
      ok: false,
      message: `The present table is that of fiscal year ${present.fiscalYear}; ${fileName} is of ${fiscalYear} and would take it back.`,
    };
  const { rows, faults } = parseOrderFile(text);
  if (faults.length > 0) {
    const shown = faults.slice(0, 5).map((fault) => `  ${fault.line === 0 ? "" : `line ${fault.line}: `}${fault.message}`);
    return {
      ok: false,
      message: [
        `${fileName} cannot be imported:`,
        ...shown,
        ...(faults.length > shown.length ? [`  and ${faults.length - shown.length} more`] : []),
      ].join("\n"),
    };
  }
  const provenance = `ICD-10-CM FY${fiscalYear} (CMS/NCHS, public domain), imported from the order file ${fileName}: the codes that plans for mental health use.`;
  const table = tableFromOrderFile(rows, fiscalYear, present, provenance);
  const changes = compareTables(present, table);
  const before = present.entries.filter((entry) => entry.retired === null).length;
  if (before - changes.retired.length < before * smallestShare) {
    return {
      ok: false,
      message: `${fileName} holds only ${before - changes.retired.length} of the ${before} codes of the present table. Is it the whole order file?`,
    };
  }
  const written = parseIcd10Table(formatIcd10Table(table));
  if (written.faults.length > 0)
    return { ok: false, message: `${fileName} gives a table that cannot be read back: ${written.faults[0]?.message ?? ""}` };
  const entries = (title: string, list: readonly Icd10Entry[]): string[] =>
    list.length === 0 ? [] : [`${title}: ${list.length}`, ...list.map((entry) => `  ${entry.code}  ${entry.description}`)];
  const summary = [
    `ICD-10-CM fiscal year ${fiscalYear}: ${table.entries.filter((entry) => entry.retired === null).length} codes (present table: fiscal year ${present.fiscalYear}, ${before} codes).`,
    ...entries("Added", changes.added),
    ...entries("Retired", changes.retired),
    ...entries("Billable or not has changed", changes.billableChanged),
    ...(changes.reworded.length === 0
      ? []
      : [`Reworded: ${changes.reworded.length}`, ...changes.reworded.map(({ code, from, to }) => `  ${code}  ${from} -> ${to}`)]),
    ...(changes.added.length + changes.retired.length + changes.billableChanged.length + changes.reworded.length === 0
      ? ["Nothing changes in the codes kept here."]
      : []),
  ].join("\n");
  return { ok: true, table, summary };
}

function parseArguments(given: readonly string[]): Request | string {
  let file: string | null = null;
  let year: number | null = null;
  let into = diagnosesFolder;
  let dryRun = false;
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? "";
    if (argument === "--dry-run") dryRun = true;
    else if (argument === "--year") {
      year = Number(given[++i]);
      if (!Number.isInteger(year) || year < 2016 || year > 2100) return "--year wants a fiscal year such as 2027.";
    } else if (argument === "--into") {
      const folder = given[++i];
      if (folder === undefined) return "--into wants a folder.";
      into = resolve(folder);
    } else if (argument.startsWith("-")) return `There is no option ${argument}.`;
    else if (file === null) file = argument;
    else return "One file at a time.";
  }
  return file === null ? "Which file?" : { file, year, into, dryRun };
}

function main(): number {
  const request = parseArguments(process.argv.slice(2));
  if (typeof request === "string") {
    process.stderr.write(`${request}\n\n${usage}`);
    return 2;
  }
  let text: string;
  try {
    text = readFileSync(request.file, "latin1");
  } catch (error) {
    process.stderr.write(`${request.file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const newest = [...tableFiles(request.into), ...tableFiles(diagnosesFolder)].sort((a, b) => b.fiscalYear - a.fiscalYear)[0];
  if (newest === undefined) {
    process.stderr.write(`There is no ICD-10-CM table in ${diagnosesFolder} to begin from.\n`);
    return 1;
  }
  const result = importOrderFile(basename(request.file), text, request.year, readTable(newest.path));
  if (!result.ok) {
    process.stderr.write(`${result.message}\n`);
    return 1;
  }
  process.stdout.write(`${result.summary}\n`);
  if (request.dryRun) return 0;
  mkdirSync(request.into, { recursive: true });
  const path = join(request.into, tableFileName(result.table.fiscalYear));
  // Written beside and renamed, so that a server that starts meanwhile never sees half a table.
  writeFileSync(`${path}.part`, formatIcd10Table(result.table));
  renameSync(`${path}.part`, path);
  process.stdout.write(`Written to ${path}. The next start uses it from October 1, ${result.table.fiscalYear - 1}.\n`);
  return 0;
}

if (import.meta.main) process.exitCode = main();
