import { useNavigate } from "@tanstack/react-router";
import type { Administration } from "@trellis/domain/measures/administration";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { useState } from "react";
import { alertsChanged } from "../api/alerts.ts";
import { type ChartAdministration, changeChart, chartQuery, correctAdministration } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";

/**
 * Puts a corrected entry in place of the one that is shown, and leads back to the measure's history. What was there first stays in the entry's own
 * history. What went wrong is given back and nothing that was typed is lost.
 */
export function useCorrection(clientId: string, measure: Measure, correcting: ChartAdministration | undefined) {
  const navigate = useNavigate();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  async function correct(given: Pick<Administration, "answers" | "entered" | "date" | "answeredBy">): Promise<void> {
    if (correcting === undefined) return;
    const { version, enteredAt: _at, enteredBy: _by, score: _score, entered: _entered, ...before } = correcting;
    const administration: Administration = { ...before, measureVersion: measure.version, ...given };
    setBusy(true);
    setError(undefined);
    try {
      const saved = await correctAdministration(clientId, version, administration, reason.trim());
      changeChart(clientId, (chart) => ({
        ...chart,
        administrations: chart.administrations.map((other) =>
          other.id === administration.id
            ? {
                ...administration,
                version: saved.version,
                enteredAt: other.enteredAt,
                enteredBy: other.enteredBy,
                score: scoreAdministration(measure, administration),
              }
            : other,
        ),
      }));
      void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey, refetchType: "none" });
      void alertsChanged();
      setDone(true);
      await navigate({ to: "/clients/$clientId/measures/$measureId", params: { clientId, measureId: measure.id } });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return { reason, setReason, error, busy, done, correct };
}
