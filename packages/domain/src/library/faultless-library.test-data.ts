import { parseIcd10Table } from "../diagnosis/icd-10-cm.ts";
import { gad7, pcl5, phq9 } from "../measures/shipped-measures.test-data.ts";
import { Case } from "./case.ts";
import { Chapter } from "./chapter.ts";
import { EvidenceFile } from "./evidence.ts";
import { Homework } from "./homework.ts";
import { assembleLibrary, type Library, type LibraryFile } from "./library.ts";

const numbers = new Map<string, number>();

/** A sentence that no other name gives, and as plain as can be: its words are numbers, which count as one syllable. */
function sentence(name: string, length = 14): string {
  const own = numbers.get(name) ?? numbers.size + 100;
  numbers.set(name, own);
  return `${Array.from({ length }, (_, i) => `${own}${i}`).join(" ")}.`;
}

const approachOf = (i: number): string => (i < 24 ? "cbt" : i < 34 ? "psychodynamic" : i < 44 ? "humanistic" : "supportive");

/**
 * A chapter without a fault, as plain data to be changed in a test: 12 definitions, 6 goals, 15 objectives and 48 interventions, where
 * goal g answers definitions g and g + 6, objective o serves goal o % 6, and intervention i serves objective i % 15.
 */
export function chapterData(name = "x") {
  const ids = (part: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}-${part}-${i}`);
  const both = (id: string): { id: string; text: string; plain: string } => ({
    id,
    text: sentence(`${id.replaceAll("-", "")}t`),
    plain: sentence(`${id.replaceAll("-", "")}p`),
  });
  const metric = (i: number): object =>
    i < 5
      ? { kind: "measure", measure: "phq9", direction: "decrease", target: "cutoff" }
      : i < 9
        ? { kind: "count", unit: "days a week", direction: "increase", target: 4, max: 7 }
        : i < 13
          ? { kind: "rating", zero: "none", ten: "the worst", direction: "decrease", target: 3 }
          : { kind: "milestone", evidenceOfDone: "The sheet is filled in" };
  return {
    id: `adult-${name}`,
    prefix: name,
    common: true,
    title: `Problem ${name}`,
    population: "adult",
    summary: "A problem made up for tests of the linter.",
    synonyms: ["one", "two", "three"],
    diagnoses: ["F32"],
    measures: [
      { id: "phq9", everyWeeks: 2, because: "It shows how it goes." },
      { id: "gad7", everyWeeks: 4, because: "It shows the rest." },
    ],
    courses: [
      {
        severity: "mild",
        score: [5, 9],
        sessions: [6, 8],
        perWeek: 1,
        minutes: 50,
        weeks: 10,
        because: "That is usual here.",
        evidence: ["source-1"],
      },
      { severity: "severe", score: [15, 27], sessions: [16, 20], perWeek: 1, minutes: 50, weeks: 24, because: "That is usual here." },
    ],
    definitions: ids("def", 12).map((id, i) => ({
      ...both(id),
      area: "mood",
      ask: "What does it look like?",
      signals: i === 0 ? [{ kind: "item", measure: "phq9", item: 1, atLeast: 2 }] : [],
    })),
    goals: ids("goal", 6).map((id, g) => ({
      ...both(id),
      ask: "What would be different?",
      definitions: [`${name}-def-${g}`, `${name}-def-${g + 6}`],
      safety: g === 0,
    })),
    objectives: ids("obj", 15).map((id, o) => {
      const blanks = o < 5 ? "{measure} {baseline} {target} {date}" : o < 13 ? "{baseline} {target} {date}" : "{date}";
      return {
        id,
        goals: [`${name}-goal-${o % 6}`],
        text: `${sentence(`${name}ot${o}`)} ${blanks}`,
        plain: sentence(`${name}op${o}`),
        metric: metric(o),
        ask: "What is it now?",
        stage: "early",
        weeks: 8,
        safety: o === 0,
        parameters: {} as Record<string, object>,
        signals: (o === 0 ? [{ kind: "item", measure: "phq9", item: 9, atLeast: 1 }] : []) as object[],
      };
    }),
    interventions: ids("int", 48).map((id, i) => ({
      ...both(id),
      objectives: [`${name}-obj-${i % 15}`, `${name}-obj-${(i + 7) % 15}`],
      approach: approachOf(i),
      technique: `technique ${i}`,
      stage: "throughout",
      evidence: i === 0 ? ["source-1"] : ([] as string[]),
      basis: i === 0 ? "evidence" : "practice-based",
      cautions: [] as object[],
      homework: i === 0 ? [`${name}-sheet-1`, `${name}-sheet-2`] : ([] as string[]),
    })),
    expectedOutcomes: ids("out", 3).map((id) => ({ ...both(id), evidence: [] as string[], basis: "practice-based" })),
    dischargeCriteria: ids("dis", 4).map(both),
    risks: ["a", "b", "c"].map((letter) => ({
      sign: sentence(`${name}rs${letter}`),
      act: sentence(`${name}ra${letter}`),
      evidence: [] as string[],
      basis: "practice-based",
    })),
    contraindications: ["a", "b"].map((letter) => ({
      what: sentence(`${name}cw${letter}`),
      because: sentence(`${name}cb${letter}`),
      instead: sentence(`${name}ci${letter}`),
      basis: "practice-based",
    })),
    barriers: ["a", "b", "c"].map((letter) => ({
      barrier: sentence(`${name}bb${letter}`),
      response: [sentence(`${name}br${letter}`)],
      basis: "practice-based",
    })),
    furtherMeasures: [] as object[],
    relatedCodes: [] as string[],
    cooccurring: ["adult-p", "adult-q", "adult-r"].map((chapter): object => ({
      chapter,
      advice: sentence(`${name}co${chapter}`),
      sequence: "together",
      basis: "practice-based",
    })),
  };
}

export type ChapterData = ReturnType<typeof chapterData>;

export const evidenceData = (id: string, more: object = {}): object => ({
  id,
  kind: "randomized-trial",
  authors: "Made up",
  year: 2020,
  title: `Made up for a test, as ${id}`,
  source: "Nowhere",
  finding: "Nothing was found, for nothing was looked for.",
  verified: { on: "2026-11-23", where: "nowhere at all", read: "abstract" },
  ...more,
});

export const homeworkData = (id: string, chapter: string, more: object = {}): object => ({
  id,
  title: "A sheet",
  chapters: [chapter],
  approach: "cbt",
  why: sentence(`${id.replaceAll("-", "")}w`),
  steps: [sentence(`${id.replaceAll("-", "")}s1`), sentence(`${id.replaceAll("-", "")}s2`)],
  minutes: 10,
  timesPerWeek: 7,
  fields: [
    { id: "one", label: "First", kind: "text" },
    { id: "two", label: "Second", kind: "rating" },
  ],
  ifStuck: sentence(`${id.replaceAll("-", "")}i`),
  basis: "practice-based",
  ...more,
});

export function caseData() {
  return {
    id: "rowan",
    chapter: "adult-x",
    today: "2026-11-23",
    story: "A story. ".repeat(30),
    client: { name: { given: "Rowan", family: "Example" }, birthDate: "1985-02-11" },
    intake: {} as Record<string, object>,
    diagnoses: [
      {
        id: "d1",
        code: "F32.1",
        description: "Major depressive disorder, single episode, moderate",
        fiscalYear: 2026,
        rank: "principal",
        verification: "confirmed",
        diagnosedOn: "2026-11-20",
      },
    ],
    administrations: [
      {
        id: "a1",
        measure: "phq9",
        measureVersion: "1.0",
        date: "2026-11-20",
        answers: [2, 2, 2, 2, 2, 2, 1, 0, 1] as (number | null)[],
        answeredBy: "client",
      },
    ],
    workedPlan: {
      definitions: [
        { id: "x-def-0", detail: "What it looks like here" },
        { id: "x-def-1", detail: "What it looks like here" },
      ],
      goals: [
        { id: "x-goal-0", clientWords: "I want to be safe" },
        { id: "x-goal-1", clientWords: "I want to be well" },
      ],
      objectives: ["x-obj-0", "x-obj-1", "x-obj-6"],
      interventions: ["x-int-0", "x-int-1", "x-int-6", "x-int-15", "x-int-16", "x-int-21"],
      heldBack: [] as object[],
      reasoning: "Because. ".repeat(30),
    },
  };
}

export interface Parts {
  readonly chapter: ChapterData;
  readonly evidence: object[];
  readonly homework: { path: string; data: object }[];
  readonly example: ReturnType<typeof caseData>;
  /** The adult chapters in the table of contents. */
  readonly contents: string[];
  /** Further files. */
  readonly more: LibraryFile[];
}

/** A library without a fault, after `change` has been made to its data. */
export function libraryAfter(change: (parts: Parts) => void = () => {}): Library {
  const parts: Parts = {
    chapter: chapterData(),
    evidence: [evidenceData("source-1")],
    homework: ["x-sheet-1", "x-sheet-2"].map((id) => ({ path: `homework/${id}.yaml`, data: homeworkData(id, "adult-x") })),
    example: caseData(),
    contents: ["adult-x", "adult-y", "adult-p", "adult-q", "adult-r"],
    more: [],
  };
  change(parts);
  return assembleLibrary([
    { kind: "contents", path: "contents.yaml", content: [{ population: "adult", groups: [{ title: "All", chapters: parts.contents }] }] },
    { kind: "chapter", path: "problems/adult/x.yaml", content: Chapter.parse(parts.chapter) },
    { kind: "evidence", path: "evidence/adult-x.yaml", content: EvidenceFile.parse(parts.evidence) },
    ...parts.homework.map(({ path, data }): LibraryFile => ({ kind: "homework", path, content: Homework.parse(data) })),
    { kind: "case", path: "cases/rowan.yaml", content: Case.parse(parts.example) },
    ...[phq9, gad7, pcl5].map((measure): LibraryFile => ({ kind: "measure", path: `measures/${measure.id}.yaml`, content: measure })),
    ...parts.more,
  ]);
}

/** A small ICD-10-CM table that has the codes of the faultless library. */
export const smallTable = parseIcd10Table(
  "# FY2026\nF32\t0\tDepressive episode\nF32.1\t1\tMajor depressive disorder, single episode, moderate\nF50.8\t1\tOther eating disorders\t2025\n",
).table;
