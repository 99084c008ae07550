import { z } from "zod";
import type { Measure, MeasureItem, Quantity, ResponseOption } from "../measure.ts";
import {
  HigherIs,
  lowestSign,
  made,
  mostQuestions,
  OwnArea,
  OwnName,
  ownCommon,
  ownMeasureId,
  rangeOf,
  riskFlag,
  shortened,
} from "./own-measure.ts";

/** The most characters of a file: as much as can be sent at once, with room to spare. */
export const mostCharacters = 800_000;

/** What could be taken from a questionnaire, what was left out, and what the person who brings it has to know. */
export interface ReadQuestionnaire {
  readonly title: string;
  readonly name: string;
  /** What its owner says of copying it; empty where the file does not say. */
  readonly copyright: string;
  readonly questions: readonly ReadQuestion[];
  /** Words of what is not asked, each with the reason. */
  readonly skipped: readonly { readonly text: string; readonly why: string }[];
  readonly notices: readonly string[];
}

export interface ReadQuestion {
  readonly text: string;
  readonly loinc: string | null;
  readonly optional: boolean;
  readonly answer:
    | {
        readonly kind: "options";
        readonly options: readonly ResponseOption[];
        /** The file does not say what the answers count: they are numbered in their order, and somebody has to look. */
        readonly numbered: boolean;
      }
    | { readonly kind: "number"; readonly quantity: Quantity /** The file names no ends. */; readonly open: boolean };
}

export type QuestionnaireReading =
  | { readonly kind: "read"; readonly questionnaire: ReadQuestionnaire }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/** Only what is used is looked at; a real file holds much more. */
const Extension = z.looseObject({
  url: z.string().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().optional(),
  valueBoolean: z.boolean().optional(),
  valueString: z.string().optional(),
  valueCoding: z.looseObject({ code: z.string().optional(), display: z.string().optional() }).optional(),
});
type Extension = z.infer<typeof Extension>;
const Extensions = z.array(Extension).default([]);
const Coding = z.looseObject({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  extension: Extensions,
});
const AnswerOption = z.looseObject({
  valueCoding: Coding.optional(),
  valueInteger: z.number().optional(),
  valueString: z.string().optional(),
  extension: Extensions,
});
type AnswerOption = z.infer<typeof AnswerOption>;
const Item = z.looseObject({
  linkId: z.string().optional(),
  prefix: z.string().optional(),
  text: z.string().optional(),
  type: z.string().optional(),
  code: z.array(Coding).default([]),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  enableWhen: z.array(z.unknown()).default([]),
  answerOption: z.array(AnswerOption).default([]),
  answerValueSet: z.string().optional(),
  extension: Extensions,
  item: z.array(z.unknown()).default([]),
});
type Item = z.infer<typeof Item>;
const Concept = z.looseObject({ code: z.string().optional(), display: z.string().optional(), extension: Extensions });
const ValueSet = z.looseObject({
  resourceType: z.literal("ValueSet"),
  id: z.string(),
  compose: z.looseObject({ include: z.array(z.looseObject({ concept: z.array(Concept).default([]) })).default([]) }).optional(),
  expansion: z.looseObject({ contains: z.array(Concept).default([]) }).optional(),
});
const Questionnaire = z.looseObject({
  resourceType: z.literal("Questionnaire"),
  title: z.string().optional(),
  name: z.string().optional(),
  copyright: z.string().optional(),
  contained: z.array(z.unknown()).default([]),
  item: z.array(z.unknown()).default([]),
});

/** Where the value of an answer stands: FHIR R4 calls it ordinalValue, later versions itemWeight. */
const valueExtensions = ["http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight"];
const calculated = [
  "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
  "http://hl7.org/fhir/StructureDefinition/questionnaire-calculatedExpression",
];
const hidden = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
const unitExtension = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
const minExtension = "http://hl7.org/fhir/StructureDefinition/minValue";
const maxExtension = "http://hl7.org/fhir/StructureDefinition/maxValue";

const notQuestions = new Map([
  ["display", "Words to read, not a question."],
  ["string", "Answered in words, which no score can be made of."],
  ["text", "Answered in words, which no score can be made of."],
  ["open-choice", "May be answered in words of one's own, which no score can be made of."],
  ["date", "Asks for a date."],
  ["dateTime", "Asks for a date."],
  ["time", "Asks for a time."],
  ["url", "Asks for an address."],
  ["attachment", "Asks for a file."],
  ["reference", "Refers to another record."],
  ["quantity", "Asks for a number with a unit that the client chooses; ask for the number alone."],
]);

/**
 * Reads a FHIR R4 Questionnaire (also R4B and R5, as far as they agree): groups are flattened, questions with answers that count and questions for a
 * number are taken, everything else is listed with the reason. Nothing is guessed silently: where the file does not say what an answer counts or
 * between which ends a number lies, a notice says what was assumed.
 */
