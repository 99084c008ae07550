import type { Measure } from "@trellis/domain/measures/measure";
import type { OwnForm } from "@trellis/domain/measures/own/own-form";
import { readNumber } from "../form/read-number.ts";

/** A goal as it is typed. */
export interface GoalDraft {
  readonly text: string;
  readonly weight: string;
  /** From -2 to +2. */
  readonly levels: readonly string[];
}

/** A measure as it is typed: the fields of every kind, so that going from one kind to another loses nothing. */
export interface OwnDraft {
  readonly kind: OwnForm["kind"];
  readonly name: string;
  readonly area: Measure["area"];
  readonly question: string;
  readonly low: string;
  readonly high: string;
  readonly higherIs: "worse" | "better";
  readonly unit: string;
  readonly max: string;
  readonly halves: boolean;
  readonly risky: boolean;
  readonly riskFrom: string;
  readonly goals: readonly GoalDraft[];
  readonly instruction: string;
  readonly questions: readonly string[];
  readonly answers: readonly string[];
  readonly countsFrom: 0 | 1;
  readonly method: "sum" | "mean";
  readonly recall: string;
  readonly everyDays: string;
  readonly risk: readonly number[];
}

export const newGoal: GoalDraft = { text: "", weight: "1", levels: ["", "", "", "", ""] };

export const newDraft: OwnDraft = {
  kind: "rating",
  name: "",
  area: "individual",
  question: "",
  low: "not at all",
  high: "as strong as can be",
  higherIs: "worse",
  unit: "",
  max: "20",
  halves: false,
  risky: false,
  riskFrom: "1",
  goals: [newGoal],
  instruction: "",
  questions: [],
  answers: ["not at all", "a little", "somewhat", "a lot", "very much"],
  countsFrom: 0,
  method: "sum",
  recall: "the last week",
  everyDays: "7",
  risk: [],
};

/** Counts that are asked for often, ready to be changed. */
export const countStarts: readonly (Pick<OwnDraft, "name" | "question" | "unit" | "max" | "halves" | "higherIs" | "risky" | "area"> & {
  readonly title: string;
})[] = [
  {
    title: "Panic attacks",
    name: "Panic attacks",
    question: "How many panic attacks did you have today?",
    unit: "panic attacks",
    max: "20",
    halves: false,
    higherIs: "worse",
    risky: false,
    area: "anxiety",
  },
  {
    title: "Drinks",
    name: "Drinks",
    question: "How many drinks with alcohol did you have today?",
    unit: "drinks",
    max: "40",
    halves: false,
    higherIs: "worse",
    risky: false,
    area: "alcohol",
  },
  {
    title: "Self-harm urges",
    name: "Self-harm urges",
    question: "How many times today did you feel the urge to hurt yourself?",
    unit: "urges",
    max: "50",
    halves: false,
    higherIs: "worse",
    risky: true,
    area: "risk",
  },
  {
    title: "Hours slept",
    name: "Hours slept",
    question: "How many hours did you sleep last night?",
    unit: "hours",
    max: "24",
    halves: true,
    higherIs: "better",
    risky: false,
    area: "sleep",
  },
];

/** What is typed, as the form takes it; whatever is no number is handed on as none, for the form to say so. */
export function formOfDraft(draft: OwnDraft): unknown {
  const number = (text: string) => readNumber(text) ?? undefined;
  const common = { kind: draft.kind, name: draft.name, area: draft.area };
  // Nothing is dangerous about more of what is good; the field is not shown there.
  const riskFrom = draft.risky && draft.higherIs === "worse" ? number(draft.riskFrom) : null;
  switch (draft.kind) {
    case "rating":
      return { ...common, question: draft.question, low: draft.low, high: draft.high, higherIs: draft.higherIs, riskFrom };
    case "count":
      return {
        ...common,
        question: draft.question,
        unit: draft.unit,
        max: number(draft.max),
        halves: draft.halves,
        higherIs: draft.higherIs,
        riskFrom,
      };
    case "goals":
      return { ...common, goals: draft.goals.map(({ text, weight, levels }) => ({ text, weight: number(weight), levels })) };
    case "form":
      return {
        ...common,
        instruction: draft.instruction,
        questions: draft.questions,
        answers: draft.answers,
        countsFrom: draft.countsFrom,
        method: draft.method,
        higherIs: draft.higherIs,
        recall: draft.recall,
        everyDays: number(draft.everyDays),
        risk: draft.risk.filter((item) => item <= draft.questions.length),
      };
  }
}

/** A measure that was made before, to be changed. */
export function draftOfForm(form: OwnForm): OwnDraft {
  const draft = { ...newDraft, kind: form.kind, name: form.name, area: form.area };
  switch (form.kind) {
    case "rating":
    case "count": {
      const { question, higherIs, riskFrom } = form;
      const single = { ...draft, question, higherIs, risky: riskFrom !== null, riskFrom: String(riskFrom ?? 1) };
      return form.kind === "rating"
        ? { ...single, low: form.low, high: form.high }
        : { ...single, unit: form.unit, max: String(form.max), halves: form.halves };
    }
    case "goals":
      return { ...draft, goals: form.goals.map(({ text, weight, levels }) => ({ text, weight: String(weight), levels })) };
    case "form": {
      const { instruction, questions, answers, countsFrom, method, higherIs, recall, everyDays, risk } = form;
      return { ...draft, instruction, questions, answers, countsFrom, method, higherIs, recall, everyDays: String(everyDays), risk };
    }
  }
}
