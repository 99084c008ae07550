import type { Evidence } from "./evidence.ts";

/** Kinds of sources, the strongest first. */
const strength: readonly Evidence["kind"][] = [
  "guideline",
  "meta-analysis",
  "systematic-review",
  "randomized-trial",
  "controlled-study",
  "open-trial",
  "cohort",
  "narrative-review",
  "case-study",
  "qualitative-study",
  "measurement-study",
  "manual",
];

/** The strongest kind among these sources in words ("meta-analysis"); "a source" where none of them is known. */
export function strongestKind(ids: readonly string[], sources: ReadonlyMap<string, Evidence>): string {
  const kinds = new Set(ids.flatMap((id) => sources.get(id)?.kind ?? []));
  return (strength.find((kind) => kinds.has(kind)) ?? "a source").replaceAll("-", " ");
}
