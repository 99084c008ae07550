import { queryOptions } from "@tanstack/react-query";
import type { Acknowledgement } from "@trellis/domain/alerts/acknowledgement";
import { request } from "./client.ts";
import { type ChartAlert, changeChart } from "./clients.ts";
import { queryClient } from "./query-client.ts";

/** What became of the entry that raised an alert. */
export type AlertEntry = "as-given" | "corrected" | "error";

/** One line of the list of open alerts. */
export interface ListedAlert extends ChartAlert {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  readonly treatedBy: readonly string[];
  readonly entry: AlertEntry;
  /** The day on which risk was assessed after what raised it. */
  readonly riskAssessedOn: string | null;
}

/** An alert in its client's history. */
export interface PastAlert extends ChartAlert {
  readonly entry: AlertEntry;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgement: Acknowledgement | null;
}

export type AlertFilter = "mine" | "all";

export const alertsQuery = (filter: AlertFilter) =>
  queryOptions({
    queryKey: ["alerts", "list", filter],
    queryFn: ({ signal }) =>
      request<{ readonly alerts: readonly ListedAlert[]; readonly more: boolean }>("GET", `/api/alerts?filter=${filter}`, { signal }),
    // Each reading stands in the access logs of the clients it names.
    staleTime: 60_000,
  });

/** How many alerts wait for whoever is signed in. Asked again every minute while the page is looked at; that alone keeps nobody signed in. */
export const alertCountQuery = queryOptions({
  queryKey: ["alerts", "count"],
  queryFn: ({ signal }) =>
    request<{ readonly count: number; readonly risk: number }>("GET", "/api/alerts/count", { background: true, signal }),
  refetchInterval: 60_000,
});

export const clientAlertsQuery = (clientId: string) =>
  queryOptions({
    queryKey: ["alerts", "client", clientId],
    queryFn: async ({ signal }) =>
      (await request<{ readonly alerts: readonly PastAlert[] }>("GET", `/api/clients/${clientId}/alerts`, { signal })).alerts,
    staleTime: 0,
  });

/** Says what was done about an alert. Sent again with the same words it does nothing. */
export async function acknowledgeAlert(clientId: string, alert: ChartAlert, acknowledgement: Acknowledgement): Promise<void> {
  await request("POST", `/api/clients/${clientId}/alerts/${alert.id}/acknowledge`, { body: acknowledgement });
  changeChart(clientId, (chart) => ({
    ...chart,
    alerts: chart.alerts.filter(({ id }) => id !== alert.id),
    riskAcknowledged:
      isRisk(alert.kind) && alert.administrationId !== null ? [...chart.riskAcknowledged, alert.administrationId] : chart.riskAcknowledged,
  }));
  await alertsChanged();
}

/** Has every list of alerts on screen fetched anew. */
export function alertsChanged(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["alerts"] });
}

export const isRisk = (kind: ChartAlert["kind"]): boolean => kind === "risk-answer" || kind === "risk-not-answered";
