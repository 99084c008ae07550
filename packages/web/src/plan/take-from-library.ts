import { addWeeks, formatDate } from "@trellis/domain/calendar/date";
import { approaches } from "@trellis/domain/library/approach";
import type { LibraryIntervention, LibraryObjective } from "@trellis/domain/library/chapter";
import { clientStateNames } from "@trellis/domain/library/client-state";
import type { LibraryStatement, StatementKind } from "@trellis/domain/library/library";
import { withCutoff } from "@trellis/domain/library/template";
import { capitalize, type DraftContext } from "@trellis/domain/plan/draft/draft-context";
import { statementFromLibrary } from "@trellis/domain/plan/draft/draft-items";
import { approachVerdicts, rankInterventions } from "@trellis/domain/plan/draft/rank-interventions";
import { sizeMetric } from "@trellis/domain/plan/draft/size-metric";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Because, Goal, Intervention, Metric, Objective, Plan, Statement } from "@trellis/domain/plan/plan";
import { statementsOfPlan } from "@trellis/domain/plan/statements-of-plan";
import type { FoundStatement } from "../api/library.ts";

/** Where something is added: a list of the plan, and what it is to belong to. */
export type Place =
  | { readonly kind: "definition"; readonly problemId: string }
  | { readonly kind: "goal"; readonly problemId: string }
  | { readonly kind: "objective"; readonly goalId: string }
  /** `before` and `instead`: the intervention it takes the place of. */
  | { readonly kind: "intervention"; readonly objectiveIds: readonly string[]; readonly instead?: string }
  | { readonly kind: "expected-outcome" }
  | { readonly kind: "discharge-criterion" };

/** What is taken: a statement of the library or of the practice, or words of one's own. */
export type Taken = LibraryStatement | { readonly source: "own"; readonly text: string };

function because(context: DraftContext): Because {
  return { kind: "clinician", text: `Added by the clinician on ${formatDate(context.today)}.` };
}

function statementOf(taken: Taken, context: DraftContext): Statement {
  const id = context.newId();
  if (taken.source === "own")
    return { id, text: taken.text, plain: "", detail: "", ask: "", origin: { kind: "own" }, because: [because(context)] };
  if (taken.source === "library") {
    const entry = entryOf(taken, context);
    return statementFromLibrary({ id: taken.id, text: taken.text, plain: taken.plain, ask: entry?.ask }, id, [because(context)]);
  }
  const { text, plain } = taken;
  return { id, text, plain, detail: "", ask: "", origin: { kind: "practice-library", id: taken.id, text }, because: [because(context)] };
}

function entryOf({ kind, id }: LibraryStatement, { library }: DraftContext): { readonly ask?: string | undefined } | undefined {
  switch (kind) {
    case "definition":
      return library.definitionById.get(id);
    case "goal":
      return library.goalById.get(id);
    case "objective":
      return library.objectiveById.get(id);
    case "intervention":
      return library.interventionById.get(id);
    default:
      return undefined;
  }
}

/** The edits that put a statement into its place, with its blanks filled from this client's record where the record says something. */
export function addTo(plan: Plan, place: Place, taken: Taken, context: DraftContext): Edit[] {
  const statement = statementOf(taken, context);
  const end = (list: readonly string[], item: { readonly id: string }): Edit => ({
    type: "insert",
    list: [...list],
    item: { ...item },
    before: null,
  });
  switch (place.kind) {
    case "definition":
      return [end(["problems", place.problemId, "definitions"], statement)];
    case "goal": {
      const entry = taken.source === "library" ? context.library.goalById.get(taken.id) : undefined;
      const goal: Goal = {
        ...statement,
        problemIds: [place.problemId],
        clientWords: "",
        term: "long",
        safety: entry?.safety ?? false,
        lifecycleStatus: "accepted",
        achievementStatus: null,
      };
      return [end(["goals"], goal)];
    }
    case "objective": {
      const entry = taken.source === "library" ? context.library.objectiveById.get(taken.id) : undefined;
      return [end(["objectives"], objectiveOf(statement, entry, place.goalId, plan, context))];
    }
    case "intervention": {
      const entry = taken.source === "library" ? context.library.interventionById.get(taken.id) : undefined;
      const item = interventionOf(statement, entry, place.objectiveIds, plan, context);
      if (place.instead === undefined) return [end(["interventions"], item)];
      return [
        { type: "insert", list: ["interventions"], item: { ...item }, before: place.instead },
        { type: "remove", list: ["interventions"], id: place.instead },
      ];
    }
    case "expected-outcome":
      return [end(["expectedOutcomes"], statementWithCutoff(statement, taken, context))];
    case "discharge-criterion":
      return [end(["dischargeCriteria"], statementWithCutoff(statement, taken, context))];
  }
}

