import { z } from "zod";
import { longText } from "../client/client.ts";
import { isSameData } from "../input/same-data.ts";
import { ApproachId } from "./approach.ts";
import { type OwnChapter, OwnChapter as Schema } from "./own-chapter.ts";

export const ownItemKinds = ["definition", "goal", "objective", "intervention", "outcome", "discharge"] as const;

/** A statement that a practice keeps outside any chapter of its own. */
export const OwnItem = z.strictObject({
  /** A UUID where Trellis made it; whatever somebody wrote by hand else. */
  id: z.string().trim().max(80).default(""),
  kind: z.enum(ownItemKinds),
  text: longText(1000).trim().min(1, "Write the statement."),
  plain: longText(1000).trim().default(""),
  /** The chapter that it belongs to, shipped or own. */
  chapter: z.string().trim().max(80).nullable().default(null),
  approach: ApproachId.nullable().default(null),
  technique: longText(80).trim().default(""),
});
export type OwnItem = z.infer<typeof OwnItem>;

/** More than a practice writes in its life, and few enough to be looked through at once. */
export const mostItems = 2000;
export const mostChapters = 150;

/** What stands in the one file in which a practice takes its own library along. */
export const OwnLibraryFile = z.strictObject({
  /** Says what the file is. */
  trellis: z.literal("own-library", {
    error: 'The file begins with "trellis: own-library". Add that line, so that no other file is taken for this.',
  }),
  items: z.array(OwnItem).max(mostItems, `At most ${mostItems} statements fit in one file.`).default([]),
  chapters: z.array(Schema).max(mostChapters, `At most ${mostChapters} chapters fit in one file.`).default([]),
});
export type OwnLibraryFile = z.infer<typeof OwnLibraryFile>;

/** Left out where it says nothing: a file that people read holds what somebody wrote. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  isEmptyObject(value);

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function brief(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(brief);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (saysNothing(entry) ? [] : [[key, brief(entry)]])));
}

/** Blanks in the order of their names: a database gives them in one of its own. */
const inOrder = (chapter: OwnChapter): OwnChapter => ({
  ...chapter,
  objectives: chapter.objectives.map((objective) => ({
    ...objective,
    parameters: Object.fromEntries(Object.entries(objective.parameters).sort(([a], [b]) => (a < b ? -1 : 1))),
  })),
});

/**
 * The file as plain data: the same library gives the same data, in an order that does not depend on when or by whom things were written. Fields follow
 * their schema, and those that say nothing are left out.
 */
export function ownLibraryData(items: readonly OwnItem[], chapters: readonly OwnChapter[]) {
  const byKind = (item: OwnItem) => ownItemKinds.indexOf(item.kind);
  const byText =
    <T>(textOf: (one: T) => string) =>
    (a: T, b: T) =>
      textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;
  return {
    trellis: "own-library",
    items: items
      .map((item) => OwnItem.parse(item))
      .sort((a, b) => byKind(a) - byKind(b) || byText<OwnItem>(({ text, id }) => `${text}\n${id}`)(a, b))
      .map(brief),
    chapters: chapters
      .map((chapter) => inOrder(Schema.parse(chapter)))
      .sort(byText(({ id }) => id))
      .map(brief),
  };
}

/** True where two chapters say the same, whatever order a database keeps things in. */
export function saysTheSame(one: OwnChapter, other: OwnChapter): boolean {
  return isSameData(Schema.parse(one), Schema.parse(other));
}

/** True where two statements say the same. */
export function isSameItem(one: OwnItem, other: OwnItem): boolean {
  return JSON.stringify(OwnItem.parse({ ...one, id: "" })) === JSON.stringify(OwnItem.parse({ ...other, id: "" }));
}

export interface PartDifference {
  readonly part: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** What changed in words, as far as it did: how it was, and how it would be; "" for what is not there. */
  readonly words: readonly { readonly was: string; readonly is: string }[];
}

const partNames: Readonly<Record<string, string>> = {
  measures: "Measures",
  furtherMeasures: "Further measures",
  courses: "Courses of treatment",
  definitions: "How it shows",
  goals: "Goals",
  objectives: "Objectives",
  interventions: "Interventions",
  expectedOutcomes: "Expected outcomes",
  dischargeCriteria: "Criteria for ending",
  risks: "Risks",
  contraindications: "What is not done",
  barriers: "Barriers",
  involvement: "Who takes part",
  sessionStructure: "Structure of a session",
  cooccurring: "Other problems beside it",
  sources: "Sources",
};

/** So many changes of one part are shown in words. */
const mostWords = 12;

/** The words of an item by which one knows it. */
function wordsOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return "";
  const fields: Readonly<Record<string, unknown>> = { ...item };
  const found = ["text", "sign", "what", "barrier", "title", "advice", "how", "severity", "id"].map((field) => fields[field]);
  return found.find((value) => typeof value === "string") ?? "";
}

/** What would change in a chapter, part by part: how much is new, different and gone. Items without an id are told apart by what they say. */
export function chapterDifference(mine: OwnChapter, theirs: OwnChapter): PartDifference[] {
  const before: Readonly<Record<string, unknown>> = inOrder(Schema.parse(mine));
  const after: Readonly<Record<string, unknown>> = inOrder(Schema.parse(theirs));
  const keyOf = (item: unknown): string =>
    typeof item === "object" && item !== null && "id" in item && typeof item.id === "string" && item.id !== ""
      ? item.id
      : JSON.stringify(item);
  const parts = Object.entries(partNames).flatMap(([key, part]): PartDifference[] => {
    const [was, is] = [before[key], after[key]].map((list) => (Array.isArray(list) ? list : []));
    if (was === undefined || is === undefined) return [];
    const old = new Map(was.map((item) => [keyOf(item), item]));
    const next = new Map(is.map((item) => [keyOf(item), item]));
    const added = [...next].filter(([id]) => !old.has(id));
    const removed = [...old].filter(([id]) => !next.has(id));
    const changed = [...next].filter(([id, item]) => old.has(id) && JSON.stringify(old.get(id)) !== JSON.stringify(item));
    const differs = added.length + removed.length + changed.length > 0;
    const moved = !differs && JSON.stringify([...old.keys()]) !== JSON.stringify([...next.keys()]);
    if (!differs && !moved) return [];
    const words = [
      ...changed.map(([id, item]) => ({ was: wordsOf(old.get(id)), is: wordsOf(item) })),
      ...added.map(([, item]) => ({ was: "", is: wordsOf(item) })),
      ...removed.map(([, item]) => ({ was: wordsOf(item), is: "" })),
    ];
    return [{ part, added: added.length, changed: moved ? 1 : changed.length, removed: removed.length, words: words.slice(0, mostWords) }];
  });
  const about = Object.keys(before)
    .concat(Object.keys(after))
    .filter((key, i, all) => all.indexOf(key) === i && !(key in partNames));
  const changed = about.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).length;
  return changed === 0 ? parts : [{ part: "About", added: 0, changed, removed: 0, words: [] }, ...parts];
}
