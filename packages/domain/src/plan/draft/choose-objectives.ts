import { addWeeks, formatDate } from "../../calendar/date.ts";
import type { BehavioralDefinition, LibraryGoal, LibraryMetric, LibraryObjective, Signal } from "../../library/chapter.ts";
import type { ClientState } from "../../library/client-state.ts";
import type { Measure } from "../../measures/measure.ts";
import { targetFor } from "../../measures/reliable-change.ts";
import type { Because, Metric } from "../plan.ts";
import { clearMatch, fit, meaningOfEntry } from "./client-words.ts";
import { answerTo, asLine, type DraftContext, isStale, signalHolds, signalStrength } from "./draft-context.ts";
import { courseFor, isMaintenance, type MatchedProblem, populationsFor } from "./match-chapters.ts";
import { isHeld, setBack } from "./rank-interventions.ts";

/** A statement of the library that this client's record speaks for, and why. */
export interface Chosen<T> {
  readonly entry: T;
  readonly because: readonly Because[];
}

/** A sized metric, and how its numbers were reached. */
interface SizedMetric {
  readonly metric: Metric;
  readonly because: readonly Because[];
}

const decreaseWords = {
  cutoff: "below the clinical cutoff",
  "reliable-change": "by a reliable change",
  response: "to half of the baseline",
  remission: "into the range of remission",
};

/** Fills the numbers of an objective from the record. A baseline that nobody measured stays `null` and is asked for. */
export function sizeMetric(metric: LibraryMetric, context: DraftContext): SizedMetric | null {
  switch (metric.kind) {
    case "count":
      return {
        metric: {
          kind: "count",
          unit: metric.unit,
          direction: metric.direction,
          baseline: null,
          baselineDate: null,
          target: metric.target,
          max: metric.max,
        },
        because: [],
      };
    case "rating":
      return {
        metric: {
          kind: "rating",
          unit: `0 = ${metric.zero}, 10 = ${metric.ten}`,
          direction: metric.direction,
          baseline: null,
          baselineDate: null,
          target: metric.target,
          max: 10,
        },
        because: [],
      };
    case "milestone":
      return {
        metric: {
          kind: "milestone",
          unit: metric.evidenceOfDone,
          direction: "increase",
          baseline: 0,
          baselineDate: context.today,
          target: 1,
          max: 1,
        },
        because: [],
      };
    case "measure":
      return sizeMeasure(metric, context);
  }
}

function sizeMeasure(metric: Extract<LibraryMetric, { kind: "measure" }>, context: DraftContext): SizedMetric | null {
  const measure = context.library.measureById.get(metric.measure);
  if (!measure) return null;
  const last = context.lastScores.get(measure.id);
  const common = { kind: "measure" as const, measure: measure.id, measureName: measure.name, direction: metric.direction, unit: "" };
  if (metric.item !== undefined) {
    const answer = last ? answerTo(last, metric.item) : null;
    const target = typeof metric.target === "number" ? metric.target : null;
    // An answer already at the target leaves nothing to work on.
    if (answer !== null && target !== null && (metric.direction === "decrease" ? answer <= target : answer >= target)) return null;
    return {
      metric: {
        ...common,
        item: metric.item,
        unit: `question ${metric.item}`,
        baseline: answer,
        baselineDate: answer === null ? null : (last?.administration.date ?? null),
        target,
      },
      because:
        answer === null || !last
          ? []
          : [
              {
                kind: "answer",
                ref: measure.id,
                text: `Baseline: ${measure.name} question ${metric.item} was answered ${answer} on ${formatDate(last.administration.date)}.`,
              },
            ],
    };
  }
  const [lowest, highest] = measure.scoring.range;
  const baseline = last?.score.total ?? null;
  if (!last || baseline === null)
    return {
      metric: {
        ...common,
        baseline: null,
        target: typeof metric.target === "number" ? metric.target : metric.target === "cutoff" ? targetBelowCutoff(measure) : null,
        baselineDate: null,
        max: highest,
      },
      because: [{ kind: "practice", text: `The baseline waits for the ${measure.name}: give it, and enter the score.` }],
    };
  const sized = typeof metric.target === "number" ? { target: metric.target, rule: null } : targetFor(measure, baseline, metric.target);
  if (!sized || sized.target === null || sized.target < lowest) return null;
  // From a low score a reliable change would ask for more than full recovery; there remission is the honest target.
  if (
    metric.target === "reliable-change" &&
    measure.remission &&
    metric.direction === "decrease" &&
    sized.target < Math.ceil(measure.remission.below) - 1
  )
    return null;
  const better = metric.direction === "decrease" ? sized.target < baseline : sized.target > baseline;
  if (!better) return null;
  const stale = isStale(last, context.today) ? " It is more than 30 days old: give it again soon." : "";
  const because: Because[] = [
    {
      kind: "score",
      ref: measure.id,
      text: `Baseline: ${measure.name} was ${baseline} on ${formatDate(last.administration.date)}.${stale}`,
    },
  ];
  if (sized.rule)
    because.push({
      kind: "evidence",
      ref: measure.id,
      text: `Target ${sized.target}: ${decreaseWords[sized.rule]}${sourceOf(measure, sized.rule)}.`,
    });
  return { metric: { ...common, baseline, baselineDate: last.administration.date, target: sized.target, max: highest }, because };
}

