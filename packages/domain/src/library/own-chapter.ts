import { z } from "zod";
import { ApproachId } from "./approach.ts";
import { type Chapter, Danger, IcdPrefix, type LibraryIntervention, LifeArea, Population, Rival, Severity, Signal } from "./chapter.ts";
import { ClientState } from "./client-state.ts";
import { Evidence } from "./evidence.ts";

/** One line: whoever writes a file by hand may break a sentence over lines, and what a browser pastes may hold what no line has. */
const oneLine = (text: string): string => text.replaceAll(/[\s\u0000-\u001F\u007F]+/g, " ").trim();

const line = (max: number) =>
  z
    .string()
    .refine((text) => text.isWellFormed(), "This text holds half of an emoji, which cannot be kept. Remove it.")
    .overwrite(oneLine)
    .max(max, `At most ${max} characters fit here. Shorten the text.`);
/** A number, asked for where there is none. One that is too small or too large is told its bound. */
const asked = (ask: string) => z.number({ error: ({ code }) => (code === "invalid_type" ? ask : undefined) });
const filled = (max: number, ask: string) => line(max).min(1, ask);

/** A statement for the record. Shorter and longer ones than the library's own are allowed: the practice answers for its words. */
const Text = filled(600, "Write the statement.");
/** The same for the client; may be left empty. */
const Plain = line(600).default("");
const Ask = line(200).default("");
/** An id as it was written: `ownIds` makes one of this chapter out of it. */
const WrittenId = line(80).default("");
const Ids = z.array(filled(80, "Name what is meant, or take this line out.")).max(60).default([]);
const Basis = z.enum(["evidence", "practice-based"]).default("practice-based");
const Because = line(300).default("");

/** Most that one part of a chapter holds; a shipped chapter has 45 interventions or a few more. */
const most = 200;
const part = <T extends z.ZodType>(item: T) => z.array(item).max(most, `At most ${most} fit here.`).default([]);

/** A source of the practice's own. One that nobody says they have read supports nothing: what names only such counts as practice-based. */
export const OwnSource = z.strictObject({
  id: WrittenId,
  kind: Evidence.shape.kind,
  authors: filled(300, "Say who wrote it."),
  year: asked("Enter the year.").int("Enter the year.").min(1800, "Enter a year from 1800 on.").max(2100, "Enter a year up to 2100."),
  title: filled(400, "Enter its title."),
  /** Journal with volume and pages, or publisher. */
  source: line(200).default(""),
  doi: z
    .string()
    .trim()
    .regex(/^10\.\d{4,9}\/\S+$/, "A DOI begins with 10, as in 10.1000/182. Leave out what stands before it.")
    .optional(),
  pmid: z
    .string()
    .trim()
    .regex(/^\d{1,8}$/, "A PubMed number has up to eight digits.")
    .optional(),
  url: z.url({ protocol: /^https?$/, error: "Write the whole address, with https:// before it." }).optional(),
  finding: line(500).default(""),
  /** Where and when it was read; missing where nobody has. */
  verified: z
    .strictObject({
      on: z.iso.date("Enter the day on which it was read."),
      where: filled(300, "Say where it was read."),
      read: z.enum(["full-text", "abstract", "official-page"]).default("full-text"),
    })
    .optional(),
});
export type OwnSource = z.infer<typeof OwnSource>;

const number = asked("Enter a number.");
const direction = z.enum(["decrease", "increase"]);
const whichKind = { error: "Choose one of the kinds: measure, count, rating or milestone." };

/** How an objective is measured: `LibraryMetric`, with words for whoever leaves something out. */
const OwnMetric = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("measure"),
      measure: filled(80, "Choose the questionnaire."),
      item: asked("Enter the number of the question.").int().min(1).optional(),
      direction,
      target: z.union([z.enum(["cutoff", "reliable-change", "response", "remission"]), number.min(0)], {
        error: ({ input }) =>
          typeof input === "number" ? "Enter a number." : "Write cutoff, reliable-change, response, remission or a number.",
      }),
    }),
    z.strictObject({
      kind: z.literal("count"),
      unit: filled(80, "Say what is counted."),
      direction,
      target: number.min(0).max(1000),
      max: number.min(1).max(1000),
    }),
    z.strictObject({
      kind: z.literal("rating"),
      zero: filled(80, "Say what 0 means."),
      ten: filled(80, "Say what 10 means."),
      direction,
      target: number.int("Enter a whole number.").min(0).max(10),
    }),
    z.strictObject({ kind: z.literal("milestone"), evidenceOfDone: filled(160, "Say how one knows that it is done.") }),
  ],
  whichKind,
);

