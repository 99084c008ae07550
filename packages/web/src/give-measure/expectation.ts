import type { Expectation } from "@trellis/domain/measures/expected-course";
import type { Chart } from "../api/clients.ts";

/** What a client's course on a measure is held against: the practice's own table, where it has one, and the sessions that took place. */
export function expectationFor(chart: Pick<Chart, "measures" | "sessions">, measureId: string): Expectation {
  return { expectedCourse: chart.measures.settings[measureId]?.expectedCourse ?? null, sessions: chart.sessions };
}
