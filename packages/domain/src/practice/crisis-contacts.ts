import type { SafetyContact } from "../client-document/safety-plan.ts";
import { telHref } from "../client-document/telephone.ts";
import { type CrisisPractice, crisisWords } from "./crisis-words.ts";

const contact = (name: string, phone: string, note = ""): SafetyContact => ({ name, phone, note, anyHour: true });

/** The lines that `defaultCrisisWords` names, one by one; the sources stand there, and a test holds the two together. */
const linesByCountry: ReadonlyMap<string, readonly SafetyContact[]> = new Map([
  ["US", [contact("988 Suicide & Crisis Lifeline", "988", "Call or text"), contact("Emergency, when in danger now", "911")]],
  ["CA", [contact("9-8-8 Suicide Crisis Helpline", "988", "Call or text"), contact("Emergency, when in danger now", "911")]],
  ["GB", [contact("Samaritans", "116 123"), contact("Emergency, when in danger now", "999")]],
  ["IE", [contact("Samaritans", "116 123"), contact("Emergency, when in danger now", "112")]],
  ["AU", [contact("Lifeline", "13 11 14"), contact("Emergency, when in danger now", "000")]],
  ["NZ", [contact("1737", "1737", "Call or text"), contact("Emergency, when in danger now", "111")]],
]);

/** A run of digits as numbers are written, with what stands between them. */
const numberInText = /\+?\(?\d[\d().\-‐‑– ]*\d/g;

/** Hours and days in a practice's own words are no numbers to call. */
const withoutTimes = (text: string) =>
  text.replace(
    /\b24\s*\/\s*7\b|\b\d{1,2}[:.]\d{2}\b(?!\d)|\b\d{1,2}\s*(?:to|until|-|–)\s*\d{1,2}\b(?![-\d])|\b\d{1,2}\s*(?:a\.?m|p\.?m|hours?|days?|minutes?)\b/gi,
    " ",
  );

/** The numbers in a practice's own words, each with the sentence that it stands in. */
function contactsIn(words: string): SafetyContact[] {
  const found: SafetyContact[] = [];
  for (const sentence of words.split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u))
    for (const [typed] of withoutTimes(sentence).matchAll(numberInText)) {
      const phone = typed.trim();
      // In running text a number of two digits is an hour or an age.
      if (phone.replace(/\D/g, "").length < 3 || telHref(phone) === null || found.some((other) => telHref(other.phone) === telHref(phone)))
        continue;
      const about = sentence
        .replace(typed, "")
        .replace(/\s+([.,;!?])/g, "$1")
        .replace(/\s+/g, " ")
        .trim();
      found.push({
        name: `Crisis contact${found.length === 0 ? "" : ` ${found.length + 1}`}`,
        phone,
        note: [...about].slice(0, 200).join(""),
        anyHour: false,
      });
    }
  return found;
}

/**
 * Where help is in a crisis, as entries with a number to call: those in the practice's own words, which do not say by themselves at which hours, and the
 * lines of its country.
 */
export function crisisContacts(practice: CrisisPractice): readonly SafetyContact[] {
  const own = practice.crisis.trim() === "" ? [] : contactsIn(crisisWords(practice));
  const union = crisisWords({ ...practice, crisis: "" }).includes("112") ? [contact("Emergency, when in danger now", "112")] : [];
  const ofCountry = linesByCountry.get(practice.country) ?? union;
  const called = new Set(ofCountry.map(({ phone }) => telHref(phone)));
  return [...own.filter(({ phone }) => !called.has(telHref(phone))), ...ofCountry];
}
