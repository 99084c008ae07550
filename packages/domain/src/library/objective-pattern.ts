import type { Measure } from "../measures/measure.ts";
import type { LibraryMetric, LibraryObjective, TemplateParameter } from "./chapter.ts";

/** A piece of an objective as the library has it: words, or what stands in a blank until a client's own numbers do. */
export interface PatternPart {
  readonly text: string;
  readonly blank: boolean;
  /** Stands for what only the client can say: a name, a place, an activity. */
  readonly isExample: boolean;
}

/** The target that the library proposes, in a few words: "below 10", "5". */
export function targetWords(metric: LibraryMetric, measure: Measure | undefined): string {
  switch (metric.kind) {
    case "milestone":
      return "done";
    case "count":
    case "rating":
      return String(metric.target);
    case "measure":
      switch (metric.target) {
        case "cutoff":
          return measure?.cutoff === undefined
            ? "the cutoff"
            : `${measure.scoring.higherIs === "worse" ? "below" : "at least"} ${measure.cutoff.atLeast}`;
        case "reliable-change":
          return measure?.reliableChange === undefined ? "a reliable change" : `${measure.reliableChange.points} points better`;
        case "response":
          return "half of the start";
        case "remission":
          return "remission";
        default:
          return String(metric.target);
      }
  }
}

/** How an objective is measured, in one line. */
export function metricWords(metric: LibraryMetric, measure: Measure | undefined): string {
  switch (metric.kind) {
    case "measure":
      return metric.item === undefined ? (measure?.name ?? metric.measure) : `${measure?.name ?? metric.measure}, question ${metric.item}`;
    case "count":
      return `Counted: ${metric.unit}`;
    case "rating":
      return `Rated: 0 is ${metric.zero}, 10 is ${metric.ten}`;
    case "milestone":
      return `Done when: ${metric.evidenceOfDone.charAt(0).toLowerCase()}${metric.evidenceOfDone.slice(1)}`;
  }
}

/** An objective's wording with its blanks named, as it stands in the library before anybody's numbers are in it. */
export function objectivePattern(
  wording: string,
  { metric, parameters, weeks }: Pick<LibraryObjective, "metric" | "parameters" | "weeks">,
  measureById: ReadonlyMap<string, Measure>,
): PatternPart[] {
  const measure = metric.kind === "measure" ? measureById.get(metric.measure) : undefined;
  const name = metric.kind === "measure" ? metricWords(metric, measure) : "";
  const values: Readonly<Record<string, string>> = {
    measure: name,
    baseline: "the start",
    target: targetWords(metric, measure),
    date: weeks === 1 ? "in 1 week" : `in ${weeks} weeks`,
  };
  return wording
    .split(/(\{[^{}]*\})/)
    .filter((text) => text !== "")
    .map((text): PatternPart => {
      const name = /^\{(.*)\}$/.exec(text)?.[1];
      if (name === undefined) return { text, blank: false, isExample: false };
      const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      const inBlank = parameter === undefined ? (values[name] ?? name) : parameterWords(parameter);
      return { text: inBlank, blank: true, isExample: parameter?.kind === "text" };
    });
}

function parameterWords(parameter: TemplateParameter): string {
  switch (parameter.kind) {
    case "text":
      return parameter.example;
    case "number":
      return String(parameter.default);
    case "choice":
      return parameter.options.join(" or ");
  }
}