/** The first score outside the clinical range, which is known before anybody was measured. */
function targetBelowCutoff({ cutoff, scoring }: Measure): number | null {
  if (!cutoff) return null;
  return scoring.higherIs === "worse" ? cutoff.atLeast - 1 : cutoff.atLeast;
}

function sourceOf(
  measure: {
    cutoff?: { atLeast: number; source: string } | undefined;
    reliableChange?: { points: number; source: string } | undefined;
    remission?: { below: number; source: string } | undefined;
  },
  rule: keyof typeof decreaseWords,
): string {
  if (rule === "cutoff" && measure.cutoff) return ` of ${measure.cutoff.atLeast} (${measure.cutoff.source})`;
  if (rule === "reliable-change" && measure.reliableChange)
    return ` of ${measure.reliableChange.points} points (${measure.reliableChange.source})`;
  if (rule === "remission" && measure.remission) return ` below ${measure.remission.below} (${measure.remission.source})`;
  return "";
}

/** A behavioral definition, and how strongly this client's own answers point to it, 0 to 1. */
export interface ChosenDefinition extends Chosen<BehavioralDefinition> {
  readonly strength: number;
}

const statementText = ({ text, plain }: { readonly text: string; readonly plain: string }) => `${text} ${plain}`;

/**
 * Behavioral definitions with a sign in the record, those first that the client's own answers point to most strongly; filled up
 * with the chapter's leading ones from other areas of life. Signs of danger come before all. A danger that an earlier problem of the plan
 * already describes (`told`) is not described twice.
 */
export function chooseDefinitions(
  problem: MatchedProblem,
  context: DraftContext,
  atLeast: number,
  atMost: number,
  told: Set<string> = new Set(),
): ChosenDefinition[] {
  const signed = problem.chapter.definitions
    .flatMap((entry): ChosenDefinition[] => {
      const held = entry.signals
        .flatMap((signal) => {
          const because = signalHolds(signal, context);
          return because ? [{ because, strength: signalStrength(signal, context) }] : [];
        })
        .toSorted((a, b) => b.strength - a.strength);
      return held[0] ? [{ entry, because: held.map(({ because }) => because), strength: held[0].strength }] : [];
    })
    .filter(({ entry, because }) => entry.area !== "safety" || because.some(({ text }) => !told.has(text)))
    .toSorted(
      (a, b) =>
        Number(b.entry.area === "safety") - Number(a.entry.area === "safety") ||
        b.strength - a.strength ||
        b.because.length - a.because.length,
    )
    .slice(0, atMost);
  for (const { entry, because } of signed) if (entry.area === "safety") for (const { text } of because) told.add(text);
  const chosen: ChosenDefinition[] = [...signed];
  const areas = new Set(signed.map(({ entry }) => entry.area));
  for (const entry of problem.chapter.definitions) {
    if (chosen.length >= atLeast) break;
    if (areas.has(entry.area) || entry.area === "safety" || chosen.some((other) => other.entry === entry)) continue;
    areas.add(entry.area);
    chosen.push({
      entry,
      because: [{ kind: "practice", text: "Common with this diagnosis; keep it only if it fits this client." }],
      strength: 0,
    });
  }
  return chosen;
}

