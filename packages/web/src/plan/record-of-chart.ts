import type { ClientRecord } from "@trellis/domain/client/client-record";
import { Intake, intakeSectionKeys } from "@trellis/domain/intake/intake";
import { answeredAfter } from "@trellis/domain/intake/risk-follow-up";
import type { Chart } from "../api/clients.ts";

/** The chart as the drafting engine and the findings look at it. Sections nobody has begun are empty ones. */
export function recordOfChart(chart: Chart): ClientRecord {
  const begun = Object.fromEntries(intakeSectionKeys.flatMap((key) => (chart.intake[key] ? [[key, chart.intake[key].content]] : [])));
  return {
    client: chart.client,
    intake: Intake.parse(begun),
    diagnoses: chart.diagnoses.map(({ version: _, ...diagnosis }) => diagnosis),
    administrations: chart.administrations.map(
      ({ version: _version, enteredAt: _at, enteredBy: _by, score: _score, ...administration }) => administration,
    ),
    answeredAfterRisk: answeredAfter(chart.intake.risk?.savedAt, chart.administrations),
  };
}
