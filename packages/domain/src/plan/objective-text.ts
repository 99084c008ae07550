import { formatDate } from "../calendar/date.ts";
import type { Objective } from "./plan.ts";

const blank = /\{([a-z][a-zA-Z0-9]*)\}/g;

/** What stands where a blank has no value yet. */
export const openBlank = "____";

/** The names of a template's blanks in order of appearance, each once. */
export function blanksOf(template: string): string[] {
  return [...new Set([...template.matchAll(blank)].map((match) => match[1] ?? ""))];
}

type FillableObjective = Pick<Objective, "text" | "plain" | "metric" | "targetDate" | "parameters">;

/** One question of an instrument is named as such, unless the wording does so itself. */
function questionOf({ metric, text }: FillableObjective): string {
  return metric?.item === undefined || /\bquestion \d/i.test(text) ? "" : ` question ${metric.item}`;
}

/** The value a blank has now, or `null` while it is open. */
export function blankValue(objective: FillableObjective, name: string): string | null {
  const { metric } = objective;
  switch (name) {
    case "date":
      return objective.targetDate && formatDate(objective.targetDate);
    case "baseline":
      return metric?.baseline == null ? null : String(metric.baseline);
    case "target":
      return metric?.target == null ? null : String(metric.target);
    case "measure":
      return metric?.measureName ? `${metric.measureName}${questionOf(objective)}` : null;
    default: {
      const value = objective.parameters[name];
      return value === undefined || value === "" ? null : String(value);
    }
  }
}

/**
 * The objective in full words, for the record (`text`) or for the client (`plain`).
 * A blank without a value is left as a visible line, so that nobody signs it unseen.
 */
export function objectiveText(objective: FillableObjective, voice: "text" | "plain" = "text"): string {
  const template = voice === "plain" && objective.plain ? objective.plain : objective.text;
  return template.replace(blank, (_, name: string) => blankValue(objective, name) ?? openBlank);
}

/** The blanks that still need a value. */
export function openBlanksOf(objective: FillableObjective): string[] {
  return blanksOf(objective.text).filter((name) => blankValue(objective, name) === null);
}
