import { z } from "zod";
import { longText } from "../client/client.ts";

/** What somebody may decide on an alert, for reports that count it; in no order of worth. */
export const decisionWords = {
  "assessed-risk": "Assessed risk anew",
  "talked-it-over": "Talked it over with the client",
  "reached-out": "Reached out to the client",
  "changed-frequency": "Changed how often we meet",
  "changed-approach": "Changed or added an approach",
  "reviewed-diagnosis": "Looked at the diagnosis again",
  consulted: "Consulted somebody",
  "more-care": "Arranged more care: referral, medication, intensive care",
  waiting: "Decided to wait and look again",
  "entry-in-error": "The entry was wrong",
} as const;
export type Decision = keyof typeof decisionWords;
export const decisions = Object.keys(decisionWords) as readonly Decision[];

const Codes = z.array(z.string().min(1).max(60)).max(30);

/** What was considered on an alert, what was decided, and what was done about it. */
export const Acknowledgement = z.strictObject({
  /** Ids of `Consideration`s. */
  considered: Codes,
  decisions: z.array(z.enum(decisions)).max(decisions.length).default([]),
  done: longText(2000).refine(
    (text) => /[\p{L}\p{N}]/u.test(text),
    "Say in a sentence what was done, so that whoever reads this later can tell.",
  ),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;
