import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IsoDate } from "@trellis/domain/calendar/date";
import { DiagnosisSpecifiers, DiagnosisSynonyms } from "@trellis/domain/diagnosis/diagnosis-terms";
import { fiscalYearOn, type Icd10Table, parseIcd10Table } from "@trellis/domain/diagnosis/icd-10-cm";
import type { LibraryFault } from "@trellis/domain/library/fault";
import { parse } from "yaml";
import { z } from "zod";
import { libraryFolder } from "./load-library.ts";

/** The tables that come with the product. */
export const diagnosesFolder = join(libraryFolder, "diagnoses");

export interface Diagnoses {
  readonly table: Icd10Table;
  readonly synonyms: DiagnosisSynonyms;
  readonly specifiers: DiagnosisSpecifiers;
}

export const tableFileName = (fiscalYear: number): string => `icd-10-cm-fy${fiscalYear}.tsv`;

/** The tables found in a folder, newest first, by their file names. A folder that does not exist holds none. */
export function tableFiles(folder: string): { readonly fiscalYear: number; readonly path: string }[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => {
        const year = /^icd-10-cm-fy(20\d\d)\.tsv$/.exec(name)?.[1];
        return year === undefined ? [] : [{ fiscalYear: Number(year), path: join(folder, name) }];
      })
      .sort((a, b) => b.fiscalYear - a.fiscalYear);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Reads one table. Throws when a line of it is not right, naming the line. */
export function readTable(path: string): Icd10Table {
  const { table, faults } = parseIcd10Table(readFileSync(path, "utf8"));
  if (faults.length > 0)
    throw new Error(
      `The ICD-10-CM table cannot be loaded:\n${faults.map((fault) => `${path}:${fault.line}: ${fault.message}`).join("\n")}`,
    );
  return table;
}

/**
 * The diagnoses to work with on a day: the newest table whose fiscal year has begun, from the practice's own folder (tables that it
 * imported) or from the library, with the library's synonyms and specifiers.
 */
export function loadDiagnoses(today: IsoDate, practiceFolder?: string): Diagnoses {
  const files = [...(practiceFolder === undefined ? [] : tableFiles(practiceFolder)), ...tableFiles(diagnosesFolder)].sort(
    (a, b) => b.fiscalYear - a.fiscalYear,
  );
  const file = files.find(({ fiscalYear }) => fiscalYear <= fiscalYearOn(today)) ?? files.at(-1);
  if (file === undefined) throw new Error(`There is no ICD-10-CM table in ${diagnosesFolder}.`);
  return { table: readTable(file.path), ...readTerms(diagnosesFolder) };
}

/** The newest table of a folder with its synonyms and specifiers, or what is wrong with them. For checking a library that is being written. */
export function readDiagnoses(folder: string): { readonly diagnoses: Diagnoses | null; readonly faults: readonly LibraryFault[] } {
  const newest = tableFiles(folder)[0];
  if (newest === undefined) return { diagnoses: null, faults: [] };
  try {
    return { diagnoses: { table: readTable(newest.path), ...readTerms(folder) }, faults: [] };
  } catch (error) {
    return {
      diagnoses: null,
      faults: [{ rule: "diagnosis-code", file: "diagnoses", path: [], message: error instanceof Error ? error.message : String(error) }],
    };
  }
}

function readTerms(folder: string): Pick<Diagnoses, "synonyms" | "specifiers"> {
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const result = schema.safeParse(parse(readFileSync(join(folder, name), "utf8")));
    if (result.success) return result.data;
    throw new Error(`${join(folder, name)} cannot be loaded:\n${z.prettifyError(result.error)}`);
  };
  return { synonyms: read("synonyms.yaml", DiagnosisSynonyms), specifiers: read("specifiers.yaml", DiagnosisSpecifiers) };
}
