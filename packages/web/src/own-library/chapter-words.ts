import type { Danger, Involvement, LifeArea, Population } from "@trellis/domain/library/chapter";
import type { ClientState } from "@trellis/domain/library/client-state";
import { clientStateNames } from "@trellis/domain/library/client-state";
import { populationNames } from "@trellis/domain/library/contents";
import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import { whoTakesPart } from "../library/who-takes-part.ts";
import type { PartKey } from "./change-chapter.ts";

export const partTitles: Readonly<Record<PartKey, string>> = {
  measures: "Measures",
  courses: "Course of treatment",
  definitions: "How it shows",
  goals: "Goals",
  objectives: "Objectives",
  interventions: "Interventions",
  expectedOutcomes: "Expected outcomes",
  dischargeCriteria: "Criteria for ending",
  risks: "Risks",
  contraindications: "What is not done",
  barriers: "What gets in the way",
  cooccurring: "Beside another problem",
  involvement: "Who takes part",
  sessionStructure: "Order of a session",
  sources: "Sources of your own",
};

/** One of each, with its article: "Add a goal". */
export const partNouns: Readonly<Record<PartKey, string>> = {
  measures: "a measure",
  courses: "a course",
  definitions: "a sign",
  goals: "a goal",
  objectives: "an objective",
  interventions: "an intervention",
  expectedOutcomes: "an outcome",
  dischargeCriteria: "a criterion",
  risks: "a risk",
  contraindications: "something that is not done",
  barriers: "a barrier",
  cooccurring: "another problem",
  involvement: "somebody",
  sessionStructure: "a part of the session",
  sources: "a source",
};

/** What belongs in a part, said while it is empty. */
export const partHints: Readonly<Record<PartKey, string>> = {
  measures: "The questionnaires that you give for this problem, the main one first. Objectives can then be measured by them.",
  courses: "How many sessions are usual. Without it a plan begins with a weekly hour for twelve weeks.",
  definitions: "What one sees and hears when a client has this problem. A plan describes the client by these.",
  goals: "What should be different at the end.",
  objectives: "Steps to a goal that one can measure or tick off.",
  interventions: "What the therapist does, objective by objective.",
  expectedOutcomes: "What can be expected when treatment goes as it should.",
  dischargeCriteria: "What both look at to decide that therapy can end.",
  risks: "Signs of danger, and what is done then.",
  contraindications: "What is not done in this problem, why, and what is done instead.",
  barriers: "What keeps clients from coming or trying, and what helps.",
  cooccurring: "What is treated first, and what changes, where a client has another problem too. Drafts follow the order and say the rest.",
  involvement: "How partner, family, school or staff take part.",
  sessionStructure: "Only where sessions go the same way every time, as groups do.",
  sources: "Books, trials and guidelines that the library does not have. Once you say where you read one, it can support what you do.",
};

export const areaChoices: readonly { readonly value: LifeArea; readonly label: string }[] = [
  { value: "mood", label: "Mood" },
  { value: "thinking", label: "Thinking" },
  { value: "body", label: "Body" },
  { value: "behavior", label: "Behavior" },
  { value: "relationships", label: "Relationships" },
  { value: "work-or-school", label: "Work or school" },
  { value: "self-care", label: "Care for oneself" },
  { value: "safety", label: "Safety" },
];

export const populationChoices = (Object.keys(populationNames) as Population[]).map((value) => ({ value, label: populationNames[value] }));

export const stateChoices = (Object.keys(clientStateNames) as ClientState[]).map((value) => ({
  value,
  label: clientStateNames[value].charAt(0).toUpperCase() + clientStateNames[value].slice(1),
}));

export const whoChoices = (Object.keys(whoTakesPart) as Involvement["who"][]).map((value) => ({ value, label: whoTakesPart[value] }));

export const sequenceChoices: readonly { readonly value: OwnChapter["cooccurring"][number]["sequence"]; readonly label: string }[] = [
  { value: "before", label: "before the other" },
  { value: "together", label: "together with it" },
  { value: "after", label: "after it" },
];

export const sharedByChoices: readonly {
  readonly value: "client" | NonNullable<OwnChapter["goals"][number]["sharedBy"]>;
  readonly label: string;
}[] = [
  { value: "client", label: "The client" },
  { value: "couple", label: "A couple" },
  { value: "family", label: "A family" },
  { value: "group", label: "A group" },
];

/** What a safety goal can be for, whatever the diagnosis. */
export const safetyChoices: readonly { readonly id: Danger; readonly text: string }[] = [
  { id: "suicide", text: "Suicide" },
  { id: "risk-to-others", text: "Harm to others" },
  { id: "ongoing-violence", text: "Violence that goes on" },
  { id: "withdrawal-risk", text: "Dangerous withdrawal" },
  { id: "risky-acts", text: "Risky acts, such as self-harm" },
];

export const sourceKinds: readonly { readonly value: OwnChapter["sources"][number]["kind"]; readonly label: string }[] = [
  { value: "guideline", label: "Guideline" },
  { value: "meta-analysis", label: "Meta-analysis" },
  { value: "systematic-review", label: "Systematic review" },
  { value: "randomized-trial", label: "Randomized trial" },
  { value: "controlled-study", label: "Controlled study without randomization" },
  { value: "open-trial", label: "Open trial" },
  { value: "cohort", label: "Cohort study" },
  { value: "case-study", label: "Case study or series" },
  { value: "qualitative-study", label: "Qualitative study" },
  { value: "measurement-study", label: "Study of a measure" },
  { value: "narrative-review", label: "Narrative or scoping review" },
  { value: "manual", label: "Manual or book" },
];

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** "2 goals, 4 objectives, 9 interventions", or what is still to come. */
export function sizeInWords({
  goals,
  objectives,
  interventions,
}: {
  readonly goals: number;
  readonly objectives: number;
  readonly interventions: number;
}): string {
  if (goals + objectives + interventions === 0) return "Empty so far";
  return [
    counted(goals, "goal", "goals"),
    counted(objectives, "objective", "objectives"),
    counted(interventions, "intervention", "interventions"),
  ].join(", ");
}

/** A fault somewhere in a chapter, with where that is. */
export function faultInWords({ pointer, message }: { readonly pointer: string; readonly message: string }): string {
  const [, , part = "", at] = pointer.split("/");
  const title = Object.hasOwn(partTitles, part) ? partTitles[part as PartKey] : "About";
  return `${title}${at === undefined || !/^\d+$/.test(at) ? "" : `, number ${Number(at) + 1}`}: ${message}`;
}
