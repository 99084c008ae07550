import type { Measure } from "../measures/measure.ts";
import type { Chapter, LibraryObjective } from "./chapter.ts";
import type { Library } from "./library.ts";
import type { Path, Report } from "./lint-chapter.ts";
import { blanksOf, metricBlanks } from "./template.ts";

/** Whether an objective can be measured, its target reached, and its template filled. */
export function lintObjective(
  library: Library,
  chapter: Chapter,
  objective: LibraryObjective,
  path: Path,
  isKnown: (id: string) => boolean,
  report: Report,
): void {
  objectiveMetric(library, chapter, objective, path, isKnown, report);
  objectiveTemplate(objective, path, report);
  itemNamedTwice(objective, path, report);
}

/** Where one question is followed, {measure} is filled with its number too: "PHQ-9 question 9". */
function itemNamedTwice({ metric, text, plain }: LibraryObjective, path: Path, report: Report): void {
  if (metric.kind !== "measure" || metric.item === undefined) return;
  for (const [field, words] of Object.entries({ text, plain })) {
    const named = words.includes("{measure}") ? words.match(/\b(?:item|question) (?:\d+|nine)\b/i) : null;
    if (named)
      report("template-blank", [...path, field], `{measure} is filled with the number of the question already. Leave out "${named[0]}".`);
  }
}

function objectiveMetric(
  library: Library,
  chapter: Chapter,
  objective: LibraryObjective,
  path: Path,
  isKnown: (id: string) => boolean,
  report: Report,
): void {
  const { metric } = objective;
  const at = [...path, "metric"];
  if (metric.kind === "count") {
    if (metric.target > metric.max)
      report(
        "unmeasurable-objective",
        [...at, "target"],
        `The target ${metric.target} is above the largest value that makes sense (${metric.max}).`,
      );
    if (metric.direction === "decrease" && metric.target === metric.max)
      report("unmeasurable-objective", [...at, "target"], "Nothing can come down to the largest value. Lower the target.");
    if (metric.direction === "increase" && metric.target === 0)
      report("unmeasurable-objective", [...at, "target"], "Nothing can rise to 0. Raise the target.");
  }
  if (metric.kind === "rating") {
    if (metric.direction === "decrease" && metric.target === 10)
      report("unmeasurable-objective", [...at, "target"], "Nothing can come down to 10. Lower the target.");
    if (metric.direction === "increase" && metric.target === 0)
      report("unmeasurable-objective", [...at, "target"], "Nothing can rise to 0. Raise the target.");
  }
  if (metric.kind !== "measure") return;
  const measure = library.measureById.get(metric.measure);
  if (measure === undefined) {
    if (!isKnown(metric.measure)) report("dangling-reference", [...at, "measure"], `There is no measure "${metric.measure}".`);
    return;
  }
  if (!chapter.measures.some((entry) => entry.id === metric.measure))
    report(
      "unmeasurable-objective",
      [...at, "measure"],
      `The chapter does not list "${metric.measure}" among its measures, so nobody would give it.`,
    );
  if (metric.item === undefined) wholeScoreTarget(measure, metric, at, report);
  else itemTarget(measure, metric.item, metric.target, at, report);
}

function wholeScoreTarget(
  measure: Measure,
  metric: Extract<LibraryObjective["metric"], { kind: "measure" }>,
  at: Path,
  report: Report,
): void {
  const needs = { cutoff: measure.cutoff, "reliable-change": measure.reliableChange, remission: measure.remission } as const;
  if (typeof metric.target === "string") {
    if (metric.target !== "response" && needs[metric.target] === undefined)
      report("unmeasurable-objective", [...at, "target"], `${measure.name} has no ${metric.target} threshold to size a target by.`);
  } else if (metric.target < measure.scoring.range[0] || metric.target > measure.scoring.range[1]) {
    report(
      "unmeasurable-objective",
      [...at, "target"],
      `${measure.name} runs from ${measure.scoring.range[0]} to ${measure.scoring.range[1]}; ${metric.target} is outside.`,
    );
  }
  const better = measure.scoring.higherIs === "worse" ? "decrease" : "increase";
  if (metric.direction !== better)
    report(
      "unmeasurable-objective",
      [...at, "direction"],
      `On ${measure.name}, getting better is a score that moves the other way (${better}).`,
    );
}

function itemTarget(measure: Measure, number: number, target: string | number, at: Path, report: Report): void {
  const item = measure.items.find((candidate) => candidate.number === number);
  if (item === undefined) {
    report("unmeasurable-objective", [...at, "item"], `${measure.name} has no item ${number}.`);
    return;
  }
  if (typeof target === "string") {
    report("unmeasurable-objective", [...at, "target"], `A single item has no ${target} threshold. Give the value to reach.`);
    return;
  }
  const values = (item.options ?? measure.options ?? []).map((option) => option.value);
  if (!values.includes(target))
    report(
      "unmeasurable-objective",
      [...at, "target"],
      `Item ${number} of ${measure.name} is answered ${values.join(", ")}; ${target} is none of these.`,
    );
}

/** Verbs of which nobody can see whether they happened. They may stand in a text that goes on to say what is seen, never as its beginning. */
const vagueBeginning =
  /^(?:work on|explore|understand|be aware|become aware|increase (?:awareness|insight|understanding)|gain (?:insight|understanding|awareness)|process|address|deal with|cope (?:better )?with|learn about|feel better|do better|develop (?:skills?|an understanding)|try to|begin to|continue to|identify and)\b/i;

function objectiveTemplate(objective: LibraryObjective, path: Path, report: Report): void {
  const declared = Object.keys(objective.parameters);
  const vague = objective.text.match(vagueBeginning);
  if (vague)
    report(
      "vague-objective",
      [...path, "text"],
      `"${vague[0]}" cannot be seen or counted. Begin with what the client does or what changes.`,
    );
  const used = blanksOf(objective.text);
  const allowed = new Set<string>([...metricBlanks, ...declared]);
  for (const field of ["text", "plain"] as const) {
    for (const blank of blanksOf(objective[field])) {
      if (!allowed.has(blank))
        report("template-blank", [...path, field], `The blank {${blank}} is neither one that the metric fills nor a declared parameter.`);
    }
    if (objective.metric.kind !== "measure" && blanksOf(objective[field]).includes("measure")) {
      report("template-blank", [...path, field], "{measure} stands only in an objective that is bound to a measure.");
    }
    if (/[{}]/.test(objective[field].replace(/\{[^{}]*\}/g, ""))) report("template-blank", [...path, field], "A brace is left open.");
  }
  const required = objective.metric.kind === "milestone" ? ["date"] : ["baseline", "target", "date"];
  for (const blank of required) if (!used.includes(blank)) report("template-blank", [...path, "text"], `The text has no {${blank}}.`);
  for (const name of declared) {
    if (!used.includes(name))
      report("template-blank", [...path, "parameters", name], `The parameter "${name}" is used nowhere in the text.`);
    if ((metricBlanks as readonly string[]).includes(name))
      report("template-blank", [...path, "parameters", name], `{${name}} is filled by the metric and cannot be declared.`);
    const parameter = objective.parameters[name];
    if (parameter?.kind === "choice" && !parameter.options.includes(parameter.default))
      report("template-blank", [...path, "parameters", name, "default"], `The default "${parameter.default}" is none of the options.`);
    if (parameter?.kind === "number" && (parameter.default < parameter.min || parameter.default > parameter.max)) {
      report(
        "template-blank",
        [...path, "parameters", name, "default"],
        `The default ${parameter.default} is not between ${parameter.min} and ${parameter.max}.`,
      );
    }
  }
}
