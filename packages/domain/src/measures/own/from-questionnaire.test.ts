import { describe, expect, it } from "vitest";
import { lintMeasure } from "../../library/lint-measure.ts";
import { scoreAnswers } from "../score.ts";
import { type ImportForm, questionnaireMeasure, readQuestionnaire, whyCutoffDoesNotFit } from "./from-questionnaire.ts";

const uuid = "3f2c8f56-6a0b-4c0c-9a59-0d0b6a4b7a11";
const ordinal = (value: number) => ({ url: "http://hl7.org/fhir/StructureDefinition/ordinalValue", valueDecimal: value });
const weight = (value: number) => ({ url: "http://hl7.org/fhir/StructureDefinition/itemWeight", valueDecimal: value });

const frequency = ["Not at all", "Several days", "More than half the days", "Nearly every day"];
const answers = (at: "coding" | "option") =>
  frequency.map((display, value) => ({
    valueCoding: {
      system: "http://loinc.org",
      code: `LA6${568 + value}-5`,
      display,
      ...(at === "coding" && { extension: [ordinal(value)] }),
    },
    ...(at === "option" && { extension: [weight(value)] }),
  }));

/** Built as the panels of LOINC are: a group around the questions, a total that is worked out, words to read, and a field for words. */
const panel = {
  resourceType: "Questionnaire",
  meta: { profile: ["http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"] },
  title: "Mood in the last two weeks",
  name: "MoodTwoWeeks",
  status: "active",
  copyright: "Free to copy.",
  code: [{ system: "http://loinc.org", code: "44249-1" }],
  item: [
    { linkId: "0", type: "display", text: "Please answer every question." },
    {
      linkId: "1",
      type: "group",
      text: "Over the last two weeks",
      item: [
        {
          linkId: "1.1",
          type: "choice",
          text: "Little joy in doing things",
          code: [{ system: "http://loinc.org", code: "44250-9" }],
          required: true,
          answerOption: answers("coding"),
        },
        { linkId: "1.2", type: "choice", text: "Thoughts of ending your life", answerOption: answers("option") },
        {
          linkId: "1.3",
          type: "integer",
          text: "Drinks on the last day you drank",
          extension: [{ url: "http://hl7.org/fhir/StructureDefinition/maxValue", valueInteger: 40 }],
        },
      ],
    },
    {
      linkId: "2",
      type: "decimal",
      text: "Total score",
      extension: [{ url: "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression", valueExpression: {} }],
    },
    { linkId: "3", type: "string", text: "Anything else?" },
    {
      linkId: "4",
      type: "boolean",
      text: "Did you go out today?",
      enableWhen: [{ question: "1.1", operator: "exists", answerBoolean: true }],
    },
  ],
};

const read = (value: unknown) => {
  const reading = readQuestionnaire(JSON.stringify(value));
  if (reading.kind === "faults") throw new Error(reading.faults.join(" "));
  return reading.questionnaire;
};
const faultsOf = (text: string) => {
  const reading = readQuestionnaire(text);
  return reading.kind === "faults" ? reading.faults.join(" ") : "";
};
const one = (item: Record<string, unknown>) =>
  JSON.stringify({ resourceType: "Questionnaire", item: [{ linkId: "1", text: "How are you?", ...item }] });

const form: ImportForm = {
  name: "Mood 2w",
  title: "Mood in the last two weeks",
  measures: "Mood and drinking",
  area: "depression",
  instruction: "",
  recall: "the last two weeks",
  agesFrom: 18,
  everyDays: 14,
  method: "sum",
  higherIs: "worse",
  cutoff: { atLeast: 4, name: "low mood", source: "Our own records, 2026" },
  risk: [2],
  license: "Free to copy, as the file says.",
  source: "A file of our university",
};

