import { describe, expect, it } from "vitest";
import { nextInList, planWords } from "./client-line.ts";

describe("planWords", () => {
  it.each([
    [{ planStatus: null, reviewDue: null }, "No plan yet", "notice"],
    [{ planStatus: "draft", reviewDue: null }, "Plan in draft", "notice"],
    [{ planStatus: "active", reviewDue: "2026-11-23" }, "Review was due November 23, 2026", "attention"],
    [{ planStatus: "active", reviewDue: "2026-11-24" }, "Review due today", "notice"],
    [{ planStatus: "active", reviewDue: "2026-11-25" }, "Review due tomorrow", "notice"],
    [{ planStatus: "active", reviewDue: "2026-12-01" }, "Review due in 7 days", "notice"],
    [{ planStatus: "active", reviewDue: "2026-12-02" }, "Review due December 2, 2026", "quiet"],
    [{ planStatus: "completed", reviewDue: "2026-01-01" }, "Plan completed", "quiet"],
    [{ planStatus: "completed", reviewDue: null, endedOn: "2026-10-30" }, "Treatment ended October 30, 2026", "quiet"],
  ] as const)("%j", (line, text, tone) => {
    expect(planWords(line, "2026-11-24")).toEqual({ text, tone });
  });
});

describe("nextInList", () => {
  it("goes from the search into the list and back", () => {
    expect(nextInList("ArrowDown", -1, 3)).toBe(0);
    expect(nextInList("ArrowUp", 0, 3)).toBe(-1);
    expect(nextInList("ArrowDown", 2, 3)).toBe(2);
    expect(nextInList("End", 0, 3)).toBe(2);
    expect(nextInList("End", -1, 3)).toBeNull();
    expect(nextInList("ArrowDown", -1, 0)).toBeNull();
    expect(nextInList("x", 1, 3)).toBeNull();
  });
});
