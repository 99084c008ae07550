import { randomUUID } from "node:crypto";
import { line } from "@trellis/domain/client/client";
import { likenessFingerprint } from "@trellis/domain/findings/likeness";
import { blankPlan, subjectOf } from "@trellis/domain/plan/blank-plan";
import { draftPlan } from "@trellis/domain/plan/draft-plan";
import { applyEdits, Edit } from "@trellis/domain/plan/edit-plan";
import { Plan, Profile } from "@trellis/domain/plan/plan";
import { nextRevision } from "@trellis/domain/plan/revision";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { closedChart } from "../chart/closed-chart.ts";
import { chartQuery, clientRecord, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { lockClient } from "../chart/write-chart.ts";
import { type Asker, withPractice } from "../database/pool.ts";
import { planIsCompleted, treatmentHasEnded, withEarlierEpisodes } from "../episode/earlier-episodes.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { libraryOfPractice } from "../own-library/own-chapters.ts";
import { asAsker, readSignedIn, type SignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { insertDraft } from "./insert-draft.ts";
import { parsePlanRows, planAnswer, planOnHand, planQuery } from "./read-plan.ts";

const Edits = z.strictObject({
  base: z.number().int().min(0),
  batch: z.uuid("This id is not right. Reload the page."),
  edits: z.array(Edit).min(1, "There is nothing to save.").max(500, "Too many changes at once. Send them in parts."),
});

/** Numbers of changes as they stand in an address; PostgreSQL's integers end where these do. */
const ChangeNumber = z.coerce.number().int().min(0).max(2_147_483_647);

/** Drafting a plan and working on it. */
export function draftRoutes(trellis: Trellis) {
  const { app } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.post("/clients/:id/plans", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const { blank } = await body(context, z.strictObject({ blank: z.boolean().default(false) }));
    const asker = askerOf(context);
    const drafted = await withPractice(app, asker, (client) => draftFor(client, trellis, context.get("signedIn"), clientId, blank));
    if (drafted === null) throw await closedChart(trellis, asker, clientId);
    return context.json({ planId: drafted.planId }, drafted.found ? 200 : 201);
  });

  routes.get("/plans/:id", async (context) => {
    const planId = pathId(context, "id");
    const revision = revisionAsked(context);
    const [found] = await readSignedIn(context, trellis, [planQuery(planId, revision), readEntry("plan.read", planId, revision)]);
    needClinicalRole(context);
    const rows = parsePlanRows(found.rows);
    const onHand = rows && planOnHand(rows);
    if (!rows || !onHand) throw notFound();
    return context.body(planAnswer(rows, onHand, context.get("signedIn").practice, trellis.now()), 200, {
      "content-type": "application/json",
    });
  });

  routes.post("/plans/:id/edits", signedIn, async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const { base, batch, edits } = await body(context, Edits);
    const seq = await withPractice(app, askerOf(context), (client) => editDraft(client, askerOf(context), planId, { base, batch, edits }));
    if (seq instanceof Problem) throw seq;
    return context.json({ seq });
  });

  routes.get("/plans/:id/changes", async (context) => {
    const planId = pathId(context, "id");
    const since = ChangeNumber.safeParse(context.req.query("since"));
    const [plans, changes] = await readSignedIn(context, trellis, [
      {
        name: "plan-state",
        text: `SELECT coalesce(d.seq, (SELECT max(e.seq) FROM trellis.plan_edit AS e WHERE e.practice_id = n.practice_id AND e.plan_id = n.id), 0) AS seq, coalesce(d.state, 'signed') AS state
               FROM trellis.plan AS n LEFT JOIN trellis.plan_draft AS d ON d.practice_id = n.practice_id AND d.plan_id = n.id WHERE n.id = $1`,
        values: [planId],
      },
      changesQuery(planId, since.data ?? 0),
      // Asking whether there is anything new is no reading of the chart; getting it is.
      {
        name: "audit-changes",
        text: `SELECT audit.append('plan.read', n.client_id, n.id::text, '{}') FROM trellis.plan AS n
               WHERE n.id = $1 AND EXISTS (SELECT 1 FROM trellis.plan_edit AS e WHERE e.plan_id = n.id AND e.seq > $2 AND e.by <> (SELECT trellis.current_member()))`,
        values: [planId, since.data ?? 0],
      },
    ]);
    if (!since.success) throw new Problem(422, "Please check what you entered", "Say since which change.");
    needClinicalRole(context);
    const plan = plans.rows[0];
    if (!plan) throw notFound();
    return context.json({ seq: plan.seq, state: plan.state, changes: changes.rows });
  });

  routes.get("/plans/:id/likeness", async (context) => {
    const planId = pathId(context, "id");
    const [found] = await readSignedIn(context, trellis, [
      {
        name: "likeness",
        text: `SELECT coalesce(trellis.closest_plan(d.client_id, d.fingerprint), 0) AS closest FROM trellis.plan_draft AS d WHERE d.plan_id = $1`,
        values: [planId],
      },
    ]);
    needClinicalRole(context);
    const closest = found.rows[0]?.closest;
    if (closest === undefined) throw notFound();
    return context.json({ closest });
  });

  routes.post("/plans/:id/next-revision", signedIn, async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const { reason } = await body(
      context,
      z.strictObject({ reason: line(500).refine((text) => text.trim() !== "", "Say why the plan is changed.") }),
    );
    const asker = askerOf(context);
    await withPractice(app, asker, async (client) => {
      await client.query("SELECT 1 FROM trellis.client WHERE id = (SELECT client_id FROM trellis.plan WHERE id = $1) FOR UPDATE", [planId]);
      const rows = parsePlanRows((await client.query(planQuery(planId, null))).rows);
      if (!rows) throw notFound();
      if (rows.draft) return;
      const signed = planOnHand(rows);
      if (rows.ended) throw treatmentHasEnded();
      if (rows.completed) throw planIsCompleted();
      const chart = parseChart((await client.query(chartQuery(rows.clientId))).rows);
      if (!signed || !chart) throw notFound();
      const plan = nextRevision(signed.plan, {
        subject: subjectOf(chart.client),
        author: author(context.get("signedIn")),
        reason: reason.trim(),
        today: todayIn(context.get("signedIn").practice.timeZone, trellis.now()),
      });
      await insertDraft(client, asker, plan, rows.seq, {});
      await client.query(auditEntry("plan.next-revision", rows.clientId, planId, { revision: plan.revision }));
    });
    return context.json({ planId });
  });
  return routes;
}

