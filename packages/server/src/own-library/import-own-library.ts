import { createHash } from "node:crypto";
import type { Icd10Table } from "@trellis/domain/diagnosis/icd-10-cm";
import { inWords } from "@trellis/domain/input/in-words";
import type { Library } from "@trellis/domain/library/library";
import { idsOfContents } from "@trellis/domain/library/lint-contents";
import { isOwnPrefix, OwnChapter } from "@trellis/domain/library/own-chapter";
import { ownChapterFaults, ownCodeFaults } from "@trellis/domain/library/own-chapter-faults";
import { slugOf, withOwnIds } from "@trellis/domain/library/own-ids";
import {
  chapterDifference,
  isSameItem,
  OwnItem,
  OwnLibraryFile,
  type PartDifference,
  saysTheSame,
} from "@trellis/domain/library/own-library-file";
import type { Measure } from "@trellis/domain/measures/measure";
import type pg from "pg";
import type { z } from "zod";
import type { Asker } from "../database/pool.ts";
import { newPrefix } from "./own-chapters.ts";
import { type Place, type Reading, readYaml } from "./read-yaml.ts";

/** Something in the file that has to be put right before anything of it is taken. */
export interface FileFault extends Place {
  /** "chapters[0].goals[2].text"; empty for the file as a whole. */
  readonly where: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** A file that could be read, and where its parts stand. */
export interface ReadFile {
  readonly content: OwnLibraryFile | null;
  readonly faults: readonly FileFault[];
  faultAt(path: Path, message: string): FileFault;
}

/** Reads a file against the schema: every fault at once, each with its place and what to do. */
export async function readOwnLibrary(text: string): Promise<ReadFile> {
  const reading = await readYaml(text);
  const faultAt = (path: Path, message: string): FileFault => ({ ...placeOf(reading, path, false), where: inBrackets(path), message });
  if (reading.faults.length > 0) return { content: null, faults: reading.faults.map((fault) => ({ ...fault, where: "" })), faultAt };
  if (typeof reading.data !== "object" || reading.data === null || Array.isArray(reading.data))
    return { content: null, faults: [faultAt([], 'This is no file of a library. One begins with "trellis: own-library".')], faultAt };
  const parsed = OwnLibraryFile.safeParse(reading.data, { error: inWords });
  if (parsed.success) return { content: parsed.data, faults: [], faultAt };
  return {
    content: null,
    faults: parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            ...placeOf(reading, [...issue.path, key], true),
            where: inBrackets([...issue.path, key]),
            message: `There is no field “${key.slice(0, 60)}” here. Check its spelling, or take it out.`,
          }))
        : [faultAt(issue.path, messageOf(issue))],
    ),
    faultAt,
  };
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.expected === "string" && !/missing/.test(issue.message))
    return "A text belongs here. Put it in quotes.";
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid"))
    return `A ${issue.expected === "array" ? "list (lines that begin with -)" : issue.expected === "object" ? "group of fields" : issue.expected} belongs here.`;
  if (issue.code === "invalid_union") return "Choose one of the kinds that there are, with the fields of that kind.";
  return issue.message;
}

/** Where something stands, or the nearest thing around it that does. */
function placeOf({ places }: Reading, path: Path, key: boolean): Place {
  for (let depth = path.length; depth > 0; depth--) {
    const found = places.get(
      path
        .slice(0, depth)
        .map((part) => `/${String(part)}`)
        .join(""),
    );
    if (found !== undefined) return key && depth === path.length ? found[0] : found[1];
  }
  return { line: 1, column: 1 };
}

const inBrackets = (path: Path): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : `${i === 0 ? "" : "."}${String(part)}`)).join("");

interface StoredItem {
  readonly item: OwnItem;
  readonly removed: boolean;
}
interface StoredChapter {
  readonly chapter: OwnChapter;
  readonly version: number;
  readonly removed: boolean;
}

/** What the practice has now, with what it took out: ids are never given twice. */
export interface Stored {
  readonly items: ReadonlyMap<string, StoredItem>;
  readonly chapters: ReadonlyMap<string, StoredChapter>;
}

export async function readStored(client: pg.PoolClient): Promise<Stored> {
  const items = await client.query<{ id: string; content: object; removed: boolean }>(
    "SELECT id, content, removed_at IS NOT NULL AS removed FROM trellis.library_item ORDER BY created_at, id",
  );
  const chapters = await client.query<{ id: string; content: unknown; version: number; removed: boolean }>(
    "SELECT id, content, version, removed_at IS NOT NULL AS removed FROM trellis.library_chapter ORDER BY created_at, id",
  );
  return {
    items: new Map(items.rows.map(({ id, content, removed }) => [id, { item: OwnItem.parse({ ...content, id }), removed }])),
    chapters: new Map(
      chapters.rows.map(({ id, content, version, removed }) => [id, { chapter: OwnChapter.parse(content), version, removed }]),
    ),
  };
}

