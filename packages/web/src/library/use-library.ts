import { useQueries, useQuery } from "@tanstack/react-query";
import { type ChapterBundle, chaptersOfPlan, filesOfBundles } from "@trellis/domain/library/catalogue";
import { assembleLibrary, type Library } from "@trellis/domain/library/library";
import type { Plan } from "@trellis/domain/plan/plan";
import { useMemo, useRef } from "react";
import { catalogueQuery, chapterQuery, sharedLibraryQuery } from "../api/library.ts";

export interface LoadedLibrary {
  /** `undefined` until all that was asked for at first is there; then what has been loaded so far, so that nothing on screen goes away for one chapter more. */
  readonly data: Library | undefined;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The part of the library that has these chapters, and what is said without one. No more of it is fetched. `undefined`: which they are is not known yet. */
export function useLibrary(chapterIds: readonly string[] | undefined): LoadedLibrary {
  const shared = useQuery(sharedLibraryQuery);
  const chapters = useQueries({ queries: (chapterIds ?? []).map((id) => chapterQuery(id)) });
  const bundles = useSameList(chapters.flatMap(({ data }): ChapterBundle[] => (data === undefined ? [] : [data])));
  const assembled = useMemo(
    () => (shared.data === undefined ? undefined : assembleLibrary(filesOfBundles(bundles, shared.data))),
    [bundles, shared.data],
  );
  const complete = useRef(false);
  if (assembled !== undefined && bundles.length === chapterIds?.length) complete.current = true;
  return {
    data: complete.current ? assembled : undefined,
    error: shared.error ?? chapters.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => {
      for (const query of [shared, ...chapters]) if (query.error !== null) void query.refetch();
    },
  };
}

/** The part of the library that a plan is made of; without a plan (`null`), what is said without a chapter. */
export function usePlanLibrary(plan: Plan | null | undefined): LoadedLibrary {
  const catalogue = useQuery(catalogueQuery);
  const named = useMemo(
    () =>
      catalogue.data === undefined || plan === undefined ? undefined : plan === null ? [] : chaptersOfPlan(plan, catalogue.data.chapters),
    [plan, catalogue.data],
  );
  const library = useLibrary(useSameList(named));
  return {
    ...library,
    error: catalogue.error ?? library.error,
    refetch: () => {
      if (catalogue.error !== null) void catalogue.refetch();
      library.refetch();
    },
  };
}

/** The list of before for as long as it holds the same things. */
function useSameList<List extends readonly unknown[] | undefined>(list: List): List {
  const last = useRef(list);
  if (last.current?.length !== list?.length || last.current?.some((item, i) => item !== list?.[i])) last.current = list;
  return last.current;
}