/** A blank of one's own: `TemplateParameter`, of which the example may be left out. */
const OwnParameter = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("text"), label: filled(80, "Say what is asked for the blank."), example: line(120).default("") }),
    z.strictObject({
      kind: z.literal("number"),
      label: filled(80, "Say what is asked for the blank."),
      default: number,
      min: number,
      max: number,
    }),
    z.strictObject({
      kind: z.literal("choice"),
      label: filled(80, "Say what is asked for the blank."),
      options: z.array(filled(80, "Write the choice, or take this line out.")).min(2, "Give two choices at least.").max(20),
      default: line(80),
    }),
  ],
  { error: "Choose one of the kinds: text, number or choice." },
);

const OwnCaution = z.strictObject({
  when: ClientState,
  action: z.enum(["hold", "adapt"]).default("adapt"),
  because: Because,
  evidence: Ids,
});

export const OwnDefinition = z.strictObject({
  id: WrittenId,
  text: Text,
  plain: Plain,
  area: LifeArea.default("behavior"),
  ask: Ask,
  signals: z.array(Signal).max(20).default([]),
});
export const OwnGoal = z.strictObject({
  id: WrittenId,
  text: Text,
  plain: Plain,
  ask: Ask,
  definitions: Ids,
  safety: z.boolean().default(false),
  sharedBy: z.enum(["couple", "family", "group"]).optional(),
});
export const OwnObjective = z.strictObject({
  id: WrittenId,
  goals: Ids,
  text: Text,
  plain: Plain,
  metric: OwnMetric,
  parameters: z
    .record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/, "A blank is named with letters and digits, the first one small."), OwnParameter)
    .default({}),
  ask: Ask,
  stage: z.enum(["early", "middle", "late"]).default("middle"),
  weeks: asked("Enter how many weeks it takes.").int("Enter whole weeks.").min(1).max(52).default(12),
  safety: z.boolean().default(false),
  meansSafety: z.boolean().default(false),
  signals: z.array(Signal).max(20).default([]),
  waitsWhile: z.array(ClientState).max(20).default([]),
});
export const OwnIntervention = z.strictObject({
  id: WrittenId,
  objectives: Ids,
  text: Text,
  plain: Plain,
  approach: ApproachId.default("integrative"),
  technique: line(60).default(""),
  rival: Rival.optional(),
  format: z.enum(["individual", "couple", "family", "group", "coordination"]).default("individual"),
  stage: z.enum(["early", "middle", "late", "throughout"]).default("throughout"),
  evidence: Ids,
  basis: Basis,
  cautions: z.array(OwnCaution).max(20).default([]),
  homework: Ids,
  ask: Ask,
});

const outcome = { forCircumstance: z.boolean().default(false), forDanger: z.boolean().default(false) };

/**
 * A chapter that a practice wrote, or made its own out of a shipped one: the shape of `Chapter` without minimum numbers, and with everything optional
 * that a small practice would not fill in. `toChapter` makes of it what drafting, search and the browser take.
 */
