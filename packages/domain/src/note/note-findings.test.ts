import { expect, test } from "vitest";
import { examplePlan } from "../plan/plan.test-data.ts";
import { ProgressNote } from "./note.ts";
import { emptyContext, type NoteContext } from "./note-context.ts";
import { blockingNoteFindings, isCopy, noteFindings } from "./note-findings.ts";

const whole = {
  format: "dap",
  date: "2026-11-23",
  start: "10:00",
  end: "10:50",
  objectives: [{ objectiveId: "o1", rating: "some" }],
  interventions: [{ interventionId: "i1" }],
  client: "Told of three mornings on which getting up was easier than the week before.",
  risk: { state: "none" },
  nextTime: "Plan the weekend.",
};
const context: NoteContext = { ...emptyContext, plan: examplePlan() };
const rules = (change: object, more: Partial<NoteContext> = {}) =>
  noteFindings(ProgressNote.parse({ ...whole, ...change }), { ...context, ...more }).map(({ rule, severity }) => `${rule} ${severity}`);

test("a note on the golden thread has nothing against it", () => {
  expect(rules({})).toEqual([]);
});

test.each<[string, object, Partial<NoteContext>, string[]]>([
  ["risk not asked", { risk: {} }, {}, ["NOTE-risk error"]],
  ["risk changed without a word", { risk: { state: "changed" } }, {}, ["NOTE-risk-changed error"]],
  ["risk changed to a level", { risk: { state: "changed", level: "high" } }, {}, []],
  ["no objective", { objectives: [] }, {}, ["NOTE-objective warning"]],
  ["no intervention", { interventions: [] }, {}, ["NOTE-intervention warning"]],
  ["no response", { client: "" }, {}, ["NOTE-response warning"]],
  ["no times", { start: null, end: null }, {}, []],
  ["no times for Medicare", { start: null, end: null }, { medicare: true }, ["NOTE-times warning"]],
  ["times the wrong way round", { start: "11:00" }, {}, ["NOTE-order warning"]],
  ["recorded as missed", {}, { attendance: "missed" }, ["NOTE-attendance warning"]],
  ["homework not looked at", {}, { homework: [{ id: "h1", title: "Activity record" }] }, ["NOTE-homework advice"]],
  ["no plan", { objectives: [], interventions: [] }, { plan: null }, ["NOTE-plan advice"]],
  ["worse, and nothing is to change", { objectives: [{ objectiveId: "o1", rating: "worse" }], nextTime: "" }, {}, ["NOTE-worse advice"]],
  ["nothing planned", { nextTime: "" }, {}, ["NOTE-next advice"]],
  ["the same words as last time", {}, { previous: { date: "2026-11-16", texts: [whole.client] } }, ["NOTE-cloned warning"]],
])("%s", (_what, change, more, found) => {
  expect(rules(change, more)).toEqual(found);
});

test("only what must be there keeps a note from being signed: something, and risk", () => {
  const empty = ProgressNote.parse({ format: "soap", date: "2026-11-23" });
  expect(blockingNoteFindings(noteFindings(empty, context)).map(({ rule }) => rule)).toEqual(["NOTE-empty", "NOTE-risk"]);
});

test.each([
  ["Went on as planned.", "Went on as planned.", false],
  ["She told of three mornings on which getting up was easier.", "She told of three mornings on which getting up was easier!", true],
  ["She told of three mornings on which getting up was easier.", "He told of one evening on which falling asleep was harder.", false],
])("%j copies %j: %s", (a, b, copy) => {
  expect(isCopy(a, b)).toBe(copy);
});
