import { z } from "zod";
import { Slug } from "../library/chapter.ts";

/** Signs in a record that treatment does not work as hoped, or that a client is slipping away. */
export const careSigns = [
  "risk",
  "deteriorated",
  "no-progress",
  "little-progress",
  "target-date-passed",
  "reviews-without-progress",
  "missed-sessions",
  "homework-not-done",
  "measures-not-answered",
  "feedback-low",
  "co-occurring",
] as const;
export type CareSign = (typeof careSigns)[number];

/** A sign in a few words, where its numbers stand elsewhere on the page. */
export const careSignNames: Readonly<Record<CareSign, string>> = {
  risk: "danger",
  deteriorated: "worse than at the start",
  "no-progress": "no progress",
  "little-progress": "little progress",
  "target-date-passed": "a target day has passed",
  "reviews-without-progress": "reviews without progress",
  "missed-sessions": "missed sessions",
  "homework-not-done": "homework not done",
  "measures-not-answered": "measures not answered",
  "feedback-low": "session feedback",
  "co-occurring": "more than one problem",
};

/** The steps, in the order in which to go: what costs the client least comes first, but for danger, which comes before all. */
export const careSteps = ["safety", "reassess", "engagement", "dose", "approach", "medication", "level-of-care", "second-opinion"] as const;
export type CareStep = (typeof careSteps)[number];

/** What a step is called on screen. */
export const careStepNames: Readonly<Record<CareStep, string>> = {
  safety: "Safety first",
  reassess: "Look again",
  engagement: "Engagement and the two of you",
  dose: "How much and how often",
  approach: "Another approach, or one beside it",
  medication: "A medication consult",
  "level-of-care": "More care, or less",
  "second-opinion": "Another pair of eyes",
};

/** Something that can be done when treatment does not work. Content of the library: `library/off-track`. */
export const CareOption = z.strictObject({
  /** Stays for ever: decisions in records name it. */
  id: Slug,
  step: z.enum(careSteps),
  title: z.string().trim().min(5).max(120),
  /** What it is and when it is the right thing, for the clinician. */
  what: z.string().trim().min(40).max(500),
  /** What to do, a sentence each. */
  how: z.array(z.string().trim().min(15).max(300)).min(2).max(6),
  /** Signs at which it is put forward; without any it is there to be chosen. */
  when: z.array(z.enum(careSigns)).default([]),
  /** The part of the record in which it is carried out. */
  leadsTo: z
    .enum(["risk", "diagnoses", "measures", "homework", "sessions", "outline", "plan", "engagement", "safety", "ending"])
    .optional(),
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type CareOption = z.infer<typeof CareOption>;

export const CareOptionsFile = z.array(CareOption).min(1);
