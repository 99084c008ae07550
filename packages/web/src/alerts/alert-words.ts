import type { AlertKind } from "@trellis/domain/alerts/alert";
import { formatDate } from "@trellis/domain/calendar/date";
import { type AlertEntry, isRisk } from "../api/alerts.ts";
import type { ChartAlert } from "../api/clients.ts";

/** What an alert is about, in a few words. */
export const alertTitles: Record<AlertKind, string> = {
  "risk-answer": "Ask about safety",
  "risk-not-answered": "A question about risk is open",
  deteriorated: "Getting worse",
  "no-progress": "No reliable progress",
  "little-progress": "Little progress",
  "missed-measure": "A measure was missed",
  "missed-sessions": "Sessions missed in a row",
};

export const alertColor = (kind: AlertKind): "clay" | "straw" => (isRisk(kind) || kind === "deteriorated" ? "clay" : "straw");

/** What became of the entry since, where that matters. */
export const entryWords: Record<AlertEntry, string> = {
  "as-given": "",
  corrected: "The entry was corrected after it was made. Look at it again.",
  error: "The entry was marked as an error.",
};

/** What stands in the field for what was done, as far as it is known already. */
export function doneSoFar(alert: Pick<ChartAlert, "kind">, entry: AlertEntry, riskAssessedOn: string | null): string {
  if (entry === "error") return "The entry was marked as an error. There is nothing to act on.";
  return isRisk(alert.kind) && riskAssessedOn !== null ? `Risk assessed on ${formatDate(riskAssessedOn)}. ` : "";
}

/** The words of an alert with the day that it is about. */
export function alertWords({ kind, detail }: Pick<ChartAlert, "kind" | "detail">): string {
  const day = alertDay({ kind, detail });
  return day === "" ? detail.words : `${day}: ${detail.words}`;
}

/** The day that an alert is about; empty where its words name days themselves. */
export function alertDay({ kind, detail }: Pick<ChartAlert, "kind" | "detail">): string {
  return detail.date === undefined || kind === "missed-sessions" ? "" : formatDate(detail.date);
}
