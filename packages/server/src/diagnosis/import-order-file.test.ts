import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCurrent, whyNotCurrent } from "@trellis/domain/diagnosis/icd-10-cm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diagnosesFolder, loadDiagnoses, readTable, tableFiles } from "../library/load-diagnoses.ts";

const command = fileURLToPath(new URL("./import-order-file.ts", import.meta.url));
const shipped = readTable(join(diagnosesFolder, "icd-10-cm-fy2026.tsv"));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-order-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The order file of a year that is like the shipped table but for one code less and one more. */
function writeOrderFile(name: string, { without, added }: { without: string; added: string }): string {
  const kept = shipped.entries
    .filter((entry) => entry.code !== without)
    .map((entry) => ({ code: entry.code.replace(".", ""), billable: entry.billable ? "1" : "0", description: entry.description }));
  const rows = [...kept, { code: added, billable: "1", description: "A disorder made up for this test" }].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
  const text = rows
    .map(
      ({ code, billable, description }, i) =>
        `${String(i + 1).padStart(5, "0")} ${code.padEnd(7)} ${billable} ${description.slice(0, 60).padEnd(60)} ${description}`,
    )
    .join("\r\n");
  const path = join(folder, name);
  writeFileSync(path, text, "latin1");
  return path;
}

test("a year's order file becomes the practice's table, which is used from October 1", () => {
  const into = join(folder, "diagnoses");
  const file = writeOrderFile("icd10cm_order_2027.txt", { without: "F50.83", added: "F4382" });
  const output = execFileSync(process.execPath, [command, file, "--into", into], { encoding: "utf8" });
  expect(output).toContain("Added: 1\n  F43.82  A disorder made up for this test");
  expect(output).toContain("Retired: 1\n  F50.83  Pica in adults");
  expect(tableFiles(into).map(({ fiscalYear }) => fiscalYear)).toEqual([2027]);

  const { table } = loadDiagnoses("2026-11-23", into);
  expect(table.fiscalYear).toBe(2027);
  expect(isCurrent(table, "F43.82")).toBe(true);
  expect(whyNotCurrent(table, "F50.83")).toMatch(/Pica in adults\) was retired with fiscal year 2027/);
  expect(loadDiagnoses("2026-09-30", into).table.fiscalYear).toBe(2026);
  expect(loadDiagnoses("2026-11-23").table.fiscalYear).toBe(2026);
});

test("a dry run writes nothing", () => {
  const into = join(folder, "diagnoses");
  const file = writeOrderFile("icd10cm_order_2027.txt", { without: "F50.83", added: "F4382" });
  execFileSync(process.execPath, [command, file, "--into", into, "--dry-run"]);
  expect(tableFiles(into)).toEqual([]);
});

test.each<[string, (into: string) => string[], RegExp]>([
  ["no file is named", () => [], /Which file\?/],
  ["the file does not exist", () => [join(folder, "missing_2027.txt")], /cannot be read/],
  ["it is another file", () => [fileURLToPath(import.meta.url), "--year", "2027"], /line 1: .*not an ICD-10-CM order file/],
  ["the year is not known", () => [writeOrderFile("order.txt", { without: "F50.83", added: "F4382" })], /does not say the fiscal year/],
  [
    "it is older than the present table",
    () => [writeOrderFile("icd10cm_order_2019.txt", { without: "F50.83", added: "F4382" })],
    /would take it back/,
  ],
  [
    "it is a part of the file only",
    () => [truncated(writeOrderFile("icd10cm_order_2027.txt", { without: "F50.83", added: "F4382" }))],
    /Is it the whole order file\?/,
  ],
  ["an option does not exist", () => ["--force"], /no option --force/],
])("nothing is written when %s", (_, given, message) => {
  const into = join(folder, "diagnoses");
  const { status, stderr } = spawnSync(process.execPath, [command, ...given(into), "--into", into], { encoding: "utf8" });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(message);
  expect(readdirSync(folder)).not.toContain("diagnoses");
});

function truncated(path: string): string {
  writeFileSync(path, readFileSync(path, "latin1").split("\r\n").slice(0, 300).join("\r\n"), "latin1");
  return path;
}
