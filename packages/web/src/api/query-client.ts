import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, Unreachable } from "./client.ts";

/**
 * The cache of what the server said. Without an answer a read is tried again for as long as its screen is open, since nothing is gained
 * by giving up, and so while the database restarts (503); any other problem is final.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Whether there is a network is seen from the answers: a server on this machine needs none.
      networkMode: "always",
      retry: (_count, error) => error instanceof Unreachable || (error instanceof ApiProblem && error.status === 503),
      retryDelay: (attempt) => Math.min(15_000, 1000 * 2 ** attempt),
      staleTime: 10_000,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
