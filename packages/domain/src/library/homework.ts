import { z } from "zod";
import { ApproachId } from "./approach.ts";
import { Slug } from "./chapter.ts";

/** Something the client does between sessions, written to the client at grade 8 or below. */
export const Homework = z.strictObject({
  id: Slug,
  title: z.string().trim().min(3).max(80),
  chapters: z.array(Slug).min(1),
  approach: ApproachId,
  /** Why it helps, one or two sentences to the client. */
  why: z.string().trim().min(20).max(400),
  /** The steps, each a sentence to the client. */
  steps: z.array(z.string().trim().min(8).max(300)).min(2).max(12),
  minutes: z.number().int().min(2).max(90),
  timesPerWeek: z.number().int().min(1).max(14),
  /** The lines of the form, on paper or on the client's phone. */
  fields: z
    .array(
      z.strictObject({
        id: Slug,
        label: z.string().trim().min(3).max(120),
        kind: z.enum(["text", "long-text", "number", "rating", "date", "time", "yes-no"]),
      }),
    )
    .min(2)
    .max(12),
  /** If it gets hard, one sentence. */
  ifStuck: z.string().trim().min(10).max(300),
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type Homework = z.infer<typeof Homework>;
