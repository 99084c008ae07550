import { describe, expect, it } from "vitest";
import { idleAfter, needsHeartbeat } from "./idle.ts";

describe("idleAfter", () => {
  it.each([
    [0, 15, { kind: "active" }],
    [14 * 60_000 - 1, 15, { kind: "active" }],
    [14 * 60_000, 15, { kind: "warning", secondsLeft: 60 }],
    [15 * 60_000 - 1, 15, { kind: "warning", secondsLeft: 1 }],
    [15 * 60_000, 15, { kind: "over" }],
    [29_000, 1, { kind: "active" }],
    [30_000, 1, { kind: "warning", secondsLeft: 30 }],
    [8 * 60 * 60_000, 15, { kind: "over" }],
  ])("%d ms of %d minutes", (since, minutes, expected) => {
    expect(idleAfter(since, minutes)).toEqual(expected);
  });
});

describe("needsHeartbeat", () => {
  it("speaks for somebody who reads, and not for an empty chair", () => {
    expect(needsHeartbeat(5 * 60_000, true, 15)).toBe(true);
    expect(needsHeartbeat(5 * 60_000 - 1, true, 15)).toBe(false);
    expect(needsHeartbeat(14 * 60_000, false, 15)).toBe(false);
  });
});
