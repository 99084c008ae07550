import { randomUUID } from "node:crypto";
import { line } from "@trellis/domain/client/client";
import { blockingFindings, checkPlan } from "@trellis/domain/findings/check-plan";
import { likenessFingerprint } from "@trellis/domain/findings/likeness";
import { planToSign } from "@trellis/domain/plan/revision";
import {
  exceptionUnsaid,
  requiredSignatures,
  SignatureRequest,
  type SignatureRole,
  signatureStatement,
} from "@trellis/domain/signature/signature";
import { Hono } from "hono";
import type pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { chartQuery, clientRecord, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { type Asker, withPractice } from "../database/pool.ts";
import { treatmentHasEnded } from "../episode/earlier-episodes.ts";
import { needClinicalRole, needRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, forbidden, invalid, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { libraryOfPractice } from "../own-library/own-chapters.ts";
import { asAsker, type SignedIn, todayIn } from "../sign-in/current-session.ts";
import { checkPassword } from "../sign-in/password.ts";
import { canonicalText, textHash } from "../signature/sealed-text.ts";
import type { Trellis } from "../trellis.ts";
import { notSignedText, type PlanOnHand, type PlanRows, parsePlanRows, planOnHand, planQuery, type SignatureRow } from "./read-plan.ts";

/** Freezing a plan, the signatures on it, and opening it again. */
export function signingRoutes(trellis: Trellis) {
  const { app } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.post("/plans/:id/signing", signedIn, async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const { seq } = await body(context, z.strictObject({ seq: z.number().int().min(0) }));
    const hash = await withPractice(app, askerOf(context), (client) => freeze(client, trellis, context.get("signedIn"), planId, seq));
    return context.json({ hash });
  });

  routes.delete("/plans/:id/signing", signedIn, async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const { reason } = await body(
      context,
      z.strictObject({ reason: line(500).refine((text) => text.trim() !== "", "Say why the plan is opened again.") }),
    );
    const asker = askerOf(context);
    await withPractice(app, asker, async (client) => {
      const { rows, onHand } = await lockedDraft(client, planId);
      if (onHand.state === "draft") return;
      for (const signature of standing(onHand.signatures)) await voidSignature(client, asker, rows.clientId, signature.id, reason.trim());
      await client.query("UPDATE trellis.plan_draft SET state = 'draft', canonical = NULL, hash = NULL WHERE plan_id = $1", [planId]);
      await client.query(
        auditEntry("plan.reopen", rows.clientId, planId, { revision: onHand.plan.revision, voided: standing(onHand.signatures).length }),
      );
    });
    return context.body(null, 204);
  });

  routes.post("/plans/:id/signatures", signedIn, async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const request = await body(context, SignatureRequest);
    const { member } = context.get("signedIn");
    if (request.kind === "password") {
      if (request.role === "supervisor") needRole(context, ["supervisor"], "Only a supervisor can co-sign a plan.");
      else needRole(context, ["clinician", "supervisor"], "Only somebody who treats clients can sign a plan as its clinician.");
      await checkPassword(trellis, member, request.password);
    }
    const state = await withPractice(app, askerOf(context), async (client) =>
      sign(client, context.get("signedIn"), planId, request, trellis.now()),
    );
    return context.json({ state });
  });

  return routes;
}