export function readQuestionnaire(text: string): QuestionnaireReading {
  const fault = (...faults: string[]): QuestionnaireReading => ({ kind: "faults", faults });
  if (text.trim() === "") return fault("There is nothing here yet. Choose a file, or paste what is in it.");
  if (text.length > mostCharacters) return fault(`The file is too large: at most ${mostCharacters.toLocaleString("en-US")} characters.`);
  let json: unknown;
  try {
    // A byte-order mark, as some programs write it before the first character, is no fault of the person who brings the file.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return fault("This is not JSON. Export the questionnaire as FHIR JSON (not XML), and take the whole file.");
  }
  const type = z.looseObject({ resourceType: z.string() }).safeParse(json);
  if (!type.success) return fault("This is JSON, but no FHIR resource: it does not say its resourceType.");
  if (type.data.resourceType !== "Questionnaire")
    return fault(
      type.data.resourceType === "QuestionnaireResponse"
        ? "This holds somebody's answers (a QuestionnaireResponse). What is needed is the Questionnaire itself."
        : `This is a ${shortened(type.data.resourceType, 60)}. What is needed is a Questionnaire, alone in its file.`,
    );
  const parsed = Questionnaire.safeParse(json);
  if (!parsed.success) return fault(`The questionnaire is not well formed at ${placeOf(parsed.error)}.`);
  const reader = new Reader(parsed.data.contained);
  reader.readAll(parsed.data.item, 0);
  if (reader.faults.length > 0) return { kind: "faults", faults: reader.faults.slice(0, 20) };
  if (reader.questions.length === 0)
    return fault("No question of this file can be scored: none has answers to choose from, and none asks for a number.");
  if (reader.questions.length > mostQuestions)
    return fault(`It has ${reader.questions.length} questions; at most ${mostQuestions} fit in one measure.`);
  const { title = "", name = "", copyright = "" } = parsed.data;
  return {
    kind: "read",
    questionnaire: {
      title: title.trim(),
      name: name.trim(),
      copyright: copyright.trim(),
      questions: reader.questions,
      skipped: reader.skipped,
      notices: noticesFor(reader.questions, reader.conditional),
    },
  };
}

const placeOf = ({ issues }: z.ZodError) => issues[0]?.path.join(".") || "its beginning";

/** Why an entry is no question that a score can be made of; `undefined` for one that is. */
function whyNotAsked({ type, readOnly, repeats, extension }: Item): string | undefined {
  if (readOnly === true || extension.some(({ url }) => calculated.includes(url ?? ""))) return "Worked out from other answers, not asked.";
  if (extension.some(({ url, valueBoolean }) => url === hidden && valueBoolean === true)) return "Not shown to the client.";
  const why = notQuestions.get(type ?? "");
  if (why !== undefined) return why;
  return repeats === true ? "More than one answer may be chosen, which no score can be made of here." : undefined;
}

/** Deeper than any form is. */
const deepest = 20;

class Reader {
  readonly questions: ReadQuestion[] = [];
  readonly skipped: { text: string; why: string }[] = [];
  readonly faults: string[] = [];
  /** Numbers of the questions that are asked only after certain answers. */
  readonly conditional: number[] = [];
  readonly #sets: ReadonlyMap<string, readonly AnswerOption[]>;

