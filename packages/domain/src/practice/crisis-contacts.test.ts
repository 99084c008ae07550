import { describe, expect, test } from "vitest";
import { telHref } from "../client-document/telephone.ts";
import { crisisContacts } from "./crisis-contacts.ts";
import { defaultCrisisWords } from "./crisis-words.ts";

const digits = (text: string) => text.replace(/\D/g, "");

describe("lines to call in a crisis", () => {
  test.each(["US", "CA", "GB", "IE", "AU", "NZ", "DE", "FR", "CZ"])(
    "of %s are those that its words name, and a phone can call each",
    (country) => {
      const contacts = crisisContacts({ country, crisis: "" });
      expect(contacts.length).toBeGreaterThan(0);
      for (const { phone, anyHour } of contacts) {
        expect(digits(defaultCrisisWords(country))).toContain(digits(phone));
        expect(telHref(phone)).not.toBeNull();
        expect(anyHour).toBe(true);
      }
    },
  );

  test("are not made up for a country of which none is known", () => {
    expect(crisisContacts({ country: "BR", crisis: "" })).toEqual([]);
  });

  test("are read out of the practice's own words, without taking hours for numbers", () => {
    const crisis =
      "Between 9 and 17 call our office at (555) 555-0142. At night, from 18:00 to 8:30, the on-call therapist answers on 555-555-0143. We are there 24/7. You can also call 988.";
    expect(crisisContacts({ country: "US", crisis }).map(({ phone, note, anyHour }) => ({ phone, note, anyHour }))).toEqual([
      { phone: "(555) 555-0142", note: "Between 9 and 17 call our office at.", anyHour: false },
      { phone: "555-555-0143", note: "At night, from 18:00 to 8:30, the on-call therapist answers on.", anyHour: false },
      { phone: "988", note: "Call or text", anyHour: true },
      { phone: "911", note: "", anyHour: true },
    ]);
  });
});
