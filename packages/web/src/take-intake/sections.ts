import { type Intake, type IntakeSection, intakeSectionKeys } from "@trellis/domain/intake/intake";
import type { Chart } from "../api/clients.ts";

/** What a section is called, and what it is for in a few words. */
export const sectionNames: Record<IntakeSection, { readonly name: string; readonly lead: string }> = {
  presentingProblems: {
    name: "Presenting problems",
    lead: "What brings the client, in their own words, and what it keeps them from doing.",
  },
  functioning: {
    name: "Daily life",
    lead: "How work, relationships, self-care and leisure go at present. Payers read this as functional impairment.",
  },
  history: { name: "History", lead: "What came before: psychological, social, developmental, trauma, family and legal." },
  medical: { name: "Medical", lead: "Conditions, medicines and allergies, and what therapy has to be careful about." },
  substanceUse: { name: "Alcohol and drugs", lead: "What is used, how much, and what would happen on stopping." },
  priorTreatment: {
    name: "Earlier treatment",
    lead: "What was tried and how it went. An approach that did not help is ranked lower in the plan, and says so.",
  },
  strengths: { name: "Strengths and supports", lead: "What the client brings, how they cope, who is there for them, what is in the way." },
  preferences: { name: "Wishes and values", lead: "What kind of help is wanted and what is not. The plan keeps to it." },
  culture: { name: "Culture and identity", lead: "As the client puts it, and what therapy should take from that." },
  mentalStatus: { name: "Mental status", lead: "What you see and hear in the room. Leave out what you did not look at." },
  risk: { name: "Risk", lead: "What was asked and heard. The level is your own judgment; no score sets it." },
  observations: { name: "Observations", lead: "What you noticed, and what others have said." },
  formulation: { name: "Formulation", lead: "How it hangs together: your summary." },
};

/** How far a section is. `filled` means that what a plan is drafted from is there; there is always room for more. */
export type SectionState = "empty" | "started" | "filled";

const words = (text: string) => text.trim() !== "";

/** What of each section a plan is drafted from. */
const essentials: { readonly [S in IntakeSection]: (content: Intake[S]) => boolean } = {
  presentingProblems: ({ problems }) => problems.some((problem) => words(problem.words) && words(problem.impact)),
  functioning: (content) => Object.values(content).filter(words).length >= 2,
  history: ({ psychological, social }) => words(psychological) && words(social),
  medical: ({ conditions, medications }) => words(conditions) || medications.some(({ name }) => words(name)),
  substanceUse: ({ description }) => words(description),
  priorTreatment: ({ treatments }) => treatments.some((treatment) => words(treatment.description) || treatment.approach !== null),
  strengths: ({ strengths, supports }) => strengths.length > 0 && supports.length > 0,
  preferences: ({ wanted, declined, values, practical }) => wanted.length + declined.length > 0 || words(values) || words(practical),
  culture: (content) => Object.values(content).some(words),
  mentalStatus: ({ mood, affect, thoughtProcess }) => words(mood) && words(affect) && words(thoughtProcess),
  risk: ({ assessedOn, level }) => assessedOn !== null && level !== null,
  observations: ({ observations }) => words(observations),
  formulation: ({ formulation }) => words(formulation),
};

/** Whether anything was entered: any words, any entry, any tick, any answer other than the one that stands there from the start. */
function touched(value: unknown): boolean {
  if (typeof value === "string") return words(value) && !["not-asked", "none", "unknown"].includes(value);
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.values(value).some(touched);
  return value !== null && value !== undefined;
}

export function sectionState<S extends IntakeSection>(section: S, content: Intake[S] | undefined): SectionState {
  if (content === undefined || !touched(content)) return "empty";
  return essentials[section](content) ? "filled" : "started";
}

export interface IntakeProgress {
  readonly states: Readonly<Record<IntakeSection, SectionState>>;
  readonly filled: number;
  readonly started: number;
  /** The first section that is not filled yet, where one goes on. */
  readonly next: IntakeSection | null;
}

export function intakeProgress(intake: Chart["intake"]): IntakeProgress {
  const stateOf = <S extends IntakeSection>(section: S) => sectionState(section, intake[section]?.content);
  const states = Object.fromEntries(intakeSectionKeys.map((section) => [section, stateOf(section)])) as Record<IntakeSection, SectionState>;
  const count = (state: SectionState) => intakeSectionKeys.filter((section) => states[section] === state).length;
  return {
    states,
    filled: count("filled"),
    started: count("started"),
    next: intakeSectionKeys.find((section) => states[section] !== "filled") ?? null,
  };
}
