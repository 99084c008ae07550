import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";

const Id = z.string().min(1).max(64);

/** What was considered and chosen when treatment did not work; it stays in the record as it was said. */
export const CareDecision = z.strictObject({
  on: IsoDate,
  planId: Id.nullable().default(null),
  /** What it is about, in words: "PHQ-9 no better after 8 weeks". */
  about: line(300),
  objectiveIds: z.array(Id).max(60).default([]),
  /** Each option by its id in the library, and what came of it. */
  options: z
    .array(
      z.strictObject({
        id: line(80).min(1),
        title: line(200),
        state: z.enum(["considered", "chosen", "not-fitting"]),
        note: longText(1000).default(""),
      }),
    )
    .min(1, "Say at least of one option whether it was considered or chosen.")
    .max(40),
  note: longText(4000).default(""),
});
export type CareDecision = z.infer<typeof CareDecision>;
