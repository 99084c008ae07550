import { describe, expect, test } from "vitest";
import { specifiersFor } from "./diagnosis-terms.ts";
import {
  ancestors,
  billableUnder,
  children,
  fiscalYearOn,
  formatIcd10Table,
  isCurrent,
  parseIcd10Table,
  whyNotCurrent,
  whyOutdated,
} from "./icd-10-cm.ts";
import { shippedSpecifiers, shippedTable } from "./shipped-diagnoses.test-data.ts";

const { table } = shippedTable;

describe("the shipped table", () => {
  test("is read without a fault and says where it is from", () => {
    expect(shippedTable.faults).toEqual([]);
    expect(table.fiscalYear).toBe(2026);
    expect(table.provenance).toContain("CMS/NCHS");
  });

  test("every code but a three-character category has its header in the table", () => {
    expect(table.entries.filter((entry) => entry.code.length > 3 && entry.parent === null)).toEqual([]);
  });

  test("headers have codes below them and billable codes have none", () => {
    const parents = new Set(table.entries.map((entry) => entry.parent));
    expect(table.entries.filter((entry) => entry.billable === parents.has(entry.code))).toEqual([]);
  });

  test("comes back the same from its own format", () => {
    const again = parseIcd10Table(formatIcd10Table(table));
    expect(again.faults).toEqual([]);
    expect(again.table.entries).toEqual(table.entries);
    expect(again.table.fiscalYear).toBe(table.fiscalYear);
  });
});

test("headers above and codes below", () => {
  expect(ancestors(table, "F43.10").map((entry) => entry.code)).toEqual(["F43.1", "F43"]);
  expect(ancestors(table, "T74.11XA").map((entry) => entry.code)).toEqual(["T74.11", "T74.1", "T74"]);
  expect(children(table, "F43.1").map((entry) => entry.code)).toEqual(["F43.10", "F43.11", "F43.12"]);
  expect(billableUnder(table, "F33.4").map((entry) => entry.code)).toEqual(["F33.40", "F33.41", "F33.42"]);
  expect(billableUnder(table, "F41.1").map((entry) => entry.code)).toEqual(["F41.1"]);
});

const small = parseIcd10Table(
  "# ICD-10-CM FY2027\ncode\tbillable\tdescription\tretired\nF50.8\t0\tOther eating disorders\nF50.81\t1\tBinge eating disorder\t2025\nF50.810\t1\tBinge eating disorder, mild\n",
).table;

test.each<[string, boolean, RegExp | null]>([
  ["F50.810", true, null],
  ["F50.81", false, /retired with fiscal year 2025\. Choose one of F50\.810\./],
  ["F50.8", false, /category and cannot be billed\. Choose one of F50\.810\./],
  ["F50.899", false, /not in the ICD-10-CM table of fiscal year 2027\. Choose one of F50\.810\./],
  ["X99", false, /not in the ICD-10-CM table of fiscal year 2027\.$/],
])("%s may be chosen: %s", (code, current, why) => {
  expect(isCurrent(small, code)).toBe(current);
  if (why === null) expect(whyNotCurrent(small, code)).toBeNull();
  else expect(whyNotCurrent(small, code)).toMatch(why);
});

test("a long list of codes is cut short", () => {
  expect(whyNotCurrent(table, "F10")).toMatch(/Choose one of F10\.10, .* and \d+ more\.$/);
});

test.each<[string, string, RegExp]>([
  ["no fiscal year", "code\tbillable\tdescription\nF32\t0\tDepression\n", /does not say the fiscal year/],
  ["not a code", "# FY2026\nF3\t0\tDepression\n", /"F3" is not/],
  ["twice", "# FY2026\nF32\t0\tDepression\nF32\t0\tDepression\n", /stands twice/],
  ["neither 0 nor 1", "# FY2026\nF32\ty\tDepression\n", /0 or 1, not "y"/],
  ["no description", "# FY2026\nF32\t0\t\n", /no description/],
  ["no year of retirement", "# FY2026\nF32\t0\tDepression\tlong ago\n", /fiscal year, not "long ago"/],
])("a table with a line that is wrong (%s)", (_, text, message) => {
  const { faults } = parseIcd10Table(text);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.message).toMatch(message);
});

test("the fiscal year turns on October 1", () => {
  expect([fiscalYearOn("2026-09-30"), fiscalYearOn("2026-10-01"), fiscalYearOn("2027-01-01")]).toEqual([2026, 2027, 2027]);
  expect(whyOutdated(table, "2026-09-30")).toBeNull();
  expect(whyOutdated(table, "2026-11-23")).toMatch(/fiscal year 2027 has been in force since October 1, 2026/);
});

describe("specifiers", () => {
  const names = (code: string): string[] => specifiersFor(shippedSpecifiers, code).flatMap((group) => group.specifiers);

  test.each<[string, string]>([
    ["F33.1", "With anxious distress, moderate"],
    ["F33.1", "With seasonal pattern"],
    ["F32.3", "With mood-congruent psychotic features"],
    ["F43.10", "With dissociative symptoms: depersonalization"],
    ["F43.12", "With delayed expression"],
    ["F40.10", "Performance only"],
    ["F42.3", "With excessive acquisition"],
    ["F10.21", "In sustained remission"],
    ["F11.20", "On maintenance therapy"],
    ["F84.0", "With accompanying language impairment"],
    ["F91.2", "With limited prosocial emotions"],
  ])("%s may be %s", (code, name) => {
    expect(names(code)).toContain(name);
  });

  test.each<[string, string]>([
    ["F32.1", "With seasonal pattern"],
    ["F33.1", "With rapid cycling"],
    ["F32.1", "With mood-congruent psychotic features"],
    ["F41.1", "Performance only"],
    ["F10.20", "In sustained remission"],
    ["F40.01", "With panic attacks"],
  ])("%s may not be %s", (code, name) => {
    expect(names(code)).not.toContain(name);
  });

  test("a code without specifiers has none", () => {
    expect(names("F43.81")).toEqual(["With panic attacks"]);
    expect(names("Z63.0")).toEqual([]);
  });
});
