import { fewestWeeks } from "../measures/fewest-weeks.ts";
import { approachIds } from "./approach.ts";
import type { Chapter, Signal } from "./chapter.ts";
import { dangerOfState, lookOf } from "./danger.ts";
import type { LibraryFault, LibraryRule } from "./fault.ts";
import type { Library } from "./library.ts";
import { lintBasis } from "./lint-basis.ts";
import { lintObjective } from "./lint-objective.ts";
import { blanksOf } from "./template.ts";

export type Path = readonly (string | number)[];
/** Notes one fault of the file at hand. */
export type Report = (rule: LibraryRule, path: Path, message: string) => void;

interface ChapterMinimum {
  readonly definitions: number;
  readonly goals: number;
  readonly objectives: number;
  readonly interventions: number;
  readonly approaches: number;
  /** Interventions in each of the most used approaches, and how many approaches have that many. */
  readonly perMainApproach: number;
  readonly mainApproaches: number;
  readonly expectedOutcomes: number;
  readonly dischargeCriteria: number;
  readonly measuredObjectives: number;
  readonly risks: number;
  readonly contraindications: number;
  readonly barriers: number;
  readonly cooccurring: number;
  readonly homework: number;
}

/** What a complete chapter holds at least. */
export const chapterMinimum: ChapterMinimum = {
  definitions: 10,
  goals: 5,
  objectives: 12,
  interventions: 30,
  approaches: 3,
  perMainApproach: 6,
  mainApproaches: 2,
  expectedOutcomes: 3,
  dischargeCriteria: 4,
  measuredObjectives: 2,
  risks: 3,
  contraindications: 2,
  barriers: 3,
  cooccurring: 3,
  homework: 1,
};

/** What one of the most common problems holds at least: more ways to treat it, for more kinds of clients. */
export const commonChapterMinimum: ChapterMinimum = {
  ...chapterMinimum,
  definitions: 12,
  goals: 6,
  objectives: 15,
  interventions: 45,
  approaches: 4,
  perMainApproach: 8,
  mainApproaches: 3,
  measuredObjectives: 3,
  homework: 2,
};

/** How many links each statement of a chapter has at least, common or not. */
const fewestLinks = { objectivesPerGoal: 2, interventionsPerObjective: 3, approachesPerObjective: 2 } as const;

/** Faults of one chapter, apart from those that need the whole library's sentences. */
export function lintChapter(library: Library, file: string, chapter: Chapter, isKnown: (id: string) => boolean): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report: Report = (rule, path, message) => faults.push({ rule, file, path, message });
  const refer = (index: ReadonlyMap<string, unknown>, ids: readonly string[], path: Path, what: string): void => {
    for (const [i, id] of ids.entries()) {
      if (!index.has(id) && !isKnown(id)) report("dangling-reference", [...path, i], `There is no ${what} "${id}".`);
    }
  };
  const evidenceOf = (item: { evidence: readonly string[]; basis: "evidence" | "practice-based" }, path: Path): void => {
    faults.push(...lintBasis(library, file, path, item, isKnown));
  };

  minimumCounts(library, chapter, report);
  references(library, chapter, refer, evidenceOf, isKnown, report);
  coverage(chapter, report);
  looksAtDangers(chapter, report);
  prefixes(chapter, report);
  blamingLanguage(chapter, report);
  for (const [i, objective] of chapter.objectives.entries()) {
    lintObjective(library, chapter, objective, ["objectives", i], isKnown, report);
    for (const [s, signal] of objective.signals.entries()) checkSignal(library, signal, ["objectives", i, "signals", s], report);
  }
  for (const [i, definition] of chapter.definitions.entries()) {
    for (const [s, signal] of definition.signals.entries()) checkSignal(library, signal, ["definitions", i, "signals", s], report);
  }
  plainTexts(chapter, report);
  courses(library, chapter, report);
  return faults;
}

