import { type Measure, optionsOf } from "./measure.ts";

/** The smallest difference between two totals that a measure can show, for saying where a target lies: 1 for whole points, 0.01 for means to two decimals. */
export function scoreStep(measure: Measure): number {
  const { scoring, items } = measure;
  if (scoring.method === "mean" || scoring.method === "attainment") return 0.01;
  const fractions = items
    .flatMap((item) => (item.quantity === undefined ? optionsOf(measure, item).map(({ value }) => value) : [item.quantity.step]))
    .map((value) => Math.abs(value) % 1)
    .filter((fraction) => fraction > 0);
  return fractions.length === 0 && Number.isInteger(scoring.multiply) ? 1 : 0.01;
}

/** A score to two decimals, which hides that 0.1 has no exact binary form. */
export const cleanScore = (score: number): number => Math.round(score * 100) / 100;
