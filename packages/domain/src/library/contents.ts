import { z } from "zod";
import { Population, Slug } from "./chapter.ts";

/** The table of contents: for each population its chapters in groups, in the order in which a clinician would look for them. */
export const Contents = z.array(
  z.strictObject({
    population: Population,
    groups: z.array(z.strictObject({ title: z.string().trim().min(3).max(60), chapters: z.array(Slug).min(1) })).min(1),
  }),
);
export type Contents = z.infer<typeof Contents>;

/** What the populations are called as parts of the library. */
export const populationNames: Readonly<Record<Population, string>> = {
  adult: "Adults",
  "older-adult": "Older adults",
  adolescent: "Adolescents",
  child: "Children",
  couple: "Couples",
  family: "Families",
  group: "Groups",
  crisis: "Crises and traumatic events",
};
