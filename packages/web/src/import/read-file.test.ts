import { describe, expect, test } from "vitest";
import { readFile } from "./read-file.ts";

const read = (...parts: readonly BlobPart[]) => readFile(new Blob([...parts]), () => {});
const cells = async (...parts: readonly BlobPart[]) => {
  const file = await read(...parts);
  return file.kind === "read" ? file.records.map((record) => record.cells) : file.message;
};

describe("a file of scores", () => {
  test("is read with a byte-order mark", async () =>
    expect(await cells("\uFEFFname,total\nJosé,7")).toEqual([
      ["name", "total"],
      ["José", "7"],
    ]));
  test("is read as UTF-16", async () => {
    const text = "name\ttotal\nJosé\t7";
    const units = new Uint16Array([0xfeff, ...Array.from(text, (letter) => letter.charCodeAt(0))]);
    expect(await cells(units)).toEqual([
      ["name", "total"],
      ["José", "7"],
    ]);
  });
  test("is read with the old letters of Windows, and says so", async () => {
    const file = await read("name,total\n", new Uint8Array([0x4a, 0x6f, 0x73, 0xe9]), ",7");
    expect(file).toMatchObject({ kind: "read", oldLetters: true, records: [{}, { cells: ["José", "7"] }] });
  });
  test.each<[string, BlobPart, RegExp]>([
    ["an empty file", "", /nothing in this file/],
    ["a workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20]), /CSV UTF-8/],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /no text file/],
    ["a quote that stays open", 'a,b\n1,"2\n3,4', /line 2/],
  ])("%s is refused with what to do", async (_, part, message) => expect(await cells(part)).toMatch(message));
});
