import { describe, expect, test } from "vitest";
import { outlineData } from "../outline/outline.test-data.ts";
import { SessionOutline } from "../outline/outline.ts";
import type { LibraryRule } from "./fault.ts";
import { homeworkData, libraryAfter, type Parts } from "./faultless-library.test-data.ts";
import { lintLibrary } from "./lint-library.ts";

type Data = ReturnType<typeof outlineData>;

function faultsAfter(change: (outline: Data, parts: Parts) => void): string[] {
  const library = libraryAfter((parts) => {
    const outline = outlineData();
    change(outline, parts);
    parts.more.push({ kind: "outline", path: "outlines/x-course.yaml", content: SessionOutline.parse(outline) });
  });
  return lintLibrary(library).map(({ rule, file, path, message }) => `${rule} ${file} ${path.join(".")}: ${message}`);
}

const sessionOf = (outline: Data, at: number) => {
  const session = outline.sessions[at];
  if (session === undefined) throw new Error(`There is no session ${at}.`);
  return session;
};

test("an outline without a fault has none", () => {
  expect(faultsAfter(() => {})).toEqual([]);
});

describe("of an outline is reported", () => {
  test.each<[string, LibraryRule, string, (outline: Data, parts: Parts) => void]>([
    ["a chapter that is not there", "dangling-reference", "chapters.1", (outline) => void outline.chapters.push("adult-none")],
    [
      "homework that is not there",
      "dangling-reference",
      "sessions.1.homework.0",
      (outline) => (sessionOf(outline, 1).homework = ["x-none"]),
    ],
    [
      "homework of another problem",
      "dangling-reference",
      "sessions.0.homework.0",
      (outline, { homework }) => {
        homework.push({ path: "homework/y-sheet.yaml", data: homeworkData("y-sheet", "adult-none") });
        sessionOf(outline, 0).homework = ["y-sheet"];
      },
    ],
    [
      "a source that is not there",
      "dangling-reference",
      "evidence.0",
      (outline) => Object.assign(outline, { evidence: ["nobody-1999"], basis: "evidence" }),
    ],
    ["evidence that is claimed without a source", "evidence-basis", "basis", (outline) => (outline.basis = "evidence")],
    ["a source beside practice-based", "evidence-basis", "basis", (outline) => Object.assign(outline, { evidence: ["source-1"] })],
    [
      "an agenda too long for the hour",
      "agenda",
      "sessions.2.agenda",
      (outline) => void sessionOf(outline, 2).agenda.push({ what: "One thing more", minutes: 6 }),
    ],
    [
      "an agenda too short for it",
      "agenda",
      "sessions.0.agenda",
      (outline) =>
        (sessionOf(outline, 0).agenda = [
          { what: "Look at the week", minutes: 20 },
          { what: "Close the hour", minutes: 20 },
        ]),
    ],
    ["two sessions of one name", "duplicate-id", "sessions.3.title", (outline) => (sessionOf(outline, 3).title = "Beginning")],
    [
      "a sentence that is said twice",
      "near-duplicate",
      "sessions.1.aim",
      (outline) => {
        sessionOf(outline, 0).aim = "Agree on a plain account of how doing less and feeling low go together.";
        sessionOf(outline, 1).aim = "Agree on a plain account of how doing less and feeling bad go together.";
      },
    ],
    ["an id that something else has", "duplicate-id", "id", (outline) => (outline.id = "x-sheet-1")],
  ])("%s", (_, rule, at, change) => {
    expect(faultsAfter(change).filter((fault) => fault.startsWith(`${rule} outlines/x-course.yaml ${at}: `))).toHaveLength(1);
  });

  test("not that every session begins alike", () => {
    expect(
      faultsAfter((outline) => {
        for (const { agenda } of outline.sessions)
          Object.assign(agenda[0] ?? {}, { what: "Look at the score and at the sheet of the week, and settle what comes first" });
      }),
    ).toEqual([]);
  });
});

test("homework that only an outline gives is given", () => {
  const given = faultsAfter((outline, { homework }) => {
    homework.push({ path: "homework/x-sheet-3.yaml", data: homeworkData("x-sheet-3", "adult-x") });
    sessionOf(outline, 0).homework = ["x-sheet-3"];
  });
  expect(given).toEqual([]);
  const notGiven = faultsAfter((_, { homework }) => {
    homework.push({ path: "homework/x-sheet-3.yaml", data: homeworkData("x-sheet-3", "adult-x") });
  });
  expect(notGiven).toEqual([expect.stringContaining('No intervention or outline of "adult-x" gives this homework.')]);
});
