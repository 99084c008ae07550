import { queryOptions } from "@tanstack/react-query";
import { request } from "./client.ts";

/** One measure of one client that is due, was due, or was missed. */
export interface DueLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  /** Planned by a plan that is signed; otherwise by a draft. */
  readonly inForce: boolean;
  readonly measure: string;
  readonly measureName: string;
  readonly state: "due" | "overdue" | "missed";
  readonly dueOn: string;
  /** How the day was reached. */
  readonly why: string;
  /** Without the words of its questions, answers are typed in from the paper. */
  readonly canBeAnswered: boolean;
  readonly last: { readonly date: string; readonly total: number | null; readonly outOf: number; readonly band: string } | null;
}

export interface DueList {
  readonly today: string;
  /** The most overdue first. */
  readonly lines: readonly DueLine[];
  /** There are more than a list can show. */
  readonly more: boolean;
}

export const dueQuery = (of: "mine" | "all") =>
  queryOptions({
    queryKey: ["due", of],
    queryFn: ({ signal }) => request<DueList>("GET", `/api/due?of=${of}`, { signal }),
    // Whoever comes back from giving a measure sees it gone.
    staleTime: 0,
  });
