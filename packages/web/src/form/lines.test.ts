import { describe, expect, it } from "vitest";
import { boundMessage } from "./bound.ts";
import { addBelow, moveLine, putText, removeLine, withoutEmpty } from "./lines.ts";

describe("lines", () => {
  it("makes a line of what is typed into the empty line at the end", () => {
    expect(putText(["a"], 1, "b")).toEqual({ lines: ["a", "b"], focus: 1 });
    expect(putText(["a"], 1, "")).toEqual({ lines: ["a"], focus: 1 });
  });

  it("splits a pasted list and drops its bullets", () => {
    expect(putText(["a", "z"], 1, "• one\n- two\r\n3. three\n\n")).toEqual({ lines: ["a", "one", "two", "three"], focus: 3 });
  });

  it("keeps a hyphen or number that belongs to the words", () => {
    expect(putText([], 0, "-20 degrees\n12 friends").lines).toEqual(["-20 degrees", "12 friends"]);
  });

  it("adds, removes and moves from the keyboard", () => {
    expect(addBelow(["a", "b"], 0)).toEqual({ lines: ["a", "", "b"], focus: 1 });
    expect(addBelow(["a", "b"], 1)).toEqual({ lines: ["a", "b"], focus: 2 });
    expect(removeLine(["a", "b"], 0)).toEqual({ lines: ["b"], focus: 0 });
    expect(moveLine(["a", "b", "c"], 2, -1)).toEqual({ lines: ["a", "c", "b"], focus: 1 });
    expect(moveLine(["a", "b"], 0, -1)).toEqual({ lines: ["a", "b"], focus: 0 });
  });

  it("drops lines without words", () => {
    expect(withoutEmpty(["a", " ", "b"])).toEqual(["a", "b"]);
  });
});

describe("boundMessage", () => {
  it("is silent, hints near the end, and names how much is too much", () => {
    expect(boundMessage("x".repeat(100), 2000)).toBeNull();
    expect(boundMessage("x".repeat(1900), 2000)?.hint).toContain("100 more");
    expect(boundMessage("x".repeat(102_000), 2000)?.error).toContain("Shorten it by 100,000");
  });
});
