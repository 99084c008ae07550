import { expect, test } from "vitest";
import { blanksToOffer, ownBlanks, parametersFor, spoken } from "./blanks-in-text.ts";

test("the blanks of one's own are those that the measuring does not fill", () => {
  expect(ownBlanks("Keep {target} evenings with {person} by {date}.", "See {person} {howOften}.")).toEqual(["person", "howOften"]);
  expect(ownBlanks("No {Blank} of {two words}, nor an {open", "")).toEqual([]);
});

test("what was said of a blank stays as long as it stands in the text", () => {
  const known = {
    person: { kind: "text" as const, label: "Whom", example: "a friend" },
    gone: { kind: "text" as const, label: "Gone", example: "x" },
  };
  expect(parametersFor("With {person} {howOften}.", "", known)).toEqual({
    person: known.person,
    howOften: { kind: "text", label: "how often", example: "" },
  });
  expect(spoken("weeksFrom2")).toBe("weeks from 2");
});

test("a milestone has a day and nothing to count", () => {
  expect(blanksToOffer("milestone")).toEqual(["date"]);
  expect(blanksToOffer("measure")).toEqual(["measure", "baseline", "target", "date"]);
});
