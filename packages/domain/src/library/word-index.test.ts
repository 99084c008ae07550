import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceToBeginning, indexWords, plainWords, searchWords } from "./word-index.ts";

const texts = [
  "Plans a fixed time to get up every day",
  "Reviews the sleep diary and sets a window for sleep",
  "Writes worries down in the evening",
  "Explains how avoidance keeps fear alive",
  "Practices slow breathing when fear rises",
  "Café visits with a friend, once a week",
];
const index = indexWords(
  texts.map((text) => ({ fields: [{ text, weight: 1 }] })),
  new Set(["a", "the", "and"]),
);
const found = (query: string, limit = 10): number[] => searchWords(index, query, limit).map((match) => match.document);

test.each([
  ["Łukasz Østergård", ["lukasz", "ostergard"]],
  ["Đặng Weiß", ["dang", "weiss"]],
  ["İrem Işık", ["irem", "isik"]],
  ["Sigríður Þórsdóttir", ["sigridur", "thorsdottir"]],
  ["Renée O’Brien-Nuñez", ["renee", "obrien", "nunez"]],
])("%s is found by letters that every keyboard has", (name, words) => {
  expect(plainWords(name)).toEqual(words);
});

describe("words are found", () => {
  test.each<[string, string, number[]]>([
    ["as they are", "avoidance", [3]],
    ["whatever the case", "SLEEP", [1]],
    ["without their accents", "cafe", [5]],
    ["by their beginning", "brea", [4]],
    ["with another ending", "worrying", [2]],
    ["with a letter wrong", "avoidence", [3]],
    ["with two letters swapped", "slepe", [1]],
    ["with a mistake in a word not yet finished", "praktic", [4]],
    ["all of them, in any order", "fear breathing", [4]],
    ["any of them when no document holds all", "avoidance friend", [3, 5]],
    ["not at all when they are ignored", "the", []],
    ["not at all when nothing is like them", "xylophone", []],
  ])("%s", (_, query, expected) => {
    expect(found(query).sort()).toEqual(expected);
  });
});

test("a word stands before a longer one that begins with it, and twice before once", () => {
  const ranked = indexWords([
    { fields: [{ text: "sleepless nights", weight: 1 }] },
    { fields: [{ text: "sleep at night", weight: 1 }] },
    { fields: [{ text: "sleep and more sleep", weight: 1 }] },
  ]);
  expect(searchWords(ranked, "sleep", 3).map((match) => match.document)).toEqual([2, 1, 0]);
});

test("a weightier field and a boost come first", () => {
  const ranked = indexWords([
    {
      fields: [
        { text: "", weight: 3 },
        { text: "grief", weight: 1 },
      ],
    },
    {
      fields: [
        { text: "grief", weight: 3 },
        { text: "", weight: 1 },
      ],
    },
  ]);
  expect(searchWords(ranked, "grief", 2)[0]?.document).toBe(1);
  const boosted = indexWords([{ fields: [{ text: "grief", weight: 1 }] }, { fields: [{ text: "grief", weight: 1 }], boost: 2 }]);
  expect(searchWords(boosted, "grief", 2)[0]?.document).toBe(1);
});

test("an empty index finds nothing", () => {
  expect(searchWords(indexWords([]), "anything", 5)).toEqual([]);
});

test("no more than asked for, best first, each once, whatever is typed", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom("fear", "s", "sleep fear", "a sleep")),
      fc.integer({ min: 1, max: 4 }),
      (query, limit) => {
        const matches = searchWords(index, query, limit);
        return (
          matches.length <= limit &&
          new Set(matches.map((match) => match.document)).size === matches.length &&
          matches.every((match, i) => match.score > 0 && match.score <= (matches[i - 1]?.score ?? Number.POSITIVE_INFINITY))
        );
      },
    ),
  );
});

test.each<[string, string, number]>([
  ["", "anxiety", 0],
  ["anx", "anxiety", 0],
  ["anxeit", "anxiety", 1],
  ["anxeity", "anxiety", 1],
  ["axiety", "anxiety", 1],
  ["annxiety", "anxiety", 1],
  ["anziety", "anxiety", 1],
  ["fear", "anxiety", 3],
])("%j is %j's beginning but for mistakes", (typed, text, distance) => {
  expect(distanceToBeginning(typed, text, 2)).toBe(distance);
});
