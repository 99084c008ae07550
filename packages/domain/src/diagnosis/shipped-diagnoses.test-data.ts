import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { DiagnosisSpecifiers, DiagnosisSynonyms } from "./diagnosis-terms.ts";
import { parseIcd10Table } from "./icd-10-cm.ts";

const read = (name: string): string => readFileSync(new URL(`../../../../library/diagnoses/${name}`, import.meta.url), "utf8");

/** The diagnoses as they stand in library/diagnoses, for tests. */
export const shippedTable = parseIcd10Table(read("icd-10-cm-fy2026.tsv"));
export const shippedSynonyms = DiagnosisSynonyms.parse(parse(read("synonyms.yaml")));
export const shippedSpecifiers = DiagnosisSpecifiers.parse(parse(read("specifiers.yaml")));
