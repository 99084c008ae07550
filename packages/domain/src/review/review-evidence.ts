import type { IsoDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { type Attendance, tookPlace } from "../course/session.ts";
import type { AssignedHomework } from "../homework/assigned-homework.ts";
import { type Course, courseOf } from "../measures/course.ts";
import { noExpectation } from "../measures/expected-course.ts";
import { answerRange } from "../measures/item-answer.ts";
import type { Measure } from "../measures/measure.ts";
import { type Change, pointsBetter, reliableChange } from "../measures/reliable-change.ts";
import { cleanScore } from "../measures/score-step.ts";
import type { NoteHead, ObjectiveRating } from "../note/note.ts";
import { isWorkedOn } from "../plan/lifecycle.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import { type DatedValue, type ObjectiveProgress, objectiveProgress, valuesOf } from "../plan/objective-progress.ts";
import { objectiveText } from "../plan/objective-text.ts";
import type { Objective, Plan } from "../plan/plan.ts";
import type { Review } from "./review.ts";

/** What of the treatment a review goes by; the server's and the browser's own values both fit. */
export interface TreatmentSoFar {
  readonly notes: readonly {
    readonly id: string;
    readonly date: IsoDate;
    readonly signedAt: string | null;
    readonly head: NoteHead | null;
  }[];
  readonly homework: readonly { readonly id: string; readonly content: AssignedHomework }[];
  readonly sessions: readonly { readonly date: IsoDate; readonly attendance: Attendance }[];
}

/** How an objective went in one session, out of its signed note. */
export interface Tick {
  readonly noteId: string;
  readonly date: IsoDate;
  readonly rating: ObjectiveRating;
}

/** From the last review to now, on what an objective is measured by. Positive is better. */
export interface SinceReview {
  readonly from: DatedValue;
  readonly to: DatedValue;
  readonly better: number;
  /** Against the measure's own threshold; `null` where it has none, and for one question of a measure. */
  readonly change: Change | null;
}

/** Everything that is known of one objective at its review. */
export interface ObjectiveEvidence {
  readonly objective: Objective;
  /** "1.2.1" */
  readonly number: string;
  readonly text: string;
  /** For the client, in everyday words. */
  readonly plain: string;
  /** The measure that it goes by, as the practice uses it. */
  readonly measure: Measure | null;
  /** Lowest and highest value of what is measured, for a picture. */
  readonly range: readonly [number, number] | null;
  /** All values from the baseline on, oldest first. */
  readonly values: readonly DatedValue[];
  readonly progress: ObjectiveProgress | null;
  /** How the whole course of the measure stands; `null` for what is counted, rated or done, and for one question. */
  readonly course: Course | null;
  readonly sinceReview: SinceReview | null;
  /** Since the last review, oldest first. Notes that nobody has signed yet do not count. */
  readonly ticks: readonly Tick[];
  readonly homework: {
    readonly done: number;
    readonly partly: number;
    readonly notDone: number;
    /** Given and not looked at yet. */
    readonly open: number;
  };
  readonly clinicianRating: number | null;
  readonly clientRating: number | null;
  readonly targetDatePassed: boolean;
}

export interface ReviewEvidence {
  /** Evidence counts from the day after this one: that of the last review, or of the first signature. */
  readonly since: IsoDate;
  readonly today: IsoDate;
  /** Sessions that took place since then. */
  readonly sessions: number;
  /** Objectives that are being worked on. */
  readonly objectives: readonly ObjectiveEvidence[];
}

/** The objectives that a review is about: in force, not ended, not on hold. */
export function objectivesToReview(plan: Plan): Objective[] {
  const { objectives } = planNumbers(plan);
  return objectives.flatMap(({ id }) => plan.objectives.find((entry) => entry.id === id && isWorkedOn(entry)) ?? []);
}

interface Options {
  readonly measures: readonly Measure[];
  readonly today: IsoDate;
  /** Ratings given so far in this review. */
  readonly review?: Pick<Review, "decided" | "clientsPart"> & Partial<Pick<Review, "clinicianRatings">>;
}

/** For every objective that is worked on, what is known since the day `since`. */
export function reviewEvidence(
  plan: Plan,
  record: Pick<ClientRecord, "administrations">,
  treatment: TreatmentSoFar,
  since: IsoDate,
  { measures, today, review }: Options,
): ReviewEvidence {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const numbers = planNumbers(plan).objectives;
  const later = (date: IsoDate) => date > since && date <= today;
  const notes = treatment.notes
    .flatMap(({ id, date, signedAt, head }) => (head === null || signedAt === null || !later(date) ? [] : [{ id, date, head }]))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const held = treatment.sessions.filter(({ attendance }) => tookPlace(attendance));
  const homework = treatment.homework.filter(
    ({ content: { assignedOn, lookedAtOn, withdrawnOn } }) =>
      assignedOn <= today && withdrawnOn === null && (assignedOn > since || lookedAtOn === null || lookedAtOn > since),
  );
  return {
    since,
    today,
    sessions: held.filter(({ date }) => later(date)).length,
    objectives: objectivesToReview(plan).map((objective): ObjectiveEvidence => {
      const { id, metric } = objective;
      const measure = metric?.kind === "measure" && metric.measure !== undefined ? (known.get(metric.measure) ?? null) : null;
      const values =
        metric === null || measure === null ? [] : fromBaseline(objective, valuesOf(metric, measure, record.administrations, today));
      const whole = measure !== null && metric?.item === undefined;
      const own = homework.filter(({ content }) => content.objectiveIds.includes(id));
      const outcome = (wanted: AssignedHomework["outcome"]) => own.filter(({ content }) => content.outcome === wanted).length;
      const decided = review?.decided.find(({ objectiveId }) => objectiveId === id);
      return {
        objective,
        number: numberOf(numbers, id),
        text: objectiveText(objective),
        plain: objectiveText(objective, "plain"),
        measure,
        range: measure === null ? null : metric?.item === undefined ? measure.scoring.range : (answerRange(measure, metric.item) ?? null),
        values,
        progress: objectiveProgress(objective, measure ?? undefined, record.administrations, today),
        course:
          measure !== null && whole
            ? courseOf(
                measure,
                values.map(({ date, value }) => ({ date, total: value })),
                { ...noExpectation, sessions: held.map(({ date, attendance }) => ({ date, attendance })) },
              )
            : null,
        sinceReview: sinceReview(objective, measure, values, since),
        ticks: notes.flatMap(({ id: noteId, date, head }) => {
          const noted = head.objectives.find(({ objectiveId }) => objectiveId === id);
          return noted === undefined ? [] : [{ noteId, date, rating: noted.rating }];
        }),
        homework: { done: outcome("done"), partly: outcome("partly"), notDone: outcome("not-done"), open: outcome(null) },
        clinicianRating:
          decided?.clinicianRating ?? review?.clinicianRatings?.find(({ objectiveId }) => objectiveId === id)?.rating ?? null,
        clientRating: decided?.clientRating ?? review?.clientsPart.ratings.find(({ objectiveId }) => objectiveId === id)?.rating ?? null,
        targetDatePassed: objective.targetDate !== null && objective.targetDate <= today,
      };
    }),
  };
}

/** The values from the baseline on; the baseline itself where it was entered by hand and no score of that day says it. */
function fromBaseline({ metric }: Objective, values: readonly DatedValue[]): DatedValue[] {
  const { baseline = null, baselineDate = null } = metric ?? {};
  if (baselineDate === null) return [...values];
  const since = values.filter(({ date }) => date >= baselineDate);
  return baseline === null || since[0]?.date === baselineDate ? since : [{ date: baselineDate, value: baseline }, ...since];
}

function sinceReview({ metric }: Objective, measure: Measure | null, values: readonly DatedValue[], since: IsoDate): SinceReview | null {
  const to = values.at(-1);
  const from = values.findLast(({ date }) => date <= since) ?? values[0];
  if (metric === null || measure === null || to === undefined || from === undefined || to.date <= since || from.date >= to.date)
    return null;
  if (metric.item !== undefined)
    return { from, to, better: cleanScore(metric.direction === "decrease" ? from.value - to.value : to.value - from.value), change: null };
  return { from, to, better: pointsBetter(measure, from.value, to.value), change: reliableChange(measure, from.value, to.value) };
}
