import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";

/** Why an episode of care ended. */
export const endReasons = [
  "goals-met",
  "client-ended",
  "lost-contact",
  "transferred",
  "higher-level-of-care",
  "moved",
  "coverage-ended",
  "clinician-ended",
  "died",
  "other",
] as const;
/** What came of it, as the clinician and client judge it at the end. */
export const endOutcomes = ["recovered", "improved", "unchanged", "worse", "not-known"] as const;

export const EpisodeEnd = z.strictObject({
  reason: z.enum(endReasons),
  outcome: z.enum(endOutcomes),
  detail: longText(2000).default(""),
  /** Days on which measures are asked for again. */
  followUps: z
    .array(z.strictObject({ date: IsoDate, measures: z.array(line(80)).max(10) }))
    .max(6)
    .default([]),
});
export type EpisodeEnd = z.infer<typeof EpisodeEnd>;

/** What the clinician says of one discharge criterion, where the record cannot, or says too little. */
export const CriterionJudgement = z.strictObject({
  /** The criterion's id in the plan; of a plan without criteria, `objective:` and the objective's. */
  criterionId: line(80).min(1),
  state: z.enum(["met", "not-yet"]),
  on: IsoDate,
  by: line(200).default(""),
  why: longText(1000).default(""),
});
export type CriterionJudgement = z.infer<typeof CriterionJudgement>;

/** A time of treatment from admission to discharge (FHIR EpisodeOfCare). Who comes back begins a new one, and the earlier ones stay in sight. */
export const Episode = z.strictObject({
  number: z.number().int().min(1),
  openedOn: IsoDate,
  endedOn: IsoDate.nullable(),
  /** Why it began, of a later one: what brings the client back. */
  broughtBack: longText(2000).default(""),
  criteria: z.array(CriterionJudgement).max(60).default([]),
  /** The last day of therapy as it is planned; measures for the end of therapy are due the week before. */
  plannedEnd: IsoDate.nullable().default(null),
  end: EpisodeEnd.nullable().default(null),
});
export type Episode = z.infer<typeof Episode>;
