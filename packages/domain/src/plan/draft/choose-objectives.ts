import { addWeeks, formatDate } from "../../calendar/date.ts";
import type { BehavioralDefinition, LibraryGoal, LibraryMetric, LibraryObjective } from "../../library/chapter.ts";
import { targetFor } from "../../measures/reliable-change.ts";
import type { Because, Metric } from "../plan.ts";
import { type DraftContext, isStale, signalHolds } from "./draft-context.ts";
import type { MatchedProblem } from "./match-chapters.ts";

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
    const answer = last?.administration.answers[metric.item - 1] ?? null;
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
        target: typeof metric.target === "number" ? metric.target : null,
        baselineDate: null,
        max: highest,
      },
      because: [],
    };
  const sized = typeof metric.target === "number" ? { target: metric.target, rule: null } : targetFor(measure, baseline, metric.target);
  if (!sized || sized.target === null || sized.target < lowest) return null;
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

/** Behavioral definitions with a sign in the record, strongest first, filled up with the chapter's leading ones from other areas of life. */
export function chooseDefinitions(
  problem: MatchedProblem,
  context: DraftContext,
  atLeast: number,
  atMost: number,
): Chosen<BehavioralDefinition>[] {
  const signed = problem.chapter.definitions
    .map((entry) => ({ entry, because: entry.signals.flatMap((signal) => signalHolds(signal, context) ?? []) }))
    .filter((chosen) => chosen.because.length > 0)
    .toSorted((a, b) => b.because.length - a.because.length)
    .slice(0, atMost);
  const chosen: Chosen<BehavioralDefinition>[] = [...signed];
  const areas = new Set(signed.map(({ entry }) => entry.area));
  for (const entry of problem.chapter.definitions) {
    if (chosen.length >= atLeast) break;
    if (areas.has(entry.area) || entry.area === "safety" || chosen.some((other) => other.entry === entry)) continue;
    areas.add(entry.area);
    chosen.push({ entry, because: [{ kind: "practice", text: "Common with this diagnosis; keep it only if it fits this client." }] });
  }
  return chosen;
}

const riskStates = new Set(["acute-suicide-risk", "elevated-suicide-risk", "risk-to-others", "withdrawal-risk", "ongoing-violence"]);

/** The states of this client that put safety first. */
export function safetyReasons(context: DraftContext): Because[] {
  return context.states.filter((state) => riskStates.has(state.state)).map((state) => ({ kind: "risk", text: state.because }));
}

/** Goals that answer the chosen definitions, the one that answers most of them first; a safety goal leads when the record shows risk. */
export function chooseGoals(
  problem: MatchedProblem,
  definitions: readonly Chosen<BehavioralDefinition>[],
  context: DraftContext,
  atMost: number,
): Chosen<LibraryGoal>[] {
  const answered = new Map(definitions.map((chosen) => [chosen.entry.id, chosen]));
  const signs = (goal: LibraryGoal) => goal.definitions.reduce((sum, id) => sum + (answered.get(id)?.because.length ?? 0), 0);
  const hits = (goal: LibraryGoal) => goal.definitions.filter((id) => answered.has(id)).length;
  const usual = problem.chapter.goals
    .filter((goal) => !goal.safety && hits(goal) > 0)
    .toSorted((a, b) => hits(b) - hits(a) || signs(b) - signs(a))
    .slice(0, atMost)
    .map(
      (entry): Chosen<LibraryGoal> => ({
        entry,
        because: [
          {
            kind: "diagnosis",
            ref: problem.diagnoses[0]?.id,
            text: `Answers ${hits(entry)} of the ${definitions.length} signs of “${problem.chapter.title}” chosen for this client.`,
          } as Because,
        ],
      }),
    );
  const reasons = safetyReasons(context);
  const safety = reasons.length > 0 ? problem.chapter.goals.find((goal) => goal.safety) : undefined;
  return safety ? [{ entry: safety, because: reasons }, ...usual] : usual;
}

/** An objective with its numbers. */
export interface SizedObjective extends Chosen<LibraryObjective> {
  readonly metric: Metric;
  readonly targetDate: string;
}

/**
 * Objectives for one goal: safety ones where the goal is one; else the measured ones that this record can fill, those with a sign first,
 * early ones before late ones. What another problem of the plan already measures is not measured twice.
 */
export function chooseObjectives(
  goal: LibraryGoal,
  problem: MatchedProblem,
  context: DraftContext,
  measured: Set<string>,
  used: Set<string>,
  atMost: number,
): SizedObjective[] {
  const candidates = problem.chapter.objectives
    .filter((objective) => objective.goals.includes(goal.id) && !used.has(objective.id) && (goal.safety || !objective.safety))
    .flatMap((entry) => {
      const sized = sizeMetric(entry.metric, context);
      if (!sized) return [];
      const signs = entry.signals.flatMap((signal) => signalHolds(signal, context) ?? []);
      return [{ entry, sized, signs, weight: objectiveWeight(entry, sized.metric, signs.length, goal.safety) }];
    })
    .toSorted((a, b) => b.weight - a.weight);
  const chosen: SizedObjective[] = [];
  const kinds = new Set<string>();
  for (const candidate of candidates) {
    if (chosen.length >= atMost) break;
    const { metric } = candidate.sized;
    const key = metric.kind === "measure" ? `${metric.measure}/${metric.item ?? "total"}` : `${candidate.entry.id}`;
    // One score and one thing the client does say more together than two scores.
    const kind = metric.kind === "measure" ? "measure" : "own";
    if (
      measured.has(key) ||
      (kinds.has(kind) && candidates.some((other) => !kinds.has(other.sized.metric.kind === "measure" ? "measure" : "own")))
    )
      continue;
    measured.add(key);
    kinds.add(kind);
    used.add(candidate.entry.id);
    chosen.push({
      entry: candidate.entry,
      metric,
      targetDate: addWeeks(context.today, Math.min(candidate.entry.weeks, problem.course.weeks)),
      because: [
        ...candidate.sized.because,
        ...candidate.signs,
        { kind: "diagnosis", text: `Serves the goal “${goal.plain}”`.slice(0, 500) },
      ],
    });
  }
  return chosen;
}

function objectiveWeight(objective: LibraryObjective, metric: Metric, signs: number, forSafety: boolean): number {
  const filled = metric.baseline !== null && metric.target !== null;
  return (
    (forSafety && objective.safety ? 20 : 0) +
    (metric.kind === "measure" && metric.item === undefined && filled ? 6 : 0) +
    (filled ? 3 : 0) +
    signs * 2 +
    (objective.stage === "early" ? 1 : objective.stage === "late" ? -1 : 0)
  );
}
