import { formatDate } from "../calendar/date.ts";
import { approaches } from "../library/approach.ts";
import { citation } from "../library/citation.ts";
import type { Library } from "../library/library.ts";
import { scheduleInWords } from "../plan/measure-schedule.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import { objectiveText } from "../plan/objective-text.ts";
import {
  type Frequency,
  type Goal,
  goalsOf,
  type Intervention,
  interventionsOf,
  type Metric,
  type Objective,
  objectivesOf,
  type Plan,
  type PlanAssessment,
} from "../plan/plan.ts";
import { endedInWords, lastReviewFacts } from "../review/ended-in-words.ts";
import type { SignatureRole } from "../signature/signature.ts";
import { type Standing, type StandingWords, standingForRecord } from "./standing.ts";

/** A signature as a document prints it. `drawing` is SVG path data in a box of 600 by 200. */
export interface DocumentSignature {
  readonly role: SignatureRole;
  readonly outcome: "signed" | "not-signed";
  readonly name: string;
  readonly credentials: string;
  readonly statement: string;
  /** Why there is no signature. */
  readonly reason: string;
  /** Day and time with zone, ready to print. */
  readonly at: string;
  readonly method: "drawn" | "typed" | "password" | null;
  readonly drawing: string | null;
}

export interface DocumentInput {
  readonly plan: Plan;
  readonly library: Library;
  readonly signatures: readonly DocumentSignature[];
  /** SHA-256 of the signed content, or `null` while the plan is a draft. */
  readonly hash: string | null;
  readonly standing: Standing;
}

/** A line of a list of facts: what, and its value. */
type Fact = readonly [label: string, value: string];

interface InterventionBlock {
  readonly number: string;
  /** `false` where it was printed in full under an earlier objective. */
  readonly first: boolean;
  readonly text: string;
  readonly kind: string;
  readonly amount: string;
  readonly responsible: string;
  readonly sources: readonly number[];
}

/** The plan for the record, as the page setter gets it: every word decided here, nothing left to the template but its place on the page. */
export interface PlanDocument {
  readonly kind: "record";
  readonly standing: StandingWords;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly client: string;
  readonly born: string;
  readonly recordNumber: string;
  readonly revision: string;
  readonly identification: readonly Fact[];
  readonly diagnoses: readonly { readonly code: string; readonly text: string; readonly status: string; readonly why: string }[];
  readonly necessity: string;
  readonly purpose: string;
  readonly functionalLevel: readonly string[];
  readonly scores: readonly { readonly measure: string; readonly date: string; readonly score: string; readonly band: string }[];
  readonly risk: readonly Fact[];
  readonly person: readonly Fact[];
  /** What particular settings ask for. */
  readonly setting: readonly Fact[];
  readonly problems: readonly {
    readonly number: string;
    readonly title: string;
    readonly codes: string;
    readonly status: string;
    readonly impairment: string;
    readonly definitions: readonly string[];
    readonly goals: readonly {
      readonly number: string;
      readonly text: string;
      readonly words: string;
      readonly objectives: readonly {
        readonly number: string;
        readonly text: string;
        readonly measure: string;
        readonly baseline: string;
        readonly target: string;
        readonly date: string;
        /** That it has ended at a review, and why; empty while it goes on. */
        readonly ended: string;
        readonly interventions: readonly InterventionBlock[];
      }[];
    }[];
  }[];
  readonly sessions: readonly Fact[];
  readonly measures: readonly string[];
  readonly outcomes: readonly string[];
  readonly discharge: readonly string[];
  readonly responsibilities: readonly Fact[];
  readonly coordination: readonly string[];
  /** The last review of the plan. */
  readonly review: readonly Fact[];
  readonly agreement: readonly Fact[];
  readonly signatures: readonly DocumentSignature[];
  /** Whose signatures are still to come. */
  readonly unsigned: readonly SignatureRole[];
  readonly hash: string | null;
  readonly sources: readonly string[];
}

const joined = (parts: readonly string[], separator = "; ") =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    // A sentence that is not the last of a list ends with the list's own sign and not with two.
    .map((part, index, all) => (separator === "; " && index < all.length - 1 ? part.replace(/(?<!\.)\.$/, "") : part))
    .join(separator);
const facts = (list: readonly Fact[]): Fact[] => list.filter(([, value]) => value.trim() !== "");
/** Facts whose values are sentences and no names. */
const statements = (list: readonly Fact[]): Fact[] =>
  facts(list).map(([label, value]): Fact => [label, value.charAt(0).toUpperCase() + value.slice(1)]);
