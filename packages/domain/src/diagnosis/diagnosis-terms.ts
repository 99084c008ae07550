import { z } from "zod";

/** A code or the beginning of codes: "F33" stands for every F33.x. */
const CodePrefix = z.string().regex(/^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/, "An ICD-10-CM code or category looks like F33.1 or F33.");

/** Words that people type for a diagnosis, and the codes that they mean, likeliest first. A category stands for its billable codes in order. */
export const DiagnosisSynonyms = z
  .array(z.strictObject({ terms: z.array(z.string().trim().min(2).max(60)).min(1), codes: z.array(CodePrefix).min(1) }))
  .min(1);
export type DiagnosisSynonyms = z.infer<typeof DiagnosisSynonyms>;

/**
 * Specifiers by code: for codes that begin with one of `codes` (and with none of `except`), any of `specifiers` may be chosen, and at most
 * one where `choose` is "one". Names only; what each demands is for the clinician to know.
 */
export const DiagnosisSpecifiers = z
  .array(
    z.strictObject({
      group: z.string().trim().min(3).max(60),
      codes: z.array(CodePrefix).min(1),
      except: z.array(CodePrefix).default([]),
      choose: z.enum(["one", "any"]).default("any"),
      specifiers: z.array(z.string().trim().min(3).max(120)).min(1),
    }),
  )
  .min(1);
export type DiagnosisSpecifiers = z.infer<typeof DiagnosisSpecifiers>;

/** The groups of specifiers that may be chosen for a code, in the order of the table. */
export function specifiersFor(specifiers: DiagnosisSpecifiers, code: string): DiagnosisSpecifiers[number][] {
  return specifiers.filter(
    ({ codes, except }) => codes.some((prefix) => code.startsWith(prefix)) && !except.some((prefix) => code.startsWith(prefix)),
  );
}
