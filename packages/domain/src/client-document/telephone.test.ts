import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { phoneProblem, telHref } from "./telephone.ts";

describe("a number as it is typed, as what a phone calls", () => {
  test.each([
    ["988", "tel:988"],
    ["9-8-8", "tel:988"],
    ["116 123", "tel:116123"],
    ["13 11 14", "tel:131114"],
    ["112", "tel:112"],
    ["15", "tel:15"],
    ["(555) 555-0142", "tel:5555550142"],
    ["555.555.0142", "tel:5555550142"],
    ["555–555‑0142", "tel:5555550142"],
    ["1 800 555 0142", "tel:18005550142"],
    ["+1 555 555 0142", "tel:+15555550142"],
    ["+44 (0)20 7946 0958", "tel:+442079460958"],
    ["00 44 20 7946 0958", "tel:00442079460958"],
    ["030/1234567", "tel:0301234567"],
    [" tel:+15555550142 ", "tel:+15555550142"],
    ["555-555-0142 ext. 12", "tel:5555550142,12"],
    ["555-555-0142 x12", "tel:5555550142,12"],
    ["555-555-0142, extension 1204", "tel:5555550142,1204"],
    ["555-555-0142 #12", "tel:5555550142,12"],
    ["\u202A+1\u00A0555\u00A0555\u00A00142\u202C", "tel:+15555550142"],
    ["٩١١", "tel:911"],
    ["＋81 3 1234 5678", "tel:+81312345678"],
  ])("%s", (typed, href) => {
    expect(telHref(typed)).toBe(href);
    expect(phoneProblem(typed)).toBeNull();
  });

  test.each([
    "ask Ana",
    "55",
    "1-800-FLOWERS",
    "call or text 988",
    "555-0142 or 555-0143",
    "555 0142 / 555 0143",
    "555-0142, 555-0143",
    "+",
    "+123",
    "+0 555 555 0142",
    "5+55",
    "*31#5550142",
    "12345678901234567",
    "988 x12",
    "ana@example.org",
    "javascript:alert(1)",
    "555-0142;phone-context=evil",
  ])("%s is none, and the field says what to do", (typed) => {
    expect(telHref(typed)).toBeNull();
    expect(phoneProblem(typed)).toMatch(/Write one number in digits/);
  });

  test("no number at all is no fault", () => {
    expect(telHref(" ")).toBeNull();
    expect(phoneProblem(" ")).toBeNull();
  });

  test("whatever is typed, an address holds digits, one plus and one pause and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+\d\s()./x#,-]{0,30}$/)), (typed) => {
        const href = telHref(typed);
        expect(href === null || /^tel:\+?\d{2,15}(,\d{1,6})?$/.test(href)).toBe(true);
      }),
    );
  });

  test("its digits are those that were typed, in their order", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[2-9]\d{6,11}$/), fc.array(fc.constantFrom(" ", "-", "."), { maxLength: 6 }), (digits, marks) => {
        const typed = [...digits].map((digit, index) => digit + (index < digits.length - 1 ? (marks[index] ?? "") : "")).join("");
        expect(telHref(typed)).toBe(`tel:${digits}`);
      }),
    );
  });
});
