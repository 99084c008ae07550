import { everyMeasure, shippedMeasure, shippedMeasures } from "@trellis/domain/measures/shipped-measures.test-data";
import { expect, it } from "vitest";
import { measureGroups } from "./measure-groups.ts";

const names = (age: number, ...given: string[]) =>
  measureGroups(shippedMeasures, new Set(given), age).map(({ title, measures }) => [title, measures.map(({ name }) => name)]);

it("begins with what the client has answered, goes on by what is looked for, and ends with what was made for another age", () => {
  expect(names(38, "phq9")).toEqual([
    ["In use with this client", ["PHQ-9"]],
    ["Depression", ["CES-D", "PHQ-2"]],
    ["Anxiety", ["GAD-7", "GAD-2"]],
    ["Trauma", ["PCL-5", "ACE (BRFSS)", "PC-PTSD-5"]],
    ["Alcohol", ["AUDIT", "AUDIT-C"]],
    ["Other substances", ["BAM"]],
    ["Body", ["PHQ-15"]],
    ["The working alliance", ["Session feedback"]],
    ["For another age", ["GDS-15"]],
  ]);
});

it("offers an older client the scale for older people, and shows everything once", () => {
  expect(names(81)[0]).toEqual(["Depression", ["PHQ-9", "CES-D", "GDS-15", "PHQ-2"]]);
  const all = measureGroups(shippedMeasures, new Set(["audit"]), 15).flatMap(({ measures }) => measures.map(({ id }) => id));
  expect(all.toSorted()).toEqual(shippedMeasures.map(({ id }) => id).toSorted());
});

it("puts what has no wording of its own together at the end, whoever it was made for, and names every area", () => {
  const groups = measureGroups(everyMeasure, new Set(), 38);
  expect(groups.at(-1)?.title).toBe("Scores from elsewhere");
  const elsewhere = groups.at(-1)?.measures.map(({ id }) => id) ?? [];
  expect(elsewhere).toEqual(expect.arrayContaining(["cssrs", "sdq", "oq45", "isi"]));
  for (const { title, measures } of groups.slice(0, -1)) {
    expect(title).toMatch(/^[A-Z]/);
    for (const measure of measures) expect(measure.wording).toBe("here");
  }
});

it("begins with what was made here where nothing is in use yet", () => {
  const phq2 = shippedMeasure("phq2");
  const own = {
    ...phq2,
    id: "own-1",
    name: "Hours slept",
    area: "individual" as const,
    license: { ...phq2.license, class: "own" as const },
  };
  expect(measureGroups([...shippedMeasures, own], new Set(), 38)[0]).toEqual({ title: "Made here", measures: [own] });
});

it("keeps what is in use with this client at the top, also where only scores can be entered", () => {
  expect(measureGroups(everyMeasure, new Set(["oq45"]), 38)[0]?.measures.map(({ id }) => id)).toEqual(["oq45"]);
});
