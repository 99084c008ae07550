import type { z } from "zod";

const count = (n: number | bigint) => n.toLocaleString("en-US");

/**
 * What a schema has against a value, for the person who entered it, where the schema itself does not say: "At most 1,000." and not "Too big: expected
 * number to be <=1000". Given to `safeParse` as its `error`.
 */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "int") return "Enter a whole number.";
      if (issue.input === undefined || issue.input === null) return "This is missing.";
      if (issue.expected === "number") return "Enter a number.";
      return undefined;
    case "too_small":
      if (issue.origin === "string")
        return Number(issue.minimum) === 1 ? "Enter something here." : `At least ${count(issue.minimum)} characters.`;
      if (issue.origin === "array") return `At least ${count(issue.minimum)} are needed here.`;
      return `${issue.inclusive === false ? "More than" : "At least"} ${count(issue.minimum)}.`;
    case "too_big":
      if (issue.origin === "string") return `At most ${count(issue.maximum)} characters fit here.`;
      if (issue.origin === "array") return `At most ${count(issue.maximum)} fit here.`;
      return `${issue.inclusive === false ? "Less than" : "At most"} ${count(issue.maximum)}.`;
    case "invalid_value":
      return "Choose one of what is offered.";
    default:
      return undefined;
  }
}
