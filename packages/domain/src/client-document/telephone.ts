/** Most digits of an international number (ITU-T E.164). */
const mostDigits = 15;
/** Emergency numbers of two digits: France's ambulance, police and fire brigade. Anything else as short is a number that is not finished. */
const twoDigits = new Set(["15", "17", "18"]);
/** The zero of each row of digits that people type besides 0 to 9: Arabic, Persian, Devanagari, Bengali, fullwidth. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => code >= first && code <= first + 9);
    return zero === undefined ? digit : String(code - zero);
  });
}

/**
 * The address that calls a number on one tap ("tel:+15555550142"), from the number as somebody typed it; `null` where it is not plainly one number that a phone can
 * dial. Nothing is guessed: no letters are turned into digits, no country is added, and two numbers in one field are none. An extension is dialled
 * after a pause (the comma), which reaches the main number also on a phone that does not know it.
 */
export function telHref(typed: string): string | null {
  // Invisible marks come along when a number is copied from an address book.
  const text = plainDigits(typed.replace(/\p{Cf}/gu, "").replaceAll("\uFF0B", "+"))
    .trim()
    .replace(/^tel:\s*/i, "");
  const parts = /^(.*?)(?:\s*(?:,\s*)?(?:ext\.?|extension|x)\s*(\d{1,6})|\s+#\s?(\d{1,6}))?$/i.exec(text);
  const main = (parts?.[1] ?? "").trim();
  const extension = parts?.[2] ?? parts?.[3] ?? "";
  if (!/^\+?[\d\s().\-‐‑–—/]+$/.test(main) || isTwoNumbers(main)) return null;
  const international = main.startsWith("+");
  // "+44 (0)20 …": the zero in brackets is dialled within the country only.
  const digits = (international ? main.replace(/\(\s*0\s*\)/, "") : main).replace(/\D/g, "");
  const enough = international ? digits.length >= 7 && !digits.startsWith("0") : digits.length >= 3 || twoDigits.has(digits);
  if (!enough || digits.length > mostDigits || (extension !== "" && digits.length < 7)) return null;
  return `tel:${international ? "+" : ""}${digits}${extension === "" ? "" : `,${extension}`}`;
}

/** "555 0142 / 555 0143": a slash between two whole numbers. As in "030/1234567" it may also stand after an area code. */
function isTwoNumbers(text: string): boolean {
  const sides = text.split("/").map((side) => side.replace(/\D/g, "").length);
  return sides.length > 2 || (sides.length === 2 && sides.every((length) => length > 5));
}

/** What is wrong with a number, and what to do; `null` for none and for one that a phone can dial. */
export function phoneProblem(typed: string): string | null {
  return typed.trim() === "" || telHref(typed) !== null
    ? null
    : "A phone cannot call this. Write one number in digits, for example 555-555-0142, +44 20 7946 0958 or 988; anything else fits into the note.";
}
