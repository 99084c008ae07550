import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LibraryFile } from "@trellis/domain/library/library";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCompiledLibrary } from "./compiled-library.ts";
import { libraryFolder, readLibrary } from "./load-library.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-compiled-"));
  path = join(folder, "dist", "library.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const contents = (title: string): LibraryFile => ({
  kind: "contents",
  path: "contents.yaml",
  content: [{ population: "adult", groups: [{ title, chapters: ["adult-x"] }] }],
});
const bytes = (text: string): Buffer => Buffer.from(text);

function keep(title: string): void {
  const compiled = openCompiledLibrary(path);
  compiled.add(contents(title), bytes(title));
  compiled.save();
}

test("what was kept is found again for the same bytes, and for no others", () => {
  keep("Mood");
  const compiled = openCompiledLibrary(path);
  expect(compiled.find("contents.yaml", bytes("Mood"))).toEqual(contents("Mood"));
  expect(compiled.find("contents.yaml", bytes("Moods"))).toBeUndefined();
  expect(compiled.find("other.yaml", bytes("Mood"))).toBeUndefined();
});

test("a file that was cut off or made for other schemas is as good as none", () => {
  keep("Mood");
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, whole.slice(0, -5));
  expect(openCompiledLibrary(path).find("contents.yaml", bytes("Mood"))).toBeUndefined();
  writeFileSync(path, whole.replace(/"schemas":"[^"]*"/, '"schemas":"older"'));
  expect(openCompiledLibrary(path).find("contents.yaml", bytes("Mood"))).toBeUndefined();
});

test("where nothing can be written, the library is read all the same", () => {
  writeFileSync(join(folder, "dist"), "a file where the folder should be");
  expect(() => keep("Mood")).not.toThrow();
});

test("the library that comes with the product is the same, kept or read", () => {
  const kept = readLibrary(libraryFolder);
  // A folder that is written another way is read file by file.
  const read = readLibrary(`${libraryFolder}.`);
  expect(kept.files).toEqual(read.files);
});
