import { queryOptions } from "@tanstack/react-query";
import type { Measure } from "@trellis/domain/measures/measure";
import type { BroughtWording, PracticeNorms } from "@trellis/domain/measures/measure-setting";
import { request } from "./client.ts";
import { type Chart, changeChart, chartQuery } from "./clients.ts";
import { queryClient } from "./query-client.ts";

/** The practice's own measures, and what it adds to those of the library; those made for one client stand in that client's chart. */
export const practiceMeasuresQuery = queryOptions({
  queryKey: ["practice-measures"],
  queryFn: () => request<Chart["measures"]>("GET", "/api/practice-measures"),
});

export interface SavedOwnMeasure {
  readonly version: number;
  /** As it was kept: with the version that the server gave it. */
  readonly measure: Measure;
}

/** What is shown of the practice's measures elsewhere is old from now on. */
function forgetOld(): void {
  void queryClient.invalidateQueries({ queryKey: practiceMeasuresQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: ["chart"], refetchType: "none" });
}

/**
 * Saves an own measure, and puts it into the chart on screen.
 *
 * @param clientId the client it is for alone; `null` for the whole practice.
 * @param openChart the client whose chart is open, if any.
 */
export async function saveOwnMeasure(
  id: string,
  version: number,
  clientId: string | null,
  measure: Measure,
  openChart: string | null,
): Promise<SavedOwnMeasure> {
  const saved = await request<SavedOwnMeasure>("PUT", `/api/own-measures/${id}`, { body: { version, clientId, measure } });
  forgetOld();
  if (openChart !== null)
    changeOwn(openChart, (own) => {
      const line = { ...saved, forClient: clientId, retired: false };
      return own.some((known) => known.measure.id === saved.measure.id)
        ? own.map((known) => (known.measure.id === saved.measure.id ? line : known))
        : [...own, line];
    });
  return saved;
}

export async function retireOwnMeasure(id: string, measureId: string, openChart: string | null): Promise<void> {
  await request("POST", `/api/own-measures/${id}/retire`, { body: {} });
  forgetOld();
  if (openChart !== null)
    changeOwn(openChart, (own) => own.map((known) => (known.measure.id === measureId ? { ...known, retired: true } : known)));
}

type Own = Chart["measures"]["own"];

function changeOwn(clientId: string, change: (own: Own) => Own): void {
  changeChart(clientId, (chart) => ({ ...chart, measures: { ...chart.measures, own: change(chart.measures.own) } }));
  void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey, refetchType: "none" });
}

export async function saveMeasureSetting(
  measureId: string,
  version: number,
  content: { readonly wording: BroughtWording | null; readonly norms: PracticeNorms | null },
): Promise<{ readonly version: number }> {
  const saved = await request<{ readonly version: number }>("PUT", `/api/measure-settings/${measureId}`, { body: { version, content } });
  forgetOld();
  return saved;
}
