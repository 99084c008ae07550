import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gad7, phq9 } from "../measures/shipped-measures.test-data.ts";
import { ClientsToMatch, checkLine, MeasuresToMatch } from "./check-line.ts";
import { type ColumnRole, guessColumns, looksLikeHeader, whatColumnsLack } from "./columns.ts";
import { type ImportLine, type ImportReading, isFaulty, readLine, readScore } from "./import-line.ts";
import { CsvReader } from "./read-csv.ts";
import { DateForms, readDate } from "./read-date.ts";

function read(...pieces: readonly string[]) {
  const reader = new CsvReader();
  const records = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
  return { records, reader };
}
const cellsOf = (...pieces: readonly string[]) => read(...pieces).records.map(({ cells }) => cells);

describe("reading a file", () => {
  test.each([
    [
      "commas",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "semicolons, decimals with commas",
      "a;b\n1,5;2,5\n3,5;1,5\n",
      [
        ["a", "b"],
        ["1,5", "2,5"],
        ["3,5", "1,5"],
      ],
    ],
    [
      "tabs",
      "a\tb\n1\t2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a byte-order mark",
      "\uFEFFa,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a byte-order mark before a quote",
      '\uFEFF"a",b\n1,2',
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "line ends of Windows",
      "a,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "line ends of old Macs",
      "a,b\r1,2\r",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a name with a comma in quotes",
      'name,total\n"Example, Robin",7\n',
      [
        ["name", "total"],
        ["Example, Robin", "7"],
      ],
    ],
    [
      "quotes in quotes",
      'a,b\n"say ""hi""",2\n',
      [
        ["a", "b"],
        ['say "hi"', "2"],
      ],
    ],
    [
      "a line break in quotes",
      'a,b\r\n"one\r\ntwo",2\r\n',
      [
        ["a", "b"],
        ["one\ntwo", "2"],
      ],
    ],
    [
      "empty lines and lines of empty columns",
      "\n\na,b\n\n,\n1,2\n\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "spaces around",
      "a , b\n 1,\u00a02 \n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["one column", "a\n1\n", [["a"], ["1"]]],
    ["nothing", "", []],
  ])("with %s", (_, text, cells) => expect(cellsOf(text)).toEqual(cells));

  test("gives each record the number of the line it begins on", () => {
    expect(read('a,b\r\n\r\n"one\r\ntwo",2\r\n3,4\r\n').records.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  test("says where a quote was opened that nobody closed, and keeps what stands above", () => {
    const { records, reader } = read('a,b\n1,2\n"3,4\n5,6\n');
    expect([reader.openQuoteOn, records.map(({ line }) => line)]).toEqual([3, [1, 2]]);
  });

  test("gives up on a quote that stays open for very long, and does not read the whole file over and over", () => {
    const reader = new CsvReader();
    reader.read('a,b\n1,"2\n');
    for (let piece = 0; piece < 30; piece++) reader.read("3,4\n".repeat(2_000));
    expect(reader.openQuoteOn).toBe(2);
  });

  test("reads the same in whatever pieces it comes", () => {
    const text = `name;total\r\n${'"Example; Robin";7\r\n\r\n"x ""y""\r\nz";8\r\n'.repeat(40)}last;9`;
    const whole = read(text).records;
    expect(whole).toHaveLength(82);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        expect(read(...places.slice(1).map((to, i) => text.slice(places[i], to))).records).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

describe("what the columns hold", () => {
  test.each<[string, readonly string[], readonly ColumnRole[]]>([
    [
      "names of other systems",
      ["MRN", "DOB", "Instrument", "Date completed", "Total score"],
      ["record-number", "birth-date", "measure", "date", "total"],
    ],
    [
      "names in two columns",
      ["Last Name", "First Name", "Date of birth", "date", "score"],
      ["family", "given", "birth-date", "date", "total"],
    ],
    ["answers", ["client id", "date", "i1", "i2", "i3"], ["record-number", "date", "item-1", "item-2", "item-3"]],
    [
      "answers with the measure's name",
      ["client id", "date", "PHQ9_1", "PHQ9_2", "PHQ9_total"],
      ["record-number", "date", "item-1", "item-2", "total"],
    ],
    ["a single number is no answer", ["client id", "date", "GAD7", "score"], ["record-number", "date", "none", "total"]],
    ["what nobody knows is left out", ["mood", "weather"], ["none", "none"]],
    ["the first of two dates that are called so", ["date", "date"], ["date", "none"]],
  ])("%s", (_, header, roles) => expect(guessColumns(header)).toEqual(roles));

  test("says what is missing, and what is said twice", () => {
    expect(whatColumnsLack(["record-number", "date", "total"], true)).toEqual([]);
    expect(whatColumnsLack(["name", "date", "total"], false)).toHaveLength(2);
    expect(whatColumnsLack(["record-number", "date", "date", "total"], true)).toEqual([
      "Two columns are given as “Date of the score”. Leave one of them out.",
    ]);
  });

  test("a first line of dates and numbers is no header", () => {
    expect([looksLikeHeader(["MRN", "date"]), looksLikeHeader(["MX-1", "2024-03-05"]), looksLikeHeader(["MX", "7"])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the form of the dates", () => {
  const finding = (...texts: readonly string[]) => {
    const forms = new DateForms();
    texts.forEach((text, i) => {
      forms.see(i + 2, text);
    });
    return forms.finding();
  };
  test.each<[string, readonly string[], unknown]>([
    ["the year first", ["2024-03-05", "2024-12-31"], { kind: "one", form: "year-first" }],
    ["the month first, told by one date", ["3/5/2024", "3/25/2024"], { kind: "one", form: "month-first" }],
    ["the day first, told by one date", ["5.3.2024", "25.3.2024"], { kind: "one", form: "day-first" }],
    ["either", ["3/5/2024", "4/4/2024"], { kind: "ambiguous", example: { line: 2, text: "3/5/2024" } }],
    [
      "day and month first in one file",
      ["3/25/2024", "25/3/2024"],
      {
        kind: "mixed",
        examples: [
          { form: "month-first", line: 2, text: "3/25/2024" },
          { form: "day-first", line: 3, text: "25/3/2024" },
        ],
      },
    ],
    [
      "the year first and one that could be either",
      ["2024-03-05", "3/5/2024"],
      {
        kind: "mixed",
        examples: [
          { form: "year-first", line: 2, text: "2024-03-05" },
          { form: "month-first", line: 3, text: "3/5/2024" },
        ],
      },
    ],
    ["none", ["yesterday", "5 March"], { kind: "none" }],
  ])("%s", (_, texts, expected) => expect(finding(...texts)).toEqual(expected));

  test.each([
    ["2024-03-05", "year-first", "2024-03-05"],
    ["2024/3/5", "year-first", "2024-03-05"],
    ["2024-03-05T14:30:00Z", "year-first", "2024-03-05"],
    ["3/5/2024 2:30 PM", "month-first", "2024-03-05"],
    ["3/5/2024", "day-first", "2024-05-03"],
    ["05.03.2024", "day-first", "2024-03-05"],
    ["2/30/2024", "month-first", null],
    ["3/5/24", "month-first", null],
    ["2024-03-05", "day-first", null],
    ["3/5-2024", "month-first", null],
    ["45356", "month-first", null],
  ] as const)("%s read with the %s is %s", (text, form, date) => expect(readDate(text, form)).toBe(date));
});

describe("a number", () => {
  test.each([
    ["15", 15],
    ["15,5", 15.5],
    ["15.5", 15.5],
    [" 7 ", 7],
    ["-1", -1],
    ["", null],
    ["1,234", undefined],
    ["1.5e3", undefined],
    ["12/27", undefined],
    ["seven", undefined],
  ])("“%s” is %s", (text, number) => expect(readScore(text)).toBe(number));
});

const reading: ImportReading = {
  header: ["MRN", "Name", "DOB", "Measure", "Date", "Total", "i1", "i2"],
  roles: ["record-number", "name", "birth-date", "measure", "date", "total", "item-1", "item-2"],
  dateForm: "month-first",
  measure: null,
};
const line = (...cells: readonly string[]) => readLine({ line: 7, cells }, reading);

describe("a line", () => {
  test("is read with its columns", () => {
    expect(line("R-1", "", "", "PHQ-9", "3/25/2024", "12")).toEqual({
      line: 7,
      recordNumber: "R-1",
      name: "",
      birthDate: null,
      measure: "PHQ-9",
      date: "2024-03-25",
      total: 12,
      items: [],
    });
  });
  test("keeps a question left open as open, and NA too", () => {
    const read = line("R-1", "", "", "PHQ-9", "3/25/2024", "", "NA", "2");
    expect(isFaulty(read) ? read : read.items).toEqual([null, 2]);
  });
  test.each<[string, readonly string[], readonly string[]]>([
    ["a date in another form", ["R-1", "", "", "PHQ-9", "25/3/2024", "12"], ["date-unreadable"]],
    ["no date", ["R-1", "", "", "PHQ-9", "", "12"], ["date-unreadable"]],
    ["no number", ["R-1", "", "", "PHQ-9", "3/5/2024", "twelve"], ["number-unreadable"]],
    ["no score", ["R-1", "", "", "PHQ-9", "3/5/2024", "", "", ""], ["score-missing"]],
    ["no client", ["", "", "", "PHQ-9", "3/5/2024", "12"], ["client-missing"]],
    ["a name alone", ["", "Robin Example", "", "PHQ-9", "3/5/2024", "12"], ["client-missing"]],
    ["no measure", ["R-1", "", "", "", "3/5/2024", "12"], ["measure-unknown"]],
    ["too many columns", ["R-1", "Example", " Robin", "4/12/1988", "PHQ-9", "3/5/2024", "12", "", "x"], ["columns"]],
    ["several at once", ["", "", "", "", "soon", "many"], ["client-missing", "measure-unknown", "date-unreadable", "number-unreadable"]],
  ])("with %s says so", (_, cells, kinds) => {
    const read = line(...cells);
    expect(isFaulty(read) ? read.map(({ kind }) => kind) : read).toEqual(kinds);
  });
});

describe("a line against the clients and measures there are", () => {
  const robin = { id: "robin", recordNumber: "R-1", given: "Robin", family: "Example", chosen: "", birthDate: "1988-04-12" };
  const clients = new ClientsToMatch([
    robin,
    { ...robin, id: "jose", recordNumber: "", given: "José", family: "Núñez Example", chosen: "Pepe" },
    { ...robin, id: "twin-a", recordNumber: "R-2", given: "Kim" },
    { ...robin, id: "twin-b", recordNumber: "r-2 ", given: "Kim" },
  ]);
  const measures = new MeasuresToMatch([gad7, phq9]);
  const check = (part: Partial<ImportLine>) =>
    checkLine(
      { line: 3, recordNumber: "R-1", name: "", birthDate: null, measure: "PHQ-9", date: "2024-03-05", total: 12, items: [], ...part },
      { clients, measures, today: "2026-06-01" },
    );
  const named = (name: string, birthDate = "1988-04-12") => ({ recordNumber: "", name, birthDate });
  const answersOf12 = [2, 2, 2, 1, 1, 1, 1, 1, 1];

  test.each<[string, Partial<ImportLine>, string]>([
    ["by record number, in any case", { recordNumber: "r-1" }, "robin"],
    ["by name and date of birth", named("Robin Example"), "robin"],
    ["with the last name first", named("Example, Robin"), "robin"],
    ["without accents", named("Jose Nunez Example"), "jose"],
    ["by the chosen name", named("Pepe Núñez Example"), "jose"],
  ])("finds the client %s", (_, part, id) => expect(check(part)).toMatchObject({ clientId: id }));

  test.each(["phq9", "PHQ 9", "phq-9", "Patient Health Questionnaire, nine items", "44261-6"])("finds the measure as “%s”", (measure) => {
    expect(check({ measure })).toMatchObject({ administration: { measure: "phq9" } });
  });

  test("keeps a total as it was entered, and answers with the total that they add up to", () => {
    expect(check({})).toMatchObject({ total: 12, administration: { mode: "import", answers: [], entered: { total: 12 } } });
    const answered = check({ total: null, items: [...answersOf12, null, null, null] });
    expect(answered).toMatchObject({ total: 12, administration: { answers: [...answersOf12, null] } });
    expect(answered).not.toHaveProperty("administration.entered");
  });

  test.each<[string, Partial<ImportLine>, string]>([
    ["an unknown record number", { recordNumber: "R-9" }, "client-unknown"],
    ["an unknown name", named("Sam Example"), "client-unknown"],
    ["another date of birth", named("Robin Example", "1988-12-04"), "client-unknown"],
    ["a record number and another date of birth", { birthDate: "1988-12-04" }, "birth-date-differs"],
    ["a record number of two", { recordNumber: "R-2" }, "client-ambiguous"],
    ["a name of two", named("Kim Example"), "client-ambiguous"],
    ["an unknown measure", { measure: "XYZ-3" }, "measure-unknown"],
    ["a day to come", { date: "2026-06-02" }, "date-impossible"],
    ["a day before birth", { date: "1988-04-11" }, "date-impossible"],
    ["a total above the highest", { total: 28 }, "score-wrong"],
    ["a total below the lowest", { total: -1 }, "score-wrong"],
    ["too few answers", { total: null, items: [1, 2, 3] }, "score-wrong"],
    ["too many answers", { total: null, items: [...answersOf12, 0, 0] }, "score-wrong"],
    ["an answer that there is not", { total: null, items: [7, ...answersOf12.slice(1)] }, "score-wrong"],
    ["another total than the answers'", { total: 13, items: answersOf12 }, "total-differs"],
  ])("refuses %s", (_, part, kind) => expect(check(part)).toMatchObject({ line: 3, kind }));
});