function objectiveOf(
  statement: Statement,
  entry: LibraryObjective | undefined,
  goalId: string,
  plan: Plan,
  context: DraftContext,
): Objective {
  const sized = entry && sizeMetric(entry.metric, context);
  const weeks = Math.min(entry?.weeks ?? 12, plan.sessionPlan.weeks ?? 52);
  return {
    ...statement,
    because: [...statement.because, ...(sized?.because ?? [])],
    goalId,
    metric: entry ? (sized?.metric ?? metricToSize(entry, context)) : null,
    parameters: Object.fromEntries(
      Object.entries(entry?.parameters ?? {}).map(([name, parameter]) => [name, parameter.kind === "text" ? "" : parameter.default]),
    ),
    targetDate: addWeeks(context.today, weeks),
    stage: entry?.stage ?? "early",
    safety: entry?.safety ?? false,
    lifecycleStatus: "accepted",
    achievementStatus: null,
  };
}

/** The client is at the usual target already: the baseline stands, and the clinician says what would be better still. */
function metricToSize(entry: LibraryObjective, context: DraftContext): Metric | null {
  if (entry.metric.kind !== "measure") return null;
  const { measure: id, item, direction } = entry.metric;
  const measure = context.library.measureById.get(id);
  const last = context.lastScores.get(id);
  if (measure === undefined) return null;
  const baseline = (item === undefined ? last?.score.total : last?.administration.answers[item - 1]) ?? null;
  return {
    kind: "measure",
    measure: id,
    measureName: measure.name,
    ...(item === undefined ? { max: measure.scoring.range[1] } : { item }),
    unit: item === undefined ? "" : `question ${item}`,
    direction,
    baseline,
    baselineDate: baseline === null ? null : (last?.administration.date ?? null),
    target: null,
  };
}

function interventionOf(
  statement: Statement,
  entry: LibraryIntervention | undefined,
  objectiveIds: readonly string[],
  plan: Plan,
  context: DraftContext,
): Intervention {
  const { minutes, frequency, weeks } = plan.sessionPlan;
  const ranked = entry && rankInterventions([entry], context).ranked[0];
  const coordination = entry?.format === "coordination";
  return {
    ...statement,
    because: [...statement.because, ...(ranked?.because ?? [])].slice(0, 20),
    objectiveIds: [...objectiveIds],
    approach: entry?.approach ?? "integrative",
    technique: entry?.technique ?? "",
    format: entry?.format ?? "individual",
    minutes: coordination ? 15 : minutes,
    frequency: coordination ? { times: 1, per: "month" } : frequency,
    weeks: entry?.stage === "early" && weeks !== null ? Math.min(6, weeks) : weeks,
    responsible: { name: plan.author.clinicianName, role: plan.author.credentials || "Therapist" },
    stage: entry?.stage ?? "throughout",
    evidence: [...(entry?.evidence ?? [])],
    basis: entry?.basis ?? "practice-based",
    adaptations: [...(ranked?.adaptations ?? [])].map((text) => text.slice(0, 500)),
    homework: [...(entry?.homework ?? [])],
  };
}

/** Outcomes and criteria name the chapter's primary measure and its cutoff. */
function statementWithCutoff(statement: Statement, taken: Taken, { library }: DraftContext): Statement {
  const chapter = taken.source === "library" && taken.chapter !== null ? library.chapterById.get(taken.chapter) : undefined;
  const measure = chapter?.measures[0] && library.measureById.get(chapter.measures[0].id);
  const fill = (text: string) => withCutoff(text, measure);
  const text = fill(statement.text);
  const origin = statement.origin.kind === "library" ? { ...statement.origin, text } : statement.origin;
  return { ...statement, text, plain: fill(statement.plain), origin };
}

/** Something about a statement that this client's record speaks against. */
export interface Warning {
  readonly kind: "hold" | "adapt" | "declined" | "history";
  readonly text: string;
}

/** What speaks against an intervention for this client: cautions that hold now, what was declined, what failed before. */
export function warningsFor(entry: Pick<LibraryIntervention, "approach" | "cautions">, context: DraftContext): Warning[] {
  const cautions = entry.cautions.flatMap((caution): Warning[] => {
    const state = context.states.find((found) => found.state === caution.when);
    if (state === undefined) return [];
    const text = `${capitalize(clientStateNames[caution.when])}: ${caution.because} In this record: ${state.because}`;
    return [{ kind: caution.action, text }];
  });
  const verdicts = approachVerdicts(entry.approach, context)
    .filter(({ weight }) => weight < 0)
    .map(({ because: { kind, text } }): Warning => ({ kind: kind === "history" ? "history" : "declined", text }));
  return [...cautions, ...verdicts];
}

