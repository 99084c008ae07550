import type { EngagementBarrier } from "../engagement/barrier.ts";
import type { Measure } from "../measures/measure.ts";
import type { CareOption } from "../off-track/care-option.ts";
import type { SessionOutline } from "../outline/outline.ts";
import type { ApproachId } from "./approach.ts";
import type { Case } from "./case.ts";
import type { BehavioralDefinition, Chapter, LibraryGoal, LibraryIntervention, LibraryObjective } from "./chapter.ts";
import type { Contents } from "./contents.ts";
import type { Evidence } from "./evidence.ts";
import type { Homework } from "./homework.ts";

/** One content file after parsing: its path (relative to the library folder, with `/`) and what it holds. */
export type LibraryFile =
  | { readonly kind: "chapter"; readonly path: string; readonly content: Chapter }
  | { readonly kind: "contents"; readonly path: string; readonly content: Contents }
  | { readonly kind: "evidence"; readonly path: string; readonly content: readonly Evidence[] }
  | { readonly kind: "homework"; readonly path: string; readonly content: Homework }
  | { readonly kind: "outline"; readonly path: string; readonly content: SessionOutline }
  | { readonly kind: "measure"; readonly path: string; readonly content: Measure }
  | { readonly kind: "case"; readonly path: string; readonly content: Case }
  | { readonly kind: "care-options"; readonly path: string; readonly content: readonly CareOption[] }
  | { readonly kind: "engagement-barriers"; readonly path: string; readonly content: readonly EngagementBarrier[] };

/**
 * The folders that measures come in, by the class of their license: those for everybody, those whose owners set conditions (a folder that can be left
 * out), and those of which only the scoring is here. In this order they are offered.
 */
export const measureFolders: readonly { readonly folder: string; readonly classes: readonly Measure["license"]["class"][] }[] = [
  { folder: "measures", classes: ["A"] },
  { folder: "licensed-measures", classes: ["B"] },
  { folder: "measure-skeletons", classes: ["C", "D"] },
];

/**
 * The folder that a measure belongs in: by the class of its license; among the skeletons, whatever its class, where its wording is not here (its owner may
 * let it be passed on, but no print was found to take it from).
 */
export function measureFolderOf({ license, wording }: Measure): string | undefined {
  const wordless = wording === "here" ? undefined : measureFolders.at(-1);
  return (wordless ?? measureFolders.find(({ classes }) => classes.includes(license.class)))?.folder;
}

export const statementKinds = ["definition", "goal", "objective", "intervention", "expected-outcome", "discharge-criterion"] as const;
export type StatementKind = (typeof statementKinds)[number];

/** One sentence that can stand in a plan, in the record's words and in the client's. */
export interface LibraryStatement {
  readonly kind: StatementKind;
  readonly id: string;
  /** The library that comes with the product, or the items that this practice wrote and kept. */
  readonly source: "library" | "practice";
  /** The chapter it belongs to; `null` for a practice's own item that belongs to none. */
  readonly chapter: string | null;
  readonly text: string;
  readonly plain: string;
  /** Interventions only. */
  readonly approach?: ApproachId;
  readonly technique?: string;
}

/**
 * All content, with an index for every kind of thing that is referred to by id. Where an id stands twice, the first one
 * in the order of the files counts (`lintLibrary` reports the other).
 */
export interface Library {
  readonly files: readonly LibraryFile[];
  readonly chapters: readonly Chapter[];
  /** The order in which chapters are read; may name chapters that are not here. */
  readonly contents: Contents;
  readonly evidence: readonly Evidence[];
  readonly homework: readonly Homework[];
  /** Structured courses of sessions. The browser fetches them apart from the rest, only where one is chosen. */
  readonly outlines: readonly SessionOutline[];
  readonly measures: readonly Measure[];
  readonly cases: readonly Case[];
  /** What can be done when treatment does not work, in the order of the steps. */
  readonly careOptions: readonly CareOption[];
  /** What keeps clients from taking part, and what helps. */
  readonly engagementBarriers: readonly EngagementBarrier[];
  /** Every statement of every chapter, flat. */
  readonly statements: readonly LibraryStatement[];
  readonly chapterById: ReadonlyMap<string, Chapter>;
  readonly evidenceById: ReadonlyMap<string, Evidence>;
  readonly homeworkById: ReadonlyMap<string, Homework>;
  readonly outlineById: ReadonlyMap<string, SessionOutline>;
  readonly measureById: ReadonlyMap<string, Measure>;
  readonly caseById: ReadonlyMap<string, Case>;
  readonly definitionById: ReadonlyMap<string, BehavioralDefinition>;
  readonly goalById: ReadonlyMap<string, LibraryGoal>;
  readonly objectiveById: ReadonlyMap<string, LibraryObjective>;
  readonly interventionById: ReadonlyMap<string, LibraryIntervention>;
  readonly statementById: ReadonlyMap<string, LibraryStatement>;
}

