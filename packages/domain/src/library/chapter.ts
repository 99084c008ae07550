import { z } from "zod";
import { ApproachId } from "./approach.ts";
import { ClientState } from "./client-state.ts";

/** Lower-case words joined by hyphens; stable for ever once released, because plans refer to it. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens.")
  .max(80);

const Sentence = z.string().trim().min(12).max(420);
/** A sentence for the client: everyday words, "you" and "your therapist"; the linter holds it to grade 8 or below. */
const PlainSentence = z.string().trim().min(8).max(420);
/** The question that brings this client's own detail into a library statement (whose, where, how often, own words). */
const Ask = z.string().trim().min(8).max(200).endsWith("?");

export const Population = z.enum(["adult", "older-adult", "adolescent", "child", "couple", "family", "group", "crisis"]);
export type Population = z.infer<typeof Population>;

/** A danger that a plan has to answer, whatever the diagnosis. */
export const Danger = z.enum(["suicide", "withdrawal-risk", "risk-to-others", "ongoing-violence", "risky-acts"]);
export type Danger = z.infer<typeof Danger>;

export const Severity = z.enum(["mild", "moderate", "severe"]);
export type Severity = z.infer<typeof Severity>;

/** The area of life in which a behavioral definition shows, for choosing a balanced set and writing functional impairment. */
export const LifeArea = z.enum(["mood", "thinking", "body", "behavior", "relationships", "work-or-school", "self-care", "safety"]);
export type LifeArea = z.infer<typeof LifeArea>;

/** A code of ICD-10-CM, or its beginning. */
export const IcdPrefix = z
  .string()
  .regex(/^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/, "Write one code, or its beginning, without spaces: F33, F33.1.");

/** A sign in the record that a statement applies: an item answer, a whole score, or a diagnosis (ICD-10-CM prefix). */
export const Signal = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("item"), measure: Slug, item: z.number().int().min(1), atLeast: z.number().min(0) }),
  z.strictObject({ kind: z.literal("score"), measure: Slug, atLeast: z.number().min(0) }),
  z.strictObject({ kind: z.literal("diagnosis"), code: IcdPrefix }),
  z.strictObject({ kind: z.literal("state"), state: ClientState }),
]);
export type Signal = z.infer<typeof Signal>;

export const BehavioralDefinition = z.strictObject({
  id: Slug,
  text: Sentence,
  plain: PlainSentence,
  area: LifeArea,
  ask: Ask,
  /** Any one that holds is a reason to propose this definition. */
  signals: z.array(Signal).default([]),
});
export type BehavioralDefinition = z.infer<typeof BehavioralDefinition>;

export const LibraryGoal = z.strictObject({
  id: Slug,
  text: Sentence,
  plain: PlainSentence,
  ask: Ask,
  /** The behavioral definitions that this goal answers. */
  definitions: z.array(Slug).min(1),
  /** Safety goals come first in every plan. */
  safety: z.boolean().default(false),
  /** Whose goal it is where it is not one person's: what a couple, a family or a group wants together. */
  sharedBy: z.enum(["couple", "family", "group"]).optional(),
});
export type LibraryGoal = z.infer<typeof LibraryGoal>;

/**
 * How an objective is measured. `measure`: a score of an instrument in library/measures (whole, one subscale or one item).
 * `count`: something the client counts in a stated unit. `rating`: a 0 to 10 rating of one's own. `milestone`: done or not done (0 or 1).
 */
export const LibraryMetric = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("measure"),
    measure: Slug,
    item: z.number().int().min(1).optional(),
    direction: z.enum(["decrease", "increase"]),
    /** What sizes the target: below the cutoff, a reliable change, half the baseline, the remission threshold, or (items) a fixed value. */
    target: z.union([z.enum(["cutoff", "reliable-change", "response", "remission"]), z.number().min(0)]),
  }),
  z.strictObject({
    kind: z.literal("count"),
    unit: z.string().trim().min(3).max(80),
    direction: z.enum(["decrease", "increase"]),
    /** A sensible target to start from; the baseline is always asked of the client, never invented. */
    target: z.number().min(0).max(1000),
    /** Largest value that makes sense, e.g. 7 for days a week. */
    max: z.number().min(1).max(1000),
  }),
  z.strictObject({
    kind: z.literal("rating"),
    /** What 0 and 10 mean, as the client is told. */
    zero: z.string().trim().min(3).max(80),
    ten: z.string().trim().min(3).max(80),
    direction: z.enum(["decrease", "increase"]),
    target: z.number().int().min(0).max(10),
  }),
  z.strictObject({ kind: z.literal("milestone"), evidenceOfDone: z.string().trim().min(5).max(160) }),
]);
export type LibraryMetric = z.infer<typeof LibraryMetric>;

