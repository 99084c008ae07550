import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Measure } from "@trellis/domain/measures/measure";
import { request } from "./client.ts";

/** All measures of the library; the same for everybody, and kept by the browser as long as it does not change. */
export const measuresQuery = queryOptions({
  queryKey: ["measures"],
  queryFn: () => request<readonly Measure[]>("GET", "/api/measures"),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface DiagnosisCode {
  /** With its point, e.g. "F33.1". */
  readonly code: string;
  readonly description: string;
  /** Complete enough to be billed; otherwise a heading whose more specific codes are. */
  readonly billable: boolean;
  /** In the table of the current fiscal year. */
  readonly current: boolean;
}

export interface DiagnosisCodes {
  readonly fiscalYear: number;
  /** What to say when the table is not the one in force; `null` when it is. */
  readonly outdated: string | null;
  readonly codes: readonly DiagnosisCode[];
}

export interface DiagnosisCodeDetail extends DiagnosisCode {
  readonly fiscalYear: number;
  readonly children: readonly DiagnosisCode[];
  readonly specifiers: readonly string[];
}

export const diagnosisCodesQuery = (q: string) =>
  queryOptions({
    queryKey: ["diagnosis-codes", q],
    queryFn: ({ signal }) => request<DiagnosisCodes>("GET", `/api/diagnosis-codes?${new URLSearchParams({ q, limit: "30" })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

export const diagnosisCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ["diagnosis-code", code],
    queryFn: ({ signal }) => request<DiagnosisCodeDetail>("GET", `/api/diagnosis-codes/${encodeURIComponent(code)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
