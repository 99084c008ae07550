import { diffWordsWithSpace } from "diff";

/** A stretch of a sentence that stayed, was taken out, or was put in. Read in order, `same` and `out` are the old sentence, `same` and `in` the new one. */
export interface WordChange {
  readonly kind: "same" | "out" | "in";
  readonly text: string;
}

/** Beyond so many words that differ, two texts are two texts; searching on would take time, and nobody could read the result. */
const mostEdits = 120;
/** With less than this share of the letters in common, single words left standing between struck ones are harder to read than both texts whole. */
const commonShare = 0.3;

const whole = (before: string, after: string): WordChange[] => [
  { kind: "out", text: before },
  { kind: "in", text: after },
];

/** What changed from one text to the other, word by word, as somebody would mark it with a pencil. Both texts are kept to the letter. */
export function wordChanges(before: string, after: string): WordChange[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  if (before === "" || after === "") return whole(before, after).filter(({ text }) => text !== "");
  const found = diffWordsWithSpace(before, after, { maxEditLength: mostEdits });
  if (found === undefined) return whole(before, after);
  const stayed = found.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length), 0);
  if (stayed < commonShare * Math.min(before.length, after.length)) return whole(before, after);
  const changes: WordChange[] = [];
  let out = "";
  let put = "";
  // A space between two words that both changed is no reason to lift the pencil. Kept until it is known whether another change follows.
  let gap = "";
  const close = (next: string) => {
    const space = /\s+$/.exec(out)?.[0] ?? "";
    if (space !== "" && gap === "" && put.endsWith(space)) {
      out = out.slice(0, -space.length);
      put = put.slice(0, -space.length);
      gap = space;
    }
    if (out !== "") changes.push({ kind: "out", text: out });
    if (put !== "") changes.push({ kind: "in", text: put });
    if (gap + next !== "") changes.push({ kind: "same", text: gap + next });
    out = "";
    put = "";
    gap = "";
  };
  for (const { added, removed, value } of found) {
    if (added || removed) {
      out += gap;
      put += gap;
      gap = "";
      if (added) put += value;
      else out += value;
    } else if (value.trim() === "" && out !== "" && put !== "") gap += value;
    else close(value);
  }
  close("");
  return changes;
}