/**
 * Drafts a client's plan from the chart, or finds the plan that is there: a client has one plan, which goes on in revisions.
 * `null` where the chart is closed to the person asking.
 */
export async function draftFor(
  client: pg.PoolClient,
  { library, now }: Trellis,
  signedIn: SignedIn,
  clientId: string,
  blank: boolean,
): Promise<{ readonly planId: string; readonly found: boolean } | null> {
  const asker = asAsker(signedIn);
  const { practice } = signedIn;
  // The lock keeps two tabs from drafting at once.
  await lockClient(client, clientId);
  const chart = parseChart((await client.query(chartQuery(clientId))).rows);
  if (chart === null) return null;
  const open = chart.plans.find((plan) => plan.status !== "revoked" && plan.status !== "completed");
  if (open) return { planId: open.id, found: true };
  if (chart.episode?.endedOn != null) throw treatmentHasEnded();
  const planId = randomUUID();
  const input = {
    planId,
    clientId,
    record: clientRecord(chart),
    library: await libraryOfPractice(client, libraryOfChart(chart, library)),
    author: author(signedIn),
    profile: Profile.parse(practice.profile),
    today: todayIn(practice.timeZone, now()),
    reviewWeeks: practice.reviewWeeks,
    newId: randomUUID,
  };
  const { plan, ...notes } = blank ? { plan: blankPlan(input) } : draftPlan(input);
  await client.query("INSERT INTO trellis.plan (practice_id, id, client_id, created_by) VALUES ($1, $2, $3, $4)", [
    asker.practiceId,
    planId,
    clientId,
    asker.memberId,
  ]);
  await insertDraft(client, asker, plan, 0, blank ? notes : await withEarlierEpisodes(client, clientId, notes));
  await client.query(auditEntry("plan.draft", clientId, planId, { blank }));
  return { planId, found: false };
}

/**
 * Applies edits to a draft, all or none, and keeps them in its history. Returns the number of the change; or, when somebody else was first, the
 * problem that hands over what they changed: returned, not thrown, so that its entry in the trail is committed.
 */
