import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { frequencyInWords, metricInWords } from "../../document/plan-document.ts";
import { approaches } from "../../library/approach.ts";
import { scheduleInWords } from "../measure-schedule.ts";
import { objectiveText } from "../objective-text.ts";
import type { Goal, Intervention, MeasureSchedule, Objective, Plan, PlanAssessment, PlanProblem, Statement } from "../plan.ts";
import { type Ending, type Field, listPart, onePart, type Part, type PartKey, type Section, type Side } from "./compare-part.ts";
import { objectivePlainOf, objectiveRecordOf, plainOf, recordOf } from "./item-words.ts";
import {
  achievementWords,
  counted,
  dateWords,
  formatWords,
  inOneLine,
  lifecycleWords,
  metricValueWords,
  modalityWords,
  numberWords,
  parameterWords,
  problemWords,
  settingWords,
  stageWords,
  verificationWords,
  yesWords,
} from "./value-words.ts";

type Say<T> = (item: T, side: Side) => string;

const value = <T>(key: string, label: string, say: Say<T>, covers: readonly string[] = [key]): Field<T> => ({
  kind: "value",
  key,
  label,
  say,
  covers,
});
const prose = <T>(key: string, label: string, say: Say<T>, covers: readonly string[] = [key]): Field<T> => ({
  kind: "prose",
  key,
  label,
  say,
  covers,
});
const lines = <T>(
  key: string,
  label: string,
  say: (item: T, side: Side) => readonly string[],
  covers: readonly string[] = [key],
): Field<T> => ({
  kind: "lines",
  key,
  label,
  say,
  covers,
});
const refs = <T>(key: string, label: string, ids: (item: T) => readonly string[], say: (id: string, side: Side) => string): Field<T> => ({
  kind: "refs",
  key,
  label,
  ids,
  say,
  covers: [key],
});

/** What every statement has. Where it came from, and the library's question about it, are no part of the care. */
const statementFields: readonly Field<Statement>[] = [
  prose("text", "Wording", ({ text }) => text),
  prose("plain", "Wording for the client", ({ plain }) => plain),
  prose("detail", "This client’s own detail", ({ detail }) => detail),
];

/** Whether a goal or an objective has come to its end, and how. */
export const endingOf = ({ lifecycleStatus, achievementStatus }: Pick<Goal, "lifecycleStatus" | "achievementStatus">): Ending | null => {
  const stopped = lifecycleStatus === "cancelled" || lifecycleStatus === "rejected" || lifecycleStatus === "entered-in-error";
  if (stopped) return "stopped";
  if (achievementStatus === "achieved") return "reached";
  if (lifecycleStatus !== "completed") return null;
  return achievementStatus === "not-achieved" || achievementStatus === "not-attainable" || achievementStatus === "no-progress"
    ? "stopped"
    : "reached";
};

const statusFields: readonly Field<Goal | Objective>[] = [
  value("lifecycleStatus", "Status", ({ lifecycleStatus }) => lifecycleWords[lifecycleStatus]),
  value("achievementStatus", "Achievement", ({ achievementStatus }) =>
    achievementStatus === null ? "" : achievementWords[achievementStatus],
  ),
  value("safety", "For safety", ({ safety }) => yesWords(safety)),
];

const problemTitle = (id: string, { plan }: Side) => plan.problems.find((problem) => problem.id === id)?.title ?? "a problem that is gone";

const goals = listPart<Goal>({
  key: "goals",
  section: "goals",
  list: (plan) => plan.goals,
  name: ({ id }, side) => `Goal ${side.goalNumber(id)}`,
  text: recordOf,
  plain: plainOf,
  ending: endingOf,
  orderedWithin: ({ problemIds }, { plan }) => problemIds.find((id) => plan.problems.some((problem) => problem.id === id)) ?? "",
  fields: [
    ...statementFields,
    prose("clientWords", "In the client’s words", ({ clientWords }) => clientWords),
    ...statusFields,
    value("term", "Term", ({ term }) => (term === "long" ? "long-term" : "short-term")),
    refs("problemIds", "Problem", ({ problemIds }) => problemIds, problemTitle),
  ],
});

