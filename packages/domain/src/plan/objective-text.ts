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

/** What objectives count, after a number: plural, and how one of it is called. */
const countable = new Map(
  [
    ...["times", "days", "nights", "mornings", "evenings", "weeks", "months", "hours", "minutes", "sessions", "meals", "calls", "visits"],
    ...["drinks", "things", "steps", "points", "contacts", "walks", "outbursts", "pounds"],
  ].map((plural) => [plural, plural.slice(0, -1)] as const),
)
  .set("worries", "worry")
  .set("activities", "activity");
/** A blank, at most two words that describe, and what is counted: "{target} heavy drinking days". "{target} or fewer days" is no such place. */
const counted = new RegExp(
  `\\{([a-z][a-zA-Z0-9]*)\\}((?: (?!(?:or|to|and|out|of|by|on|at|in|from)\\b)[a-z]+){0,2}?) (${[...countable.keys()].join("|")})\\b`,
  "g",
);

/** The template with the singular where a blank is filled with 1: "1 night a week". */
function withSingular(template: string, value: (name: string) => string | null): string {
  return template.replace(counted, (place, name: string, between: string, plural: string) =>
    value(name) === "1" ? `{${name}}${between} ${countable.get(plural)}` : place,
  );
}

/**
 * The objective in full words, for the record (`text`) or for the client (`plain`).
 * A blank without a value is left as a visible line, so that nobody signs it unseen.
 */
export function objectiveText(objective: FillableObjective, voice: "text" | "plain" = "text"): string {
  const template = voice === "plain" && objective.plain ? objective.plain : objective.text;
  const value = (name: string) => blankValue(objective, name);
  return withSingular(template, value).replace(blank, (_, name: string) => value(name) ?? openBlank);
}

/** The blanks that still need a value. */
export function openBlanksOf(objective: FillableObjective): string[] {
  return blanksOf(objective.text).filter((name) => blankValue(objective, name) === null);
}
