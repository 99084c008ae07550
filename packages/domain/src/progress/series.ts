import type { IsoDate } from "../calendar/date.ts";
import type { Administration } from "../measures/administration.ts";
import type { Measure } from "../measures/measure.ts";
import { scoreAdministration } from "../measures/score.ts";

/** One score of a course. */
export interface ScorePoint {
  readonly id: string;
  readonly date: IsoDate;
  readonly total: number;
  /** Name of the band that it lies in; empty without one. */
  readonly band: string;
}

export type Given = Administration & { readonly enteredAt?: string };

/** The completed administrations of a measure that have a total, oldest first. Those entered in error count in nothing. */
export function seriesOf(measure: Measure, administrations: readonly Given[]): ScorePoint[] {
  return givenOf(measure, administrations).flatMap((administration) => {
    const score = scoreAdministration(measure, administration);
    return score.total === null
      ? []
      : [{ id: administration.id, date: administration.date, total: score.total, band: score.band?.name ?? "" }];
  });
}

/** The completed administrations of a measure, oldest first; of one day, as they were entered. */
export function givenOf(measure: Measure, administrations: readonly Given[]): Given[] {
  return administrations
    .filter((administration) => administration.measure === measure.id && administration.status === "completed")
    .toSorted((a, b) => (a.date === b.date ? (a.enteredAt ?? "").localeCompare(b.enteredAt ?? "") : a.date < b.date ? -1 : 1));
}
