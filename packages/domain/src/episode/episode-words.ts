import type { EpisodeEnd } from "./episode.ts";

/** Why it ended, as a form offers it and a summary says it. */
export const endReasonWords: Record<EpisodeEnd["reason"], string> = {
  "goals-met": "The goals of treatment were met",
  "client-ended": "The client chose to end treatment",
  "lost-contact": "The client stopped coming and could not be reached",
  transferred: "The client goes on with another clinician or service",
  "higher-level-of-care": "The client needs more care than is given here",
  moved: "The client moved away",
  "coverage-ended": "Coverage or payment ended",
  "clinician-ended": "The clinician or practice ended treatment",
  died: "The client died",
  other: "Another reason",
};

/** What came of it, as client and clinician judge it. */
export const endOutcomeWords: Record<EpisodeEnd["outcome"], string> = {
  recovered: "Recovered",
  improved: "Improved",
  unchanged: "Unchanged",
  worse: "Worse",
  "not-known": "Not known",
};
