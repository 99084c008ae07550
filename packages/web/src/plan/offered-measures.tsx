import { hasTotal, isRepeated, type Measure } from "@trellis/domain/measures/measure";
import { useMemo } from "react";
import type { Chart } from "../api/clients.ts";
import { useChart } from "../client/use-chart.ts";
import { useComposer } from "./composer-context.ts";

export interface OfferedMeasures {
  readonly title: string;
  readonly measures: readonly Measure[];
}

/**
 * The measures that a plan can name, the client's own first. What the practice has retired is not offered any more, nor
 * what is asked once.
 *
 * @param followed only those with one number to follow over time.
 */
export function offeredMeasures(all: readonly Measure[], { own }: Chart["measures"], followed: boolean): readonly OfferedMeasures[] {
  const clients = new Set(own.flatMap(({ measure, forClient }) => (forClient === null ? [] : [measure.id])));
  const practices = new Set(own.flatMap(({ measure, forClient }) => (forClient === null ? [measure.id] : [])));
  const retired = new Set(own.flatMap(({ measure, retired: gone }) => (gone ? [measure.id] : [])));
  const usable = all.filter((measure) => !retired.has(measure.id) && isRepeated(measure) && (!followed || hasTotal(measure)));
  return [
    { title: "This client's own", measures: usable.filter(({ id }) => clients.has(id)) },
    { title: "Your practice's own", measures: usable.filter(({ id }) => practices.has(id)) },
    { title: "Questionnaires", measures: usable.filter(({ id }) => !clients.has(id) && !practices.has(id)) },
  ].filter(({ measures }) => measures.length > 0);
}

export function useOfferedMeasures(followed = false): readonly OfferedMeasures[] {
  const { context, clientId } = useComposer();
  const { measures: added } = useChart(clientId);
  const all = context?.library.measures;
  return useMemo(() => (all === undefined ? [] : offeredMeasures(all, added, followed)), [all, added, followed]);
}

/** A name alone does not tell what a measure of one's own asks about; an abbreviation is what clinicians look for among the others. */
export function MeasureOptions({ groups }: { readonly groups: readonly OfferedMeasures[] }) {
  return groups.map(({ title, measures }) => (
    <optgroup key={title} label={title}>
      {measures.map(({ id, name, title: full, license }) => (
        <option key={id} value={id}>
          {license.class === "own" && full !== name ? `${name} (${full})` : name}
        </option>
      ))}
    </optgroup>
  ));
}
