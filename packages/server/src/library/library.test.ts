import { expect, test } from "vitest";
import { checkLibrary } from "./check-library.ts";
import { describeFault, libraryFolder, loadLibrary } from "./load-library.ts";

test("the library has no fault", () => {
  expect(checkLibrary(libraryFolder).map(describeFault)).toEqual([]);
});

test("the library has the chapters of the first set", () => {
  expect(loadLibrary().chapters.map((chapter) => chapter.id)).toEqual(
    expect.arrayContaining(["adult-alcohol-use", "adult-depression", "adult-generalized-anxiety", "adult-prolonged-grief", "adult-ptsd"]),
  );
});
