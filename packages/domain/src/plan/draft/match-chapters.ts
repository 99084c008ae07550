import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { means } from "../../library/based-on.ts";
import type { Chapter, Course, Population, Severity } from "../../library/chapter.ts";
import { clientStateNames } from "../../library/client-state.ts";
import { canBeDraftedFrom, isOwnChapterId } from "../../library/own-chapter.ts";
import type { Because, Frequency } from "../plan.ts";
import { type DraftContext, scoreInWords } from "./draft-context.ts";

/** A chapter of the library that answers one or more of the client's diagnoses. */
export interface MatchedProblem {
  readonly chapter: Chapter;
  readonly diagnoses: readonly Diagnosis[];
  readonly severity: Severity;
  readonly course: Course;
  readonly because: readonly Because[];
}

export interface ChapterMatch {
  /** In the order in which they are to be treated. */
  readonly problems: readonly MatchedProblem[];
  /** Diagnoses that no chapter of the library answers yet, each a problem of its own. */
  readonly unmatched: readonly Diagnosis[];
  /** Circumstances (Z codes) that bear on the problem that is treated first and are none of their own, whether or not the library has a chapter for them. */
  readonly circumstances: readonly Diagnosis[];
}

/** A circumstance and not a disorder: ICD-10-CM chapter 21, "factors influencing health status and contact with health services" (Z00 to Z99). */
export function isCircumstance(diagnosis: Pick<Diagnosis, "code">): boolean {
  return diagnosis.code.startsWith("Z");
}

/** True when every disorder in force is in remission: then the plan is for staying well. */
export function isMaintenance({ diagnoses }: DraftContext): boolean {
  const disorders = diagnoses.filter((diagnosis) => !isCircumstance(diagnosis));
  return (
    disorders.length > 0 &&
    disorders.every(({ clinicalStatus, description }) => clinicalStatus === "remission" || /\bin (?:full )?remission\b/i.test(description))
  );
}

/**
 * The populations whose chapters fit a person of this age, the closest first; what none of them has is looked for among the crises. Adult chapters serve
 * 18 and over; 65 is the usual start of "older adult".
 */
function populationsFor(age: number): readonly Population[] {
  if (age < 13) return ["child", "crisis"];
  if (age < 18) return ["adolescent", "crisis"];
  return age >= 65 ? ["older-adult", "adult", "crisis"] : ["adult", "crisis"];
}

/** The chapters for a person of this age, those of the closest population first. A crisis chapter that names no ages is written for adults. */
export function chaptersForAge(chapters: readonly Chapter[], age: number): readonly Chapter[] {
  return populationsFor(age).flatMap((population) =>
    chapters.filter(({ population: own, ages }) => {
      const { from, to } = ages ?? { from: own === "crisis" ? 18 : 0, to: 120 };
      return own === population && age >= from && age <= to;
    }),
  );
}

function prefixLength(prefixes: readonly string[], code: string): number {
  return Math.max(0, ...prefixes.filter((prefix) => code.startsWith(prefix)).map((prefix) => prefix.length));
}

/**
 * The chapter that names this code most exactly, among those for the client's age; one of a closer population comes before all others. Of two that name it
 * alike it is the practice's own, because the practice chose it; while that is still being written it waits.
 */
export function chapterFor(code: string, context: DraftContext): Chapter | undefined {
  const fitting = chaptersForAge(context.library.chapters, context.age).filter(
    (chapter) => prefixLength(chapter.diagnoses, code) > 0 && (!isOwnChapterId(chapter.id) || canBeDraftedFrom(chapter)),
  );
  const own = ({ id }: Chapter) => Number(isOwnChapterId(id));
  return fitting
    .filter(({ population }) => population === fitting[0]?.population)
    .toSorted((a, b) => prefixLength(b.diagnoses, code) - prefixLength(a.diagnoses, code) || own(b) - own(a))[0];
}

/**
 * The chapter that is used with this code most exactly, where none leads from it: for what the client comes for a chapter at hand is better than none. A code
 * beside another, of the body most of all, is no reason to treat what goes with it.
 */
function chapterUsedWith(code: string, context: DraftContext): Chapter | undefined {
  const exactness = ({ relatedCodes }: Chapter) => prefixLength(relatedCodes, code);
  // A crisis chapter is for one event, which no code of something else tells.
  const [best] = chaptersForAge(context.library.chapters, context.age)
    .filter(({ population }) => population !== "crisis")
    .toSorted((a, b) => exactness(b) - exactness(a));
  return best !== undefined && exactness(best) > 0 ? best : undefined;
}

const severityWords: readonly (readonly [RegExp, Severity])[] = [
  [/\bsevere\b/i, "severe"],
  [/\bmoderate\b/i, "moderate"],
  [/\bmild\b/i, "mild"],
];

/**
 * How severe the problem is now: the last score of the chapter's primary measure, else the words of the diagnosis, else moderate. Where
 * nothing but circumstances is coded there is no disorder to size, and the shortest course is enough.
 */
