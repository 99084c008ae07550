import { approaches } from "@trellis/domain/library/approach";
import { OwnChapter, OwnDefinition, OwnGoal, OwnIntervention, OwnObjective, OwnSource } from "@trellis/domain/library/own-chapter";
import type { Measure } from "@trellis/domain/measures/measure";
import type { ReactNode } from "react";
import type { z } from "zod";
import { newId } from "../form/new-id.ts";
import { whoTakesPart } from "../library/who-takes-part.ts";
import { CooccurringFields, InvolvementFields, SessionPartFields } from "./beside-fields.tsx";
import { parametersFor } from "./blanks-in-text.ts";
import type { ItemOf, PartKey } from "./change-chapter.ts";
import { InterventionFields } from "./intervention-fields.tsx";
import type { ItemForm } from "./item-form.ts";
import { ObjectiveFields } from "./objective-fields.tsx";
import {
  BarrierFields,
  ContraindicationFields,
  CourseFields,
  CriterionFields,
  DefinitionFields,
  GoalFields,
  MeasureFields,
  OutcomeFields,
  RiskFields,
  SourceFields,
} from "./plain-fields.tsx";

/** What is named by an id in a chapter. */
export interface Names {
  readonly measures: readonly Measure[];
  /** Titles of chapters, shipped and own. */
  readonly titles: ReadonlyMap<string, string>;
}

/** How the items of one part are shown, made and changed. */
export interface Part<T> {
  readonly schema: z.ZodType;
  /** A new one, with nothing in it. */
  readonly fresh: (chapter: OwnChapter) => T;
  /** What stands in the list. */
  readonly text: (item: T, names: Names) => string;
  readonly meta?: (item: T, chapter: OwnChapter) => string;
  /** What is done before it is saved. */
  readonly finish?: (item: T) => T;
  readonly Fields: (form: ItemForm<T>) => ReactNode;
}

/** An id of the chapter's own, never given before. */
const idIn = ({ prefix }: OwnChapter, kind: string): string => `${prefix}-${kind}-${newId().slice(0, 8)}`;

const bare = { plain: "", ask: "" } as const;
const support = { evidence: [], basis: "practice-based" } satisfies { evidence: string[]; basis: "practice-based" };

const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
const servedBy = (n: number, what: string): string => (n === 0 ? `No ${what} yet` : times(n, what));