function indexById<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  const index = new Map<string, T>();
  for (const item of list) if (!index.has(item.id)) index.set(item.id, item);
  return index;
}

/** The statements of one chapter in the chapter's order. */
export function chapterStatements(chapter: Chapter): LibraryStatement[] {
  const of = (kind: StatementKind, items: readonly { id: string; text: string; plain: string }[]): LibraryStatement[] =>
    items.map(({ id, text, plain }) => ({ kind, id, source: "library", chapter: chapter.id, text, plain }));
  return [
    ...of("definition", chapter.definitions),
    ...of("goal", chapter.goals),
    ...of("objective", chapter.objectives),
    ...chapter.interventions.map(({ id, text, plain, approach, technique }) => ({
      kind: "intervention" as const,
      source: "library" as const,
      id,
      chapter: chapter.id,
      text,
      plain,
      approach,
      technique,
    })),
    ...of("expected-outcome", chapter.expectedOutcomes),
    ...of("discharge-criterion", chapter.dischargeCriteria),
  ];
}

/** Builds the library from its parsed files. The order of the files does not matter: it is fixed here by path. */
export function assembleLibrary(parsedFiles: readonly LibraryFile[]): Library {
  const files = [...parsedFiles].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const chapters = files.flatMap((file) => (file.kind === "chapter" ? [file.content] : []));
  const contents = files.flatMap((file) => (file.kind === "contents" ? file.content : []));
  const evidence = files.flatMap((file) => (file.kind === "evidence" ? file.content : []));
  const homework = files.flatMap((file) => (file.kind === "homework" ? [file.content] : []));
  const outlines = files.flatMap((file) => (file.kind === "outline" ? [file.content] : []));
  const placeOf = (measure: Measure) => measureFolders.findIndex(({ folder }) => folder === measureFolderOf(measure));
  const measures = files
    .flatMap((file) => (file.kind === "measure" ? [file.content] : []))
    .sort((one, other) => placeOf(one) - placeOf(other));
  const cases = files.flatMap((file) => (file.kind === "case" ? [file.content] : []));
  const careOptions = files.flatMap((file) => (file.kind === "care-options" ? file.content : []));
  const engagementBarriers = files.flatMap((file) => (file.kind === "engagement-barriers" ? file.content : []));
  const statements = chapters.flatMap(chapterStatements);
  return {
    files,
    chapters,
    contents,
    evidence,
    homework,
    outlines,
    measures,
    cases,
    careOptions,
    engagementBarriers,
    statements,
    chapterById: indexById(chapters),
    evidenceById: indexById(evidence),
    homeworkById: indexById(homework),
    outlineById: indexById(outlines),
    measureById: indexById(measures),
    caseById: indexById(cases),
    definitionById: indexById(chapters.flatMap((chapter) => chapter.definitions)),
    goalById: indexById(chapters.flatMap((chapter) => chapter.goals)),
    objectiveById: indexById(chapters.flatMap((chapter) => chapter.objectives)),
    interventionById: indexById(chapters.flatMap((chapter) => chapter.interventions)),
    statementById: indexById(statements),
  };
}

/** The library with other measures: as a practice uses them, with its own. */
export function libraryWith(library: Library, measures: readonly Measure[]): Library {
  return measures === library.measures ? library : { ...library, measures, measureById: indexById(measures) };
}