/** What fits a place best, before anybody types: the statements that the library ties to it, not in the plan yet. */
export function suggestionsFor(plan: Plan, place: Place, context: DraftContext): LibraryStatement[] {
  const { library } = context;
  const used = statementsInPlan(plan);
  const of = (ids: readonly string[]) =>
    [...new Set(ids)].filter((id) => !used.has(id)).flatMap((id) => library.statementById.get(id) ?? []);
  const chapterOf = (problemIds: readonly string[]) =>
    plan.problems
      .filter(({ id }) => problemIds.includes(id))
      .flatMap(({ chapter }) => (chapter === null ? [] : (library.chapterById.get(chapter) ?? [])));
  const allChapters = () => chapterOf(plan.problems.map(({ id }) => id));
  switch (place.kind) {
    case "definition":
      return of(chapterOf([place.problemId]).flatMap((chapter) => chapter.definitions.map(({ id }) => id)));
    case "goal":
      return of(chapterOf([place.problemId]).flatMap((chapter) => chapter.goals.map(({ id }) => id)));
    case "objective": {
      const goal = plan.goals.find(({ id }) => id === place.goalId);
      const objectives = chapterOf(goal?.problemIds ?? []).flatMap((chapter) => chapter.objectives);
      const origin = goal?.origin.kind === "library" ? goal.origin.id : null;
      const tied = objectives.filter(({ goals }) => origin !== null && goals.includes(origin));
      return of([...tied, ...objectives].map(({ id }) => id));
    }
    case "intervention": {
      const serving = plan.objectives.filter(({ id }) => place.objectiveIds.includes(id));
      const origins = new Set(serving.flatMap(({ origin }) => (origin.kind === "library" ? [origin.id] : [])));
      const goals = new Set(serving.map(({ goalId }) => goalId));
      const problemIds = plan.goals.filter(({ id }) => goals.has(id)).flatMap((goal) => goal.problemIds);
      const all = chapterOf(problemIds).flatMap((chapter) => chapter.interventions);
      const ranked = (list: readonly LibraryIntervention[]) =>
        rankInterventions(list, context).ranked.map(({ intervention }) => intervention.id);
      return of([...ranked(all.filter(({ objectives }) => objectives.some((id) => origins.has(id)))), ...ranked(all)]);
    }
    case "expected-outcome":
      return of(allChapters().flatMap((chapter) => chapter.expectedOutcomes.map(({ id }) => id)));
    case "discharge-criterion":
      return of(allChapters().flatMap((chapter) => chapter.dischargeCriteria.map(({ id }) => id)));
  }
}

/** Ids of the library's and the practice's statements that stand in the plan. */
export function statementsInPlan(plan: Plan): ReadonlySet<string> {
  return new Set(statementsOfPlan(plan).flatMap(({ origin }) => (origin.kind === "own" ? [] : [origin.id])));
}

/** Where in this plan a statement could go, best first; more than one is asked. Expected outcomes and criteria have one place. */
export function placesFor(plan: Plan, { kind, chapter, entry }: FoundStatement): { readonly place: Place; readonly label: string }[] {
  const order = <T>(list: readonly T[], fits: (item: T) => boolean) => [...list.filter(fits), ...list.filter((item) => !fits(item))];
  switch (kind) {
    case "definition":
    case "goal":
      return order(plan.problems, (problem) => problem.chapter !== null && problem.chapter === chapter).map(({ id, title }) => ({
        place: { kind, problemId: id },
        label: title,
      }));
    case "objective": {
      const tied = new Set(entry !== undefined && "goals" in entry ? entry.goals : []);
      return order(plan.goals, ({ origin }) => origin.kind === "library" && tied.has(origin.id)).map(({ id, text }) => ({
        place: { kind, goalId: id },
        label: text,
      }));
    }
    case "intervention": {
      const tied = new Set(entry !== undefined && "objectives" in entry ? entry.objectives : []);
      return order(plan.objectives, ({ origin }) => origin.kind === "library" && tied.has(origin.id)).map((objective) => ({
        place: { kind, objectiveIds: [objective.id] },
        label: objective.plain || objective.text,
      }));
    }
    default:
      return [{ place: { kind }, label: "" }];
  }
}

export const kindNames: Record<StatementKind, string> = {
  definition: "How it shows",
  goal: "Goal",
  objective: "Objective",
  intervention: "Intervention",
  "expected-outcome": "Expected outcome",
  "discharge-criterion": "Criterion for ending therapy",
};

/** "CBT" of "Cognitive behavioral (CBT)", where there is a short form. */
export function shortApproach(approach: Intervention["approach"]): string {
  const { name } = approaches[approach];
  return /\(([^)]+)\)/.exec(name)?.[1] ?? name;
}

/** Whether what was typed into the search is a sentence to be taken as it stands, and no longer a few words to look for. */
export function readsAsOwnWords(typed: string): boolean {
  return typed.trim().split(/\s+/).length >= 6;
}
