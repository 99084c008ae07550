import { formatDate } from "../../calendar/date.ts";
import { calledName } from "../../client/client.ts";
import type { PlanAssessment, PlanRisk } from "../plan.ts";
import { fit, meaningOfEntry } from "./client-words.ts";
import { type DraftContext, scoreInWords, shorten } from "./draft-context.ts";
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
  return shorten(
    areas.flatMap(([key, name]) => (functioning[key].trim() ? `${name}: ${sentence(functioning[key])}` : [])).join("\n"),
    8000,
  );
}

/** Another problem has to fit an impact this much better than the first one to take it. */
const clearlyBetter = 1.5;

/**
 * Functional impairment for each problem: the impacts that the client named at intake go to the first problem, unless another one's chapter
 * clearly speaks more of the same things. A problem without any takes the functional level, so that the clinician edits instead of starting
 * from nothing.
 */
export function impairments(problems: readonly MatchedProblem[], context: DraftContext): string[] {
  const meanings = problems.map(({ chapter }) => meaningOfEntry(chapter, vocabularyOf));
  const given = problems.map((): string[] => []);
  for (const { impact, meaning } of context.complaints) {
    if (!impact.trim()) continue;
    const points = meanings.map((about) => fit(meaning, about, meanings));
    const most = Math.max(...points);
    const best = points.indexOf(most);
    given[most > (points[0] ?? 0) * clearlyBetter ? best : 0]?.push(sentence(impact));
  }
  const fallback = functionalLevel(context).replaceAll("\n", " ");
  return given.map((impacts) => shorten(impacts.join(" ") || fallback, 4000));
}

function vocabularyOf({ title, summary, synonyms, definitions }: MatchedProblem["chapter"]): string {
  return [title, summary, ...synonyms, ...definitions.map(({ text, plain }) => `${text} ${plain}`)].join(" ");
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
  return shorten(
    [
      `${name} is treated for ${treated}.`,
      circumstances && `Circumstances: ${circumstances}.`,
      measured,
      impacts && `Effect on daily life: ${shorten(impacts, 4000)}`,
      course,
    ]
      .filter(Boolean)
      .join(" "),
    8000,
  );
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
    summary: parts.length > 0 ? shorten(`${parts.join("; ")}${assessed}.`, 4000) : "",
    specialStatus: [],
  };
}
