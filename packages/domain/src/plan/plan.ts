import { z } from "zod";
import { IsoDate, IsoInstant } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";
import { Diagnosis } from "../diagnosis/diagnosis.ts";
import { ApproachId } from "../library/approach.ts";
import { Population, Severity, Slug } from "../library/chapter.ts";

const Id = z.string().min(1).max(64);
const short = line(300).default("");
const note = longText(4000).default("");
const notes = z.array(line(500)).max(50).default([]);

/** Why something is in the plan: what in the record, the guidance or the client's wishes it came from. */
export const Because = z.strictObject({
  kind: z.enum(["diagnosis", "score", "answer", "preference", "history", "risk", "strength", "evidence", "practice", "clinician"]),
  text: line(500),
  /** The id of the evidence entry, measure or diagnosis it came from. */
  ref: line(80).optional(),
});
export type Because = z.infer<typeof Because>;

/** Where a statement's wording came from. `text` is the library's wording at that time, so that what was made individual can be told. */
export const Origin = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("library"), id: Slug, text: longText(1000) }),
  z.strictObject({ kind: z.literal("practice-library"), id: Id, text: longText(1000) }),
  z.strictObject({ kind: z.literal("own") }),
]);
export type Origin = z.infer<typeof Origin>;

const statement = {
  id: Id,
  /** The statement as it stands in the record. An objective's may hold blanks such as {baseline}; `objectiveText` fills them. */
  text: longText(1000),
  /** The same for the client in everyday words. */
  plain: longText(1000).default(""),
  /** This client's own detail: whose, where, how often, own words. What makes a library statement individual. */
  detail: longText(1000).default(""),
  /** The library's question that asks for the detail. */
  ask: line(200).default(""),
  origin: Origin,
  because: z.array(Because).max(20).default([]),
};

export const Statement = z.strictObject(statement);
export type Statement = z.infer<typeof Statement>;

/** FHIR Goal.lifecycleStatus. */
export const GoalLifecycleStatus = z.enum([
  "proposed",
  "planned",
  "accepted",
  "active",
  "on-hold",
  "completed",
  "cancelled",
  "entered-in-error",
  "rejected",
]);
/** FHIR Goal.achievementStatus. */
export const GoalAchievementStatus = z.enum([
  "in-progress",
  "improving",
  "worsening",
  "no-change",
  "achieved",
  "sustaining",
  "not-achieved",
  "no-progress",
  "not-attainable",
]);

export const PlanProblem = z.strictObject({
  id: Id,
  title: line(200).min(1, "Name the problem."),
  chapter: Slug.nullable().default(null),
  /** Ids of the plan's diagnoses that it rests on. */
  diagnosisIds: z.array(Id).max(20).default([]),
  /** Where no diagnosis fits, the reason why it is treated all the same. */
  noDiagnosisReason: note,
  severity: Severity.nullable().default(null),
  /** What the problem keeps the client from doing (functional impairment). */
  impairment: longText(4000).default(""),
  definitions: z.array(Statement).max(40).default([]),
  because: z.array(Because).max(20).default([]),
  status: z.enum(["active", "on-hold", "deferred", "resolved"]).default("active"),
  statusReason: note,
});
export type PlanProblem = z.infer<typeof PlanProblem>;

export const Goal = z.strictObject({
  ...statement,
  problemIds: z.array(Id).min(1, "Say which problem this goal belongs to.").max(20),
  /** The client's own words for what should be different. */
  clientWords: longText(1000).default(""),
  term: z.enum(["short", "long"]).default("long"),
  safety: z.boolean().default(false),
  lifecycleStatus: GoalLifecycleStatus.default("proposed"),
  achievementStatus: GoalAchievementStatus.nullable().default(null),
});
export type Goal = z.infer<typeof Goal>;

const metricNumber = z.number().min(-1000).max(100_000);

/**
 * What an objective is measured by (FHIR Goal.target.measure). A baseline or target not known yet is `null` and asked for, never made up.
 * `measure`: `measure` names an instrument; with `item` one question of it. `milestone`: 0 not done, 1 done.
 */
