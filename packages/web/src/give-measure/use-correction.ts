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
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  /** `leaveInPeace` lets the page go without asking whether what was typed may be lost. */
  async function correct(
    given: Pick<Administration, "answers" | "entered" | "date" | "answeredBy">,
    leaveInPeace: () => void,
  ): Promise<void> {
    if (correcting === undefined) return;
    const { id, version, mode } = correcting;
    const administration: Administration = {
      id,
      measure: measure.id,
      measureVersion: measure.version,
      ...given,
      ...(mode !== undefined && { mode }),
      status: "completed",
    };
    setAttempt((n) => n + 1);
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
      leaveInPeace();
      await navigate({ to: "/clients/$clientId/measures/$measureId", params: { clientId, measureId: measure.id } });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return { reason, setReason, error, attempt, busy, correct };
}
