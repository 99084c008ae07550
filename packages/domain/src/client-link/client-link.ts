import { z } from "zod";
import { line, longText } from "../client/client.ts";
import { RelapsePlan } from "../client-document/relapse-plan.ts";
import { SafetyPlan } from "../client-document/safety-plan.ts";
import { HomeworkEntry, HomeworkField } from "../homework/assigned-homework.ts";
import { ClientsPart } from "../review/review.ts";

/**
 * What a private link shows a client who has no account, by its kind: never who the client is. Questionnaires have links of their own
 * (`answer-link`), because their answers are scored.
 */
export const LinkShown = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("homework"),
    title: line(120),
    why: longText(1000),
    steps: z.array(longText(600)),
    fields: z.array(HomeworkField),
    ifStuck: longText(600),
    dueOn: z.iso.date().nullable(),
  }),
  /** The client's part of a review; the objectives in everyday words. */
  z.strictObject({
    kind: z.literal("review"),
    objectives: z.array(z.strictObject({ id: z.string().max(64), plain: longText(1000) })).max(60),
  }),
  z.strictObject({ kind: z.literal("safety-plan"), plan: SafetyPlan, version: z.number().int().min(1), madeOn: z.iso.date() }),
  z.strictObject({ kind: z.literal("relapse-plan"), plan: RelapsePlan, version: z.number().int().min(1), madeOn: z.iso.date() }),
]);
export type LinkShown = z.infer<typeof LinkShown>;
export type LinkKind = LinkShown["kind"];

/** What a client sends by a link of each kind; what is only shown takes nothing. */
export const linkAnswers = {
  homework: z.strictObject({ entries: z.array(HomeworkEntry).max(60) }),
  review: ClientsPart,
} as const;
