import type { Diagnosis } from "@trellis/domain/diagnosis/diagnosis";

export const verificationWords: Record<Diagnosis["verification"], string> = {
  provisional: "Provisional",
  confirmed: "Confirmed",
  refuted: "Ruled out",
};
export const clinicalStatusWords: Record<Diagnosis["clinicalStatus"], string> = {
  active: "Active",
  remission: "In remission",
  resolved: "Resolved",
};
export const rankWords: Record<Diagnosis["rank"], string> = { principal: "Principal", "co-occurring": "Co-occurring" };

export const diagnosisFieldNames: Readonly<Record<string, string>> = {
  rank: "Principal or co-occurring",
  verification: "How sure",
  clinicalStatus: "Course",
  specifiers: "Specifiers",
  onset: "Onset",
  justification: "Justification",
  diagnosedBy: "Diagnosed by",
  diagnosedOn: "Diagnosed on",
};

/** Whether a plan can rest on it. */
export function counts(diagnosis: Pick<Diagnosis, "verification" | "clinicalStatus">): boolean {
  return diagnosis.verification !== "refuted" && diagnosis.clinicalStatus !== "resolved";
}

/** The first diagnosis is the principal one until another is. */
export function rankOfNew(diagnoses: readonly Pick<Diagnosis, "rank" | "verification" | "clinicalStatus">[]): Diagnosis["rank"] {
  return diagnoses.some((diagnosis) => diagnosis.rank === "principal" && counts(diagnosis)) ? "co-occurring" : "principal";
}
