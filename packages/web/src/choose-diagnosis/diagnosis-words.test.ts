import { describe, expect, it } from "vitest";
import { counts, rankOfNew } from "./diagnosis-words.ts";

describe("diagnoses", () => {
  it("makes the first one principal, and again when the principal one was ruled out or is resolved", () => {
    expect(rankOfNew([])).toBe("principal");
    expect(rankOfNew([{ rank: "principal", verification: "provisional", clinicalStatus: "active" }])).toBe("co-occurring");
    expect(rankOfNew([{ rank: "principal", verification: "refuted", clinicalStatus: "active" }])).toBe("principal");
    expect(rankOfNew([{ rank: "co-occurring", verification: "confirmed", clinicalStatus: "active" }])).toBe("principal");
  });

  it("counts what is in remission, not what is resolved or ruled out", () => {
    expect(counts({ verification: "confirmed", clinicalStatus: "remission" })).toBe(true);
    expect(counts({ verification: "confirmed", clinicalStatus: "resolved" })).toBe(false);
    expect(counts({ verification: "refuted", clinicalStatus: "active" })).toBe(false);
  });
});
