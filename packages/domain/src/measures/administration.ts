import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { Slug } from "../library/chapter.ts";

/**
 * One time a measure was given (FHIR QuestionnaireResponse): the answers as given, item by item.
 * A question left open is `null`, never 0. Scores are derived by `scoreAdministration`.
 */
export const Administration = z.strictObject({
  id: z.string().min(1).max(64),
  measure: Slug,
  /** Version of the measure's definition under which it was answered. */
  measureVersion: z.string().max(10),
  date: IsoDate,
  answers: z.array(z.number().int().nullable()).max(200),
  answeredBy: z.enum(["client", "clinician", "guardian"]),
  /** A FHIR status: `entered-in-error` entries stay in the history and count in nothing. */
  status: z.enum(["completed", "entered-in-error"]).default("completed"),
});
export type Administration = z.infer<typeof Administration>;
