import { describe, expect, it } from "vitest";
import { inWords, keepBoth } from "./keep-both.ts";

describe("keepBoth", () => {
  const newId = () => "new";
  it("puts one text under the other, unless one holds the other", () => {
    expect(keepBoth("mine", "theirs", newId)).toBe("theirs\n\nmine");
    expect(keepBoth("theirs and mine", "theirs", newId)).toBe("theirs and mine");
    expect(keepBoth("", "theirs", newId)).toBe("theirs");
  });

  it("joins lists, and keeps both versions of an entry that both changed", () => {
    expect(keepBoth(["a", "b"], ["b", "c"], newId)).toEqual(["b", "c", "a"]);
    expect(keepBoth([{ id: "1", words: "mine" }], [{ id: "1", words: "theirs" }], newId)).toEqual([
      { id: "1", words: "theirs" },
      { id: "new", words: "mine" },
    ]);
  });

  it("has no answer for a choice of one", () => {
    expect(keepBoth(true, false, newId)).toBeNull();
    expect(keepBoth(null, "2026-11-24", newId)).toBeNull();
  });
});

describe("inWords", () => {
  it("says what a field holds, without ids", () => {
    expect(inWords([{ id: "1", words: "sad", since: "", impact: "no work" }])).toEqual(["sad · no work"]);
    expect(inWords("")).toEqual(["(empty)"]);
    expect(inWords(true)).toEqual(["Yes"]);
  });
});
