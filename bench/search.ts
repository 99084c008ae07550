/**
 * How long one keystroke of a search takes, warm and in the process: diagnoses in the shipped table, statements in a library of 5,000.
 * Promise: under 5 ms. Run: node bench/search.ts
 */
import { indexDiagnoses, searchDiagnoses } from "@trellis/domain/diagnosis/search-diagnoses";
import { approachIds } from "@trellis/domain/library/approach";
import { type LibraryStatement, statementKinds } from "@trellis/domain/library/library";
import { indexStatements, searchStatements } from "@trellis/domain/library/search-library";
import { scoreAnswers } from "@trellis/domain/measures/score";
import { loadDiagnoses } from "../packages/server/src/library/load-diagnoses.ts";
import { loadLibrary } from "../packages/server/src/library/load-library.ts";

const statementCount = 5000;
const rounds = 20;

/** A random source with a fixed beginning, so that every run measures the same. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sentences in which every word follows one that it follows in the texts given: their words are as frequent as in the real ones. */
function sentencesLike(texts: readonly string[], count: number, random: () => number): string[] {
  const following = new Map<string, string[]>();
  const first: string[] = [];
  for (const text of texts) {
    const words = text.split(/\s+/);
    first.push(words[0] ?? "");
    for (let i = 0; i + 1 < words.length; i++)
      following.set(words[i] ?? "", [...(following.get(words[i] ?? "") ?? []), words[i + 1] ?? ""]);
  }
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  return Array.from({ length: count }, () => {
    const words = [pick(first)];
    while (words.length < 20) words.push(pick(following.get(words.at(-1) ?? "") ?? first));
    return words.join(" ");
  });
}

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
const random = sequence(1);
const texts = [...library.statements.flatMap(({ text, plain }) => [text, plain]), ...table.entries.map((entry) => entry.description)];
const sentences = sentencesLike(texts, statementCount * 2, random);
const statements = Array.from({ length: statementCount }, (_, i): LibraryStatement => {
  const kind = statementKinds[i % statementKinds.length] ?? "intervention";
  const own = {
    kind,
    id: `s${i}`,
    source: "library" as const,
    chapter: `chapter-${i % 60}`,
    text: sentences[2 * i] ?? "",
    plain: sentences[2 * i + 1] ?? "",
  };
  return kind === "intervention"
    ? {
        ...own,
        approach: approachIds[i % approachIds.length] ?? "cbt",
        technique: (sentences[2 * i] ?? "").split(" ").slice(3, 5).join(" "),
      }
    : own;
});

const begin = performance.now();
const statementIndex = indexStatements(statements, library.chapterById);
const indexed = performance.now();
const diagnosisIndex = indexDiagnoses(table, synonyms);
process.stdout.write(
  `${"indexing".padEnd(44)} ${statementCount} statements ${(indexed - begin).toFixed(0)} ms   ${table.entries.length} diagnoses ${(performance.now() - indexed).toFixed(0)} ms\n`,
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
report(
  `a keystroke in ${statementCount} statements`,
  keystrokes(phrases, (typed) => searchStatements(statementIndex, typed)),
);
report(
  "the same, interventions of one approach only",
  keystrokes(phrases, (typed) => searchStatements(statementIndex, typed, { kinds: ["intervention"], approaches: ["cbt"] })),
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
