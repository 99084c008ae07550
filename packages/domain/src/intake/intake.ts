import { z } from "zod";
import { IsoDate } from "../calendar/date.ts";
import { line, longText } from "../client/client.ts";
import { ApproachId } from "../library/approach.ts";

const text = longText().default("");
const items = z.array(line(500)).max(50, "At most 50 entries fit here.").default([]);
const id = z.string().min(1).max(64);

/** What brings the client, in the client's own words, and what it does to daily life. */
export const PresentingProblems = z.strictObject({
  problems: z
    .array(
      z.strictObject({
        id,
        /** The client's own words. */
        words: longText(2000).default(""),
        since: line(120).default(""),
        /** What it keeps the client from doing, the base of functional impairment. */
        impact: longText(2000).default(""),
      }),
    )
    .max(20, "At most 20 presenting problems fit here.")
    .default([]),
  whyNow: text,
  /** What would be different if therapy helped, in the client's own words: the source of each goal's client words. */
  hopes: items,
});

/** How daily life goes in each area; the source of functional impairment and medical necessity. */
export const Functioning = z.strictObject({ work: text, relationships: text, selfCare: text, leisure: text });

export const History = z.strictObject({
  psychological: text,
  social: text,
  developmental: text,
  trauma: text,
  family: text,
  legal: text,
});

export const MedicalHistory = z.strictObject({
  conditions: text,
  medications: z
    .array(
      z.strictObject({
        id,
        name: line(200).default(""),
        dose: line(120).default(""),
        purpose: line(200).default(""),
        prescriber: line(200).default(""),
      }),
    )
    .max(60, "At most 60 medications fit here.")
    .default([]),
  allergies: text,
  pregnancy: z.boolean().default(false),
  cardiacOrSeizureCondition: z.boolean().default(false),
  cognitiveImpairment: z.boolean().default(false),
});

export const SubstanceUse = z.strictObject({
  description: text,
  /** Using alcohol or drugs now in a way that matters for treatment. */
  activeUse: z.boolean().default(false),
  comesIntoxicated: z.boolean().default(false),
  /** Past seizures or delirium on stopping, heavy daily drinking, or benzodiazepine dependence: withdrawal needs medical advice. */
  withdrawalRisk: z.boolean().default(false),
});

export const PriorTreatment = z.strictObject({
  treatments: z
    .array(
      z.strictObject({
        id,
        approach: ApproachId.nullable().default(null),
        description: longText(2000).default(""),
        when: line(120).default(""),
        outcome: z.enum(["helped", "helped-partly", "did-not-help", "made-worse", "unknown"]).default("unknown"),
        whatHelped: longText(2000).default(""),
      }),
    )
    .max(30, "At most 30 treatments fit here.")
    .default([]),
});

export const Strengths = z.strictObject({ strengths: items, coping: items, supports: items, barriers: items, needs: items });

export const Preferences = z.strictObject({
  wanted: z.array(ApproachId).max(20).default([]),
  declined: z
    .array(z.strictObject({ approach: ApproachId, reason: longText(1000).default("") }))
    .max(20)
    .default([]),
  values: text,
  /** Times, place, language, format, homework, who should know. */
  practical: text,
  involveFamily: z.enum(["yes", "no", "later", "not-asked"]).default("not-asked"),
});

/** Culture and identity as the client puts them, and what therapy should take from that. */
export const Culture = z.strictObject({ identity: text, faithAndMeaning: text, language: text, wishesForTherapy: text });

export const MentalStatus = z.strictObject({
  appearance: line(500).default(""),
  behavior: line(500).default(""),
  speech: line(500).default(""),
  mood: line(500).default(""),
  affect: line(500).default(""),
  thoughtProcess: line(500).default(""),
  thoughtContent: line(500).default(""),
  perception: line(500).default(""),
  cognition: line(500).default(""),
  insight: line(500).default(""),
  judgment: line(500).default(""),
  currentPsychosis: z.boolean().default(false),
  currentMania: z.boolean().default(false),
  markedDissociation: z.boolean().default(false),
});

/**
 * Risk as asked and heard. `level` is the clinician's own judgement; no score sets it. `null` means "not assessed yet",
 * which is never the same as "low".
 */
export const Risk = z.strictObject({
  assessedOn: IsoDate.nullable().default(null),
  level: z.enum(["low", "moderate", "high", "imminent"]).nullable().default(null),
  ideation: z.enum(["not-asked", "none", "passive", "active"]).default("not-asked"),
  intent: z.enum(["not-asked", "none", "unclear", "present"]).default("not-asked"),
  plan: z.enum(["not-asked", "none", "vague", "specific"]).default("not-asked"),
  means: longText(2000).default(""),
  pastAttempts: longText(4000).default(""),
  selfHarm: longText(4000).default(""),
  harmToOthers: z.enum(["not-asked", "none", "thoughts", "intent"]).default("not-asked"),
  harmToOthersDetail: longText(4000).default(""),
  /** The client lives with ongoing violence or threat. */
  ongoingViolence: z.boolean().default(false),
  protectiveFactors: items,
  formulation: text,
  safetyPlan: z.enum(["none", "made", "declined"]).default("none"),
  safetyPlanNote: longText(4000).default(""),
});

export const Observations = z.strictObject({ observations: text, collateral: text });
export const Formulation = z.strictObject({ formulation: text });

/**
 * The intake assessment. Each section is filled in any order and saved by itself; an empty object is a valid start.
 * A section's key is also its address in the API and on screen.
 */
export const intakeSections = {
  presentingProblems: PresentingProblems,
  functioning: Functioning,
  history: History,
  medical: MedicalHistory,
  substanceUse: SubstanceUse,
  priorTreatment: PriorTreatment,
  strengths: Strengths,
  preferences: Preferences,
  culture: Culture,
  mentalStatus: MentalStatus,
  risk: Risk,
  observations: Observations,
  formulation: Formulation,
} as const;

export type IntakeSection = keyof typeof intakeSections;
export const intakeSectionKeys = Object.keys(intakeSections) as IntakeSection[];

const empty = <S extends z.ZodType>(schema: S) => schema.prefault({} as never);

export const Intake = z.strictObject({
  presentingProblems: empty(PresentingProblems),
  functioning: empty(Functioning),
  history: empty(History),
  medical: empty(MedicalHistory),
  substanceUse: empty(SubstanceUse),
  priorTreatment: empty(PriorTreatment),
  strengths: empty(Strengths),
  preferences: empty(Preferences),
  culture: empty(Culture),
  mentalStatus: empty(MentalStatus),
  risk: empty(Risk),
  observations: empty(Observations),
  formulation: empty(Formulation),
});
export type Intake = z.infer<typeof Intake>;
