import { hardWords, plainGrade, readingGrade } from "../reading-level/reading-level.ts";
import { sourcesOf } from "./catalogue.ts";
import type { LibraryFault } from "./fault.ts";
import type { Homework } from "./homework.ts";
import { type Library, type LibraryFile, measureFolders } from "./library.ts";
import { lintBasis } from "./lint-basis.ts";
import { lintCase } from "./lint-case.ts";
import { lintChapter } from "./lint-chapter.ts";
import { idsOfContents, lintContents } from "./lint-contents.ts";
import { lintLastingMeasures } from "./lint-lasting-measures.ts";
import { lintMeasure } from "./lint-measure.ts";
import { lintOutline, outlineSentences } from "./lint-outline.ts";
import { rivalFaults, techniquesHeldElsewhere } from "./lint-techniques.ts";
import { nearDuplicates, type Sentence } from "./near-duplicates.ts";
import { exampleValues, fillTemplate } from "./template.ts";
import { plainWords } from "./word-index.ts";

export interface LintOptions {
  /** Ids that stand in files which could not be read: referring to them is not reported as a dangling reference. */
  readonly alsoKnown?: ReadonlySet<string>;
}

/**
 * Everything that is wrong with the content of the library, in the order of its files. An empty list is a library fit to plan from.
 * Pure: the same library gives the same faults.
 */
export function lintLibrary(library: Library, options: LintOptions = {}): LibraryFault[] {
  const planned = idsOfContents(library);
  const isKnown = (id: string): boolean => planned.has(id) || (options.alsoKnown?.has(id) ?? false);
  const faults = [
    ...library.files.flatMap((file) => lintFile(library, file, isKnown)),
    ...duplicateIds(library),
    ...duplicateSources(library),
    ...uncitedSources(library),
    ...lintContents(library),
    ...techniquesHeldElsewhere(library),
    ...rivalFaults(library),
    ...lintLastingMeasures(library),
    ...nearDuplicateFaults(library),
    ...readingLevelFaults(library),
  ];
  const order = new Map(library.files.map((file, i) => [file.path, i]));
  return faults.sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0));
}

function lintFile(library: Library, file: LibraryFile, isKnown: (id: string) => boolean): LibraryFault[] {
  const misnamed = fileNameFault(file);
  const inside = (): LibraryFault[] => {
    switch (file.kind) {
      case "chapter":
        return lintChapter(library, file.path, file.content, isKnown);
      case "measure":
        return lintMeasure(file.path, file.content);
      case "case":
        return lintCase(library, file.path, file.content, isKnown);
      case "homework":
        return lintHomework(library, file.path, file.content, isKnown);
      case "care-options":
      case "engagement-barriers":
        return file.content.flatMap((item, i) => lintBasis(library, file.path, [i], item, isKnown));
      case "outline":
        return lintOutline(library, file.path, file.content, isKnown);
      case "contents":
      case "evidence":
        return [];
    }
  };
  return [...misnamed, ...inside()];
}

/** A file that holds many things of one kind, each with an id of its own. */
function isList(file: LibraryFile): file is Extract<LibraryFile, { kind: "evidence" | "care-options" | "engagement-barriers" }> {
  return file.kind === "evidence" || file.kind === "care-options" || file.kind === "engagement-barriers";
}

/** A file is named after its id, so that whoever reads an id in a plan finds the file. */
function fileNameFault(file: LibraryFile): LibraryFault[] {
  if (isList(file) || file.kind === "contents") return [];
  const { id } = file.content;
  // Which of its folders a measure belongs in depends on its license, and is seen to there.
  const measureFolder = measureFolders.find(({ folder: one }) => file.path.startsWith(`${one}/`))?.folder ?? "measures";
  const folder = { chapter: "problems", homework: "homework", outline: "outlines", measure: measureFolder, case: "cases" }[file.kind];
  const name = file.kind === "chapter" ? `${file.content.population}/${id.replace(`${file.content.population}-`, "")}` : id;
  const expected = `${folder}/${name}.yaml`;
  if (file.path === expected) return [];
  return [{ rule: "dangling-reference", file: file.path, path: ["id"], message: `The id "${id}" belongs in ${expected}.` }];
}