const goalName = (id: string, side: Side) => {
  const goal = side.plan.goals.find((entry) => entry.id === id);
  return goal === undefined ? "a goal that is gone" : `Goal ${side.goalNumber(id)}, ${goal.text}`;
};

const objectives = listPart<Objective>({
  key: "objectives",
  section: "goals",
  list: (plan) => plan.objectives,
  name: ({ id }, side) => `Objective ${side.objectiveNumber(id)}`,
  text: objectiveRecordOf,
  plain: objectivePlainOf,
  ending: endingOf,
  fields: [
    value("metric.target", "Target", ({ metric }) => metricValueWords(metric, metric?.target), ["metric"]),
    value("targetDate", "Target date", ({ targetDate }) => dateWords(targetDate)),
    value("metric.baseline", "Baseline", ({ metric }) => metricValueWords(metric, metric?.baseline), ["metric"]),
    value("metric.baselineDate", "Date of the baseline", ({ metric }) => dateWords(metric?.baselineDate ?? null), ["metric"]),
    value("metric.measure", "Measured by", ({ metric }) => metricInWords(metric), ["metric"]),
    value("metric.direction", "Meant to", ({ metric }) => (metric === null ? "" : metric.direction === "decrease" ? "fall" : "rise"), [
      "metric",
    ]),
    value("metric.max", "Scale up to", ({ metric }) => numberWords(metric?.max), ["metric"]),
    // The blanks of the wording are fields of their own: a sentence that only shows another target is the same sentence.
    {
      kind: "prose",
      key: "text",
      label: "Wording",
      covers: ["text"],
      say: (objective) => objectiveText(objective),
      same: (before, after) => before.text === after.text,
    },
    {
      kind: "prose",
      key: "plain",
      label: "Wording for the client",
      covers: ["plain"],
      say: (objective) => objectiveText(objective, "plain"),
      same: (before, after) => before.plain === after.plain,
    },
    prose("detail", "This client’s own detail", ({ detail }) => detail),
    lines("parameters", "Details", parameterWords),
    ...statusFields,
    value("stage", "When in therapy", ({ stage }) => stageWords[stage]),
    refs("goalId", "Goal", ({ goalId }) => [goalId], goalName),
  ],
});

const problems = listPart<PlanProblem>({
  key: "problems",
  section: "problems",
  list: (plan) => plan.problems,
  name: ({ id }, { plan }) => `Problem ${plan.problems.findIndex((problem) => problem.id === id) + 1}`,
  text: ({ title }) => title,
  plain: ({ title }) => title,
  ending: ({ status }) => (status === "resolved" ? "reached" : null),
  orderedWithin: () => "",
  fields: [
    prose("title", "Title", ({ title }) => title),
    value("status", "Status", ({ status }) => problemWords[status]),
    prose("statusReason", "Reason for the status", ({ statusReason }) => statusReason),
    value("severity", "Severity", ({ severity }) => severity ?? ""),
    prose("impairment", "Impairment", ({ impairment }) => impairment),
    lines("definitions", "How it shows", ({ definitions }) => definitions.map(recordOf)),
    refs(
      "diagnosisIds",
      "Diagnoses",
      ({ diagnosisIds }) => diagnosisIds,
      (id, { plan }) => plan.diagnoses.find((entry) => entry.id === id)?.code ?? "a diagnosis that is gone",
    ),
    prose("noDiagnosisReason", "Why without a diagnosis", ({ noDiagnosisReason }) => noDiagnosisReason),
    value("chapter", "Chapter of the library", ({ chapter }) => chapter ?? ""),
  ],
});