function minimumCounts(library: Library, chapter: Chapter, report: Report): void {
  const minimum = chapter.common ? commonChapterMinimum : chapterMinimum;
  for (const part of [...statementParts, "risks", "contraindications", "barriers", "cooccurring"] as const) {
    const have = chapter[part].length;
    if (have < minimum[part])
      report(
        "minimum-count",
        [part],
        `A${chapter.common ? " common" : ""} chapter needs at least ${minimum[part]} ${part}; here are ${have}.`,
      );
  }
  const perApproach = approachIds
    .map((id) => chapter.interventions.filter((item) => item.approach === id).length)
    .filter((count) => count > 0);
  if (perApproach.length < minimum.approaches) {
    report(
      "approach-coverage",
      ["interventions"],
      `Interventions of at least ${minimum.approaches} approaches are needed; here are ${perApproach.length}.`,
    );
  }
  const main = perApproach.filter((count) => count >= minimum.perMainApproach).length;
  if (main < minimum.mainApproaches) {
    report(
      "approach-coverage",
      ["interventions"],
      `At least ${minimum.mainApproaches} approaches need ${minimum.perMainApproach} interventions each; here ${main === 1 ? "only one has" : `${main} have`} that many.`,
    );
  }
  const measured = chapter.objectives.filter((objective) => objective.metric.kind === "measure").length;
  if (measured < minimum.measuredObjectives)
    report(
      "minimum-count",
      ["objectives"],
      `At least ${minimum.measuredObjectives} objectives are bound to a measure; here are ${measured}.`,
    );
  const homework = library.homework.filter((sheet) => sheet.chapters.includes(chapter.id)).length;
  if (homework < minimum.homework)
    report("minimum-count", [], `At least ${minimum.homework} homework files name this chapter; there are ${homework}.`);
}

function references(
  library: Library,
  chapter: Chapter,
  refer: (index: ReadonlyMap<string, unknown>, ids: readonly string[], path: Path, what: string) => void,
  evidenceOf: (item: { evidence: readonly string[]; basis: "evidence" | "practice-based" }, path: Path) => void,
  isKnown: (id: string) => boolean,
  report: Report,
): void {
  const local = <T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));
  const definitions = local(chapter.definitions);
  const goals = local(chapter.goals);
  const objectives = local(chapter.objectives);
  for (const [i, goal] of chapter.goals.entries())
    refer(definitions, goal.definitions, ["goals", i, "definitions"], "behavioral definition in this chapter called");
  for (const [i, objective] of chapter.objectives.entries())
    refer(goals, objective.goals, ["objectives", i, "goals"], "goal in this chapter called");
  for (const [i, intervention] of chapter.interventions.entries()) {
    const path = ["interventions", i];
    refer(objectives, intervention.objectives, [...path, "objectives"], "objective in this chapter called");
    refer(library.homeworkById, intervention.homework, [...path, "homework"], "homework");
    evidenceOf(intervention, path);
    for (const [c, caution] of intervention.cautions.entries())
      refer(library.evidenceById, caution.evidence, [...path, "cautions", c, "evidence"], "source");
    const states = intervention.cautions.map((caution) => caution.when);
    if (new Set(states).size < states.length) report("duplicate-id", [...path, "cautions"], "Two cautions name the same state. Join them.");
  }
  for (const [i, course] of chapter.courses.entries()) refer(library.evidenceById, course.evidence, ["courses", i, "evidence"], "source");
  for (const [i, outcome] of chapter.expectedOutcomes.entries()) evidenceOf(outcome, ["expectedOutcomes", i]);
  for (const [i, other] of chapter.cooccurring.entries()) {
    evidenceOf(other, ["cooccurring", i]);
    if (other.chapter === chapter.id) report("dangling-reference", ["cooccurring", i, "chapter"], "A chapter cannot co-occur with itself.");
    if (!library.chapterById.has(other.chapter) && !isKnown(other.chapter))
      report("dangling-reference", ["cooccurring", i, "chapter"], `There is no chapter "${other.chapter}".`);
    if (chapter.cooccurring.findIndex((entry) => entry.chapter === other.chapter) < i)
      report("duplicate-id", ["cooccurring", i, "chapter"], `"${other.chapter}" is spoken of twice. Join the two.`);
  }
  for (const part of ["risks", "contraindications", "barriers"] as const)
    for (const [i, item] of chapter[part].entries()) evidenceOf(item, [part, i]);
  for (const [i, further] of chapter.furtherMeasures.entries()) {
    refer(library.measureById, [further.id], ["furtherMeasures", i], "measure");
    if (chapter.measures.some(({ id }) => id === further.id))
      report("duplicate-id", ["furtherMeasures", i, "id"], `"${further.id}" already stands among the measures.`);
  }
  for (const [i, measure] of chapter.measures.entries()) {
    const known = library.measureById.get(measure.id);
    if (known === undefined) {
      if (!isKnown(measure.id)) report("dangling-reference", ["measures", i, "id"], `There is no measure "${measure.id}".`);
    } else if (known.interval === null) {
      report("course", ["measures", i, "everyWeeks"], `${known.name} is asked once; it cannot be given every ${measure.everyWeeks} weeks.`);
    } else if (measure.everyWeeks * 7 < known.interval.minDays) {
      const weeks = fewestWeeks(known.interval);
      report(
        "course",
        ["measures", i, "everyWeeks"],
        `${known.name} is given again at the earliest after ${known.interval.minDays} days (${weeks} weeks).`,
      );
    } else if (measure.everySession === true && known.interval.minDays > 7) {
      report(
        "course",
        ["measures", i, "everySession"],
        `${known.name} is given again at the earliest after ${known.interval.minDays} days, and sessions are a week apart.`,
      );
    }
  }
}

