import type { Plan } from "../plan/plan.ts";

/**
 * What in a plan should be this client's own: details, own words, impairment, necessity and statements that were written and not taken.
 * Library wording is left out on purpose, because two honest plans may share it.
 */
export function individualText(plan: Plan): string {
  const statements = [
    ...plan.problems.flatMap((problem) => problem.definitions),
    ...plan.goals,
    ...plan.objectives,
    ...plan.interventions,
    ...plan.expectedOutcomes,
    ...plan.dischargeCriteria,
  ];
  return [
    plan.functionalLevel,
    plan.purposeDetail,
    plan.participation.client,
    ...plan.problems.map((problem) => problem.impairment),
    ...plan.goals.map((goal) => goal.clientWords),
    ...statements.map((statement) => statement.detail),
    ...statements
      .filter((statement) => statement.origin.kind === "own" || statement.text !== statement.origin.text)
      .map((statement) => statement.text),
  ]
    .filter((text) => text.trim() !== "")
    .join("\n");
}

const hashCount = 64;

/** FNV-1a, 32 bit, with a seed: enough to spread word triples; not for security. */
function hash(text: string, seed: number): number {
  let value = (2166136261 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16777619) >>> 0;
  // Final mixing, or seeds would order the triples alike.
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}

/** Texts with fewer word triples than this are too short to call a copy. */
const fewestTriples = 20;

/**
 * A fingerprint of a plan's individual text: 64 numbers, from which nothing can be read back. MinHash over word triples
 * (Broder AZ. On the resemblance and containment of documents. 1997). `null` while there is too little text to compare.
 */
export function likenessFingerprint(plan: Plan): number[] | null {
  const words =
    individualText(plan)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const triples = new Set<string>();
  for (let index = 0; index + 2 < words.length; index += 1) triples.add(`${words[index]} ${words[index + 1]} ${words[index + 2]}`);
  if (triples.size < fewestTriples) return null;
  const fingerprint = new Array<number>(hashCount).fill(0xffffffff);
  for (const triple of triples) {
    for (let seed = 0; seed < hashCount; seed += 1) {
      const value = hash(triple, seed);
      if (value < (fingerprint[seed] ?? 0)) fingerprint[seed] = value;
    }
  }
  return fingerprint;
}

/** How alike two plans' individual texts are, 0 to 1: the estimated share of word triples in common (Jaccard). */
export function likeness(a: readonly number[], b: readonly number[]): number {
  return a.filter((value, index) => value === b[index]).length / hashCount;
}

/** From this likeness on, a plan counts as a near-copy of another client's. */
export const nearCopy = 0.5;
