import { describe, expect, test } from "vitest";
import { parseIcd10Table } from "./icd-10-cm.ts";
import { compareTables, parseOrderFile, tableFromOrderFile } from "./order-file.ts";

/** One line in the fixed columns of the official file. */
function line(order: number, code: string, billable: 0 | 1, description: string): string {
  return `${String(order).padStart(5, "0")} ${code.padEnd(7)} ${billable} ${description.slice(0, 60).padEnd(60)} ${description}`;
}

const orderFile = [
  line(1, "A000", 1, "Cholera due to Vibrio cholerae 01, biovar cholerae"),
  line(2, "F32", 0, "Depressive episode"),
  line(3, "F320", 1, "Major depressive disorder, single episode, mild"),
  line(4, "F328", 0, "Other depressive episodes"),
  line(
    5,
    "F3281",
    1,
    "Premenstrual dysphoric disorder, with a description that goes on for longer than the sixty characters of the short one",
  ),
  line(6, "F998", 1, "A new disorder of chapter F"),
  line(7, "T7411XA", 1, "Adult physical abuse, confirmed, initial encounter"),
  line(8, "Z630", 1, "Problems in relationship with spouse or partner"),
  line(9, "Z91", 0, "Personal risk factors, not elsewhere classified"),
  line(10, "Z910", 0, "Allergy status"),
  line(11, "Z9151", 1, "Personal history of suicidal behavior, reworded"),
].join("\r\n");

const present = parseIcd10Table(
  [
    "# ICD-10-CM FY2026",
    "F32\t0\tDepressive episode",
    "F32.0\t1\tMajor depressive disorder, single episode, mild",
    "F32.8\t1\tOther depressive episodes",
    "F32.A\t1\tDepression, unspecified",
    "F50.2\t1\tBulimia nervosa\t2025",
    "T74.11XA\t1\tAdult physical abuse, confirmed, initial encounter",
    "Z63.0\t1\tProblems in relationship with spouse or partner",
    "Z91\t0\tPersonal risk factors, not elsewhere classified",
    "Z91.5\t0\tPersonal history of self-harm",
    "Z91.51\t1\tPersonal history of suicidal behavior",
  ].join("\n"),
).table;

describe("the order file", () => {
  test("is read by its columns", () => {
    const { rows, faults } = parseOrderFile(orderFile);
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(11);
    expect(rows[0]).toEqual({ code: "A00.0", billable: true, description: "Cholera due to Vibrio cholerae 01, biovar cholerae" });
    expect(rows[1]).toMatchObject({ code: "F32", billable: false });
    expect(rows[4]?.description).toMatch(/sixty characters of the short one$/);
    expect(rows[6]?.code).toBe("T74.11XA");
  });

  test.each<[string, string, RegExp]>([
    ["another file", "code\tbillable\tdescription\nF32\t0\tDepressive episode", /not an ICD-10-CM order file/],
    ["no code", line(1, "F32", 0, "Depressive episode").replace("F32", "???"), /Columns 7 to 13 hold a code/],
    ["a flag that is none", line(1, "F32", 0, "Depressive episode").replace(" 0 ", " x "), /Column 15 is 1/],
    ["no long description", line(1, "F32", 0, "Depressive episode").slice(0, 77), /no long description/],
    ["lines out of order", [line(2, "F32", 0, "A"), line(1, "F33", 0, "B")].join("\n"), /does not follow 00002/],
    ["a code twice", [line(1, "F32", 0, "A"), line(2, "F32", 0, "A")].join("\n"), /already stands in line 1/],
    ["nothing", "\n\n", /empty/],
  ])("that is wrong (%s) is told with its line", (_, text, message) => {
    expect(parseOrderFile(text).faults[0]?.message).toMatch(message);
  });

  test("a wrong file is not read to its end", () => {
    expect(parseOrderFile(Array.from({ length: 1000 }, () => "nonsense").join("\n")).faults).toHaveLength(20);
  });
});

describe("the table of a new year", () => {
  const next = tableFromOrderFile(parseOrderFile(orderFile).rows, 2027, present, "ICD-10-CM FY2027");
  const current = next.entries.filter((entry) => entry.retired === null).map((entry) => entry.code);

  test("keeps chapter F, new codes in it, and what the present table has of the other chapters", () => {
    expect(current).toEqual(["F32", "F32.0", "F32.8", "F32.81", "F99.8", "T74.11XA", "Z63.0", "Z91", "Z91.51"]);
  });

  test("keeps retired codes for old records, with the year in which they went", () => {
    expect(next.entries.filter((entry) => entry.retired !== null).map(({ code, retired }) => [code, retired])).toEqual([
      ["F32.A", 2027],
      ["F50.2", 2025],
      ["Z91.5", 2027],
    ]);
  });

  test("knows its hierarchy", () => {
    expect(next.byCode.get("F32.81")?.parent).toBe("F32.8");
  });

  test("tells what changes", () => {
    const changes = compareTables(present, next);
    expect(changes.added.map((entry) => entry.code)).toEqual(["F32.81", "F99.8"]);
    expect(changes.retired.map((entry) => entry.code)).toEqual(["F32.A", "Z91.5"]);
    expect(changes.billableChanged.map((entry) => [entry.code, entry.billable])).toEqual([["F32.8", false]]);
    expect(changes.reworded).toEqual([
      { code: "Z91.51", from: "Personal history of suicidal behavior", to: "Personal history of suicidal behavior, reworded" },
    ]);
  });

  test("of the same rows again changes nothing", () => {
    const again = tableFromOrderFile(parseOrderFile(orderFile).rows, 2028, next, "ICD-10-CM FY2028");
    expect(compareTables(next, again)).toEqual({ added: [], retired: [], reworded: [], billableChanged: [] });
  });
});
