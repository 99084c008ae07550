import type { CatalogueChapter, ChapterBundle } from "@trellis/domain/library/catalogue";
import type { LibraryFile } from "@trellis/domain/library/library";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import type { findInLibrary } from "./search-library.ts";

let practice: TestPractice;
let maya: Person;
beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
});
afterAll(() => practice.close());

type Found = ReturnType<typeof findInLibrary>;
const find = (query: string): Promise<Found> => maya.json<Found>("GET", `/library/search?${query}`);

describe("reading the library", () => {
  test("the catalogue names every chapter without its statements, and the contents their order", async () => {
    const { contents, chapters } = await maya.json<{ contents: { population: string }[]; chapters: CatalogueChapter[] }>(
      "GET",
      "/library/catalogue",
    );
    expect(chapters.map(({ id }) => id).toSorted()).toEqual(practice.trellis.library.chapters.map(({ id }) => id).toSorted());
    expect(contents.map(({ population }) => population)).toEqual(["adult", "older-adult", "crisis"]);
    expect(JSON.stringify(chapters)).not.toContain("dep-int-");
  });

  test("a chapter comes with its sources and homework, and with nothing of the other chapters", async () => {
    const answer = await maya.ask("GET", "/library/chapters/adult-depression");
    const text = await answer.text();
    const { chapter, evidence, homework } = JSON.parse(text) as ChapterBundle;
    expect(chapter.title).toBe("Depression");
    const cited = new Set(chapter.interventions.flatMap((intervention) => intervention.evidence));
    expect([...cited].filter((id) => !evidence.some((source) => source.id === id))).toEqual([]);
    expect(homework.map(({ id }) => id)).toContain("dep-support-map");
    expect(text).not.toContain("ptsd-int-");
    // Read again, it is not sent again.
    const tag = answer.headers.get("etag") ?? "";
    expect((await maya.ask("GET", "/library/chapters/adult-depression", undefined, { "if-none-match": tag })).status).toBe(304);
  });

  test("a chapter, sheet or case that is not there is said to be gone", async () => {
    for (const path of ["chapters/adult-nothing", "chapters/adult-nothing/chapter.pdf", "homework/nothing/sheet.pdf", "cases/nothing"])
      expect((await maya.ask("GET", `/library/${path}`)).status, path).toBe(404);
  });

  test("what is said without a chapter comes apart from the chapters", async () => {
    const { files } = await maya.json<{ files: LibraryFile[] }>("GET", "/library/shared");
    expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(["care-options", "engagement-barriers", "evidence"]));
  });

  test("a chapter and a sheet are printed, for the clinician and for the client", async () => {
    for (const path of [
      "chapters/adult-depression/chapter.pdf",
      "chapters/adult-depression/chapter.pdf?for=client",
      "homework/dep-support-map/sheet.pdf",
    ]) {
      const answer = await maya.ask("GET", `/library/${path}`);
      expect(answer.headers.get("content-type"), path).toBe("application/pdf");
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
  });

  test("nobody who is not signed in reads any of it", async () => {
    const stranger = practice.visitor();
    for (const path of ["catalogue", "chapters/adult-depression", "search?q=sleep", "favorites", "evidence", "homework"])
      expect((await stranger.ask("GET", `/library/${path}`)).status, path).toBe(401);
  });
});

describe("searching the library", () => {
  test("finds chapters by word, misspelled word and code, and statements by what they say", async () => {
    expect((await find("q=depresion")).chapters[0]).toBe("adult-depression");
    expect((await find("q=F41.1")).chapters[0]).toBe("adult-generalized-anxiety");
    const { statements } = await find("q=activity%20scheduling&kind=intervention");
    expect(statements[0]).toMatchObject({ kind: "intervention", technique: "activity scheduling" });
    expect(statements[0]?.entry).toMatchObject({ technique: "activity scheduling" });
    expect(statements[0]?.strongest).not.toBe("");
  });

  test("keeps to a chapter, an approach, a kind and a population", async () => {
    const within = await find("q=sleep&chapter=adult-depression&approach=cbt&limit=10");
    expect(within.statements.length).toBeGreaterThan(0);
    for (const statement of within.statements) expect(statement).toMatchObject({ chapter: "adult-depression", approach: "cbt" });
    expect((await find("q=depression&population=child")).chapters).toEqual([]);
    expect((await find("q=depression&population=child")).statements).toEqual([]);
  });

  test("a search that cannot be made is refused in words", async () => {
    expect(await maya.refused("GET", `/library/search?q=${"x".repeat(201)}`)).toMatchObject({ status: 422 });
    expect(await maya.refused("GET", "/library/search?kind=poem")).toMatchObject({ status: 422 });
    expect(await maya.refused("GET", "/library/search?limit=9999")).toMatchObject({ status: 422 });
  });
});

describe("favorites", () => {
  test("are kept for each member, and taken back", async () => {
    const sam = await practice.joined(maya, "Sam Rivera", ["clinician"]);
    await maya.json("PUT", "/library/favorites/adult-depression");
    await maya.json("PUT", "/library/favorites/dep-int-safety-plan");
    await maya.json("PUT", "/library/favorites/adult-depression");
    await sam.json("PUT", "/library/favorites/adult-ptsd");
    expect(await maya.json("GET", "/library/favorites")).toEqual({ favorites: ["adult-depression", "dep-int-safety-plan"] });
    expect(await sam.json("GET", "/library/favorites")).toEqual({ favorites: ["adult-ptsd"] });
    await maya.json("DELETE", "/library/favorites/adult-depression");
    await sam.json("DELETE", "/library/favorites/dep-int-safety-plan");
    expect(await maya.json("GET", "/library/favorites")).toEqual({ favorites: ["dep-int-safety-plan"] });
  });

  test("nothing can be marked that could not be in a library", async () => {
    expect(await maya.refused("PUT", `/library/favorites/${encodeURIComponent("<b>")}`)).toMatchObject({ status: 422 });
    expect(await maya.refused("PUT", `/library/favorites/${"x".repeat(81)}`)).toMatchObject({ status: 422 });
  });
});
