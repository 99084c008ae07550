import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { courseProgress, end, hold, lastDone, repeat, skip } from "@trellis/domain/outline/follow-course";
import { OutlineCourse } from "@trellis/domain/outline/outline-course";
import { describe, expect, test } from "vitest";
import type { TreatmentHomework } from "../api/treatment.ts";
import { homeworkOf } from "./homework-of.ts";
import { progressWords, standingWords, undoWords } from "./outline-words.ts";

const on = "2026-11-03";
const session = (title: string) => ({
  title,
  aim: "An aim for the tests.",
  agenda: [
    { what: "First thing", minutes: 20 },
    { what: "Second thing", minutes: 30 },
  ],
  homework: ["a-sheet", "a-sheet-of-last-year"],
  ifNotReady: "Do something else.",
});
const course = OutlineCourse.parse({
  outline: {
    id: "x",
    title: "A course",
    chapters: ["adult-x"],
    approach: "cbt",
    fit: "For nobody but the tests of this file, whom it suits.",
    minutes: 50,
    sessions: [session("One"), session("Two"), { ...session("Three"), optional: true }],
    basis: "practice-based",
  },
  homeworkTitles: { "a-sheet": "My week", "a-sheet-of-last-year": "Last year's sheet" },
  startedOn: on,
});
const words = (content: OutlineCourse) => progressWords(courseProgress(content));
const standings = (content: OutlineCourse) => {
  const { sessions, next } = courseProgress(content);
  return sessions.map((followed) => standingWords(followed, followed.number === next));
};

describe("how a course stands is said in words", () => {
  test.each<[OutlineCourse, string]>([
    [course, "Session 1 of 3 comes next."],
    [skip(hold(course, { session: 1, on }), { session: 2, on }), "Session 3 of 3 comes next. 1 held, 1 left out."],
    [[1, 2, 3].reduce((so, number) => hold(so, { session: number, on }), course), "Every session is held or left out. 3 held."],
    [end(hold(course, { session: 1, on }), { on, reason: "Moved away" }), "3 sessions. 1 held."],
  ])("%#", (content, expected) => {
    expect(words(content)).toBe(expected);
  });

  test("for each session, with the reason where one was given", () => {
    expect(standings(course)).toEqual(["Comes next", "", "May be left out"]);
    const along = repeat(skip(hold(course, { session: 1, on }), { session: 2, on, reason: "Known" }), { session: 3, on });
    expect(standings(along)).toEqual([
      "Held November 3, 2026",
      "Left out November 3, 2026: Known",
      "Comes next, once more. To be taken up again (November 3, 2026)",
    ]);
  });

  test("and so is what can be taken back", () => {
    const said = (content: OutlineCourse) => {
      const last = lastDone(content);
      return last === null ? null : undoWords(last);
    };
    expect([course, hold(course, { session: 1, on }), end(course, { on, reason: "no" })].map(said)).toEqual([
      null,
      "session 1 held",
      "the end",
    ]);
  });
});

test("homework is called what it was called when the course began, and not offered again while the client has it", () => {
  const [first] = course.outline.sessions;
  if (first === undefined) throw new Error("There is no session.");
  const content = AssignedHomework.parse({ title: "My week", libraryId: "a-sheet", steps: ["Write it down."], assignedOn: on });
  const given: TreatmentHomework = { id: "h", version: 1, content, byLink: null };
  expect(homeworkOf(course, first, [given])).toEqual([
    { id: "a-sheet", title: "My week", given: true },
    { id: "a-sheet-of-last-year", title: "Last year's sheet", given: false },
  ]);
  const lookedAt: TreatmentHomework = { ...given, content: { ...content, outcome: "done" } };
  expect(homeworkOf(course, first, [lookedAt])[0]?.given).toBe(false);
});
