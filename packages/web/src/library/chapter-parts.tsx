import { Badge, Group, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { oftenWords } from "@trellis/domain/document/homework-sheet";
import { type ApproachId, approaches, inApproaches } from "@trellis/domain/library/approach";
import type { CatalogueChapter, ChapterBundle } from "@trellis/domain/library/catalogue";
import type { LibraryIntervention, LibraryObjective } from "@trellis/domain/library/chapter";
import { clientStateNames } from "@trellis/domain/library/client-state";
import type { Evidence } from "@trellis/domain/library/evidence";
import { evidenceLevel } from "@trellis/domain/library/evidence-level";
import { metricWords, objectivePattern } from "@trellis/domain/library/objective-pattern";
import { withCutoff } from "@trellis/domain/library/template";
import type { Measure } from "@trellis/domain/measures/measure";
import { type ReactNode, useState } from "react";
import { WideTable } from "../shell/wide-table.tsx";
import { LevelBadge } from "./level-badge.tsx";
import classes from "./library.module.css";
import { SourceList } from "./source-list.tsx";
import { Star } from "./star.tsx";
import type { Favorites } from "./use-favorites.ts";
import { whoTakesPart } from "./who-takes-part.ts";

/** A chapter and what is needed to show it. */
export interface ChapterOnScreen {
  readonly bundle: ChapterBundle;
  readonly sources: ReadonlyMap<string, Evidence>;
  readonly measureById: ReadonlyMap<string, Measure>;
  readonly chapters: ReadonlyMap<string, CatalogueChapter>;
  /** Whose words: those of the record, or those that the client reads. */
  readonly words: "record" | "client";
  readonly favorites: Favorites;
}

interface Section {
  readonly id: string;
  readonly title: string;
  /** How many things are in it; 0 where that says nothing. */
  readonly count: number;
  readonly content: (shown: ChapterOnScreen) => ReactNode;
}

/** The sections that this chapter has, in the order in which they are read. */
export function chapterSections({ bundle: { chapter, homework } }: Pick<ChapterOnScreen, "bundle">): readonly Section[] {
  const sections: Section[] = [
    { id: "glance", title: "At a glance", count: 0, content: (shown) => <Glance shown={shown} /> },
    { id: "shows", title: "How it shows", count: chapter.definitions.length, content: (shown) => <Definitions shown={shown} /> },
    { id: "goals", title: "Goals", count: chapter.goals.length, content: (shown) => <Goals shown={shown} /> },
    { id: "objectives", title: "Objectives", count: chapter.objectives.length, content: (shown) => <Objectives shown={shown} /> },
    {
      id: "interventions",
      title: "Interventions",
      count: chapter.interventions.length,
      content: (shown) => <Interventions shown={shown} />,
    },
    { id: "risks", title: "Risks and referral", count: chapter.risks.length, content: (shown) => <Risks shown={shown} /> },
    {
      id: "not-done",
      title: "What is not done",
      count: chapter.contraindications.length,
      content: (shown) => <NotDone shown={shown} />,
    },
    { id: "barriers", title: "What keeps clients away", count: chapter.barriers.length, content: (shown) => <Barriers shown={shown} /> },
    { id: "outcomes", title: "What to expect", count: chapter.expectedOutcomes.length, content: (shown) => <Outcomes shown={shown} /> },
    {
      id: "ending",
      title: "Criteria for ending therapy",
      count: chapter.dischargeCriteria.length,
      content: (shown) => <Ending shown={shown} />,
    },
    {
      id: "together",
      title: "Together with another problem",
      count: chapter.cooccurring.length,
      content: (shown) => <Together shown={shown} />,
    },
    { id: "people", title: "Who else takes part", count: chapter.involvement.length, content: (shown) => <People shown={shown} /> },
    { id: "session", title: "A session", count: chapter.sessionStructure.length, content: (shown) => <SessionParts shown={shown} /> },
    { id: "homework", title: "Homework", count: homework.length, content: (shown) => <Sheets shown={shown} /> },
  ];
  return sections.filter(({ id, count }) => id === "glance" || count > 0);
}

export function ChapterParts({ shown }: { readonly shown: ChapterOnScreen }) {
  return chapterSections(shown).map(({ id, title, content }) => (
    <section key={id} id={id} className={classes.part} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <h2 id={`${id}-title`}>{title}</h2>
      {content(shown)}
    </section>
  ));
}

interface Shown {
  readonly shown: ChapterOnScreen;
}

/** A statement in the words that are shown. */
export const wording = ({ words }: ChapterOnScreen, { text, plain }: { readonly text: string; readonly plain: string }): string =>
  words === "client" && plain !== "" ? plain : text;

function Item({ shown, id, text, children }: Shown & { readonly id: string; readonly text: ReactNode; readonly children?: ReactNode }) {
  const name = typeof text === "string" ? text : "this statement";
  return (
    <li id={id} className={classes.item} tabIndex={-1}>
      <div className={classes.itemHead}>
        <p className={classes.text}>{text}</p>
        <Star id={id} of={name} favorites={shown.favorites} />
      </div>
      {children}
    </li>
  );
}

/** The first names are those of the field; the others are there to be searched by. */
const namesShown = 12;

function Glance({ shown: { bundle, measureById } }: Shown) {
  const { chapter } = bundle;
  const name = (id: string): string => measureById.get(id)?.name ?? id;
  return (
    <>
      <dl className={classes.glance}>
        <dt>Also called</dt>
        <dd>{chapter.synonyms.slice(0, namesShown).join(", ")}</dd>
        <dt>Codes</dt>
        <dd>
          {chapter.diagnoses.join(", ")}
          {chapter.relatedCodes.length > 0 && <span className={classes.quiet}>; used with it too: {chapter.relatedCodes.join(", ")}</span>}
        </dd>
        <dt>Measures</dt>
        <dd>
          <ul className={classes.plainList}>
            {chapter.measures.map(({ id, everyWeeks, everySession, because }) => (
              <li key={id}>
                <strong>{name(id)}</strong>{" "}
                {everySession ? "at every session" : everyWeeks === 1 ? "every week" : `every ${everyWeeks} weeks`}.{" "}
                <span className={classes.quiet}>{because}</span>
              </li>
            ))}
            {chapter.furtherMeasures.map(({ id, because }) => (
              <li key={id}>
                <strong>{name(id)}</strong>, where the practice has it. <span className={classes.quiet}>{because}</span>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {chapter.courses.length > 0 && (
        <WideTable label="How much treatment is usual" head={["When it is", "Score", "Sessions", "How often", "Why"]}>
          {chapter.courses.map(({ severity, score, sessions, perWeek, minutes, weeks, because }) => (
            <Table.Tr key={severity}>
              <Table.Th scope="row">{severity}</Table.Th>
              <Table.Td>{score === undefined ? "" : `${score[0]} to ${score[1]}`}</Table.Td>
              <Table.Td>
                {sessions[0]} to {sessions[1]}, {minutes} minutes
              </Table.Td>
              <Table.Td>
                {perWeek >= 1 ? `${perWeek} a week` : `every ${Math.round(1 / perWeek)} weeks`}, {weeks} weeks
              </Table.Td>
              <Table.Td>{because}</Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </>
  );
}

function Definitions({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.definitions.map((item) => (
        <Item key={item.id} shown={shown} id={item.id} text={wording(shown, item)}>
          <p className={classes.facts}>Ask: {item.ask}</p>
        </Item>
      ))}
    </ul>
  );
}

function Goals({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.goals.map((goal) => (
        <Item key={goal.id} shown={shown} id={goal.id} text={wording(shown, goal)}>
          <p className={classes.facts}>
            {goal.safety && <Badge color="clay">Comes first in danger</Badge>}{" "}
            {goal.sharedBy !== undefined && <Badge color="stone">Shared by the {goal.sharedBy}</Badge>} Ask: {goal.ask}
          </p>
        </Item>
      ))}
    </ul>
  );
}

function Pattern({ shown, objective }: Shown & { readonly objective: LibraryObjective }) {
  return objectivePattern(wording(shown, objective), objective, shown.measureById).map(({ text, blank }, i) =>
    blank ? (
      <span key={i} className={classes.blank}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}

function Objectives({ shown }: Shown) {
  const { objectives, goals } = shown.bundle.chapter;
  const goalWords = new Map(goals.map((goal) => [goal.id, wording(shown, goal)]));
  return (
    <>
      <p className={classes.quiet}>What is marked stands for the client’s own numbers, words and dates.</p>
      <ul className={classes.items}>
        {objectives.map((objective) => (
          <Item key={objective.id} shown={shown} id={objective.id} text={<Pattern shown={shown} objective={objective} />}>
            <p className={classes.facts}>
              {metricWords(
                objective.metric,
                objective.metric.kind === "measure" ? shown.measureById.get(objective.metric.measure) : undefined,
              )}{" "}
              · {objective.stage} in the course
            </p>
            <details className={classes.more}>
              <summary>Serves {objective.goals.length === 1 ? "one goal" : `${objective.goals.length} goals`}</summary>
              <ul>
                {objective.goals.map((id) => (
                  <li key={id}>{goalWords.get(id)}</li>
                ))}
              </ul>
            </details>
          </Item>
        ))}
      </ul>
    </>
  );
}

/** Everything about one intervention below its sentence. */
export function InterventionFacts({ shown, item }: Shown & { readonly item: LibraryIntervention }) {
  const sources = item.evidence.flatMap((id) => shown.sources.get(id) ?? []);
  return (
    <>
      <Group gap="xs" className={classes.facts ?? ""}>
        <LevelBadge level={evidenceLevel(sources)} />
        <span>{item.technique}</span>
        {item.format !== "individual" && <span>· {item.format}</span>}
        <span>· {item.stage === "throughout" ? "throughout" : `${item.stage} in the course`}</span>
      </Group>
      {item.cautions.length > 0 && (
        <details className={classes.more}>
          <summary>{item.cautions.length === 1 ? "One caution" : `${item.cautions.length} cautions`}</summary>
          <ul>
            {item.cautions.map(({ when, action, because }) => (
              <li key={when}>
                <strong>
                  {action === "hold" ? "Held back" : "Adapted"} because of {clientStateNames[when]}.
                </strong>{" "}
                {because}
              </li>
            ))}
          </ul>
        </details>
      )}
      {item.evidence.length > 0 && <Sources shown={shown} evidence={item.evidence} />}
    </>
  );
}

function Interventions({ shown }: Shown) {
  const { chapter } = shown.bundle;
  const [only, setOnly] = useState<ApproachId | null>(null);
  const inChapter = inApproaches(chapter.interventions);
  return (
    <>
      <Group gap="xs" mb="md" role="group" aria-label="Show one approach">
        {inChapter.map(([approach, items]) => (
          <button
            key={approach}
            type="button"
            className={classes.chip}
            aria-pressed={only === approach}
            onClick={() => setOnly(only === approach ? null : approach)}
          >
            {approaches[approach].name} <span className={classes.count}>{items.length}</span>
          </button>
        ))}
      </Group>
      {inChapter
        .filter(([approach]) => only === null || approach === only)
        .map(([approach, items]) => (
          <div key={approach} className={classes.approach}>
            <h3>{approaches[approach].name}</h3>
            <p className={classes.quiet}>{approaches[approach].plain}</p>
            <ul className={classes.items}>
              {items.map((item) => (
                <Item key={item.id} shown={shown} id={item.id} text={wording(shown, item)}>
                  <InterventionFacts shown={shown} item={item} />
                </Item>
              ))}
            </ul>
          </div>
        ))}
    </>
  );
}

function Sources({ shown, evidence }: Shown & { readonly evidence: readonly string[] }) {
  return <SourceList library={{ evidenceById: shown.sources }} evidence={evidence} />;
}

function Cited({ shown, evidence }: Shown & { readonly evidence: readonly string[] }) {
  return evidence.length === 0 ? null : <Sources shown={shown} evidence={evidence} />;
}

function Risks({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.risks.map(({ sign, act, evidence }) => (
        <li key={sign} className={classes.item} data-tone="danger">
          <p className={classes.lead}>{sign}</p>
          <p className={classes.text}>{act}</p>
          <Cited shown={shown} evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}

function NotDone({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.contraindications.map(({ what, because, instead, evidence }) => (
        <li key={what} className={classes.item}>
          <p className={classes.lead}>{what}</p>
          <p className={classes.text}>{because}</p>
          <p className={classes.text}>
            <strong>Instead:</strong> {instead}
          </p>
          <Cited shown={shown} evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}

function Barriers({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.barriers.map(({ barrier, response, evidence }) => (
        <li key={barrier} className={classes.item}>
          <p className={classes.lead}>{barrier}</p>
          {response.map((text) => (
            <p key={text} className={classes.text}>
              {text}
            </p>
          ))}
          <Cited shown={shown} evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}

const primaryOf = ({ bundle, measureById }: ChapterOnScreen): Measure | undefined => measureById.get(bundle.chapter.measures[0]?.id ?? "");

function Outcomes({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.expectedOutcomes.map((item) => (
        <Item key={item.id} shown={shown} id={item.id} text={withCutoff(wording(shown, item), primaryOf(shown))}>
          <Cited shown={shown} evidence={item.evidence} />
        </Item>
      ))}
    </ul>
  );
}

function Ending({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.dischargeCriteria.map((item) => (
        <Item key={item.id} shown={shown} id={item.id} text={withCutoff(wording(shown, item), primaryOf(shown))} />
      ))}
    </ul>
  );
}

const sequences = { before: "This one first", together: "Both together", after: "The other one first" } as const;

function Together({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.cooccurring.map(({ chapter, advice, sequence, evidence }) => {
        const other = shown.chapters.get(chapter);
        return other === undefined ? null : (
          <li key={chapter} className={classes.item}>
            <p className={classes.lead}>
              <Link to="/library/chapters/$chapterId" params={{ chapterId: chapter }}>
                {other.title}
              </Link>{" "}
              <Badge color="stone">{sequences[sequence]}</Badge>
            </p>
            <p className={classes.text}>{advice}</p>
            <Cited shown={shown} evidence={evidence} />
          </li>
        );
      })}
    </ul>
  );
}

function People({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.chapter.involvement.map(({ who, how }) => (
        <li key={`${who} ${how}`} className={classes.item}>
          <p className={classes.lead}>{whoTakesPart[who]}</p>
          <p className={classes.text}>{how}</p>
        </li>
      ))}
    </ul>
  );
}

function SessionParts({ shown }: Shown) {
  return (
    <ol className={classes.items}>
      {shown.bundle.chapter.sessionStructure.map(({ part, minutes, what }) => (
        <li key={part} className={classes.item}>
          <p className={classes.lead}>
            {part} <span className={classes.quiet}>{minutes} minutes</span>
          </p>
          <p className={classes.text}>{what}</p>
        </li>
      ))}
    </ol>
  );
}

function Sheets({ shown }: Shown) {
  return (
    <ul className={classes.items}>
      {shown.bundle.homework.map((sheet) => (
        <li key={sheet.id} className={classes.item}>
          <p className={classes.lead}>
            <a href={`/api/library/homework/${sheet.id}/sheet.pdf`} target="_blank" rel="noreferrer">
              {sheet.title}
            </a>
          </p>
          <p className={classes.text}>{sheet.why}</p>
          <p className={classes.facts}>{oftenWords(sheet)}</p>
        </li>
      ))}
    </ul>
  );
}
