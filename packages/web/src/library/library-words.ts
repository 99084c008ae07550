import type { CatalogueChapter } from "@trellis/domain/library/catalogue";

/** "6 goals · 15 objectives · 46 interventions" */
export function chapterSize({ goals, objectives, interventions }: CatalogueChapter): string {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
  return [count(goals, "goal"), count(objectives, "objective"), count(interventions, "intervention")].join(" · ");
}

/** A template with its blanks left open, for a list of what was found. */
export function withoutBlanks(text: string): string {
  return text.replaceAll(/\{[a-zA-Z0-9]+\}/g, "…");
}
