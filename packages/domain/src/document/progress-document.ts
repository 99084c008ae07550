import { formatDate, type IsoDate } from "../calendar/date.ts";
import { type Client, legalName } from "../client/client.ts";
import { drawCourse } from "../progress/draw-course.ts";
import type { Picture } from "../progress/picture.ts";
import { type MeasureProgress, spanOf } from "../progress/progress.ts";
import { outOf, progressTable } from "../progress/progress-table.ts";
import { changeOf, clientSentences, gapWords, lengthWords, measureTitle } from "../progress/progress-words.ts";

export interface ProgressReport {
  readonly client: Client;
  readonly practiceName: string;
  readonly practiceAddress: string;
  /** Every course of the client; those with one score only are listed. */
  readonly courses: readonly MeasureProgress[];
  readonly today: IsoDate;
}

/** A report on progress, as the page setter gets it: every word and every place in a picture decided here. */
export interface ProgressDocument {
  readonly kind: "progress";
  readonly practice: string;
  readonly practiceAddress: string;
  readonly client: string;
  readonly born: string;
  readonly recordNumber: string;
  readonly date: string;
  readonly lead: string;
  readonly courses: readonly {
    readonly title: string;
    /** As the client reads it. */
    readonly said: string;
    readonly picture: Picture;
    /** For the record: the change, and from when on one counts; where the measure was missed. */
    readonly notes: readonly string[];
    readonly rows: readonly (readonly [date: string, score: string, range: string, change: string, also: string])[];
    readonly credit: string;
  }[];
  readonly once: readonly (readonly [measure: string, score: string, range: string, date: string])[];
}

/** Wide enough that letters have the size of the text when it is set as wide as the page. */
const paper = { width: 660, height: 300, text: 12.5, audience: "clinician" } as const;

/** Composes the report on a client's progress. Pure: the same scores give the same document. */
export function progressDocument({ client, practiceName, practiceAddress, courses, today }: ProgressReport): ProgressDocument {
  const drawn = courses.filter(({ scores }) => scores.length > 1);
  const span = spanOf(drawn) ?? { from: today, to: today };
  const count = drawn.length === 1 ? "one measure" : `${drawn.length} measures`;
  return {
    kind: "progress",
    practice: practiceName,
    practiceAddress,
    client: legalName(client),
    born: formatDate(client.birthDate),
    recordNumber: client.recordNumber,
    date: formatDate(today),
    lead:
      drawn.length === 0
        ? "No measure has been given twice yet. As soon as one has, its course is drawn here."
        : `How the scores of ${count} have gone from ${formatDate(span.from)} to ${formatDate(span.to)}. Every picture shows the same days from left to right.`,
    courses: drawn.map((course) => ({
      title: measureTitle(course.measure),
      said: clientSentences(course).join(" "),
      picture: drawCourse(course, { ...paper, span }),
      notes: [`Over ${lengthWords(course)}: ${changeOf(course)}`, ...course.gaps.map(gapWords)],
      rows: progressTable(course).flatMap(({ date, scores, notes }) => {
        const also = notes.join("; ");
        if (scores.length === 0) return [[formatDate(date), "", "", "", also] as const];
        return scores.map(({ score, range, change }, index) => [formatDate(date), score, range, change, index === 0 ? also : ""] as const);
      }),
      credit: course.measure.license.credit ?? "",
    })),
    once: courses.flatMap(({ measure, scores }) =>
      scores.length === 1
        ? scores.map(({ total, band, date }) => [measure.name, outOf(measure, total), band, formatDate(date)] as const)
        : [],
    ),
  };
}
