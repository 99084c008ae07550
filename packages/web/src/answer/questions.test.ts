import { describe, expect, test } from "vitest";
import {
  type Form,
  needsHelp,
  neighbor,
  openAfter,
  type Question,
  readQuantity,
  stillOpen,
  way,
  withAnswer,
  withoutLeftOut,
} from "./questions.ts";

const question = (number: number, more: Partial<Question> = {}): Question => ({
  number,
  words: `Question ${number}`,
  options: [0, 1, 2, 3].map((value) => ({ value, label: String(value) })),
  quantity: null,
  optional: false,
  helpFrom: null,
  ...more,
});
const drinking: Form = {
  id: "drinking",
  instruction: "",
  credit: "",
  questions: [question(1), question(2), question(3)],
  skips: [{ items: [2, 3], when: { items: [1], sumIs: 0 } }],
};
const mood: Form = {
  id: "mood",
  instruction: "",
  credit: "",
  questions: [question(1), question(2, { optional: true, helpFrom: 1 })],
  skips: [],
};
const forms = [drinking, mood];
const numbers = (answers = {}) => way(forms, answers).map(({ form, question: { number } }) => `${form.id} ${number}`);
const first = { form: drinking, question: question(1) };

describe("the way through the questions", () => {
  test("goes from one form to the next, and leaves out what the form says", () => {
    expect(numbers()).toEqual(["drinking 1", "drinking 2", "drinking 3", "mood 1", "mood 2"]);
    expect(numbers(withAnswer({}, first, 0))).toEqual(["drinking 1", "mood 1", "mood 2"]);
    expect(neighbor(forms, withAnswer({}, first, 0), first, 1)?.form.id).toBe("mood");
    expect(neighbor(forms, {}, first, -1)).toBeNull();
  });

  test("an answer that was given before the form ended there is not sent", () => {
    expect(withoutLeftOut(drinking, [0, 2, null])).toEqual([0, null, null]);
    expect(withoutLeftOut(drinking, [1, 2, null])).toEqual([1, 2, null]);
  });

  test("what may stay open is not asked for at the end", () => {
    expect(stillOpen(forms, { drinking: [0, null, null] }).map(({ form }) => form.id)).toEqual(["mood"]);
  });

  test("going through what was left open passes over what is answered, and ends at the end", () => {
    const answers = { drinking: [1, 2, null], mood: [1, null] };
    expect(openAfter(forms, answers, first)?.question.number).toBe(3);
    expect(openAfter(forms, answers, { form: drinking, question: question(3) })).toBeNull();
  });

  test("an answer that speaks of danger is known here, also without a connection", () => {
    expect([null, 0, 1, 3].map((answer) => needsHelp(question(2, { helpFrom: 1 }), answer))).toEqual([false, false, true, true]);
  });
});

describe("a number that was typed", () => {
  const hours = { min: 0, max: 24, step: 0.5, unit: "hours" };
  test.each([
    ["7", { value: 7 }],
    ["7,5", { value: 7.5 }],
    [" ", { value: null }],
    ["25", { fault: "Enter a number from 0 to 24." }],
    ["seven", { fault: "Enter a number from 0 to 24." }],
    ["7.3", { fault: "Enter a number in steps of 0.5, such as 0.5." }],
  ])("%j is read", (text, read) => {
    expect(readQuantity(text, hours)).toEqual(read);
  });
});
