import { expect, test } from "vitest";
import { z } from "zod";
import { inWords } from "./in-words.ts";

test.each<[string, z.ZodType, unknown, string]>([
  ["a negative number", z.number().min(0), -3, "At least 0."],
  ["a huge number", z.number().max(1000), 1e12, "At most 1,000."],
  ["a number that must be above another", z.number().gt(0), 0, "More than 0."],
  ["half of what is counted", z.number().int(), 2.5, "Enter a whole number."],
  ["no number", z.number(), "5,5", "Enter a number."],
  ["NaN", z.number(), Number.NaN, "Enter a number."],
  ["nothing", z.string(), undefined, "This is missing."],
  ["an empty text", z.string().min(1), "", "Enter something here."],
  ["a long text", z.string().max(3), "abcd", "At most 3 characters fit here."],
  ["many entries", z.array(z.string()).max(1), ["a", "b"], "At most 1 fit here."],
  ["none of the choices", z.enum(["a", "b"]), "c", "Choose one of what is offered."],
  ["what a schema words itself", z.number().min(5, "Five at least."), 1, "Five at least."],
])("%s", (_, schema, value, message) => {
  expect(schema.safeParse(value, { error: inWords }).error?.issues[0]?.message).toBe(message);
});
