import { formatDate, type IsoDate } from "../calendar/date.ts";
import { approaches, inApproaches } from "../library/approach.ts";
import { type ChapterBundle, sourcesOf } from "../library/catalogue.ts";
import type { LibraryObjective } from "../library/chapter.ts";
import { citation } from "../library/citation.ts";
import { clientStateNames } from "../library/client-state.ts";
import { populationNames } from "../library/contents.ts";
import { evidenceLevel, evidenceLevelWords } from "../library/evidence-level.ts";
import { metricWords, objectivePattern } from "../library/objective-pattern.ts";
import { withCutoff } from "../library/template.ts";
import type { Measure } from "../measures/measure.ts";

/** A chapter of the library on paper, as the page setter gets it: every word decided here. */
export interface ChapterDocument {
  readonly title: string;
  readonly population: string;
  readonly summary: string;
  readonly practice: string;
  readonly date: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly ChapterSection[];
  readonly sources: readonly string[];
}

export interface ChapterSection {
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly { readonly title: string; readonly items: readonly ChapterLine[] }[];
}

export interface ChapterLine {
  readonly text: string;
  /** Small print below: technique, level of evidence, how it is measured, cautions. */
  readonly notes: readonly string[];
  /** Numbers in the list of sources. */
  readonly sources: readonly number[];
}

/** For whom the chapter is printed: a clinician gets the whole of it, a client what is said to clients. */
export type ChapterReader = "clinician" | "client";

interface Input {
  readonly bundle: ChapterBundle;
  readonly measureById: ReadonlyMap<string, Measure>;
  readonly chapterTitles: ReadonlyMap<string, string>;
  readonly practice: string;
  readonly today: IsoDate;
  readonly reader: ChapterReader;
}

