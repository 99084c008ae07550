import type { Population } from "./chapter.ts";
import { populationNames } from "./contents.ts";
import type { Library } from "./library.ts";

/** How much of everything the chapters of one population hold. */
export interface PopulationCount {
  readonly population: Population;
  readonly chapters: number;
  readonly definitions: number;
  readonly goals: number;
  readonly objectives: number;
  readonly interventions: number;
}

/** Counts by population, in the order of the table of contents. */
export function countLibrary({ chapters }: Pick<Library, "chapters">): PopulationCount[] {
  return (Object.keys(populationNames) as Population[]).flatMap((population): PopulationCount[] => {
    const own = chapters.filter((chapter) => chapter.population === population);
    const sum = (part: "definitions" | "goals" | "objectives" | "interventions"): number =>
      own.reduce((total, chapter) => total + chapter[part].length, 0);
    return own.length === 0
      ? []
      : [
          {
            population,
            chapters: own.length,
            definitions: sum("definitions"),
            goals: sum("goals"),
            objectives: sum("objectives"),
            interventions: sum("interventions"),
          },
        ];
  });
}

/** The counts as a table in Markdown, as the README shows it. Statements are what goes into a plan as it stands: goals, objectives and interventions. */
export function countsTable(library: Library): string {
  const counts = countLibrary(library);
  const numbers = ({ chapters, definitions, goals, objectives, interventions }: Omit<PopulationCount, "population">): readonly number[] => [
    chapters,
    definitions,
    goals,
    objectives,
    interventions,
    goals + objectives + interventions,
  ];
  const row = (name: string, list: readonly number[]): string =>
    `| ${[name, ...list.map((number) => number.toLocaleString("en-US"))].join(" | ")} |`;
  const rows = counts.map((count) => numbers(count));
  const total = (rows[0] ?? []).map((_, i) => rows.reduce((sum, list) => sum + (list[i] ?? 0), 0));
  return [
    "| | Chapters | Behavioral definitions | Goals | Objectives | Interventions | Goals, objectives and interventions |",
    "| --- | --: | --: | --: | --: | --: | --: |",
    ...counts.map((count, i) => row(populationNames[count.population], rows[i] ?? [])),
    row("**In all**", total),
    "",
    `With them: ${library.homework.length} homework sheets, ${library.outlines.length} courses of sessions, ${library.cases.length} worked cases, ${library.evidence.length} sources that were looked up.`,
  ].join("\n");
}
