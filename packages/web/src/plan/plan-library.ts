import { queryOptions } from "@tanstack/react-query";
import {
  assembleLibrary,
  type Library,
  type LibraryFile,
  type LibraryStatement,
  type StatementKind,
} from "@trellis/domain/library/library";
import { indexStatements, type StatementIndex } from "@trellis/domain/library/search-library";
import { request } from "../api/client.ts";
import type { OwnItem } from "../api/practice.ts";

/** The whole library; the same for everybody, and kept by the browser as long as it does not change. */
export const libraryQuery = queryOptions({
  queryKey: ["library"],
  queryFn: async (): Promise<Library> => assembleLibrary((await request<{ files: readonly LibraryFile[] }>("GET", "/api/library")).files),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  // It holds indexes, which cannot be compared part by part.
  structuralSharing: false,
});

const kinds: Record<OwnItem["kind"], StatementKind> = {
  definition: "definition",
  goal: "goal",
  objective: "objective",
  intervention: "intervention",
  outcome: "expected-outcome",
  discharge: "discharge-criterion",
};

export function ownKind(kind: StatementKind): OwnItem["kind"] {
  return kind === "expected-outcome" ? "outcome" : kind === "discharge-criterion" ? "discharge" : kind;
}

/** The practice's own items as statements beside the library's. */
export function ownStatements(items: readonly OwnItem[]): LibraryStatement[] {
  return items.map(({ id, kind, text, plain }) => ({ kind: kinds[kind], id, source: "practice", chapter: null, text, plain }));
}

let indexed: { library: Library; items: readonly OwnItem[]; index: StatementIndex } | undefined;

/** The search over both; built once for as long as neither changes. */
export function statementIndex(library: Library, items: readonly OwnItem[]): StatementIndex {
  if (indexed?.library !== library || indexed.items !== items)
    indexed = { library, items, index: indexStatements([...ownStatements(items), ...library.statements], library.chapterById) };
  return indexed.index;
}
