import { ClientsPart, DecidedObjective, Review } from "@trellis/domain/review/review";
import { z } from "zod";

/** How client and clinician rate the progress on one objective, 0 to 10. */
export interface Ratings {
  readonly client: number | null;
  readonly clinician: number | null;
}

export type DecidedAddition = Review["decidedAdditions"][number];

/**
 * A review as it is filled in, flat: a field for each objective and each addition, so that two people who decide different ones at the same time both have
 * their way, and only the same one is asked about.
 */
export interface ReviewForm extends Readonly<Record<string, unknown>> {
  readonly on: string;
  readonly participants: Review["participants"];
  readonly helps: string;
  readonly doesNotHelp: string;
  readonly mattersNow: string;
  readonly satisfaction: number | null;
  readonly interventions: Review["interventions"];
  readonly homework: Review["homework"];
  readonly summary: string;
  readonly rationale: string;
  readonly nextReview: string | null;
}

const decidedKey = (objectiveId: string) => `decided ${objectiveId}`;
const ratingsKey = (objectiveId: string) => `ratings ${objectiveId}`;
const additionKey = (id: string) => `addition ${id}`;

export const decidedOf = (form: ReviewForm, objectiveId: string) => (form[decidedKey(objectiveId)] ?? null) as DecidedObjective | null;
export const ratingsOf = (form: ReviewForm, objectiveId: string) =>
  (form[ratingsKey(objectiveId)] ?? { client: null, clinician: null }) as Ratings;
export const additionOf = (form: ReviewForm, id: string) => (form[additionKey(id)] ?? null) as DecidedAddition | null;

export const withDecided = (form: ReviewForm, decided: DecidedObjective): ReviewForm => ({
  ...form,
  [decidedKey(decided.objectiveId)]: decided,
});
export const withRatings = (form: ReviewForm, objectiveId: string, ratings: Ratings): ReviewForm => ({
  ...form,
  [ratingsKey(objectiveId)]: ratings,
});
export const withAddition = (form: ReviewForm, addition: DecidedAddition): ReviewForm => ({
  ...form,
  [additionKey(addition.id)]: addition,
});

/** Ratings have fields of their own. */
function decidedIn({ decided }: Review, objectiveId: string): DecidedObjective | null {
  const found = decided.find((entry) => entry.objectiveId === objectiveId);
  return found === undefined ? null : { ...found, clientRating: null, clinicianRating: null };
}

export function formOf(review: Review): ReviewForm {
  const { helps, doesNotHelp, mattersNow, satisfaction, ratings } = review.clientsPart;
  const rated = (list: readonly { readonly objectiveId: string; readonly rating: number }[], id: string) =>
    list.find(({ objectiveId }) => objectiveId === id)?.rating ?? null;
  return {
    ...{ on: review.on, participants: review.participants, helps, doesNotHelp, mattersNow, satisfaction },
    ...{ interventions: review.interventions, homework: review.homework },
    ...{ summary: review.summary, rationale: review.rationale, nextReview: review.nextReview },
    ...Object.fromEntries(
      review.proposals.flatMap(({ objectiveId }) => [
        [decidedKey(objectiveId), decidedIn(review, objectiveId)],
        [ratingsKey(objectiveId), { client: rated(ratings, objectiveId), clinician: rated(review.clinicianRatings, objectiveId) }],
      ]),
    ),
    ...Object.fromEntries(
      review.additions.map(({ id }) => [additionKey(id), review.decidedAdditions.find((entry) => entry.id === id) ?? null]),
    ),
  };
}

/** The review that a form says. What was seen when it was opened comes from the review that the form was made of. */
export function reviewOf(base: Review, form: ReviewForm): Review {
  const objectives = base.proposals.map(({ objectiveId }) => objectiveId);
  const rating = (who: keyof Ratings) =>
    objectives.flatMap((objectiveId) => {
      const value = ratingsOf(form, objectiveId)[who];
      return value === null ? [] : [{ objectiveId, rating: value }];
    });
  return {
    ...base,
    ...{ on: form.on, participants: form.participants, interventions: form.interventions, homework: form.homework },
    ...{ summary: form.summary, rationale: form.rationale, nextReview: form.nextReview },
    clientsPart: {
      ...{ helps: form.helps, doesNotHelp: form.doesNotHelp, mattersNow: form.mattersNow, satisfaction: form.satisfaction },
      ratings: rating("client"),
    },
    clinicianRatings: rating("clinician"),
    decided: objectives.flatMap((objectiveId) => {
      const decided = decidedOf(form, objectiveId);
      if (decided === null) return [];
      const { client, clinician } = ratingsOf(form, objectiveId);
      return [{ ...decided, clientRating: client, clinicianRating: clinician }];
    }),
    decidedAdditions: base.additions.flatMap(({ id }) => additionOf(form, id) ?? []),
  };
}

/** What can be saved of a form, field by field. */
export function formSchema({ proposals, additions }: Review): z.ZodType {
  return z.object({
    ...Review.pick({ on: true, participants: true, interventions: true, homework: true, summary: true, rationale: true, nextReview: true })
      .shape,
    ...ClientsPart.pick({ helps: true, doesNotHelp: true, mattersNow: true, satisfaction: true }).shape,
    ...Object.fromEntries(
      proposals.flatMap(({ objectiveId }) => [
        [decidedKey(objectiveId), DecidedObjective.nullable()],
        [ratingsKey(objectiveId), z.unknown()],
      ]),
    ),
    ...Object.fromEntries(additions.map(({ id }) => [additionKey(id), Review.shape.decidedAdditions.unwrap().element.nullable()])),
  });
}

/** What each field is called where two people wrote in the same one. */
export function formNames({ proposals, additions }: Review, numberOf: (objectiveId: string) => string): Readonly<Record<string, string>> {
  return {
    ...{ on: "Day of the review", participants: "Who took part", helps: "What helps", doesNotHelp: "What does not help" },
    ...{ mattersNow: "What matters now", satisfaction: "Satisfaction", interventions: "Interventions", homework: "Homework" },
    ...{ summary: "What it comes to", rationale: "Why treatment goes on", nextReview: "Next review" },
    ...Object.fromEntries(
      proposals.flatMap(({ objectiveId }) => [
        [decidedKey(objectiveId), `Decision on objective ${numberOf(objectiveId)}`],
        [ratingsKey(objectiveId), `Ratings of objective ${numberOf(objectiveId)}`],
      ]),
    ),
    ...Object.fromEntries(additions.map(({ id, text }) => [additionKey(id), text])),
  };
}
