import type { Icd10Table } from "../diagnosis/icd-10-cm.ts";
import type { Measure } from "../measures/measure.ts";
import type { LibraryRule } from "./fault.ts";
import { type Library, libraryWith } from "./library.ts";
import { lintBasis } from "./lint-basis.ts";
import { lintChapter } from "./lint-chapter.ts";
import { idsOfContents } from "./lint-contents.ts";
import { evidenceOfOwn, isOwnPrefix, type OwnChapter, ownStatementParts, toChapter } from "./own-chapter.ts";

/** Something that has to be put right before a chapter can be kept: where, and what to do. */
export interface OwnFault {
  /** Keys and positions from the top of the chapter. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * The checks of shipped chapters that hold for a practice's own too, and what to do where one fails and its message does not say. How many statements there
 * are, how they read and whether every goal is served is for the practice to judge.
 */
const rulesThatHold: Partial<Record<LibraryRule, string>> = {
  "dangling-reference": " Name one that is there, or take this out.",
  "unmeasurable-objective": "",
  "template-blank": "",
  prefix: "",
  signal: "",
  course: "",
};

/**
 * What is wrong with a practice's own chapter, after `withOwnIds`. An empty list is a chapter that plans can be drafted from, once it has something in it.
 *
 * @param measures those of the practice: what it has retired is not among them
 * @param alsoThere ids of the practice's other chapters
 */
export function ownChapterFaults(
  chapter: OwnChapter,
  library: Library,
  measures: readonly Measure[],
  alsoThere: ReadonlySet<string> = new Set(),
): OwnFault[] {
  const shipped = libraryWith(library, measures);
  const announced = idsOfContents(library);
  const isThere = (id: string) => alsoThere.has(id) || announced.has(id);
  const asShipped = lintChapter(shipped, "", withoutSources(chapter), isThere).flatMap(({ rule, path, message }): OwnFault[] => {
    const whatToDo = rulesThatHold[rule];
    if (whatToDo === undefined) return [];
    const { metric } = chapter.objectives[Number(path[1])] ?? {};
    if (rule === "unmeasurable-objective" && path.at(-1) === "measure" && metric?.kind === "measure") {
      const name = shipped.measureById.get(metric.measure)?.name ?? metric.measure;
      return [
        {
          path,
          message: `The chapter does not give ${name}, by which this is measured. Add it to the measures, or measure this otherwise.`,
        },
      ];
    }
    return [{ path, message: `${message}${whatToDo}` }];
  });
  return [...prefixFaults(chapter), ...duplicates(chapter), ...asShipped, ...sourceFaults(chapter, library)];
}

/**
 * Codes for mental disorders that are none: no client would ever be led here by them. Of other chapters of ICD-10-CM the table may hold a part only, until
 * the practice imports the whole.
 */
export function ownCodeFaults(chapter: Pick<OwnChapter, "diagnoses" | "relatedCodes">, table: Icd10Table): OwnFault[] {
  return (["diagnoses", "relatedCodes"] as const).flatMap((field) =>
    chapter[field].flatMap((code, i) =>
      code.startsWith("F") && !table.entries.some((entry) => entry.code.startsWith(code))
        ? [{ path: [field, i], message: `There is no code ${code} in ICD-10-CM ${table.fiscalYear}. Look it up, or take it out.` }]
        : [],
    ),
  );
}

/** Sources are judged apart, since the practice's own count beside the library's. */
function withoutSources(own: OwnChapter) {
  const bare = <T extends object>(item: T) => ({ ...item, evidence: [], basis: "practice-based" as const });
  const chapter = toChapter(own);
  return {
    ...chapter,
    courses: own.courses.length === 0 ? [] : chapter.courses.map(bare),
    interventions: chapter.interventions.map((item) => ({ ...bare(item), cautions: item.cautions.map(bare) })),
    expectedOutcomes: chapter.expectedOutcomes.map(bare),
    risks: chapter.risks.map(bare),
    contraindications: chapter.contraindications.map(bare),
    barriers: chapter.barriers.map(bare),
    cooccurring: chapter.cooccurring.map(bare),
  };
}

function prefixFaults({ prefix }: OwnChapter): OwnFault[] {
  return isOwnPrefix(prefix) ? [] : [{ path: ["prefix"], message: "The prefix of a chapter of your own is z and five more letters." }];
}

function duplicates(chapter: OwnChapter): OwnFault[] {
  const faults: OwnFault[] = [];
  const seen = new Set<string>();
  for (const part of [...ownStatementParts, "sources"] as const)
    for (const [i, { id }] of chapter[part].entries()) {
      if (seen.has(id))
        faults.push({ path: [part, i, "id"], message: `Another item of this chapter has the id "${id}". Give this one another.` });
      seen.add(id);
    }
  const twice = (path: readonly (string | number)[], ids: readonly string[], what: string): void => {
    for (const [i, id] of ids.entries())
      if (ids.indexOf(id) < i) faults.push({ path: [...path, i], message: `"${id}" ${what} twice. Take one of them out.` });
  };
  twice(["diagnoses"], chapter.diagnoses, "stands here");
  twice(
    ["measures"],
    chapter.measures.map(({ id }) => id),
    "is given",
  );
  for (const [i, { cautions }] of chapter.interventions.entries())
    for (const [c, { when }] of cautions.entries())
      if (cautions.findIndex((caution) => caution.when === when) < c)
        faults.push({ path: ["interventions", i, "cautions", c, "when"], message: "Another caution names the same state. Join the two." });
  return faults;
}

/** What claims evidence names a source that somebody has read; what is practice-based names none that would support it. */
function sourceFaults(chapter: OwnChapter, library: Library): OwnFault[] {
  const faults: OwnFault[] = [];
  const own = new Set(chapter.sources.map(({ id }) => id));
  const read = new Set(evidenceOfOwn(chapter).map(({ id }) => id));
  const unread = (id: string) => own.has(id) && !read.has(id);
  const claim = (path: readonly (string | number)[], item: { evidence: readonly string[]; basis: "evidence" | "practice-based" }): void => {
    const evidence = item.evidence.filter((id) => !unread(id));
    if (item.basis === "evidence" && evidence.length === 0 && item.evidence.length > 0) {
      faults.push({
        path: [...path, "basis"],
        message:
          "Nobody has said where they read the source named here, so it supports nothing yet. Say where it was read, or call this practice-based.",
      });
      return;
    }
    for (const fault of lintBasis(library, "", path, { basis: item.basis, evidence }, (id) => own.has(id)))
      faults.push({
        // What is not there stands where it was written, not where it comes among those that are read.
        path:
          fault.rule === "dangling-reference"
            ? [...path, "evidence", item.evidence.indexOf(evidence[Number(fault.path.at(-1))] ?? "")]
            : fault.path,
        message: `${fault.message}${fault.rule === "dangling-reference" ? " Name one that is there, or take this out." : ""}`,
      });
  };
  const known = (path: readonly (string | number)[], evidence: readonly string[]): void => {
    for (const [i, id] of evidence.entries())
      if (!own.has(id) && !library.evidenceById.has(id))
        faults.push({ path: [...path, "evidence", i], message: `There is no source "${id}". Name one that is there, or take this out.` });
  };
  for (const part of ["interventions", "expectedOutcomes", "risks", "contraindications", "barriers", "cooccurring"] as const)
    for (const [i, item] of chapter[part].entries()) claim([part, i], item);
  for (const [i, { cautions }] of chapter.interventions.entries())
    for (const [c, { evidence }] of cautions.entries()) known(["interventions", i, "cautions", c], evidence);
  for (const [i, { evidence }] of chapter.courses.entries()) known(["courses", i], evidence);
  return faults;
}
