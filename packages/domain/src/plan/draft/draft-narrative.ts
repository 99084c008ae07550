import { formatDate } from "../../calendar/date.ts";
import { calledName } from "../../client/client.ts";
import type { PlanAssessment, PlanRisk } from "../plan.ts";
import { type DraftContext, scoreInWords } from "./draft-context.ts";
import { isCircumstance, type MatchedProblem } from "./match-chapters.ts";

const areas = [
  ["work", "Work or school"],
  ["relationships", "Relationships"],
  ["selfCare", "Self-care"],
  ["leisure", "Leisure and interests"],
] as const;

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?…”"]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Functional level from the intake, area by area, as the clinician wrote it. */
export function functionalLevel(context: DraftContext): string {
  const { functioning } = context.record.intake;
  return areas.flatMap(([key, name]) => (functioning[key].trim() ? `${name}: ${sentence(functioning[key])}` : [])).join("\n");
}

const wordPattern = /[\p{L}]{4,}/gu;
const stem = (word: string) => word.toLowerCase().slice(0, 6);

/** The word stems (first six letters of words of four letters or more) of a text; enough to tell which of several texts is closest. */
export function stemsOf(text: string): Set<string> {
  return new Set((text.match(wordPattern) ?? []).map(stem));
}

export function sharedStems(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared;
}

/**
 * Functional impairment for each problem: the impacts that the client named at intake go to the problem whose chapter speaks most of the same
 * things, else to the first problem. A problem without any takes the functional level, so that the clinician edits instead of starting from nothing.
 */
export function impairments(problems: readonly MatchedProblem[], context: DraftContext): string[] {
  const vocabularies = problems.map(({ chapter }) =>
    stemsOf([chapter.title, chapter.summary, ...chapter.synonyms, ...chapter.definitions.map((d) => `${d.text} ${d.plain}`)].join(" ")),
  );
  const given = problems.map((): string[] => []);
  for (const { words, impact } of context.record.intake.presentingProblems.problems) {
    if (!impact.trim()) continue;
    const stems = stemsOf(`${words} ${impact}`);
    const overlaps = vocabularies.map((vocabulary) => sharedStems(stems, vocabulary));
    given[Math.max(0, overlaps.indexOf(Math.max(...overlaps)))]?.push(sentence(impact));
  }
  const fallback = functionalLevel(context).replaceAll("\n", " ");
  return given.map((impacts) => impacts.join(" ") || fallback);
}

/** Why treatment is needed now, put together from the record's own facts; the clinician makes it a text. */
export function medicalNecessity(problems: readonly MatchedProblem[], context: DraftContext): string {
  if (problems.length === 0) return "";
  const name = calledName(context.record.client);
  const coded = (list: DraftContext["diagnoses"]) => list.map((d) => `${d.description} (${d.code})`).join("; ");
  const disorders = context.diagnoses.filter((d) => !isCircumstance(d));
  const treated = coded(disorders.length > 0 ? disorders : context.diagnoses);
  const circumstances = disorders.length > 0 ? coded(context.diagnoses.filter(isCircumstance)) : "";
  const scores = problems.flatMap(({ chapter }) => chapter.measures.slice(0, 1).flatMap(({ id }) => context.lastScores.get(id) ?? []));
  const measured = [...new Set(scores)].map((last) => scoreInWords(last)).join(" ");
  const impacts = context.record.intake.presentingProblems.problems
    .flatMap(({ impact }) => (impact.trim() ? sentence(impact) : []))
    .join(" ");
  const first = problems[0];
  const course = first
    ? `Psychotherapy of ${first.course.minutes} minutes, ${perWeek(first.course.perWeek)}, is expected to reduce symptoms and restore function.`
    : "";
  return [
    `${name} is treated for ${treated}.`,
    circumstances && `Circumstances: ${circumstances}.`,
    measured,
    impacts && `Effect on daily life: ${impacts}`,
    course,
  ]
    .filter(Boolean)
    .join(" ");
}

function perWeek(times: number): string {
  if (times === 1) return "once a week";
  if (times === 0.5) return "every two weeks";
  return times > 1 ? `${times} times a week` : `every ${Math.round(1 / times)} weeks`;
}

/** The scores that the plan rests on, with item answers that still wait for a risk assessment. */
export function planAssessments(context: DraftContext): PlanAssessment[] {
  const assessedOn = context.record.intake.risk.assessedOn;
  return [...context.lastScores.values()].map(({ measure, administration, score }) => ({
    administrationId: administration.id,
    measure: measure.id,
    measureName: measure.name,
    date: administration.date,
    score: score.total,
    outOf: measure.scoring.range[1],
    band: score.band?.name ?? "",
    openFlags:
      assessedOn !== null && assessedOn >= administration.date
        ? []
        : score.flags.filter((flag) => flag.kind === "suicide-risk").map((flag) => flag.message),
  }));
}

export function planRisk(context: DraftContext): PlanRisk {
  const { risk } = context.record.intake;
  const parts = [
    risk.ideation !== "not-asked" && `Ideation: ${risk.ideation}`,
    risk.intent !== "not-asked" && `intent: ${risk.intent}`,
    risk.plan !== "not-asked" && `plan: ${risk.plan}`,
    risk.harmToOthers !== "not-asked" && `harm to others: ${risk.harmToOthers}`,
    risk.protectiveFactors.length > 0 && `protective: ${risk.protectiveFactors.join(", ")}`,
  ].filter((part): part is string => typeof part === "string");
  const assessed = risk.assessedOn ? ` (assessed ${formatDate(risk.assessedOn)})` : "";
  return {
    level: risk.level,
    assessedOn: risk.assessedOn,
    summary: parts.length > 0 ? `${parts.join("; ")}${assessed}.`.slice(0, 4000) : "",
    specialStatus: [],
  };
}
