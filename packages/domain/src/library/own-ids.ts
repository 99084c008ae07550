import type { Chapter } from "./chapter.ts";
import { OwnChapter, ownStatementParts } from "./own-chapter.ts";

/** Lower-case words joined by hyphens out of any text, at most so long; "" where nothing of it can stand in an id. */
export function slugOf(text: string, most: number): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  let slug = "";
  for (const word of words ?? []) {
    const next = slug === "" ? word : `${slug}-${word}`;
    if (next.length > most) return slug === "" ? next.slice(0, most) : slug;
    slug = next;
  }
  return slug;
}

const kindOfPart = {
  definitions: "def",
  goals: "goal",
  objectives: "obj",
  interventions: "int",
  expectedOutcomes: "out",
  dischargeCriteria: "end",
  sources: "source",
} as const;

/** Parts whose items have ids. */
const partsWithIds = [...ownStatementParts, "sources"] as const;

/**
 * The chapter under an id and prefix of the practice's own. Ids that begin with the prefix stay, for ever, because plans refer to them; others are made
 * anew out of what was written (out of the text where nothing was), the same every time, and what refers to them is turned to the new ones. Two that come
 * out alike stay alike: `ownChapterFaults` says so.
 */
export function withOwnIds(chapter: OwnChapter, { id, prefix }: { readonly id: string; readonly prefix: string }): OwnChapter {
  const renewed = new Map<string, string>();
  const taken = new Set<string>();
  const own = (written: string): string => {
    const before = chapter.prefix !== "" && written.startsWith(`${chapter.prefix}-`) ? written.slice(chapter.prefix.length + 1) : written;
    return `${prefix}-${slugOf(before, 73) || "item"}`;
  };
  const isOwn = (written: string): boolean => written.startsWith(`${prefix}-`) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(written);
  for (const part of partsWithIds)
    for (const item of chapter[part]) {
      if (item.id === "") continue;
      const next = isOwn(item.id) ? item.id : own(item.id);
      renewed.set(item.id, next);
      taken.add(next);
    }
  const made = (part: keyof typeof kindOfPart, item: { readonly text: string } | { readonly title: string }): string => {
    const name = `${prefix}-${kindOfPart[part]}-${slugOf("text" in item ? item.text : item.title, 50) || "item"}`;
    for (let n = 1; ; n++) {
      const next = n === 1 ? name : `${name}-${n}`;
      if (taken.has(next)) continue;
      taken.add(next);
      return next;
    }
  };
  const idOf = (part: keyof typeof kindOfPart, item: { readonly id: string } & ({ readonly text: string } | { readonly title: string })) =>
    item.id === "" ? made(part, item) : (renewed.get(item.id) ?? item.id);
  const refer = (ids: readonly string[]): string[] => ids.map((name) => renewed.get(name) ?? name);
  const cited = <T extends { readonly evidence: readonly string[] }>(item: T) => ({ ...item, evidence: refer(item.evidence) });
  return {
    ...chapter,
    id,
    prefix,
    courses: chapter.courses.map(cited),
    definitions: chapter.definitions.map((item) => ({ ...item, id: idOf("definitions", item) })),
    goals: chapter.goals.map((item) => ({ ...item, id: idOf("goals", item), definitions: refer(item.definitions) })),
    objectives: chapter.objectives.map((item) => ({ ...item, id: idOf("objectives", item), goals: refer(item.goals) })),
    interventions: chapter.interventions.map((item) => ({
      ...cited(item),
      id: idOf("interventions", item),
      objectives: refer(item.objectives),
      cautions: item.cautions.map(cited),
    })),
    expectedOutcomes: chapter.expectedOutcomes.map((item) => ({ ...cited(item), id: idOf("expectedOutcomes", item) })),
    dischargeCriteria: chapter.dischargeCriteria.map((item) => ({ ...item, id: idOf("dischargeCriteria", item) })),
    risks: chapter.risks.map(cited),
    contraindications: chapter.contraindications.map(cited),
    barriers: chapter.barriers.map(cited),
    cooccurring: chapter.cooccurring.map(cited),
    sources: chapter.sources.map((item) => ({ ...item, id: idOf("sources", item) })),
  };
}

/** A shipped chapter as the beginning of one of the practice's own: everything that it says, under ids of its own. */
export function ownCopyOf(shipped: Chapter, name: { readonly id: string; readonly prefix: string }): OwnChapter {
  const { common: _, ...rest } = shipped;
  return withOwnIds(OwnChapter.parse({ ...rest, basedOn: shipped.id }), name);
}

/** A chapter with nothing in it but its title. */
export function emptyOwnChapter(title: string, name: { readonly id: string; readonly prefix: string }): OwnChapter {
  return OwnChapter.parse({ ...name, title });
}