function lintHomework(library: Library, file: string, homework: Homework, isKnown: (id: string) => boolean): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report = (rule: LibraryFault["rule"], path: LibraryFault["path"], message: string): void => {
    faults.push({ rule, file, path, message });
  };
  for (const [i, id] of homework.chapters.entries()) {
    if (!library.chapterById.has(id) && !isKnown(id)) report("dangling-reference", ["chapters", i], `There is no chapter "${id}".`);
    const chapter = library.chapterById.get(id);
    const given =
      chapter?.interventions.some((intervention) => intervention.homework.includes(homework.id)) ||
      library.outlines.some(
        ({ chapters, sessions }) => chapters.includes(id) && sessions.some((one) => one.homework.includes(homework.id)),
      );
    if (chapter && !given) report("dangling-reference", ["chapters", i], `No intervention or outline of "${id}" gives this homework.`);
  }
  faults.push(...lintBasis(library, file, [], homework, isKnown));
  if (new Set(homework.fields.map((field) => field.id)).size < homework.fields.length)
    report("duplicate-id", ["fields"], "Two fields have the same id.");
  return faults;
}

/** Where each id of the library is defined. Ids are one namespace, because a plan refers to an item by its id alone. */
function definedIds(library: Library): { id: string; file: string; path: (string | number)[] }[] {
  return library.files.flatMap((file) => {
    if (file.kind === "contents") return [];
    if (isList(file)) return file.content.map((item, i) => ({ id: item.id, file: file.path, path: [i, "id"] }));
    const own = { id: file.content.id, file: file.path, path: ["id"] };
    if (file.kind !== "chapter") return [own];
    const parts = ["definitions", "goals", "objectives", "interventions", "expectedOutcomes", "dischargeCriteria"] as const;
    return [
      own,
      ...parts.flatMap((part) => file.content[part].map((item, i) => ({ id: item.id, file: file.path, path: [part, i, "id"] }))),
    ];
  });
}

function duplicateIds(library: Library): LibraryFault[] {
  const first = new Map<string, { file: string }>();
  return definedIds(library).flatMap(({ id, file, path }): LibraryFault[] => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, { file });
      return [];
    }
    return [{ rule: "duplicate-id", file, path, message: `The id "${id}" is already used in ${earlier.file}.` }];
  });
}

function duplicateSources(library: Library): LibraryFault[] {
  const seen = new Map<string, { id: string; file: string }>();
  const faults: LibraryFault[] = [];
  for (const file of library.files) {
    if (file.kind !== "evidence") continue;
    for (const [i, source] of file.content.entries()) {
      for (const [field, value] of [
        ["doi", source.doi?.toLowerCase()],
        ["pmid", source.pmid],
        // Where neither identifier was seen by one who entered it, the title tells.
        ["title", `${source.year} ${plainWords(source.title).join(" ")}`],
      ] as const) {
        if (value === undefined) continue;
        const key = `${field} ${value}`;
        const earlier = seen.get(key);
        if (earlier === undefined) seen.set(key, { id: source.id, file: file.path });
        else
          faults.push({
            rule: "duplicate-source",
            file: file.path,
            path: [i, field],
            message: `This is the same publication as "${earlier.id}" in ${earlier.file}. Refer to that one.`,
          });
      }
    }
  }
  return faults;
}

function uncitedSources(library: Library): LibraryFault[] {
  const cited = new Set<string>([
    ...library.chapters.flatMap(sourcesOf),
    ...[...library.homework, ...library.outlines, ...library.careOptions, ...library.engagementBarriers].flatMap(
      ({ evidence }) => evidence,
    ),
  ]);
  return library.files.flatMap((file) =>
    file.kind !== "evidence"
      ? []
      : file.content.flatMap((source, i): LibraryFault[] =>
          cited.has(source.id)
            ? []
            : [
                {
                  rule: "uncited-source",
                  file: file.path,
                  path: [i, "id"],
                  message: `Nothing in the library refers to the source "${source.id}".`,
                },
              ],
        ),
  );
}

interface Placed extends Sentence {
  readonly file: string;
  readonly path: (string | number)[];
}

