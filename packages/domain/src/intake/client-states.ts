import { ageInYears, daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { activeDiagnoses } from "../diagnosis/diagnosis.ts";
import { latestDayOfOnset } from "../diagnosis/onset.ts";
import type { ClientState } from "../library/client-state.ts";
import type { Administration } from "../measures/administration.ts";
import { riskAssessedSince } from "./risk-follow-up.ts";

export interface ClientStateFound {
  readonly state: ClientState;
  /** What in the record says so, in whole sentences. */
  readonly because: string;
}

/** One sign in the record that a state holds. A state holds when any of its rules gives a reason. */
export interface ClientStateRule {
  readonly state: ClientState;
  /** Where the rule comes from. */
  readonly source: string;
  /** The reason, as a whole sentence, or `null` when the record does not say so. */
  readonly because: (record: ClientRecord, today: IsoDate) => string | null;
}

/** An answer about thoughts of death counts for this many days, unless risk was assessed since. */
const thoughtsOfDeathDays = 30;
/** An AUDIT, which asks about the last year, is taken as today's drinking for this many days. */
const auditDays = 90;

const statedInIntake = "Stated in the intake assessment by the clinician";
const codedDiagnosis = "The wording of the ICD-10-CM code itself";

/** A death counts as recent for this many days, about six months. */
const recentLossDays = 183;

/** Every rule by which a state of the client is read from the record. */
export const clientStateRules: readonly ClientStateRule[] = [
  {
    state: "acute-suicide-risk",
    source: statedInIntake,
    because: ({ intake: { risk } }) =>
      risk.level === "high" || risk.level === "imminent"
        ? `The risk of suicide was assessed as ${risk.level}${on(risk.assessedOn)}.`
        : null,
  },
  {
    state: "acute-suicide-risk",
    source:
      "Columbia Suicide Severity Rating Scale, screener triage: suicidal thoughts with intent (item 4) or with a plan (item 5) are high risk",
    because: ({ intake: { risk } }) => {
      const signs = [risk.intent === "present" ? "an intent to act" : "", risk.plan === "specific" ? "a specific plan" : ""].filter(
        (sign) => sign !== "",
      );
      return signs.length === 0 ? null : `The risk assessment records ${signs.join(" and ")}.`;
    },
  },
  {
    state: "elevated-suicide-risk",
    source: statedInIntake,
    because: ({ intake: { risk } }) =>
      risk.level === "moderate" ? `The risk of suicide was assessed as moderate${on(risk.assessedOn)}.` : null,
  },
  {
    state: "elevated-suicide-risk",
    source: "Columbia Suicide Severity Rating Scale: active suicidal thoughts (item 2) call for clinical review whatever else is answered",
    because: ({ intake: { risk } }) => (risk.ideation === "active" ? "The risk assessment records active thoughts of suicide." : null),
  },
  {
    state: "elevated-suicide-risk",
    source:
      "Simon GE, Rutter CM, Peterson D, et al. Does response on the PHQ-9 depression questionnaire predict subsequent suicide attempt or suicide death? Psychiatr Serv 2013;64:1195-1202",
    because: (record, today) => {
      const last = newest(record.administrations, "phq9", today, thoughtsOfDeathDays);
      const answer = last?.answers[8] ?? 0;
      if (last === null || answer < 1) return null;
      return riskAssessedSince(record, last)
        ? null
        : `PHQ-9 question 9 (thoughts of being better off dead or of self-harm) was answered ${answer} on ${formatDate(last.date)}, and no risk assessment has been recorded since.`;
    },
  },
  {
    state: "risk-to-others",
    source: statedInIntake,
    because: ({ intake: { risk } }) =>
      risk.harmToOthers === "intent"
        ? "The risk assessment records an intent to harm somebody else."
        : risk.harmToOthers === "thoughts"
          ? "The risk assessment records thoughts of harming somebody else."
          : null,
  },
  {
    state: "current-psychosis",
    source: statedInIntake,
    because: ({ intake }) => (intake.mentalStatus.currentPsychosis ? "The mental status records current psychotic symptoms." : null),
  },
  {
    state: "current-psychosis",
    source: codedDiagnosis,
    because: (record) => coded(record, /^(F23|F30\.2|F31\.2|F31\.5|F31\.64|F32\.3|F33\.3|F1\d\.(1|2|9)5|F1\d\.(12|22|92)2)/),
  },
  {
    state: "current-mania",
    source: statedInIntake,
    because: ({ intake }) => (intake.mentalStatus.currentMania ? "The mental status records current manic symptoms." : null),
  },
  { state: "current-mania", source: codedDiagnosis, because: (record) => coded(record, /^(F30\.[1289]|F31\.[0126])/) },
  {
    state: "current-intoxication",
    source: statedInIntake,
    because: ({ intake }) =>
      intake.substanceUse.comesIntoxicated ? "The intake records that the client comes to sessions intoxicated." : null,
  },
  {
    state: "withdrawal-risk",
    source: statedInIntake,
    because: ({ intake }) =>
      intake.substanceUse.withdrawalRisk
        ? "The intake records a risk of complicated withdrawal (past seizures or delirium, heavy daily drinking, or benzodiazepine dependence)."
        : null,
  },
  { state: "withdrawal-risk", source: codedDiagnosis, because: (record) => coded(record, /^F1[03]\.(13|23|93)/) },
  {
    state: "withdrawal-risk",
    source:
      "Babor TF, Higgins-Biddle JC, Saunders JB, Monteiro MG. AUDIT, second edition. WHO 2001: 20 or more warrants diagnostic evaluation for alcohol dependence",
    because: ({ administrations }, today) => {
      const last = newest(administrations, "audit", today, auditDays);
      const atLeast = last === null ? 0 : sumOfAnswers(last);
      return last !== null && atLeast >= 20
        ? `AUDIT was ${atLeast} on ${formatDate(last.date)}, which makes dependence likely: check for withdrawal with medical advice before drinking is cut down.`
        : null;
    },
  },
  {
    state: "withdrawal-risk",
    source:
      "Babor TF, Higgins-Biddle JC, Saunders JB, Monteiro MG. AUDIT, second edition. WHO 2001: points on questions 4 to 6, weekly or daily symptoms above all, point to dependence; question 6 asks for a drink in the morning",
    because: ({ administrations }, today) => {
      const last = newest(administrations, "audit", today, auditDays);
      const answer = last?.answers[5] ?? 0;
      return last !== null && answer >= 3
        ? `AUDIT question 6 (a drink in the morning to get going) was answered ${answer} on ${formatDate(last.date)}, weekly or oftener: check for withdrawal with medical advice before drinking is cut down.`
        : null;
    },
  },
  {
    state: "active-substance-use",
    source: statedInIntake,
    because: ({ intake }) => (intake.substanceUse.activeUse ? "The intake records active use of alcohol or drugs." : null),
  },
  {
    state: "active-substance-use",
    source: `${codedDiagnosis}; nicotine (F17) and codes in remission left out`,
    because: (record) => coded(record, /^F1[0-689](?!\.(11|21|91))/),
  },
  {
    state: "active-substance-use",
    source: "Babor TF, Higgins-Biddle JC, Saunders JB, Monteiro MG. AUDIT, second edition. WHO 2001: 16 or more is harmful drinking",
    because: ({ administrations }, today) => {
      const last = newest(administrations, "audit", today, auditDays);
      const atLeast = last === null ? 0 : sumOfAnswers(last);
      return last !== null && atLeast >= 16
        ? `AUDIT was ${atLeast} on ${formatDate(last.date)}, in the range of harmful drinking or above.`
        : null;
    },
  },
  {
    state: "marked-dissociation",
    source: statedInIntake,
    because: ({ intake }) => (intake.mentalStatus.markedDissociation ? "The mental status records marked dissociation." : null),
  },
  { state: "marked-dissociation", source: codedDiagnosis, because: (record) => coded(record, /^F44\.(0|1|81)/) },
  {
    state: "cognitive-impairment",
    source: statedInIntake,
    because: ({ intake }) => (intake.medical.cognitiveImpairment ? "The medical history records a cognitive impairment." : null),
  },
  {
    state: "cognitive-impairment",
    source: codedDiagnosis,
    because: (record) => coded(record, /^(F0[1-4]|F06\.7|F7\d|G30|G31\.(0|83|84))/),
  },
  {
    state: "ongoing-violence",
    source: statedInIntake,
    because: ({ intake }) => (intake.risk.ongoingViolence ? "The risk assessment records ongoing violence or threat." : null),
  },
  {
    state: "pregnancy",
    source: statedInIntake,
    because: ({ intake }) => (intake.medical.pregnancy ? "The medical history records a pregnancy." : null),
  },
  {
    state: "cardiac-or-seizure-condition",
    source: statedInIntake,
    because: ({ intake }) =>
      intake.medical.cardiacOrSeizureCondition ? "The medical history records a heart or seizure condition." : null,
  },
  {
    state: "loss-within-six-months",
    source: "The onset that the clinician wrote for bereavement (Z63.4) or prolonged grief (F43.81), where it names a month",
    because: (record, today) => {
      for (const { code, description, onset, clinicalStatus } of activeDiagnoses(record.diagnoses)) {
        const since = /^(Z63\.4|F43\.81)/.test(code) && clinicalStatus === "active" ? latestDayOfOnset(onset) : null;
        if (since !== null && daysBetween(since, today) <= recentLossDays)
          return `${code}, ${description}, is recorded since ${onset}, less than about six months ago.`;
      }
      return null;
    },
  },
  {
    state: "minor",
    source: "Age of majority in nearly all US states",
    because: ({ client }, today) => age(client.birthDate, today, (years) => years < 18),
  },
  {
    state: "older-adult",
    source: "The age from which the library's older-adult cautions count",
    because: ({ client }, today) => age(client.birthDate, today, (years) => years >= 65),
  },
];

/**
 * The states of the client that may make an intervention unwise, each once, with every reason found for it. An acute risk of suicide is
 * also a raised one, so that a caution for the lesser state holds too.
 */
export function clientStates(record: ClientRecord, today: IsoDate): ClientStateFound[] {
  const reasons = new Map<ClientState, string[]>();
  for (const rule of clientStateRules) {
    const because = rule.because(record, today);
    if (because !== null) reasons.set(rule.state, [...(reasons.get(rule.state) ?? []), because]);
  }
  const acute = reasons.get("acute-suicide-risk");
  const found = [...reasons].map(([state, list]) => ({ state, because: list.join(" ") }));
  if (acute === undefined || reasons.has("elevated-suicide-risk")) return found;
  return found.flatMap((entry) =>
    entry.state === "acute-suicide-risk" ? [entry, { state: "elevated-suicide-risk" as const, because: entry.because }] : [entry],
  );
}

function on(date: IsoDate | null): string {
  return date === null ? "" : ` on ${formatDate(date)}`;
}

/** The newest completed administration of a measure within the last `days`; on one day the later entry counts. */
function newest(administrations: readonly Administration[], measure: string, today: IsoDate, days: number): Administration | null {
  let last: Administration | null = null;
  for (const administration of administrations) {
    if (administration.measure !== measure || administration.status !== "completed") continue;
    const age = daysBetween(administration.date, today);
    if (age < 0 || age > days) continue;
    if (last === null || administration.date >= last.date) last = administration;
  }
  return last;
}

/** The sum of the answers given. With answers missing the score is at least this, so a threshold that it reaches is reached. */
function sumOfAnswers(administration: Administration): number {
  return administration.answers.reduce<number>((sum, answer) => sum + (answer ?? 0), 0);
}

/** The first diagnosis in force whose code matches and is not said to be in remission. */
function coded(record: ClientRecord, pattern: RegExp): string | null {
  const diagnosis = activeDiagnoses(record.diagnoses).find((entry) => entry.clinicalStatus === "active" && pattern.test(entry.code));
  return diagnosis === undefined
    ? null
    : `Diagnosis ${diagnosis.code}, ${diagnosis.description}${diagnosis.verification === "provisional" ? " (provisional)" : ""}.`;
}

function age(birthDate: IsoDate, today: IsoDate, matches: (years: number) => boolean): string | null {
  const years = ageInYears(birthDate, today);
  return matches(years) ? `The client is ${years} years old.` : null;
}
