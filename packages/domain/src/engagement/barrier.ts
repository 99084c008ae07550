import { z } from "zod";
import { Slug } from "../library/chapter.ts";

/** Where slipping away shows in a record. */
export const engagementSigns = [
  "sessions-missed",
  "sessions-cancelled",
  "homework-not-done",
  "measures-not-answered",
  "feedback-relationship",
  "feedback-goals",
  "feedback-approach",
  "feedback-overall",
] as const;
export type EngagementSign = (typeof engagementSigns)[number];

/** Something that keeps a client from taking part, and what helps. Content of the library: `library/engagement`. */
export const EngagementBarrier = z.strictObject({
  id: Slug,
  title: z.string().trim().min(5).max(80),
  /** Signs at which it is worth thinking of. */
  signs: z.array(z.enum(engagementSigns)).min(1),
  /** A question to the client, in everyday words. */
  ask: z.string().trim().min(15).max(300).endsWith("?"),
  /** What to consider, a sentence each. */
  consider: z.array(z.string().trim().min(15).max(300)).min(2).max(5),
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type EngagementBarrier = z.infer<typeof EngagementBarrier>;

export const EngagementBarriersFile = z.array(EngagementBarrier).min(1);
