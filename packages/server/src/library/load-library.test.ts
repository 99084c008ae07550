import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lintLibrary } from "@trellis/domain/library/lint-library";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkLibrary } from "./check-library.ts";
import { LibraryError, leavesOutLicensed, libraryFolder, loadLibrary, readLibrary } from "./load-library.ts";

const command = fileURLToPath(new URL("./check-library.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-library-"));
  cpSync(join(libraryFolder, "measures"), join(folder, "measures"), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const source = (id: string): string => `- id: ${id}
  kind: cohort
  authors: Somebody
  year: 2020
  title: Made up for a test of ${id}
  source: Nowhere
  finding: Nothing was found, for nothing was looked for.
  verified: { on: 2026-11-23, where: nowhere at all, read: abstract }
`;

test("a folder is loaded with its indexes", () => {
  const library = loadLibrary(folder);
  expect(library.measures.map((measure) => measure.id)).toEqual([
    "ace-brfss",
    "audit",
    "auditc",
    "bam",
    "cesd",
    "gad2",
    "gad7",
    "gds15",
    "pcl5",
    "pcptsd5",
    "phq15",
    "phq2",
    "phq9",
    "session-feedback",
  ]);
  expect(library.measureById.get("phq9")?.items).toHaveLength(10);
});

describe("the measures whose owners set conditions", () => {
  const libraryWhere = (setting?: string) => loadLibrary(libraryFolder, leavesOutLicensed({ TRELLIS_LICENSED_MEASURES: setting }));
  const whole = libraryWhere();

  test("are in the library, after those for everybody", () => {
    const { measures } = whole;
    expect(measures.map(({ license, wording }) => (wording === "here" ? license.class : "-")).join("")).toMatch(/^A+B+-+$/);
  });

  test("are all left out by one setting, and the rest is as it was", () => {
    const library = libraryWhere("off");
    const left = [...whole.measureById.keys()].filter((id) => !library.measureById.has(id));
    expect(left.toSorted()).toEqual(["core10", "dass21", "k10", "k6", "psc17"]);
    expect(library.measures.filter(({ license }) => license.class === "B")).toEqual([]);
    expect(library.chapters.length).toBe(whole.chapters.length);
    expect(lintLibrary(library)).toEqual([]);
  });

  test("each have a notice that names them", () => {
    const notice = readFileSync(join(libraryFolder, "licensed-measures", "NOTICE.md"), "utf8");
    for (const { name, license } of whole.measures) if (license.class === "B") expect(notice).toContain(name);
  });
});

describe("a file that is not valid is refused with file, line and path", () => {
  test.each<[string, string, string, string]>([
    ["not YAML", "evidence/x.yaml", '- id: "broken\n', "evidence/x.yaml:2:1: not valid YAML"],
    ["a key twice", "evidence/x.yaml", "- id: a\n  id: b\n", "evidence/x.yaml:2:3: not valid YAML: Map keys must be unique"],
    [
      "a value out of its list",
      "evidence/x.yaml",
      source("x").replace("cohort", "hearsay"),
      'evidence/x.yaml:2:9 [0].kind: Invalid option: expected one of "guideline"',
    ],
    [
      "a part missing",
      "evidence/x.yaml",
      source("x").replace("  authors: Somebody\n", ""),
      "evidence/x.yaml:1:3 [0].authors: This is missing; it is to be a string.",
    ],
    [
      "a number for a text",
      "evidence/x.yaml",
      source("x").replace("Nowhere", "12"),
      "evidence/x.yaml:6:11 [0].source: Invalid input: expected string, received number. Put it in quotes.",
    ],
    [
      "a key that nobody knows",
      "evidence/x.yaml",
      source("x").replace("authors", "author: x\n  authors"),
      'evidence/x.yaml:1:3 [0]: Unrecognized key: "author"',
    ],
    [
      "a measure without items",
      "measures/phq9.yaml",
      readFileSync(join(libraryFolder, "measures/gad7.yaml"), "utf8").replace(/items:[\s\S]*?scoring:/, "items: []\nscoring:"),
      "measures/phq9.yaml:15:8 items: A measure has at least one item",
    ],
  ])("%s", (_, file, text, message) => {
    write(file, text);
    expect(() => loadLibrary(folder)).toThrow(LibraryError);
    expect(() => loadLibrary(folder)).toThrow(message);
  });
});

describe("reading what is still being written", () => {
  test("goes on after a bad file, and takes what stands in it for known", () => {
    write("evidence/a.yaml", source("a-2020").replace("cohort", "hearsay"));
    write("evidence/b.yaml", source("b-2020"));
    const reading = readLibrary(folder);
    expect(reading.faults.map((fault) => fault.file)).toEqual(["evidence/a.yaml"]);
    expect(reading.files.map((file) => file.path)).toContain("evidence/b.yaml");
    expect([...reading.unreadIds]).toEqual(["a-2020"]);
  });

  test("checks a chapter that has too little of everything as far as it goes", () => {
    write(
      "problems/adult/x.yaml",
      `id: adult-x
title: A problem
prefix: x
population: adult
summary: A problem made up for a test.
synonyms: [one, two, three]
diagnoses: [F32]
measures: [{ id: phq9, everyWeeks: 2, because: It shows how it goes. }]
courses: [{ severity: mild, sessions: [6, 8], perWeek: 1, minutes: 50, weeks: 10, because: That is usual here. }]
definitions: []
goals:
  - { id: x-goal-1, text: Some goal that is made up, plain: Some goal., ask: Which goal is it?, definitions: [x-def-1] }
objectives: []
interventions: []
expectedOutcomes: []
dischargeCriteria: []
`,
    );
    const found = checkLibrary(folder).map((fault) => `${fault.line} ${fault.path.join(".")}: ${fault.message}`);
    expect(found).toContain("10 definitions: A chapter needs at least 10 definitions; here are 0. [minimum-count]");
    expect(found).toContain(
      '12 goals.0.definitions.0: There is no behavioral definition in this chapter called "x-def-1". [dangling-reference]',
    );
    expect(found.filter((line) => line.startsWith("10 definitions"))).toHaveLength(1);
  });
});

describe("the command", () => {
  const check = (...given: string[]) => spawnSync(process.execPath, [command, "--library", folder, ...given], { encoding: "utf8" });

  test("ends well on a library without a fault", () => {
    expect(check()).toMatchObject({ status: 0, stdout: "No faults.\n" });
  });

  test("prints faults by file and ends with 1", () => {
    write("evidence/a.yaml", source("a-2020"));
    write("evidence/b.yaml", source("a-2020"));
    const { status, stdout } = check();
    expect(status).toBe(1);
    expect(stdout).toContain(
      'evidence/a.yaml: 1 fault\n  evidence/a.yaml:1:7 [0].id: Nothing in the library refers to the source "a-2020". [uncited-source]\n',
    );
    expect(stdout).toContain('evidence/b.yaml:1:7 [0].id: The id "a-2020" is already used in evidence/a.yaml. [duplicate-id]');
    expect(stdout).toMatch(/4 in all\.\n$/);
  });

  test("shows one file when asked for one", () => {
    write("evidence/a.yaml", source("a-2020"));
    write("evidence/b.yaml", source("b-2020"));
    expect(check("evidence/b").stdout).not.toContain("a-2020");
    expect(check(join(folder, "evidence/b.yaml")).stdout).toMatch(/^evidence\/b\.yaml: 1 fault/);
    expect(check("measures")).toMatchObject({ status: 0 });
  });

  test("explains itself", () => {
    expect(check("--nonsense")).toMatchObject({ status: 2 });
  });
});
