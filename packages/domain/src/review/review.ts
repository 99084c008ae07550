import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";
import { Because, GoalAchievementStatus } from "../plan/plan.ts";

const Id = z.string().min(1).max(64);

/** What can become of an objective at a review. */
export const ReviewDecision = z.enum(["continue", "achieved", "revise-target", "change-intervention", "discontinue"]);
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** What is proposed for one objective, and why. */
export const ReviewProposal = z.strictObject({
  objectiveId: Id,
  decision: ReviewDecision,
  because: z.array(Because).min(1).max(20),
  /** The target proposed instead, where the decision is to revise it. */
  target: z.number().nullable().default(null),
  /** The target date proposed instead. */
  targetDate: IsoDate.nullable().default(null),
  /** What the evidence says of the objective (FHIR Goal.achievementStatus); `null` where it says nothing. */
  achievement: GoalAchievementStatus.nullable().default(null),
});
export type ReviewProposal = z.infer<typeof ReviewProposal>;

/** What was decided for one objective together. */
export const DecidedObjective = z.strictObject({
  objectiveId: Id,
  decision: ReviewDecision,
  /** Why, in words for the client too: it stands in the difference between the revisions. */
  reason: longText(1000).default(""),
  /** A new target or target date, where the decision is to revise them. */
  target: z.number().nullable().default(null),
  targetDate: IsoDate.nullable().default(null),
  /** How the clinician and the client see the progress, 0 none to 10 all that was hoped for. */
  clinicianRating: z.number().int().min(0).max(10).nullable().default(null),
  clientRating: z.number().int().min(0).max(10).nullable().default(null),
});
export type DecidedObjective = z.infer<typeof DecidedObjective>;

/** The client's part: what helps, what does not, how satisfied, what matters now. */
export const ClientsPart = z.strictObject({
  helps: longText(4000).default(""),
  doesNotHelp: longText(4000).default(""),
  mattersNow: longText(4000).default(""),
  /** 0 not at all to 10 fully. */
  satisfaction: z.number().int().min(0).max(10).nullable().default(null),
  /** Own rating of the progress on each objective, 0 to 10. */
  ratings: z
    .array(z.strictObject({ objectiveId: Id, rating: z.number().int().min(0).max(10) }))
    .max(60)
    .default([]),
});
export type ClientsPart = z.infer<typeof ClientsPart>;

/** Something that the record calls for and the plan does not have. */
export const ProposedAddition = z.strictObject({
  id: Id,
  kind: z.enum(["diagnosis", "measure", "objective"]),
  /** The diagnosis, measure or goal that it is about. */
  about: Id,
  /** What that is called, e.g. "PHQ-9". */
  what: line(300).default(""),
  /** What is missing and why, in a sentence or two with its numbers. */
  text: longText(1000),
});
export type ProposedAddition = z.infer<typeof ProposedAddition>;

/** A review of a plan with the client: opened from the record, decided objective by objective, and closed by the next revision. */
export const Review = z.strictObject({
  planId: Id,
  /** The signed revision that is looked at. */
  revision: z.number().int().min(1),
  on: IsoDate,
  participants: z.array(line(200)).max(20).default([]),
  /** What was proposed when it was opened, kept as it was. */
  proposals: z.array(ReviewProposal).max(150).default([]),
  decided: z.array(DecidedObjective).max(150).default([]),
  /** What is missing in the plan, as it was seen when the review was opened, and what is done about it. */
  additions: z.array(ProposedAddition).max(60).default([]),
  decidedAdditions: z
    .array(z.strictObject({ id: Id, decision: z.enum(["take-up", "not-now"]), reason: longText(1000).default("") }))
    .max(60)
    .default([]),
  /** What becomes of interventions that serve only objectives that end here. Not named: it ends with them. */
  interventions: z
    .array(
      z.strictObject({
        id: Id,
        decision: z.enum(["end", "keep"]),
        forObjective: Id.nullable().default(null),
        reason: longText(1000).default(""),
      }),
    )
    .max(200)
    .default([]),
  /** What becomes of homework that was for objectives that end here. Each is asked about. */
  homework: z
    .array(z.strictObject({ id: Id, decision: z.enum(["goes-on", "taken-back"]) }))
    .max(200)
    .default([]),
  clientsPart: ClientsPart.prefault({}),
  /** How the clinician sees the progress on each objective, 0 to 10; also before anything is decided about it. */
  clinicianRatings: z
    .array(z.strictObject({ objectiveId: Id, rating: z.number().int().min(0).max(10) }))
    .max(150)
    .default([]),
  /** What the review comes to, and why the treatment goes on. */
  summary: longText(4000).default(""),
  rationale: longText(4000).default(""),
  nextReview: IsoDate.nullable().default(null),
  /** Why it was closed without a new revision. */
  abandonedReason: line(300).default(""),
});
export type Review = z.infer<typeof Review>;
