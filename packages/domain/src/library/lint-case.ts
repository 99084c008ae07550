import { clientStates } from "../intake/client-states.ts";
import type { Administration } from "../measures/administration.ts";
import { checkAdministration } from "../measures/check-answers.ts";
import type { Case } from "./case.ts";
import type { LibraryIntervention } from "./chapter.ts";
import { clientStateNames } from "./client-state.ts";
import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";
import type { Report } from "./lint-chapter.ts";

/** Faults of one worked case: its references, its dates, its answers, and whether its plan hangs together. */
export function lintCase(library: Library, file: string, example: Case, isKnown: (id: string) => boolean): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report: Report = (rule, path, message) => {
    faults.push({ rule, file, path, message });
  };
  const refer = (index: ReadonlyMap<string, unknown>, id: string, path: readonly (string | number)[], what: string): void => {
    if (!index.has(id) && !isKnown(id)) report("dangling-reference", path, `There is no ${what} "${id}".`);
  };

  refer(library.chapterById, example.chapter, ["chapter"], "chapter");
  if (example.client.name.family !== "Example")
    report("case", ["client", "name", "family"], 'A case\'s last name is "Example", so that nobody takes it for a person.');

  const notAfterToday = (date: string | null, path: readonly (string | number)[]): void => {
    if (date !== null && date > example.today)
      report("case", path, `${date} is after the day on which the case is told (${example.today}).`);
  };
  notAfterToday(example.client.birthDate, ["client", "birthDate"]);
  notAfterToday(example.intake.risk.assessedOn, ["intake", "risk", "assessedOn"]);
  for (const [i, diagnosis] of example.diagnoses.entries()) notAfterToday(diagnosis.diagnosedOn, ["diagnoses", i, "diagnosedOn"]);
  if (example.diagnoses.filter((diagnosis) => diagnosis.rank === "principal" && diagnosis.verification !== "refuted").length !== 1) {
    report("case", ["diagnoses"], "Exactly one diagnosis is the principal one.");
  }

  for (const [i, administration] of example.administrations.entries()) {
    notAfterToday(administration.date, ["administrations", i, "date"]);
    for (const message of answerFaults(library, administration, isKnown)) report("case", ["administrations", i], message);
  }
  for (const [part, ids] of [
    ["administrations", example.administrations.map((item) => item.id)],
    ["diagnoses", example.diagnoses.map((item) => item.id)],
  ] as const) {
    if (new Set(ids).size < ids.length) report("duplicate-id", [part], "Two entries have the same id.");
  }

  const plan = example.workedPlan;
  for (const [i, item] of plan.definitions.entries())
    refer(library.definitionById, item.id, ["workedPlan", "definitions", i, "id"], "behavioral definition");
  for (const [i, item] of plan.goals.entries()) refer(library.goalById, item.id, ["workedPlan", "goals", i, "id"], "goal");
  for (const [i, id] of plan.objectives.entries()) refer(library.objectiveById, id, ["workedPlan", "objectives", i], "objective");
  for (const [i, id] of plan.interventions.entries())
    refer(library.interventionById, id, ["workedPlan", "interventions", i], "intervention");
  for (const [i, item] of plan.heldBack.entries()) {
    refer(library.interventionById, item.id, ["workedPlan", "heldBack", i, "id"], "intervention");
    if (plan.interventions.includes(item.id))
      report("case", ["workedPlan", "heldBack", i, "id"], `"${item.id}" is both in the plan and held back.`);
  }

  const goals = new Set(plan.goals.map((goal) => goal.id));
  for (const [i, goal] of plan.goals.entries()) {
    if (library.goalById.has(goal.id) && !plan.objectives.some((id) => library.objectiveById.get(id)?.goals.includes(goal.id))) {
      report("case", ["workedPlan", "goals", i], `No objective of the plan serves the goal "${goal.id}".`);
    }
  }
  for (const [i, id] of plan.objectives.entries()) {
    const objective = library.objectiveById.get(id);
    if (objective === undefined) continue;
    if (!objective.goals.some((goal) => goals.has(goal)))
      report("case", ["workedPlan", "objectives", i], `"${id}" serves none of the plan's goals.`);
    if (!plan.interventions.some((intervention) => library.interventionById.get(intervention)?.objectives.includes(id))) {
      report("case", ["workedPlan", "objectives", i], `No intervention of the plan serves the objective "${id}".`);
    }
  }
  for (const [i, id] of plan.interventions.entries()) {
    const intervention = library.interventionById.get(id);
    if (intervention && !intervention.objectives.some((objective) => plan.objectives.includes(objective))) {
      report("case", ["workedPlan", "interventions", i], `"${id}" serves none of the plan's objectives.`);
    }
  }
  heldBackFaults(library, example, report);
  return faults;
}

/** A case teaches when to hold an intervention back: its record must say so wherever its plan does, and the other way round. */
function heldBackFaults(library: Library, example: Case, report: Report): void {
  const { client, intake, diagnoses, administrations, today, workedPlan } = example;
  const states = new Set(clientStates({ client, intake, diagnoses, administrations }, today).map((found) => found.state));
  const unwelcome = new Set([
    ...intake.preferences.declined.map((declined) => declined.approach),
    ...intake.priorTreatment.treatments.flatMap((prior) =>
      prior.approach !== null && (prior.outcome === "did-not-help" || prior.outcome === "made-worse") ? [prior.approach] : [],
    ),
  ]);
  const heldBy = (intervention: LibraryIntervention) =>
    intervention.cautions.find((caution) => caution.action === "hold" && states.has(caution.when));
  for (const [i, id] of workedPlan.interventions.entries()) {
    const intervention = library.interventionById.get(id);
    const caution = intervention === undefined ? undefined : heldBy(intervention);
    if (caution !== undefined) {
      report(
        "case",
        ["workedPlan", "interventions", i],
        `"${id}" is to be held back because of ${clientStateNames[caution.when]}, which this record shows.`,
      );
    }
  }
  for (const [i, { id }] of workedPlan.heldBack.entries()) {
    const intervention = library.interventionById.get(id);
    if (intervention === undefined || heldBy(intervention) !== undefined || unwelcome.has(intervention.approach)) continue;
    report(
      "case",
      ["workedPlan", "heldBack", i, "id"],
      `Nothing in this record holds "${id}" back: no caution of it applies, and its approach was neither declined nor tried without success.`,
    );
  }
}

function answerFaults(library: Library, administration: Administration, isKnown: (id: string) => boolean): string[] {
  const measure = library.measureById.get(administration.measure);
  if (measure === undefined) return isKnown(administration.measure) ? [] : [`There is no measure "${administration.measure}".`];
  const version =
    administration.measureVersion === measure.version
      ? []
      : [`${measure.name} is at version ${measure.version}; the answers say ${administration.measureVersion}.`];
  return [...version, ...checkAdministration(measure, administration).map((fault) => fault.message)];
}
