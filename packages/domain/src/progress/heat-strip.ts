import type { IsoDate } from "../calendar/date.ts";
import { type Measure, optionsOf } from "../measures/measure.ts";
import { type Given, givenOf } from "./series.ts";

export interface HeatCell {
  /** The answer as given; `null` where the question was left open. */
  readonly answer: number | null;
  readonly label: string;
  /** How much of a complaint it is, from 0 (none) to 1 (the most that the scale has), whichever way the question runs. */
  readonly weight: number;
}

/** The answers to a measure's questions over time: a row for each question, a column for each time it was given. */
export interface HeatStrip {
  readonly dates: readonly IsoDate[];
  readonly rows: readonly {
    readonly number: number;
    readonly text: string;
    readonly reversed: boolean;
    readonly cells: readonly HeatCell[];
  }[];
}

/**
 * The heat strip of a measure whose questions have their answers in common. `null` for another, and where no single answers are known. Times of which
 * only the score is known are left out.
 */
export function heatStripOf(measure: Measure, administrations: readonly Given[]): HeatStrip | null {
  const { options } = measure;
  if (options === undefined) return null;
  const given = givenOf(measure, administrations).filter(
    ({ entered, answers }) => entered === undefined && answers.some((answer) => answer !== null),
  );
  if (given.length === 0) return null;
  const values = options.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    dates: given.map(({ date }) => date),
    rows: measure.items
      // A question with a scale of its own cannot be compared with the others.
      .filter((item) => item.options === undefined && item.quantity === undefined)
      .map((item) => {
        const reversed = measure.scoring.reverse.includes(item.number);
        const heavyIsHigh = (measure.scoring.higherIs === "worse") !== reversed;
        return {
          number: item.number,
          text: [item.lead, item.text].filter((part) => part !== undefined && part !== "").join(" ") || `Question ${item.number}`,
          reversed,
          cells: given.map(({ answers }): HeatCell => {
            const answer = answers[item.number - 1] ?? null;
            const share = answer === null || high === low ? 0 : (answer - low) / (high - low);
            return {
              answer,
              label: optionsOf(measure, item).find(({ value }) => value === answer)?.label ?? "Not answered",
              weight: answer === null ? 0 : heavyIsHigh ? share : 1 - share,
            };
          }),
        };
      }),
  };
}
