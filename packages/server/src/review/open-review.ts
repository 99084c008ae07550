import { calledName } from "@trellis/domain/client/client";
import type { Plan } from "@trellis/domain/plan/plan";
import { proposedAdditions } from "@trellis/domain/review/proposed-additions";
import { Review } from "@trellis/domain/review/review";
import { lastReviewOn, reviewDueOn } from "@trellis/domain/review/review-due";
import { type ReviewEvidence, reviewEvidence } from "@trellis/domain/review/review-evidence";
import { proposals } from "@trellis/domain/review/review-proposals";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { type ChartRows, chartQuery, clientRecord, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { lockClient } from "../chart/write-chart.ts";
import { planIsCompleted, treatmentHasEnded } from "../episode/earlier-episodes.ts";
import { notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext } from "../http/request-context.ts";
import { type PlanOnHand, type PlanRows, parsePlanRows, planOnHand, planQuery } from "../plan/read-plan.ts";
import { todayIn } from "../sign-in/current-session.ts";
import { parseTreatment, type TreatmentRows, treatmentQuery } from "../treatment/read-treatment.ts";
import type { Trellis } from "../trellis.ts";

interface Opened {
  readonly id: string;
  /** A review of this plan was open already, and this is it. */
  readonly found: boolean;
}

/** Opens the review of a plan in force, ready with its proposals. Who comes second gets the one that is open. */
export async function openReview(
  client: pg.PoolClient,
  trellis: Trellis,
  context: RequestContext,
  { clientId, planId, id }: { readonly clientId: string; readonly planId: string; readonly id: string },
): Promise<Opened | Problem> {
  const { practiceId, memberId } = askerOf(context);
  await lockClient(client, clientId);
  const open = await client.query<{ id: string }>(
    "SELECT id FROM trellis.review WHERE client_id = $1 AND plan_id = $2 AND state = 'open'",
    [clientId, planId],
  );
  if (open.rows[0] !== undefined) return { id: open.rows[0].id, found: true };
  const sent = await client.query("SELECT 1 FROM trellis.review WHERE client_id = $1 AND id = $2", [clientId, id]);
  if (sent.rowCount === 1) return { id, found: true };
  const found = await readForReview(client, clientId, planId);
  if (found.rows.ended) return treatmentHasEnded();
  if (found.rows.completed) return planIsCompleted();
  if (found.rows.draft !== null) return draftIsThere(found.rows);
  const { practice, member } = context.get("signedIn");
  const { plan, chart } = found;
  const { evidence, additions } = lookAt(found, trellis, todayIn(practice.timeZone, trellis.now()));
  const due = reviewDueOn(plan, evidence.today, { profile: plan.profile, reviewWeeks: practice.reviewWeeks });
  const content = Review.parse({
    planId,
    revision: plan.revision,
    on: evidence.today,
    participants: [calledName(chart.client), member.name],
    proposals: proposals(evidence),
    additions,
    nextReview: due.reviewDue,
  });
  await client.query(
    "INSERT INTO trellis.review (practice_id, client_id, id, plan_id, revision, content, created_by, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    [practiceId, clientId, id, planId, plan.revision, JSON.stringify(content), memberId],
  );
  await client.query(auditEntry("review.open", clientId, id, { revision: plan.revision }));
  return { id, found: false };
}

/**
 * An open review turned to the newest signed revision: proposals are made anew, and what was decided stays where its objective is still there to decide on.
 */
export async function renewReview(
  client: pg.PoolClient,
  trellis: Trellis,
  context: RequestContext,
  { planId, content: before }: { readonly planId: string; readonly content: Review },
): Promise<{ readonly content: Review; readonly revision: number }> {
  const { rows } = await client.query<{ clientId: string }>('SELECT client_id AS "clientId" FROM trellis.plan WHERE id = $1', [planId]);
  const found = await readForReview(client, rows[0]?.clientId ?? "", planId);
  const { plan } = found;
  const { evidence, additions } = lookAt(found, trellis, todayIn(context.get("signedIn").practice.timeZone, trellis.now()));
  const there = new Set(evidence.objectives.map(({ objective }) => objective.id));
  const offered = new Set(additions.map(({ id }) => id));
  const content = Review.parse({
    ...before,
    revision: plan.revision,
    proposals: proposals(evidence),
    additions,
    decided: before.decided.filter(({ objectiveId }) => there.has(objectiveId)),
    decidedAdditions: before.decidedAdditions.filter(({ id }) => offered.has(id)),
    interventions: before.interventions.filter(({ id }) => plan.interventions.some((entry) => entry.id === id)),
  });
  return { content, revision: plan.revision };
}

/** Everything that a review looks at. */
export interface ForReview {
  readonly rows: PlanRows;
  readonly plan: Plan;
  readonly chart: ChartRows;
  readonly treatment: TreatmentRows;
}

export async function readForReview(client: pg.PoolClient, clientId: string, planId: string): Promise<ForReview> {
  const rows = parsePlanRows((await client.query(planQuery(planId, null))).rows);
  const newest = rows?.revisions[0];
  if (rows === null || rows.clientId !== clientId) throw notFound();
  if (newest === undefined)
    throw new Problem(409, "There is no signed plan", "A plan is reviewed once it is signed. Sign it first.", { state: "unsigned" });
  const signed: PlanOnHand | null = planOnHand({ ...rows, draft: null });
  const chart = parseChart((await client.query(chartQuery(clientId))).rows);
  const treatment = parseTreatment((await client.query(treatmentQuery(clientId))).rows);
  if (signed === null || chart === null || treatment === null) throw notFound();
  return { rows, plan: signed.plan, chart, treatment };
}

/** The evidence and what is missing in the plan, as they stand on a day. */
export function lookAt(
  { plan, chart, treatment }: ForReview,
  { library }: Pick<Trellis, "library">,
  today: string,
): { readonly evidence: ReviewEvidence; readonly additions: Review["additions"] } {
  const record = clientRecord(chart);
  const { measures } = libraryOfChart(chart, library);
  const evidence = reviewEvidence(plan, record, treatment, lastReviewOn(plan), { measures, today });
  return { evidence, additions: proposedAdditions(plan, record, measures, today).slice(0, 60) };
}

/** A plan that has a draft of its next revision is not reviewed at the same time: what is decided would have nowhere to go. */
export function draftIsThere({ draft }: PlanRows): Problem {
  return new Problem(
    409,
    "A draft is there already",
    `Revision ${draft?.revision ?? ""} of this plan is being written or signed. Finish it first: everything decided so far in the review is kept.`,
    { state: "draft", revision: draft?.revision ?? null },
  );
}
