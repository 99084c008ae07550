import type { Plan } from "../plan/plan.ts";
import { statementsOfPlan } from "../plan/statements-of-plan.ts";
import { type ApproachId, inApproaches } from "./approach.ts";
import { means } from "./based-on.ts";
import type { Chapter, Population } from "./chapter.ts";
import type { Evidence } from "./evidence.ts";
import type { Homework } from "./homework.ts";
import { assembleLibrary, type Library, type LibraryFile, libraryWith } from "./library.ts";

/** What is to be known of a chapter to find it, without the chapter itself. */
export interface CatalogueChapter {
  readonly id: string;
  readonly prefix: string;
  readonly title: string;
  readonly population: Population;
  readonly common: boolean;
  readonly summary: string;
  readonly synonyms: readonly string[];
  readonly diagnoses: readonly string[];
  readonly relatedCodes: readonly string[];
  /** Those of its own course and those that it recommends besides. */
  readonly measures: readonly string[];
  /** The approaches it treats with, the fullest first, with the number of interventions of each. */
  readonly approaches: readonly { readonly id: ApproachId; readonly interventions: number }[];
  readonly goals: number;
  readonly objectives: number;
  readonly interventions: number;
  readonly source: "library" | "practice";
}

/** What the library says about one chapter besides it: the sources and the homework that it names. */
export interface ChapterBundle {
  readonly chapter: Chapter;
  readonly evidence: readonly Evidence[];
  readonly homework: readonly Homework[];
}

export function catalogueChapter(chapter: Chapter, source: CatalogueChapter["source"] = "library"): CatalogueChapter {
  const { id, prefix, title, population, common, summary, synonyms, diagnoses, relatedCodes, interventions } = chapter;
  return {
    id,
    prefix,
    title,
    population,
    common,
    summary,
    synonyms,
    diagnoses,
    relatedCodes,
    measures: [...chapter.measures, ...chapter.furtherMeasures].map((measure) => measure.id),
    approaches: inApproaches(interventions).map(([approach, items]) => ({ id: approach, interventions: items.length })),
    goals: chapter.goals.length,
    objectives: chapter.objectives.length,
    interventions: interventions.length,
    source,
  };
}

/** Ids of all sources that a chapter cites, in the order of the chapter, each once. */
export function sourcesOf(chapter: Chapter): string[] {
  return [
    ...new Set(
      [
        ...chapter.courses,
        ...chapter.interventions,
        ...chapter.interventions.flatMap((intervention) => intervention.cautions),
        ...chapter.expectedOutcomes,
        ...chapter.risks,
        ...chapter.contraindications,
        ...chapter.barriers,
        ...chapter.cooccurring,
      ].flatMap(({ evidence }) => evidence),
    ),
  ];
}

/** For each source the chapters, courses and other places of the library that cite it, by their ids. */
export function citedBy(library: Pick<Library, "chapters" | "outlines" | "careOptions" | "engagementBarriers">): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const note = (sources: readonly string[], by: string): void => {
    for (const source of sources) found[source] = [...new Set([...(found[source] ?? []), by])];
  };
  for (const chapter of library.chapters) note(sourcesOf(chapter), chapter.id);
  for (const item of [...library.outlines, ...library.careOptions, ...library.engagementBarriers]) note(item.evidence, item.id);
  return found;
}

/** One chapter with what it names. Homework that another chapter's sheet names this chapter for belongs to it too. */
export function bundleOf(chapter: Chapter, library: Pick<Library, "evidenceById" | "homeworkById" | "homework">): ChapterBundle {
  const given = new Set(chapter.interventions.flatMap(({ homework }) => homework));
  const homework = library.homework.filter(({ id, chapters }) => given.has(id) || chapters.some((named) => means(named, chapter)));
  const evidence = [...new Set([...sourcesOf(chapter), ...homework.flatMap((sheet) => sheet.evidence)])];
  return { chapter, homework, evidence: evidence.flatMap((id) => library.evidenceById.get(id) ?? []) };
}

/** The files of a library that has these chapters and what is said without one, each source and sheet once. */
export function filesOfBundles(bundles: readonly ChapterBundle[], shared: readonly LibraryFile[]): LibraryFile[] {
  const once = <T extends { readonly id: string }>(items: readonly T[]): T[] => [...new Map(items.map((item) => [item.id, item])).values()];
  const there = new Set(shared.flatMap((file) => (file.kind === "evidence" ? file.content.map(({ id }) => id) : [])));
  const evidence = once(bundles.flatMap((bundle) => bundle.evidence)).filter(({ id }) => !there.has(id));
  return [
    ...shared,
    ...bundles.map(({ chapter }): LibraryFile => ({ kind: "chapter", path: `problems/${chapter.id}.yaml`, content: chapter })),
    ...(evidence.length === 0 ? [] : [{ kind: "evidence", path: "evidence/chapters.yaml", content: evidence } satisfies LibraryFile]),
    ...once(bundles.flatMap(({ homework }) => homework)).map(
      (sheet): LibraryFile => ({ kind: "homework", path: `homework/${sheet.id}.yaml`, content: sheet }),
    ),
  ];
}

/** The library with one chapter more. */
export function libraryWithChapter(library: Library, bundle: ChapterBundle): Library {
  return libraryWith(assembleLibrary(filesOfBundles([bundle], library.files)), library.measures);
}

/** The chapter that a statement's id belongs to, by its prefix; `undefined` where no chapter has it any more. */
export function chapterOfStatement(id: string, catalogue: readonly CatalogueChapter[]): CatalogueChapter | undefined {
  const prefix = id.slice(0, Math.max(0, id.indexOf("-")));
  return catalogue.find((chapter) => chapter.prefix === prefix);
}

/** Ids of the chapters that a plan is made of: those of its problems, and those that its statements were taken from. */
export function chaptersOfPlan(plan: Plan, catalogue: readonly CatalogueChapter[]): string[] {
  const known = new Set(catalogue.map(({ id }) => id));
  return [
    ...new Set([
      ...plan.problems.flatMap(({ chapter }) => (chapter !== null && known.has(chapter) ? [chapter] : [])),
      ...statementsOfPlan(plan).flatMap(({ origin }) =>
        origin.kind === "library" ? (chapterOfStatement(origin.id, catalogue)?.id ?? []) : [],
      ),
    ]),
  ].sort();
}
