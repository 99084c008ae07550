import { addWeeks, formatDate } from "../../calendar/date.ts";
import { means } from "../../library/based-on.ts";
import type { Chapter, Danger, LibraryGoal, LibraryObjective, Signal } from "../../library/chapter.ts";
import { dangerOfState, lookOf } from "../../library/danger.ts";
import { isOwnChapterId } from "../../library/own-chapter.ts";
import type { Because } from "../plan.ts";
import { candidate, measuredBy, type SizedObjective, sizedObjective } from "./choose-objectives.ts";
import type { Chosen } from "./chosen.ts";
import { type DraftContext, signalHolds, signalStrength } from "./draft-context.ts";
import { chaptersForAge, courseFor, type MatchedProblem } from "./match-chapters.ts";

/** The states of this client that put safety first. */
export function safetyReasons(context: DraftContext): Because[] {
  const found = context.states.filter((state) => dangerOfState[state.state] !== undefined).map((state) => state.because);
  return [...new Set(found)].map((text) => ({ kind: "risk", text }));
}

/** A danger that the plan has to answer. */
export type SafetyNeed = Danger;

/** Answers that a measure marks as dangerous, and the danger they speak of. */
const needOfFlag: Readonly<Record<string, SafetyNeed>> = { "suicide-risk": "suicide", "risk-behavior": "risky-acts" };

/** The dangers in this record, each with what says so: risk as assessed, and answers about suicide even where risk was judged low since. */
export function safetyNeeds(context: DraftContext): Map<SafetyNeed, Because[]> {
  const needs = new Map<SafetyNeed, Because[]>();
  const add = (need: SafetyNeed, because: Because) => {
    const known = needs.get(need) ?? [];
    if (!known.some(({ text }) => text === because.text)) needs.set(need, [...known, because]);
  };
  for (const { state, because } of context.states) {
    const need = dangerOfState[state];
    if (need) add(need, { kind: "risk", text: because });
  }
  const assessed = new Set(needs.keys());
  for (const { measure, administration, score } of context.lastScores.values())
    for (const flag of score.flags) {
      const need = needOfFlag[flag.kind];
      if (need && !assessed.has(need))
        add(need, {
          kind: "answer",
          ref: measure.id,
          text: `${measure.name} question ${flag.item} was answered ${administration.answers[flag.item - 1]} on ${formatDate(administration.date)}: ${flag.message}`,
        });
    }
  return needs;
}

/** The dangers that a statement with this signal speaks to. */
function needOfSignal(signal: Signal, context: DraftContext): SafetyNeed | null {
  if (signal.kind === "state") return dangerOfState[signal.state] ?? null;
  if (signal.kind !== "item") return null;
  const flags = context.library.measureById.get(signal.measure)?.flags ?? [];
  return flags.filter((flag) => flag.item === signal.item).flatMap((flag) => needOfFlag[flag.kind] ?? [])[0] ?? null;
}

/** The dangers in this record that a statement is called for by. */
export function needsCalling({ signals }: { readonly signals: readonly Signal[] }, context: DraftContext): Set<SafetyNeed> {
  return needsOf(heldOf(signals, context), context);
}

const heldOf = (signals: readonly Signal[], context: DraftContext) => signals.filter((signal) => signalHolds(signal, context) !== null);
const needsOf = (held: readonly Signal[], context: DraftContext) => new Set(held.flatMap((signal) => needOfSignal(signal, context) ?? []));

const aboutSafetyPlan = /\bsafety plan\b/i;

/** The intake says in so many words that there are none; an empty field says only that nobody wrote anything down. */
const noMeans = /^\W*(?:none(?: known| named| reported)?|no (?:access to )?(?:lethal )?means(?: known| named| reported)?|n\/?a)\W*$/i;

/** Most objectives of one safety goal: more than this nobody keeps in mind in a crisis. */
const mostSafetyObjectives = 3;

/** Whether the record holds an acute risk of suicide. */
export const isAcute = (context: DraftContext) => context.states.some(({ state }) => state === "acute-suicide-risk");

/** The safety goal of a problem, with the objectives that this client's dangers call for and the dangers it answers. */
export interface ChosenSafety extends Chosen<LibraryGoal> {
  readonly objectives: readonly LibraryObjective[];
  readonly answers: readonly SafetyNeed[];
}

/**
 * The chapter's safety goal, where it answers a danger that nothing in the plan answers yet, with one to three objectives: for each danger
 * the first that names it; where means were named at intake, the one that puts them out of reach; then what else an answer points to.
 * Where risk was judged low and one answer alone speaks of death, that answer is followed and no more.
 */
