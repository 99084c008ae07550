import { calledName } from "../../client/client.ts";
import { riskAssessedSince } from "../../intake/risk-follow-up.ts";
import { approaches } from "../../library/approach.ts";
import type { ClientState } from "../../library/client-state.ts";
import type { PlanAssessment, PlanRisk } from "../plan.ts";
import { fit, meaningOfEntry } from "./client-words.ts";
import { asLine, capitalize, type DraftContext, scoreInWords, shorten } from "./draft-context.ts";
import { isCircumstance, isMaintenance, leadProblem, type MatchedProblem } from "./match-chapters.ts";

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
 * Functional impairment for each problem: the client's own words for each complaint, and what it does to daily life. Complaints go to the
 * first problem, unless another one's chapter clearly speaks more of the same things. A problem without any takes the functional level, so
 * that the clinician edits instead of starting from nothing.
 */
export function impairments(problems: readonly MatchedProblem[], context: DraftContext): string[] {
  const meanings = problems.map(({ chapter }) => meaningOfEntry(chapter, vocabularyOf));
  const given = problems.map((): string[] => []);
  for (const { impact, text, meaning } of context.complaints) {
    if (!impact.trim()) continue;
    const points = meanings.map((about) => fit(meaning, about, meanings));
    const most = Math.max(...points);
    const best = points.indexOf(most);
    given[most > (points[0] ?? 0) * clearlyBetter ? best : 0]?.push(
      text === impact ? sentence(impact) : `“${asLine(text, 300)}” ${sentence(impact)}`,
    );
  }
  const fallback = functionalLevel(context).replaceAll("\n", " ");
  return given.map((impacts) => shorten(impacts.join(" ") || fallback, 4000));
}

function vocabularyOf({ title, summary, synonyms, definitions }: MatchedProblem["chapter"]): string {
  return [title, summary, ...synonyms, ...definitions.map(({ text, plain }) => `${text} ${plain}`)].join(" ");
}

/** A description as it reads within a sentence; names such as "Tourette's" and "ADHD" keep their capital. */
function withinSentence(description: string): string {
  const [first = ""] = description.split(/[\s,]/, 1);
  return /['’]|.[\p{Lu}\p{N}]/u.test(first) ? description : description.charAt(0).toLowerCase() + description.slice(1);
}

/** "a", "a and b", "a; b; and c". */
function listed(parts: readonly string[]): string {
  return parts.length <= 2 ? parts.join(" and ") : `${parts.slice(0, -1).join("; ")}; and ${parts.at(-1)}`;
}

/** The dangers that speak for treatment now; of two degrees of one danger the worse is told. */
const dangers: readonly (readonly ClientState[])[] = [
  ["acute-suicide-risk", "elevated-suicide-risk"],
  ["risk-to-others"],
  ["withdrawal-risk"],
  ["ongoing-violence"],
];

/** Each danger in this record in one sentence, the first of its reasons. */
function dangerSentences({ states }: DraftContext): string {
  return dangers
    .flatMap((degrees) => {
      const [worst] = degrees.flatMap((degree) => states.find(({ state }) => state === degree) ?? []);
      return worst?.because.match(/^.*?\.(?=\s|$)/)?.[0] ?? [];
    })
    .join(" ");
}

const outcomeWords = {
  helped: "helped",
  "helped-partly": "helped in part",
  "did-not-help": "did not help",
  "made-worse": "made things worse",
} as const;

/** What was tried before and how it went, as far as the intake says so. */
function earlierTreatment({ record }: DraftContext): string {
  const tried = record.intake.priorTreatment.treatments.flatMap(({ approach, description, when, outcome }) => {
    if (outcome === "unknown") return [];
    const what = asLine(description, 200).replace(/\.$/, "") || (approach ? approaches[approach].name : "");
    return what ? [`${what}${when.trim() ? ` (${when.trim()})` : ""}: ${outcomeWords[outcome]}`] : [];
  });
  return tried.length > 0 ? sentence(shorten(`Earlier treatment: ${tried.join("; ")}`, 1500)) : "";
}

/** Why treatment is needed now, put together from the record's own facts; the clinician makes it a text. */
export function medicalNecessity(problems: readonly MatchedProblem[], context: DraftContext): string {
  const lead = leadProblem(problems);
  if (!lead) return "";
  const name = calledName(context.record.client);
  const coded = ({ description, code }: DraftContext["diagnoses"][number]) => `${description} (${code})`;
  const disorders = context.diagnoses.filter((diagnosis) => !isCircumstance(diagnosis));
  const treated = disorders.length > 0 ? disorders : context.diagnoses;
  const circumstances = disorders.length > 0 ? context.diagnoses.filter(isCircumstance).map(coded).join("; ") : "";
  const scores = problems.flatMap(({ chapter }) => chapter.measures.slice(0, 1).flatMap(({ id }) => context.lastScores.get(id) ?? []));
  const measured = [...new Set(scores)].map((last) => scoreInWords(last)).join(" ");
  const impacts = context.record.intake.presentingProblems.problems
    .flatMap(({ impact }) => (impact.trim() ? sentence(impact) : []))
    .join(" ");
  const { minutes, perWeek: times } = lead.course;
  return shorten(
    [
      `${name} is treated for ${listed(treated.map((diagnosis) => withinSentence(coded(diagnosis))))}.`,
      circumstances && `Circumstances: ${circumstances}.`,
      measured,
      dangerSentences(context),
      impacts && `Effect on daily life: ${shorten(impacts, 4000)}`,
      earlierTreatment(context),
      `Psychotherapy of ${minutes} minutes, ${perWeek(times)}, is expected to ${isMaintenance(context) ? "keep recovery and prevent relapse" : "reduce symptoms and restore function"}.`,
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
  return [...context.lastScores.values()].map(({ measure, administration, score }) => ({
    administrationId: administration.id,
    measure: measure.id,
    measureName: measure.name,
    date: administration.date,
    score: score.total,
    outOf: measure.scoring.range[1],
    band: score.band?.name ?? "",
    openFlags: riskAssessedSince(context.record, administration)
      ? []
      : score.flags.filter((flag) => flag.kind === "suicide-risk").map((flag) => flag.message),
  }));
}

/** The risk assessment as sentences: what was asked and answered, what happened before, and what speaks for life. Day and level stand beside it. */
export function planRisk(context: DraftContext): PlanRisk {
  const { risk } = context.record.intake;
  const asked = [
    risk.ideation !== "not-asked" && `thoughts of suicide: ${risk.ideation}`,
    risk.intent !== "not-asked" && `intent: ${risk.intent}`,
    risk.plan !== "not-asked" && `plan: ${risk.plan}`,
    risk.harmToOthers !== "not-asked" && `harm to others: ${risk.harmToOthers}`,
  ].filter((part): part is string => typeof part === "string");
  const said = (label: string, text: string) => text.trim() !== "" && `${label}: ${sentence(asLine(text, 800))}`;
  const sentences = [
    asked.length > 0 && `${capitalize(asked.join("; "))}.`,
    said("Past attempts", risk.pastAttempts),
    said("Self-harm", risk.selfHarm),
    risk.ongoingViolence && "Lives with ongoing violence or threat.",
    said("Protective", risk.protectiveFactors.filter((factor) => factor.trim() !== "").join("; ")),
  ].filter((part): part is string => typeof part === "string");
  return { level: risk.level, assessedOn: risk.assessedOn, summary: shorten(sentences.join(" "), 4000), specialStatus: [] };
}