export const Metric = z
  .strictObject({
    kind: z.enum(["measure", "count", "rating", "milestone"]),
    measure: Slug.optional(),
    /** The instrument's name as shown when the plan was written, e.g. "PHQ-9". */
    measureName: line(80).optional(),
    item: z.number().int().min(1).optional(),
    /** Unit of a count, e.g. "days a week"; what 0 and 10 mean for a rating; what counts as done for a milestone. */
    unit: line(200).default(""),
    direction: z.enum(["decrease", "increase"]),
    /** Below 0 only for a measure of one's own whose scale goes there, as that of a goal-attainment scale does. */
    baseline: metricNumber.nullable(),
    baselineDate: IsoDate.nullable().default(null),
    target: metricNumber.nullable(),
    max: metricNumber.optional(),
  })
  .superRefine((metric, context) => {
    // What is counted or rated has bounds of its own; a measure's are those of its scale.
    if (metric.kind === "measure") return;
    for (const field of ["baseline", "target", "max"] as const) {
      const number = metric[field] ?? 0;
      const common = { origin: "number" as const, inclusive: true, path: [field] };
      if (number < 0) context.addIssue({ ...common, code: "too_small", minimum: 0, input: number });
      else if (number > 1000) context.addIssue({ ...common, code: "too_big", maximum: 1000, input: number });
    }
  });
export type Metric = z.infer<typeof Metric>;

export const Objective = z.strictObject({
  ...statement,
  goalId: Id,
  metric: Metric.nullable(),
  /** Values of the template's own blanks; a text blank not filled yet is "". */
  parameters: z.record(z.string().max(40), z.union([longText(300), z.number()])).default({}),
  targetDate: IsoDate.nullable(),
  stage: z.enum(["early", "middle", "late"]).default("early"),
  safety: z.boolean().default(false),
  lifecycleStatus: GoalLifecycleStatus.default("proposed"),
  achievementStatus: GoalAchievementStatus.nullable().default(null),
});
export type Objective = z.infer<typeof Objective>;

export const Frequency = z.strictObject({ times: z.number().min(0.25).max(40), per: z.enum(["day", "week", "month"]) });
export type Frequency = z.infer<typeof Frequency>;

export const Responsible = z.strictObject({ name: line(200).default(""), role: line(120).default("") });

/** What the clinician (or somebody else named) does (FHIR CarePlan.activity). Type, amount, frequency and duration are what payers ask for. */
export const Intervention = z.strictObject({
  ...statement,
  objectiveIds: z.array(Id).max(60).default([]),
  approach: ApproachId,
  technique: line(80).default(""),
  format: z.enum(["individual", "couple", "family", "group", "coordination"]).default("individual"),
  minutes: z.number().int().min(5).max(480).nullable(),
  frequency: Frequency.nullable(),
  /** How long it is planned to go on, in weeks. */
  weeks: z.number().int().min(1).max(104).nullable(),
  responsible: Responsible.prefault({}),
  stage: z.enum(["early", "middle", "late", "throughout"]).default("throughout"),
  evidence: z.array(Slug).max(20).default([]),
  basis: z.enum(["evidence", "practice-based"]).default("practice-based"),
  /** How it is to be changed for this client, from a caution that calls for adapting it. */
  adaptations: z.array(line(500)).max(10).default([]),
  homework: z.array(Slug).max(10).default([]),
});
export type Intervention = z.infer<typeof Intervention>;

export const settings = [
  "office_outpatient",
  "hospital_outpatient",
  "cmhc",
  "php",
  "iop",
  "inpatient_psych",
  "psych_u21",
  "ccbhc",
  "hcbs_1915i",
  "sud_program",
  "otp",
] as const;

/** Where the plan applies and who will judge it; decides which rules are in force. */
export const Profile = z.strictObject({
  setting: z.enum(settings).default("office_outpatient"),
  payers: z
    .array(
      z.strictObject({
        type: z.enum(["medicare", "medicaid", "commercial", "self-pay"]),
        name: line(120).default(""),
        state: line(2).default(""),
      }),
    )
    .max(6)
    .default([]),
  accreditors: z
    .array(z.enum(["tjc", "carf", "coa", "ncqa"]))
    .max(4)
    .default([]),
  part2: z.boolean().default(false),
});
export type Profile = z.infer<typeof Profile>;

/** A score that the plan rests on, copied in so that a signed plan stays readable by itself. */
export const PlanAssessment = z.strictObject({
  administrationId: Id,
  measure: Slug,
  measureName: line(80),
  date: IsoDate,
  score: z.number().nullable(),
  outOf: z.number(),
  band: short,
  /** Item answers that call for a look at once and have not been followed up by a risk assessment since. */
  openFlags: z.array(line(300)).max(20).default([]),
});
export type PlanAssessment = z.infer<typeof PlanAssessment>;

export const PlanRisk = z.strictObject({
  level: z.enum(["low", "moderate", "high", "imminent"]).nullable().default(null),
  assessedOn: IsoDate.nullable().default(null),
  summary: note,
  specialStatus: notes,
});

export type PlanRisk = z.infer<typeof PlanRisk>;

