import { hasTotal, type Measure, optionsOf } from "../measures/measure.ts";
import type { LibraryFault } from "./fault.ts";
import { measureFolderOf } from "./library.ts";

/** Faults of one measure's definition: items, response scales, range, bands, subscales, patterns and flags must fit together. */
export function lintMeasure(file: string, measure: Measure): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report = (path: readonly (string | number)[], message: string): void => {
    faults.push({ rule: "measure", file, path, message });
  };
  const { scoring } = measure;
  const numbers = new Set(measure.items.map((item) => item.number));
  const inItems = (list: readonly number[], path: readonly (string | number)[]): void => {
    for (const number of list) if (!numbers.has(number)) report(path, `There is no item ${number}.`);
  };

  for (const [i, item] of measure.items.entries()) {
    if (item.number !== i + 1) report(["items", i, "number"], `Items are numbered as printed; this is item ${i + 1}.`);
    if (item.quantity === undefined && optionsOf(measure, item).length === 0)
      report(["items", i], "The item has no answers of its own and the measure has no common ones.");
    const values = optionsOf(measure, item).map((option) => option.value);
    if (new Set(values).size < values.length) report(["items", i, "options"], "Two answers count the same.");
    if (measure.wording === "brought" && item.text !== "")
      report(["items", i, "text"], "The wording of this measure is for the practice to bring; leave it empty.");
  }
  inItems(scoring.reverse, ["scoring", "reverse"]);
  const subscaleIds = new Set<string>();
  for (const [i, subscale] of scoring.subscales.entries()) {
    inItems(subscale.items, ["scoring", "subscales", i, "items"]);
    if (subscaleIds.has(subscale.id)) report(["scoring", "subscales", i, "id"], "Two subscales have this id.");
    subscaleIds.add(subscale.id);
    if (subscale.items.length === 0 && measure.wording !== "totals") report(["scoring", "subscales", i, "items"], "Name its items.");
    if (subscale.items.length === 0 && subscale.range === undefined)
      report(["scoring", "subscales", i, "range"], "Say its lowest and highest score.");
  }
  const patternIds = new Set(scoring.patterns.map(({ id }) => id));
  for (const [i, pattern] of scoring.patterns.entries()) {
    for (const [j, part] of pattern.parts.entries()) {
      inItems(part.items, ["scoring", "patterns", i, "parts", j, "items"]);
      if (part.needed > part.items.length)
        report(["scoring", "patterns", i, "parts", j, "needed"], `${part.needed} of ${part.items.length} items can never be met.`);
    }
    for (const id of pattern.unless)
      if (!patternIds.has(id) || id === pattern.id) report(["scoring", "patterns", i, "unless"], `There is no other pattern ${id}.`);
  }
  for (const [i, skip] of scoring.skips.entries()) {
    inItems(skip.items, ["scoring", "skips", i, "items"]);
    inItems(skip.when.items, ["scoring", "skips", i, "when", "items"]);
  }
  for (const [i, { items }] of scoring.hits.entries()) inItems(items, ["scoring", "hits", i, "items"]);
  if ((scoring.method === "hits") !== scoring.hits.length > 0)
    report(["scoring", "hits"], "Hits and the method that counts them go together.");
  for (const [i, flag] of measure.flags.entries()) inItems([flag.item], ["flags", i, "item"]);
  if (measure.wording !== "here" && measure.instruction !== "")
    report(["instruction"], "The wording of this measure is for the practice to bring; leave it empty.");
  if (measure.wording !== "totals") lintRange(measure, report);

  const [from, to] = scoring.range;
  if (!hasTotal(measure) && (measure.bands.length > 0 || measure.cutoff || measure.remission || measure.reliableChange))
    report(["scoring", "method"], "Bands, cutoff, remission and reliable change speak of a total, and there is none.");
  lintBands(measure.bands, from, to, ["bands"], report);
  for (const [i, { bands, range }] of scoring.subscales.entries())
    if (bands.length > 0)
      lintBands(bands, bands[0]?.from ?? 0, range?.[1] ?? bands.at(-1)?.to ?? 0, ["scoring", "subscales", i, "bands"], report);
  if (measure.cutoff && (measure.cutoff.atLeast <= from || measure.cutoff.atLeast > to))
    report(["cutoff", "atLeast"], "The cutoff is outside the range.");
  if (measure.remission && (measure.remission.below <= from || measure.remission.below > to))
    report(["remission", "below"], "The remission threshold is outside the range.");
  if (measure.interval && measure.interval.minDays > measure.interval.usualDays)
    report(["interval"], "The shortest interval is longer than the usual one.");
  if (measure.license.class !== "own" && measure.sources.length === 0) report(["sources"], "Name a source.");
  if (["C", "D"].includes(measure.license.class) && measure.wording === "here")
    report(["wording"], "The owner does not let the wording be passed on: leave it out, and say brought or totals.");
  const home = measureFolderOf(measure);
  if (home !== undefined && !file.startsWith(`${home}/`))
    report(
      ["license", "class"],
      `A measure of class ${measure.license.class}${measure.wording === "here" ? "" : " without its wording"} belongs in ${home}.`,
    );
  return faults;
}

