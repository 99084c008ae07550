import { useQuery } from "@tanstack/react-query";
import type { Measure } from "@trellis/domain/measures/measure";
import { type MeasureProgress, progressOf } from "@trellis/domain/progress/progress";
import { useMemo } from "react";
import type { Chart } from "../api/clients.ts";
import { planQuery } from "../api/plans.ts";
import { useSignedIn } from "../api/session.ts";
import { planToOpen } from "../client/next-steps.ts";

/** A client's courses with the targets of the plan; `undefined` while the plan is fetched. A plan that cannot be had costs the targets, not the page. */
export function useProgress(chart: Chart, measures: readonly Measure[]): readonly MeasureProgress[] | undefined {
  const open = planToOpen(chart.plans);
  const { data, isLoading } = useQuery({ ...planQuery(open?.id ?? ""), enabled: open !== null, staleTime: 60_000 });
  const plan = data?.plan ?? null;
  const { timeZone } = useSignedIn().practice;
  return useMemo(
    () => (isLoading ? undefined : progressOf(measures, { ...chart, settings: chart.measures.settings, timeZone }, plan)),
    [chart, measures, plan, isLoading, timeZone],
  );
}
