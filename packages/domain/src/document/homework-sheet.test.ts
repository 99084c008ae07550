import { expect, test } from "vitest";
import { AssignedHomework } from "../homework/assigned-homework.ts";
import { homeworkSheet, oftenWords } from "./homework-sheet.ts";

const homework = AssignedHomework.parse({
  title: "Robin's diary",
  steps: ["Robin writes each evening."],
  fields: [
    { id: "day", label: "Day", kind: "date" },
    { id: "mood", label: "Mood", kind: "rating" },
    { id: "fear", label: "Fear before (0 to 10)", kind: "rating" },
    { id: "did", label: "Did I do it?", kind: "yes-no" },
    { id: "noticed", label: "What I noticed", kind: "long-text" },
  ],
  timesPerWeek: 7,
  minutes: 10,
  assignedOn: "2026-11-02",
  dueOn: "2026-11-09",
});
const sheet = (changes: Partial<AssignedHomework> = {}) =>
  homeworkSheet({ ...homework, ...changes }, { names: ["Robin", "Example"], practice: "Linden Street", help: "Call 988." });

test("a sheet to take home names nobody and has a line for each time", () => {
  expect(JSON.stringify(sheet())).not.toMatch(/Robin|Example/);
  expect(sheet()).toMatchObject({
    title: "R.'s diary",
    until: "Until November 9, 2026",
    often: "About 10 minutes, every day",
    rows: 7,
    wide: true,
  });
  // What a label says itself is not said twice.
  expect(sheet().columns.map(({ hint }) => hint)).toEqual(["", "0 to 10", "", "yes / no", ""]);
});

test("what is done once is one form with room to write", () => {
  expect(sheet({ timesPerWeek: 1 })).toMatchObject({ rows: null, often: "About 10 minutes, once this week" });
  expect(oftenWords({ minutes: null, timesPerWeek: null })).toBe("");
});