type Report = (path: readonly (string | number)[], message: string) => void;

/** The range that is written has to be what the items come to. */
function lintRange(measure: Measure, report: Report): void {
  const { scoring } = measure;
  const scored = measure.items.filter((item) => item.scored);
  const extremes = scored.map((item): readonly [number, number] => {
    if (item.quantity !== undefined) return [item.quantity.min, item.quantity.max];
    const values = optionsOf(measure, item).map((option) => option.value);
    return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
  });
  const sum = (end: 0 | 1): number => extremes.reduce((before, ends) => before + ends[end], 0);
  const expected = ((): readonly [number, number] | null => {
    switch (scoring.method) {
      case "sum":
        return [sum(0) * scoring.multiply, sum(1) * scoring.multiply];
      case "mean":
        return [(sum(0) / scored.length) * scoring.multiply, (sum(1) / scored.length) * scoring.multiply];
      case "highest":
        return [
          Math.max(...extremes.map(([low]) => low)) * scoring.multiply,
          Math.max(...extremes.map(([, high]) => high)) * scoring.multiply,
        ];
      case "hits":
        return [0, scoring.hits.reduce((count, { items, together }) => count + (together ? 1 : items.length), 0)];
      case "none":
        return [0, 0];
      case "attainment":
        return null;
    }
  })();
  const [from, to] = scoring.range;
  if (expected !== null && (from !== expected[0] || to !== expected[1]))
    report(["scoring", "range"], `The items come to ${expected[0]} to ${expected[1]}, not ${from} to ${to}.`);
  if (scored.length > 0 && scoring.maxMissing >= scored.length)
    report(["scoring", "maxMissing"], "With that many answers missing nothing would be left to score.");
}

function lintBands(bands: Measure["bands"], from: number, to: number, path: readonly (string | number)[], report: Report): void {
  // A score in whole points goes on with the next point, a mean with the next hundredth.
  const step = bands.every((band) => Number.isInteger(band.from) && Number.isInteger(band.to)) ? 1 : 0.01;
  for (const [i, band] of bands.entries()) {
    const expected = i === 0 ? from : Math.round(((bands[i - 1]?.to ?? 0) + step) * 100) / 100;
    if (band.from !== expected) report([...path, i, "from"], `Bands follow each other without a gap: this one begins at ${expected}.`);
    if (band.to < band.from) report([...path, i, "to"], "A band ends at or above where it begins.");
  }
  const last = bands.at(-1);
  if (last !== undefined && last.to !== to) report([...path, bands.length - 1, "to"], `The last band ends at ${to}.`);
}