export const OwnChapter = z.strictObject({
  id: WrittenId,
  /** `z` and five more letters: no shipped chapter's prefix begins with z. */
  prefix: line(80).default(""),
  /** The shipped chapter that it was made out of. */
  basedOn: line(80).optional(),
  title: filled(80, "Give the chapter a title."),
  population: Population.default("adult"),
  ages: z
    .strictObject({ from: z.number().int().min(0).max(120), to: z.number().int().min(0).max(120) })
    .refine(({ from, to }) => from <= to, "The younger age comes first.")
    .optional(),
  summary: line(600).default(""),
  synonyms: z.array(filled(60, "Write the word, or take this line out.")).max(60).default([]),
  diagnoses: z.array(z.string().trim().toUpperCase().pipe(IcdPrefix)).max(100).default([]),
  relatedCodes: z.array(z.string().trim().toUpperCase().pipe(IcdPrefix)).max(100).default([]),
  measures: z
    .array(
      z.strictObject({
        id: filled(80, "Choose a measure."),
        everyWeeks: asked("Enter how many weeks lie between.").int("Enter whole weeks.").min(1).max(52).default(4),
        everySession: z.boolean().optional(),
        because: line(200).default(""),
      }),
    )
    .max(20)
    .default([]),
  furtherMeasures: z
    .array(z.strictObject({ id: filled(80, "Choose a measure."), because: line(200).default("") }))
    .max(20)
    .default([]),
  courses: z
    .array(
      z.strictObject({
        severity: Severity,
        score: z.tuple([z.number().min(0), z.number().min(0)]).optional(),
        sessions: z.tuple([z.number().int().min(1), z.number().int().max(120)]),
        perWeek: z.number().min(0.25).max(5).default(1),
        minutes: z.number().int().min(15).max(180).default(50),
        weeks: z.number().int().min(2).max(104),
        because: Because,
        evidence: Ids,
      }),
    )
    .max(3)
    .default([]),
  definitions: part(OwnDefinition),
  goals: part(OwnGoal),
  objectives: part(OwnObjective),
  interventions: part(OwnIntervention),
  expectedOutcomes: part(z.strictObject({ id: WrittenId, text: Text, plain: Plain, ...outcome, evidence: Ids, basis: Basis })),
  dischargeCriteria: part(z.strictObject({ id: WrittenId, text: Text, plain: Plain, ...outcome })),
  /** Dangers for which its safety goal is for anybody who is in them. */
  safetyFor: z.array(Danger).max(5).default([]),
  risks: part(z.strictObject({ sign: filled(300, "Say what to watch for."), act: line(600).default(""), evidence: Ids, basis: Basis })),
  contraindications: part(
    z.strictObject({
      what: filled(300, "Say what is not done."),
      because: line(600).default(""),
      instead: line(600).default(""),
      evidence: Ids,
      basis: Basis,
    }),
  ),
  barriers: part(
    z.strictObject({
      barrier: filled(300, "Say what keeps clients away."),
      response: z.array(filled(600, "Write what can be done, or take this line out.")).max(8).default([]),
      evidence: Ids,
      basis: Basis,
    }),
  ),
  involvement: z
    .array(
      z.strictObject({
        who: z.enum(["partner", "family", "caregivers", "school", "care-staff", "community"]),
        how: filled(600, "Say how they take part."),
      }),
    )
    .max(20)
    .default([]),
  sessionStructure: z
    .array(
      z.strictObject({
        part: filled(80, "Name this part of the session."),
        minutes: z.number().int().min(1).max(120),
        what: filled(600, "Say what is done."),
      }),
    )
    .max(30)
    .default([]),
  cooccurring: z
    .array(
      z.strictObject({
        chapter: filled(80, "Name the other chapter."),
        advice: filled(600, "Say how the two change each other's treatment."),
        sequence: z.enum(["before", "together", "after"]).default("together"),
        evidence: Ids,
        basis: Basis,
      }),
    )
    .max(60)
    .default([]),
  sources: part(OwnSource),
});
export type OwnChapter = z.infer<typeof OwnChapter>;

/** The parts of a chapter whose items can stand in a plan, and so have ids. */
export const ownStatementParts = [
  "definitions",
  "goals",
  "objectives",
  "interventions",
  "expectedOutcomes",
  "dischargeCriteria",
] as const satisfies readonly (keyof OwnChapter)[];

/** True for the id of a chapter that a practice wrote: shipped ones begin with their population. */
export function isOwnChapterId(id: string): boolean {
  return id.startsWith("own-");
}

/** True for a prefix that a practice's chapter may have. */
export function isOwnPrefix(prefix: string): boolean {
  return /^z[a-z]{5}$/.test(prefix);
}

