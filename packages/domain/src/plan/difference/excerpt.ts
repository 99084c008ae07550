import type { WordChange } from "./word-changes.ts";

/** How much of an unchanged stretch is left beside a change, in characters. */
const around = 90;

/** The changes with a little of what stands around them, for a long text of which a few words changed: nobody finds them in a page of the same. */
export function excerptOf(changes: readonly WordChange[]): WordChange[] {
  return changes.map((change, index) => {
    const [first, last] = [index === 0, index === changes.length - 1];
    const room = around * (first || last ? 1 : 2);
    if (change.kind !== "same" || change.text.length <= room + 20) return change;
    const head = first ? "" : change.text.slice(0, around).replace(/\s+\S*$/, "");
    const tail = last ? "" : change.text.slice(-around).replace(/^\S*\s+/, "");
    return { kind: "same", text: `${head}${head === "" ? "" : " "}…${tail === "" ? "" : " "}${tail}` };
  });
}