/** Freezes a draft's content for signing and returns its hash. Throws a problem with the findings that block it. */
export async function freeze(
  client: pg.PoolClient,
  { library, now }: Trellis,
  { practice }: SignedIn,
  planId: string,
  seq: number,
): Promise<string | null> {
  const today = todayIn(practice.timeZone, now());
  const { rows, onHand } = await lockedDraft(client, planId);
  if (onHand.state !== "draft") return onHand.hash;
  if (rows.ended) throw treatmentHasEnded();
  if (onHand.seq !== seq)
    throw new Problem(409, "Changed meanwhile", "The plan has changed since you opened this page. Look at it again before it is signed.", {
      seq: onHand.seq,
    });
  const chart = parseChart((await client.query(chartQuery(rows.clientId))).rows);
  if (!chart) throw notFound();
  const plan = planToSign(onHand.plan, today, chart.client);
  const ofPractice = await libraryOfPractice(client, libraryOfChart(chart, library));
  const findings = blockingFindings(checkPlan({ plan, record: clientRecord(chart), library: ofPractice, today }));
  if (findings.length > 0)
    throw new Problem(
      422,
      "The plan cannot be signed yet",
      findings.length === 1 ? "One thing is missing." : `${findings.length} things are missing.`,
      { findings },
    );
  if (exceptionUnsaid(plan))
    throw invalid([
      { pointer: "/agreement/detail", message: "Write down what the client does not agree with: the signature refers to it." },
    ]);
  const canonical = canonicalText(plan);
  const frozen = textHash(canonical);
  await client.query("UPDATE trellis.plan_draft SET state = 'signing', canonical = $2, hash = $3 WHERE plan_id = $1", [
    planId,
    canonical,
    frozen,
  ]);
  await client.query(auditEntry("plan.freeze", rows.clientId, planId, { revision: plan.revision, hash: frozen }));
  return frozen;
}

/**
 * Takes one signature on the frozen content, and puts the plan into force with the last one. The password of a clinician or supervisor
 * has been checked before.
 */
export async function sign(
  client: pg.PoolClient,
  signedIn: SignedIn,
  planId: string,
  request: SignatureRequest,
  now: Date,
): Promise<PlanOnHand["state"]> {
  const asker = asAsker(signedIn);
  const { member, practice } = signedIn;
  const { rows, onHand } = await lockedDraft(client, planId, request.hash);
  if (onHand.state === "signed") return "signed";
  if (onHand.state === "draft")
    throw new Problem(409, "The plan is not frozen", "It was opened for changes. Freeze it again before anybody signs.", {
      state: "draft",
    });
  if (onHand.hash !== request.hash)
    throw new Problem(409, "Changed meanwhile", "The plan was changed since this page was opened. Read it again before signing.", {
      hash: onHand.hash,
    });
  const supervised = rows.supervised || (request.role === "clinician" && member.supervisorId !== null);
  const required = requiredSignatures(
    onHand.plan,
    practice.coSignature,
    supervised,
    todayIn(practice.timeZone, now),
    standing(onHand.signatures).map(({ role }) => role),
  );
  if (!required.includes(request.role)) throw invalid([{ pointer: "/role", message: "This plan does not need this signature." }]);
  const given = standing(onHand.signatures);
  const before = given.find((signature) => signature.role === request.role);
  // Sent again after an answer that got lost.
  if (before?.outcome === "signed") return onHand.state;
  if (request.role === "supervisor") {
    const clinician = given.find((signature) => signature.role === "clinician");
    if (!clinician) throw invalid([{ pointer: "/role", message: "The clinician signs before the supervisor." }]);
    if (clinician.memberId === member.id) throw forbidden("Nobody co-signs their own plan. Ask another supervisor.");
    // Otherwise anybody with the role could let themselves in and stand in for the clinician's own supervisor.
    const { rows: belongs } = await client.query<{ decides: boolean }>("SELECT trellis.decides_care_team($1) AS decides", [rows.clientId]);
    if (belongs[0]?.decides !== true)
      throw forbidden("Emergency access does not let you co-sign. The clinician's supervisor or somebody of the care team does.");
  }
  if (before)
    await voidSignature(client, asker, rows.clientId, before.id, request.kind === "not-signed" ? "Recorded anew" : "Signed afterwards");
  const signed = await insertSignature(client, signedIn, onHand, request);
  await client.query(
    auditEntry(signed.outcome === "signed" ? "plan.sign" : "plan.not-signed", rows.clientId, planId, {
      revision: onHand.plan.revision,
      role: request.role,
      hash: request.hash,
      signature: signed.id,
      signatureHash: signed.signatureHash,
    }),
  );
  const missing = missingRoles(required, [...given, signed]);
  if (missing.length === 0) {
    await complete(client, asker, onHand);
    return "signed";
  }
  const state = missing.every((role) => role === "supervisor") ? "awaiting-co-signature" : "signing";
  await client.query("UPDATE trellis.plan_draft SET state = $2 WHERE plan_id = $1", [planId, state]);
  return state;
}

