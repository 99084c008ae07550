import { describe, expect, test } from "vitest";
import { type Score, scoreAdministration, scoreAnswers } from "./score.ts";
import { everyMeasure, shippedMeasure } from "./shipped-measures.test-data.ts";

const all = (length: number, value: number): number[] => Array<number>(length).fill(value);
const only = (length: number, value: number, items: readonly number[]): number[] =>
  Array.from({ length }, (_, i) => (items.includes(i + 1) ? value : 0));

interface Expected {
  readonly total?: number | null;
  readonly band?: string;
  readonly isCase?: boolean | null;
  readonly flagged?: readonly number[];
  /** Totals of the subscales, by id. */
  readonly subscales?: Record<string, number | null>;
  readonly subscaleBands?: Record<string, string>;
  readonly subscaleCases?: Record<string, boolean>;
  /** The patterns that are met. */
  readonly met?: readonly string[];
  readonly notAnswered?: readonly number[];
  readonly prorated?: boolean;
}

const cloitre = "ITQ, first page of the questionnaire (diagnostic algorithms)";
const columbia = "C-SSRS screener with triage points, Columbia Lighthouse Project";
const nowhere = [0, 0, 0, 0, 0, 0, 0] as const;
const cssrs = (yes: readonly number[]): number[] => nowhere.map((no, i) => (yes.includes(i + 1) ? 1 : no));

