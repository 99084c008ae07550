import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";

export const Icd10Code = z.string().regex(/^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/, "An ICD-10-CM code looks like F33.1.");

/**
 * A diagnosis (FHIR Condition). `verification` and `clinicalStatus` follow FHIR's value sets:
 * ruled out is `refuted`, resolved is clinicalStatus `resolved`.
 */
export const Diagnosis = z.strictObject({
  id: z.string().min(1).max(64),
  code: Icd10Code,
  /** The official description at the time it was chosen. */
  description: z.string().min(1).max(300),
  /** Fiscal year of the ICD-10-CM table the code was taken from. */
  fiscalYear: z.number().int().min(2016).max(2100),
  rank: z.enum(["principal", "co-occurring"]),
  verification: z.enum(["provisional", "confirmed", "refuted"]),
  clinicalStatus: z.enum(["active", "remission", "resolved"]).default("active"),
  specifiers: z.array(line(120)).max(12, "At most 12 specifiers fit here.").default([]),
  onset: line(80).default(""),
  /** What in history, presentation and scores supports it, in the clinician's words. */
  justification: longText(4000).default(""),
  diagnosedBy: line(200).default(""),
  diagnosedOn: IsoDate,
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/** Diagnoses that a plan can rest on: neither ruled out nor resolved. Principal first, then in the order given. */
export function activeDiagnoses(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  const active = diagnoses.filter((d) => d.verification !== "refuted" && d.clinicalStatus !== "resolved");
  return [...active.filter((d) => d.rank === "principal"), ...active.filter((d) => d.rank !== "principal")];
}
