import { queryOptions } from "@tanstack/react-query";
import type { DifferenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import type { ItemHistory } from "@trellis/domain/plan/difference/item-history";
import type { SignatureRole } from "@trellis/domain/signature/signature";
import { request } from "./client.ts";
import type { PlanState } from "./plans.ts";

/** A revision with who, when and why. */
export interface RevisionSummary {
  readonly revision: number;
  readonly state: PlanState;
  /** When it was signed by all; for a draft, when it was changed last. `on` is the day of it in the practice's zone. */
  readonly at: string;
  readonly on: string;
  readonly reason: string;
  readonly author: string;
  readonly signatures: readonly {
    readonly role: SignatureRole;
    readonly outcome: "signed" | "not-signed";
    readonly name: string;
    readonly credentials: string;
  }[];
}

export interface PlanHistory {
  readonly planId: string;
  /** Newest first, the draft included. */
  readonly revisions: readonly RevisionSummary[];
  /** Every goal and objective that ever was in the plan. */
  readonly items: readonly ItemHistory[];
}

export interface Comparison {
  readonly from: RevisionSummary;
  readonly to: RevisionSummary;
  readonly record: DifferenceInWords;
  readonly client: DifferenceInWords;
}

// Under the plan's own key: what makes the plan stale makes what is said about its revisions stale too.
export const planHistoryQuery = (planId: string) =>
  queryOptions({
    queryKey: ["plan", planId, "history"],
    queryFn: ({ signal }) => request<PlanHistory>("GET", `/api/plans/${planId}/history`, { signal }),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

/** `from` left out: the signed revision before `to`. */
export const comparisonQuery = (planId: string, to: number, from?: number) =>
  queryOptions({
    queryKey: ["plan", planId, "compare", from ?? "before", to],
    queryFn: ({ signal }) =>
      request<Comparison>("GET", `/api/plans/${planId}/compare?to=${to}${from === undefined ? "" : `&from=${from}`}`, { signal }),
    staleTime: 0,
    refetchOnWindowFocus: false,
  });

/** Where the PDF of what changed is. */
export function changesAddress(planId: string, kind: "record" | "client", from: number, to: number): string {
  return `/api/plans/${planId}/changes.pdf?kind=${kind}&from=${from}&to=${to}`;
}