const interventions = listPart<Intervention>({
  key: "interventions",
  section: "interventions",
  list: (plan) => plan.interventions,
  name: ({ objectiveIds }, side) => {
    const [number] = objectiveIds.map((id) => side.objectiveNumber(id)).filter(Boolean);
    return number === undefined ? "Intervention" : `Intervention for objective ${number}`;
  },
  text: recordOf,
  plain: plainOf,
  fields: [
    ...statementFields,
    value("frequency", "Frequency", ({ frequency }) => (frequency ? frequencyInWords(frequency) : "")),
    value("minutes", "Minutes", ({ minutes }) => counted(minutes, "minute")),
    value("weeks", "Duration", ({ weeks }) => counted(weeks, "week")),
    value("responsible", "Responsible", ({ responsible }) => inOneLine([responsible.name, responsible.role])),
    value("format", "Format", ({ format }) => formatWords[format]),
    value("approach", "Approach", ({ approach }) => approaches[approach].name),
    value("technique", "Technique", ({ technique }) => technique),
    value("stage", "When in therapy", ({ stage }) => stageWords[stage]),
    refs(
      "objectiveIds",
      "Serves",
      ({ objectiveIds }) => objectiveIds,
      (id, side) => `Objective ${side.objectiveNumber(id) || "that is gone"}`,
    ),
    lines("adaptations", "Adapted for this client", ({ adaptations }) => adaptations),
    lines("homework", "Homework", ({ homework }) => homework),
    value("basis", "Basis", ({ basis }) => (basis === "evidence" ? "research" : "practice-based")),
    lines("evidence", "Sources", ({ evidence }) => evidence),
  ],
});

const diagnoses = listPart<Diagnosis>({
  key: "diagnoses",
  section: "diagnoses",
  list: (plan) => plan.diagnoses,
  name: ({ code }) => `Diagnosis ${code}`,
  text: ({ description, specifiers }) => inOneLine([description, ...specifiers]),
  plain: ({ description }) => description,
  ending: ({ verification, clinicalStatus }) => (verification === "refuted" ? "stopped" : clinicalStatus === "resolved" ? "reached" : null),
  fields: [
    value("code", "Code", ({ code }) => code),
    value("description", "Description", ({ description }) => description),
    value("fiscalYear", "Code table of", ({ fiscalYear }) => String(fiscalYear)),
    value("rank", "Rank", ({ rank }) => rank),
    value("verification", "Certainty", ({ verification }) => verificationWords[verification]),
    value("clinicalStatus", "Course", ({ clinicalStatus }) => (clinicalStatus === "remission" ? "in remission" : clinicalStatus)),
    lines("specifiers", "Specifiers", ({ specifiers }) => specifiers),
    value("onset", "Onset", ({ onset }) => onset),
    prose("justification", "Justification", ({ justification }) => justification),
    value("diagnosedBy", "Diagnosed by", ({ diagnosedBy }) => diagnosedBy),
    value("diagnosedOn", "Diagnosed on", ({ diagnosedOn }) => dateWords(diagnosedOn)),
  ],
});

const measureSchedule = listPart<MeasureSchedule>({
  key: "measureSchedule",
  section: "measures",
  list: (plan) => plan.measureSchedule,
  name: ({ measureName }) => measureName,
  text: scheduleInWords,
  plain: ({ measureName }) => measureName,
  fields: [
    value("when", "Given", scheduleInWords, ["when", "everyWeeks"]),
    value("measure", "Measure", ({ measureName }) => measureName, ["measure", "measureName"]),
  ],
});

const assessments = listPart<PlanAssessment & { readonly id: string }>({
  key: "assessments",
  section: "scores",
  list: (plan) => plan.assessments.map((entry) => ({ ...entry, id: entry.administrationId })),
  name: ({ measureName, date }) => `${measureName} of ${dateWords(date)}`,
  text: ({ score, outOf, band }) => inOneLine([score === null ? "not scored" : `${score} of ${outOf}`, band]),
  plain: ({ measureName }) => measureName,
  fields: [
    value("score", "Score", ({ score, outOf }) => (score === null ? "" : `${score} of ${outOf}`), ["score", "outOf"]),
    value("band", "Range", ({ band }) => band),
    value("date", "Date", ({ date }) => dateWords(date)),
    value("measure", "Measure", ({ measureName }) => measureName, ["measure", "measureName"]),
    lines("openFlags", "Answers to look at", ({ openFlags }) => openFlags),
  ],
});

