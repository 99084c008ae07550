import { readFileSync } from "node:fs";
import { join } from "node:path";
import { countsTable } from "@trellis/domain/library/library-counts";
import { expect, test } from "vitest";
import { checkLibrary } from "./check-library.ts";
import { describeFault, libraryFolder, loadLibrary } from "./load-library.ts";

test("the library has no fault", () => {
  expect(checkLibrary(libraryFolder).map(describeFault)).toEqual([]);
});

test("every chapter of the table of contents is written", () => {
  const { contents, chapterById } = loadLibrary();
  const named = contents.flatMap(({ groups }) => groups.flatMap(({ chapters }) => chapters));
  expect(named.filter((id) => !chapterById.has(id))).toEqual([]);
});

test("the README tells how much it holds", () => {
  const readme = readFileSync(join(libraryFolder, "../README.md"), "utf8");
  expect(readme).toContain(countsTable(loadLibrary()));
});
