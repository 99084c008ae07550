import type { LibraryFault } from "../library/fault.ts";
import type { Library } from "../library/library.ts";
import type { DiagnosisSpecifiers, DiagnosisSynonyms } from "./diagnosis-terms.ts";
import { billableUnder, type Icd10Table, whyNotCurrent } from "./icd-10-cm.ts";

export interface DiagnosisTables {
  readonly table: Icd10Table;
  readonly synonyms: DiagnosisSynonyms;
  readonly specifiers: DiagnosisSpecifiers;
}

/** Codes in the library and in its tables of synonyms and specifiers that today's ICD-10-CM table does not have. */
export function lintDiagnoses(library: Library, { table, synonyms, specifiers }: DiagnosisTables): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const needsBillable = (file: string, path: LibraryFault["path"], prefix: string): void => {
    if (billableUnder(table, prefix).length === 0)
      faults.push({
        rule: "diagnosis-code",
        file,
        path,
        message: `No billable code of fiscal year ${table.fiscalYear} begins with ${prefix}.`,
      });
  };

  for (const file of library.files) {
    if (file.kind === "chapter") {
      for (const [i, prefix] of file.content.diagnoses.entries()) needsBillable(file.path, ["diagnoses", i], prefix);
      for (const part of ["definitions", "objectives"] as const) {
        for (const [i, item] of file.content[part].entries()) {
          item.signals.forEach((signal, s) => {
            if (signal.kind === "diagnosis") needsBillable(file.path, [part, i, "signals", s, "code"], signal.code);
          });
        }
      }
    }
    if (file.kind !== "case") continue;
    for (const [i, diagnosis] of file.content.diagnoses.entries()) {
      const why = whyNotCurrent(table, diagnosis.code);
      if (why !== null) faults.push({ rule: "diagnosis-code", file: file.path, path: ["diagnoses", i, "code"], message: why });
      const description = table.byCode.get(diagnosis.code)?.description;
      if (description !== undefined && description !== diagnosis.description) {
        faults.push({
          rule: "diagnosis-code",
          file: file.path,
          path: ["diagnoses", i, "description"],
          message: `The official description of ${diagnosis.code} is "${description}".`,
        });
      }
    }
  }

  const seen = new Map<string, number>();
  for (const [i, entry] of synonyms.entries()) {
    for (const [c, prefix] of entry.codes.entries()) needsBillable("diagnoses/synonyms.yaml", [i, "codes", c], prefix);
    for (const term of entry.terms) {
      const before = seen.get(term.toLowerCase());
      if (before === undefined) seen.set(term.toLowerCase(), i);
      else
        faults.push({
          rule: "duplicate-id",
          file: "diagnoses/synonyms.yaml",
          path: [i, "terms"],
          message: `"${term}" already stands in entry ${before + 1}.`,
        });
    }
  }
  for (const [i, entry] of specifiers.entries()) {
    for (const [c, prefix] of entry.codes.entries()) needsBillable("diagnoses/specifiers.yaml", [i, "codes", c], prefix);
    entry.except.forEach((prefix, c) => {
      if (!entry.codes.some((code) => prefix.startsWith(code))) {
        faults.push({
          rule: "diagnosis-code",
          file: "diagnoses/specifiers.yaml",
          path: [i, "except", c],
          message: `${prefix} is under none of the codes of this entry, so that there is nothing to except.`,
        });
      }
    });
  }
  return faults;
}