function severityOf(chapter: Chapter, diagnoses: readonly Diagnosis[], context: DraftContext): { severity: Severity; because: Because[] } {
  if (diagnoses.every(isCircumstance)) {
    const text = "Coded as a circumstance and not as a disorder: the shortest course, whatever a questionnaire shows beside it.";
    return { severity: "mild", because: [{ kind: "practice", text }] };
  }
  const primary = chapter.measures[0] && context.lastScores.get(chapter.measures[0].id);
  const total = primary?.score.total ?? null;
  if (primary && total !== null) {
    const course = chapter.courses.find((entry) => entry.score && total >= entry.score[0] && total <= entry.score[1]);
    const band = primary.score.band?.severity;
    const severity = course?.severity ?? (band && band !== "none" ? band : "mild");
    return { severity, because: [{ kind: "score", ref: primary.measure.id, text: scoreInWords(primary) }] };
  }
  const described = diagnoses.map((diagnosis) => [diagnosis.description, ...diagnosis.specifiers].join(" ")).join(" ");
  const word = severityWords.find(([pattern]) => pattern.test(described));
  return word ? { severity: word[1], because: [] } : { severity: "moderate", because: [] };
}

/** The course for a severity, or the nearest one that the chapter has. */
export function courseFor(chapter: Chapter, severity: Severity): Course {
  const order: Record<Severity, readonly Severity[]> = {
    mild: ["mild", "moderate", "severe"],
    moderate: ["moderate", "severe", "mild"],
    severe: ["severe", "moderate", "mild"],
  };
  for (const wanted of order[severity]) {
    const course = chapter.courses.find((entry) => entry.severity === wanted);
    if (course) return course;
  }
  throw new Error(`Chapter ${chapter.id} has no course of treatment.`);
}

/** The problem whose course of treatment is the most intensive; it carries the session plan. */
export function leadProblem(problems: readonly MatchedProblem[]): MatchedProblem | undefined {
  return problems.toSorted((a, b) => b.course.perWeek * b.course.weeks - a.course.perWeek * a.course.weeks)[0];
}

/** How often sessions take place in a course: a number of times a week, or a month where it is less than weekly. */
export function frequencyOf({ perWeek }: MatchedProblem["course"]): Frequency {
  return perWeek >= 1 ? { times: perWeek, per: "week" } : { times: Math.max(1, Math.round(perWeek * 4)), per: "month" };
}

/** True when the library's advice on co-occurring problems says that `a` is treated before `b`. */
function comesBefore(a: Chapter, b: Chapter): boolean {
  return (
    a.cooccurring.some((entry) => means(entry.chapter, b) && entry.sequence === "before") ||
    b.cooccurring.some((entry) => means(entry.chapter, a) && entry.sequence === "after")
  );
}

/**
 * The client's problems as chapters of the library: each diagnosis finds its chapter, diagnoses with one chapter are one problem.
 * Order: withdrawal danger first, then what the library says is treated first, then the principal diagnosis.
 */
export function matchChapters(context: DraftContext): ChapterMatch {
  const beside = new Set(circumstancesBeside(context));
  const grouped = new Map<Chapter, Diagnosis[]>();
  const withoutChapter: Diagnosis[] = [];
  for (const diagnosis of context.diagnoses) {
    if (beside.has(diagnosis)) continue;
    const chapter =
      chapterFor(diagnosis.code, context) ?? (diagnosis.rank === "principal" ? chapterUsedWith(diagnosis.code, context) : undefined);
    if (!chapter) withoutChapter.push(diagnosis);
    else grouped.set(chapter, [...(grouped.get(chapter) ?? []), diagnosis]);
  }
  const problems = [...grouped].map(([chapter, diagnoses]): MatchedProblem => {
    const { severity, because } = severityOf(chapter, diagnoses, context);
    return {
      chapter,
      diagnoses,
      severity,
      course: courseFor(chapter, severity),
      because: [
        ...diagnoses.map(
          (diagnosis): Because => ({
            kind: "diagnosis",
            ref: diagnosis.id,
            text: `${diagnosis.code} ${diagnosis.description} (${diagnosis.rank}${diagnosis.verification === "provisional" ? ", provisional" : ""}).`,
          }),
        ),
        ...because,
      ],
    };
  });
  return { problems: inOrderOfTreatment(problems, context), unmatched: withoutChapter, circumstances: [...beside] };
}

/**
 * The circumstances that stand with another problem and are none of their own. Beside a disorder that is all but one which the clinician made the principal
 * diagnosis; where circumstances are all that is coded, the first of them is what the client comes for, and the others stand with it.
 */
function circumstancesBeside({ diagnoses }: DraftContext): readonly Diagnosis[] {
  const circumstances = diagnoses.filter(isCircumstance);
  if (circumstances.length === diagnoses.length) return circumstances.slice(1);
  return circumstances.filter(({ rank }) => rank !== "principal");
}

function inOrderOfTreatment(problems: readonly MatchedProblem[], context: DraftContext): MatchedProblem[] {
  const withdrawal = context.states.find((state) => state.state === "withdrawal-risk");
  const ordered: MatchedProblem[] = [];
  const rest = [...problems];
  while (rest.length > 0) {
    // The first, in the order of the diagnoses, that nothing else left has to come before; a circle of advice falls back to that order.
    const index = rest.findIndex((problem) => !rest.some((other) => other !== problem && comesBefore(other.chapter, problem.chapter)));
    ordered.push(...rest.splice(Math.max(index, 0), 1));
  }
  if (!withdrawal) return ordered;
  const isSubstanceUse = (problem: MatchedProblem) => problem.diagnoses.some((diagnosis) => /^F1[0-9]/.test(diagnosis.code));
  const first = ordered.filter(isSubstanceUse).map(
    (problem): MatchedProblem => ({
      ...problem,
      because: [
        ...problem.because,
        { kind: "risk", text: `Comes first because of ${clientStateNames["withdrawal-risk"]}: ${withdrawal.because}` },
      ],
    }),
  );
  return [...first, ...ordered.filter((problem) => !isSubstanceUse(problem))];
}
