import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { Client } from "../client/client.ts";
import { Diagnosis } from "../diagnosis/diagnosis.ts";
import { Intake } from "../intake/intake.ts";
import { Administration } from "../measures/administration.ts";
import { Slug } from "./chapter.ts";

/**
 * A worked fictional case: a whole client record in the record's own schemas, and how a senior clinician would plan from it.
 * Cases teach, seed the demo practice, and are examples that the drafting engine is tested against.
 */
export const Case = z.strictObject({
  id: Slug,
  chapter: Slug,
  /** The day from which the case is told; every date in it is on or before this day. */
  today: IsoDate,
  story: z.string().min(200).max(3000),
  client: Client,
  intake: Intake,
  diagnoses: z.array(Diagnosis).min(1),
  administrations: z.array(Administration).min(1),
  workedPlan: z.strictObject({
    definitions: z.array(z.strictObject({ id: Slug, detail: z.string().min(10).max(400) })).min(2),
    goals: z.array(z.strictObject({ id: Slug, clientWords: z.string().min(5).max(300) })).min(2),
    objectives: z.array(Slug).min(3),
    interventions: z.array(Slug).min(6),
    /** Interventions that must not be proposed for this client as things stand, and why. */
    heldBack: z.array(z.strictObject({ id: Slug, because: z.string().min(10).max(300) })).default([]),
    reasoning: z.string().min(200).max(4000),
  }),
});
export type Case = z.infer<typeof Case>;