const statementList = (key: "expectedOutcomes" | "dischargeCriteria", name: string): Part =>
  listPart<Statement>({
    key,
    section: "ending",
    list: (plan) => plan[key],
    name: () => name,
    text: recordOf,
    plain: plainOf,
    fields: statementFields,
  });

const responsibilities = listPart<Plan["responsibilities"][number]>({
  key: "responsibilities",
  section: "care",
  list: (plan) => plan.responsibilities,
  name: ({ who, name }) => `Part of ${name.trim() === "" ? (who === "other" ? "somebody else" : `the ${who}`) : name}`,
  text: ({ what }) => what,
  plain: ({ plain, what }) => (plain.trim() === "" ? what : plain),
  fields: [
    value("who", "Who", ({ who }) => who),
    value("name", "Name", ({ name }) => name),
    prose("what", "What", ({ what }) => what),
    prose("plain", "Wording for the client", ({ plain }) => plain),
  ],
});

const medications = listPart<Plan["medications"][number]>({
  key: "medications",
  section: "medical",
  list: (plan) => plan.medications,
  name: ({ name }) => `Medication ${name}`,
  text: ({ dose, purpose, prescriber }) => inOneLine([dose, purpose && `for ${purpose}`, prescriber && `prescribed by ${prescriber}`]),
  plain: ({ name, dose }) => inOneLine([name, dose]),
  fields: [
    value("name", "Name", ({ name }) => name),
    value("dose", "Dose", ({ dose }) => dose),
    value("purpose", "Purpose", ({ purpose }) => purpose),
    value("prescriber", "Prescriber", ({ prescriber }) => prescriber),
  ],
});

const referrals = listPart<Plan["referrals"][number]>({
  key: "referrals",
  section: "care",
  list: (plan) => plan.referrals,
  name: ({ to }) => `Referral to ${to}`,
  text: ({ why, status }) => inOneLine([why, status]),
  plain: ({ to, why }) => inOneLine([to, why]),
  fields: [value("to", "To", ({ to }) => to), prose("why", "Why", ({ why }) => why), value("status", "Status", ({ status }) => status)],
});

const consentWords = { given: "given", declined: "declined", "not-asked": "not asked" };
const coordination = listPart<Plan["coordination"][number]>({
  key: "coordination",
  section: "care",
  list: (plan) => plan.coordination,
  name: ({ withWhom }) => `Coordination with ${withWhom}`,
  text: ({ what, consent }) => inOneLine([what, `consent ${consentWords[consent]}`]),
  plain: ({ withWhom, what }) => inOneLine([withWhom, what]),
  fields: [
    value("withWhom", "With", ({ withWhom }) => withWhom),
    prose("what", "What", ({ what }) => what),
    value("consent", "Consent", ({ consent }) => consentWords[consent]),
  ],
});

const declined = listPart<Plan["declined"][number]>({
  key: "declined",
  section: "agreement",
  list: (plan) => plan.declined,
  name: () => "Offered and declined",
  text: ({ what, reason }) => inOneLine([what, reason && `(${reason})`], " "),
  plain: ({ what }) => what,
  fields: [prose("what", "What", ({ what }) => what), prose("reason", "Reason", ({ reason }) => reason)],
});

const settingModifications = listPart<Plan["settingModifications"][number]>({
  key: "settingModifications",
  section: "setting",
  list: (plan) => plan.settingModifications,
  name: () => "Modification of rights or setting",
  text: ({ what, justification }) => inOneLine([what, justification && `(${justification})`], " "),
  plain: ({ what }) => what,
  fields: [prose("what", "What", ({ what }) => what), prose("justification", "Justification", ({ justification }) => justification)],
});

