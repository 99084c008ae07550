/** How a goal stands against what was described before treatment: 0 is the expected outcome, -2 much less, +2 much more. */
export type AttainmentLevel = -2 | -1 | 0 | 1 | 2;

export interface ScaledGoal {
  /** Importance of the goal among the others; 0 or more. */
  readonly weight: number;
  readonly level: AttainmentLevel;
}

/** The correlation among the goals of one client that Kiresuk and Sherman assumed. */
const correlation = 0.3;

/**
 * The T-score of Goal Attainment Scaling: 50 when every goal is attained as expected, with a standard deviation of 10.
 *
 * T = 50 + 10 Σ(w x) / √((1 - 0.3) Σw² + 0.3 (Σw)²)
 *
 * Kiresuk TJ, Sherman RE. Goal attainment scaling: a general method for evaluating comprehensive community mental health programs.
 * Community Ment Health J 1968;4:443-453.
 *
 * @returns `null` when there is no goal with a weight above 0: then nothing was scaled.
 * @throws RangeError for a weight below 0.
 */
export function goalAttainmentT(goals: readonly ScaledGoal[]): number | null {
  let weighted = 0;
  let weights = 0;
  let squares = 0;
  for (const { weight, level } of goals) {
    if (!(weight >= 0) || !Number.isFinite(weight)) throw new RangeError("The weight of a goal is a number, 0 or more.");
    weighted += weight * level;
    weights += weight;
    squares += weight * weight;
  }
  if (weights === 0) return null;
  return 50 + (10 * weighted) / Math.sqrt((1 - correlation) * squares + correlation * weights * weights);
}
