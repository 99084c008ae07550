import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { Measure } from "./measure.ts";

const library = new URL("../../../../library/", import.meta.url);

/** The folders that measures come in: those for everybody, those with conditions, and those without wording. */
const folders = ["measures", "licensed-measures", "measure-skeletons"] as const;
type Folder = (typeof folders)[number];

const read = (folder: Folder, file: string): Measure => Measure.parse(parse(readFileSync(new URL(`${folder}/${file}`, library), "utf8")));

/** All measures of one folder; none where the folder was left out. */
export function measuresIn(folder: Folder): readonly Measure[] {
  const place = new URL(`${folder}/`, library);
  return existsSync(place)
    ? readdirSync(place)
        .filter((file) => file.endsWith(".yaml"))
        .map((file) => read(folder, file))
    : [];
}

/** A measure as it stands in one of the folders of the library, for tests. */
export function shippedMeasure(id: string): Measure {
  const folder = folders.find((one) => existsSync(new URL(`${one}/${id}.yaml`, library)));
  if (folder === undefined) throw new Error(`There is no measure ${id}.`);
  return read(folder, `${id}.yaml`);
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

/** All measures that come with the product, whatever the build. */
export const shippedMeasures: readonly Measure[] = measuresIn("measures");
/** Those, and the ones with conditions and the ones without wording. */
export const everyMeasure: readonly Measure[] = folders.flatMap(measuresIn);