/** A blank in a template beyond {date}, {baseline}, {target} and {measure}, which the metric fills. */
export const TemplateParameter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), label: z.string().trim().min(3).max(80), example: z.string().trim().min(2).max(120) }),
  z.strictObject({
    kind: z.literal("number"),
    label: z.string().trim().min(3).max(80),
    default: z.number(),
    min: z.number(),
    max: z.number(),
  }),
  z.strictObject({
    kind: z.literal("choice"),
    label: z.string().trim().min(3).max(80),
    options: z.array(z.string().trim().min(2).max(80)).min(2),
    default: z.string(),
  }),
]);
export type TemplateParameter = z.infer<typeof TemplateParameter>;

export const LibraryObjective = z.strictObject({
  id: Slug,
  /** The goals it serves. */
  goals: z.array(Slug).min(1),
  /** e.g. "Lower {measure} from {baseline} to {target} or below by {date}." Every blank is a metric blank or a declared parameter. */
  text: Sentence,
  plain: PlainSentence,
  metric: LibraryMetric,
  parameters: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/), TemplateParameter).default({}),
  ask: Ask,
  /** When in the course it is worked on. */
  stage: z.enum(["early", "middle", "late"]),
  /** Weeks from the start of the plan to the target date. */
  weeks: z.number().int().min(1).max(52),
  safety: z.boolean().default(false),
  /** Puts what the client might use to die or to harm out of reach: the step that a plan takes where risk is raised and means are named. */
  meansSafety: z.boolean().default(false),
  signals: z.array(Signal).default([]),
  /** States of the client in which work toward it waits, because every direct way to it would be held back. */
  waitsWhile: z.array(ClientState).default([]),
});
export type LibraryObjective = z.infer<typeof LibraryObjective>;

export const Caution = z.strictObject({
  when: ClientState,
  /** hold: do not propose while the state lasts. adapt: propose with this change. */
  action: z.enum(["hold", "adapt"]),
  because: z.string().trim().min(20).max(300),
  evidence: z.array(Slug).default([]),
});
export type Caution = z.infer<typeof Caution>;

/**
 * Interventions of one `family` are rival ways to the same end (opening a trauma memory), of which a plan takes one `method` at a time.
 * A step that more than one method has names each of them.
 */
export const Rival = z.strictObject({ family: Slug, methods: z.array(Slug).min(1) });
export type Rival = z.infer<typeof Rival>;

export const LibraryIntervention = z.strictObject({
  id: Slug,
  objectives: z.array(Slug).min(1),
  /** What the clinician does, starting with a verb in the third person: "Teaches …", "Guides …", "Reviews …". */
  text: Sentence,
  plain: PlainSentence,
  approach: ApproachId,
  /** The method by its usual name, e.g. "activity scheduling". The same technique in two chapters is the same words, so that a plan holds it once. */
  technique: z.string().trim().min(3).max(60),
  /** Where other methods to the same end would be begun beside it in vain. */
  rival: Rival.optional(),
  format: z.enum(["individual", "couple", "family", "group", "coordination"]).default("individual"),
  stage: z.enum(["early", "middle", "late", "throughout"]),
  /** Sources in library/evidence that show that this, for this problem, works. Empty only when `basis` is "practice-based". */
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
  cautions: z.array(Caution).default([]),
  homework: z.array(Slug).default([]),
  ask: Ask.optional(),
});
export type LibraryIntervention = z.infer<typeof LibraryIntervention>;

/** How much treatment is usual at a given severity. */
export const Course = z.strictObject({
  severity: Severity,
  /** Score range of the chapter's primary measure that counts as this severity, both ends included. */
  score: z.tuple([z.number().min(0), z.number().min(0)]).optional(),
  sessions: z.tuple([z.number().int().min(1), z.number().int().max(120)]),
  perWeek: z.number().min(0.25).max(5),
  minutes: z.number().int().min(15).max(180),
  weeks: z.number().int().min(2).max(104),
  because: z.string().trim().min(10).max(300),
  evidence: z.array(Slug).default([]),
});
export type Course = z.infer<typeof Course>;

