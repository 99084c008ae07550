import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { OutcomeGroup, OutcomeGrouping } from "@trellis/domain/outcomes/outcome-report";
import { request } from "./client.ts";

/** What a measure is called, and what can be asked of it. */
export interface MeasureName {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly hasTotal: boolean;
  readonly items: number;
}

/** The measures as the practice uses them: the library's and its own. */
export const measureNamesQuery = queryOptions({
  queryKey: ["measure-names"],
  queryFn: async () => (await request<{ readonly measures: readonly MeasureName[] }>("GET", "/api/measure-names")).measures,
});

export interface OutcomeAsked {
  readonly measure: string;
  readonly from: string;
  readonly to: string;
  readonly by: OutcomeGrouping;
}

export interface OutcomeReport {
  readonly measure: {
    readonly id: string;
    readonly name: string;
    readonly range: readonly [number, number];
    readonly higherIs: "worse" | "better";
    readonly cutoff: { readonly atLeast: number; readonly source: string } | null;
    readonly reliableChange: { readonly points: number; readonly source: string } | null;
  };
  readonly today: string;
  readonly beganBefore: number;
  readonly all: OutcomeGroup;
  readonly groups: readonly OutcomeGroup[];
}

const search = (asked: OutcomeAsked) => new URLSearchParams({ ...asked }).toString();

export const outcomesQuery = (asked: OutcomeAsked) =>
  queryOptions({
    queryKey: ["outcomes", asked],
    queryFn: ({ signal }) => request<OutcomeReport>("GET", `/api/outcomes?${search(asked)}`, { signal }),
    placeholderData: keepPreviousData,
    // Each reading is recorded: not again only because the window came back to the front.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });

/** Where the report comes as a file. */
export const outcomesFile = (asked: OutcomeAsked) => `/api/outcomes.csv?${search(asked)}`;