const dateOr = (date: string | null, otherwise = "") => (date ? formatDate(date) : otherwise);

/** "once a week", "twice a month", "3 times a week". */
export function frequencyInWords({ times, per }: Frequency): string {
  if (times === 1) return `once a ${per}`;
  if (times === 2) return `twice a ${per}`;
  if (times === 0.5) return `every second ${per}`;
  return `${times} times a ${per}`;
}

/** Whether the sessions have to be spaced out in time, as their number is smaller than weeks and frequency alone would give. */
export function spacedOut({ frequency, weeks, expectedSessions }: Plan["sessionPlan"]): boolean {
  if (!frequency || !weeks || !expectedSessions) return false;
  const weeksEach = { day: 1 / 7, week: 1, month: 4.35 }[frequency.per];
  return Math.floor((frequency.times * weeks) / weeksEach) > expectedSessions[1];
}

/** A statement with the client's own detail after it. */
export function withDetail(text: string, detail: string): string {
  return detail.trim() === "" ? text : `${text.trim()} ${detail.trim()}`;
}

/** What an objective is measured by, in words. */
export function metricInWords(metric: Metric | null): string {
  if (!metric) return "";
  if (metric.kind === "measure")
    return joined([metric.measureName ?? metric.measure ?? "", metric.item ? `question ${metric.item}` : ""], ", ");
  if (metric.kind === "milestone") return joined(["Done or not done", metric.unit], ": ");
  if (metric.kind === "rating") return joined(["Client’s rating", metric.unit], ", ");
  return `Client’s count, ${metric.unit}`;
}

function metricValue(metric: Metric | null, value: number | null | undefined): string {
  if (!metric || value === null || value === undefined) return "";
  return metric.kind === "milestone" ? (value === 0 ? "not done" : "done") : String(value);
}

/** Where a score lies: its band, or, for a measure without bands, on which side of its cutoff. */
function rangeOf({ measure, score, band }: PlanAssessment, library: Library): string {
  const cutoff = library.measureById.get(measure)?.cutoff?.atLeast;
  if (band !== "" || score === null || cutoff === undefined) return band;
  return score >= cutoff ? `at or above the cutoff of ${cutoff}` : `below the cutoff of ${cutoff}`;
}

