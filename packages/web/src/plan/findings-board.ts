import type { Finding } from "@trellis/domain/findings/finding";
import { keepSame } from "./keep-same.ts";

/** The findings of the plan as it stands, to be looked up by place. Lists that say the same stay the same objects. */
export interface FindingsBoard {
  readonly put: (findings: readonly Finding[]) => void;
  readonly all: () => readonly Finding[];
  /** Exactly at this place. */
  readonly at: (key: string) => readonly Finding[];
  /** At this place or inside of it, but not in an item of its own inside of it. */
  readonly under: (key: string) => readonly Finding[];
  readonly subscribe: (listener: () => void) => () => void;
}

const none: readonly Finding[] = [];

/** The item that a place belongs to: "goals/g1" of "goals/g1/clientWords"; a definition is an item inside a problem. */
export function itemOf(path: readonly string[]): string {
  const [list, , part] = path;
  if (list === "problems") return path.slice(0, part === "definitions" ? 4 : 2).join("/");
  const lists = ["goals", "objectives", "interventions", "diagnoses", "expectedOutcomes", "dischargeCriteria"];
  return path.slice(0, list !== undefined && lists.includes(list) ? 2 : 1).join("/");
}

export function createFindingsBoard(): FindingsBoard {
  let all: readonly Finding[] = none;
  let byPlace: Readonly<Record<string, readonly Finding[]>> = {};
  let byItem: Readonly<Record<string, readonly Finding[]>> = {};
  const listeners = new Set<() => void>();
  return {
    put(findings) {
      const next = keepSame(all, findings);
      if (next === all) return;
      all = next;
      byPlace = keepSame(
        byPlace,
        grouped(findings, ({ path }) => path.join("/")),
      );
      byItem = keepSame(
        byItem,
        grouped(findings, ({ path }) => itemOf(path)),
      );
      for (const listener of [...listeners]) listener();
    },
    all: () => all,
    at: (key) => byPlace[key] ?? none,
    under: (key) => byItem[key] ?? none,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function grouped(findings: readonly Finding[], key: (finding: Finding) => string): Record<string, readonly Finding[]> {
  const groups: Record<string, Finding[]> = {};
  for (const finding of findings) {
    const group = groups[key(finding)] ?? [];
    group.push(finding);
    groups[key(finding)] = group;
  }
  return groups;
}
