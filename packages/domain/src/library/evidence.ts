import { z } from "zod";
import { Slug } from "./chapter.ts";

/** One published source that somebody opened and read (at least its abstract) before it was cited. */
export const Evidence = z.strictObject({
  /** First author or body and year: "dimidjian-2006", "nice-ng222". */
  id: Slug,
  kind: z.enum([
    "guideline",
    "meta-analysis",
    "systematic-review",
    "randomized-trial",
    // A comparison of groups that were not formed by lot.
    "controlled-study",
    "open-trial",
    "cohort",
    "case-study",
    "qualitative-study",
    "measurement-study",
    // Also a scoping review: it tells what there is and weighs no results.
    "narrative-review",
    "manual",
  ]),
  authors: z.string().min(3).max(300),
  year: z.number().int().min(1950).max(2026),
  title: z.string().min(5).max(400),
  /** Journal with volume and pages, or publisher. */
  source: z.string().min(2).max(200),
  doi: z
    .string()
    .regex(/^10\.\d{4,9}\/\S+$/)
    .optional(),
  pmid: z
    .string()
    .regex(/^\d{1,8}$/)
    .optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** What it found, in one or two sentences of our own, with its figure where it has one. */
  finding: z.string().trim().min(30).max(500),
  verified: z.strictObject({
    on: z.iso.date(),
    /** Address of the page that was read. */
    where: z.string().min(5).max(300),
    /** What was read there. */
    read: z.enum(["full-text", "abstract", "official-page"]),
  }),
});
export type Evidence = z.infer<typeof Evidence>;

export const EvidenceFile = z.array(Evidence).min(1);