export function chooseSafety(
  problem: MatchedProblem,
  context: DraftContext,
  open: ReadonlyMap<SafetyNeed, Because[]>,
): ChosenSafety | null {
  const means = context.record.intake.risk.means.trim();
  for (const goal of problem.chapter.goals) {
    if (!goal.safety) continue;
    const fitting = problem.chapter.objectives
      .filter((entry) => entry.safety && entry.goals.includes(goal.id) && !(noMeans.test(means) && entry.meansSafety))
      .map((entry) => {
        const held = heldOf(entry.signals, context);
        return { entry, held, needs: needsOf(held, context) };
      });
    const answers = [...open.keys()].filter((need) => fitting.some(({ needs }) => needs.has(need)));
    if (answers.length === 0) continue;
    const raised = open.get("suicide")?.some((because) => because.kind === "risk") ?? false;
    const wanted = new Set<LibraryObjective>();
    for (const need of answers) {
      const named = fitting.filter(({ needs }) => needs.has(need));
      const measured = named.find(({ entry }) => entry.metric.kind === "measure");
      const first = need === "suicide" && !raised ? (measured ?? named[0]) : named[0];
      if (first) wanted.add(first.entry);
      // A danger is planned for and looked at again: one of the objectives is the one under which that is done.
      const isLookedAt = ({ id }: LibraryObjective) =>
        problem.chapter.interventions.some(
          (intervention) => intervention.objectives.includes(id) && lookOf(intervention, new Set([need])) === "fitting",
        );
      const looked = [...wanted].some(isLookedAt) ? undefined : named.find(({ entry }) => isLookedAt(entry));
      if (looked && (need !== "suicide" || raised)) wanted.add(looked.entry);
    }
    // In acute danger the means are asked about and put away even where nobody has written any down yet.
    if (raised && answers.includes("suicide") && (means !== "" || isAcute(context))) {
      const step = fitting.find(({ entry }) => entry.meansSafety);
      if (step) wanted.add(step.entry);
    }
    const worst = (held: readonly Signal[]) => Math.max(0, ...held.map((signal) => signalStrength(signal, context)));
    if (raised || !answers.includes("suicide"))
      for (const { entry } of fitting
        .filter(({ held, needs }) => held.length > 0 && ![...needs].some((need) => !answers.includes(need)))
        .toSorted((a, b) => worst(b.held) - worst(a.held)))
        wanted.add(entry);
    return {
      entry: goal,
      because: answers.flatMap((need) => open.get(need) ?? []),
      objectives: [...wanted].slice(0, Math.max(mostSafetyObjectives, answers.length)).toSorted((a, b) => a.weeks - b.weeks),
      answers,
    };
  }
  return null;
}

/** A safety goal from a chapter that is none of this client's problems. */
export interface BorrowedSafety {
  readonly problem: MatchedProblem;
  readonly safety: ChosenSafety;
}

/**
 * The safety goal of another chapter for this age, for dangers that no chapter of the client's own problems answers: a danger is answered whatever the
 * diagnosis. First come chapters that say of themselves that they are for anybody in this danger; where there is none, the one that answers most of them,
 * and of two alike the one whose own measure asks about suicide.
 */
export function borrowSafety(
  problems: readonly MatchedProblem[],
  context: DraftContext,
  open: ReadonlyMap<SafetyNeed, Because[]>,
): BorrowedSafety | null {
  if (open.size === 0) return null;
  const own = new Set(problems.map(({ chapter }) => chapter));
  const others = chaptersForAge(context.library.chapters, context.age).filter((chapter) => !own.has(chapter));
  const from = (chapters: readonly Chapter[], needsOf: (chapter: Chapter) => typeof open): BorrowedSafety[] =>
    chapters.flatMap((chapter): BorrowedSafety[] => {
      const problem: MatchedProblem = {
        chapter,
        diagnoses: [],
        severity: "moderate",
        course: courseFor(chapter, "moderate"),
        because: [],
      };
      const safety = chooseSafety(problem, context, needsOf(chapter));
      const why: Because = { kind: "practice", text: `From the chapter “${chapter.title}”: a danger is answered whatever the diagnosis.` };
      return safety ? [{ problem, safety: { ...safety, because: [...safety.because, why] } }] : [];
    });
  const forAnybody = from(
    others.filter(({ safetyFor }) => safetyFor.some((danger) => open.has(danger))),
    ({ safetyFor }) => new Map([...open].filter(([danger]) => safetyFor.includes(danger))),
  );
  const [first] = forAnybody;
  // What a practice made out of that chapter goes before it, as it does for a code.
  if (first)
    return (
      forAnybody.find(({ problem }) => isOwnChapterId(problem.chapter.id) && means(first.problem.chapter.id, problem.chapter)) ?? first
    );
  const asksAboutSuicide = ({ problem }: BorrowedSafety) =>
    context.library.measureById.get(problem.chapter.measures[0]?.id ?? "")?.flags.some((flag) => flag.kind === "suicide-risk") ?? false;
  // A crisis chapter speaks of one event, which is not this client's.
  const [best] = from(
    others.filter(({ population }) => population !== "crisis"),
    () => open,
  ).toSorted((a, b) => b.safety.answers.length - a.safety.answers.length || Number(asksAboutSuicide(b)) - Number(asksAboutSuicide(a)));
  return best ?? null;
}

/** The objectives of a safety goal with their numbers. One whose answer is at its target already leaves nothing to work on and is left out. */
export function sizeSafety(
  { entry: goal, objectives }: ChosenSafety,
  problem: MatchedProblem,
  context: DraftContext,
  measured: Set<string>,
  used: Set<string>,
): SizedObjective[] {
  const { safetyPlan } = context.record.intake.risk;
  return objectives.flatMap((entry): SizedObjective[] => {
    const found = candidate(entry, context);
    if (!found || measured.has(measuredBy(found.sized.metric, entry))) return [];
    measured.add(measuredBy(found.sized.metric, entry));
    used.add(entry.id);
    const usual = sizedObjective(found, goal, problem, context);
    const sized: SizedObjective =
      isAcute(context) && entry.metric.kind === "milestone" && entry.weeks > 1
        ? {
            ...usual,
            targetDate: addWeeks(context.today, 1),
            because: [
              { kind: "risk", text: "Within a week at the latest, because the risk is acute: begin in this session." },
              ...usual.because,
            ],
          }
        : usual;
    return safetyPlan === "made" && aboutSafetyPlan.test(entry.text)
      ? [
          {
            ...sized,
            because: [{ kind: "risk", text: "A safety plan was made at intake: go through it and keep it current." }, ...sized.because],
          },
        ]
      : [sized];
  });
}