const certifications = listPart<Plan["certifications"][number]>({
  key: "certifications",
  section: "setting",
  list: (plan) => plan.certifications,
  name: ({ kind }) => (kind === "initial" ? "Certification" : "Recertification"),
  text: ({ dueOn, at, by }) => inOneLine([dueOn && `due ${dateWords(dueOn)}`, at && `given ${at}`, by && `by ${by}`]),
  plain: () => "",
  fields: [
    value("kind", "Kind", ({ kind }) => kind),
    value("dueOn", "Due", ({ dueOn }) => dateWords(dueOn)),
    value("at", "Given", ({ at }) => at ?? ""),
    value("by", "By", ({ by }) => by),
    lines("statements", "Statements", ({ statements }) => statements),
  ],
});

const reviews = listPart<Plan["reviews"][number]>({
  key: "reviews",
  section: "reviews",
  list: (plan) => plan.reviews,
  name: ({ on }) => `Review of ${dateWords(on)}`,
  text: ({ decision, rationale }) => inOneLine([decision, rationale], " "),
  plain: ({ on }) => dateWords(on),
  fields: [
    value("on", "Date", ({ on }) => dateWords(on)),
    lines("participants", "Taking part", ({ participants }) => participants),
    lines("byGoal", "By goal", ({ byGoal }, side) =>
      byGoal.map(
        ({ goalId, progress, decision }) =>
          `${side.goalNumber(goalId) === "" ? "A goal that is gone" : `Goal ${side.goalNumber(goalId)}`}: ${inOneLine([progress, decision])}`,
      ),
    ),
    prose("decision", "Decision", ({ decision }) => decision),
    prose("rationale", "Rationale", ({ rationale }) => rationale),
    lines("scores", "Scores looked at", ({ scores }) => scores),
  ],
});

type TextKey = { [K in PartKey]: Plan[K] extends string ? K : never }[PartKey];
type NotesKey = { [K in PartKey]: Plan[K] extends string[] ? K : never }[PartKey];
type DateKey = "admittedOn" | "establishedOn" | "effectiveUntil" | "reviewDue";

const textPart = (key: TextKey, section: Section, name: string, plain = ""): Part =>
  onePart({ key, section, name, plain, of: (plan) => plan[key], fields: [prose<string>(key, name, (text) => text)] });
const notesPart = (key: NotesKey, section: Section, name: string, plain = ""): Part =>
  onePart({ key, section, name, plain, of: (plan) => plan[key], fields: [lines<readonly string[]>(key, name, (list) => list)] });
const datePart = (key: DateKey, section: Section, name: string, plain = ""): Part =>
  onePart({ key, section, name, plain, of: (plan) => plan[key], fields: [value<string | null>(key, name, dateWords)] });

const sessionPlan = onePart<Plan["sessionPlan"]>({
  key: "sessionPlan",
  section: "sessions",
  name: "Sessions",
  of: (plan) => plan.sessionPlan,
  fields: [
    value("frequency", "Frequency", ({ frequency }) => (frequency ? frequencyInWords(frequency) : "")),
    value("minutes", "Length", ({ minutes }) => counted(minutes, "minute")),
    value("weeks", "Duration", ({ weeks }) => counted(weeks, "week")),
    value("expectedSessions", "Expected number of sessions", ({ expectedSessions }) => expectedSessions?.join(" to ") ?? ""),
    value("modality", "Where", ({ modality }) => modalityWords[modality]),
  ],
});

const risk = onePart<Plan["risk"]>({
  key: "risk",
  section: "risk",
  name: "Risk",
  plain: "how safe you are",
  of: (plan) => plan.risk,
  fields: [
    value("level", "Level", ({ level }) => level ?? ""),
    value("assessedOn", "Assessed on", ({ assessedOn }) => dateWords(assessedOn)),
    prose("summary", "Summary", ({ summary }) => summary),
    lines("specialStatus", "Special status", ({ specialStatus }) => specialStatus),
  ],
});

