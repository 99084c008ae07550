import { expect, test } from "vitest";
import { alertKinds } from "../alerts/alert.ts";
import { sourcesOf, whatToConsider } from "./consider.ts";

test("a client who gets worse is asked about safety before anything else", () => {
  expect(whatToConsider("deteriorated")[0]?.text).toMatch(/^Ask about safety first/);
});

test("no warning is without a proposal, and nothing is proposed where nothing is wrong", () => {
  for (const state of ["deteriorated", "no-progress", "little-progress"] as const) expect(whatToConsider(state).length).toBeGreaterThan(4);
  for (const kind of alertKinds) expect(whatToConsider(kind).length, kind).toBeGreaterThan(2);
  for (const state of ["on-track", "below-cutoff", "too-early", "no-threshold"] as const) expect(whatToConsider(state)).toEqual([]);
});

test("what was considered can be told apart: no id stands twice in one list, and every source can be looked up", () => {
  for (const kind of alertKinds) {
    const considered = whatToConsider(kind);
    expect(new Set(considered.map(({ id }) => id)).size, kind).toBe(considered.length);
    for (const source of sourcesOf(considered)) expect(source).toMatch(/\(PMID \d{8}\)|\(doi 10\.\d+\/\S+\)/);
  }
});
