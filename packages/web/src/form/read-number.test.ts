import { expect, it } from "vitest";
import { readNumber } from "./read-number.ts";

it.each([
  ["", null],
  ["  ", null],
  ["7", 7],
  [" 7 ", 7],
  ["5.5", 5.5],
  ["5,5", 5.5],
  ["1.05", 1.05],
  [".5", 0.5],
  ["-3", -3],
  ["1,000", 1000],
  ["5.", undefined],
  ["5,", undefined],
  ["1e9", undefined],
  ["0x10", undefined],
  ["NaN", undefined],
  ["Infinity", undefined],
  ["9".repeat(400), undefined],
  ["\u00bd", undefined],
  ["5 or 6", undefined],
])("reads %j as %j", (typed, expected) => {
  expect(readNumber(typed)).toBe(expected);
});

it("takes no half where whole numbers are asked for", () => {
  expect(readNumber("2.5", true)).toBeUndefined();
  expect(readNumber("2", true)).toBe(2);
});