const crisisWords: Record<Plan["crisisPlan"]["state"], string> = {
  none: "none yet",
  present: "there is one",
  declined: "declined",
  "not-needed": "not needed",
};
const crisisPlan = onePart<Plan["crisisPlan"]>({
  key: "crisisPlan",
  section: "risk",
  name: "Crisis plan",
  plain: "the plan for a crisis",
  of: (plan) => plan.crisisPlan,
  fields: [
    value("state", "State", ({ state }) => crisisWords[state]),
    prose("reason", "Reason", ({ reason }) => reason),
    prose("text", "Text", ({ text }) => text),
  ],
});

const agreementWords: Record<Plan["agreement"]["state"], string> = {
  "not-asked": "",
  agreed: "agrees",
  "agreed-in-part": "agrees in part",
  "did-not-agree": "does not agree",
  "could-not-answer": "could not answer",
};

const asam = onePart<Plan["asam"]>({
  key: "asam",
  section: "setting",
  name: "ASAM",
  of: (plan) => plan.asam,
  fields: [
    value("level", "Level of care", (found) => found?.level ?? ""),
    value("edition", "Edition", (found) => found?.edition ?? ""),
    lines("dimensions", "Dimensions", (found) =>
      Object.entries(found?.dimensions ?? {})
        .filter(([, { severity, note }]) => severity !== null || note !== "")
        .map(([name, { severity, note }]) => `${name.slice(1)}: ${inOneLine([severity === null ? "" : `severity ${severity}`, note])}`),
    ),
  ],
});

