import { line } from "@trellis/domain/client/client";
import { ClientsPart, Review } from "@trellis/domain/review/review";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { WhoseClients } from "../chart/whose-clients.ts";
import { lockClient, writeChart } from "../chart/write-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, conflict, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { Version } from "../http/version.ts";
import { parsePlanRows, planQuery } from "../plan/read-plan.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { completeReview } from "./complete-review.ts";
import { openReview, renewReview } from "./open-review.ts";
import { reviewsDue } from "./reviews-due.ts";

const NewReview = z.strictObject({ id: z.uuid("This id is not right. Reload the page.") });
const SavedReview = z.strictObject({ version: Version, content: Review });

interface ReviewRow {
  readonly id: string;
  readonly planId: string;
  readonly revision: number;
  readonly state: "open" | "done" | "abandoned";
  readonly content: Review;
  readonly version: number;
  readonly ledTo: number | null;
  readonly savedBy: string;
}

/** What the client answered by the newest private link to this review. */
interface ByLink {
  readonly answers: ClientsPart | null;
  readonly sentAt: string;
  readonly savedAt: string | null;
  readonly finished: boolean;
  readonly withdrawn: boolean;
}

/** Reviews of a plan with the client, and which of them are due. */
export function reviewRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);
  const todayOf = (context: RequestContext) => todayIn(context.get("signedIn").practice.timeZone, trellis.now());

  routes.get("/reviews/due", signedIn, async (context) => {
    needClinicalRole(context);
    const of = WhoseClients.safeParse(context.req.query("of") ?? "mine");
    if (!of.success)
      throw invalid([{ pointer: "/of", message: "Ask for those of your own clients (mine) or of all that you may see (all)." }]);
    const today = todayOf(context);
    const lines = await withPractice(trellis.app, askerOf(context), async (client) => {
      const found = await reviewsDue(client, { of: of.data, seesAll: context.get("signedIn").member.roles.includes("owner"), today });
      await client.query(auditEntry("reviews.read", null, "", { of: of.data, lines: found.length }));
      return found;
    });
    return context.json({ today, lines });
  });

  routes.post("/clients/:id/plans/:planId/reviews", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const planId = pathId(context, "planId");
    const { id } = await body(context, NewReview);
    const opened = await writeChart(trellis, context, clientId, (client) => openReview(client, trellis, context, { clientId, planId, id }));
    return context.json(opened, opened.found ? 200 : 201);
  });

  routes.get("/clients/:id/reviews/:reviewId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const reviewId = pathId(context, "reviewId");
    const found = await writeChart(trellis, context, clientId, async (client) => {
      const review = await readReview(client, clientId, reviewId);
      if (review === null) throw notFound();
      const [byLink, plan] = [await readByLink(client, reviewId), parsePlanRows((await client.query(planQuery(review.planId, null))).rows)];
      await client.query(auditEntry("chart.read", clientId, reviewId));
      return {
        ...review,
        byLink,
        draftRevision: plan?.draft?.revision ?? null,
        newestRevision: plan?.revisions[0]?.revision ?? review.revision,
      };
    });
    return context.json(found);
  });

  routes.put("/clients/:id/reviews/:reviewId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const reviewId = pathId(context, "reviewId");
    const { version, content } = await body(context, SavedReview);
    const saved = await writeChart(trellis, context, clientId, async (client) => {
      const before = await lockedReview(client, clientId, reviewId);
      const next = Review.parse({ ...content, ...fixedOf(before.content) });
      if (sameText(before.content, next)) return { version: before.version };
      const refused = await notAsExpected(client, clientId, before, version);
      if (refused !== null) return refused;
      await client.query(
        "UPDATE trellis.review SET content = $3, version = version + 1, saved_at = now(), saved_by = $4 WHERE client_id = $1 AND id = $2",
        [clientId, reviewId, JSON.stringify(next), askerOf(context).memberId],
      );
      await client.query(auditEntry("review.save", clientId, reviewId, { version: version + 1 }));
      return { version: version + 1 };
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/reviews/:reviewId/renewal", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const reviewId = pathId(context, "reviewId");
    const { version } = await body(context, z.strictObject({ version: Version }));
    const saved = await writeChart(trellis, context, clientId, async (client) => {
      const before = await lockedReview(client, clientId, reviewId);
      const refused = await notAsExpected(client, clientId, before, version);
      if (refused !== null) return refused;
      const { content, revision } = await renewReview(client, trellis, context, before);
      await client.query(
        "UPDATE trellis.review SET content = $3, revision = $4, version = version + 1, saved_at = now(), saved_by = $5 WHERE client_id = $1 AND id = $2",
        [clientId, reviewId, JSON.stringify(content), revision, askerOf(context).memberId],
      );
      await client.query(auditEntry("review.save", clientId, reviewId, { version: version + 1, revision }));
      return { version: version + 1 };
    });
    return context.json(saved);
  });

  routes.post("/clients/:id/reviews/:reviewId/completion", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const reviewId = pathId(context, "reviewId");
    const { version, content } = await body(context, SavedReview);
    const completed = await writeChart(trellis, context, clientId, async (client) => {
      const before = await lockedReview(client, clientId, reviewId);
      // Sent again after an answer that got lost.
      if (before.state === "done" && before.ledTo !== null) return { planId: before.planId, revision: before.ledTo };
      const refused = await notAsExpected(client, clientId, before, version);
      if (refused !== null) return refused;
      const review = Review.parse({ ...content, ...fixedOf(before.content) });
      const byLink = await readByLink(client, reviewId);
      return completeReview(client, trellis, context, { id: reviewId, clientId, review, byLink: byLink?.answers ?? null });
    });
    return context.json(completed);
  });

  routes.post("/clients/:id/reviews/:reviewId/abandonment", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const reviewId = pathId(context, "reviewId");
    const { version, reason } = await body(
      context,
      z.strictObject({
        version: Version,
        reason: line(300).refine((text) => text.trim() !== "", "Say why the review is closed without a new revision."),
      }),
    );
    await writeChart(trellis, context, clientId, async (client) => {
      const before = await lockedReview(client, clientId, reviewId);
      if (before.state === "abandoned" && before.content.abandonedReason === reason.trim()) return;
      const refused = await notAsExpected(client, clientId, before, version);
      if (refused !== null) return refused;
      const { rows } = await client.query<{ seal: string }>(
        `UPDATE trellis.review AS r SET content = $3, state = 'abandoned', closed_at = now(), version = version + 1, saved_at = now(), saved_by = $4
         WHERE client_id = $1 AND id = $2 RETURNING trellis.review_seal(r) AS seal`,
        [clientId, reviewId, JSON.stringify({ ...before.content, abandonedReason: reason.trim() }), askerOf(context).memberId],
      );
      await client.query(auditEntry("review.abandon", clientId, reviewId, { seal: rows[0]?.seal ?? "" }));
      return;
    });
    return context.body(null, 204);
  });
  return routes;
}

