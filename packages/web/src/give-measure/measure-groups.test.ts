import { shippedMeasures } from "@trellis/domain/measures/shipped-measures.test-data";
import { expect, it } from "vitest";
import { measureGroups } from "./measure-groups.ts";

const names = (age: number, ...given: string[]) =>
  measureGroups(shippedMeasures, new Set(given), age).map(({ title, measures }) => [title, measures.map(({ name }) => name)]);

it("begins with what the client has answered, goes on by what is looked for, and ends with what was made for another age", () => {
  expect(names(38, "phq9")).toEqual([
    ["In use with this client", ["PHQ-9"]],
    ["Depression", ["CES-D", "PHQ-2"]],
    ["Anxiety", ["GAD-7", "GAD-2"]],
    ["Trauma", ["PCL-5", "PC-PTSD-5"]],
    ["Alcohol", ["AUDIT", "AUDIT-C"]],
    ["Body", ["PHQ-15"]],
    ["For another age", ["GDS-15"]],
  ]);
});

it("offers an older client the scale for older people, and shows everything once", () => {
  expect(names(81)[0]).toEqual(["Depression", ["PHQ-9", "CES-D", "GDS-15", "PHQ-2"]]);
  const all = measureGroups(shippedMeasures, new Set(["audit"]), 15).flatMap(({ measures }) => measures.map(({ id }) => id));
  expect(all.toSorted()).toEqual(shippedMeasures.map(({ id }) => id).toSorted());
});
