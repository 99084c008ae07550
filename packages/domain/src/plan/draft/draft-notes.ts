import { approaches } from "../../library/approach.ts";
import { type ClientState, clientStateNames } from "../../library/client-state.ts";
import type { Intervention } from "../plan.ts";
import { waitsFor } from "./choose-objectives.ts";
import { isAcute, type SafetyNeed, safetyReasons } from "./choose-safety.ts";
import { asLine, capitalize, type DraftContext, isStale, scoreInWords } from "./draft-context.ts";
import { type ChapterMatch, chapterFor, chaptersForAge, isCircumstance, type MatchedProblem } from "./match-chapters.ts";

/** Something the clinician should know about the draft that is not a part of the plan. */
export interface DraftNote {
  readonly kind:
    | "missing-measure"
    | "stale-score"
    | "below-cutoff"
    | "co-occurring"
    | "score-without-diagnosis"
    | "no-chapter"
    | "wish"
    | "safety"
    /** Decided at a review, and to be done in the draft that came of it. */
    | "review"
    | "earlier-episode";
  readonly text: string;
}

/** An approach that the client asks for and that carries less than a third of the draft, because the signs lead elsewhere. */
export function wishes(interventions: readonly Intervention[], { record }: DraftContext): DraftNote[] {
  const inSession = interventions.filter(({ format }) => format !== "coordination");
  if (inSession.length === 0) return [];
  return record.intake.preferences.wanted.flatMap((approach): DraftNote[] => {
    const count = inSession.filter((entry) => entry.approach === approach).length;
    if (count * 3 >= inSession.length) return [];
    const text = `The client asked for ${approaches[approach].name}, and ${count} of ${inSession.length} interventions in this draft are of that approach: the signs in the record lead to goals that it serves less. Look at what else could serve each objective, or add a goal that it is made for.`;
    return [{ kind: "wish", text }];
  });
}

/** What the clinician should know about the draft that is not a part of the plan. */
export function notes(
  problems: readonly MatchedProblem[],
  {
    unmatched,
    circumstances,
    first,
    openNeeds,
    goals,
  }: Pick<ChapterMatch, "unmatched" | "circumstances"> & {
    readonly first: string;
    readonly openNeeds: readonly SafetyNeed[];
    readonly goals: readonly string[];
  },
  context: DraftContext,
): DraftNote[] {
  const found: DraftNote[] = [];
  const inPlan = new Set(problems.map(({ chapter }) => chapter.id));
  const advised = new Set<string>();
  for (const { chapter, diagnoses } of problems) {
    const primary = chapter.measures[0] && context.library.measureById.get(chapter.measures[0].id);
    const last = primary && context.lastScores.get(primary.id);
    if (primary && !last)
      found.push({
        kind: "missing-measure",
        text: `No ${primary.name} yet. Give it and draft again, or enter the score where the objectives for “${chapter.title}” ask for their baseline.`,
      });
    if (last && isStale(last, context.today))
      found.push({ kind: "stale-score", text: `${scoreInWords(last)} That is more than 30 days ago: give it again for a fresh baseline.` });
    const cutoff = primary?.cutoff?.atLeast;
    if (last && cutoff !== undefined && last.score.total !== null && last.score.total < cutoff && !diagnoses.every(isCircumstance))
      found.push({
        kind: "below-cutoff",
        text: `${scoreInWords(last)} That is below its cutoff of ${cutoff}: say in the medical necessity why “${chapter.title}” is treated now, or plan for staying well.`,
      });
    // Both chapters speak of the pair; what the one treated first says of it is enough.
    for (const advice of chapter.cooccurring)
      if (inPlan.has(advice.chapter) && !advised.has(advice.chapter)) found.push({ kind: "co-occurring", text: advice.advice });
    advised.add(chapter.id);
  }
  for (const diagnosis of unmatched) {
    const used = chaptersForAge(context.library.chapters, context.age)
      .filter(({ relatedCodes }) => relatedCodes.some((code) => diagnosis.code.startsWith(code)))
      .map(({ title }) => `“${title}”`);
    const instead =
      used.length === 0
        ? "search the library or write your own goals for it"
        : `what is used with this code is in ${used.slice(0, 3).join(" and ")}`;
    found.push({
      kind: "no-chapter",
      text: `The library has no chapter for ${diagnosis.code} ${diagnosis.description}${context.age < 18 ? ` in somebody of ${context.age} years` : ""} yet. The problem stands in the plan; ${instead}.`,
    });
  }
  for (const diagnosis of circumstances) {
    const chapter = chapterFor(diagnosis.code, context);
    found.push({
      kind: "no-chapter",
      text: `${diagnosis.code} ${diagnosis.description} is a circumstance and no problem of its own here; it stands with “${first}”. If it is what you treat, ${chapter === undefined ? "give it a problem and goals" : `give it a problem: the library has goals for it in “${chapter.title}”`}.`,
    });
  }
  for (const last of context.lastScores.values()) {
    const cutoff = last.measure.cutoff?.atLeast;
    if (last.score.isCase !== true) continue;
    // By what it tells of, not by its name: a screen or another scale for the same trouble is answered by the same problem.
    const covered = problems.some(
      ({ chapter, diagnoses }) =>
        context.library.measureById.get(chapter.measures[0]?.id ?? "")?.area === last.measure.area && !diagnoses.every(isCircumstance),
    );
    if (!covered)
      found.push({
        kind: "score-without-diagnosis",
        text: `${scoreInWords(last)} That is at or above its cutoff of ${cutoff}, and no problem drafted here is about it: weigh whether one is missing, or say why not.`,
      });
  }
  for (const reason of safetyReasons(context)) found.push({ kind: "safety", text: reason.text });
  if (isAcute(context))
    found.push({
      kind: "safety",
      text: "With acute risk, decide first whether outpatient sessions are enough and who is in touch between them. This draft plans outpatient sessions only.",
    });
  found.push(...beforeAllElse(context).map((text): DraftNote => ({ kind: "safety", text })));
  for (const { chapter } of problems)
    for (const objective of chapter.objectives) {
      const state = objective.goals.some((id) => goals.includes(id)) ? waitsFor(objective, context) : null;
      if (state)
        found.push({ kind: "safety", text: `Not proposed yet, because of ${clientStateNames[state]}: “${withoutDate(objective.text)}”` });
    }
  for (const need of openNeeds)
    found.push({
      kind: "safety",
      text: `No goal from the library answers ${needNames[need]} here. Write one of your own before anything else.`,
    });
  return found;
}

