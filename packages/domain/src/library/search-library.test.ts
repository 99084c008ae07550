import { describe, expect, test } from "vitest";
import { Chapter } from "./chapter.ts";
import { chapterData } from "./faultless-library.test-data.ts";
import type { LibraryStatement } from "./library.ts";
import { indexStatements, type StatementFilter, searchStatements } from "./search-library.ts";

const statement = (
  id: string,
  kind: LibraryStatement["kind"],
  text: string,
  plain: string,
  more: Partial<LibraryStatement> = {},
): LibraryStatement => ({ id, kind, source: "library", chapter: "adult-x", text, plain, ...more });

const statements = [
  statement(
    "sleep-def",
    "definition",
    "Lies awake for two hours on most nights and is tired at work",
    "You lie awake at night and feel worn out.",
  ),
  statement("sleep-goal", "goal", "Restore restful nights", "Sleep well again."),
  statement(
    "sleep-obj",
    "objective",
    "Raise nights with six hours of sleep from {baseline} to {target} by {date}",
    "You sleep six hours on {target} nights by {date}.",
  ),
  statement("sleep-int", "intervention", "Sets a fixed time to rise and limits the time in bed", "You get up at the same time each day.", {
    approach: "cbt",
    technique: "sleep scheduling",
  }),
  statement("dream-int", "intervention", "Explores what returns in dreams and how it ties to the loss", "You talk about your dreams.", {
    approach: "psychodynamic",
    technique: "dream work",
    chapter: "adult-grief",
  }),
  statement("own-int", "intervention", "Goes through the sleep diary of our clinic line by line", "We look at your sleep diary.", {
    approach: "cbt",
    technique: "diary review",
    source: "practice",
    chapter: null,
  }),
];
const chapters = new Map([
  ["adult-x", Chapter.parse({ ...chapterData(), title: "Insomnia", synonyms: ["sleeplessness", "trouble sleeping", "insomnia disorder"] })],
]);
const index = indexStatements(statements, chapters);
const ids = (query: string, filter?: StatementFilter, limit?: number): string[] =>
  searchStatements(index, query, filter, limit).map(({ id }) => id);

describe("statements are found", () => {
  test.each<[string, string, string]>([
    ["by the words of the record", "awake tired", "sleep-def"],
    ["by the words for the client", "worn out", "sleep-def"],
    ["by technique before mere mention", "sleep sched", "sleep-int"],
    ["by approach", "psychodynamic", "dream-int"],
    ["by the chapter's title and synonyms", "sleeplessness goal restful", "sleep-goal"],
    ["with spelling mistakes", "slepe diray", "own-int"],
    ["with another ending", "dreaming", "dream-int"],
    ["in any order", "bed limits", "sleep-int"],
  ])("%s", (_, query, id) => {
    expect(ids(query)[0]).toBe(id);
  });

  test("a practice's own among them", () => {
    expect(ids("sleep diary clinic")).toEqual(["own-int"]);
  });
});

describe("filters", () => {
  test.each<[string, StatementFilter, string[]]>([
    ["kind", { kinds: ["goal", "objective"] }, ["sleep-goal", "sleep-obj"]],
    ["chapter", { chapters: ["adult-grief"] }, ["dream-int"]],
    ["approach", { approaches: ["cbt"] }, ["sleep-int", "own-int"]],
    ["source", { source: "practice" }, ["own-int"]],
    ["several at once", { kinds: ["intervention"], approaches: ["cbt"], source: "library" }, ["sleep-int"]],
  ])("by %s, in the order of the library, are a way to browse", (_, filter, expected) => {
    expect(ids("", filter)).toEqual(expected);
  });

  test("hold for what is typed too", () => {
    expect(ids("sleep", { kinds: ["intervention"] })).toEqual(["own-int", "sleep-int"]);
    expect(ids("dreams", { approaches: ["cbt"] })).toEqual([]);
  });
});

test("nothing typed shows the library from its beginning, up to the limit", () => {
  expect(ids("", {}, 2)).toEqual(["sleep-def", "sleep-goal"]);
});

test("the names of blanks are no words to search for", () => {
  expect(ids("baseline")).toEqual([]);
});

test("marks alone find nothing", () => {
  expect(ids("???")).toEqual([]);
});
