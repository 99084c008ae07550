/**
 * How long one keystroke of a search takes, warm and in the process: diagnoses in the shipped table, chapters and statements in the shipped library.
 * Promise: under 5 ms. Run: node bench/search.ts
 */
import { indexDiagnoses, searchDiagnoses } from "@trellis/domain/diagnosis/search-diagnoses";
import { catalogueChapter } from "@trellis/domain/library/catalogue";
import { scoreAnswers } from "@trellis/domain/measures/score";
import { loadDiagnoses } from "../packages/server/src/library/load-diagnoses.ts";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";
import { findInLibrary, libraryIndex, Search } from "../packages/server/src/library/search-library.ts";

const rounds = 20;

/** Milliseconds of every keystroke of every phrase, after some rounds to warm up. */
function keystrokes(phrases: readonly string[], search: (typed: string) => unknown): number[] {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const phrase of phrases) {
      for (let length = 1; length <= phrase.length; length++) {
        const begin = performance.now();
        search(phrase.slice(0, length));
        if (round >= rounds / 4) times.push(performance.now() - begin);
      }
    }
  }
  return times.sort((a, b) => a - b);
}

/** Milliseconds that 99 of 100 keystrokes may take. */
const limit = 5;
/** Administrations of a measure that are scored in a second, at the least. */
const fewestScored = 200_000;

function report(name: string, times: readonly number[]): void {
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2);
  process.stdout.write(
    `${name.padEnd(44)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   p99 ${at(0.99)} ms   largest ${at(1)} ms${Number(at(0.99)) > limit ? "  TOO SLOW" : ""}\n`,
  );
  if (Number(at(0.99)) > limit) process.exitCode = 1;
}

const library = loadLibrary();
const { table, synonyms } = loadDiagnoses("2026-11-23");

const begin = performance.now();
const index = libraryIndex(
  library,
  library.chapters.map((chapter) => catalogueChapter(chapter)),
);
const indexed = performance.now();
const diagnosisIndex = indexDiagnoses(table, synonyms);
process.stdout.write(
  `${"indexing".padEnd(44)} ${library.statements.length} statements ${(indexed - begin).toFixed(0)} ms   ${table.entries.length} diagnoses ${(performance.now() - indexed).toFixed(0)} ms\n`,
);

report(
  `a keystroke in ${table.entries.length} diagnoses`,
  keystrokes(
    [
      "generalized anxiety disorder",
      "major depresion",
      "post tramatic stress",
      "alcohol use disorder",
      "anxeity",
      "borderline personality",
      "F43.10",
      "adjustment disorder with mixed",
      "childhood sexual abuse history",
    ],
    (typed) => searchDiagnoses(diagnosisIndex, typed),
  ),
);
const phrases = [
  "sleep schedule",
  "depresion activity",
  "breathing relaxation practice",
  "exposure to trauma memories",
  "suicide safety plan",
  "transferance insight",
  "worying",
  "behavoir avoidance trigers",
  "client family session",
];
// What the library answers to a keystroke: chapters and statements, with all that is shown of them.
report(
  `a keystroke in ${library.statements.length} statements`,
  keystrokes(phrases, (typed) => findInLibrary([index], Search.parse({ q: typed }))),
);
report(
  "the same, interventions of one approach only",
  keystrokes(phrases, (typed) => findInLibrary([index], Search.parse({ q: typed, kind: "intervention", approach: "cbt" }))),
);

for (const measure of library.measures) {
  const answers = measure.items.map((item) => (item.options ?? measure.options ?? [])[1]?.value ?? 0);
  for (let i = 0; i < 20_000; i++) scoreAnswers(measure, answers);
  const count = 100_000;
  const start = performance.now();
  for (let i = 0; i < count; i++) scoreAnswers(measure, answers);
  const each = Math.round((count / (performance.now() - start)) * 1000);
  if (each < fewestScored) process.exitCode = 1;
  process.stdout.write(
    `${`scoring ${measure.name}`.padEnd(44)} ${each.toLocaleString("en-US")} a second${each < fewestScored ? "  TOO SLOW" : ""}\n`,
  );
}
