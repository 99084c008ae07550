import { queryOptions } from "@tanstack/react-query";
import type { Population } from "@trellis/domain/library/chapter";
import type { OwnChapter } from "@trellis/domain/library/own-chapter";
import type { OwnItem, PartDifference } from "@trellis/domain/library/own-library-file";
import { ApiProblem, type FieldProblem, request } from "./client.ts";
import { ownItemsQuery } from "./practice.ts";
import { queryClient } from "./query-client.ts";

/** A chapter of the practice's own in a list. */
export interface OwnChapterLine {
  readonly id: string;
  readonly title: string;
  readonly population: Population;
  readonly basedOn: string | null;
  readonly diagnoses: readonly string[];
  readonly goals: number;
  readonly objectives: number;
  readonly interventions: number;
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

export interface KeptChapter {
  readonly version: number;
  readonly chapter: OwnChapter;
  /** What it names and is not there any more. */
  readonly faults?: readonly FieldProblem[];
}

export const ownChaptersQuery = queryOptions({
  queryKey: ["own-chapters"],
  queryFn: async () => (await request<{ readonly chapters: readonly OwnChapterLine[] }>("GET", "/api/library/own/chapters")).chapters,
});

export const ownChapterQuery = (id: string) =>
  queryOptions({
    queryKey: ["own-chapter", id],
    queryFn: () => request<KeptChapter>("GET", `/api/library/own/chapters/${encodeURIComponent(id)}`),
  });

/** What is shown of the practice's library elsewhere is old from now on. */
function forgetOld(id: string | null): void {
  void queryClient.invalidateQueries({ queryKey: ownChaptersQuery.queryKey });
  for (const part of [["catalogue"], ["search"], id === null ? ["chapter"] : ["chapter", id]])
    void queryClient.invalidateQueries({ queryKey: ["library", ...part] });
}

/** @param key the same for every try, so that no try begins a second chapter. */
export async function beginChapter(key: string, title: string, from: string | null): Promise<KeptChapter> {
  const begun = await request<KeptChapter>("POST", "/api/library/own/chapters", { body: { key, title, from } });
  queryClient.setQueryData(ownChapterQuery(begun.chapter.id).queryKey, begun);
  forgetOld(begun.chapter.id);
  return begun;
}

/** Saves a chapter as it is to be. Where somebody else was faster, theirs is on screen from now on, and the problem is thrown. */
export async function saveChapter(version: number, chapter: OwnChapter): Promise<KeptChapter> {
  const { queryKey } = ownChapterQuery(chapter.id);
  try {
    const saved = await request<KeptChapter>("PUT", `/api/library/own/chapters/${chapter.id}`, { body: { version, chapter } });
    queryClient.setQueryData(queryKey, saved);
    forgetOld(chapter.id);
    return saved;
  } catch (error) {
    const current = error instanceof ApiProblem && error.status === 409 ? (error.body.current as KeptChapter | null) : null;
    if (current !== null) queryClient.setQueryData(queryKey, current);
    throw error;
  }
}

export async function removeChapter(id: string, version: number): Promise<void> {
  await request("DELETE", `/api/library/own/chapters/${id}`, { body: { version } });
  forgetOld(id);
}

export interface FileFault {
  readonly line: number;
  readonly column: number;
  readonly where: string;
  readonly message: string;
}

export interface ChangedItem {
  readonly id: string;
  readonly seen: string;
  readonly mine: OwnItem;
  readonly file: OwnItem;
}

export interface ChangedChapter {
  readonly id: string;
  readonly seen: string;
  readonly title: string;
  readonly difference: readonly PartDifference[];
}

/** What a file would do. */
export interface ImportPreview {
  readonly items: { readonly added: readonly OwnItem[]; readonly changed: readonly ChangedItem[]; readonly unchanged: number };
  readonly chapters: {
    readonly added: readonly {
      readonly id: string;
      readonly title: string;
      readonly goals: number;
      readonly objectives: number;
      readonly interventions: number;
    }[];
    readonly changed: readonly ChangedChapter[];
    readonly unchanged: number;
  };
}

export interface CheckedFile {
  readonly faults: readonly FileFault[];
  readonly faultsInAll: number;
  readonly preview: ImportPreview | null;
}

/** Says what a file would do. Changes nothing. */
export function checkOwnFile(text: string): Promise<CheckedFile> {
  return request("POST", "/api/library/own/import", { body: { text } });
}

export interface Decision {
  readonly id: string;
  readonly seen: string;
  readonly take: "mine" | "file";
}

export interface TakenFile {
  readonly items: { readonly added: number; readonly changed: number };
  readonly chapters: { readonly added: number; readonly changed: number };
}

/** Takes a file over, as it was decided: all of it or nothing. */
export async function storeOwnFile(text: string, decisions: readonly Decision[]): Promise<TakenFile> {
  const { taken } = await request<{ readonly taken: TakenFile }>("POST", "/api/library/own/import", {
    body: { text, store: true, decisions },
  });
  void queryClient.invalidateQueries({ queryKey: ownItemsQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: ["own-chapter"] });
  forgetOld(null);
  return taken;
}
