import type { CourseRecord } from "@trellis/domain/progress/progress";
import { type ChartRows, clientRecord } from "../chart/read-chart.ts";

/** What of a chart its courses are read by, for documents. The time of each entry tells which of two on one day came last. */
export function courseRecord(chart: ChartRows, timeZone: string): CourseRecord {
  return {
    administrations: clientRecord(chart).administrations.map((administration, index) => ({
      ...administration,
      enteredAt: chart.administrations[index]?.enteredAt ?? "",
    })),
    sessions: chart.sessions,
    events: chart.events,
    plans: chart.plans,
    settings: chart.measures.settings,
    timeZone,
  };
}