const riskStates = new Set(["acute-suicide-risk", "elevated-suicide-risk", "risk-to-others", "withdrawal-risk", "ongoing-violence"]);

/** The states of this client that put safety first. */
export function safetyReasons(context: DraftContext): Because[] {
  const found = context.states.filter((state) => riskStates.has(state.state)).map((state) => state.because);
  return [...new Set(found)].map((text) => ({ kind: "risk", text }));
}

/** A danger that the plan has to answer. */
export type SafetyNeed = "suicide" | "withdrawal-risk" | "risk-to-others" | "ongoing-violence" | "risky-acts";

/** Answers that a measure marks as dangerous, and the danger they speak of. */
const needOfFlag: Readonly<Record<string, SafetyNeed>> = { "suicide-risk": "suicide", "risk-behavior": "risky-acts" };

const needOfState: Readonly<Record<string, SafetyNeed>> = {
  "acute-suicide-risk": "suicide",
  "elevated-suicide-risk": "suicide",
  "withdrawal-risk": "withdrawal-risk",
  "risk-to-others": "risk-to-others",
  "ongoing-violence": "ongoing-violence",
};

/** The dangers in this record, each with what says so: risk as assessed, and answers about suicide even where risk was judged low since. */
export function safetyNeeds(context: DraftContext): Map<SafetyNeed, Because[]> {
  const needs = new Map<SafetyNeed, Because[]>();
  const add = (need: SafetyNeed, because: Because) => {
    const known = needs.get(need) ?? [];
    if (!known.some(({ text }) => text === because.text)) needs.set(need, [...known, because]);
  };
  for (const { state, because } of context.states) {
    const need = needOfState[state];
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
  if (signal.kind === "state") return needOfState[signal.state] ?? null;
  if (signal.kind !== "item") return null;
  const flags = context.library.measureById.get(signal.measure)?.flags ?? [];
  return flags.filter((flag) => flag.item === signal.item).flatMap((flag) => needOfFlag[flag.kind] ?? [])[0] ?? null;
}

/** Means named at intake are put out of reach by a step of its own. */
const aboutMeans = /\bmeans\b|\bfirearms?\b|\bweapons?\b/i;
const aboutSafetyPlan = /\bsafety plan\b/i;
/** The intake says in so many words that there are none; an empty field says only that nobody wrote anything down. */
const noMeans = /^\W*(?:none(?: known| named| reported)?|no (?:access to )?(?:lethal )?means(?: known| named| reported)?|n\/?a)\W*$/i;

const isAboutMeans = (entry: LibraryObjective) => aboutMeans.test(statementText(entry)) && !aboutSafetyPlan.test(statementText(entry));

/** Most objectives of one safety goal: more than this nobody keeps in mind in a crisis. */
const mostSafetyObjectives = 3;

const isAcute = (context: DraftContext) => context.states.some(({ state }) => state === "acute-suicide-risk");

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
      .filter((entry) => entry.safety && entry.goals.includes(goal.id) && !(noMeans.test(means) && isAboutMeans(entry)))
      .map((entry) => {
        const held = entry.signals.filter((signal) => signalHolds(signal, context) !== null);
        return { entry, held, needs: new Set(held.flatMap((signal) => needOfSignal(signal, context) ?? [])) };
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
    }
    // In acute danger the means are asked about and put away even where nobody has written any down yet.
    if (raised && answers.includes("suicide") && (means !== "" || isAcute(context))) {
      const step = fitting.find(({ entry }) => isAboutMeans(entry));
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
 * The safety goal of another chapter for this age, for dangers that no chapter of the client's own problems answers: a danger is answered
 * whatever the diagnosis. The chapter that answers most of them; of two alike the one whose own measure asks about suicide.
 */
export function borrowSafety(
  problems: readonly MatchedProblem[],
  context: DraftContext,
  open: ReadonlyMap<SafetyNeed, Because[]>,
): BorrowedSafety | null {
  if (open.size === 0) return null;
  const own = new Set(problems.map(({ chapter }) => chapter));
  const asksAboutSuicide = ({ problem }: BorrowedSafety) =>
    context.library.measureById.get(problem.chapter.measures[0]?.id ?? "")?.flags.some((flag) => flag.kind === "suicide-risk") ?? false;
  const [best] = populationsFor(context.age)
    .flatMap((population) => context.library.chapters.filter((chapter) => chapter.population === population && !own.has(chapter)))
    .flatMap((chapter): BorrowedSafety[] => {
      const problem: MatchedProblem = {
        chapter,
        diagnoses: [],
        severity: "moderate",
        course: courseFor(chapter, "moderate"),
        because: [],
      };
      const safety = chooseSafety(problem, context, open);
      const why: Because = { kind: "practice", text: `From the chapter “${chapter.title}”: a danger is answered whatever the diagnosis.` };
      return safety ? [{ problem, safety: { ...safety, because: [...safety.because, why] } }] : [];
    })
    .toSorted((a, b) => b.safety.answers.length - a.safety.answers.length || Number(asksAboutSuicide(b)) - Number(asksAboutSuicide(a)));
  return best ?? null;
}

/** A goal with the hope of the client that it takes up, where one clearly belongs to it. */
export interface ChosenGoal extends Chosen<LibraryGoal> {
  readonly hope: string;
}

/** A hope that a goal takes up counts as much as this much strength of signs. */
const hopeWeighs = 1.3;
/** Where everything is in remission a hope counts less than what keeps the client well. */
const hopeWeighsWhenWell = 0.5;
/** A sign that a goal chosen before already answers counts this much of itself. */
const answeredAgain = 0.25;

const goalText = statementText;

/**
 * The hopes that clearly belong to one of these goals, each to one goal and each goal with one. What nothing clearly takes up is left for the
 * clinician to ask about: no words are better than words under the wrong goal.
 */
export function hopesOf(goals: readonly LibraryGoal[], context: DraftContext, taken: ReadonlySet<string>): Map<LibraryGoal, string> {
  const found = new Map<LibraryGoal, string>();
  for (const { text, meaning } of context.hopes) {
    if (taken.has(text)) continue;
    const goal = clearMatch(meaning, goals, (entry) => meaningOfEntry(entry, goalText));
    if (goal && !found.has(goal)) found.set(goal, text);
  }
  return found;
}

/**
 * True when an objective under this goal follows the whole score of the chapter's primary measure, or will as soon as that is given.
 * @param late also one for the end of the course, as where a mild problem has nothing left to reach but remission.
 */
function followsPrimaryScore(goal: LibraryGoal, { chapter }: MatchedProblem, context: DraftContext, late: boolean): boolean {
  return chapter.objectives.some(
    ({ goals, metric, stage }) =>
      goals.includes(goal.id) &&
      (late || stage !== "late") &&
      metric.kind === "measure" &&
      metric.item === undefined &&
      metric.measure === chapter.measures[0]?.id &&
      sizeMetric(metric, context) !== null,
  );
}

/** The definition of this goal that speaks most of the same as the hope; of those that say nothing of it, the first. */
function nearestDefinition(
  goal: LibraryGoal,
  hope: string,
  { chapter }: MatchedProblem,
  context: DraftContext,
): BehavioralDefinition | undefined {
  const meaning = context.hopes.find(({ text }) => text === hope)?.meaning;
  const own = chapter.definitions.filter(({ id, area }) => goal.definitions.includes(id) && area !== "safety");
  const about = own.map((entry) => meaningOfEntry(entry, statementText));
  const points = about.map((of) => (meaning ? fit(meaning, of, about) : 0));
  return own[points.indexOf(Math.max(...points))];
}

/** What of this record a goal answers, in words; a sign that nobody found is not called one. */
function answersWhat(hits: readonly string[], definitions: readonly ChosenDefinition[], { chapter, diagnoses }: MatchedProblem): Because {
  const found = definitions.filter(({ strength }) => strength > 0).map(({ entry }) => entry.id);
  const answered = found.filter((id) => hits.includes(id)).length;
  if (answered === 0)
    return {
      kind: "practice",
      text: `Answers what is common in “${chapter.title}”: nothing in this record points to it yet. Keep it only if it fits this client.`,
    };
  const [diagnosis] = diagnoses;
  const signs = found.length === 1 ? "the one sign" : `${answered} of the ${found.length} signs`;
  return {
    kind: "diagnosis",
    ...(diagnosis && { ref: diagnosis.id }),
    text: `Answers ${signs} of “${chapter.title}” found in this record.`,
  };
}

/**
 * Goals that answer the chosen definitions: first the one under which the problem's own score is followed, then what the client's answers
 * point to most strongly and what the client hopes for, each next goal for what is not answered yet. A goal that nothing but a hope speaks
 * for brings the definition that it answers along, for the clinician to confirm.
 * @param taken hopes that stand under other goals already.
 */
export function chooseGoals(
  problem: MatchedProblem,
  definitions: readonly ChosenDefinition[],
  context: DraftContext,
  atMost: number,
  taken: ReadonlySet<string> = new Set(),
): { readonly goals: readonly ChosenGoal[]; readonly alsoDefined: readonly ChosenDefinition[] } {
  const strengths = new Map(definitions.map(({ entry, strength }) => [entry.id, 0.2 + strength]));
  const hopes = hopesOf(problem.chapter.goals, context, taken);
  const answered = new Set<string>();
  const left = problem.chapter.goals.filter(
    (goal) => !goal.safety && (hopes.has(goal) || goal.definitions.some((id) => strengths.has(id))),
  );
  const goals: ChosenGoal[] = [];
  const alsoDefined: ChosenDefinition[] = [];
  const hopeWeight = isMaintenance(context) ? hopeWeighsWhenWell : hopeWeighs;
  const weigh = (goal: LibraryGoal) =>
    goal.definitions.reduce((sum, id) => sum + (strengths.get(id) ?? 0) * (answered.has(id) ? answeredAgain : 1), 0) +
    (hopes.has(goal) ? hopeWeight : 0);
  const strongest = (list: readonly LibraryGoal[]) => list.reduce((a, b) => (weigh(b) > weigh(a) ? b : a));
  while (goals.length < atMost && left.length > 0) {
    const scoredBy = (late: boolean) =>
      goals.length === 0 ? left.filter((goal) => followsPrimaryScore(goal, problem, context, late)) : [];
    const inTime = scoredBy(false);
    const scored = inTime.length > 0 ? inTime : scoredBy(true);
    const best = strongest(scored.length > 0 ? scored : left);
    left.splice(left.indexOf(best), 1);
    const hits = best.definitions.filter((id) => strengths.has(id));
    for (const id of hits) answered.add(id);
    const hope = hopes.get(best) ?? "";
    if (hits.length === 0) {
      const entry = nearestDefinition(best, hope, problem, context);
      if (!entry) continue;
      const text = asLine(`The client hopes for “${hope}”, which a goal for this sign takes up. Keep it only if it fits this client.`, 500);
      alsoDefined.push({ entry, because: [{ kind: "preference", text }], strength: 0 });
      strengths.set(entry.id, 0.2);
      answered.add(entry.id);
    }
    goals.push({
      entry: best,
      hope,
      because: [
        hits.length > 0 ? answersWhat(hits, definitions, problem) : { kind: "preference", text: "Takes up what the client hopes for." },
      ],
    });
  }
  return { goals, alsoDefined };
}

/** An objective with its numbers. */
export interface SizedObjective extends Chosen<LibraryObjective> {
  readonly metric: Metric;
  readonly targetDate: string;
}

interface Candidate {
  readonly entry: LibraryObjective;
  readonly sized: SizedMetric;
  readonly signs: readonly Because[];
}

function candidate(entry: LibraryObjective, context: DraftContext): Candidate | null {
  const sized = sizeMetric(entry.metric, context);
  return sized && { entry, sized, signs: entry.signals.flatMap((signal) => signalHolds(signal, context) ?? []) };
}

function sizedObjective(
  { entry, sized, signs }: Candidate,
  goal: LibraryGoal,
  problem: MatchedProblem,
  context: DraftContext,
): SizedObjective {
  return {
    entry,
    metric: sized.metric,
    targetDate: addWeeks(context.today, Math.max(Math.min(entry.weeks, problem.course.weeks), weeksUntilAgain(entry.metric, context))),
    because: [...sized.because, ...signs, { kind: "diagnosis", text: asLine(`Serves the goal “${goal.plain}”`, 500) }],
  };
}

/** The state of this client for which work toward an objective waits, or `null`. */
export function waitsFor({ waitsWhile }: LibraryObjective, context: DraftContext): ClientState | null {
  return context.states.find(({ state }) => waitsWhile.includes(state))?.state ?? null;
}

/** A questionnaire that looks far back shows nothing new before this many weeks, and a change in full only when the time before it is out of sight. */
function weeksUntilAgain(metric: LibraryMetric, context: DraftContext): number {
  const measure = metric.kind === "measure" ? context.library.measureById.get(metric.measure) : undefined;
  return measure?.interval ? Math.max(Math.ceil(measure.interval.minDays / 7), measure.recallWeeks ?? 0) : 0;
}

/** An objective that is due later than this says nothing in the months in which a plan is reviewed and changed. */
const halfYear = 26;

/** A score that moves only in the long run: what the client counts has to show the way until then. */
function isSlow({ metric }: LibraryObjective, context: DraftContext): boolean {
  return weeksUntilAgain(metric, context) > halfYear;
}

/** What is measured, for telling whether two objectives measure the same. */
const measuredBy = (metric: Metric, entry: LibraryObjective) =>
  metric.kind === "measure" ? `${metric.measure}/${metric.item ?? "total"}` : entry.id;

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

/** The share of its methods from which on an objective is as good as closed to this client. */
const nearlyAll = 0.75;
const stageOrder = { early: 0, middle: 1, late: 2, throughout: 3 } as const;

/**
 * Objectives whose methods are nearly all set back (declined, or like what failed), by id, with the reason in words. What leads to an
 * objective are the tested methods of its own stage or later; what only prepares, supports or coordinates opens no other way to it.
 */
export function objectivesSetBack({ chapter }: MatchedProblem, context: DraftContext): Map<string, string> {
  const found = new Map<string, string>();
  const lowered = setBack(chapter.interventions, context);
  if (lowered.size === 0) return found;
  const usable = chapter.interventions.filter(
    (entry) => entry.approach !== "supportive" && entry.format !== "coordination" && !isHeld(entry, context),
  );
  const reached = new Set([...lowered.keys()].flatMap(({ objectives }) => objectives));
  for (const { id, stage } of chapter.objectives) {
    if (!reached.has(id)) continue;
    const own = usable.filter((entry) => entry.objectives.includes(id) && stageOrder[entry.stage] >= stageOrder[stage]);
    const tested = own.filter(({ basis }) => basis === "evidence");
    const methods = tested.length > 0 ? tested : own;
    const why = methods.flatMap((entry) => lowered.get(entry) ?? []);
    if (why.length > 0 && why.length >= methods.length * nearlyAll) found.set(id, [...new Set(why)].slice(0, 2).join(" "));
  }
  return found;
}

/**
 * Objectives for one goal: the measured ones that this record can fill, those with a sign first, early ones before late ones. What another
 * problem of the plan already measures is not measured twice, and a questionnaire whose whole score is followed is not followed question by
 * question as long as there is something the client does to be followed instead. What is set back comes last and says why.
 * Where the score moves only in the long run, a count leads up to it.
 */
export function chooseObjectives(
  goal: LibraryGoal,
  problem: MatchedProblem,
  context: DraftContext,
  measured: Set<string>,
  used: Set<string>,
  atMost: number,
  back: ReadonlyMap<string, string> = new Map(),
): SizedObjective[] {
  // The problem's own score moves by whatever treatment is chosen, so that no failed one stands in its way.
  const primary = problem.chapter.measures[0]?.id;
  const whyBack = ({ id, metric }: LibraryObjective) =>
    metric.kind === "measure" && metric.item === undefined && metric.measure === primary ? undefined : back.get(id);
  const candidates = problem.chapter.objectives
    .filter((entry) => entry.goals.includes(goal.id) && !used.has(entry.id) && !entry.safety && waitsFor(entry, context) === null)
    .flatMap((entry) => candidate(entry, context) ?? [])
    .filter(({ entry, sized }) => !measured.has(measuredBy(sized.metric, entry)))
    .map((found) => ({
      found,
      weight:
        objectiveWeight(found, measured, primary) +
        supportOf(found.entry, problem, context) +
        (whyBack(found.entry) === undefined ? 0 : supports.setBack),
    }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ found }) => found);
  const chosen: SizedObjective[] = [];
  // One score and one thing the client does say more together than two scores.
  const kindOf = ({ metric }: { readonly metric: Metric }) => (metric.kind === "measure" ? "score" : "own");
  // What the record does not speak of is proposed only where nothing else would serve the goal.
  const stated = candidates.filter(({ entry }) => !isUnstated(entry, context));
  const left = stated.length > 0 ? stated : [...candidates];
  // A goal under which a slow score stands has a count beside it, and room for that.
  const slow = () => atMost > 1 && chosen.some(({ entry }) => isSlow(entry, context));
  while (chosen.length < atMost + Number(slow()) && left.length > 0) {
    const kinds = new Set(chosen.map(kindOf));
    const count =
      slow() && !chosen.some(({ metric }) => metric.kind === "count")
        ? left.findIndex(({ entry, sized }) => sized.metric.kind === "count" && whyBack(entry) === undefined)
        : -1;
    const other = left.findIndex(
      ({ entry, sized }) => !kinds.has(kindOf(sized)) && !notGivenYet(sized.metric) && whyBack(entry) === undefined,
    );
    const [next] = left.splice(Math.max(count >= 0 ? count : other, 0), 1);
    if (!next) break;
    // One question of a form that nobody has given yet says nothing about this client.
    if (chosen.length > 0 && notGivenYet(next.sized.metric) && next.sized.metric.item !== undefined) break;
    const key = measuredBy(next.sized.metric, next.entry);
    if (measured.has(key)) continue;
    measured.add(key);
    used.add(next.entry.id);
    const sized = sizedObjective(next, goal, problem, context);
    const why = whyBack(next.entry);
    chosen.push(
      why === undefined
        ? sized
        : {
            ...sized,
            because: [
              {
                kind: "history",
                text: asLine(`Ranked lower: nearly all that leads there was declined or is like what failed. ${why}`, 500),
              },
              ...sized.because,
            ],
          },
    );
  }
  return chosen.toSorted((a, b) => Number(isSlow(a.entry, context)) - Number(isSlow(b.entry, context)));
}

/** Weights of what else speaks for or against an objective. Ours, not a norm: they order a list that a clinician decides on. */
const supports = { answeredOtherwise: -1, wanted: 1.5, setBack: -8 } as const;

/** True for an objective about a particular state or diagnosis (drinking, grief) that this record does not state. */
function isUnstated({ signals }: LibraryObjective, context: DraftContext): boolean {
  return signals.some(({ kind }) => kind === "state" || kind === "diagnosis") && signals.every((signal) => !signalHolds(signal, context));
}

/**
 * An objective for a complaint that the client's answers do not show comes later; one that can be worked on in an approach the client asks
 * for comes sooner.
 */
function supportOf({ id, signals }: LibraryObjective, { chapter }: MatchedProblem, context: DraftContext): number {
  const { wanted } = context.record.intake.preferences;
  const asked =
    wanted.length > 0 && chapter.interventions.some(({ objectives, approach }) => objectives.includes(id) && wanted.includes(approach));
  const answeredOtherwise =
    signals.length > 0 &&
    signals.every((signal) => "measure" in signal && context.lastScores.has(signal.measure) && !signalHolds(signal, context));
  return (asked ? supports.wanted : 0) + (answeredOtherwise ? supports.answeredOtherwise : 0);
}

/** Measured by a questionnaire that the client has not answered: it would begin with a gap. */
const notGivenYet = (metric: Metric) => metric.kind === "measure" && metric.baseline === null;

/**
 * What speaks for an objective under its goal. A score that nobody has taken yet would begin with a gap and comes last, except that of the
 * problem's own measure: a plan without it could not be judged later.
 */
function objectiveWeight(
  { entry, sized: { metric }, signs }: Candidate,
  measured: ReadonlySet<string>,
  primary: string | undefined,
): number {
  const filled = metric.baseline !== null && metric.target !== null;
  const followed = metric.kind === "measure" && metric.item !== undefined && measured.has(`${metric.measure}/total`);
  return (
    (metric.kind === "measure" && metric.item === undefined && filled ? 6 : 0) +
    (filled ? 3 : 0) -
    (followed ? 4 : 0) -
    (notGivenYet(metric) ? (metric.measure === primary && metric.item === undefined && metric.target !== null ? -6 : 5) : 0) +
    signs.length * 2 +
    (entry.stage === "early" ? 1 : entry.stage === "late" ? -1 : 0)
  );
}