export const CrisisPlan = z.strictObject({
  state: z.enum(["none", "present", "declined", "not-needed"]).default("none"),
  reason: note,
  text: longText(8000).default(""),
});

/** Session plan: how often, how long, and about how many. */
export const SessionPlan = z.strictObject({
  frequency: Frequency.nullable(),
  minutes: z.number().int().min(15).max(480).nullable(),
  weeks: z.number().int().min(1).max(104).nullable(),
  expectedSessions: z.tuple([z.number().int().min(1), z.number().int().max(300)]).nullable(),
  modality: z.enum(["in-person", "video", "phone", "mixed"]).default("in-person"),
  because: z.array(Because).max(20).default([]),
});

/**
 * When a measure is given. `weeks`: every so many weeks, as all plans said before the others could be chosen. `review`: before the plan is looked at
 * again. `discharge`: when therapy ends.
 */
export const ScheduleTime = z.enum(["every-session", "weeks", "review", "discharge"]);
export type ScheduleTime = z.infer<typeof ScheduleTime>;

export const MeasureSchedule = z.strictObject({
  id: Id,
  measure: Slug,
  measureName: line(80),
  when: ScheduleTime.default("weeks"),
  /** Counts only where `when` is `weeks`; kept for all, so that choosing weeks again brings it back. */
  everyWeeks: z.number().int().min(1).max(52),
  because: z.array(Because).max(20).default([]),
});
export type MeasureSchedule = z.infer<typeof MeasureSchedule>;

export const Participation = z.strictObject({
  /** How the client took part in making the plan. */
  client: longText(2000).default(""),
  representative: longText(2000).default(""),
  reasonIfNone: longText(2000).default(""),
});

/** Agreement is a state of its own with honest answers. */
export const Agreement = z.strictObject({
  state: z.enum(["not-asked", "agreed", "agreed-in-part", "did-not-agree", "could-not-answer"]).default("not-asked"),
  detail: longText(2000).default(""),
});

/** Who the plan is about and who wrote it, as they stood when it was written; the identification on every page. */
export const Subject = z.strictObject({
  name: line(220),
  calledName: line(120),
  pronouns: line(60).default(""),
  birthDate: IsoDate,
  recordNumber: line(40).default(""),
  guardianName: line(200).default(""),
  /** The guardian decides after the eighteenth birthday too. */
  guardianOfAdult: z.boolean().default(false),
  payer: line(200).default(""),
});
export const Author = z.strictObject({
  practiceName: line(200),
  practiceAddress: longText(500).default(""),
  clinicianId: Id,
  clinicianName: line(200),
  credentials: line(120).default(""),
  npi: line(20).default(""),
});

const AsamDimension = z.strictObject({ severity: z.number().int().min(0).max(4).nullable().default(null), note });
const AsamDimensions = z.strictObject({
  d1: AsamDimension.prefault({}),
  d2: AsamDimension.prefault({}),
  d3: AsamDimension.prefault({}),
  d4: AsamDimension.prefault({}),
  d5: AsamDimension.prefault({}),
  d6: AsamDimension.prefault({}),
});

/**
 * A treatment plan (FHIR CarePlan): one immutable, JSON-serialisable value. Edits are functions from plan to plan (`edit-plan.ts`);
 * the database keeps revisions of it. Has room for what every setting, payer and accreditor asks for, so that none needs a second schema.
 */
