import type { Evidence } from "./evidence.ts";

/** A source as it is cited: authors, year, title, where it appeared, and what it is found by. */
export function citation(source: Evidence): string {
  const where = source.doi ? ` doi:${source.doi}` : source.pmid ? ` PMID ${source.pmid}` : source.url ? ` ${source.url}` : "";
  return `${source.authors} (${source.year}). ${source.title.replace(/(?<![.?!])$/, ".")} ${source.source}.${where}`;
}

/** The address under which a source is found; `null` where it has none. */
export function addressOf({ doi, url, pmid }: Pick<Evidence, "doi" | "url" | "pmid">): string | null {
  if (doi !== undefined) return `https://doi.org/${doi}`;
  return url ?? (pmid === undefined ? null : `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`);
}
