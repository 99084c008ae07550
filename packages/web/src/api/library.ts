import { queryOptions } from "@tanstack/react-query";
import type { ApproachId } from "@trellis/domain/library/approach";
import type { Case } from "@trellis/domain/library/case";
import type { CatalogueChapter, ChapterBundle } from "@trellis/domain/library/catalogue";
import type { BehavioralDefinition, LibraryGoal, LibraryIntervention, LibraryObjective, Population } from "@trellis/domain/library/chapter";
import type { Contents } from "@trellis/domain/library/contents";
import type { Evidence } from "@trellis/domain/library/evidence";
import type { Homework } from "@trellis/domain/library/homework";
import type { LibraryFile, LibraryStatement, StatementKind } from "@trellis/domain/library/library";
import { request } from "./client.ts";

/** The library stays as it is until the server is started anew: the browser asks once, and the server answers from a tag after that. */
const lasting = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY, structuralSharing: false } as const;

export interface Catalogue {
  readonly contents: Contents;
  readonly chapters: readonly CatalogueChapter[];
}

/** What chapters there are, without the chapters. */
export const catalogueQuery = queryOptions({
  queryKey: ["library", "catalogue"],
  queryFn: ({ signal }) => request<Catalogue>("GET", "/api/library/catalogue", { signal }),
  ...lasting,
  // The practice's own chapters are among them, and a colleague may add one.
  staleTime: 300_000,
});

/** What the library says without a chapter: options when treatment does not work, barriers to taking part, and their sources. */
export const sharedLibraryQuery = queryOptions({
  queryKey: ["library", "shared"],
  queryFn: async ({ signal }) => (await request<{ files: readonly LibraryFile[] }>("GET", "/api/library/shared", { signal })).files,
  ...lasting,
});

/** One chapter with its sources and homework. */
export const chapterQuery = (id: string) =>
  queryOptions({
    queryKey: ["library", "chapter", id],
    queryFn: ({ signal }) => request<ChapterBundle>("GET", `/api/library/chapters/${encodeURIComponent(id)}`, { signal }),
    ...lasting,
  });

/** Every homework sheet. */
export const homeworkSheetsQuery = queryOptions({
  queryKey: ["library", "homework"],
  queryFn: async ({ signal }) => (await request<{ homework: readonly Homework[] }>("GET", "/api/library/homework", { signal })).homework,
  ...lasting,
});

/** Every source, and the ids of the chapters and other places that cite it. */
export const evidenceRegisterQuery = queryOptions({
  queryKey: ["library", "evidence"],
  queryFn: ({ signal }) =>
    request<{ readonly evidence: readonly Evidence[]; readonly citedBy: Readonly<Record<string, readonly string[]>> }>(
      "GET",
      "/api/library/evidence",
      { signal },
    ),
  ...lasting,
});

export type CaseSummary = Pick<Case, "id" | "chapter" | "today" | "client" | "story">;

/** The worked cases, each as its story. */
export const casesQuery = queryOptions({
  queryKey: ["library", "cases"],
  queryFn: async ({ signal }) => (await request<{ cases: readonly CaseSummary[] }>("GET", "/api/library/cases", { signal })).cases,
  ...lasting,
});

/** One worked case whole. */
export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ["library", "case", id],
    queryFn: ({ signal }) => request<Case>("GET", `/api/library/cases/${encodeURIComponent(id)}`, { signal }),
    ...lasting,
  });

/** What the server found: a statement with what its chapter says of it. */
export interface FoundStatement extends LibraryStatement {
  readonly entry?: BehavioralDefinition | LibraryGoal | LibraryObjective | LibraryIntervention;
  /** Of an intervention: the strongest kind of source that it names. */
  readonly strongest?: string;
}

export interface LibrarySearch {
  readonly q: string;
  readonly kind?: StatementKind | undefined;
  readonly chapter?: string | undefined;
  readonly approach?: ApproachId | undefined;
  readonly population?: Population | undefined;
  readonly limit?: number | undefined;
}

export interface Found {
  /** Ids of chapters, the best first. */
  readonly chapters: readonly string[];
  readonly statements: readonly FoundStatement[];
}

/** Chapters and statements that fit. */
export const librarySearchQuery = (search: LibrarySearch) =>
  queryOptions({
    queryKey: ["library", "search", search],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== "") query.set(name, String(value));
      return request<Found>("GET", `/api/library/search?${query}`, { signal });
    },
    staleTime: 300_000,
    gcTime: 300_000,
  });
