import { formatDate } from "../calendar/date.ts";
import type { DueMeasure } from "../measures/due.ts";
import type { RaisedAlert } from "./alert.ts";

/** The alert about a measure that was missed; `null` for one that was not. One for each day that was missed, however often it is looked at. */
export function missedMeasureAlert({ state, dueOn, measure, measureName, why }: DueMeasure): RaisedAlert | null {
  if (state !== "missed" || dueOn === null) return null;
  return {
    key: `missed-measure/${measure}/${dueOn}`,
    kind: "missed-measure",
    measure,
    administrationId: null,
    detail: {
      words: `${measureName} was due on ${formatDate(dueOn)} and was not given since.`,
      rule: `Missed: its next day has passed as well, and a week more. ${why}`,
      source: "A rule of Trellis's own, not a norm.",
      date: dueOn,
    },
  };
}
