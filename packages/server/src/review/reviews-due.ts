import { daysBetween, type IsoDate, IsoDate as IsoDateSchema } from "@trellis/domain/calendar/date";
import { Client, calledName, legalName } from "@trellis/domain/client/client";
import type pg from "pg";
import { z } from "zod";
import { clientIdsOf, type WhoseClients } from "../chart/whose-clients.ts";
import { hasEnded, isCompleted } from "../episode/discharged.ts";

/** So many days ahead a review is told of: enough to ask the client for the part that is answered before the session. */
export const reviewAheadDays = 14;

/** More lines than this help nobody. */
const mostReviews = 500;

const Row = z.object({
  clientId: z.string(),
  record: z.unknown(),
  sortName: z.string(),
  isPracticeClient: z.boolean(),
  planId: z.string(),
  revision: z.number(),
  reviewDue: IsoDateSchema,
  reviewId: z.string().nullable(),
  draftRevision: z.number().nullable(),
  clientsPartSentAt: z.string().nullable(),
  clientsPartFinished: z.boolean(),
});

/** A plan in force whose review is due, overdue or begun. */
export interface ReviewLine {
  readonly clientId: string;
  readonly name: string;
  readonly calledName: string;
  readonly isPracticeClient: boolean;
  readonly planId: string;
  /** The revision in force. */
  readonly revision: number;
  readonly reviewDue: IsoDate;
  /** Days from today; negative for overdue. */
  readonly days: number;
  /** `draft`: the next revision is being written or waits for signatures already. */
  readonly state: "due" | "overdue" | "open" | "draft";
  /** The review that is open. */
  readonly reviewId: string | null;
  readonly draftRevision: number | null;
  /** The client's part of the open review: asked for by link, and sent back. */
  readonly clientsPart: "none" | "asked" | "answered";
}

/**
 * Plans in force whose review is due by `today` plus `reviewAheadDays`, or that have a review open, in one query. A client whose treatment has ended has
 * none, and of who has come back, the plan of the earlier episode is reviewed no more.
 */
export function reviewsDueQuery(of: WhoseClients | "practice", today: IsoDate): pg.QueryConfig {
  return {
    name: `reviews-due-${of}`,
    text: `WITH seen AS MATERIALIZED (${clientIdsOf[of]}),
      found AS (
        SELECT s.client_id, r.plan_id, r.revision, r.review_due, r.signed_at, o.id AS review_id
        FROM seen AS s
        CROSS JOIN LATERAL (SELECT r.plan_id, r.revision, r.review_due, r.signed_at FROM trellis.plan_revision AS r
          WHERE r.practice_id = (SELECT trellis.current_practice()) AND r.client_id = s.client_id ORDER BY r.signed_at DESC LIMIT 1) AS r
        LEFT JOIN trellis.review AS o ON o.practice_id = (SELECT trellis.current_practice()) AND o.plan_id = r.plan_id AND o.state = 'open'
        WHERE r.review_due <= $1::date + ${reviewAheadDays} OR o.id IS NOT NULL
      )
      SELECT json_build_object('clientId', f.client_id, 'record', c.record, 'sortName', c.sort_name, 'isPracticeClient', c.is_practice_client, 'planId', f.plan_id,
        'revision', f.revision, 'reviewDue', coalesce(f.review_due, $1::date), 'reviewId', f.review_id, 'draftRevision', d.revision,
        'clientsPartSentAt', l.created_at, 'clientsPartFinished', l.finished_at IS NOT NULL) AS row
      FROM found AS f
      JOIN trellis.client AS c ON c.practice_id = (SELECT trellis.current_practice()) AND c.id = f.client_id
      LEFT JOIN trellis.plan_draft AS d ON d.practice_id = (SELECT trellis.current_practice()) AND d.plan_id = f.plan_id
      LEFT JOIN LATERAL (SELECT l.created_at, l.finished_at FROM trellis.client_link AS l
        WHERE l.practice_id = (SELECT trellis.current_practice()) AND l.subject_id = f.review_id AND l.kind = 'review' AND l.withdrawn_at IS NULL
        ORDER BY l.created_at DESC LIMIT 1) AS l ON true
      WHERE NOT ${hasEnded("f.client_id")} AND NOT ${isCompleted("f.client_id", "f.signed_at")}
      ORDER BY f.review_due, c.sort_name LIMIT ${mostReviews}`,
    values: [today],
  };
}

/** The work list, the most overdue first. */
export function parseReviewsDue(rows: readonly Record<string, unknown>[], today: IsoDate): ReviewLine[] {
  return rows.map(({ row }) => {
    const found = Row.parse(row);
    const record = Client.parse(found.record);
    const days = daysBetween(today, found.reviewDue);
    return {
      clientId: found.clientId,
      name: legalName(record),
      calledName: calledName(record),
      isPracticeClient: found.isPracticeClient,
      planId: found.planId,
      revision: found.revision,
      reviewDue: found.reviewDue,
      days,
      state: found.draftRevision !== null ? "draft" : found.reviewId !== null ? "open" : days < 0 ? "overdue" : "due",
      reviewId: found.reviewId,
      draftRevision: found.draftRevision,
      clientsPart: found.clientsPartFinished ? "answered" : found.clientsPartSentAt === null ? "none" : "asked",
    };
  });
}

/** Plans whose review is due, overdue or begun, of those whom the person asking sees. */
export async function reviewsDue(
  client: pg.PoolClient,
  { of, seesAll, today }: { readonly of: WhoseClients; readonly seesAll: boolean; readonly today: IsoDate },
): Promise<ReviewLine[]> {
  const { rows } = await client.query<Record<string, unknown>>(reviewsDueQuery(of === "all" && seesAll ? "practice" : of, today));
  return parseReviewsDue(rows, today);
}
