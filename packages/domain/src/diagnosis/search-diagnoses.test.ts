import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIcd10Table } from "./icd-10-cm.ts";
import { indexDiagnoses, searchDiagnoses } from "./search-diagnoses.ts";
import { shippedSynonyms, shippedTable } from "./shipped-diagnoses.test-data.ts";

const index = indexDiagnoses(shippedTable.table, shippedSynonyms);
const codes = (query: string, limit?: number): string[] => searchDiagnoses(index, query, limit).map((found) => found.code);

/** What is typed, and the codes that must lead the list, in this order. */
const leading: [string, string[]][] = [
  // Abbreviations
  ["gad", ["F41.1"]],
  ["GAD", ["F41.1"]],
  ["ptsd", ["F43.10", "F43.11", "F43.12"]],
  ["mdd", ["F32.0", "F32.1", "F32.2", "F32.3", "F33.0", "F33.1"]],
  ["adhd", ["F90.0", "F90.1", "F90.2"]],
  ["ocd", ["F42.2"]],
  ["bpd", ["F60.3"]],
  ["aud", ["F10.10", "F10.20"]],
  ["pgd", ["F43.81"]],
  ["sud", ["F10.20", "F11.20"]],
  ["asd", ["F84.0", "F43.0"]],
  ["odd", ["F91.3"]],
  ["did", ["F44.81"]],
  ["ied", ["F63.81"]],
  ["pmdd", ["F32.81"]],
  // Names in use and everyday words
  ["bipolar", ["F31.9"]],
  ["bipolar ii", ["F31.81"]],
  ["alcohol use disorder", ["F10.10", "F10.20"]],
  ["prolonged grief", ["F43.81"]],
  ["panic attacks", ["F41.0"]],
  ["complex ptsd", ["F43.10"]],
  ["fear of flying", ["F40.243"]],
  ["self harm", ["R45.88"]],
  ["suicidal ideation", ["R45.851"]],
  ["divorce", ["Z63.5"]],
  ["burnout", ["Z73.0"]],
  ["compassion fatigue", ["Z73.0"]],
  ["grief", ["Z63.4", "F43.81"]],
  ["loss of a child", ["Z63.4", "F43.81"]],
  ["miscarriage", ["Z63.4"]],
  ["widow", ["Z63.4"]],
  ["drinking", ["F10.10", "F10.20"]],
  ["binge drinking", ["F10.10", "F10.20"]],
  ["dui", ["F10.10", "F10.20", "Z65.3"]],
  ["trauma", ["F43.10", "F43.11", "F43.12"]],
  ["flashbacks", ["F43.10", "F43.11", "F43.12"]],
  ["panic", ["F41.0"]],
  ["sad", ["F40.10"]],
  ["infidelity", ["Z63.0"]],
  ["hearing voices", ["R44.0", "F29"]],
  ["elder abuse", ["T74.11XA"]],
  ["isolation", ["Z60.2", "Z60.4"]],
  ["can't sleep", ["F51.01"]],
  ["hoarder", ["F42.3"]],
  ["schizoid", ["F60.1"]],
  ["codependent", ["F60.7"]],
  ["on the spectrum", ["F84.0"]],
  ["purging disorder", ["F50.89"]],
  ["pseudoseizures", ["F44.5"]],
  ["laid off", ["Z56.0", "Z56.2"]],
  ["robbed", ["Z65.4"]],
  ["probation", ["Z65.3", "Z65.2"]],
  ["stalking", ["T74.31XA", "Z65.4"]],
  ["foster care", ["Z62.21"]],
  ["ataque de nervios", ["F41.8", "F43.89"]],
  ["susto", ["F43.89"]],
  // Words of the description, in any order
  ["recurrent moderate depression", ["F33.1"]],
  ["dysthymic", ["F34.1"]],
  ["adjustment anxiety depressed", ["F43.23"]],
  ["phobia animal", ["F40.218"]],
  // Spelling mistakes
  ["major depresion", ["F32.0", "F32.1", "F32.2", "F32.3", "F33.0"]],
  ["anxeity", ["F41.1"]],
  ["post tramatic", ["F43.10", "F43.11", "F43.12"]],
  ["bipoler", ["F31.9"]],
  ["alchohol abuse", ["F10.10"]],
  ["scizophrenia", ["F20.9"]],
  ["obsesive compulsive", ["F42.2"]],
  ["insomia", ["F51.01"]],
  ["panick atack", ["F41.0"]],
  ["bordrline personality", ["F60.3"]],
  ["depression recurent moderate", ["F33.1"]],
  // Codes
  ["F41.1", ["F41.1"]],
  ["f411", ["F41.1"]],
  ["f41 1", ["F41.1"]],
  ["f43.1", ["F43.1", "F43.10", "F43.11", "F43.12"]],
  ["F33", ["F33", "F33.0", "F33.1"]],
  ["t7411xa", ["T74.11XA"]],
];

test.each(leading)("%s", (query, expected) => {
  expect(codes(query).slice(0, expected.length)).toEqual(expected);
});

test("social anxiety and the seasonal kind are both found under the same abbreviation", () => {
  const found = codes("sad");
  expect(found).toContain("F40.10");
  expect(found).toContain("F33.0");
});

describe("as one types", () => {
  test.each(["generalized anxiety", "prolonged grief", "borderline", "posttraumatic stress", "alcohol use disorder"])(
    "%s is found from its fourth letter on",
    (phrase) => {
      const whole = codes(phrase)[0];
      for (let length = 4; length <= phrase.length; length++) expect(codes(phrase.slice(0, length), 30)).toContain(whole);
    },
  );
});

test("a category is shown, told apart, and comes after the codes that may be chosen", () => {
  const found = searchDiagnoses(index, "ptsd");
  expect(found.find((entry) => entry.code === "F43.1")).toMatchObject({ billable: false });
  expect(found[0]).toEqual({
    code: "F43.10",
    description: "Post-traumatic stress disorder, unspecified",
    billable: true,
    knownAs: "posttraumatic stress disorder",
  });
});

test("what nobody means is not found, and nothing typed finds nothing", () => {
  expect(codes("zzzzzz")).toEqual([]);
  expect(codes("")).toEqual([]);
  expect(codes("  ¡!  ")).toEqual([]);
});

test("a retired code is never proposed", () => {
  const table = parseIcd10Table(
    "# FY2027\nF50.8\t0\tOther eating disorders\nF50.81\t1\tBinge eating disorder\t2025\nF50.810\t1\tBinge eating disorder, mild\n",
  ).table;
  const withRetired = indexDiagnoses(table, [{ terms: ["bed"], codes: ["F50.81"] }]);
  for (const query of ["binge", "F5081", "bed"])
    expect(searchDiagnoses(withRetired, query).map((found) => found.code)).not.toContain("F50.81");
  expect(searchDiagnoses(withRetired, "bed")[0]?.code).toBe("F50.810");
});

test("whatever is typed gives known codes, each once, and no more than asked for", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: "binary", maxLength: 40 })),
      fc.integer({ min: 1, max: 30 }),
      (query, limit) => {
        const found = codes(query, limit);
        return found.length <= limit && new Set(found).size === found.length && found.every((code) => shippedTable.table.byCode.has(code));
      },
    ),
  );
});
