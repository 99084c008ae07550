import { formatDate } from "../calendar/date.ts";
import { type EndingSummary, goalEndWords, type SummarySection, sectionsOf, sectionTitles } from "../ending/summary.ts";
import { drawCourse } from "../progress/draw-course.ts";
import type { Picture } from "../progress/picture.ts";
import type { MeasureProgress, Span } from "../progress/progress.ts";

/** A discharge or transfer summary, as the page setter gets it: every word and every place in a picture decided here. */
export interface DischargeDocument {
  readonly kind: "discharge";
  readonly title: string;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly client: string;
  readonly born: string;
  readonly recordNumber: string;
  readonly date: string;
  /** One word across each page of a draft; empty once it is signed. */
  readonly mark: string;
  /** At the foot of each page. */
  readonly foot: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What comes before the scores. */
  readonly before: readonly Part[];
  readonly outcomes: readonly { readonly text: string; readonly picture: Picture | null }[];
  readonly goals: readonly {
    readonly number: string;
    readonly text: string;
    readonly status: string;
    readonly words: string;
    readonly objectives: readonly { readonly number: string; readonly text: string; readonly status: string; readonly words: string }[];
  }[];
  readonly after: readonly Part[];
  readonly signature: { readonly name: string; readonly credentials: string; readonly at: string } | null;
  readonly hash: string | null;
}

interface Part {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export interface SignedSummary {
  readonly name: string;
  readonly credentials: string;
  /** Day and time with zone, ready to print. */
  readonly at: string;
  /** SHA-256 of the content that was signed. */
  readonly hash: string;
}

/** Half a page wide and not high: four of them with what is said of them fill a page and a half. */
const paper = { width: 660, height: 230, text: 12.5, audience: "clinician" } as const;

/** The pictures of a summary, each on the same days. */
export function summaryPictures(drawn: readonly MeasureProgress[], span: Span): EndingSummary["pictures"] {
  return drawn.map((course) => ({ measure: course.measure.id, picture: drawCourse(course, { ...paper, span }) }));
}

const paragraphsOf = (text: string) => text.split("\n").filter((paragraph) => paragraph.trim() !== "");
const beforeScores: ReadonlySet<SummarySection> = new Set(["reason", "diagnosesAtStart", "diagnosesAtEnd", "course", "ending", "outcome"]);

/** Composes the document of a summary. Pure: the same summary gives the same document. */
export function dischargeDocument(
  summary: EndingSummary,
  pictures: EndingSummary["pictures"],
  signed: SignedSummary | null,
): DischargeDocument {
  const { kind, subject, author, sections } = summary;
  const title = kind === "discharge" ? "Discharge summary" : "Transfer summary";
  const drawn = new Map(pictures.map(({ measure, picture }) => [measure, picture]));
  const parts = (keys: readonly SummarySection[]): Part[] =>
    keys
      .map((key) => ({ title: sectionTitles[key], paragraphs: paragraphsOf(sections[key] ?? "") }))
      .filter(({ paragraphs }) => paragraphs.length > 0);
  const keys = sectionsOf[kind];
  return {
    kind: "discharge",
    title,
    practice: author.practiceName,
    practiceAddress: author.practiceAddress,
    client: subject.name,
    born: formatDate(subject.birthDate),
    recordNumber: subject.recordNumber,
    date: formatDate(summary.date),
    mark: signed === null ? "DRAFT" : "",
    foot: signed === null ? "Draft, not signed" : `SHA-256 ${signed.hash.slice(0, 16)}…`,
    facts: (
      [
        [
          "Treatment",
          `${formatDate(summary.from)} to ${formatDate(summary.to)}${summary.episode > 1 ? `, episode ${summary.episode}` : ""}`,
        ],
        ["Clinician", [author.clinicianName, author.credentials].filter((part) => part !== "").join(", ")],
        ["Plan", summary.plan === null ? "" : summary.plan.revision === 1 ? "First plan" : `Revision ${summary.plan.revision}`],
        ["Guardian", subject.guardianName],
        ["For", summary.recipient],
      ] as const
    ).filter(([, value]) => value.trim() !== ""),
    before: parts(keys.filter((key) => beforeScores.has(key))),
    outcomes: summary.outcomes
      .filter(({ text, drawn: shown }) => shown || text.trim() !== "")
      .map(({ text, measure, drawn: shown }) => ({ text, picture: shown ? (drawn.get(measure) ?? null) : null })),
    goals: summary.goals.map((goal) => ({
      number: goal.number,
      text: goal.text,
      status: goalEndWords[goal.status],
      words: goal.words,
      objectives: goal.objectives.map((objective) => ({
        number: objective.number,
        text: objective.text,
        status: goalEndWords[objective.status],
        words: objective.words,
      })),
    })),
    after: parts(keys.filter((key) => !beforeScores.has(key))),
    signature: signed === null ? null : { name: signed.name, credentials: signed.credentials, at: signed.at },
    hash: signed?.hash ?? null,
  };
}
