import { expect, test } from "vitest";
import { whatToConsider } from "./consider.ts";

test("a client who gets worse is asked about safety before anything else", () => {
  expect(whatToConsider("deteriorated")[0]?.text).toMatch(/^Ask about safety first/);
});

test("no warning is without a proposal, and nothing is proposed where nothing is wrong", () => {
  for (const state of ["deteriorated", "no-progress", "little-progress"] as const) expect(whatToConsider(state).length).toBeGreaterThan(4);
  for (const state of ["on-track", "below-cutoff", "too-early", "no-threshold"] as const) expect(whatToConsider(state)).toEqual([]);
});