  constructor(contained: readonly unknown[]) {
    this.#sets = new Map(
      contained.flatMap((resource) => {
        const set = ValueSet.safeParse(resource);
        if (!set.success) return [];
        const { id, compose, expansion } = set.data;
        const concepts = expansion?.contains ?? compose?.include.flatMap(({ concept }) => concept) ?? [];
        return [[`#${id}`, concepts.map((concept) => ({ valueCoding: concept, extension: [] }))] as const];
      }),
    );
  }

  readAll(items: readonly unknown[], depth: number, under = false): void {
    if (depth > deepest) {
      this.faults.push("The groups of this questionnaire are nested too deeply to be read.");
      return;
    }
    for (const entry of items) {
      const parsed = Item.safeParse(entry);
      if (!parsed.success) {
        this.faults.push(`An entry of the questionnaire is not well formed at ${placeOf(parsed.error)}.`);
        continue;
      }
      const item = parsed.data;
      const conditional = under || item.enableWhen.length > 0;
      if (item.type !== "group") this.#read(item, conditional);
      this.readAll(item.item, depth + 1, conditional);
    }
  }

  #read(item: Item, conditional: boolean): void {
    const text = (item.text ?? item.code[0]?.display ?? "").replaceAll(/\s+/g, " ").trim();
    const called = text === "" ? `The entry ${item.linkId ?? "without a number"}` : `“${shortened(text, 80)}”`;
    const skip = (why: string) => {
      if (text !== "") this.skipped.push({ text: shortened(text, 200), why });
    };
    const refuse = (what: string) => {
      this.faults.push(`${called} ${what}`);
    };
    const why = whyNotAsked(item);
    if (why !== undefined) skip(why);
    else if (text.length < 3) refuse("has no words to ask.");
    else if (text.length > 500) refuse("is longer than 500 characters.");
    else {
      const answer = this.#answerOf(item, called);
      if (answer === null) return;
      const loinc = item.code.find(({ system, code }) => system === "http://loinc.org" && /^\d{3,6}-\d$/.test(code ?? ""))?.code;
      this.questions.push({ text, loinc: loinc ?? null, optional: conditional, answer });
      if (conditional) this.conditional.push(this.questions.length);
    }
  }

  #answerOf(item: Item, called: string): ReadQuestion["answer"] | null {
    switch (item.type) {
      case "boolean":
        return {
          kind: "options",
          numbered: true,
          options: [
            { value: 0, label: "No" },
            { value: 1, label: "Yes" },
          ],
        };
      case "integer":
      case "decimal":
        return item.answerOption.length > 0 ? this.#optionsOf(item.answerOption, called) : this.#numberOf(item, called);
      case "choice":
      case "coding": {
        if (item.answerOption.length > 0) return this.#optionsOf(item.answerOption, called);
        const set = this.#sets.get(item.answerValueSet ?? "");
        if (set !== undefined && set.length > 0) return this.#optionsOf(set, called);
        this.faults.push(
          item.answerValueSet === undefined
            ? `${called} has no answers to choose from.`
            : `The answers of ${called} stand elsewhere (${shortened(item.answerValueSet, 80)}). Ask for a file that holds them.`,
        );
        return null;
      }
      default:
        this.faults.push(`${called} is of a kind that is not known here (${shortened(item.type ?? "none", 40)}).`);
        return null;
    }
  }

  #numberOf({ type, extension }: Item, called: string): ReadQuestion["answer"] | null {
    const end = (url: string) => {
      const found = extension.find((one) => one.url === url);
      return found?.valueInteger ?? found?.valueDecimal;
    };
    const min = end(minExtension);
    const max = end(maxExtension);
    const unit = extension.find(({ url }) => url === unitExtension)?.valueCoding;
    const [from, to] = [min ?? Math.min(0, max ?? 0), max ?? Math.max(100, (min ?? 0) + 100)];
    if (from >= to) {
      this.faults.push(`${called} is answered from ${from} to ${to}: the highest has to lie above the lowest.`);
      return null;
    }
    return {
      kind: "number",
      open: min === undefined || max === undefined,
      quantity: { min: from, max: to, step: type === "integer" ? 1 : 0.1, unit: shortened(unit?.display ?? unit?.code ?? "", 60) },
    };
  }

  #optionsOf(given: readonly AnswerOption[], called: string): ReadQuestion["answer"] | null {
    const options = given.map(readOption);
    if (options.length < 2) {
      this.faults.push(`${called} has only one answer.`);
      return null;
    }
    for (const [i, { label }] of options.entries())
      if (label === "" || label.length > 200) {
        this.faults.push(`Answer ${i + 1} of ${called} has ${label === "" ? "no words" : "more than 200 characters"}.`);
        return null;
      }
    const values = options.flatMap(({ value }) => value ?? []);
    if (values.length > 0 && values.length < options.length) {
      const without = options.find(({ value }) => value === null)?.label ?? "";
      this.faults.push(`Some answers of ${called} say what they count and others do not (“${shortened(without, 60)}”).`);
      return null;
    }
    if (new Set(values).size < values.length) {
      const twice = values.find((value, i) => values.indexOf(value) !== i);
      this.faults.push(`Two answers of ${called} count the same (${twice}). Each needs a number of its own.`);
      return null;
    }
    return {
      kind: "options",
      numbered: values.length === 0,
      options: options.map(({ value, label, loinc }, i) => ({ value: value ?? i, label, ...(loinc !== undefined && { loinc }) })),
    };
  }
}

function readOption({ valueCoding, valueInteger, valueString, extension }: AnswerOption): {
  readonly value: number | null;
  readonly label: string;
  readonly loinc?: string;
} {
  const extended = valueIn([...extension, ...(valueCoding?.extension ?? [])]);
  const code = valueCoding?.system === "http://loinc.org" ? valueCoding.code : undefined;
  return {
    value: extended ?? valueInteger ?? null,
    label: (valueCoding?.display ?? valueCoding?.code ?? valueString ?? (valueInteger === undefined ? "" : String(valueInteger))).trim(),
    ...(code !== undefined && { loinc: code }),
  };
}

