import type { Measure } from "./measure.ts";

/** The least number of whole weeks between two administrations of a measure. */
export function fewestWeeks({ minDays }: NonNullable<Measure["interval"]>): number {
  return Math.ceil(minDays / 7);
}