/** Composes the payer-ready document of a plan. Pure; the same plan, library and signatures give the same document. */
export function planDocument({ plan, library, signatures, hash, standing }: DocumentInput): PlanDocument {
  const cited = new Map<string, number>();
  const cite = (id: string): number[] => {
    if (!library.evidenceById.has(id)) return [];
    if (!cited.has(id)) cited.set(id, cited.size + 1);
    return [cited.get(id) ?? 0];
  };
  const printed = new Map<string, string>();
  const interventionBlock = (intervention: Intervention): InterventionBlock => {
    const known = printed.get(intervention.id);
    const number = known ?? String(printed.size + 1);
    printed.set(intervention.id, number);
    return {
      number,
      first: known === undefined,
      text: joined([withDetail(intervention.text, intervention.detail), ...intervention.adaptations], " "),
      kind: joined([intervention.technique, approaches[intervention.approach].name, intervention.format], " · "),
      amount: joined(
        [
          intervention.minutes === null ? "" : `${intervention.minutes} min`,
          intervention.frequency ? frequencyInWords(intervention.frequency) : "",
          intervention.weeks === null ? "" : `for ${intervention.weeks} weeks`,
        ],
        ", ",
      ),
      responsible: joined([intervention.responsible.name, intervention.responsible.role], ", "),
      sources: intervention.evidence.flatMap(cite),
    };
  };
  const numbers = planNumbers(plan);
  const objectiveBlock = (objective: Objective) => ({
    number: numberOf(numbers.objectives, objective.id),
    text: withDetail(objectiveText(objective), objective.detail),
    measure: metricInWords(objective.metric),
    baseline: joined(
      [
        metricValue(objective.metric, objective.metric?.baseline),
        objective.metric?.baselineDate && objective.metric.kind !== "milestone" ? `(${formatDate(objective.metric.baselineDate)})` : "",
      ],
      " ",
    ),
    target: metricValue(objective.metric, objective.metric?.target),
    date: dateOr(objective.targetDate),
    ended: endedInWords(objective, plan) ?? "",
    interventions: interventionsOf(plan, objective.id).map(interventionBlock),
  });
  const goalBlock = (goal: Goal) => ({
    number: numberOf(numbers.goals, goal.id),
    text: withDetail(goal.text, goal.detail),
    words: goal.clientWords,
    objectives: objectivesOf(plan, goal.id).map(objectiveBlock),
  });
  const codeOf = new Map(plan.diagnoses.map((diagnosis) => [diagnosis.id, diagnosis.code]));
  const { sessionPlan, participation, agreement, copyGiven } = plan;
  const problemIds = new Set(plan.problems.map(({ id }) => id));
  const problems = plan.problems.map((problem, index) => ({
    number: String(index + 1),
    title: problem.title,
    codes:
      joined(
        problem.diagnosisIds.flatMap((id) => codeOf.get(id) ?? []),
        ", ",
      ) || problem.noDiagnosisReason,
    status:
      problem.status === "active"
        ? ""
        : joined(
            [problem.status === "on-hold" ? "On hold" : problem.status === "deferred" ? "Deferred" : "Resolved", problem.statusReason],
            ": ",
          ),
    impairment: problem.impairment,
    definitions: problem.definitions.map((definition) => withDetail(definition.text, definition.detail)),
    goals: goalsOf(plan, problem.id)
      // A goal of several problems is printed once, under the first of them that the plan still holds.
      .filter((goal) => goal.problemIds.find((id) => problemIds.has(id)) === problem.id)
      .map(goalBlock),
  }));
  return {
    kind: "record",
    standing: standingForRecord(standing),
    practice: plan.author.practiceName,
    practiceAddress: plan.author.practiceAddress,
    client: plan.subject.name,
    born: formatDate(plan.subject.birthDate),
    recordNumber: plan.subject.recordNumber,
    revision: String(plan.revision),
    identification: facts([
      [
        "Client",
        joined(
          [
            plan.subject.name,
            plan.subject.calledName !== plan.subject.name.split(" ")[0] ? `called ${plan.subject.calledName}` : "",
            plan.subject.pronouns,
          ],
          ", ",
        ),
      ],
      ["Born", formatDate(plan.subject.birthDate)],
      ["Record number", plan.subject.recordNumber],
      ["Guardian", plan.subject.guardianName],
      ["Payer", plan.subject.payer],
      ["Clinician", joined([plan.author.clinicianName, plan.author.credentials], ", ")],
      ["NPI", plan.author.npi],
      ["Admitted", dateOr(plan.admittedOn)],
      ["Plan established", formatDate(plan.establishedOn)],
      ["Next review", dateOr(plan.reviewDue)],
      ["Plan ends", dateOr(plan.effectiveUntil)],
      ["Reason for this revision", plan.changeReason],
    ]),
    diagnoses: plan.diagnoses.map((diagnosis) => ({
      code: diagnosis.code,
      text: joined([diagnosis.description, ...diagnosis.specifiers], ", "),
      status: joined(
        [
          diagnosis.rank === "principal" ? "Principal" : "Co-occurring",
          diagnosis.verification,
          diagnosis.clinicalStatus === "remission" ? "in remission" : "",
          diagnosis.onset && `onset: ${diagnosis.onset}`,
        ],
        ", ",
      ),
      why: diagnosis.justification,
    })),
    necessity: plan.medicalNecessity,
    purpose: withDetail(
      plan.purpose === "improvement" ? "The aim is improvement." : "The aim is to prevent relapse or a higher level of care.",
      plan.purposeDetail,
    ),
    functionalLevel: plan.functionalLevel.split("\n").filter((text) => text.trim() !== ""),
    scores: plan.assessments.map((assessment) => ({
      measure: assessment.measureName,
      date: formatDate(assessment.date),
      score: assessment.score === null ? "incomplete" : `${assessment.score} of ${assessment.outOf}`,
      band: rangeOf(assessment, library),
    })),
    risk: statements([
      [
        "Risk",
        joined(
          [
            plan.risk.level ? `${plan.risk.level}` : "not assessed",
            plan.risk.assessedOn ? `assessed ${formatDate(plan.risk.assessedOn)}` : "",
          ],
          ", ",
        ),
      ],
      ["Findings", plan.risk.summary],
      ["Special status", joined(plan.risk.specialStatus)],
      [
        "Safety plan",
        {
          none: "",
          present: joined(["made with the client", plan.crisisPlan.text], ": "),
          declined: joined(["declined", plan.crisisPlan.reason], ": "),
          "not-needed": joined(["not needed", plan.crisisPlan.reason], ": "),
        }[plan.crisisPlan.state],
      ],
    ]),
    person: facts([
      ["Strengths", joined(plan.strengths)],
      ["Supports", joined([...plan.supports, ...plan.naturalSupports])],
      ["Needs", joined(plan.needs)],
      ["Barriers", joined(plan.barriers)],
      ["Preferences", joined(plan.preferences)],
      ["Disabilities and accommodations", joined(plan.disabilities)],
      ["Culture and identity", plan.culture],
      [
        "Medication",
        joined(
          plan.medications.map((medication) =>
            joined(
              [
                medication.name,
                medication.dose,
                medication.purpose && `for ${medication.purpose}`,
                medication.prescriber && `(prescribed by ${medication.prescriber})`,
              ],
              " ",
            ),
          ),
        ),
      ],
      ["Allergies", plan.allergies],
      ["Family involvement", plan.familyInvolvement],
    ]),
    setting: statements([
      ["Legal status", plan.legalStatus],
      ["Supervision", plan.supervision],
      ["Monitored by", plan.monitoredBy],
      ["Back-up plan", plan.backUpPlan],
      [
        "Modifications of rights or setting",
        joined(plan.settingModifications.map((entry) => joined([entry.what, entry.justification && `(${entry.justification})`], " "))),
      ],
    ]),
    problems,
    sessions: statements([
      [
        "Sessions",
        joined(
          [
            sessionPlan.minutes === null ? "" : `${sessionPlan.minutes} minutes`,
            sessionPlan.frequency ? frequencyInWords(sessionPlan.frequency) : "",
            { "in-person": "in person", video: "by video", phone: "by phone", mixed: "in person and by video" }[sessionPlan.modality],
          ],
          ", ",
        ),
      ],
      [
        "Duration",
        joined(
          [sessionPlan.weeks === null ? "" : `about ${sessionPlan.weeks} weeks`, spacedOut(sessionPlan) ? "sessions spaced out later" : ""],
          ", ",
        ),
      ],
      [
        "Interventions",
        plan.interventions.some((entry) => entry.format !== "coordination" && entry.minutes === sessionPlan.minutes)
          ? "One session holds several interventions; the minutes of each are those of the session in which it is given."
          : "",
      ],
      ["Expected number of sessions", sessionPlan.expectedSessions ? sessionPlan.expectedSessions.join(" to ") : ""],
      ["Expected length of stay", plan.expectedLengthOfStay],
    ]),
    measures: plan.measureSchedule.map((entry) => `${entry.measureName}, ${scheduleInWords(entry)}`),
    outcomes: plan.expectedOutcomes.map((entry) => withDetail(entry.text, entry.detail)),
    discharge: plan.dischargeCriteria.map((entry) => withDetail(entry.text, entry.detail)),
    responsibilities: plan.responsibilities.map((entry): Fact => [entry.name || entry.who, entry.what]),
    coordination: [
      ...plan.referrals.map((referral) => joined([`Referral to ${referral.to}`, referral.why, referral.status], ", ")),
      ...plan.coordination.map((entry) =>
        joined(
          [
            `With ${entry.withWhom}`,
            entry.what,
            entry.consent === "given" ? "consent given" : entry.consent === "declined" ? "consent declined" : "",
          ],
          ", ",
        ),
      ),
      ...(plan.transitionPlan ? [plan.transitionPlan] : []),
    ],
    review: statements(lastReviewFacts(plan)),
    agreement: statements([
      ["How the client took part", participation.client],
      ["Representative", participation.representative],
      ["Reason if not", participation.reasonIfNone],
      [
        "Agreement",
        joined(
          [
            {
              "not-asked": "",
              agreed: "The client agrees with the plan",
              "agreed-in-part": "The client agrees in part",
              "did-not-agree": "The client does not agree",
              "could-not-answer": "The client could not answer",
            }[agreement.state],
            agreement.detail,
          ],
          ": ",
        ),
      ],
      ["Offered and declined", joined(plan.declined.map((entry) => joined([entry.what, entry.reason && `(${entry.reason})`], " ")))],
      [
        "Copy for the client",
        copyGiven.state === "given" ? joined(["given", dateOr(copyGiven.on)], " on ") : copyGiven.state === "declined" ? "declined" : "",
      ],
    ]),
    signatures,
    unsigned: standing.kind === "waiting" ? standing.missing : [],
    hash,
    sources: [...cited.keys()].flatMap((id) => {
      const source = library.evidenceById.get(id);
      return source ? [citation(source)] : [];
    }),
  };
}
