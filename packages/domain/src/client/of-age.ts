import { ageInYears, birthdayAt, type IsoDate } from "../calendar/date.ts";
import type { Population } from "../library/chapter.ts";
import type { Client } from "./client.ts";

/** The age from which people sign for themselves. States differ in what minors may consent to alone; none in this. */
export const ageOfMajority = 18;

/** Whether a client is of age on a day. */
export function isOfAge({ birthDate }: Pick<Client, "birthDate">, day: IsoDate): boolean {
  return ageInYears(birthDate, day) >= ageOfMajority;
}

/** The eighteenth birthday; one on February 29 counts from March 1 in common years, as ages do. */
export const eighteenthBirthday = ({ birthDate }: Pick<Client, "birthDate">): IsoDate => birthdayAt(birthDate, ageOfMajority);

/** Whether a guardian, where one is named, decides in the client's place on this day: for a minor, and for an adult where the record says so on purpose. */
export function guardianDecides({ birthDate, guardianOfAdult }: Pick<Client, "birthDate" | "guardianOfAdult">, day: IsoDate): boolean {
  return guardianOfAdult || !isOfAge({ birthDate }, day);
}

/** Populations by age. The others (couples, families, groups, crisis) say who comes or why, at any age. */
export const agePopulations = ["child", "adolescent", "adult", "older-adult"] as const satisfies readonly Population[];
export type AgePopulation = (typeof agePopulations)[number];

export const isAgePopulation = (population: Population): population is AgePopulation =>
  (agePopulations as readonly Population[]).includes(population);

/** The population whose chapters fit a person of this age best: 18 and over is adult, 65 the usual start of "older adult". */
export function populationOf(age: number): AgePopulation {
  if (age < 13) return "child";
  if (age < ageOfMajority) return "adolescent";
  return age >= 65 ? "older-adult" : "adult";
}
