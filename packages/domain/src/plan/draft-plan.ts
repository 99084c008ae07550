import { addWeeks, type IsoDate } from "../calendar/date.ts";
import { calledName, legalName } from "../client/client.ts";
import type { ClientRecord } from "../client/client-record.ts";
import type { Intake } from "../intake/intake.ts";
import { approaches } from "../library/approach.ts";
import type { LibraryGoal } from "../library/chapter.ts";
import { type ClientState, clientStateNames } from "../library/client-state.ts";
import type { Library } from "../library/library.ts";
import { type Alternatives, type ChosenIntervention, chooseInterventions } from "./draft/choose-interventions.ts";
import {
  borrowSafety,
  type Chosen,
  chooseDefinitions,
  chooseGoals,
  chooseObjectives,
  chooseSafety,
  hopesOf,
  objectivesSetBack,
  type SafetyNeed,
  type SizedObjective,
  safetyNeeds,
  safetyReasons,
  sizeSafety,
  waitsFor,
} from "./draft/choose-objectives.ts";
import { asLine, capitalize, type DraftContext, draftContext, isStale, reasons, scoreInWords, shorten } from "./draft/draft-context.ts";
import { functionalLevel, impairments, medicalNecessity, planAssessments, planRisk } from "./draft/draft-narrative.ts";
import {
  type ChapterMatch,
  isCircumstance,
  isMaintenance,
  leadProblem,
  type MatchedProblem,
  matchChapters,
} from "./draft/match-chapters.ts";
import type { HeldBack } from "./draft/rank-interventions.ts";
import type { Because, Frequency, Goal, Intervention, Objective, Plan, PlanProblem, Profile, Statement } from "./plan.ts";

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
    | "safety";
  readonly text: string;
}

export interface DraftInput {
  readonly planId: string;
  readonly clientId: string;
  readonly record: ClientRecord;
  readonly library: Library;
  readonly author: Plan["author"];
  readonly profile: Profile;
  readonly today: IsoDate;
  /** The practice's own review cadence in weeks; kept within 4 to 6. */
  readonly reviewWeeks: number;
  readonly newId: () => string;
}

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
    const { goals, alsoDefined } = chooseGoals(problem, definitions, context, goalsFor(problem === principal, problems.length), taken);
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
    ...review(problems, context, input.reviewWeeks),
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

/** A plan with nothing in it but who it is for; what a clinician who wants to write everything starts from. */
export function blankPlan(input: Pick<DraftInput, "planId" | "clientId" | "record" | "author" | "profile" | "today">): Plan {
  const { client } = input.record;
  return {
    schemaVersion: 1,
    id: input.planId,
    clientId: input.clientId,
    revision: 1,
    status: "draft",
    population: "adult",
    subject: {
      name: legalName(client),
      calledName: calledName(client),
      pronouns: client.pronouns,
      birthDate: client.birthDate,
      recordNumber: client.recordNumber,
      guardianName: client.guardian?.name ?? "",
      payer: client.coverage?.payer ?? "",
    },
    author: input.author,
    profile: input.profile,
    admittedOn: null,
    establishedOn: input.today,
    effectiveUntil: null,
    reviewDue: null,
    reviewBecause: [],
    diagnoses: [],
    functionalLevel: "",
    medicalNecessity: "",
    purpose: "improvement",
    purposeDetail: "",
    strengths: [],
    needs: [],
    preferences: [],
    barriers: [],
    supports: [],
    disabilities: [],
    culture: "",
    assessments: [],
    risk: { level: null, assessedOn: null, summary: "", specialStatus: [] },
    crisisPlan: { state: "none", reason: "", text: "" },
    problems: [],
    goals: [],
    objectives: [],
    interventions: [],
    sessionPlan: { frequency: null, minutes: null, weeks: null, expectedSessions: null, modality: "in-person", because: [] },
    measureSchedule: [],
    expectedOutcomes: [],
    dischargeCriteria: [],
    transitionPlan: "",
    responsibilities: [],
    medications: [],
    allergies: "",
    referrals: [],
    coordination: [],
    familyInvolvement: "",
    participation: { client: "", representative: "", reasonIfNone: "" },
    agreement: { state: "not-asked", detail: "" },
    declined: [],
    copyGiven: { state: "not-yet", on: null },
    language: client.language,
    legalStatus: "",
    expectedLengthOfStay: "",
    supervision: "",
    settingModifications: [],
    naturalSupports: [],
    backUpPlan: "",
    monitoredBy: "",
    asam: null,
    certifications: [],
    reviews: [],
    changeReason: "",
  };
}

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

