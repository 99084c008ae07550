import type { Measure } from "../measures/measure.ts";
import type { LibraryObjective } from "./chapter.ts";

/** Blanks that the metric of an objective fills; every other blank is a declared parameter. */
export const metricBlanks = ["measure", "baseline", "target", "date"] as const;

/** The blanks of a template in order of appearance, each once: "Lower {measure} by {date}." gives measure, date. */
export function blanksOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ""))];
}

/** The template with its blanks replaced. A blank without a value stays as it is. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^{}]*)\}/g, (blank, name: string) => values[name] ?? blank);
}

/** An outcome or criterion with the name and the cutoff of its chapter's primary measure. */
export function withCutoff(template: string, primary: Pick<Measure, "name" | "cutoff"> | undefined): string {
  return fillTemplate(template, { measure: primary?.name ?? "the measure", cutoff: String(primary?.cutoff?.atLeast ?? "the cutoff") });
}

/** Values as they might read in a plan, for judging the reading level of a template. */
export function exampleValues(objective: LibraryObjective, measureName: string): Record<string, string> {
  const values: Record<string, string> = { measure: measureName, baseline: "16", target: "9", date: "May 31" };
  for (const [name, parameter] of Object.entries(objective.parameters)) {
    values[name] = parameter.kind === "text" ? parameter.example : String(parameter.default);
  }
  return values;
}
