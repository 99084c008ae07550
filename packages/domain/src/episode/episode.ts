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

/** A time of treatment from admission to discharge (FHIR EpisodeOfCare). Who comes back begins a new one, and the earlier ones stay in sight. */
export const Episode = z.strictObject({
  number: z.number().int().min(1),
  openedOn: IsoDate,
  endedOn: IsoDate.nullable(),
  /** Why it began, of a later one: what brings the client back. */
  broughtBack: longText(2000).default(""),
  end: EpisodeEnd.nullable().default(null),
});
export type Episode = z.infer<typeof Episode>;
