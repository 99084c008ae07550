import { describe, expect, it } from "vitest";
import { nameInText, withoutNames } from "./name-in-text.ts";

describe("a client's name in a wording", () => {
  it.each([
    ["Robin plans three activities a week.", "Robin"],
    ["Practices breathing in ROBIN's own pace.", "ROBIN"],
    ["when robin is tired", "robin"],
    ["Mother of Example calls.", "Example"],
    ["Says “Bo” to himself.", "Bo"],
    ["Writes to Zoe\u0308.", "Zoë"],
    ["Anna speaks up.", "Anna"],
  ])("is found as a whole word: %s", (text, name) => {
    expect(nameInText(text, ["Robin Example", "Bo", "Zoë", "Anna-Maria O'Brien"])).toBe(name);
  });

  it("is not found inside another word, nor in a single letter", () => {
    expect(nameInText("Plans for examples at the robinia, o clock.", ["Robin Example", "O"])).toBeNull();
    expect(nameInText("The client plans three activities a week.", ["", "Robin"])).toBeNull();
  });

  it("is only found with a capital where it is a word of the language too", () => {
    expect(nameInText("The client will call in the van.", ["Will Van Dyke"])).toBeNull();
    expect(nameInText("Then Will calls.", ["Will Van Dyke"])).toBe("Will");
  });
});

describe("a text that names nobody", () => {
  it.each([
    ["Robin calls Robin's sister.", "R. calls R.'s sister."],
    ["The client will call Will.", "The client will call W."],
    ["Nobody is named here.", "Nobody is named here."],
  ])("%s", (text, without) => {
    expect(withoutNames(text, ["Robin Example", "Will"])).toBe(without);
  });
});
