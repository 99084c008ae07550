import { expect, test } from "vitest";
import { blanksOf, fillTemplate } from "./template.ts";

test("the blanks of a template, each once", () => {
  expect(blanksOf("Lower {measure} from {baseline} to {target} by {date}; {measure} weekly")).toEqual([
    "measure",
    "baseline",
    "target",
    "date",
  ]);
  expect(blanksOf("No blanks here")).toEqual([]);
});

test("a blank without a value stays as it is", () => {
  expect(fillTemplate("From {baseline} to {target}", { baseline: "17" })).toBe("From 17 to {target}");
});
