import type { LibraryGoal } from "../library/chapter.ts";
import { blankPlan } from "./blank-plan.ts";
import { chooseDefinitions, chooseGoals, hopesOf } from "./draft/choose-goals.ts";
import { type Alternatives, chooseInterventions } from "./draft/choose-interventions.ts";
import { chooseObjectives, objectivesSetBack, type SizedObjective } from "./draft/choose-objectives.ts";
import { borrowSafety, chooseSafety, safetyNeeds, sizeSafety } from "./draft/choose-safety.ts";
import type { Chosen } from "./draft/chosen.ts";
import { closing, fromIntake, measureSchedule, responsibilities, review, sessionPlan } from "./draft/draft-care.ts";
import { draftContext } from "./draft/draft-context.ts";
import type { DraftInput } from "./draft/draft-input.ts";
import {
  planGoal,
  planIntervention,
  planObjective,
  planProblem,
  servesSafety,
  unansweredProblem,
  withCircumstances,
} from "./draft/draft-items.ts";
import { impairments, medicalNecessity } from "./draft/draft-narrative.ts";
import { type DraftNote, notes, wishes } from "./draft/draft-notes.ts";
import { isMaintenance, leadProblem, type MatchedProblem, matchChapters } from "./draft/match-chapters.ts";
import type { HeldBack } from "./draft/rank-interventions.ts";
import type { Goal, Plan, PlanProblem } from "./plan.ts";

export interface Draft {
  readonly plan: Plan;
  readonly heldBack: readonly HeldBack[];
  readonly alternatives: readonly Alternatives[];
  readonly notes: readonly DraftNote[];
}

/** A goal as chosen from the library, with the objectives that will serve it. */
interface ChosenGoal {
  readonly goal: Goal;
  readonly objectives: readonly SizedObjective[];
}

/**
 * Proposes a complete plan from a client's own record and the library. Pure and deterministic: the same record, library, day and ids give
 * the same plan. Every item says why it is there; nothing counts until the clinician accepts it.
 *
 * Order of problems, choice and numbers follow tables and rules in `draft/`; the review date is 4 to 6 weeks away, a convention of
 * measurement-based care and not a law.
 */
