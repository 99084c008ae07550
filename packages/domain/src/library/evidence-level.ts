import type { Evidence } from "./evidence.ts";

/** How well something is supported, the best first. */
export const evidenceLevels = ["guideline", "well-established", "probably-efficacious", "studied", "practice-based"] as const;
export type EvidenceLevel = (typeof evidenceLevels)[number];

/** The levels as they are called on screen and on paper, and what each of them says. */
export const evidenceLevelWords: Readonly<Record<EvidenceLevel, { readonly name: string; readonly means: string }>> = {
  guideline: { name: "Guideline-recommended", means: "A guideline that was looked up recommends it for this problem." },
  "well-established": {
    name: "Well-established",
    means: "A meta-analysis or systematic review, or two randomized trials, show that it works.",
  },
  "probably-efficacious": { name: "Probably efficacious", means: "One randomized trial shows that it works." },
  studied: { name: "Studied", means: "Studied without a comparison group drawn by lot, or described in a manual or a narrative review." },
  "practice-based": { name: "Practice-based", means: "Good practice without a study of its own behind it." },
};

/**
 * The level of a statement by the sources that it names. The words are those of the field: "well-established" and "probably efficacious" after the criteria
 * of the APA's Division 12 (Chambless DL, Hollon SD. Defining empirically supported therapies. J Consult Clin Psychol 1998;66(1):7-18), which ask for two
 * trials by different teams and for one; a meta-analysis or systematic review counts as several trials. Above them stands what a guideline recommends.
 * A source counts for what it is cited for, so one that was cited for a part of a treatment raises that part alone.
 */
export function evidenceLevel(sources: readonly Pick<Evidence, "kind">[]): EvidenceLevel {
  const count = (kind: Evidence["kind"]): number => sources.filter((source) => source.kind === kind).length;
  if (sources.length === 0) return "practice-based";
  if (count("guideline") > 0) return "guideline";
  if (count("meta-analysis") + count("systematic-review") > 0 || count("randomized-trial") > 1) return "well-established";
  return count("randomized-trial") === 1 ? "probably-efficacious" : "studied";
}
