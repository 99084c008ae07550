import type { Measure } from "../measures/measure.ts";
import type { LibraryFault } from "./fault.ts";

/** Faults of one measure's definition: items, response scales, range, bands and flags must fit together. */
export function lintMeasure(file: string, measure: Measure): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report = (path: readonly (string | number)[], message: string): void => {
    faults.push({ rule: "measure", file, path, message });
  };
  const numbers = new Set(measure.items.map((item) => item.number));
  for (const [i, item] of measure.items.entries()) {
    if (item.number !== i + 1) report(["items", i, "number"], `Items are numbered as printed; this is item ${i + 1}.`);
    if (item.options === undefined && measure.options === undefined)
      report(["items", i], "The item has no answers of its own and the measure has no common ones.");
    const values = (item.options ?? measure.options ?? []).map((option) => option.value);
    if (new Set(values).size < values.length) report(["items", i, "options"], "Two answers count the same.");
  }
  const inItems = (list: readonly number[], path: readonly (string | number)[]): void => {
    for (const number of list) if (!numbers.has(number)) report(path, `There is no item ${number}.`);
  };
  const { scoring } = measure;
  inItems(scoring.reverse, ["scoring", "reverse"]);
  for (const [i, subscale] of scoring.subscales.entries()) inItems(subscale.items, ["scoring", "subscales", i, "items"]);
  scoring.pattern?.parts.forEach((part, i) => {
    inItems(part.items, ["scoring", "pattern", "parts", i, "items"]);
    if (part.needed > part.items.length)
      report(["scoring", "pattern", "parts", i, "needed"], `${part.needed} of ${part.items.length} items can never be met.`);
  });
  for (const [i, skip] of scoring.skips.entries()) {
    inItems(skip.items, ["scoring", "skips", i, "items"]);
    inItems(skip.when.items, ["scoring", "skips", i, "when", "items"]);
  }
  for (const [i, flag] of measure.flags.entries()) inItems([flag.item], ["flags", i, "item"]);

  const scored = measure.items.filter((item) => item.scored);
  const extremes = scored.map((item) => (item.options ?? measure.options ?? [{ value: 0 }]).map((option) => option.value));
  const low = extremes.reduce((sum, values) => sum + Math.min(...values), 0);
  const high = extremes.reduce((sum, values) => sum + Math.max(...values), 0);
  const [from, to] = scoring.range;
  if (from !== low || to !== high) report(["scoring", "range"], `The items add up to ${low} to ${high}, not ${from} to ${to}.`);
  if (scoring.maxMissing >= scored.length)
    report(["scoring", "maxMissing"], "With that many answers missing nothing would be left to score.");

  for (const [i, band] of measure.bands.entries()) {
    const expected = i === 0 ? from : (measure.bands[i - 1]?.to ?? 0) + 1;
    if (band.from !== expected) report(["bands", i, "from"], `Bands follow each other without a gap: this one begins at ${expected}.`);
    if (band.to < band.from) report(["bands", i, "to"], "A band ends at or above where it begins.");
  }
  const last = measure.bands.at(-1);
  if (last !== undefined && last.to !== to) report(["bands", measure.bands.length - 1, "to"], `The last band ends at ${to}.`);
  if (measure.cutoff && (measure.cutoff.atLeast <= from || measure.cutoff.atLeast > to))
    report(["cutoff", "atLeast"], "The cutoff is outside the range.");
  if (measure.remission && (measure.remission.below <= from || measure.remission.below > to))
    report(["remission", "below"], "The remission threshold is outside the range.");
  if (measure.interval.minDays > measure.interval.usualDays) report(["interval"], "The shortest interval is longer than the usual one.");
  return faults;
}
