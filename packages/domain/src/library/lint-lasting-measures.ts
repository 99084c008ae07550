import type { LibraryFault } from "./fault.ts";
import { type Library, measureFolders } from "./library.ts";

/**
 * Chapters and cases that lean on a measure which a build may leave out: one with conditions, or one without its wording. A plan drafted from them
 * would ask for scores that nobody can give.
 */
export function lintLastingMeasures(library: Library): LibraryFault[] {
  const lasting = measureFolders[0]?.folder ?? "measures";
  const passing = new Map(
    library.files.flatMap((file) =>
      file.kind === "measure" && !file.path.startsWith(`${lasting}/`) ? [[file.content.id, file.path]] : [],
    ),
  );
  if (passing.size === 0) return [];
  return library.files.flatMap((file): LibraryFault[] => {
    if (file.kind !== "chapter" && file.kind !== "case") return [];
    const named =
      file.kind === "chapter" ? file.content.measures.map(({ id }, i): Mention => ({ measure: id, path: ["measures", i, "id"] })) : [];
    return [...named, ...mentions(file.content, [])].flatMap(({ measure, path }) => {
      const where = passing.get(measure);
      return where === undefined
        ? []
        : [
            {
              rule: "measure",
              file: file.path,
              path,
              message: `"${measure}" (${where}) can be left out of a build, or has no wording; refer to a measure in ${lasting}.`,
            },
          ];
    });
  });
}

interface Mention {
  readonly measure: string;
  readonly path: readonly (string | number)[];
}

/** Every place below a value where a key `measure` names one. */
function mentions(value: unknown, path: readonly (string | number)[]): Mention[] {
  if (Array.isArray(value)) return value.flatMap((entry, i) => mentions(entry, [...path, i]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === "measure" && typeof entry === "string" ? [{ measure: entry, path: [...path, key] }] : mentions(entry, [...path, key]),
  );
}