export async function editDraft(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  planId: string,
  { base, batch, edits }: z.infer<typeof Edits>,
): Promise<number | Problem> {
  const { rows } = await client.query<{ client_id: string; revision: number; content: unknown; seq: number; state: string }>(
    "SELECT client_id, revision, content, seq, state FROM trellis.plan_draft WHERE plan_id = $1 FOR UPDATE",
    [planId],
  );
  const draft = rows[0];
  const sent = await client.query<{ seq: number }>("SELECT seq FROM trellis.plan_edit WHERE plan_id = $1 AND batch = $2", [planId, batch]);
  if (sent.rows[0]) return sent.rows[0].seq;
  if (!draft) throw await noDraft(client, planId);
  if (draft.state !== "draft")
    throw new Problem(
      409,
      "The plan is frozen for signing",
      "Open it for changes again on the signing page; signatures given so far will then not count.",
      { state: draft.state },
    );
  if (base > draft.seq)
    throw invalid([{ pointer: "/base", message: "This change is based on one that the server does not have. Reload the page." }]);
  if (base < draft.seq) {
    const missed = await changesAfter(client, planId, base);
    await client.query(auditEntry("plan.read", draft.client_id, planId));
    return new Problem(409, "Changed meanwhile", "Somebody else changed the plan. Their changes come first.", { seq: draft.seq, missed });
  }
  const result = applyEdits(Plan.parse(draft.content), edits);
  if (!result.ok) throw invalid(result.refusals.slice(0, 20).map(({ pointer, message }) => ({ pointer, message })));
  const next = draft.seq + 1;
  await client.query(
    "UPDATE trellis.plan_draft SET content = $2, seq = $3, fingerprint = $4, updated_at = now(), updated_by = $5 WHERE plan_id = $1",
    [planId, JSON.stringify(result.plan), next, likenessFingerprint(result.plan), memberId],
  );
  await client.query(
    "INSERT INTO trellis.plan_edit (practice_id, plan_id, client_id, revision, seq, batch, edits, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    [practiceId, planId, draft.client_id, draft.revision, next, batch, JSON.stringify(edits), memberId],
  );
  await client.query(auditEntry("plan.edit", draft.client_id, planId, { revision: draft.revision, seq: next }));
  return next;
}

/** Who writes a plan, as its pages name the clinician. */
export function author({ member, practice }: SignedIn): Plan["author"] {
  return {
    practiceName: practice.name,
    practiceAddress: practice.address,
    clinicianId: member.id,
    clinicianName: member.name,
    credentials: member.credentials,
    npi: member.npi,
  };
}

/** `?revision=` of the address, or `null`. */
export function revisionAsked(context: RequestContext): number | null {
  const text = context.req.query("revision");
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw notFound();
  return Number(text);
}

/** Entry for a reading of a plan, or of one revision of it, where it is there and the person asking sees it. */
export function readEntry(action: "plan.read" | "plan.document", planId: string, revision: number | null): pg.QueryConfig {
  return {
    name: `audit-${action}`,
    text: `SELECT audit.append('${action}', n.client_id, n.id::text, '{}') FROM trellis.plan AS n WHERE n.id = $1 AND ($2::int IS NULL
      OR EXISTS (SELECT 1 FROM trellis.plan_draft AS d WHERE d.practice_id = n.practice_id AND d.plan_id = n.id AND d.revision = $2)
      OR EXISTS (SELECT 1 FROM trellis.plan_revision AS r WHERE r.practice_id = n.practice_id AND r.plan_id = n.id AND r.revision = $2))`,
    values: [planId, revision],
  };
}

function changesQuery(planId: string, since: number): pg.QueryConfig {
  return {
    name: "plan-changes",
    text: `SELECT e.seq, coalesce(m.name, '') AS by, e.at, e.batch, e.edits FROM trellis.plan_edit AS e
           LEFT JOIN trellis.member AS m ON m.practice_id = e.practice_id AND m.id = e.by WHERE e.plan_id = $1 AND e.seq > $2 ORDER BY e.seq`,
    values: [planId, since],
  };
}

async function changesAfter(client: pg.PoolClient, planId: string, since: number): Promise<unknown[]> {
  return (await client.query(changesQuery(planId, since))).rows;
}

async function noDraft(client: pg.PoolClient, planId: string): Promise<Problem> {
  const { rowCount } = await client.query("SELECT 1 FROM trellis.plan WHERE id = $1", [planId]);
  return rowCount
    ? new Problem(409, "The plan is signed", "A signed revision never changes. Start the next revision.", { state: "signed" })
    : notFound();
}
