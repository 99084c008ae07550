import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestPractice, type Person, type TestPractice } from "../http/test-practice.ts";
import { nameColumns, searchQuery } from "./client-names.ts";

let practice: TestPractice;
let maya: Person;

beforeAll(async () => {
  practice = await createTestPractice();
  maya = await practice.owner();
  const people = [
    { given: "Zoë", family: "Ngũgĩ", chosen: "", recordNumber: "A-1042", birthDate: "1957-05-03" },
    { given: "Jean-Luc", family: "O'Brien", chosen: "Lucky", recordNumber: "", birthDate: "1999-12-31" },
    { given: "美咲", family: "佐藤", chosen: "", recordNumber: "B-7", birthDate: "2001-01-01" },
    ...Array.from({ length: 60 }, (_, n) => ({
      given: `Robin ${n}`,
      family: "Example",
      chosen: "",
      recordNumber: "",
      birthDate: "1980-06-15",
    })),
  ];
  for (const { given, family, chosen, recordNumber, birthDate } of people)
    await maya.json("POST", "/clients", { client: { name: { given, family, chosen }, birthDate, recordNumber } });
});
afterAll(() => practice.close());

interface Page {
  readonly clients: readonly { readonly id: string; readonly name: string; readonly isPracticeClient: boolean }[];
  readonly total: number;
  readonly next: string | null;
}
const search = (q: string) => maya.json<Page>("POST", "/clients/search", { q });

test.each([
  ["the beginning of a first name", "zo", "Zoë Ngũgĩ"],
  ["a name without its accents", "ngugi", "Zoë Ngũgĩ"],
  ["both names in any order", "ngugi zoe", "Zoë Ngũgĩ"],
  ["a record number", "a-1042", "Zoë Ngũgĩ"],
  ["a record number in one go", "A1042", "Zoë Ngũgĩ"],
  ["a date of birth as the screen shows it", "May 3, 1957", "Zoë Ngũgĩ"],
  ["a date of birth with slashes", "5/3/1957", "Zoë Ngũgĩ"],
  ["a date of birth in digits", "19570503", "Zoë Ngũgĩ"],
  ["a chosen name", "lucky", "Jean-Luc O'Brien"],
  ["a name without its apostrophe", "obrien", "Jean-Luc O'Brien"],
  ["a name in another script", "佐藤", "美咲 佐藤"],
])("a client is found by %s", async (_, q, name) => {
  expect((await search(q)).clients.map((client) => client.name)).toEqual([name]);
});

test("what matches nobody finds nobody, whatever signs are in it", async () => {
  for (const q of ["nobody", "'", "\\", ":*", "!", "& |", "%", "a'b\\c:*"]) expect((await search(q)).clients, q).toEqual([]);
});

test("the list goes on page by page, in the order of names, each client once", async () => {
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page = await maya.json<Page>("POST", "/clients/search", { limit: 25, after });
    names.push(...page.clients.filter(({ isPracticeClient }) => !isPracticeClient).map(({ name }) => name));
    after = page.next;
    if (after === null) break;
  }
  expect(names).toHaveLength(63);
  expect(new Set(names).size).toBe(63);
  expect((await search("")).total).toBe(63);
});

test("a place in the list that nobody gave out is told as such", async () => {
  expect((await maya.refused("POST", "/clients/search", { after: "nonsense" })).errors[0]?.pointer).toBe("/after");
});

test("words are kept as they are searched for", () => {
  const { sortName, searchText } = nameColumns({
    name: { given: "Zoë", family: "Ngũgĩ", chosen: "" },
    recordNumber: "A-1042",
    birthDate: "1957-05-03",
  });
  expect(sortName).toBe("ngugi zoe");
  expect(searchText.split(" ")).toEqual(expect.arrayContaining(["zoe", "ngugi", "a", "1042", "a1042", "1957", "may", "19570503"]));
  expect(searchQuery("Zoë N.")).toBe("'zoe':* & 'n':*");
  expect(searchQuery("   ")).toBeNull();
});
