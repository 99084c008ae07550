import type { LibraryGoal } from "../../library/chapter.ts";
import type { Because, Goal, Intervention, Objective, PlanProblem, Statement } from "../plan.ts";
import type { ChosenIntervention } from "./choose-interventions.ts";
import type { SizedObjective } from "./choose-objectives.ts";
import type { Chosen } from "./chosen.ts";
import { asLine, type DraftContext, reasons, shorten } from "./draft-context.ts";
import type { DraftInput } from "./draft-input.ts";
import { functionalLevel } from "./draft-narrative.ts";
import { frequencyOf, isCircumstance, type MatchedProblem } from "./match-chapters.ts";

interface LibraryStatement {
  readonly id: string;
  readonly text: string;
  readonly plain: string;
  readonly ask?: string | undefined;
}

/** A library statement as it stands in a plan. */
export function statementFromLibrary(entry: LibraryStatement, id: string, because: readonly Because[]): Statement {
  return {
    id,
    text: entry.text,
    plain: entry.plain,
    detail: "",
    ask: entry.ask ?? "",
    origin: { kind: "library", id: entry.id, text: entry.text },
    because: reasons(because),
  };
}

/** A matched problem as it stands in the plan. */
export function planProblem(
  id: string,
  problem: MatchedProblem,
  definitions: readonly Chosen<LibraryStatement>[],
  impairment: string,
  input: DraftInput,
): PlanProblem {
  return {
    id,
    // A loss or a conflict that is coded as such is not called by the name of a disorder.
    title: (problem.diagnoses.every(isCircumstance) && asLine(problem.diagnoses[0]?.description ?? "", 200)) || problem.chapter.title,
    chapter: problem.chapter.id,
    diagnosisIds: problem.diagnoses.map((diagnosis) => diagnosis.id),
    noDiagnosisReason: "",
    severity: problem.severity,
    impairment,
    definitions: definitions.map(({ entry, because }) => statementFromLibrary(entry, input.newId(), because)),
    because: reasons(problem.because),
    status: "active",
    statusReason: "",
  };
}

/** A diagnosis that no chapter answers yet keeps its place in the plan, for the clinician to fill. */
export function unansweredProblem(diagnosis: DraftContext["diagnoses"][number], input: DraftInput, context: DraftContext): PlanProblem {
  return {
    id: input.newId(),
    title: asLine(diagnosis.description, 200) || diagnosis.code,
    chapter: null,
    diagnosisIds: [diagnosis.id],
    noDiagnosisReason: "",
    severity: null,
    impairment: shorten(functionalLevel(context).replaceAll("\n", " "), 4000),
    definitions: [],
    because: reasons([{ kind: "diagnosis", ref: diagnosis.id, text: `${diagnosis.code} ${diagnosis.description}.` }]),
    status: "active",
    statusReason: "",
  };
}

/** Ties circumstances to the problem that is treated first, where they change what is done about it. */
export function withCircumstances(problems: readonly PlanProblem[], circumstances: DraftContext["diagnoses"]): PlanProblem[] {
  return problems.map((problem, index) =>
    index > 0 || circumstances.length === 0
      ? problem
      : {
          ...problem,
          diagnosisIds: [...problem.diagnosisIds, ...circumstances.map((diagnosis) => diagnosis.id)].slice(0, 20),
          because: reasons([
            ...problem.because,
            ...circumstances.map(
              (diagnosis): Because => ({
                kind: "diagnosis",
                ref: diagnosis.id,
                text: `${diagnosis.code} ${diagnosis.description}: a circumstance that bears on this problem.`,
              }),
            ),
          ]),
        },
  );
}

/** A goal as it stands in the plan, with the client's hope where one belongs to it. */
export function planGoal(chosen: Chosen<LibraryGoal>, problemId: string, hope: string, input: DraftInput): Goal {
  const because: Because[] = hope
    ? [
        ...chosen.because,
        { kind: "preference", text: "The client’s own words are from the intake; check with the client that they belong to this goal." },
      ]
    : [...chosen.because];
  return {
    ...statementFromLibrary(chosen.entry, input.newId(), because),
    problemIds: [problemId],
    clientWords: hope,
    term: "long",
    safety: chosen.entry.safety,
    lifecycleStatus: "proposed",
    achievementStatus: null,
  };
}

/** An objective as it stands in the plan, with its numbers. */
export function planObjective(chosen: SizedObjective, goalId: string, id: string): Objective {
  const { entry, metric, targetDate, because } = chosen;
  const parameters = Object.fromEntries(
    Object.entries(entry.parameters).map(([name, parameter]) => [name, parameter.kind === "text" ? "" : parameter.default]),
  );
  return {
    ...statementFromLibrary(entry, id, because),
    goalId,
    metric,
    parameters,
    targetDate,
    stage: entry.stage,
    safety: entry.safety,
    lifecycleStatus: "proposed",
    achievementStatus: null,
  };
}

/** Every problem is worked on in the same sessions, so that each intervention has their length and frequency; how long it goes on is its own problem's. */
export function planIntervention(
  chosen: ChosenIntervention,
  sessions: MatchedProblem["course"],
  objectiveIdOf: ReadonlyMap<string, string>,
  input: DraftInput,
): Intervention {
  const { intervention: entry, adaptations } = chosen.ranked;
  const weeks = Math.min(chosen.problem.course.weeks, sessions.weeks);
  const coordination = entry.format === "coordination";
  return {
    ...statementFromLibrary(entry, input.newId(), chosen.because),
    objectiveIds: chosen.objectiveIds.flatMap((id) => objectiveIdOf.get(id) ?? []),
    approach: entry.approach,
    technique: entry.technique,
    format: entry.format,
    minutes: coordination ? 15 : sessions.minutes,
    frequency: coordination ? { times: 1, per: "month" } : frequencyOf(sessions),
    weeks: entry.stage === "early" ? Math.min(6, weeks) : weeks,
    responsible: { name: input.author.clinicianName, role: input.author.credentials || "Therapist" },
    stage: entry.stage,
    evidence: [...entry.evidence],
    basis: entry.basis,
    adaptations: [...adaptations],
    homework: [...entry.homework],
  };
}

/** Whether an intervention serves an objective about safety. */
export function servesSafety(intervention: Intervention, objectives: readonly Objective[]): boolean {
  return objectives.some((objective) => objective.safety && intervention.objectiveIds.includes(objective.id));
}