/** A sign of danger, or of something that this treatment is not made for, and what is done then: whom to call, where to refer. */
export const ChapterRisk = z.strictObject({
  sign: z.string().trim().min(12).max(240),
  act: Sentence,
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type ChapterRisk = z.infer<typeof ChapterRisk>;

/** Something that is not done in this problem, or not with these clients: why, and what is done instead. */
export const Contraindication = z.strictObject({
  what: z.string().trim().min(12).max(240),
  because: Sentence,
  instead: Sentence,
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type Contraindication = z.infer<typeof Contraindication>;

/** What in this problem keeps clients from coming, trying or staying, and what a clinician can do about it. */
export const ChapterBarrier = z.strictObject({
  barrier: z.string().trim().min(12).max(240),
  response: z.array(Sentence).min(1).max(4),
  evidence: z.array(Slug).default([]),
  basis: z.enum(["evidence", "practice-based"]),
});
export type ChapterBarrier = z.infer<typeof ChapterBarrier>;

/** How people around the client take part in the treatment of this problem. */
export const Involvement = z.strictObject({
  who: z.enum(["partner", "family", "caregivers", "school", "care-staff", "community"]),
  how: Sentence,
});
export type Involvement = z.infer<typeof Involvement>;

/** One part of a session that goes the same way every week, as groups and families have them. */
export const SessionPart = z.strictObject({
  part: z.string().trim().min(3).max(60),
  minutes: z.number().int().min(1).max(120),
  what: Sentence,
});
export type SessionPart = z.infer<typeof SessionPart>;

/** Said instead of the others where no disorder but only a circumstance (an ICD-10-CM Z code) is coded, and so nothing is treated that could respond. */
const forCircumstance = z.boolean().default(false);

/** About a danger, and said only where the record holds one: nobody who never thought of death is told of it as a condition for ending therapy. */
const forDanger = z.boolean().default(false);

/** One presenting problem. How much of everything a complete one holds, `lintLibrary` sees to. */
export const Chapter = z.strictObject({
  id: Slug,
  /** The beginning of the ids of all its statements ("dep" in "dep-goal-sleep"), so that an id tells its chapter. */
  prefix: z.string().regex(/^[a-z]{1,6}$/, "One to six lower-case letters."),
  title: z.string().trim().min(3).max(80),
  population: Population,
  /** Whole years of age it is written for, both included, where the population does not say. */
  ages: z.strictObject({ from: z.number().int().min(0).max(120), to: z.number().int().min(0).max(120) }).optional(),
  /** One of the problems that are met most: it holds more, and has a worked case. */
  common: z.boolean().default(false),
  summary: Sentence,
  /** Words and abbreviations a clinician may type to find it. */
  synonyms: z.array(z.string().trim().min(2).max(60)).min(3),
  /** ICD-10-CM codes or prefixes ("F33" stands for every F33.x) that lead to this chapter. */
  diagnoses: z.array(IcdPrefix).min(1),
  /** Codes that it is also used with, which lead to another chapter of this population or to none by themselves. It is found by them. */
  relatedCodes: z.array(IcdPrefix).default([]),
  /** First the primary measure. */
  measures: z
    .array(
      z.strictObject({
        id: Slug,
        everyWeeks: z.number().int().min(1).max(52),
        /** Given at every session instead. */
        everySession: z.boolean().optional(),
        because: z.string().trim().min(10).max(200),
      }),
    )
    .min(1),
  /** Instruments worth giving that a practice has to bring itself, because their wording is not here or has conditions. */
  furtherMeasures: z.array(z.strictObject({ id: Slug, because: z.string().trim().min(10).max(200) })).default([]),
  courses: z.array(Course).min(1).max(3),
  definitions: z.array(BehavioralDefinition),
  goals: z.array(LibraryGoal),
  objectives: z.array(LibraryObjective),
  interventions: z.array(LibraryIntervention),
  expectedOutcomes: z.array(
    z.strictObject({
      id: Slug,
      text: Sentence,
      plain: PlainSentence,
      forCircumstance,
      forDanger,
      evidence: z.array(Slug).default([]),
      basis: z.enum(["evidence", "practice-based"]),
    }),
  ),
  /** What both look at to decide that therapy can end. {cutoff} and {measure} are filled from the primary measure. */
  dischargeCriteria: z.array(z.strictObject({ id: Slug, text: Sentence, plain: PlainSentence, forCircumstance, forDanger })),
  /** Dangers for which its safety goal is the one to take where none of a client's own problems has an answer: it is written for anybody in that danger. */
  safetyFor: z.array(Danger).default([]),
  /** What to watch for, and when somebody else is needed. */
  risks: z.array(ChapterRisk).default([]),
  contraindications: z.array(Contraindication).default([]),
  barriers: z.array(ChapterBarrier).default([]),
  involvement: z.array(Involvement).default([]),
  sessionStructure: z.array(SessionPart).default([]),
  /** How this problem and another change each other's treatment, by the other chapter's id. */
  cooccurring: z
    .array(
      z.strictObject({
        chapter: Slug,
        advice: Sentence,
        sequence: z.enum(["before", "together", "after"]),
        evidence: z.array(Slug).default([]),
        basis: z.enum(["evidence", "practice-based"]),
      }),
    )
    .default([]),
});
export type Chapter = z.infer<typeof Chapter>;