/** Composes a chapter to be printed. Pure. */
export function chapterDocument({ bundle, measureById, chapterTitles, practice, today, reader }: Input): ChapterDocument {
  const { chapter } = bundle;
  const forClient = reader === "client";
  const sources = new Map(bundle.evidence.map((source) => [source.id, source]));
  const numbers = new Map((forClient ? [] : sourcesOf(chapter)).filter((id) => sources.has(id)).map((id, i) => [id, i + 1]));
  const cited = (evidence: readonly string[]): number[] => evidence.flatMap((id) => numbers.get(id) ?? []);
  const level = (evidence: readonly string[]): string =>
    evidenceLevelWords[evidenceLevel(evidence.flatMap((id) => sources.get(id) ?? []))].name;
  const measureName = (id: string): string => measureById.get(id)?.name ?? id;
  const line = (text: string, notes: readonly string[] = [], evidence: readonly string[] = []): ChapterLine => ({
    text,
    notes: forClient ? [] : notes.filter((note) => note !== ""),
    sources: cited(evidence),
  });
  const said = (item: { readonly text: string; readonly plain: string }): string =>
    forClient && item.plain !== "" ? item.plain : item.text;
  const primary = measureById.get(chapter.measures[0]?.id ?? "");
  const objectiveWords = (objective: LibraryObjective): string =>
    objectivePattern(said(objective), objective, measureById)
      .map(({ text, blank }) => (blank ? `[${text}]` : text))
      .join("");
  const one = (title: string, items: readonly ChapterLine[], lead = ""): ChapterSection[] =>
    items.length === 0 ? [] : [{ title, lead, groups: [{ title: "", items }] }];

  const aboutIt: ChapterSection[] = [
    ...one(
      forClient ? "How it can show" : "How it shows",
      chapter.definitions.map((item) => line(said(item))),
    ),
    ...one(
      "Goals",
      chapter.goals.map((goal) => line(said(goal), [goal.safety ? "Comes first wherever there is danger" : ""])),
    ),
    ...one(
      forClient ? "Steps you can see and count" : "Objectives",
      chapter.objectives.map((objective) =>
        line(objectiveWords(objective), [
          metricWords(objective.metric, objective.metric.kind === "measure" ? measureById.get(objective.metric.measure) : undefined),
        ]),
      ),
      forClient
        ? "In your plan, your own numbers and words take the place of those in brackets."
        : "What stands in brackets is filled from the client's own record.",
    ),
    {
      title: forClient ? "Ways to work on it" : "Interventions",
      lead: "",
      groups: inApproaches(chapter.interventions).map(([approach, interventions]) => ({
        title: forClient ? approaches[approach].plain : approaches[approach].name,
        items: interventions.map((item) =>
          line(
            said(item),
            [
              `${item.technique.charAt(0).toUpperCase()}${item.technique.slice(1)}${item.format === "individual" ? "" : ` · ${item.format}`} · ${level(item.evidence)}`,
              ...item.cautions.map(
                ({ when, action, because }) =>
                  `${action === "hold" ? "Held back" : "Adapted"} because of ${clientStateNames[when]}: ${because}`,
              ),
            ],
            item.evidence,
          ),
        ),
      })),
    },
    ...one(
      "What to expect",
      chapter.expectedOutcomes.map((item) => line(withCutoff(said(item), primary), [], item.evidence)),
    ),
    ...one(
      forClient ? "When therapy can end" : "Criteria for ending therapy",
      chapter.dischargeCriteria.map((item) => line(withCutoff(said(item), primary))),
    ),
  ];
  const forClinicians: ChapterSection[] = forClient
    ? []
    : [
        ...one(
          "Risks and referral",
          chapter.risks.map(({ sign, act, evidence }) => line(sign, [act], evidence)),
        ),
        ...one(
          "What is not done",
          chapter.contraindications.map(({ what, because, instead, evidence }) => line(what, [because, `Instead: ${instead}`], evidence)),
        ),
        ...one(
          "What keeps clients away, and what helps",
          chapter.barriers.map(({ barrier, response, evidence }) => line(barrier, response, evidence)),
        ),
        ...one(
          "Together with another problem",
          chapter.cooccurring.flatMap(({ chapter: other, advice, evidence }) => {
            const title = chapterTitles.get(other);
            return title === undefined ? [] : [line(`${title}. ${advice}`, [], evidence)];
          }),
        ),
        ...one(
          "Who else takes part",
          chapter.involvement.map(({ how }) => line(how)),
        ),
        ...one(
          "A session",
          chapter.sessionStructure.map(({ part, minutes, what }) => line(`${part} (${minutes} minutes). ${what}`)),
        ),
        ...one(
          "Homework",
          bundle.homework.map(({ title, why }) => line(`${title}. ${why}`)),
        ),
      ];
  return {
    title: chapter.title,
    population: populationNames[chapter.population],
    summary: forClient ? "" : chapter.summary,
    practice,
    date: formatDate(today),
    facts: forClient
      ? []
      : [
          [
            "Codes",
            [chapter.diagnoses.join(", "), chapter.relatedCodes.length === 0 ? "" : `also ${chapter.relatedCodes.join(", ")}`]
              .filter(Boolean)
              .join("; "),
          ],
          [
            "Measures",
            chapter.measures
              .map(
                ({ id, everyWeeks, everySession }) =>
                  `${measureName(id)} ${everySession ? "at every session" : `every ${everyWeeks} weeks`}`,
              )
              .join("; "),
          ],
          ...(chapter.furtherMeasures.length === 0
            ? []
            : [["Where the practice has them", chapter.furtherMeasures.map(({ id }) => measureName(id)).join(", ")] as const]),
          ...chapter.courses.map(
            ({ severity, sessions, perWeek, minutes, weeks }) =>
              [
                `Course, ${severity}`,
                `${sessions[0]} to ${sessions[1]} sessions of ${minutes} minutes, ${perWeek >= 1 ? `${perWeek} a week` : `one every ${Math.round(1 / perWeek)} weeks`}, over ${weeks} weeks`,
              ] as const,
          ),
        ],
    sections: [...aboutIt, ...forClinicians],
    sources: [...numbers.keys()].flatMap((id) => {
      const source = sources.get(id);
      return source === undefined ? [] : [`${citation(source)} ${source.finding}`];
    }),
  };
}
