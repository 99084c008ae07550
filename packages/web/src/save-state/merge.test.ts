import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFields, same } from "./merge.ts";

describe("mergeFields", () => {
  const base = { whyNow: "", hopes: ["sleep"], problems: [{ id: "1", words: "sad" }] };

  it("takes both sides' changes where they touch different fields", () => {
    expect(mergeFields(base, { ...base, whyNow: "lost job" }, { ...base, hopes: ["sleep", "work"] })).toEqual({
      merged: { ...base, whyNow: "lost job", hopes: ["sleep", "work"] },
      disputed: [],
    });
  });

  it("names a field that both changed and loses neither side's knowledge of it", () => {
    const { merged, disputed } = mergeFields(base, { ...base, whyNow: "mine" }, { ...base, whyNow: "theirs" });
    expect(merged.whyNow).toBe("mine");
    expect(disputed).toEqual(["whyNow"]);
  });

  it("sees no dispute where both wrote the same, as after a save whose answer was lost", () => {
    const typed = { ...base, whyNow: "same" };
    expect(mergeFields(base, typed, { ...typed })).toEqual({ merged: typed, disputed: [] });
  });

  it("never drops a change of either side without naming the field", () => {
    const value = fc.record({ a: fc.string(), b: fc.array(fc.string()), c: fc.boolean() });
    fc.assert(
      fc.property(value, value, value, (base, mine, theirs) => {
        const { merged, disputed } = mergeFields(base, mine, theirs);
        for (const key of ["a", "b", "c"] as const) {
          if (disputed.includes(key)) continue;
          if (!same(mine[key], base[key])) expect(merged[key]).toEqual(mine[key]);
          if (!same(theirs[key], base[key])) expect(merged[key]).toEqual(theirs[key]);
        }
      }),
    );
  });
});
