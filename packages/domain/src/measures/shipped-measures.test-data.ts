import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { Measure } from "./measure.ts";

const folder = new URL("../../../../library/measures/", import.meta.url);

/** A measure as it stands in library/measures, for tests. */
export function shippedMeasure(id: string): Measure {
  return Measure.parse(parse(readFileSync(new URL(`${id}.yaml`, folder), "utf8")));
}

export const phq9 = shippedMeasure("phq9");
export const gad7 = shippedMeasure("gad7");
export const pcl5 = shippedMeasure("pcl5");
export const audit = shippedMeasure("audit");
export const phq2 = shippedMeasure("phq2");
export const gad2 = shippedMeasure("gad2");
export const phq15 = shippedMeasure("phq15");
export const pcptsd5 = shippedMeasure("pcptsd5");
export const auditc = shippedMeasure("auditc");
export const gds15 = shippedMeasure("gds15");
export const cesd = shippedMeasure("cesd");

/** All measures that come with the product. */
export const shippedMeasures: readonly Measure[] = readdirSync(folder).map((file) => shippedMeasure(file.replace(".yaml", "")));