/** Who plans for a danger looks at it again and again: a safety strand holds an intervention for that. */
function looksAtDangers(chapter: Chapter, report: Report): void {
  const safety = chapter.objectives.filter((objective) => objective.safety);
  const dangers = new Set(
    safety.flatMap(({ signals }) => signals.flatMap((signal) => (signal.kind === "state" ? (dangerOfState[signal.state] ?? []) : []))),
  );
  for (const danger of dangers) {
    const called = new Set(
      safety
        .filter(({ signals }) => signals.some((signal) => signal.kind === "state" && dangerOfState[signal.state] === danger))
        .map(({ id }) => id),
    );
    const looked = chapter.interventions.some(
      (entry) => entry.objectives.some((id) => called.has(id)) && lookOf(entry, new Set([danger])) === "fitting",
    );
    if (!looked)
      report(
        "safety",
        ["interventions"],
        `Safety objectives are called for by ${danger}, and no intervention for them looks at that danger again: add one whose technique is a risk assessment of it.`,
      );
  }
}

/** The chain definition <- goal <- objective <- intervention has no loose end, and safety has its own strand. */
function coverage(chapter: Chapter, report: Report): void {
  for (const [i, definition] of chapter.definitions.entries()) {
    if (!chapter.goals.some((goal) => goal.definitions.includes(definition.id)))
      report("goal-coverage", ["definitions", i], `No goal answers the definition "${definition.id}".`);
  }
  for (const [i, goal] of chapter.goals.entries()) {
    const serving = chapter.objectives.filter((objective) => objective.goals.includes(goal.id));
    if (serving.length < fewestLinks.objectivesPerGoal) {
      report(
        "goal-coverage",
        ["goals", i],
        `The goal "${goal.id}" needs at least ${fewestLinks.objectivesPerGoal} objectives; it has ${serving.length}.`,
      );
    }
    if (goal.safety && !serving.some((objective) => objective.safety))
      report("safety", ["goals", i], `The safety goal "${goal.id}" has no objective marked safety.`);
  }
  for (const [i, objective] of chapter.objectives.entries()) {
    const serving = chapter.interventions.filter((intervention) => intervention.objectives.includes(objective.id));
    if (serving.length < fewestLinks.interventionsPerObjective) {
      report(
        "objective-coverage",
        ["objectives", i],
        `The objective "${objective.id}" needs at least ${fewestLinks.interventionsPerObjective} interventions; it has ${serving.length}.`,
      );
    }
    const approaches = new Set(serving.map((intervention) => intervention.approach));
    if (approaches.size < fewestLinks.approachesPerObjective) {
      report(
        "objective-coverage",
        ["objectives", i],
        `The interventions of "${objective.id}" come from ${approaches.size === 1 ? "one approach" : "no approach"}; at least ${fewestLinks.approachesPerObjective} are needed, so that a client who declines one has another.`,
      );
    }
    if (objective.safety && !chapter.goals.some((goal) => goal.safety && objective.goals.includes(goal.id))) {
      report("safety", ["objectives", i], `The safety objective "${objective.id}" serves no safety goal.`);
    }
    if (objective.meansSafety && !objective.safety)
      report("safety", ["objectives", i], `The objective "${objective.id}" puts means out of reach and has to be marked safety too.`);
    if (objective.safety && objective.signals.length === 0) {
      report(
        "safety",
        ["objectives", i, "signals"],
        `Nothing in a record calls for the safety objective "${objective.id}". Name the answer or the state that does.`,
      );
    }
  }
}

