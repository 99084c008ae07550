import { describe, expect, test } from "vitest";
import { csvCell, csvOfReport } from "./csv-of-report.ts";
import { confidenceInterval, inOrderOfNames, type OutcomeSums, outcomeGroup, standardizedMeanChange } from "./outcome-report.ts";
import { t95 } from "./t-distribution.ts";

describe("the t distribution", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: upper critical values, probability of exceeding 0.025.
  test.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [10, 2.228],
    [19, 2.093],
    [30, 2.042],
    [40, 2.021],
    [60, 2.0],
    [100, 1.984],
    [1e6, 1.96],
  ])("with %d degrees of freedom 95 %% stay within %d", (degrees, published) => {
    expect(t95(degrees)).toBeCloseTo(published, 3);
  });

  test("there is none without a degree of freedom", () => expect(() => t95(0)).toThrow(RangeError));
});

describe("the confidence interval of a mean", () => {
  test("is mean ± t · sd / √n: for a mean of 6, a spread of 5 and 25 clients, 6 ± 2.064", () => {
    const interval = confidenceInterval(6, 5, 25);
    expect(interval?.low).toBeCloseTo(3.936, 3);
    expect(interval?.high).toBeCloseTo(8.064, 3);
  });
  test("one client has none", () => expect(confidenceInterval(6, 5, 1)).toBeNull());
});

describe("the effect size", () => {
  // Data: Morris SB. Organ Res Methods 2008;11:364-386, table 5, treatment groups, as the metafor documentation lists them (analyses:morris2008); values by
  // the formula that stands there, c(n-1) (post - pre) / SD pre.
  test.each([
    { pre: 30.6, post: 38.5, sd: 15.0, n: 20, g: 0.5056 },
    { pre: 23.5, post: 26.8, sd: 3.1, n: 50, g: 1.0481 },
    { pre: 0.5, post: 0.7, sd: 0.1, n: 9, g: 1.8054 },
    { pre: 53.4, post: 75.9, sd: 14.5, n: 10, g: 1.4181 },
    { pre: 35.6, post: 36.0, sd: 4.7, n: 14, g: 0.0801 },
  ])("from $pre to $post with a spread of $sd at the start, n = $n: $g", ({ pre, post, sd, n, g }) => {
    expect(standardizedMeanChange(post - pre, sd, n)).toBeCloseTo(g, 4);
  });
  test("there is none where everybody began alike", () => expect(standardizedMeanChange(5, 0, 20)).toBeNull());
});

const sums: OutcomeSums = {
  group: "x",
  started: 7,
  compared: 5,
  casesAtStart: 4,
  improved: 3,
  recovered: 2,
  deteriorated: 0,
  droppedOut: 1,
  meanStart: 14.5,
  meanFirst: 15,
  meanLast: 9,
  sdFirst: 3,
  meanChange: 6,
  sdChange: 4,
};

describe("a line of the report", () => {
  test("with five courses shows means", () => {
    const { means } = outcomeGroup("PHQ", sums);
    // 6 ± 2.776 · 4 / √5; 6 / 3 corrected by c(4) = 0.7979.
    expect(means?.interval?.low).toBeCloseTo(1.0333, 3);
    expect(means?.effectSize).toBeCloseTo(1.5958, 3);
  });
  test("with four it shows counts only", () => {
    expect(outcomeGroup("PHQ", { ...sums, compared: 4 })).toMatchObject({ started: 7, compared: 4, improved: 3, means: null });
  });
});

test("groups stand in the order of their names, months and numbers too", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  expect(inOrderOfNames(named("Zoe", "ana", "Ben", "Room 10", "Room 9")).map(({ name }) => name)).toEqual([
    "ana",
    "Ben",
    "Room 9",
    "Room 10",
    "Zoe",
  ]);
});

describe("the CSV file", () => {
  test.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@sum", "'@sum"],
    ['Okafor, "Maya"', '"Okafor, ""Maya"""'],
    ["=1,2", `"'=1,2"`],
    [-1.5, "-1.5"],
    [null, ""],
  ])("writes %j as %j", (value, cell) => expect(csvCell(value)).toBe(cell));

  test("begins with a byte-order mark, ends lines with CR LF, and puts the whole practice last", () => {
    const text = csvOfReport([outcomeGroup("Ben, LCSW", { ...sums, compared: 4 })], outcomeGroup("All clients", sums));
    const [head, first, last, end] = text.split("\r\n");
    expect(head?.startsWith("\uFEFFGroup,Clients who started,")).toBe(true);
    expect(first).toBe('"Ben, LCSW",7,4,4,3,2,0,1,,,,,,,');
    expect(last).toBe("All clients,7,5,4,3,2,0,1,14.5,15,9,6,1.03,10.97,1.6");
    expect(end).toBe("");
  });
});