/** What is given, what comes of it, and who says so. The order of answers is that of the form. */
const vectors: readonly [name: string, measure: string, answers: readonly (number | null)[], expected: Expected, source: string][] = [
  ["S1 PHQ-9", "phq9", [2, 2, 1, 2, 1, 1, 1, 0, 1], { total: 11, band: "moderate", flagged: [9] }, "Kroenke 2001, J Gen Intern Med 16:606"],
  ["S2 PHQ-9", "phq9", [0, 0, 0, 0, 0, 0, 0, 0, 1], { total: 1, band: "minimal", flagged: [9] }, "Kroenke 2001, J Gen Intern Med 16:606"],
  ["S3 GAD-7", "gad7", [3, 2, 2, 1, 1, 1, 0], { total: 10, band: "moderate", isCase: true }, "Spitzer 2006, Arch Intern Med 166:1092"],
  ["S4 AUDIT", "audit", all(10, 4), { total: 40 }, "WHO/MSD/MSB/01.6a"],
  ["S5 DAST-10", "dast10", only(10, 1, [1, 2]), { total: 3, band: "moderate level", isCase: true }, "Skinner 1982, Addict Behav 7:363"],
  ["S6 GDS-15, all yes", "gds15", all(15, 1), { total: 10 }, "Sheikh 1986, Clin Gerontol 5:165"],
  ["S6 GDS-15, all no", "gds15", all(15, 0), { total: 5 }, "Sheikh 1986, Clin Gerontol 5:165"],
  ["S7 CES-D, all 3", "cesd", all(20, 3), { total: 48 }, "Radloff 1977, Appl Psychol Meas 1:385"],
  ["S7 CES-D, all 0", "cesd", all(20, 0), { total: 12 }, "Radloff 1977, Appl Psychol Meas 1:385"],
  ["S8 RSES, strong agreement with everything", "rses", all(10, 3), { total: 15, isCase: null }, "Rosenberg 1965; University of Maryland"],
  ["S9 BRS", "brs", all(6, 5), { total: 3, band: "normal resilience" }, "Smith 2008, Int J Behav Med 15:194"],
  ["BRS, a mean with decimals", "brs", [3, 3, 3, 4, 3, 3], { total: 2.83, band: "low resilience" }, "Smith 2008, Int J Behav Med 15:194"],
  ["BRS, top of normal", "brs", [5, 2, 4, 1, 4, 2], { total: 4.33, band: "high resilience" }, "Smith 2013, p. 177"],
  ["S10 CORE-10", "core10", all(10, 4), { total: 32, isCase: true, flagged: [6] }, "Barkham 2013, Couns Psychother Res 13:3"],
  ["CORE-10, just below the cutoff", "core10", [2, 4, 4, 2, 2, 0, 2, 0, 2, 0], { total: 10, isCase: false, flagged: [] }, "Barkham 2013"],
  [
    "S11 DASS-21",
    "dass21",
    all(21, 1),
    {
      total: null,
      subscales: { depression: 14, anxiety: 14, stress: 14 },
      subscaleBands: { depression: "moderate", anxiety: "moderate", stress: "normal" },
      flagged: [],
    },
    "Lovibond 1995, manual, second edition",
  ],
  [
    "DASS-21, a meaningless life",
    "dass21",
    only(21, 2, [21]),
    { subscales: { depression: 4, anxiety: 0, stress: 0 }, flagged: [21] },
    "Lovibond 1995, manual, second edition",
  ],
  [
    "S13 PSC-17",
    "psc17",
    all(17, 1),
    {
      total: 17,
      isCase: true,
      subscales: { internalizing: 5, attention: 5, externalizing: 7 },
      subscaleCases: { internalizing: true, attention: false, externalizing: true },
    },
    "Gardner 1999, Ambul Child Health 5:225",
  ],
  ["S14 WHO-5", "who5", all(5, 3), { total: 60, isCase: false }, "Topp 2015, Psychother Psychosom 84:167"],
  ["WHO-5, raw 13 is none", "who5", [3, 3, 3, 2, 2], { total: 52, isCase: false }, "Topp 2015, Psychother Psychosom 84:167"],
  ["WHO-5, raw 12 is a case", "who5", [3, 3, 2, 2, 2], { total: 48, isCase: true }, "Topp 2015, Psychother Psychosom 84:167"],
  ["S15 ASRS-6, negative", "asrs6", [2, 2, 2, 2, 2, 2], { total: 3, isCase: false }, "ASRS v1.1 screener, instructions"],
  ["S15 ASRS-6, positive", "asrs6", [2, 2, 2, 3, 0, 0], { total: 4, isCase: true }, "ASRS v1.1 screener, instructions"],
  ["S16 K10", "k10", all(10, 3), { total: 30, band: "very high distress" }, "Jean Hailes for Women's Health, K-10"],
  ["K6, at the cutoff", "k6", [3, 2, 2, 2, 2, 2], { total: 13, isCase: true, band: "serious distress" }, "Prochaska 2012, IJMPR 21:88"],
  [
    "S17 PCL-5",
    "pcl5",
    only(20, 2, [1, 6, 8, 9, 15, 17]),
    { total: 12, isCase: false, met: ["provisional-ptsd"] },
    "National Center for PTSD",
  ],
  [
    "S18 ITQ, PTSD",
    "itq",
    only(18, 2, [1, 3, 5, 7]),
    { total: null, met: ["ptsd"], subscales: { "ptsd-symptoms": 6, "self-organization": 0 } },
    cloitre,
  ],
  [
    "S18 ITQ, complex PTSD takes its place",
    "itq",
    only(18, 2, [1, 3, 5, 7, 10, 12, 14, 16]),
    { total: null, met: ["complex-ptsd"], subscales: { "ptsd-symptoms": 6, "self-organization": 6 } },
    cloitre,
  ],
  ["ITQ, a little bit is not enough", "itq", only(18, 2, [1, 3, 7]).with(4, 1), { met: [] }, cloitre],
  [
    "ITQ, no impairment, no pattern",
    "itq",
    only(18, 4, [1, 2, 3, 4, 5, 6]),
    { met: [], subscales: { "ptsd-symptoms": 24, "self-organization": 0 } },
    cloitre,
  ],
  ["S19 MDQ, a minor problem", "mdq", [...all(7, 1), ...all(6, 0), 1, 2], { total: 7, met: [] }, "NINDS Common Data Elements, MDQ"],
  [
    "MDQ, a moderate problem",
    "mdq",
    [...all(7, 1), ...all(6, 0), 1, 3],
    { total: 7, met: ["positive-screen"] },
    "NINDS Common Data Elements, MDQ",
  ],
  ["S20 C-SSRS, a wish to be dead", "cssrs", [1, 0, null, null, null, 0, null], { met: ["low"], flagged: [1], notAnswered: [] }, columbia],
  ["S20 C-SSRS, a method", "cssrs", cssrs([2, 3]), { met: ["moderate"], flagged: [2, 3] }, columbia],
  ["S20 C-SSRS, some intent", "cssrs", cssrs([2, 4]), { met: ["high"] }, columbia],
  ["S20 C-SSRS, behavior long ago", "cssrs", cssrs([6]), { met: ["moderate"] }, columbia],
  ["S20 C-SSRS, behavior in the past 3 months", "cssrs", cssrs([6, 7]), { met: ["high"] }, columbia],
  ["C-SSRS, nothing", "cssrs", [0, 0, null, null, null, 0, null], { met: [], flagged: [], notAnswered: [] }, columbia],
  ["C-SSRS, question 6 left open", "cssrs", [0, 0, null, null, null, null, null], { notAnswered: [6, 7] }, columbia],
  ["S21 PC-PTSD-5, no such event", "pcptsd5", [0, 1, 1, 0, 1, 1], { total: 0 }, "National Center for PTSD, PC-PTSD-5 form"],
  ["S22 PHQ-9, the risk item open", "phq9", [...all(8, 0), null], { total: 0, prorated: true, notAnswered: [9] }, "Kroenke 2001"],

  [
    "BAM, nothing used",
    "bam",
    [1, 0, 0, 0, null, 0, ...Array<null>(7).fill(null), 0, 4, 4, 0, 4, 4, 4, 0, 4, 4],
    { total: null, subscales: { use: 0, risk: 1, protective: 24 }, flagged: [] },
    "VISN 4 MIRECC, BAM scoring",
  ],
  [
    "BAM, heavy use",
    "bam",
    [4, 4, 4, 4, 4, 4, ...all(7, 0), 4, 0, 0, 4, 0, 0, 0, 4, 0, 0],
    { subscales: { use: 12, risk: 24, protective: 0 }, flagged: [4, 5, 6] },
    "VISN 4 MIRECC, BAM scoring",
  ],
  ["ACE, none", "ace-brfss", all(11, 0), { total: 0 }, "Merrick 2019, MMWR 68:999"],
  [
    "ACE, drink and drugs are one kind",
    "ace-brfss",
    only(11, 1, [2, 3]),
    { total: 1 },
    "Merrick 2019, MMWR 68:999: eleven questions, eight types",
  ],
  ["ACE, sexual abuse is one kind", "ace-brfss", only(11, 1, [9, 10, 11]), { total: 1 }, "Merrick 2019, MMWR 68:999"],
  ["ACE, parents not married is not divorce", "ace-brfss", only(11, 1, [5]), { total: 0 }, "BRFSS ACE module, CDC"],
  ["ACE, all eight kinds", "ace-brfss", [1, 1, 0, 1, 2, 1, 1, 1, 0, 0, 1], { total: 8 }, "Merrick 2019, MMWR 68:999"],
  [
    "ACE, an open question leaves the count open",
    "ace-brfss",
    [1, 1, 1, 1, 2, 1, 1, 1, 1, 1, null],
    { total: null },
    "Merrick 2019: those who answered all questions",
  ],
  ["EPDS, self-harm", "epds", only(10, 1, [10]), { total: 1, isCase: false, flagged: [10] }, "Cox 1987, Br J Psychiatry 150:782"],
  [
    "EPDS, at the cutoff",
    "epds",
    [3, 3, 3, 3, 1, 0, 0, 0, 0, 0],
    { total: 13, isCase: true, flagged: [] },
    "Cox 1987, Br J Psychiatry 150:782",
  ],
  [
    "SCARED, all sometimes",
    "scared",
    all(41, 1),
    {
      total: 41,
      isCase: true,
      subscales: { panic: 13, generalized: 9, separation: 8, social: 7, school: 4 },
      subscaleCases: { social: false, separation: true },
    },
    "Birmaher 1999, J Am Acad Child Adolesc Psychiatry 38:1230",
  ],
  [
    "OCI-R, washing",
    "ocir",
    only(18, 4, [5, 11, 17]),
    { total: 12, isCase: false, subscales: { hoarding: 0, checking: 0, ordering: 0, neutralizing: 0, washing: 12, obsessing: 0 } },
    "Foa 2002, Psychol Assess 14:485",
  ],
  ["WSAS, just significant", "wsas", [2, 2, 2, 2, 2], { total: 10, band: "significant impairment" }, "Mundt 2002, Br J Psychiatry 180:461"],
  ["ORS, marks in tenths of a centimeter", "ors", [2.3, 4.1, 0.2, 6.6], { total: 13.2 }, "Miller and Duncan, four lines of 10 cm"],
  [
    "CRAFFT, nobody who uses nothing is asked on",
    "crafft",
    [0, 0, 0, 1, null, null, null, null, null],
    { total: 1, isCase: false },
    "CRAFFT 2.1, skip pattern",
  ],
  [
    "CRAFFT, two of six",
    "crafft",
    [3, 0, 0, 0, 1, 1, 0, 0, 0],
    { total: 2, isCase: true },
    "Knight 2002, Arch Pediatr Adolesc Med 156:607",
  ],
  [
    "DSM-5 level 1, the highest of a domain",
    "dsm5l1",
    only(23, 1, [1, 11, 12]).with(7, 3),
    {
      total: null,
      flagged: [11],
      subscaleCases: { depression: false, anxiety: true, "suicidal-ideation": true, psychosis: true, sleep: false },
    },
    "American Psychiatric Association, level 1 measure, scoring",
  ],
  ["PHQ-A, an attempt long ago", "phqa", [...all(9, 0), 0, 0, 0, 1], { total: 0, flagged: [13] }, "Johnson 2002, J Adolesc Health 30:196"],
  ["ISI, moderate", "isi", [3, 2, 2, 2, 2, 2, 2], { total: 15, band: "moderate insomnia", isCase: true }, "Morin 2011, Sleep 34:601"],
  ["SWLS, neutral", "swls", all(5, 4), { total: 20, band: "neutral" }, "Diener and Biswas-Diener 2008"],
];