describe("a FHIR Questionnaire", () => {
  it("gives its scored questions, and says what was left out and why", () => {
    const { questions, skipped, title, copyright } = read(panel);
    expect(questions.map(({ text }) => text)).toEqual([
      "Little joy in doing things",
      "Thoughts of ending your life",
      "Drinks on the last day you drank",
      "Did you go out today?",
    ]);
    expect(questions[0]).toMatchObject({ loinc: "44250-9", optional: false });
    for (const question of questions.slice(0, 2))
      expect(question.answer).toMatchObject({
        kind: "options",
        numbered: false,
        options: frequency.map((label, value) => ({ value, label })),
      });
    expect(questions[2]?.answer).toMatchObject({ kind: "number", open: true, quantity: { min: 0, max: 40, step: 1 } });
    expect(skipped).toEqual([
      { text: "Please answer every question.", why: "Words to read, not a question." },
      { text: "Total score", why: "Worked out from other answers, not asked." },
      { text: "Anything else?", why: "Answered in words, which no score can be made of." },
    ]);
    expect([title, copyright]).toEqual(["Mood in the last two weeks", "Free to copy."]);
  });

  it("says what it had to assume", () => {
    expect(read(panel).notices).toEqual([
      "The file does not say what the answers of question 4 count. They are numbered in their order from 0: look whether that is right.",
      "The file does not say between which numbers question 3 can be answered. Look at what is assumed below.",
      "In the file question 4 is asked only after certain answers. Here it is always shown, and may be left open.",
    ]);
  });

  it("becomes a sound measure that is scored like any other", () => {
    const measure = questionnaireMeasure(uuid, read(panel).questions, form);
    expect(lintMeasure("own", measure)).toEqual([]);
    expect(measure.scoring.range).toEqual([0, 47]);
    const score = scoreAnswers(measure, [2, 1, 3, 1]);
    expect([score.total, score.isCase, score.flags.map(({ item }) => item)]).toEqual([7, true, [2]]);
    expect(whyCutoffDoesNotFit(read(panel).questions, "sum", 48)).not.toBeNull();
    expect(whyCutoffDoesNotFit(read(panel).questions, "sum", 47)).toBeNull();
  });

  it("takes answers that are numbers, answers of a value set in the file, and a file with a byte-order mark", () => {
    const numbers = `\uFEFF${one({ type: "choice", answerOption: [{ valueInteger: 1 }, { valueInteger: 5 }] })}`;
    expect(readQuestionnaire(numbers)).toMatchObject({
      kind: "read",
      questionnaire: {
        questions: [
          {
            answer: {
              numbered: false,
              options: [
                { value: 1, label: "1" },
                { value: 5, label: "5" },
              ],
            },
          },
        ],
      },
    });
    const set = {
      resourceType: "Questionnaire",
      contained: [
        {
          resourceType: "ValueSet",
          id: "yn",
          compose: {
            include: [
              {
                concept: [
                  { code: "n", display: "No", extension: [ordinal(0)] },
                  { code: "y", display: "Yes", extension: [ordinal(2)] },
                ],
              },
            ],
          },
        },
      ],
      item: [{ linkId: "1", type: "choice", text: "Did you sleep?", answerValueSet: "#yn" }],
    };
    expect(read(set).questions[0]?.answer).toMatchObject({
      options: [
        { value: 0, label: "No" },
        { value: 2, label: "Yes" },
      ],
      numbered: false,
    });
  });

  it.each([
    ["nothing", "", "nothing here yet"],
    ["XML", "<Questionnaire/>", "not JSON"],
    ["half a file", JSON.stringify(panel).slice(0, 300), "not JSON"],
    ["another JSON", "[1, 2]", "no FHIR resource"],
    ["answers", '{"resourceType":"QuestionnaireResponse"}', "somebody's answers"],
    ["a bundle", '{"resourceType":"Bundle"}', "This is a Bundle"],
    ["no items", '{"resourceType":"Questionnaire"}', "No question of this file can be scored"],
    ["items that are no list", '{"resourceType":"Questionnaire","item":{"linkId":"1"}}', "not well formed at item"],
    ["an item that is a word", '{"resourceType":"Questionnaire","item":["x"]}', "not well formed"],
    ["a choice without answers", one({ type: "choice" }), "“How are you?” has no answers to choose from."],
    ["answers elsewhere", one({ type: "choice", answerValueSet: "http://loinc.org/vs/LL358-3" }), "Ask for a file that holds them"],
    ["one answer", one({ type: "choice", answerOption: [{ valueInteger: 1 }] }), "only one answer"],
    [
      "an answer without words",
      one({ type: "choice", answerOption: [{ valueInteger: 1 }, {}] }),
      "Answer 2 of “How are you?” has no words",
    ],
    [
      "two answers that count the same",
      one({
        type: "choice",
        answerOption: [
          { valueString: "a", extension: [ordinal(1)] },
          { valueString: "b", extension: [ordinal(1)] },
        ],
      }),
      "count the same (1)",
    ],
    [
      "values for some answers only",
      one({ type: "choice", answerOption: [{ valueString: "a", extension: [ordinal(1)] }, { valueString: "b" }] }),
      "others do not (“b”)",
    ],
    ["a kind that nobody knows", one({ type: "riddle" }), "not known here (riddle)"],
    ["a question without words", one({ type: "integer", text: "" }), "The entry 1 has no words to ask."],
    ["a question that is a book", one({ type: "integer", text: "x".repeat(501) }), "longer than 500"],
    [
      "ends the wrong way round",
      one({
        type: "integer",
        extension: [
          { url: "http://hl7.org/fhir/StructureDefinition/minValue", valueInteger: 5 },
          { url: "http://hl7.org/fhir/StructureDefinition/maxValue", valueInteger: 2 },
        ],
      }),
      "above the lowest",
    ],
    ["a file without end", "x".repeat(900_000), "too large"],
  ])("is refused with what to do: %s", (_, text, words) => {
    expect(faultsOf(text)).toContain(words);
  });

  it("is refused when it is nested without end", () => {
    let nested: Record<string, unknown> = { linkId: "x", type: "group" };
    for (let depth = 0; depth < 40; depth++) nested = { linkId: "x", type: "group", item: [nested] };
    expect(faultsOf(JSON.stringify({ resourceType: "Questionnaire", item: [nested] }))).toContain("nested too deeply");
  });
});
