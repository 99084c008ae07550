import type { BehavioralDefinition, LibraryGoal } from "../../library/chapter.ts";
import type { Because } from "../plan.ts";
import type { Chosen } from "./chosen.ts";
import { clearMatch, fit, meaningOfEntry } from "./client-words.ts";
import { asLine, type DraftContext, signalHolds, signalStrength } from "./draft-context.ts";
import { isMaintenance, type MatchedProblem } from "./match-chapters.ts";
import { sizeMetric } from "./size-metric.ts";

const commonHere: Because = { kind: "practice", text: "Common with this diagnosis; keep it only if it fits this client." };

/** A behavioral definition, and how strongly this client's own answers point to it, 0 to 1. */
export interface ChosenDefinition extends Chosen<BehavioralDefinition> {
  readonly strength: number;
}

export const statementText = ({ text, plain }: { readonly text: string; readonly plain: string }) => `${text} ${plain}`;

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
      because: [commonHere],
      strength: 0,
    });
  }
  return chosen;
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

/** The first goal of the chapter that is not chosen yet, with a sign that it answers. */
function nextUsual(chosen: readonly ChosenGoal[], problem: MatchedProblem, context: DraftContext) {
  for (const goal of problem.chapter.goals) {
    if (goal.safety || chosen.some(({ entry }) => entry === goal)) continue;
    const definition = nearestDefinition(goal, "", problem, context);
    if (definition) return { goal, definition };
  }
  return null;
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
 * Where fewer than `atLeast` come out of that, the chapter's next goals fill up.
 * @param taken hopes that stand under other goals already.
 */
export function chooseGoals(
  problem: MatchedProblem,
  definitions: readonly ChosenDefinition[],
  context: DraftContext,
  { atLeast, atMost }: { readonly atLeast: number; readonly atMost: number },
  taken: ReadonlySet<string> = new Set(),
): { readonly goals: readonly ChosenGoal[]; readonly alsoDefined: readonly ChosenDefinition[] } {
  const strengths = new Map(definitions.map(({ entry, strength }) => [entry.id, 0.2 + strength]));
  const hopes = hopesOf(problem.chapter.goals, context, taken);
  const answered = new Set<string>();
  const left = problem.chapter.goals.filter(
    // One that names no definition, as a practice's own may, is for everybody with the problem.
    (goal) => !goal.safety && (hopes.has(goal) || goal.definitions.length === 0 || goal.definitions.some((id) => strengths.has(id))),
  );
  const goals: ChosenGoal[] = [];
  const alsoDefined: ChosenDefinition[] = [];
  const hopeWeight = isMaintenance(context) ? hopeWeighsWhenWell : hopeWeighs;
  const weigh = (goal: LibraryGoal) =>
    goal.definitions.reduce((sum, id) => sum + (strengths.get(id) ?? 0) * (answered.has(id) ? answeredAgain : 1), 0) +
    (hopes.has(goal) ? hopeWeight : 0);
  const strongest = (list: readonly LibraryGoal[]) => list.reduce((a, b) => (weigh(b) > weigh(a) ? b : a));
  while (goals.length < atMost) {
    if (left.length === 0) {
      // Little is known yet: what the problem usually asks for is proposed, so that there is something to talk about.
      const usual = goals.length < atLeast && nextUsual(goals, problem, context);
      if (!usual) break;
      alsoDefined.push({ entry: usual.definition, because: [commonHere], strength: 0 });
      goals.push({ entry: usual.goal, hope: "", because: [answersWhat([], definitions, problem)] });
      continue;
    }
    const scoredBy = (late: boolean) =>
      goals.length === 0 ? left.filter((goal) => followsPrimaryScore(goal, problem, context, late)) : [];
    const inTime = scoredBy(false);
    const scored = inTime.length > 0 ? inTime : scoredBy(true);
    const best = strongest(scored.length > 0 ? scored : left);
    left.splice(left.indexOf(best), 1);
    const hits = best.definitions.filter((id) => strengths.has(id));
    for (const id of hits) answered.add(id);
    const hope = hopes.get(best) ?? "";
    if (hits.length === 0 && best.definitions.length > 0) {
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
        hits.length > 0 || hope === ""
          ? answersWhat(hits, definitions, problem)
          : { kind: "preference", text: "Takes up what the client hopes for." },
      ],
    });
  }
  return { goals, alsoDefined };
}