type GivenSignature = Pick<SignatureRow, "role" | "outcome">;

const standing = (signatures: readonly SignatureRow[]) => signatures.filter((signature) => signature.voided === null);
const missingRoles = (required: readonly SignatureRole[], given: readonly GivenSignature[]) =>
  required.filter((role) => !given.some((signature) => signature.role === role));

/** The draft of a plan, locked until the transaction ends; or, when this content has just been signed by all, the signed revision. */
async function lockedDraft(
  client: pg.PoolClient,
  planId: string,
  hash?: string,
): Promise<{ readonly rows: PlanRows; readonly onHand: PlanOnHand }> {
  await client.query("SELECT 1 FROM trellis.plan_draft WHERE plan_id = $1 FOR UPDATE", [planId]);
  const rows = parsePlanRows((await client.query(planQuery(planId, null))).rows);
  const onHand = rows && planOnHand(rows);
  if (!rows || !onHand) throw notFound();
  if (onHand.state === "signed" && onHand.hash !== hash)
    throw new Problem(409, "The plan is signed", "A signed revision never changes. Start the next revision.", { state: "signed" });
  return { rows, onHand };
}

async function voidSignature(
  client: pg.PoolClient,
  { practiceId, memberId }: Asker,
  clientId: string,
  signatureId: string,
  reason: string,
): Promise<void> {
  await client.query("INSERT INTO trellis.signature_void (practice_id, signature_id, client_id, reason, by) VALUES ($1, $2, $3, $4, $5)", [
    practiceId,
    signatureId,
    clientId,
    reason,
    memberId,
  ]);
}

async function insertSignature(
  client: pg.PoolClient,
  signedIn: SignedIn,
  { plan }: PlanOnHand,
  request: SignatureRequest,
): Promise<GivenSignature & { readonly id: string; readonly signatureHash: string }> {
  const { practiceId, memberId } = asAsker(signedIn);
  const { member } = signedIn;
  const outcome = request.kind === "not-signed" ? "not-signed" : "signed";
  const byMember = request.kind === "password";
  const name = byMember
    ? member.name
    : request.kind === "not-signed"
      ? request.role === "guardian"
        ? plan.subject.guardianName
        : plan.subject.name
      : request.name;
  const id = randomUUID();
  const { rows } = await client.query<{ hash: string }>(
    `INSERT INTO trellis.signature AS s (practice_id, id, plan_id, client_id, revision, role, outcome, member_id, name, credentials, statement, reason, method, drawing, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     RETURNING trellis.signature_hash(s) AS hash`,
    [
      practiceId,
      id,
      plan.id,
      plan.clientId,
      plan.revision,
      request.role,
      outcome,
      // Who was signed in: the signer, or the one in whose presence the client signed.
      memberId,
      name,
      byMember ? member.credentials : "",
      outcome === "signed" ? signatureStatement(request.role, plan) : "",
      request.kind === "not-signed" ? notSignedText(request.reason, request.detail) : "",
      request.kind === "not-signed" ? null : request.kind,
      request.kind === "drawn" ? request.drawing : null,
      request.hash,
    ],
  );
  return { role: request.role, outcome, id, signatureHash: rows[0]?.hash ?? "" };
}

/** All have signed: the frozen content becomes a revision that is never changed. */
async function complete(client: pg.PoolClient, { practiceId }: Asker, { plan, hash }: PlanOnHand): Promise<void> {
  await client.query(
    `INSERT INTO trellis.plan_revision (practice_id, plan_id, client_id, revision, canonical, hash, fingerprint, established_on, review_due)
     SELECT d.practice_id, d.plan_id, d.client_id, d.revision, d.canonical, d.hash, $2, $3, $4 FROM trellis.plan_draft AS d WHERE d.plan_id = $1 AND d.hash = $5 AND d.practice_id = $6`,
    [plan.id, likenessFingerprint(plan), plan.establishedOn, plan.reviewDue, hash, practiceId],
  );
  await client.query("DELETE FROM trellis.plan_draft WHERE plan_id = $1", [plan.id]);
  await client.query(auditEntry("plan.complete", plan.clientId, plan.id, { revision: plan.revision, hash }));
}
