import { join, relative, resolve, sep } from "node:path";
import { lintDiagnoses } from "@trellis/domain/diagnosis/lint-diagnoses";
import type { LibraryFault } from "@trellis/domain/library/fault";
import { assembleLibrary, type Library } from "@trellis/domain/library/library";
import { countsTable } from "@trellis/domain/library/library-counts";
import { lintLibrary } from "@trellis/domain/library/lint-library";
import { readDiagnoses } from "./load-diagnoses.ts";
import { describeFault, type FileFault, libraryFolder, readLibrary } from "./load-library.ts";

const usage = `Checks the content of the library.

  node packages/server/src/library/check-library.ts [file ...] [--library folder]
  node packages/server/src/library/check-library.ts --counts

Without a file, everything is checked. With files (paths, or parts of paths such as "depression"), only their faults are shown;
the rest of the library is still read, because sentences and references are checked across all of it.
With --counts, how much the library holds is printed as the table in the README.
Ends with 1 when there is any fault.
`;

interface Request {
  readonly folder: string;
  readonly only: readonly string[];
  readonly counts: boolean;
}

function parseArguments(given: readonly string[]): Request | null {
  const only: string[] = [];
  let folder = libraryFolder;
  let counts = false;
  for (let i = 0; i < given.length; i++) {
    const argument = given[i] ?? "";
    if (argument === "--library") {
      const value = given[++i];
      if (value === undefined) return null;
      folder = resolve(value);
    } else if (argument === "--counts") counts = true;
    else if (argument.startsWith("-")) return null;
    else only.push(argument);
  }
  return { folder, only, counts };
}

/** Every fault of the library in the folder, those against the schemas first; a place that breaks its schema is not reported twice. */
export function checkLibrary(folder: string): FileFault[] {
  const reading = readLibrary(folder);
  const library = assembleLibrary(reading.files);
  const found = [...lintLibrary(library, { alsoKnown: reading.unreadIds }), ...diagnosisFaults(library, folder)];
  const faults = found.map(
    (fault): FileFault => ({
      file: fault.file,
      ...reading.placeOf(fault.file, fault.path),
      path: fault.path,
      message: `${fault.message} [${fault.rule}]`,
    }),
  );
  const placeOf = (fault: FileFault): string => JSON.stringify([fault.file, fault.path]);
  const unread = new Set(reading.faults.map(placeOf));
  return [...reading.faults, ...faults.filter((fault) => !unread.has(placeOf(fault)))];
}

function diagnosisFaults(library: Library, folder: string): readonly LibraryFault[] {
  const { diagnoses, faults } = readDiagnoses(join(folder, "diagnoses"));
  return diagnoses === null ? faults : lintDiagnoses(library, diagnoses);
}

function isAsked(file: string, { folder, only }: Request): boolean {
  return only.length === 0 || only.some((part) => file.includes(part) || relative(folder, resolve(part)).split(sep).join("/") === file);
}

function main(): number {
  const request = parseArguments(process.argv.slice(2));
  if (request === null) {
    process.stderr.write(usage);
    return 2;
  }
  if (request.counts) {
    process.stdout.write(`${countsTable(assembleLibrary(readLibrary(request.folder).files))}\n`);
    return 0;
  }
  const faults = checkLibrary(request.folder).filter((fault) => isAsked(fault.file, request));
  const byFile = Map.groupBy(faults, (fault) => fault.file);
  for (const [file, list] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    process.stdout.write(`${file}: ${list.length === 1 ? "1 fault" : `${list.length} faults`}\n`);
    for (const fault of list.sort((a, b) => a.line - b.line)) process.stdout.write(`  ${describeFault(fault)}\n`);
  }
  process.stdout.write(faults.length === 0 ? "No faults.\n" : `\n${faults.length} in all.\n`);
  return faults.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main();
