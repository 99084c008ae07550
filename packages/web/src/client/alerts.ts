import { answeredAfter, riskAssessedSince } from "@trellis/domain/intake/risk-follow-up";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import type { Chart, ChartAdministration } from "../api/clients.ts";

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

/**
 * Answers about risk that nobody has followed up: the newest administration of each measure speaks up until risk is assessed after it.
 * Signs of dependence stay while they are in the newest answers.
 */
export function openAlerts(chart: Pick<Chart, "administrations" | "intake">, measures: readonly Measure[]): OpenAlert[] {
  const risk = chart.intake.risk;
  const answeredAfterRisk = answeredAfter(risk?.savedAt, chart.administrations);
  return newestOfEach(chart.administrations).flatMap((administration) => {
    const measure = measures.find(({ id }) => id === administration.measure);
    if (measure === undefined) return [];
    const score = scoreAdministration(measure, administration);
    const followedUp = risk !== undefined && riskAssessedSince({ intake: { risk: risk.content }, answeredAfterRisk }, administration);
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
            message: `Item ${item} of ${measure.name}, about risk, was not answered. Open is not the same as no: ask about it.`,
          }),
        );
    return [...flags, ...notAnswered];
  });
}
