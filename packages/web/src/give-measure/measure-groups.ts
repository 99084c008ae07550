import { canBeAnswered, type Measure } from "@trellis/domain/measures/measure";
import { areaWords } from "./area-words.ts";

export interface MeasureGroup {
  readonly title: string;
  readonly measures: readonly Measure[];
}

/** The group of what cannot be answered here: a long one, and for few. */
export const elsewhere = "Scores from elsewhere";

/** As they are looked for: the problems, then life as a whole. */
const areaOrder: readonly Measure["area"][] = [
  "depression",
  "anxiety",
  "trauma",
  "obsessions",
  "mood-elevation",
  "emotion",
  "risk",
  "alcohol",
  "substances",
  "body",
  "sleep",
  "attention",
  "children",
  "distress",
  "well-being",
  "functioning",
  "resilience",
  "alliance",
  "individual",
];

/**
 * The measures as they are looked for: those that this client has answered first, then those made here, the others by what they tell of, then those made for people of another
 * age, and last those whose wording is not here, of which only answers or scores from elsewhere can be entered. Within a group, what can show change
 * stands before what only screens.
 */
export function measureGroups(measures: readonly Measure[], given: ReadonlySet<string>, age: number): MeasureGroup[] {
  const fits = ({ ages }: Measure) => age >= ages.from && (ages.to === undefined || age <= ages.to);
  const others = measures.filter(({ id }) => !given.has(id));
  const own = others.filter(({ license }) => license.class === "own");
  const answerable = others.filter((measure) => canBeAnswered(measure) && measure.license.class !== "own");
  const groups = [
    { title: "In use with this client", measures: measures.filter(({ id }) => given.has(id)) },
    { title: "Made here", measures: own.filter(fits) },
    ...areaOrder.map((area) => ({
      title: areaWords[area],
      measures: answerable.filter((measure) => measure.area === area && fits(measure)),
    })),
    { title: "For another age", measures: [...answerable, ...own].filter((measure) => !fits(measure)) },
    { title: elsewhere, measures: others.filter((measure) => !canBeAnswered(measure)) },
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
