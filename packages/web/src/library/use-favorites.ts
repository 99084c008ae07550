import { queryOptions, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { request } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";

/** Ids of the chapters and statements that this member marked, the first marked first. */
export const favoritesQuery = queryOptions({
  queryKey: ["library-favorites"],
  queryFn: async ({ signal }) => (await request<{ favorites: readonly string[] }>("GET", "/api/library/favorites", { signal })).favorites,
  staleTime: 600_000,
});

export interface Favorites {
  readonly ids: ReadonlySet<string>;
  /** Marks, or takes the mark away. It shows at once; where it could not be kept, the mark goes back to what it was. */
  readonly toggle: (id: string) => void;
}

export function useFavorites(): Favorites {
  const { data } = useQuery(favoritesQuery);
  const ids = useMemo(() => new Set(data ?? []), [data]);
  const toggle = useCallback((id: string) => {
    const marked = queryClient.getQueryData(favoritesQuery.queryKey) ?? [];
    const has = marked.includes(id);
    queryClient.setQueryData(favoritesQuery.queryKey, has ? marked.filter((other) => other !== id) : [...marked, id]);
    request(has ? "DELETE" : "PUT", `/api/library/favorites/${encodeURIComponent(id)}`).catch(() => {
      void queryClient.invalidateQueries({ queryKey: favoritesQuery.queryKey });
    });
  }, []);
  return { ids, toggle };
}