const statementParts = ["definitions", "goals", "objectives", "interventions", "expectedOutcomes", "dischargeCriteria"] as const;

/** An id begins with its chapter's prefix, so that the chapter of a statement in a plan is known without the whole library. */
function prefixes(chapter: Chapter, report: Report): void {
  for (const part of statementParts)
    for (const [i, { id }] of chapter[part].entries())
      if (!id.startsWith(`${chapter.prefix}-`))
        report("prefix", [part, i, "id"], `"${id}" does not begin with the prefix of its chapter, "${chapter.prefix}-".`);
}

/**
 * Words that put the client in the wrong, or make a person into a diagnosis, and what to write instead.
 * After the APA Style guidance on bias-free language and NIDA's "Words Matter" (2021).
 */
const blamingWords: readonly (readonly [RegExp, string])[] = [
  [/\bnon-?complian(?:t|ce)\b/i, "say what was not done, and what made it hard"],
  [
    /\brefuses (?:treatment|therapy|help|medicines?|medication)\b|\bin denial\b/i,
    "say what the client declines or does not see as a problem",
  ],
  [/\bmanipulat(?:es|ive)\b/i, "say what the client does and what they need"],
  [/\battention[- ]seeking\b/i, "say what the client does and what they need"],
  [/\b(?:is|are) resistant\b/i, "say what the client does not want, or fears"],
  [/\bunmotivated\b/i, "say what the client wants and what stands in the way"],
  [/\bcommit(?:s|ted|ting)? suicide\b/i, "say died by suicide, or attempted suicide"],
  [/\b(?:addicts?|alcoholics?|drug abusers?|substance abusers?)\b(?! Anonymous)/i, "say a person who uses, or with a use disorder"],
  [/\b(?:a|the) (?:borderline|schizophrenic|psychotic|anorexic|bulimic|narcissist)s?\b(?! \w)/i, "say a person with it"],
  [/\bsuffer(?:s|ing)? from\b/i, "say has, or lives with"],
];

function blamingLanguage(chapter: Chapter, report: Report): void {
  const check = (text: string, path: Path): void => {
    // What somebody says, in quotation marks, may be said as they say it.
    const own = text.replace(/"[^"]*"|“[^”]*”/g, "");
    for (const [pattern, instead] of blamingWords) {
      const found = own.match(pattern);
      if (found) report("blame", path, `"${found[0]}" blames the client or makes a person into a diagnosis: ${instead}.`);
    }
  };
  for (const part of statementParts)
    for (const [i, item] of chapter[part].entries()) for (const field of ["text", "plain"] as const) check(item[field], [part, i, field]);
  for (const [i, { sign, act }] of chapter.risks.entries()) check(`${sign} ${act}`, ["risks", i]);
  for (const [i, { what, because, instead }] of chapter.contraindications.entries())
    check(`${what} ${because} ${instead}`, ["contraindications", i]);
  for (const [i, { barrier, response }] of chapter.barriers.entries()) check(`${barrier} ${response.join(" ")}`, ["barriers", i]);
}