function valueIn(extensions: readonly Extension[]): number | undefined {
  const found = extensions.find(({ url }) => valueExtensions.includes(url ?? ""));
  return found?.valueDecimal ?? found?.valueInteger;
}

function noticesFor(questions: readonly ReadQuestion[], conditional: readonly number[]): string[] {
  const numbersOf = (holds: (question: ReadQuestion) => boolean) => questions.flatMap((question, i) => (holds(question) ? [i + 1] : []));
  const words = (numbers: readonly number[]) => (numbers.length === 1 ? `question ${numbers[0]}` : `questions ${numbers.join(", ")}`);
  const numbered = numbersOf(({ answer }) => answer.kind === "options" && answer.numbered);
  const open = numbersOf(({ answer }) => answer.kind === "number" && answer.open);
  return [
    ...(numbered.length === 0
      ? []
      : [
          `The file does not say what the answers of ${words(numbered)} count. They are numbered in their order from 0: look whether that is right.`,
        ]),
    ...(open.length === 0
      ? []
      : [`The file does not say between which numbers ${words(open)} can be answered. Look at what is assumed below.`]),
    ...(conditional.length === 0
      ? []
      : [
          `In the file ${words(conditional)} ${conditional.length === 1 ? "is" : "are"} asked only after certain answers. Here ${conditional.length === 1 ? "it is" : "they are"} always shown, and may be left open.`,
        ]),
  ];
}

/** What the person who brings a questionnaire says about it. */
export const ImportForm = z
  .strictObject({
    name: OwnName,
    title: z.string().trim().min(2, "Write its title.").max(120),
    measures: z.string().trim().min(5, "Say in a few words what it measures.").max(160),
    area: OwnArea,
    instruction: z.string().trim().max(800),
    recall: z.string().trim().min(3, "Say what time the questions are about, such as the last two weeks.").max(80),
    agesFrom: z.number("Enter a number.").int("Enter a whole number.").min(0).max(120),
    everyDays: z.number("Enter a number.").int("Enter a whole number.").min(1, "At least 1 day.").max(365, "At most 365 days."),
    method: z.enum(["sum", "mean"]),
    higherIs: HigherIs,
    cutoff: z
      .strictObject({
        atLeast: z.number("Enter the score."),
        name: z.string().trim().min(3, "Say what the cutoff is for.").max(120),
        source: z.string().trim().min(5, "Say where the cutoff comes from.").max(300),
      })
      .nullable(),
    /** Numbers of the questions about danger: any answer above the lowest speaks up. */
    risk: z.array(z.number().int().min(1)),
    license: z.string().trim().min(10, "Say what allows you to use it: the licence, or who permitted it and when.").max(500),
    source: z.string().trim().min(5, "Say where the file comes from.").max(300),
  })
  .readonly();
export type ImportForm = z.infer<typeof ImportForm>;

/** An own measure of a questionnaire that was read, as the person who brings it says. */
export function questionnaireMeasure(uuid: string, questions: readonly ReadQuestion[], form: ImportForm): Measure {
  const { name, title, measures, area, instruction, recall, agesFrom, everyDays, method, higherIs, cutoff, risk, license, source } = form;
  const items = questions.map(
    ({ text, loinc, optional, answer }, i): MeasureItem => ({
      number: i + 1,
      text,
      scored: true,
      optional,
      ...(loinc !== null && { loinc }),
      ...(answer.kind === "number" ? { quantity: answer.quantity } : { options: [...answer.options] }),
    }),
  );
  const range = rangeOf({}, items, method);
  return made({
    ...ownCommon,
    id: ownMeasureId(uuid),
    name,
    title,
    measures,
    area,
    ages: { from: agesFrom },
    recall,
    instruction,
    items,
    scoring: { method, range, higherIs, maxMissing: 0 },
    ...(cutoff !== null && { cutoff }),
    flags: items.flatMap((item) => {
      const sign = risk.includes(item.number) ? lowestSign({}, item) : null;
      return sign === null ? [] : [riskFlag(item.number, item.text, sign)];
    }),
    interval: { minDays: Math.max(1, Math.floor(everyDays / 2)), usualDays: everyDays },
    license: { class: "own", text: license, source },
  });
}

/** Why a cutoff does not fit the scores that the questions come to; `null` where it does. */
export function whyCutoffDoesNotFit(questions: readonly ReadQuestion[], method: "sum" | "mean", atLeast: number): string | null {
  const items = questions.map(
    ({ text, answer }, i): MeasureItem => ({
      number: i + 1,
      text,
      scored: true,
      optional: false,
      ...(answer.kind === "number" ? { quantity: answer.quantity } : { options: [...answer.options] }),
    }),
  );
  const [low, high] = rangeOf({}, items, method);
  return atLeast > low && atLeast <= high ? null : `The cutoff lies above ${low} and not above ${high}, between which the scores are.`;
}
