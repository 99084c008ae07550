import { expect, it } from "vitest";
import type { Danger } from "./chapter.ts";
import { lookOf } from "./danger.ts";

it.each<[string, readonly Danger[], string | null]>([
  ["suicide risk assessment", ["suicide"], "fitting"],
  ["session-by-session risk review", ["suicide"], "fitting"],
  ["suicide risk assessment", ["risk-to-others"], "other"],
  ["violence risk assessment", ["risk-to-others", "suicide"], "fitting"],
  ["risk assessment for ongoing violence", ["ongoing-violence"], "fitting"],
  // Asking what a client does to others is no look at what others do to the client.
  ["risk assessment for ongoing violence", ["risk-to-others"], "other"],
  ["withdrawal risk assessment", ["withdrawal-risk"], "fitting"],
  ["suicide risk assessment", [], "fitting"],
  ["safety planning", ["suicide"], null],
  ["activity scheduling", [], null],
])("%s, where the danger is %j, is a look that is %s", (technique, dangers, look) => {
  expect(lookOf({ technique }, new Set(dangers))).toBe(look);
});
