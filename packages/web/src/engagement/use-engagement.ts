import { type Engagement, engagementOf } from "@trellis/domain/engagement/engagement";
import type { Measure } from "@trellis/domain/measures/measure";
import { useMemo } from "react";
import type { Chart } from "../api/clients.ts";
import { useSignedIn } from "../api/session.ts";
import type { Treatment } from "../api/treatment.ts";
import { missedMeasures } from "../client/next-steps.ts";
import { today } from "../session/today.ts";

/** How the client takes part, from the chart and the course of the treatment. */
export function useEngagement(chart: Chart, treatment: Treatment, measures: readonly Measure[]): Engagement {
  const { timeZone } = useSignedIn().practice;
  const day = today(timeZone);
  return useMemo(
    () =>
      engagementOf(
        {
          sessions: chart.sessions,
          homework: treatment.homework.map(({ content }) => content),
          administrations: chart.administrations,
          missedMeasures: missedMeasures(chart, measures, day, timeZone),
        },
        day,
      ),
    [chart, treatment, measures, day, timeZone],
  );
}
