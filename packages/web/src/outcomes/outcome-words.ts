import type { OutcomeGroup } from "@trellis/domain/outcomes/outcome-report";

/** One decimal, with a real minus sign. */
export const points = (value: number): string =>
  value
    .toFixed(1)
    .replace("-", "−")
    .replace(/^−0\.0$/, "0.0");

/** "3 of 12 (25 %)"; a dash where the measure cannot tell, and no share of nobody or of a few. */
export function share(count: number | null, of: number | null, enough: boolean): string {
  if (count === null || of === null) return "–";
  return enough && of > 0 ? `${count} of ${of} (${Math.round((100 * count) / of)} %)` : `${count} of ${of}`;
}

/** The mean change in words, with its interval. */
export function changeWords({ means }: Pick<OutcomeGroup, "means">): string {
  if (means === null) return "too few for a mean";
  const interval = means.interval === null ? "" : ` (${points(means.interval.low)} to ${points(means.interval.high)})`;
  return `${points(means.change)}${interval}`;
}

/** From where to where a plot has to reach so that every interval and 0 are in it, with some room. */
export function plotRange(groups: readonly Pick<OutcomeGroup, "means">[]): readonly [number, number] {
  const ends = groups.flatMap(({ means }) => (means === null ? [] : [means.change, means.interval?.low ?? 0, means.interval?.high ?? 0]));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const room = Math.max(1, high - low) * 0.06;
  return [low - room, high + room];
}

/** "2026-03" as "March 2026". */
export function monthWords(month: string): string {
  return new Date(`${month}-15T12:00:00Z`).toLocaleDateString("en-US", { year: "numeric", month: "long", timeZone: "UTC" });
}