/** Everything in a plan that two revisions can differ in, in the order of the sections. */
export const parts: readonly Part[] = [
  diagnoses,
  risk,
  crisisPlan,
  problems,
  goals,
  objectives,
  interventions,
  sessionPlan,
  datePart("reviewDue", "sessions", "Next review"),
  datePart("effectiveUntil", "sessions", "Plan ends"),
  measureSchedule,
  statementList("expectedOutcomes", "Expected outcome"),
  statementList("dischargeCriteria", "Discharge criterion"),
  textPart("transitionPlan", "ending", "Plan for the time afterwards", "what comes after therapy"),
  notesPart("strengths", "person", "Strengths", "your strengths"),
  notesPart("needs", "person", "Needs", "what you need"),
  notesPart("preferences", "person", "Preferences", "what you would like"),
  notesPart("barriers", "person", "Barriers", "what can get in the way"),
  notesPart("supports", "person", "Supports", "who and what supports you"),
  notesPart("naturalSupports", "person", "Natural supports", "the people around you"),
  notesPart("disabilities", "person", "Disabilities", "your disabilities"),
  textPart("culture", "person", "Culture", "your culture and faith"),
  textPart("functionalLevel", "person", "Functioning", "how you get along day to day"),
  responsibilities,
  referrals,
  coordination,
  textPart("familyInvolvement", "care", "Family involvement", "the part of your family"),
  textPart("backUpPlan", "care", "Back-up plan", "what happens when somebody is away"),
  textPart("monitoredBy", "care", "Monitored by", "who keeps an eye on the plan"),
  textPart("supervision", "care", "Supervision", "supervision"),
  medications,
  textPart("allergies", "medical", "Allergies", "your allergies"),
  textPart("medicalNecessity", "necessity", "Medical necessity", "why you need this care"),
  onePart<Plan["purpose"]>({
    key: "purpose",
    section: "necessity",
    name: "Purpose",
    plain: "what the care is for",
    of: (plan) => plan.purpose,
    fields: [
      value("purpose", "Purpose", (purpose) => (purpose === "improvement" ? "improvement" : "prevention of relapse or hospitalization")),
    ],
  }),
  textPart("purposeDetail", "necessity", "Purpose in detail", "what the care is for"),
  assessments,
  onePart<Plan["profile"]>({
    key: "profile",
    section: "setting",
    name: "Setting and payers",
    plain: "who pays, and where we meet",
    of: (plan) => plan.profile,
    fields: [
      value("setting", "Setting", ({ setting }) => settingWords[setting]),
      lines("payers", "Payers", ({ payers }) => payers.map(({ type, name, state }) => inOneLine([type, name, state]))),
      lines("accreditors", "Accreditors", ({ accreditors }) => accreditors.map((name) => name.toUpperCase())),
      value("part2", "Substance use record (42 CFR Part 2)", ({ part2 }) => yesWords(part2)),
    ],
  }),
  textPart("legalStatus", "setting", "Legal status", "your legal status"),
  textPart("expectedLengthOfStay", "setting", "Expected length of stay", "how long you may stay"),
  settingModifications,
  asam,
  certifications,
  reviews,
  onePart<Plan["participation"]>({
    key: "participation",
    section: "agreement",
    name: "Taking part in planning",
    plain: "how you took part",
    of: (plan) => plan.participation,
    fields: [
      prose("client", "How the client took part", ({ client }) => client),
      prose("representative", "Representative", ({ representative }) => representative),
      prose("reasonIfNone", "Reason if not", ({ reasonIfNone }) => reasonIfNone),
    ],
  }),
  onePart<Plan["agreement"]>({
    key: "agreement",
    section: "agreement",
    name: "Agreement",
    plain: "what you agree to",
    of: (plan) => plan.agreement,
    fields: [value("state", "The client", ({ state }) => agreementWords[state]), prose("detail", "Detail", ({ detail }) => detail)],
  }),
  onePart<Plan["copyGiven"]>({
    key: "copyGiven",
    section: "agreement",
    name: "Copy for the client",
    plain: "your copy of the plan",
    of: (plan) => plan.copyGiven,
    fields: [
      value("state", "Copy", ({ state }) => ({ "not-yet": "", given: "given", declined: "declined" })[state]),
      value("on", "On", ({ on }) => dateWords(on)),
    ],
  }),
  declined,
  onePart<Plan["subject"]>({
    key: "subject",
    section: "identification",
    name: "Client",
    plain: "your name and details",
    of: (plan) => plan.subject,
    fields: [
      value("name", "Name", ({ name }) => name),
      value("calledName", "Called", ({ calledName }) => calledName),
      value("pronouns", "Pronouns", ({ pronouns }) => pronouns),
      value("birthDate", "Born", ({ birthDate }) => dateWords(birthDate)),
      value("recordNumber", "Record number", ({ recordNumber }) => recordNumber),
      value("guardianName", "Guardian", ({ guardianName }) => guardianName),
      value("payer", "Payer", ({ payer }) => payer),
    ],
  }),
  onePart<Plan["author"]>({
    key: "author",
    section: "identification",
    name: "Clinician and practice",
    plain: "who wrote the plan",
    of: (plan) => plan.author,
    fields: [
      value("clinicianName", "Clinician", ({ clinicianName }) => clinicianName),
      value("credentials", "Credentials", ({ credentials }) => credentials),
      value("npi", "NPI", ({ npi }) => npi),
      value("practiceName", "Practice", ({ practiceName }) => practiceName),
      prose("practiceAddress", "Address", ({ practiceAddress }) => practiceAddress),
    ],
  }),
  datePart("admittedOn", "identification", "Admitted", "the day you came to us"),
  datePart("establishedOn", "identification", "Plan established", "the day of the plan"),
  onePart<Plan["population"]>({
    key: "population",
    section: "identification",
    name: "Written for",
    plain: "the age group",
    of: (plan) => plan.population,
    fields: [value("population", "Written for", (population) => population)],
  }),
  textPart("language", "identification", "Language", "your language"),
];
