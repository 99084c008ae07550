import type { Measure } from "@trellis/domain/measures/measure";

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly Measure[];
}

const areaNames: readonly (readonly [Measure["area"], string])[] = [
  ["depression", "Depression"],
  ["anxiety", "Anxiety"],
  ["trauma", "Trauma"],
  ["alcohol", "Alcohol"],
  ["body", "Body"],
];

/**
 * The measures as they are looked for: those that this client has answered first, the others by what they tell of, and last those made for people of
 * another age. Within a group, what can show change stands before what only screens.
 */
export function measureGroups(measures: readonly Measure[], given: ReadonlySet<string>, age: number): MeasureGroup[] {
  const fits = ({ ages }: Measure) => age >= ages.from && (ages.to === undefined || age <= ages.to);
  const others = measures.filter(({ id }) => !given.has(id));
  const groups = [
    { title: "In use with this client", measures: measures.filter(({ id }) => given.has(id)) },
    ...areaNames.map(([area, title]) => ({ title, measures: others.filter((measure) => measure.area === area && fits(measure)) })),
    { title: "For another age", measures: others.filter((measure) => !fits(measure)) },
  ];
  return groups
    .filter(({ measures: some }) => some.length > 0)
    .map(({ title, measures: some }) => ({
      title,
      measures: some.toSorted((a, b) => rank(a) - rank(b) || b.items.length - a.items.length || a.name.localeCompare(b.name)),
    }));
}

/** Whether a change on it can be called one. */
const rank = (measure: Measure) => (measure.reliableChange === undefined ? 1 : 0);
