import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { Slug } from "../library/chapter.ts";

/** Scores taken over from elsewhere (a paper form scored by hand, another system) where the single answers are not known. */
export const EnteredScores = z.strictObject({
  total: z.number().nullable(),
  subscales: z.record(Slug, z.number()).default({}),
});
export type EnteredScores = z.infer<typeof EnteredScores>;

/** How the answers came in. */
export const administrationModes = ["typed-in", "handed-over", "read-aloud", "link", "paper", "import"] as const;

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
  answers: z.array(z.number().nullable()).max(200),
  /** In place of answers. */
  entered: EnteredScores.optional(),
  answeredBy: z.enum(["client", "clinician", "guardian"]),
  /** Not said of those from before it was asked. */
  mode: z.enum(administrationModes).optional(),
  /** A FHIR status: `entered-in-error` entries stay in the history and count in nothing. */
  status: z.enum(["completed", "entered-in-error"]).default("completed"),
});
export type Administration = z.infer<typeof Administration>;