/** What was seen when the review was opened stays as it was seen. */
const fixedOf = ({ planId, revision, proposals, additions, abandonedReason }: Review) => ({
  planId,
  revision,
  proposals,
  additions,
  abandonedReason,
});

const sameText = (a: Review, b: Review): boolean => JSON.stringify(a) === JSON.stringify(b);

const columns = `r.id, r.plan_id AS "planId", r.revision, r.state, r.content, r.version, r.led_to AS "ledTo",
  coalesce((SELECT m.name FROM trellis.member AS m WHERE m.practice_id = r.practice_id AND m.id = r.saved_by), '') AS "savedBy"`;

const parsed = (row: ReviewRow): ReviewRow => ({ ...row, content: Review.parse(row.content) });

async function readReview(client: pg.PoolClient, clientId: string, reviewId: string): Promise<ReviewRow | null> {
  const { rows } = await client.query<ReviewRow>(`SELECT ${columns} FROM trellis.review AS r WHERE r.client_id = $1 AND r.id = $2`, [
    clientId,
    reviewId,
  ]);
  return rows[0] === undefined ? null : parsed(rows[0]);
}

/** The review, locked until the transaction ends. The client is locked before, as everything that makes a draft does. */
async function lockedReview(client: pg.PoolClient, clientId: string, reviewId: string): Promise<ReviewRow> {
  await lockClient(client, clientId);
  const { rows } = await client.query<ReviewRow>(
    `SELECT ${columns} FROM trellis.review AS r WHERE r.client_id = $1 AND r.id = $2 FOR UPDATE OF r`,
    [clientId, reviewId],
  );
  if (rows[0] === undefined) throw notFound();
  return parsed(rows[0]);
}

/** Why a change cannot be made: the review was closed, or somebody else saved it meanwhile. */
async function notAsExpected(
  client: pg.PoolClient,
  clientId: string,
  { id, state, version: now, content, savedBy, ledTo }: ReviewRow,
  version: number,
): Promise<Problem | null> {
  if (state === "open" && now === version) return null;
  await client.query(auditEntry("chart.read", clientId, id));
  if (state === "open")
    return conflict(`${savedBy === "" ? "Somebody" : savedBy} changed this review meanwhile.`, { content, version: now, savedBy });
  return new Problem(
    409,
    "The review is closed",
    state === "done"
      ? `${savedBy === "" ? "Somebody" : savedBy} has made revision ${ledTo} of it. What you typed is still on your screen; it can go into that revision.`
      : `${savedBy === "" ? "Somebody" : savedBy} closed it without a new revision: ${content.abandonedReason}`,
    { state, ledTo },
  );
}

/** The answers of the newest link to this review; `null` where there is none. Those of a link that was withdrawn stay. */
async function readByLink(client: pg.PoolClient, reviewId: string): Promise<ByLink | null> {
  const { rows } = await client.query<Omit<ByLink, "answers"> & { readonly answers: unknown }>(
    `SELECT l.answers, l.created_at AS "sentAt", l.saved_at AS "savedAt", l.finished_at IS NOT NULL AS finished, l.withdrawn_at IS NOT NULL AS withdrawn
     FROM trellis.client_link AS l WHERE l.subject_id = $1 AND l.kind = 'review' ORDER BY l.answers IS NULL, l.created_at DESC LIMIT 1`,
    [reviewId],
  );
  const [found] = rows;
  if (found === undefined) return null;
  const answers = ClientsPart.safeParse(found.answers);
  return { ...found, answers: answers.success ? answers.data : null };
}
