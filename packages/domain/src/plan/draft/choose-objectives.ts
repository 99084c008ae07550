import { addWeeks } from "../../calendar/date.ts";
import type { LibraryGoal, LibraryMetric, LibraryObjective } from "../../library/chapter.ts";
import type { ClientState } from "../../library/client-state.ts";
import { fewestWeeks } from "../../measures/fewest-weeks.ts";
import type { Because, Metric } from "../plan.ts";
import type { Chosen } from "./chosen.ts";
import { asLine, type DraftContext, signalHolds } from "./draft-context.ts";
import type { MatchedProblem } from "./match-chapters.ts";
import { isHeld, setBack } from "./rank-interventions.ts";
import { type SizedMetric, sizeMetric } from "./size-metric.ts";

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

export function candidate(entry: LibraryObjective, context: DraftContext): Candidate | null {
  const sized = sizeMetric(entry.metric, context);
  return sized && { entry, sized, signs: entry.signals.flatMap((signal) => signalHolds(signal, context) ?? []) };
}

export function sizedObjective(
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
  return measure?.interval ? Math.max(fewestWeeks(measure.interval), measure.recallWeeks ?? 0) : 0;
}

/** An objective that is due later than this says nothing in the months in which a plan is reviewed and changed. */
const halfYear = 26;

/** A score that moves only in the long run: what the client counts has to show the way until then. */
function isSlow({ metric }: LibraryObjective, context: DraftContext): boolean {
  return weeksUntilAgain(metric, context) > halfYear;
}

/** What is measured, for telling whether two objectives measure the same. */
export const measuredBy = (metric: Metric, entry: LibraryObjective) =>
  metric.kind === "measure" ? `${metric.measure}/${metric.item ?? "total"}` : entry.id;

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