describe("what published scoring makes of answers", () => {
  test.each(vectors)("%s", (_, id, answers, expected) => {
    compare(scoreAnswers(shippedMeasure(id), answers), expected);
  });
});

describe("what published scoring makes of scores that were entered", () => {
  const entered: readonly [string, string, number | null, Record<string, number>, Expected, string][] = [
    [
      "S12 SDQ, all somewhat true",
      "sdq",
      20,
      { emotional: 5, conduct: 5, hyperactivity: 5, peer: 5, prosocial: 5 },
      { total: 20, isCase: null, subscales: { emotional: 5, conduct: 5, hyperactivity: 5, peer: 5, prosocial: 5 } },
      "Goodman 1997, J Child Psychol Psychiatry 38:581: five questions of 0 to 2 a scale, total of the first four",
    ],
    [
      "RCADS-25, borderline",
      "rcads25",
      69,
      { anxiety: 70, depression: 64 },
      { total: 69, isCase: false, band: "borderline", subscaleBands: { anxiety: "clinical range", depression: "normal range" } },
      "RCADS user's guide",
    ],
    [
      "PROMIS-29 has no total",
      "promis29",
      null,
      { anxiety: 61.4, "pain-intensity": 3 },
      { total: null, subscales: { anxiety: 61.4, "pain-intensity": 3 } },
      "HealthMeasures",
    ],
    ["C-SSRS, scores from elsewhere say nothing of risk", "cssrs", null, {}, { flagged: [], notAnswered: [1, 2, 3, 4, 5, 6, 7] }, columbia],
  ];
  test.each(entered)("%s", (_, id, total, subscales, expected) => {
    compare(scoreAdministration(shippedMeasure(id), { answers: [], entered: { total, subscales } }), expected);
  });
});

