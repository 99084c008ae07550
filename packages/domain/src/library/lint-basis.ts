import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";

/** What claims evidence names sources that are there; what names none says so. */
export function lintBasis(
  library: Library,
  file: string,
  at: LibraryFault["path"],
  { basis, evidence }: { readonly basis: "evidence" | "practice-based"; readonly evidence: readonly string[] },
  isKnown: (id: string) => boolean,
): LibraryFault[] {
  const faults: LibraryFault[] = [];
  const report = (rule: LibraryFault["rule"], path: LibraryFault["path"], message: string): void => {
    faults.push({ rule, file, path: [...at, ...path], message });
  };
  for (const [i, id] of evidence.entries())
    if (!library.evidenceById.has(id) && !isKnown(id)) report("dangling-reference", ["evidence", i], `There is no source "${id}".`);
  if (basis === "evidence" && evidence.length === 0)
    report("evidence-basis", ["basis"], "It claims evidence but names no source. Name one, or call it practice-based.");
  if (basis === "practice-based" && evidence.length > 0)
    report("evidence-basis", ["basis"], "It is called practice-based but names a source. Call it evidence, or drop the source.");
  return faults;
}
