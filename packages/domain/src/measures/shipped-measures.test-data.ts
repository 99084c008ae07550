import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { Measure } from "./measure.ts";

/** A measure as it stands in library/measures, for tests. */
export function shippedMeasure(id: string): Measure {
  return Measure.parse(parse(readFileSync(new URL(`../../../../library/measures/${id}.yaml`, import.meta.url), "utf8")));
}

export const phq9 = shippedMeasure("phq9");
export const gad7 = shippedMeasure("gad7");
export const pcl5 = shippedMeasure("pcl5");
export const audit = shippedMeasure("audit");