function compare(score: Score, expected: Expected): void {
  if (expected.total !== undefined) expect(score.total).toBe(expected.total);
  if (expected.band !== undefined) expect(score.band?.name).toBe(expected.band);
  if (expected.isCase !== undefined) expect(score.isCase).toBe(expected.isCase);
  if (expected.flagged !== undefined) expect(score.flags.map(({ item }) => item)).toEqual(expected.flagged);
  if (expected.prorated !== undefined) expect(score.prorated).toBe(expected.prorated);
  if (expected.notAnswered !== undefined) expect(score.riskItemsNotAnswered).toEqual(expected.notAnswered);
  if (expected.met !== undefined) expect(score.patterns.filter(({ met }) => met).map(({ id }) => id)).toEqual(expected.met);
  const byId = Object.fromEntries(score.subscales.map((subscale) => [subscale.id, subscale]));
  for (const [id, total] of Object.entries(expected.subscales ?? {})) expect([id, byId[id]?.total]).toEqual([id, total]);
  for (const [id, band] of Object.entries(expected.subscaleBands ?? {})) expect([id, byId[id]?.band?.name]).toEqual([id, band]);
  for (const [id, isCase] of Object.entries(expected.subscaleCases ?? {})) expect([id, byId[id]?.isCase]).toEqual([id, isCase]);
}

describe("the catalogue", () => {
  test("has no item wording and no instruction where the owner does not let it be passed on, or no print of it was found", () => {
    for (const { id, wording } of everyMeasure.filter(({ license }) => license.class === "C" || license.class === "D"))
      expect([id, wording]).not.toContain("here");
    for (const measure of everyMeasure.filter(({ wording }) => wording !== "here")) {
      expect(measure.instruction).toBe("");
      expect(measure.items.map(({ text, lead = "" }) => text + lead).join("")).toBe("");
    }
  });

  test("shows a credit with every measure that has conditions", () => {
    for (const measure of everyMeasure.filter(({ license }) => license.class === "B"))
      expect([measure.id, measure.license.credit]).not.toContain(undefined);
  });
});