/** Says which state of a thing somebody looked at, so that what changed since is not overwritten. */
const tokenOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16);

interface Changed<T> {
  readonly id: string;
  readonly seen: string;
  readonly mine: T;
  readonly file: T;
}

/** What taking a file would do. */
export interface ImportPlan {
  readonly faults: readonly FileFault[];
  readonly items: { readonly added: readonly OwnItem[]; readonly changed: readonly Changed<OwnItem>[]; readonly unchanged: number };
  readonly chapters: {
    readonly added: readonly OwnChapter[];
    readonly changed: readonly Changed<OwnChapter>[];
    readonly unchanged: number;
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id for a statement that bears none of ours, the same every time (RFC 9562, version 8). */
function madeId(practiceId: string, seed: string): string {
  const hex = createHash("sha256").update(`${practiceId}\n${seed}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Circumstances {
  readonly practiceId: string;
  readonly library: Library;
  readonly measures: readonly Measure[];
  readonly table: Icd10Table;
  readonly stored: Stored;
}

/** Works out what taking the file would add, change and leave, and what is wrong in it. Changes nothing; the same file gives the same plan. */
export function planImport(file: OwnLibraryFile, faultAt: ReadFile["faultAt"], circumstances: Circumstances): ImportPlan {
  const { stored, library } = circumstances;
  const faults: FileFault[] = [];
  const named = nameChapters(file.chapters, faultAt, circumstances, faults);
  const idOf = new Map(file.chapters.flatMap(({ id }, i) => (id === "" ? [] : [[id, named[i]?.id ?? id] as const])));
  const there = new Set([...named.map(({ id }) => id), ...[...stored.chapters].flatMap(([id, { removed }]) => (removed ? [] : [id]))]);
  const chapters = named.map((chapter) => ({
    ...chapter,
    cooccurring: chapter.cooccurring.map((other) => ({ ...other, chapter: idOf.get(other.chapter) ?? other.chapter })),
  }));
  for (const [i, chapter] of chapters.entries())
    for (const { path, message } of [
      ...ownChapterFaults(chapter, library, circumstances.measures, there),
      ...ownCodeFaults(chapter, circumstances.table),
    ])
      faults.push(faultAt(["chapters", i, ...path], message));

  const known = (id: string) => library.chapterById.has(id) || there.has(id) || idsOfContents(library).has(id);
  const items = file.items.map((item) => ({ ...item, chapter: item.chapter === null ? null : (idOf.get(item.chapter) ?? item.chapter) }));
  for (const [i, { chapter }] of items.entries())
    if (chapter !== null && !known(chapter))
      faults.push(faultAt(["items", i, "chapter"], `There is no chapter "${chapter}". Name one that is there, or take this out.`));
  return {
    faults,
    items: planItems(items, faultAt, circumstances, faults),
    chapters: {
      added: chapters.filter(({ id }) => stored.chapters.get(id)?.removed ?? true),
      changed: chapters.flatMap((chapter): Changed<OwnChapter>[] => {
        const mine = stored.chapters.get(chapter.id);
        if (mine === undefined || mine.removed || saysTheSame(mine.chapter, chapter)) return [];
        return [{ id: chapter.id, seen: String(mine.version), mine: mine.chapter, file: chapter }];
      }),
      unchanged: chapters.filter((chapter) => {
        const mine = stored.chapters.get(chapter.id);
        return mine !== undefined && !mine.removed && saysTheSame(mine.chapter, chapter);
      }).length,
    },
  };
}

/** The chapters of a file under ids and prefixes of ours: those that are, stay; others are made of what was written. */
function nameChapters(
  chapters: readonly OwnChapter[],
  faultAt: ReadFile["faultAt"],
  { practiceId, stored }: Circumstances,
  faults: FileFault[],
): OwnChapter[] {
  const ids = new Set<string>();
  const taken = new Map([...stored.chapters.values()].map(({ chapter }) => [chapter.prefix, chapter.id]));
  return chapters.map((chapter, i) => {
    const id = /^own-[a-z0-9]+(-[a-z0-9]+)*$/.test(chapter.id)
      ? chapter.id
      : `own-${
          slugOf(chapter.id || chapter.title, 70) ||
          tokenOf(chapter.title)
            .toLowerCase()
            .replaceAll(/[^a-z0-9]/g, "")
        }`;
    if (ids.has(id))
      faults.push(
        faultAt(
          ["chapters", i, chapter.id === "" ? "title" : "id"],
          `Another chapter of this file comes under "${id}". Give this one another id.`,
        ),
      );
    ids.add(id);
    const before = stored.chapters.get(id)?.chapter.prefix;
    const brought = isOwnPrefix(chapter.prefix) && (taken.get(chapter.prefix) ?? id) === id ? chapter.prefix : undefined;
    const prefix = before ?? brought ?? newPrefix(`${practiceId} ${id}`, new Set(taken.keys()));
    taken.set(prefix, id);
    return withOwnIds(chapter, { id, prefix });
  });
}

function planItems(
  items: readonly OwnItem[],
  faultAt: ReadFile["faultAt"],
  { practiceId, stored }: Circumstances,
  faults: FileFault[],
): ImportPlan["items"] {
  const added: OwnItem[] = [];
  const changed: Changed<OwnItem>[] = [];
  let unchanged = 0;
  const seen = new Set<string>();
  const mineAlready = [...stored.items.values()].flatMap(({ item, removed }) => (removed ? [] : [item]));
  for (const [i, written] of items.entries()) {
    const lower = written.id.toLowerCase();
    const id = uuid.test(lower) ? lower : madeId(practiceId, written.id === "" ? `${written.kind}\n${written.text}` : `id\n${written.id}`);
    if (seen.has(id))
      faults.push(
        faultAt(
          ["items", i, written.id === "" ? "text" : "id"],
          written.id === ""
            ? "This statement stands in the file twice. Take one of them out."
            : `Another statement of this file has the id "${written.id}". Give this one another.`,
        ),
      );
    seen.add(id);
    const item = { ...written, id };
    const mine = stored.items.get(id);
    if (mine !== undefined && !mine.removed) {
      if (isSameItem(mine.item, item)) unchanged += 1;
      else changed.push({ id, seen: tokenOf(mine.item), mine: mine.item, file: item });
    } else if (written.id === "" && mineAlready.some((one) => isSameItem(one, item))) unchanged += 1;
    else added.push(item);
  }
  return { added, changed, unchanged };
}

/** What a person decided about one thing that differs, and which state of it they had seen. */
export interface Decision {
  readonly id: string;
  readonly seen: string;
  readonly take: "mine" | "file";
}

/** Whether everything that differs was decided about as it is now, and nothing else. */
export function isDecided({ items, chapters }: ImportPlan, decisions: readonly Decision[]): boolean {
  const differing = new Map([...items.changed, ...chapters.changed].map(({ id, seen }) => [id, seen]));
  const decided = new Map(decisions.map(({ id, seen }) => [id, seen]));
  return differing.size === decided.size && [...differing].every(([id, seen]) => decided.get(id) === seen);
}

export interface Taken {
  readonly items: { readonly added: number; readonly changed: number };
  readonly chapters: { readonly added: number; readonly changed: number };
}

/** Stores what is new, and of what differs what was decided for the file. */
export async function takeImport(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  { items, chapters }: ImportPlan,
  decisions: readonly Decision[],
): Promise<Taken> {
  const wanted = new Set(decisions.flatMap(({ id, take }) => (take === "file" ? [id] : [])));
  const changedItems = items.changed.flatMap(({ id, file }) => (wanted.has(id) ? [file] : []));
  const changedChapters = chapters.changed.flatMap(({ id, file }) => (wanted.has(id) ? [file] : []));
  await client.query(
    `INSERT INTO trellis.library_item (practice_id, id, content, created_by)
     SELECT $1, (e ->> 'id')::uuid, e - 'id', $3 FROM jsonb_array_elements($2::jsonb) AS e
     ON CONFLICT (practice_id, id) DO UPDATE SET content = excluded.content, removed_at = NULL`,
    [practiceId, JSON.stringify([...items.added, ...changedItems]), memberId],
  );
  await client.query(
    `INSERT INTO trellis.library_chapter (practice_id, id, prefix, content, created_by, saved_by)
     SELECT $1, e ->> 'id', e ->> 'prefix', e, $3, $3 FROM jsonb_array_elements($2::jsonb) AS e
     ON CONFLICT (practice_id, id) DO UPDATE
       SET content = excluded.content, removed_at = NULL, version = library_chapter.version + 1, saved_at = now(), saved_by = excluded.saved_by`,
    [practiceId, JSON.stringify([...chapters.added, ...changedChapters]), memberId],
  );
  return {
    items: { added: items.added.length, changed: changedItems.length },
    chapters: { added: chapters.added.length, changed: changedChapters.length },
  };
}

/** What is shown of a plan before it is carried out. */
export function previewOf({ items, chapters }: ImportPlan) {
  const inShort = ({ id, title, goals, objectives, interventions }: OwnChapter) => ({
    id,
    title,
    goals: goals.length,
    objectives: objectives.length,
    interventions: interventions.length,
  });
  return {
    items: { ...items, changed: items.changed },
    chapters: {
      added: chapters.added.map(inShort),
      changed: chapters.changed.map(({ id, seen, mine, file }) => ({
        id,
        seen,
        title: mine.title,
        difference: chapterDifference(mine, file) satisfies PartDifference[],
      })),
      unchanged: chapters.unchanged,
    },
  };
}
