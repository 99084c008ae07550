import { describe, expect, test } from "vitest";
import { phonePieces } from "./phone-numbers.ts";

const numbers = (text: string, isNumber?: boolean) => phonePieces(text, isNumber).flatMap(({ tel }) => (tel === null ? [] : [tel]));

describe("numbers that can be tapped", () => {
  test.each([
    ["(555) 010-0134", ["5550100134"]],
    ["+44 20 7946 0018", ["+442079460018"]],
    ["My sister, 555-010-0199, or the neighbor: 555.010.0177", ["5550100199", "5550100177"]],
    ["Call or text 988 at any hour. If you are in danger now, call 911.", ["988", "911"]],
    ["Walk 20 minutes, 3 times a week", []],
    ["Since 2024-03-12 it has been better", []],
    ["Call between 10 and 12", []],
  ])("in %j", (text, found) => {
    expect(numbers(text)).toEqual(found);
    // Nothing of the text is lost.
    expect(
      phonePieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });

  test("a short number stands alone where a number is meant", () => {
    expect(numbers("988", true)).toEqual(["988"]);
    expect(numbers("116 123 (day and night)", true)).toEqual(["116123"]);
  });
});
