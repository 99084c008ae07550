import type { LibraryStatement, StatementKind } from "@trellis/domain/library/library";
import { indexStatements, type StatementIndex } from "@trellis/domain/library/search-library";
import type { OwnItem } from "../api/practice.ts";

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

let indexed: { items: readonly OwnItem[]; index: StatementIndex } | undefined;

/** The search over the practice's own items; built once for as long as they do not change. */
export function ownStatementIndex(items: readonly OwnItem[]): StatementIndex {
  if (indexed?.items !== items) indexed = { items, index: indexStatements(ownStatements(items), new Map()) };
  return indexed.index;
}
