import { missedSessionsToTell } from "@trellis/domain/alerts/missed-sessions";
import { calledName } from "@trellis/domain/client/client";
import { missedInARow } from "@trellis/domain/course/session";
import { answeredAfter, riskAssessedSince } from "@trellis/domain/intake/risk-follow-up";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import type { ToAcknowledge } from "../alerts/acknowledge-dialog.tsx";
import { isRisk } from "../api/alerts.ts";
import type { Chart, ChartAdministration, ChartAlert } from "../api/clients.ts";

/** A single answer that calls for an act, whatever the total. */
export interface OpenAlert {
  readonly id: string;
  readonly kind: "suicide-risk" | "risk-behavior" | "risk-item-not-answered" | "dependence";
  readonly measureName: string;
  readonly date: string;
  readonly message: string;
}

export function completed(administrations: readonly ChartAdministration[]): ChartAdministration[] {
  return administrations.filter(({ status }) => status === "completed");
}

/** The newest completed administration of each measure. */
export function newestOfEach(administrations: readonly ChartAdministration[]): ChartAdministration[] {
  const newest = new Map<string, ChartAdministration>();
  for (const administration of completed(administrations)) {
    const known = newest.get(administration.measure);
    if (
      known === undefined ||
      administration.date > known.date ||
      (administration.date === known.date && administration.enteredAt > known.enteredAt)
    )
      newest.set(administration.measure, administration);
  }
  return [...newest.values()];
}

type Followed = Pick<Chart, "administrations" | "intake">;

/** The day on which risk was assessed after these answers; `null` while it was not. */
function assessedAfter({ administrations, intake: { risk } }: Followed, answers: Pick<ChartAdministration, "id" | "date">): string | null {
  if (risk === undefined) return null;
  const answeredAfterRisk = answeredAfter(risk.savedAt, administrations);
  return riskAssessedSince({ intake: { risk: risk.content }, answeredAfterRisk }, answers) ? risk.content.assessedOn : null;
}

/** An alert with what the chart knows of what became of it. */
export function toAcknowledge(chart: Chart, alert: ChartAlert): ToAcknowledge {
  const entry = chart.administrations.find(({ id }) => id === alert.administrationId);
  return {
    clientId: chart.id,
    calledName: calledName(chart.client),
    alert,
    entry: entry === undefined ? "as-given" : entry.status === "entered-in-error" ? "error" : entry.version > 1 ? "corrected" : "as-given",
    riskAssessedOn: isRisk(alert.kind) && entry !== undefined ? assessedAfter(chart, entry) : null,
  };
}

/** Whether the sessions no longer say what the alert about them says. */
export function missedAlertIsSettled({ sessions }: Pick<Chart, "sessions">, { kind }: ChartAlert): boolean {
  return kind === "missed-sessions" && missedInARow(sessions) < missedSessionsToTell;
}

/** The newest entry about risk that somebody acted on without assessing risk after it; the risk section does not hold it yet. */
export function actedOnNotAssessed(chart: Followed & Pick<Chart, "riskAcknowledged">): ChartAdministration | null {
  return (
    newestOfEach(chart.administrations).find(
      ({ id, date }) => chart.riskAcknowledged.includes(id) && assessedAfter(chart, { id, date }) === null,
    ) ?? null
  );
}

/**
 * What the newest answers of each measure call for, whatever the total: those about risk until an alert tells of them (one does, except about
 * entries from before there were alerts, and about one that this browser has just sent) or risk is assessed after them; signs of dependence while they
 * are in the newest answers.
 */
export function openAlerts(chart: Followed & Pick<Chart, "alerts" | "riskAcknowledged">, measures: readonly Measure[]): OpenAlert[] {
  return newestOfEach(chart.administrations).flatMap((administration) => {
    const measure = measures.find(({ id }) => id === administration.measure);
    if (measure === undefined) return [];
    const score = scoreAdministration(measure, administration);
    const told =
      chart.riskAcknowledged.includes(administration.id) ||
      chart.alerts.some(({ kind, administrationId }) => isRisk(kind) && administrationId === administration.id);
    const followedUp = told || assessedAfter(chart, administration) !== null;
    const base = { measureName: measure.name, date: administration.date };
    const flags = score.flags.flatMap((flag): OpenAlert[] =>
      flag.kind === "impairment" || flag.kind === "substance-use" || (flag.kind !== "dependence" && followedUp)
        ? []
        : [{ ...base, id: `${administration.id}/${flag.item}`, kind: flag.kind, message: flag.message }],
    );
    const notAnswered = followedUp
      ? []
      : score.riskItemsNotAnswered.map(
          (item): OpenAlert => ({
            ...base,
            id: `${administration.id}/${item}`,
            kind: "risk-item-not-answered",
            message: score.entered
              ? `${measure.name} was entered as a score, which does not tell how item ${item}, about risk, was answered. Look at the form, or ask about it.`
              : `Item ${item} of ${measure.name}, about risk, was not answered. Open is not the same as no: ask about it.`,
          }),
        );
    return [...flags, ...notAnswered];
  });
}
