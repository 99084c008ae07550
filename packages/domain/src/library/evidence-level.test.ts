import { expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import { evidenceLevel } from "./evidence-level.ts";

const sources = (...kinds: Evidence["kind"][]) => kinds.map((kind) => ({ kind }));

it.each([
  [[], "practice-based"],
  [["manual"], "studied"],
  [["open-trial", "cohort"], "studied"],
  [["narrative-review", "controlled-study"], "studied"],
  [["case-study", "randomized-trial"], "probably-efficacious"],
  [["randomized-trial"], "probably-efficacious"],
  [["randomized-trial", "cohort"], "probably-efficacious"],
  [["randomized-trial", "randomized-trial"], "well-established"],
  [["meta-analysis"], "well-established"],
  [["systematic-review", "open-trial"], "well-established"],
  [["guideline"], "guideline"],
  [["guideline", "meta-analysis"], "guideline"],
] as [Evidence["kind"][], string][])("%j is %s", (kinds, level) => {
  expect(evidenceLevel(sources(...kinds))).toBe(level);
});