export const Plan = z.strictObject({
  schemaVersion: z.literal(1),
  id: Id,
  clientId: Id,
  /** 1 for the first plan, one more for each signed change. */
  revision: z.number().int().min(1),
  /** FHIR CarePlan.status. */
  status: z.enum(["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"]),
  population: Population.default("adult"),
  subject: Subject,
  author: Author,
  profile: Profile.prefault({}),
  admittedOn: IsoDate.nullable().default(null),
  establishedOn: IsoDate,
  effectiveUntil: IsoDate.nullable().default(null),
  reviewDue: IsoDate.nullable(),
  reviewBecause: z.array(Because).max(5).default([]),

  diagnoses: z.array(Diagnosis).max(30).default([]),
  functionalLevel: longText(8000).default(""),
  /** Why this treatment, at this intensity, is needed now. */
  medicalNecessity: longText(8000).default(""),
  /** Payers accept treatment that improves, and treatment that prevents relapse or hospitalization, if the plan says which. */
  purpose: z.enum(["improvement", "maintenance"]).default("improvement"),
  purposeDetail: note,
  strengths: notes,
  needs: notes,
  preferences: notes,
  barriers: notes,
  supports: notes,
  disabilities: notes,
  culture: longText(4000).default(""),
  assessments: z.array(PlanAssessment).max(60).default([]),
  risk: PlanRisk.prefault({}),
  crisisPlan: CrisisPlan.prefault({}),

  problems: z.array(PlanProblem).max(30).default([]),
  goals: z.array(Goal).max(60).default([]),
  objectives: z.array(Objective).max(150).default([]),
  interventions: z.array(Intervention).max(200).default([]),
  sessionPlan: SessionPlan,
  measureSchedule: z.array(MeasureSchedule).max(30).default([]),
  expectedOutcomes: z.array(Statement).max(40).default([]),
  dischargeCriteria: z.array(Statement).max(40).default([]),
  transitionPlan: note,
  responsibilities: z
    .array(
      z.strictObject({
        id: Id,
        who: z.enum(["client", "clinician", "guardian", "other"]),
        name: short,
        what: line(500),
        plain: line(500).default(""),
      }),
    )
    .max(40)
    .default([]),

  medications: z
    .array(
      z.strictObject({
        id: Id,
        name: line(200),
        dose: line(120).default(""),
        purpose: line(200).default(""),
        prescriber: line(200).default(""),
      }),
    )
    .max(60)
    .default([]),
  allergies: note,
  referrals: z
    .array(
      z.strictObject({
        id: Id,
        to: line(200),
        why: line(500).default(""),
        status: z.enum(["planned", "made", "declined", "completed"]).default("planned"),
      }),
    )
    .max(30)
    .default([]),
  coordination: z
    .array(
      z.strictObject({
        id: Id,
        withWhom: line(200),
        what: line(500).default(""),
        consent: z.enum(["given", "declined", "not-asked"]).default("not-asked"),
      }),
    )
    .max(30)
    .default([]),
  familyInvolvement: note,

  participation: Participation.prefault({}),
  agreement: Agreement.prefault({}),
  /** What the client was offered and did not want, and why. */
  declined: z
    .array(z.strictObject({ id: Id, what: line(500), reason: line(1000).default("") }))
    .max(40)
    .default([]),
  copyGiven: z
    .strictObject({ state: z.enum(["not-yet", "given", "declined"]).default("not-yet"), on: IsoDate.nullable().default(null) })
    .prefault({}),
  language: line(35).default("en"),

  legalStatus: short,
  expectedLengthOfStay: short,
  supervision: note,
  settingModifications: z
    .array(z.strictObject({ id: Id, what: line(500), justification: line(1000).default("") }))
    .max(20)
    .default([]),
  naturalSupports: notes,
  backUpPlan: note,
  monitoredBy: short,
  asam: z
    .strictObject({ edition: z.enum(["3", "4"]), dimensions: AsamDimensions, level: line(20).default("") })
    .nullable()
    .default(null),
  certifications: z
    .array(
      z.strictObject({
        id: Id,
        kind: z.enum(["initial", "recertification"]),
        dueOn: IsoDate.nullable().default(null),
        at: IsoInstant.nullable().default(null),
        by: line(200).default(""),
        statements: z.array(longText(2000)).max(20).default([]),
      }),
    )
    .max(60)
    .default([]),
  reviews: z
    .array(
      z.strictObject({
        id: Id,
        on: IsoDate,
        participants: notes,
        byGoal: z
          .array(z.strictObject({ goalId: Id, progress: longText(2000).default(""), decision: line(200).default("") }))
          .max(60)
          .default([]),
        scores: z.array(Id).max(60).default([]),
        decision: note,
        rationale: note,
      }),
    )
    .max(200)
    .default([]),
  /** Why this revision differs from the one before. */
  changeReason: note,
  /** Why one item of it does: for the difference between revisions, in words that the client understands too. `id` is that of the problem, goal, objective, intervention … */
  changeReasons: z
    .array(z.strictObject({ id: Id, reason: longText(1000) }))
    .max(300)
    .default([]),
});
export type Plan = z.infer<typeof Plan>;

/** The objectives under one goal, in plan order. */
export function objectivesOf(plan: Plan, goalId: string): Objective[] {
  return plan.objectives.filter((objective) => objective.goalId === goalId);
}

/** The interventions that serve one objective, in plan order. */
export function interventionsOf(plan: Plan, objectiveId: string): Intervention[] {
  return plan.interventions.filter((intervention) => intervention.objectiveIds.includes(objectiveId));
}

/** The goals under one problem, in plan order. */
export function goalsOf(plan: Plan, problemId: string): Goal[] {
  return plan.goals.filter((goal) => goal.problemIds.includes(problemId));
}