function planProblem(
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
function unansweredProblem(diagnosis: DraftContext["diagnoses"][number], input: DraftInput, context: DraftContext): PlanProblem {
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
function withCircumstances(problems: readonly PlanProblem[], circumstances: DraftContext["diagnoses"]): PlanProblem[] {
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

function planGoal(chosen: Chosen<LibraryGoal>, problemId: string, hope: string, input: DraftInput): Goal {
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

function planObjective(chosen: SizedObjective, goalId: string, id: string): Objective {
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
function planIntervention(
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

function servesSafety(intervention: Intervention, objectives: readonly Objective[]): boolean {
  return objectives.some((objective) => objective.safety && intervention.objectiveIds.includes(objective.id));
}

function fromIntake(context: DraftContext) {
  const { strengths, preferences, culture, medical, risk } = context.record.intake;
  const wanted = preferences.wanted.map((id) => `Wants: ${approaches[id].name}`);
  const declined = preferences.declined.map(({ approach, reason }) => ({
    id: context.newId(),
    what: approaches[approach].name,
    reason: asLine(reason, 1000),
  }));
  const labelled = (label: string, text: string) => (text.trim() ? [`${label}: ${text.trim()}`] : []);
  const practical = [...labelled("What matters", preferences.values), ...labelled("Practical", preferences.practical)];
  return {
    functionalLevel: functionalLevel(context),
    strengths: [...strengths.strengths, ...strengths.coping.map((way) => asLine(`Way of coping: ${way}`, 500))].slice(0, 50),
    needs: [...strengths.needs],
    barriers: [...strengths.barriers],
    supports: [...strengths.supports],
    preferences: [...wanted, ...practical].map((text) => asLine(text, 500)),
    declined,
    culture: shorten(
      [culture.identity.trim(), culture.faithAndMeaning.trim(), ...labelled("Wish for therapy", culture.wishesForTherapy)]
        .filter(Boolean)
        .join("\n"),
      4000,
    ),
    assessments: planAssessments(context),
    risk: planRisk(context),
    crisisPlan: {
      state: risk.safetyPlan === "made" ? ("present" as const) : risk.safetyPlan === "declined" ? ("declined" as const) : ("none" as const),
      reason: risk.safetyPlan === "declined" ? risk.safetyPlanNote : "",
      text: risk.safetyPlan === "made" ? risk.safetyPlanNote : "",
    },
    medications: medical.medications.map((medication) => ({ ...medication })),
    allergies: shorten(medical.allergies, 4000),
  };
}

function frequencyOf({ perWeek }: MatchedProblem["course"]): Frequency {
  return perWeek >= 1 ? { times: perWeek, per: "week" } : { times: Math.max(1, Math.round(perWeek * 4)), per: "month" };
}

/** How often, how long and about how many sessions. */
function sessionPlan(problems: readonly MatchedProblem[], context: DraftContext): Plan["sessionPlan"] {
  const lead = leadProblem(problems);
  if (!lead) return blankSessions;
  const { course } = lead;
  const because: Because[] = [
    { kind: "diagnosis", text: `${lead.chapter.title}, ${lead.severity}: ${course.because}` },
    ...course.evidence.flatMap((id): Because[] => {
      const source = context.library.evidenceById.get(id);
      return source
        ? [{ kind: "evidence", ref: id, text: `${source.authors.split(",")[0]} ${source.year}: ${source.finding}`.slice(0, 500) }]
        : [];
    }),
  ];
  if (problems.length > 1)
    because.push({ kind: "practice", text: "Several problems are treated in one course; expect the upper end of the range." });
  const [fewest, most] = course.sessions;
  if (course.perWeek * course.weeks > most)
    because.push({
      kind: "practice",
      text: `Later the sessions are spaced out, so that ${fewest} to ${most} of them fill the ${course.weeks} weeks.`,
    });
  const acute = context.states.find(({ state }) => state === "acute-suicide-risk");
  if (acute) because.push({ kind: "risk", text: `${acute.because} Consider meeting more often until the risk is lower.` });
  return {
    frequency: frequencyOf(course),
    minutes: course.minutes,
    weeks: course.weeks,
    expectedSessions: [course.sessions[0], course.sessions[1]],
    modality: "in-person",
    because: reasons(because),
  };
}

const blankSessions: Plan["sessionPlan"] = {
  frequency: null,
  minutes: null,
  weeks: null,
  expectedSessions: null,
  modality: "in-person",
  because: [],
};

function review(
  problems: readonly MatchedProblem[],
  context: DraftContext,
  practiceWeeks: number,
): Pick<Plan, "reviewDue" | "reviewBecause"> {
  const risk = safetyReasons(context);
  const severe = problems.some((problem) => problem.severity === "severe");
  const acute = context.states.find(({ state }) => state === "current-mania" || state === "current-psychosis");
  const weeks = risk.length > 0 || acute || severe ? 4 : Math.min(6, Math.max(4, Math.round(practiceWeeks)));
  const convention: Because = {
    kind: "practice",
    text: "A review every 4 to 6 weeks is a convention of measurement-based care, not a legal requirement.",
  };
  const sooner: Because[] =
    risk.length > 0
      ? [{ kind: "risk", text: "At 4 weeks, because of the risk in this record." }]
      : acute
        ? [{ kind: "risk", text: `At 4 weeks, because of ${clientStateNames[acute.state]}.` }]
        : severe
          ? [{ kind: "score", text: "At 4 weeks, because the problem is severe." }]
          : [];
  return { reviewDue: addWeeks(context.today, weeks), reviewBecause: [...sooner, convention] };
}

function measureSchedule(problems: readonly MatchedProblem[], context: DraftContext): Plan["measureSchedule"] {
  const schedule = new Map<string, Plan["measureSchedule"][number]>();
  for (const { chapter } of problems) {
    for (const { id, everyWeeks, because } of chapter.measures) {
      const measure = context.library.measureById.get(id);
      if (!measure) continue;
      const reason: Because = { kind: "practice", text: `${chapter.title}: ${because}` };
      const known = schedule.get(id);
      schedule.set(
        id,
        known
          ? { ...known, everyWeeks: Math.min(known.everyWeeks, everyWeeks), because: [...known.because, reason] }
          : { id: context.newId(), measure: id, measureName: measure.name, everyWeeks, because: [reason] },
      );
    }
  }
  return [...schedule.values()];
}

/**
 * Expected outcomes or discharge criteria of each problem, with the primary measure's name and cutoff filled in. What a treatment brings
 * about is not promised where only a circumstance is coded.
 */
function closing(
  problems: readonly MatchedProblem[],
  part: "expectedOutcomes" | "dischargeCriteria",
  each: number,
  context: DraftContext,
): Statement[] {
  return problems.flatMap(({ chapter, diagnoses }) => {
    const circumstance = diagnoses.length > 0 && diagnoses.every(isCircumstance) && chapter[part].some((entry) => entry.forCircumstance);
    const primary = chapter.measures[0] && context.library.measureById.get(chapter.measures[0].id);
    const fill = (text: string) =>
      text.replaceAll("{measure}", primary?.name ?? "the measure").replaceAll("{cutoff}", String(primary?.cutoff?.atLeast ?? "the cutoff"));
    const fitting = chapter[part].filter((entry) => entry.forCircumstance === circumstance);
    return fitting.slice(0, each).map((entry) => {
      const filled = { id: entry.id, text: fill(entry.text), plain: fill(entry.plain) };
      return statementFromLibrary(filled, context.newId(), [{ kind: "diagnosis", text: `From the chapter “${chapter.title}”.` }]);
    });
  });
}

/** What the client does when thoughts of harm grow. A safety plan can be used only once there is one. */
const whenThoughtsGrow: Readonly<Record<Intake["risk"]["safetyPlan"], Pick<Plan["responsibilities"][number], "what" | "plain">>> = {
  made: {
    what: "Uses the safety plan, and calls the crisis line or emergency services, when thoughts of harm grow stronger.",
    plain: "Use your safety plan. Call for help when thoughts of harm get stronger.",
  },
  none: {
    what: "Makes a safety plan together with the therapist in the next session and uses it from then on; calls the crisis line or emergency services, now as later, when thoughts of harm grow stronger.",
    plain:
      "Make a safety plan with your therapist in the next session. Then use it. Call for help, now too, when thoughts of harm get stronger.",
  },
  declined: {
    what: "Calls the crisis line or emergency services when thoughts of harm grow stronger; has declined a safety plan for now and can ask for one at any time.",
    plain: "Call for help when thoughts of harm get stronger. You did not want a safety plan for now. You can ask for one at any time.",
  },
};

/** What the client does when danger grows: withdrawal or violence from others calls for help and for no plan against one's own thoughts. */
function inDanger({ states, record }: DraftContext): (typeof whenThoughtsGrow)["made"] {
  const ofThoughts = states.some(({ state }) => state === "elevated-suicide-risk" || state === "risk-to-others");
  if (ofThoughts) return whenThoughtsGrow[record.intake.risk.safetyPlan];
  return {
    what: "Calls emergency services at once when life or health is in danger.",
    plain: "Call for help right away when you are in danger or get very sick.",
  };
}

function responsibilities(context: DraftContext, input: DraftInput): Plan["responsibilities"] {
  const name = calledName(context.record.client);
  const atRisk = safetyReasons(context).length > 0;
  return [
    {
      id: input.newId(),
      who: "client",
      name,
      what: "Comes to sessions, or calls to change the time, and tries out between sessions what was agreed.",
      plain: "Come to your sessions, or call to change the time. Try out between sessions what we agreed.",
    },
    {
      id: input.newId(),
      who: "client",
      name,
      what: "Answers the short questionnaires and says so when something in therapy does not help.",
      plain: "Fill in the short forms. Say so when something does not help.",
    },
    ...(atRisk ? [{ id: input.newId(), who: "client" as const, name, ...inDanger(context) }] : []),
    {
      id: input.newId(),
      who: "clinician",
      name: input.author.clinicianName,
      what: "Carries out the interventions of this plan, follows the measures, and reviews the plan together with the client.",
      plain: "Does what this plan says, keeps an eye on how you are doing, and goes over the plan with you.",
    },
    {
      id: input.newId(),
      who: "clinician",
      name: input.author.clinicianName,
      what: "Watches over safety and arranges other care when this plan is not enough.",
      plain: "Asks how safe you are, and finds other help if this plan is not enough.",
    },
  ];
}

/** An approach that the client asks for and that carries less than a third of the draft, because the signs lead elsewhere. */
function wishes(interventions: readonly Intervention[], { record }: DraftContext): DraftNote[] {
  const inSession = interventions.filter(({ format }) => format !== "coordination");
  if (inSession.length === 0) return [];
  return record.intake.preferences.wanted.flatMap((approach): DraftNote[] => {
    const count = inSession.filter((entry) => entry.approach === approach).length;
    if (count * 3 >= inSession.length) return [];
    const text = `The client asked for ${approaches[approach].name}, and ${count} of ${inSession.length} interventions in this draft are of that approach: the signs in the record lead to goals that it serves less. Look at what else could serve each objective, or add a goal that it is made for.`;
    return [{ kind: "wish", text }];
  });
}

function notes(
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
    found.push({
      kind: "no-chapter",
      text: `The library has no chapter for ${diagnosis.code} ${diagnosis.description}${context.age < 18 ? ` in somebody of ${context.age} years` : ""} yet. The problem stands in the plan; search the library or write your own goals for it.`,
    });
  }
  for (const diagnosis of circumstances) {
    found.push({
      kind: "no-chapter",
      text: `${diagnosis.code} ${diagnosis.description} is a circumstance and no problem of its own here; it stands with “${first}”. If it is what you treat, give it a problem and goals.`,
    });
  }
  for (const last of context.lastScores.values()) {
    const cutoff = last.measure.cutoff?.atLeast;
    if (cutoff === undefined || last.score.total === null || last.score.total < cutoff) continue;
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
  if (context.states.some(({ state }) => state === "acute-suicide-risk"))
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
