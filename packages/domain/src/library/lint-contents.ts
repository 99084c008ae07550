import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";

/** Whether every chapter stands in the table of contents, once and in its population, and no two answer to the same code or prefix. */
export function lintContents(library: Library): LibraryFault[] {
  return [...contentsFaults(library), ...sharedByChapters(library)];
}

/** The ids of the table of contents: a chapter may be spoken of by another one before it is written. */
export function idsOfContents(library: Library): ReadonlySet<string> {
  return new Set(library.contents.flatMap(({ groups }) => groups.flatMap(({ chapters }) => chapters)));
}

function contentsFaults(library: Library): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const placed = new Map<string, string>();
  for (const file of library.files) {
    if (file.kind !== "contents") continue;
    file.content.forEach(({ population, groups }, p) => {
      groups.forEach(({ chapters }, g) => {
        chapters.forEach((id, c) => {
          const path = [p, "groups", g, "chapters", c];
          if (placed.has(id)) faults.push({ rule: "contents", file: file.path, path, message: `"${id}" stands here twice.` });
          placed.set(id, population);
        });
      });
    });
  }
  // A folder without a table of contents is a part of a library: the fixtures of a test, or chapters that a practice brings in.
  if (placed.size === 0) return faults;
  for (const file of library.files) {
    if (file.kind !== "chapter") continue;
    const { id, population } = file.content;
    const where = placed.get(id);
    if (where === population) continue;
    const message =
      where === undefined
        ? "It does not stand in contents.yaml. Add it to a group of its population."
        : `contents.yaml has it under ${where}.`;
    faults.push({ rule: "contents", file: file.path, path: ["id"], message });
  }
  return faults;
}

/**
 * A code leads to one chapter of a population, or the draft would take whichever comes first; and a prefix is of one chapter, since by it the chapter of a
 * statement is found.
 */
function sharedByChapters(library: Library): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const seen = new Map<string, string>();
  const take = (key: string, id: string): string | undefined => {
    const other = seen.get(key);
    if (other === undefined) seen.set(key, id);
    return other;
  };
  for (const file of library.files) {
    if (file.kind !== "chapter") continue;
    const { id, prefix, population, ages, diagnoses } = file.content;
    if (prefix.startsWith("z"))
      faults.push({
        rule: "prefix",
        file: file.path,
        path: ["prefix"],
        message: "Prefixes that begin with z are those of a practice's own chapters.",
      });
    const other = take(`prefix ${prefix}`, id);
    if (other !== undefined)
      faults.push({ rule: "prefix", file: file.path, path: ["prefix"], message: `"${prefix}" is already the prefix of "${other}".` });
    for (const [i, code] of diagnoses.entries()) {
      const there = take(`code ${population} ${ages?.from ?? ""} ${code}`, id);
      if (there !== undefined)
        faults.push({
          rule: "diagnosis-code",
          file: file.path,
          path: ["diagnoses", i],
          message: `${code} already leads to "${there}". Name it under relatedCodes here.`,
        });
    }
  }
  return faults;
}
