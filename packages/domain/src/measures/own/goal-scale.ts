import { z } from "zod";
import { type AttainmentLevel, goalAttainmentT } from "../goal-attainment.ts";
import type { Measure } from "../measure.ts";
import { made, OwnArea, OwnName, ownCommon, ownMeasureId, writtenHere } from "./own-measure.ts";

/** The levels of a goal from worst to best, with what each stands for. */
export const attainmentLevels: readonly { readonly level: AttainmentLevel; readonly name: string }[] = [
  { level: -2, name: "Much less than expected" },
  { level: -1, name: "Less than expected" },
  { level: 0, name: "As expected" },
  { level: 1, name: "More than expected" },
  { level: 2, name: "Much more than expected" },
];

const Level = z.string().trim().min(2, "Describe this level, so that two people would rate the same.").max(200);

/** Goals with five levels each, described before treatment begins to work on them. */
export const GoalScaleForm = z
  .strictObject({
    kind: z.literal("goals"),
    name: OwnName,
    area: OwnArea,
    goals: z
      .array(
        z.strictObject({
          text: z.string().trim().min(3, "Write the goal.").max(300),
          /** Importance among the goals. */
          weight: z.number("Enter a number.").min(0, "0 or more.").max(100, "At most 100."),
          /** From -2 to +2. */
          levels: z.tuple([Level, Level, Level, Level, Level]),
        }),
      )
      .min(1, "Write at least one goal.")
      .max(5, "At most five goals: with more, none of them is looked at."),
  })
  .refine(({ goals }) => goals.some(({ weight }) => weight > 0), {
    path: ["goals", 0, "weight"],
    message: "At least one goal has a weight above 0.",
  });
export type GoalScaleForm = z.infer<typeof GoalScaleForm>;

const toTwoDecimals = (number: number) => Math.round(number * 100) / 100;

export function goalScaleMeasure(uuid: string, { name, area, goals }: GoalScaleForm): Measure {
  const allAt = (level: AttainmentLevel) => toTwoDecimals(goalAttainmentT(goals.map(({ weight }) => ({ weight, level }))) ?? 50);
  return made({
    ...ownCommon,
    id: ownMeasureId(uuid),
    name,
    title: "Goal attainment scale",
    measures: goals.length === 1 ? "How far one goal of this client's is reached" : `How far ${goals.length} goals are reached`,
    area,
    recall: "where things stand now",
    instruction: "For each goal, choose the level that describes best where things stand now.",
    items: goals.map(({ text, weight, levels }, i) => ({
      number: i + 1,
      text,
      weight,
      options: attainmentLevels.map(({ level }, at) => ({ value: level, label: levels[at] ?? "" })),
    })),
    scoring: { method: "attainment", range: [allAt(-2), allAt(2)], higherIs: "better", maxMissing: 0 },
    interval: { minDays: 7, usualDays: 28 },
    license: writtenHere,
    sources: [
      "Kiresuk TJ, Sherman RE. Goal attainment scaling: a general method for evaluating comprehensive community mental health programs. Community Ment Health J 1968;4:443-453",
    ],
  });
}

/** How a T-score of goal attainment was reached, goal by goal. */
export interface AttainmentSteps {
  readonly goals: readonly {
    readonly text: string;
    readonly weight: number;
    readonly level: number | null;
    readonly described: string;
  }[];
  /** Σ(w x) */
  readonly weighted: number;
  /** Σw */
  readonly weights: number;
  /** Σw² */
  readonly squares: number;
  /** √((1 - 0.3) Σw² + 0.3 (Σw)²) */
  readonly divisor: number;
  /** To two decimals; `null` while a goal is not rated. */
  readonly t: number | null;
}

export const attainmentFormula = "T = 50 + 10 × Σ(w·x) ÷ √(0.7 × Σw² + 0.3 × (Σw)²)";

/** The steps from the levels of the goals to their T-score (see `goalAttainmentT`, which works it out). */
export function attainmentSteps(measure: Measure, answers: readonly (number | null)[]): AttainmentSteps {
  const goals = measure.items.map(({ text, weight = 1, options = [] }, i) => {
    const level = answers[i] ?? null;
    return { text, weight, level, described: options.find(({ value }) => value === level)?.label ?? "" };
  });
  const sum = (of: (goal: (typeof goals)[number]) => number) => goals.reduce((before, goal) => before + of(goal), 0);
  const weights = sum(({ weight }) => weight);
  const squares = sum(({ weight }) => weight * weight);
  const rated = goals.flatMap(({ weight, level }) => (isLevel(level) ? [{ weight, level }] : []));
  const t = rated.length === goals.length ? goalAttainmentT(rated) : null;
  return {
    goals,
    weighted: sum(({ weight, level }) => weight * (level ?? 0)),
    weights,
    squares,
    divisor: toTwoDecimals(Math.sqrt(0.7 * squares + 0.3 * weights * weights)),
    t: t === null ? null : toTwoDecimals(t),
  };
}

const isLevel = (level: number | null): level is AttainmentLevel => attainmentLevels.some((known) => known.level === level);