/** Only objectives are templates; a discharge criterion may name the primary measure and its cutoff. */
function plainTexts(chapter: Chapter, report: Report): void {
  const check = (items: readonly { text: string; plain: string }[], part: string, allowed: readonly string[]): void => {
    for (const [i, item] of items.entries()) {
      for (const field of ["text", "plain"] as const) {
        for (const blank of blanksOf(item[field])) {
          if (!allowed.includes(blank))
            report(
              "template-blank",
              [part, i, field],
              `{${blank}} cannot be filled here.${allowed.length === 0 ? " Only objectives have blanks." : ""}`,
            );
        }
      }
    }
  };
  check(chapter.definitions, "definitions", []);
  check(chapter.goals, "goals", []);
  check(chapter.interventions, "interventions", []);
  check(chapter.expectedOutcomes, "expectedOutcomes", []);
  check(chapter.dischargeCriteria, "dischargeCriteria", ["measure", "cutoff"]);
}

function checkSignal(library: Library, signal: Signal, path: Path, report: Report): void {
  if (signal.kind !== "item" && signal.kind !== "score") return;
  const measure = library.measureById.get(signal.measure);
  if (measure === undefined) {
    report("signal", [...path, "measure"], `There is no measure "${signal.measure}".`);
    return;
  }
  if (signal.kind === "score") {
    const [low, high] = measure.scoring.range;
    if (signal.atLeast <= low || signal.atLeast > high)
      report(
        "signal",
        [...path, "atLeast"],
        `${measure.name} runs from ${low} to ${high}; a signal at ${signal.atLeast} would ${signal.atLeast > high ? "never" : "always"} hold.`,
      );
    return;
  }
  const item = measure.items.find((candidate) => candidate.number === signal.item);
  if (item === undefined) {
    report("signal", [...path, "item"], `${measure.name} has no item ${signal.item}.`);
    return;
  }
  const values = (item.options ?? measure.options ?? []).map((option) => option.value);
  if (signal.atLeast > Math.max(...values) || signal.atLeast <= Math.min(...values)) {
    report(
      "signal",
      [...path, "atLeast"],
      `Item ${signal.item} of ${measure.name} is answered ${values.join(", ")}; a signal at ${signal.atLeast} would ${signal.atLeast > Math.max(...values) ? "never" : "always"} hold.`,
    );
  }
}

function courses(library: Library, chapter: Chapter, report: Report): void {
  const severities = chapter.courses.map((course) => course.severity);
  const again = severities.findIndex((severity, i) => severities.indexOf(severity) < i);
  if (again >= 0) report("course", ["courses", again, "severity"], "Two courses are given for the same severity.");
  const primary = library.measureById.get(chapter.measures[0]?.id ?? "");
  for (const [i, course] of chapter.courses.entries()) {
    if (course.sessions[0] > course.sessions[1])
      report("course", ["courses", i, "sessions"], "The smaller number of sessions comes first.");
    const mostSessions = Math.ceil(course.perWeek * course.weeks);
    if (course.sessions[0] > mostSessions)
      report(
        "course",
        ["courses", i, "sessions"],
        `${course.perWeek} a week for ${course.weeks} weeks makes at most ${mostSessions} sessions; ${course.sessions[0]} do not fit.`,
      );
    if (course.score === undefined || primary === undefined) continue;
    const [low, high] = primary.scoring.range;
    if (course.score[0] > course.score[1] || course.score[0] < low || course.score[1] > high) {
      report("course", ["courses", i, "score"], `A score range runs upward within ${low} to ${high} of ${primary.name}.`);
    }
    chapter.courses.slice(i + 1).forEach((other) => {
      if (course.score && other.score && course.score[0] <= other.score[1] && other.score[0] <= course.score[1]) {
        report("course", ["courses", i, "score"], `The scores of ${course.severity} and ${other.severity} overlap.`);
      }
    });
  }
}
