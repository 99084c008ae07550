import type { Administration } from "@trellis/domain/measures/administration";
import type { Measure } from "@trellis/domain/measures/measure";
import { scoreAdministration } from "@trellis/domain/measures/score";
import { useState } from "react";
import { alertsChanged } from "../api/alerts.ts";
import { addAdministration, changeChart, chartQuery } from "../api/clients.ts";
import { serverNow } from "../api/clock.ts";
import { queryClient } from "../api/query-client.ts";
import { newId } from "../form/new-id.ts";
import { useAutosave } from "../save-state/use-autosave.ts";
import type { Answers } from "./answers.ts";
import { withoutLeftOut } from "./answers.ts";

/**
 * Sends the answers to a measure, and tries until they have arrived: sending the same administration twice does no harm, because it
 * carries an id of its own.
 */
export function useSubmit(clientId: string, measure: Measure, enteredBy: string) {
  const [id] = useState(newId);
  const [sent, setSent] = useState<Administration | null>(null);
  const saver = useAutosave<Administration | null, void>(`administration/${id}`, null, {
    pause: 0,
    send: async (administration) => {
      if (administration === null) return;
      await addAdministration(clientId, administration);
    },
    saved: (_result, administration) => {
      if (administration === null) return;
      changeChart(clientId, (chart) =>
        chart.administrations.some((other) => other.id === administration.id)
          ? chart
          : {
              ...chart,
              administrations: [
                ...chart.administrations,
                {
                  ...administration,
                  version: 1,
                  enteredAt: serverNow().toISOString(),
                  enteredBy,
                  score: scoreAdministration(measure, administration),
                },
              ],
            },
      );
      void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey, refetchType: "none" });
      void alertsChanged();
    },
  });

  /** `more`: how it was given, and the scores where they were entered in place of answers. */
  function submit(
    answers: Answers,
    date: string,
    answeredBy: Administration["answeredBy"],
    more: Pick<Administration, "mode" | "entered"> = {},
  ): void {
    const administration: Administration = {
      id,
      measure: measure.id,
      measureVersion: measure.version,
      date,
      answers: more.entered === undefined ? [...withoutLeftOut(measure, answers)] : [],
      answeredBy,
      ...more,
      status: "completed",
    };
    setSent(administration);
    saver.change(administration);
  }

  return { submit, state: saver.state, sent, done: sent !== null && saver.state.kind === "saved" && saver.state.at !== null };
}