/** Every sentence of the library that a person will read in a plan or on a homework sheet, with its place. */
function placedSentences(library: Library): Placed[] {
  return library.files.flatMap((file): Placed[] => {
    if (file.kind === "homework") {
      const { id, why, steps, ifStuck } = file.content;
      return [
        { owner: id, file: file.path, path: ["why"], text: why },
        ...steps.map((text, i) => ({ owner: id, file: file.path, path: ["steps", i], text })),
        { owner: id, file: file.path, path: ["ifStuck"], text: ifStuck },
      ];
    }
    if (file.kind === "care-options")
      return file.content.flatMap(({ id, what, how }, i) => [
        { owner: id, file: file.path, path: [i, "what"], text: what },
        ...how.map((text, j) => ({ owner: id, file: file.path, path: [i, "how", j], text })),
      ]);
    if (file.kind === "engagement-barriers")
      return file.content.flatMap(({ id, ask, consider }, i) => [
        { owner: id, file: file.path, path: [i, "ask"], text: ask },
        ...consider.map((text, j) => ({ owner: id, file: file.path, path: [i, "consider", j], text })),
      ]);
    if (file.kind === "outline") return outlineSentences(file.content).map((sentence) => ({ ...sentence, file: file.path }));
    if (file.kind !== "chapter") return [];
    const chapter = file.content;
    const parts = ["definitions", "goals", "objectives", "interventions", "expectedOutcomes", "dischargeCriteria"] as const;
    return [
      ...parts.flatMap((part) =>
        chapter[part].flatMap((item, i) => {
          const named = part === "objectives" ? withMeasureName(library, chapter.objectives[i]) : (text: string) => text;
          return (["text", "plain"] as const).map((field) => ({
            owner: item.id,
            file: file.path,
            path: [part, i, field],
            text: named(item[field]),
          }));
        }),
      ),
      ...chapter.risks.flatMap(({ sign, act }, i) => [
        { owner: `${chapter.id} risk ${i + 1}`, file: file.path, path: ["risks", i, "sign"], text: sign },
        { owner: `${chapter.id} risk ${i + 1}`, file: file.path, path: ["risks", i, "act"], text: act },
      ]),
      ...chapter.contraindications.flatMap(({ what, because, instead }, i) =>
        Object.entries({ what, because, instead }).map(([field, text]) => ({
          owner: `${chapter.id} contraindication ${i + 1}`,
          file: file.path,
          path: ["contraindications", i, field],
          text,
        })),
      ),
      ...chapter.barriers.flatMap(({ barrier, response }, i) => [
        { owner: `${chapter.id} barrier ${i + 1}`, file: file.path, path: ["barriers", i, "barrier"], text: barrier },
        ...response.map((text, r) => ({
          owner: `${chapter.id} barrier ${i + 1}`,
          file: file.path,
          path: ["barriers", i, "response", r],
          text,
        })),
      ]),
      ...chapter.cooccurring.map((entry, i) => ({
        owner: `${chapter.id} ${entry.chapter}`,
        file: file.path,
        path: ["cooccurring", i, "advice"],
        text: entry.advice,
      })),
    ];
  });
}

/** {measure} stands for its name, so that the same frame with another instrument is judged as the reader will see it. */
function withMeasureName(
  library: Library,
  objective: Library["chapters"][number]["objectives"][number] | undefined,
): (text: string) => string {
  if (objective?.metric.kind !== "measure") return (text) => text;
  const name = library.measureById.get(objective.metric.measure)?.name ?? objective.metric.measure;
  const measure = objective.metric.item === undefined ? name : `${name} item ${objective.metric.item}`;
  return (text) => fillTemplate(text, { measure });
}

function nearDuplicateFaults(library: Library): LibraryFault[] {
  const sentences = placedSentences(library);
  return nearDuplicates(sentences).flatMap(({ first, second, similarity }): LibraryFault[] => {
    const a = sentences[first];
    const b = sentences[second];
    if (a === undefined || b === undefined) return [];
    const fault = (here: Placed, there: Placed): LibraryFault => ({
      rule: "near-duplicate",
      file: here.file,
      path: here.path,
      message: `"${here.text}" is nearly the same (${Math.round(similarity * 100)} %) as ${there.owner} ${there.path.at(-1)} in ${there.file}: "${there.text}"`,
    });
    return a.file === b.file ? [fault(b, a)] : [fault(b, a), fault(a, b)];
  });
}

function readingLevelFaults(library: Library): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const check = (file: string, path: (string | number)[], text: string): void => {
    const grade = readingGrade(text);
    if (grade <= plainGrade) return;
    const hard = hardWords(text);
    faults.push({
      rule: "reading-level",
      file,
      path,
      message: `Grade ${grade.toFixed(1)}, above ${plainGrade}: "${text}" ${hard.length > 0 ? `Shorten the sentence or replace: ${hard.join(", ")}.` : "Shorten the sentence."}`,
    });
  };
  for (const file of library.files) {
    // A homework step alone can be three words long, where the formula says little: the sheet is judged as a whole.
    if (file.kind === "homework")
      check(
        file.path,
        [],
        [file.content.why, ...file.content.steps, file.content.ifStuck].map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(" "),
      );
    if (file.kind !== "chapter") continue;
    const chapter = file.content;
    for (const part of ["definitions", "goals", "interventions", "expectedOutcomes"] as const) {
      for (const [i, item] of chapter[part].entries()) check(file.path, [part, i, "plain"], item.plain);
    }
    for (const [i, objective] of chapter.objectives.entries()) {
      check(file.path, ["objectives", i, "plain"], fillTemplate(objective.plain, exampleValues(objective, "score")));
    }
    for (const [i, item] of chapter.dischargeCriteria.entries())
      check(file.path, ["dischargeCriteria", i, "plain"], fillTemplate(item.plain, { measure: "score", cutoff: "10" }));
  }
  return faults;
}