/** True where a draft can be made of it: a goal, an objective that serves it, and an intervention that serves that one. One still being written leads nowhere. */
export function canBeDraftedFrom({ goals, objectives, interventions }: Pick<Chapter, "goals" | "objectives" | "interventions">): boolean {
  return objectives.some(
    (objective) =>
      goals.some(({ id }) => objective.goals.includes(id)) && interventions.some((one) => one.objectives.includes(objective.id)),
  );
}

/** The practice's sources that somebody says they have read, as evidence that a document cites. */
export function evidenceOfOwn({ sources }: Pick<OwnChapter, "sources">): Evidence[] {
  return sources.flatMap(({ verified, ...source }) => (verified === undefined ? [] : [{ ...source, verified }]));
}

/**
 * What is assumed where a chapter says nothing of how long treatment takes: a weekly hour for a quarter of a year, which is within what most guidelines
 * give for a common problem and is there to be changed in the plan. (Practice-based.)
 */
const usualCourse: Chapter["courses"][number] = {
  severity: "moderate",
  sessions: [8, 12],
  perWeek: 1,
  minutes: 50,
  weeks: 12,
  because: "The practice's chapter says nothing of how long treatment takes: a frame to be changed for this client.",
  evidence: [],
};

/** The question for this client's own detail where the chapter asks none of its own. */
const usualAsk = {
  definition: "How does this show in this client's life: where, how often, how strongly?",
  goal: "What would be different for this client, in their own words?",
  objective: "Where does this client stand now, and what would be a first step?",
} as const;

/**
 * The chapter as drafting, search and the browser take it, in the order in which it was written: position for position the same. Sources that nobody says
 * they have read support nothing; what names only such is practice-based.
 */
export function toChapter(own: OwnChapter): Chapter {
  const unread = new Set(own.sources.filter(({ verified }) => verified === undefined).map(({ id }) => id));
  const read = (evidence: readonly string[]): string[] => evidence.filter((id) => !unread.has(id));
  const supported = <T extends { readonly evidence: readonly string[]; readonly basis: "evidence" | "practice-based" }>(item: T) => {
    const evidence = read(item.evidence);
    return { ...item, evidence, basis: evidence.length === 0 ? ("practice-based" as const) : item.basis };
  };
  const { sources: _, basedOn, ages, ...rest } = own;
  return {
    ...rest,
    // Not read as part of a chapter: by it, what is said of the shipped one is found to hold for this (see `means`).
    ...(basedOn !== undefined && { basedOn }),
    ...(ages !== undefined && { ages }),
    common: false,
    measures: own.measures.map(({ everySession, because, ...measure }) => ({
      ...measure,
      ...(everySession !== undefined && { everySession }),
      because: because || "Chosen by the practice for this problem.",
    })),
    courses: own.courses.length === 0 ? [usualCourse] : own.courses.map(courseOf),
    definitions: own.definitions.map((item) => ({ ...item, ask: item.ask || usualAsk.definition })),
    goals: own.goals.map(({ sharedBy, ...item }) => ({
      ...item,
      ...(sharedBy !== undefined && { sharedBy }),
      ask: item.ask || usualAsk.goal,
    })),
    objectives: own.objectives.map((item) => ({ ...item, ask: item.ask || usualAsk.objective })),
    interventions: own.interventions.map(
      ({ ask, rival, ...item }): LibraryIntervention => ({
        ...supported(item),
        ...(rival !== undefined && { rival }),
        ...(ask !== "" && { ask }),
        cautions: item.cautions.map((caution) => ({ ...caution, evidence: read(caution.evidence) })),
      }),
    ),
    expectedOutcomes: own.expectedOutcomes.map(supported),
    risks: own.risks.map(supported),
    contraindications: own.contraindications.map(supported),
    barriers: own.barriers.map(supported),
    cooccurring: own.cooccurring.map(supported),
  };

  function courseOf({ score, ...course }: OwnChapter["courses"][number]): Chapter["courses"][number] {
    return { ...course, ...(score !== undefined && { score }), evidence: read(course.evidence) };
  }
}