export const parts: { readonly [K in PartKey]: Part<ItemOf<K>> } = {
  measures: {
    schema: OwnChapter.shape.measures.unwrap().element,
    fresh: () => ({ id: "", everyWeeks: 4, because: "" }),
    text: ({ id }, { measures }) => measures.find((measure) => measure.id === id)?.name ?? id,
    meta: ({ everyWeeks, everySession, because }) =>
      [everySession === true ? "At every session" : everyWeeks === 1 ? "Every week" : `Every ${everyWeeks} weeks`, because]
        .filter((part) => part !== "")
        .join(". "),
    Fields: MeasureFields,
  },
  courses: {
    schema: OwnChapter.shape.courses.unwrap().element,
    fresh: ({ courses }) => ({
      severity:
        (["moderate", "severe", "mild"] as const).find((severity) => !courses.some((course) => course.severity === severity)) ?? "moderate",
      sessions: [8, 12],
      perWeek: 1,
      minutes: 50,
      weeks: 12,
      because: "",
      evidence: [],
    }),
    text: ({ severity, sessions }) => `${severity.charAt(0).toUpperCase()}${severity.slice(1)}: ${sessions[0]} to ${sessions[1]} sessions`,
    meta: ({ weeks, minutes }) => `Over ${times(weeks, "week")}, ${minutes} minutes each`,
    Fields: CourseFields,
  },
  definitions: {
    schema: OwnDefinition,
    fresh: (chapter) => ({ ...bare, id: idIn(chapter, "def"), text: "", area: "behavior", signals: [] }),
    text: ({ text }) => text,
    Fields: DefinitionFields,
  },
  goals: {
    schema: OwnGoal,
    fresh: (chapter) => ({ ...bare, id: idIn(chapter, "goal"), text: "", definitions: [], safety: false }),
    text: ({ text }) => text,
    meta: ({ id, safety }, { objectives }) => {
      const serving = objectives.filter(({ goals }) => goals.includes(id));
      if (!safety) return servedBy(serving.length, "objective");
      return serving.some((objective) => objective.safety && objective.signals.length > 0)
        ? `Safety. ${servedBy(serving.length, "objective")}`
        : "Safety, but not proposed yet: no objective for safety says what calls for it";
    },
    Fields: GoalFields,
  },
  objectives: {
    schema: OwnObjective,
    fresh: (chapter) => ({
      ...bare,
      id: idIn(chapter, "obj"),
      text: "",
      goals: chapter.goals.length === 1 ? chapter.goals.map(({ id }) => id) : [],
      metric: { kind: "count", unit: "", direction: "increase", target: 4, max: 7 },
      parameters: {},
      stage: "middle",
      weeks: 12,
      safety: false,
      meansSafety: false,
      signals: [],
      waitsWhile: [],
    }),
    text: ({ text }) => text,
    meta: ({ id, goals, metric }, chapter) => {
      const by = { count: "counted", rating: "rated", measure: "by questionnaire", milestone: "done or not" }[metric.kind];
      const serving = servedBy(chapter.interventions.filter(({ objectives }) => objectives.includes(id)).length, "intervention");
      return `${goals.length === 0 ? "Serves no goal yet. " : ""}${serving}, ${by}`;
    },
    finish: (objective) => ({ ...objective, parameters: parametersFor(objective.text, objective.plain, objective.parameters) }),
    Fields: ObjectiveFields,
  },
  interventions: {
    schema: OwnIntervention,
    fresh: (chapter) => ({
      ...bare,
      ...support,
      id: idIn(chapter, "int"),
      text: "",
      objectives: chapter.objectives.length === 1 ? chapter.objectives.map(({ id }) => id) : [],
      approach: "integrative",
      technique: "",
      format: "individual",
      stage: "throughout",
      cautions: [],
      homework: [],
    }),
    text: ({ text }) => text,
    meta: ({ approach, technique, objectives, basis }) =>
      [
        objectives.length === 0 ? "Serves no objective yet" : "",
        technique,
        approaches[approach].name,
        basis === "evidence" ? "With sources" : "Practice-based",
      ]
        .filter((part) => part !== "")
        .join(" · "),
    Fields: InterventionFields,
  },
  expectedOutcomes: {
    schema: OwnChapter.shape.expectedOutcomes.unwrap().element,
    fresh: (chapter) => ({ ...support, id: idIn(chapter, "out"), text: "", plain: "", forCircumstance: false, forDanger: false }),
    text: ({ text }) => text,
    Fields: OutcomeFields,
  },
  dischargeCriteria: {
    schema: OwnChapter.shape.dischargeCriteria.unwrap().element,
    fresh: (chapter) => ({ id: idIn(chapter, "end"), text: "", plain: "", forCircumstance: false, forDanger: false }),
    text: ({ text }) => text,
    Fields: CriterionFields,
  },
  risks: {
    schema: OwnChapter.shape.risks.unwrap().element,
    fresh: () => ({ ...support, sign: "", act: "" }),
    text: ({ sign }) => sign,
    meta: ({ act }) => act,
    Fields: RiskFields,
  },
  contraindications: {
    schema: OwnChapter.shape.contraindications.unwrap().element,
    fresh: () => ({ ...support, what: "", because: "", instead: "" }),
    text: ({ what }) => what,
    meta: ({ instead }) => (instead === "" ? "" : `Instead: ${instead}`),
    Fields: ContraindicationFields,
  },
  barriers: {
    schema: OwnChapter.shape.barriers.unwrap().element,
    fresh: () => ({ ...support, barrier: "", response: [] }),
    text: ({ barrier }) => barrier,
    meta: ({ response }) => response.join(" "),
    Fields: BarrierFields,
  },
  cooccurring: {
    schema: OwnChapter.shape.cooccurring.unwrap().element,
    fresh: () => ({ ...support, chapter: "", advice: "", sequence: "together" }),
    text: ({ chapter, sequence }, { titles }) => {
      const title = titles.get(chapter) ?? chapter;
      return sequence === "together" ? `Together with: ${title}` : `${sequence === "before" ? "Before" : "After"}: ${title}`;
    },
    meta: ({ advice }) => advice,
    Fields: CooccurringFields,
  },
  involvement: {
    schema: OwnChapter.shape.involvement.unwrap().element,
    fresh: () => ({ who: "family", how: "" }),
    text: ({ how }) => how,
    meta: ({ who }) => whoTakesPart[who],
    Fields: InvolvementFields,
  },
  sessionStructure: {
    schema: OwnChapter.shape.sessionStructure.unwrap().element,
    fresh: () => ({ part: "", minutes: 10, what: "" }),
    text: ({ part, minutes }) => `${part}, ${times(minutes, "minute")}`,
    meta: ({ what }) => what,
    Fields: SessionPartFields,
  },
  sources: {
    schema: OwnSource,
    fresh: (chapter) => ({
      id: idIn(chapter, "source"),
      kind: "manual",
      authors: "",
      year: Number.NaN,
      title: "",
      source: "",
      finding: "",
    }),
    text: ({ authors, year, title }) => `${authors} (${year}). ${title}`,
    meta: ({ verified }) => (verified === undefined ? "Nobody has read it yet: supports nothing" : `Read: ${verified.where}`),
    Fields: SourceFields,
  },
};
