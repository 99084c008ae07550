import type { Finding } from "@trellis/domain/findings/finding";
import { describe, expect, it } from "vitest";
import { createFindingsBoard, itemOf } from "./findings-board.ts";
import { keepSame } from "./keep-same.ts";
import { moveAmong } from "./reorder.ts";

const finding = (rule: string, ...path: string[]): Finding => ({ rule, severity: "warning", path, message: rule });

describe("findings by place", () => {
  it.each([
    [["goals", "g1", "clientWords"], "goals/g1"],
    [["problems", "p1", "impairment"], "problems/p1"],
    [["problems", "p1", "definitions", "d1", "detail"], "problems/p1/definitions/d1"],
    [["objectives", "o1", "metric", "target"], "objectives/o1"],
    [["reviewDue"], "reviewDue"],
    [["participation", "client"], "participation"],
    [[], ""],
  ])("%j belongs to %s", (path, item) => expect(itemOf(path)).toBe(item));

  it("keeps the list of a place the same object while it says the same", () => {
    const board = createFindingsBoard();
    board.put([finding("A", "goals", "g1", "detail"), finding("B", "goals", "g2")]);
    const kept = board.under("goals/g1");
    board.put([finding("A", "goals", "g1", "detail"), finding("C", "goals", "g2")]);
    expect(board.under("goals/g1")).toBe(kept);
    expect(board.at("goals/g1/detail")).toEqual(kept);
    expect(board.under("goals/g2").map(({ rule }) => rule)).toEqual(["C"]);
  });

  it("tells who listens only when something changed", () => {
    const board = createFindingsBoard();
    let told = 0;
    board.subscribe(() => told++);
    board.put([finding("A", "goals", "g1")]);
    board.put([finding("A", "goals", "g1")]);
    expect(told).toBe(1);
  });
});

describe("moving among those that stand together", () => {
  // The plan's list holds others between them.
  const together = ["a", "c", "e"];
  it("up stands before its neighbor", () => expect(moveAmong(["goals"], together, "c", -1)).toMatchObject({ id: "c", before: "a" }));
  it("down stands before the one after its neighbor", () =>
    expect(moveAmong(["goals"], together, "a", 1)).toMatchObject({ id: "a", before: "e" }));
  it("down to the end", () => expect(moveAmong(["goals"], together, "c", 1)).toMatchObject({ id: "c", before: null }));
  it("no further than either end", () => {
    expect(moveAmong(["goals"], together, "a", -1)).toBe(null);
    expect(moveAmong(["goals"], together, "e", 1)).toBe(null);
  });
});

describe("keeping what says the same", () => {
  it("gives back the very object, and new ones only on the way to a change", () => {
    const before = {
      list: [
        { id: "1", text: "a" },
        { id: "2", text: "b" },
      ],
      other: { deep: [1, 2] },
    };
    expect(keepSame(before, structuredClone(before))).toBe(before);
    const after = keepSame(before, {
      ...structuredClone(before),
      list: [
        { id: "2", text: "b" },
        { id: "1", text: "changed" },
      ],
    });
    expect(after.other).toBe(before.other);
    expect(after.list[0]).toBe(before.list[1]);
    expect(after.list[1]).toEqual({ id: "1", text: "changed" });
  });
  it("tells a missing key from one without a value", () => {
    const before: Record<string, unknown> = { a: undefined };
    const after: Record<string, unknown> = { b: undefined };
    expect(keepSame(before, after)).toEqual({ b: undefined });
    expect(Object.keys(keepSame(before, after))).toEqual(["b"]);
  });
});
