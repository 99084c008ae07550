import { ageInYears, formatDate } from "../calendar/date.ts";
import { calledName } from "../client/client.ts";
import { type AgePopulation, eighteenthBirthday, isAgePopulation, isOfAge, populationOf } from "../client/of-age.ts";
import type { Report, Rule } from "./rule.ts";

const populationWords: Record<AgePopulation, string> = {
  child: "children",
  adolescent: "adolescents",
  adult: "adults",
  "older-adult": "older adults",
};

/** What changes in a plan when its client comes of age in the course of a treatment, or grows out of the chapters that it was drafted from. */
export const ofAgeRules: readonly Rule[] = [
  {
    id: "OF-AGE-signature",
    authority: "clinical practice",
    citation: "Age of majority; states differ in what minors may consent to alone",
    requirement: "A client who is of age signs personally, unless a guardian was appointed for the adult",
    severity: () => "warning",
    check: ({ record: { client }, today }) =>
      client.guardian === null || client.guardian.name.trim() === "" || client.guardianOfAdult || !isOfAge(client, today)
        ? []
        : [
            {
              path: ["participation", "representative"],
              message: `${calledName(client)} is of age since ${formatDate(eighteenthBirthday(client))} and signs personally; ${client.guardian.name} no longer does. Where a court has appointed a guardian for the adult, say so in the client’s record, and ask before anything is told to the family.`,
            },
          ],
  },
  {
    id: "OF-AGE-population",
    authority: "clinical practice",
    citation: "Chapters of the library by age",
    requirement: "The plan is written for the client’s age",
    severity: () => "advice",
    check: ({ plan, record: { client }, library, today }) => {
      const now = populationOf(ageInYears(client.birthDate, today));
      const found: Report[] = [];
      if (isAgePopulation(plan.population) && plan.population !== now)
        found.push({
          path: ["population"],
          message: `The plan was written for ${populationWords[plan.population]}; by age ${calledName(client)} is among ${populationWords[now]} now.`,
          fix: { label: `Write it for ${populationWords[now]}`, edits: [{ type: "set", path: ["population"], value: now }] },
        });
      for (const problem of plan.problems) {
        const chapter = problem.chapter === null ? undefined : library.chapterById.get(problem.chapter);
        // Adult chapters serve older adults too.
        if (chapter === undefined || problem.status !== "active" || (chapter.population !== "child" && chapter.population !== "adolescent"))
          continue;
        if (chapter.population === now) continue;
        found.push({
          path: ["problems", problem.id],
          message: `“${problem.title}” comes from a chapter for ${populationWords[chapter.population]}. Look over what of it still fits, parents’ part above all.`,
        });
      }
      return found;
    },
  },
];
