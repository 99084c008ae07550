import { formatDate, type IsoDate } from "../calendar/date.ts";
import type { Administration } from "../measures/administration.ts";
import { rawChangeWords } from "../measures/change.ts";
import type { Measure } from "../measures/measure.ts";
import { pointsBetter, reliableChange } from "../measures/reliable-change.ts";
import { scoreAdministration } from "../measures/score.ts";
import { outOf } from "../progress/progress-table.ts";

/** The newest score of a measure since the last note, and what it is compared with. */
export interface ScoreSince {
  readonly measure: string;
  readonly name: string;
  readonly total: number;
  /** The score with the highest that there is: "12 of 27". */
  readonly said: string;
  readonly date: IsoDate;
  /** The score before it; `null` for the first one. */
  readonly before: { readonly total: number; readonly date: IsoDate } | null;
  /** Better by so many points; below 0 worse. `null` for the first one. */
  readonly better: number | null;
  /** Whether the change is reliable; `null` where there is no established threshold, or no score before. */
  readonly reliable: boolean | null;
  /** Points from which a change is reliable. */
  readonly threshold: number | null;
}

type Given = Pick<Administration, "measure" | "date" | "status" | "answers" | "entered"> & { readonly enteredAt?: string };

/**
 * The newest score of each measure after `since` (the day of the last note; `null` for all) up to and on `until`, each against the one before it. What was
 * entered in error or has no total does not count.
 */
export function scoresSince(
  measures: readonly Measure[],
  administrations: readonly Given[],
  since: IsoDate | null,
  until: IsoDate,
): readonly ScoreSince[] {
  return measures.flatMap((measure) => {
    const scored = administrations
      .filter(({ measure: id, status, date }) => id === measure.id && status === "completed" && date <= until)
      .toSorted((a, b) => (a.date === b.date ? (a.enteredAt ?? "").localeCompare(b.enteredAt ?? "") : a.date < b.date ? -1 : 1))
      .flatMap((given) => {
        const { total } = scoreAdministration(measure, given);
        return total === null ? [] : [{ total, date: given.date }];
      });
    const newest = scored.at(-1);
    if (newest === undefined || (since !== null && newest.date <= since)) return [];
    const before = scored.at(-2) ?? null;
    const change = before === null ? null : reliableChange(measure, before.total, newest.total);
    return [
      {
        measure: measure.id,
        name: measure.name,
        ...newest,
        said: outOf(measure, newest.total),
        before,
        better: before === null ? null : Math.round(pointsBetter(measure, before.total, newest.total) * 100) / 100,
        reliable: change === null ? null : change !== "no-reliable-change",
        threshold: measure.reliableChange?.points ?? null,
      },
    ];
  });
}

/** "PHQ-9: 12 of 27 on November 20, 2026; 17 on November 6, 2026. 5 points better, a reliable change." */
export function scoreSentence({ name, said, date, before, better, reliable, threshold }: ScoreSince): string {
  const now = `${name}: ${said} on ${formatDate(date)}`;
  if (before === null || better === null) return `${now}, given for the first time.`;
  const against = `${now}; ${before.total} on ${formatDate(before.date)}`;
  if (better === 0) return `${against}. No change.`;
  const change = rawChangeWords(better);
  const weight =
    reliable === null || threshold === null
      ? ""
      : reliable
        ? ", a reliable change"
        : `, less than the ${threshold} points from which a change is reliable`;
  return `${against}. ${change[0]?.toUpperCase()}${change.slice(1)}${weight}.`;
}