const needNames: Readonly<Record<SafetyNeed, string>> = {
  suicide: "thoughts of suicide",
  "withdrawal-risk": clientStateNames["withdrawal-risk"],
  "risk-to-others": clientStateNames["risk-to-others"],
  "ongoing-violence": clientStateNames["ongoing-violence"],
  "risky-acts": "risks taken that could cause harm",
};

/** An objective's wording before anything is filled in, without the opening "By {date}, ". */
function withoutDate(template: string): string {
  return capitalize(template.replace(/^By \{date\}, /, "").replaceAll(/\{[a-z][a-zA-Z0-9]*\}/gi, "…"));
}

/** States that other care has to answer before or beside psychotherapy, and what to see to. */
const otherCareFirst: readonly (readonly [ClientState, string])[] = [
  [
    "current-mania",
    "Mania is treated first and by a psychiatrist: see that this is under way before the rest of this plan begins, and go easy on activation, short nights and large commitments.",
  ],
  [
    "current-psychosis",
    "See that psychiatric care is under way, settle with the prescriber what this plan takes on, and ask whether voices or beliefs command harm.",
  ],
  [
    "current-intoxication",
    "Agree on sober sessions, and on what happens when the client comes intoxicated, the way home included, before any of the work below begins.",
  ],
];

/** Said in the intake, and not a mere "none". */
function isSaid(text: string): boolean {
  return text.trim() !== "" && !/^\W*(?:none|no|never|nil|denie[sd]|n\/?a)\b[^.;,]{0,40}\W*$/i.test(text.trim());
}

/** What a clinician has to see to before the draft is of any use: other care, questions not asked yet, and what raises risk although no level says so. */
function beforeAllElse(context: DraftContext): string[] {
  const { risk } = context.record.intake;
  const otherCare = otherCareFirst.flatMap(([state, advice]) => {
    const found = context.states.find((entry) => entry.state === state);
    return found ? [`${found.because} ${advice}`] : [];
  });
  return [
    ...otherCare,
    ...(risk.harmToOthers === "intent"
      ? ["With an intent to harm somebody, decide first who has to be protected or warned, and what the law of your state asks of you."]
      : []),
    ...(risk.level === null && risk.ideation === "not-asked"
      ? [
          "No risk assessment is recorded. Ask about suicide, self-harm and harm to others before this plan is agreed: a draft cannot put first what nobody has asked about.",
        ]
      : []),
    ...(isSaid(risk.pastAttempts)
      ? [
          `Past attempts in the intake (“${asLine(risk.pastAttempts, 300)}”): a past attempt raises the risk for years: weigh it in the level of risk and in the safety plan.`,
        ]
      : []),
    ...(isSaid(risk.selfHarm)
      ? [
          `Self-harm in the intake (“${asLine(risk.selfHarm, 300)}”): where it goes on, ask how, how often and what it is for, and give it an objective of its own.`,
        ]
      : []),
  ];
}