export function draftPlan(input: DraftInput): Draft {
  const context = draftContext(input.record, input.library, input.today, input.newId);
  const { problems, unmatched, circumstances } = matchChapters(context);
  const measured = new Set<string>();
  const used = new Set<string>();
  const impairment = impairments(problems, context);
  const planProblems: PlanProblem[] = [];
  const chosenGoals: ChosenGoal[] = [];
  const perProblem: { problem: MatchedProblem; objectiveIds: string[] }[] = [];
  const openNeeds = safetyNeeds(context);
  const told = new Set<string>();
  const taken = new Set<string>();

  // What is treated first is not always what the client comes for: that is the principal diagnosis, and most of the plan is for it.
  const principal = problems.find(({ diagnoses }) => diagnoses.some(({ rank }) => rank === "principal")) ?? problems[0];

  problems.forEach((problem, index) => {
    const id = input.newId();
    const definitions = chooseDefinitions(problem, context, 3, problems.length > 2 ? 4 : 5, told);
    const objectiveIds: string[] = [];
    const add = (chosen: Chosen<LibraryGoal>, hope: string, objectives: readonly SizedObjective[]): void => {
      if (objectives.length === 0) return;
      if (hope) taken.add(hope);
      objectiveIds.push(...objectives.map(({ entry }) => entry.id));
      chosenGoals.push({ goal: planGoal(chosen, id, hope, input), objectives });
    };
    for (let safety = chooseSafety(problem, context, openNeeds); safety; safety = chooseSafety(problem, context, openNeeds)) {
      for (const need of safety.answers) openNeeds.delete(need);
      const hope = hopesOf(problem.chapter.goals, context, taken).get(safety.entry) ?? "";
      add(safety, hope, sizeSafety(safety, problem, context, measured, used));
    }
    const atMost = goalsFor(problem === principal, problems.length);
    const atLeast = isMaintenance(context) ? 1 : Math.min(2, atMost);
    const { goals, alsoDefined } = chooseGoals(problem, definitions, context, { atLeast, atMost }, taken);
    // With more than three problems the last ones are kept in view with one objective each, and get more when there is room.
    const perGoal = index > 2 && problem !== principal ? 1 : 2;
    const back = objectivesSetBack(problem, context);
    for (const chosen of goals) add(chosen, chosen.hope, chooseObjectives(chosen.entry, problem, context, measured, used, perGoal, back));
    planProblems.push(planProblem(id, problem, [...definitions, ...alsoDefined], impairment[index] ?? "", input));
    perProblem.push({ problem, objectiveIds });
  });
  for (const diagnosis of unmatched) planProblems.push(unansweredProblem(diagnosis, input, context));
  const [firstProblem] = planProblems;
  for (let found = firstProblem && borrowSafety(problems, context, openNeeds); found; found = borrowSafety(problems, context, openNeeds)) {
    const { problem, safety } = found;
    for (const need of safety.answers) openNeeds.delete(need);
    const objectives = sizeSafety(safety, problem, context, measured, used);
    if (!firstProblem || objectives.length === 0) continue;
    chosenGoals.push({ goal: planGoal(safety, firstProblem.id, "", input), objectives });
    perProblem.push({ problem, objectiveIds: objectives.map(({ entry }) => entry.id) });
  }

  const goals = chosenGoals.toSorted((a, b) => Number(b.goal.safety) - Number(a.goal.safety));
  const objectives = goals.flatMap(({ goal, objectives: sized }) => sized.map((entry) => planObjective(entry, goal.id, input.newId())));
  const { chosen, heldBack, alternatives } = chooseInterventions(perProblem, context);
  const objectiveIdOf = new Map(
    objectives.flatMap((objective) => (objective.origin.kind === "library" ? [[objective.origin.id, objective.id] as const] : [])),
  );
  const interventions = chosen
    .map((entry) => planIntervention(entry, (leadProblem(problems) ?? entry.problem).course, objectiveIdOf, input))
    .toSorted((a, b) => Number(servesSafety(b, objectives)) - Number(servesSafety(a, objectives)));

  const plan: Plan = {
    ...blankPlan(input),
    diagnoses: [...context.diagnoses],
    ...fromIntake(context),
    medicalNecessity: medicalNecessity(problems, context),
    purpose: isMaintenance(context) ? "maintenance" : "improvement",
    problems: withCircumstances(planProblems, circumstances),
    goals: goals.map(({ goal }) => goal),
    objectives,
    interventions,
    sessionPlan: sessionPlan(problems, context),
    ...review(problems, context, input),
    measureSchedule: measureSchedule(problems, context),
    expectedOutcomes: closing(problems, "expectedOutcomes", problems.length > 1 ? 1 : 2, context),
    dischargeCriteria: closing(problems, "dischargeCriteria", problems.length > 1 ? 2 : 4, context),
    responsibilities: responsibilities(context, input),
  };
  return {
    plan,
    heldBack,
    alternatives,
    notes: [
      ...wishes(interventions, context),
      ...notes(
        problems,
        {
          unmatched,
          circumstances,
          first: plan.problems[0]?.title ?? "",
          openNeeds: [...openNeeds.keys()],
          goals: chosenGoals.flatMap(({ goal }) => (goal.origin.kind === "library" ? goal.origin.id : [])),
        },
        context,
      ),
    ],
  };
}

/** How many goals beside safety a problem gets: the principal one is worked on from two or three sides, each other one from one, so that a plan stays one that can be followed. */
function goalsFor(principal: boolean, problems: number): number {
  if (!principal || problems > 3) return 1;
  return problems > 2 ? 2 : 3;
}
