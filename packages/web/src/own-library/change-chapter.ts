import { isSameData } from "@trellis/domain/input/same-data";
import type { OwnChapter } from "@trellis/domain/library/own-chapter";

/** The parts of a chapter that are lists of items, each opened for itself. */
export type PartKey =
  | "measures"
  | "courses"
  | "definitions"
  | "goals"
  | "objectives"
  | "interventions"
  | "expectedOutcomes"
  | "dischargeCriteria"
  | "risks"
  | "contraindications"
  | "barriers"
  | "cooccurring"
  | "involvement"
  | "sessionStructure"
  | "sources";
export type ItemOf<K extends PartKey> = OwnChapter[K][number];

const idOf = (item: unknown): string =>
  typeof item === "object" && item !== null && "id" in item && typeof item.id === "string" ? item.id : "";

/** Where an item stands now: as it was opened, or, if somebody changed it meanwhile, under its id; -1 where it is gone. */
export function placeOf<K extends PartKey>(chapter: OwnChapter, part: K, item: ItemOf<K>): number {
  const list: readonly unknown[] = chapter[part];
  const unchanged = list.findIndex((one) => isSameData(one, item));
  return unchanged >= 0 || idOf(item) === "" ? unchanged : list.findIndex((one) => idOf(one) === idOf(item));
}

/** Whether an item is there as it was when it was opened. */
export function isAsOpened<K extends PartKey>(chapter: OwnChapter, part: K, item: ItemOf<K>): boolean {
  return chapter[part].some((one) => isSameData(one, item));
}

function withList<K extends PartKey>(chapter: OwnChapter, part: K, list: readonly ItemOf<K>[]): OwnChapter {
  return { ...chapter, [part]: list };
}

const itemsOf = <K extends PartKey>(chapter: OwnChapter, part: K): ItemOf<K>[] => [...(chapter[part] as ItemOf<K>[])];

/** The chapter with an item changed; one that is new, or was taken out meanwhile, comes last. */
export function withItem<K extends PartKey>(chapter: OwnChapter, part: K, opened: ItemOf<K> | null, item: ItemOf<K>): OwnChapter {
  const list = itemsOf(chapter, part);
  const at = opened === null ? -1 : placeOf(chapter, part, opened);
  if (at < 0) list.push(item);
  else list[at] = item;
  return withList(chapter, part, list);
}

/** The chapter with an item one place up or down; the same chapter where it stands at the end already. */
export function withMoved(chapter: OwnChapter, part: PartKey, from: number, by: -1 | 1): OwnChapter {
  const list = itemsOf(chapter, part);
  const [item, other] = [list[from], list[from + by]];
  if (item === undefined || other === undefined) return chapter;
  list[from] = other;
  list[from + by] = item;
  return withList(chapter, part, list);
}

/**
 * The chapter without an item, and without what names it elsewhere. What named it as its only source is practice-based then. The same chapter where the
 * item is not there any more.
 */
export function withoutItem(chapter: OwnChapter, part: PartKey, at: number): OwnChapter {
  if (at < 0) return chapter;
  const list = itemsOf(chapter, part);
  const [gone] = list.splice(at, 1);
  const left = withList(chapter, part, list);
  const id = idOf(gone);
  if (id === "") return left;
  const without = (ids: readonly string[]): string[] => ids.filter((one) => one !== id);
  switch (part) {
    case "definitions":
      return { ...left, goals: left.goals.map((goal) => ({ ...goal, definitions: without(goal.definitions) })) };
    case "goals":
      return { ...left, objectives: left.objectives.map((objective) => ({ ...objective, goals: without(objective.goals) })) };
    case "objectives":
      return { ...left, interventions: left.interventions.map((one) => ({ ...one, objectives: without(one.objectives) })) };
    case "sources": {
      const uncited = <T extends { evidence: string[]; basis: "evidence" | "practice-based" }>(item: T): T => {
        const evidence = without(item.evidence);
        return { ...item, evidence, basis: evidence.length === 0 ? "practice-based" : item.basis };
      };
      return {
        ...left,
        courses: left.courses.map((course) => ({ ...course, evidence: without(course.evidence) })),
        interventions: left.interventions.map((one) => ({
          ...uncited(one),
          cautions: one.cautions.map((caution) => ({ ...caution, evidence: without(caution.evidence) })),
        })),
        expectedOutcomes: left.expectedOutcomes.map(uncited),
        risks: left.risks.map(uncited),
        contraindications: left.contraindications.map(uncited),
        barriers: left.barriers.map(uncited),
        cooccurring: left.cooccurring.map(uncited),
      };
    }
    default:
      return left;
  }
}

/** How many other items of the chapter name this one. */
export function namedBy(chapter: OwnChapter, part: PartKey, at: number): number {
  const id = idOf(chapter[part][at]);
  if (id === "") return 0;
  if (part === "measures") return chapter.objectives.filter(({ metric }) => metric.kind === "measure" && metric.measure === id).length;
  const lists =
    part === "definitions"
      ? chapter.goals.map(({ definitions }) => definitions)
      : part === "goals"
        ? chapter.objectives.map(({ goals }) => goals)
        : part === "objectives"
          ? chapter.interventions.map(({ objectives }) => objectives)
          : part === "sources"
            ? [
                ...chapter.interventions,
                ...chapter.expectedOutcomes,
                ...chapter.risks,
                ...chapter.contraindications,
                ...chapter.barriers,
                ...chapter.cooccurring,
              ].map(({ evidence }) => evidence)
            : [];
  return lists.filter((ids) => ids.includes(id)).length;
}
