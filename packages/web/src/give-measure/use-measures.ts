import { useQuery } from "@tanstack/react-query";
import type { Measure } from "@trellis/domain/measures/measure";
import { practiceMeasures } from "@trellis/domain/measures/measure-setting";
import { useMemo } from "react";
import type { Chart } from "../api/clients.ts";
import { measuresQuery } from "../api/reference.ts";

export interface Measures {
  /** `undefined` while they are fetched. */
  readonly data: readonly Measure[] | undefined;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The measures as this client's practice uses them: the library's with what the practice adds, and its own. */
export function useMeasures(chart: Pick<Chart, "measures">): Measures {
  const shipped = useQuery(measuresQuery);
  const { own, settings } = chart.measures;
  const data = useMemo(
    () => (shipped.data === undefined ? undefined : measuresOf(shipped.data, { own, settings })),
    [shipped.data, own, settings],
  );
  return { data, error: shipped.error, refetch: () => void shipped.refetch() };
}

/** The library's measures with what a chart's practice adds. */
export function measuresOf(shipped: readonly Measure[], { own, settings }: Chart["measures"]): readonly Measure[] {
  return practiceMeasures(
    shipped,
    settings,
    own.map(({ measure }) => measure),
  );
}
