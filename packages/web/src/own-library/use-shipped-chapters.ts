import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownChaptersQuery } from "../api/own-chapters.ts";

/** The shipped chapter of each of the practice's own that was made out of one: what fits that, fits this. */
export function useShippedChapters(): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...ownChaptersQuery, staleTime: 300_000 });
  return useMemo(() => new Map((data ?? []).flatMap(({ id, basedOn }) => (basedOn === null ? [] : [[id, basedOn] as const]))), [data]);
}
