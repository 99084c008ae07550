import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { wordChanges } from "./word-changes.ts";

describe("the words that changed", () => {
  it("are marked as with a pencil", () => {
    expect(wordChanges("Sleeps five hours a night.", "Sleeps six to seven hours a night.")).toEqual([
      { kind: "same", text: "Sleeps " },
      { kind: "out", text: "five" },
      { kind: "in", text: "six to seven" },
      { kind: "same", text: " hours a night." },
    ]);
  });

  it("are both texts whole where hardly a word is left", () => {
    expect(wordChanges("Plans one walk a week.", "Nothing of this sort is needed any more, as a rule.")).toEqual([
      { kind: "out", text: "Plans one walk a week." },
      { kind: "in", text: "Nothing of this sort is needed any more, as a rule." },
    ]);
  });

  it("are both texts whole where so much changed that nobody could read it", () => {
    const words = (of: string) => Array.from({ length: 200 }, (_, at) => `${of}${at} and`).join(" ");
    expect(wordChanges(words("a"), words("b")).map(({ kind }) => kind)).toEqual(["out", "in"]);
  });

  it("are shown with a little of the text around them", () => {
    const long = "It was said in the first session and in the second. ".repeat(20);
    const shown = excerptOf(wordChanges(`${long}Once a week.${long}`, `${long}Twice a week.${long}`));
    expect(shown.map(({ text }) => text)).toEqual([
      "… the first session and in the second. It was said in the first session and in the second. ",
      "Once",
      "Twice",
      " a week.It was said in the first session and in the second. It was said in the first …",
    ]);
  });
});
