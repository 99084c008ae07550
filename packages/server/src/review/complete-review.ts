import { randomUUID } from "node:crypto";
import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { subjectOf } from "@trellis/domain/plan/blank-plan";
import { draftContext } from "@trellis/domain/plan/draft/draft-context";
import { planAssessments } from "@trellis/domain/plan/draft/draft-narrative";
import { nextRevision } from "@trellis/domain/plan/revision";
import { applyReview, notesOfReview, reasonOfReview } from "@trellis/domain/review/apply-review";
import { reviewGaps } from "@trellis/domain/review/check-review";
import { withLinkAnswers } from "@trellis/domain/review/clients-part";
import type { ClientsPart, Review } from "@trellis/domain/review/review";
import type pg from "pg";
import { auditEntry } from "../audit/record.ts";
import { clientRecord, libraryOfChart } from "../chart/read-chart.ts";
import { saveKept } from "../chart/save-kept.ts";
import { followHomework } from "../client-link/homework-links.ts";
import { invalid, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext } from "../http/request-context.ts";
import { author, editDraft } from "../plan/draft-routes.ts";
import { insertDraft } from "../plan/insert-draft.ts";
import { todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { draftIsThere, lookAt, readForReview } from "./open-review.ts";

interface Completed {
  readonly planId: string;
  readonly revision: number;
}

/**
 * Makes the draft of the next revision out of a review and closes it, all or nothing: the draft begins as any next revision does, and what was decided
 * stands in its history as edits. A draft that is there already, or a revision signed since the review was opened, is told and nothing is changed.
 */
export async function completeReview(
  client: pg.PoolClient,
  trellis: Trellis,
  context: RequestContext,
  {
    id,
    clientId,
    review: written,
    byLink,
  }: { readonly id: string; readonly clientId: string; readonly review: Review; readonly byLink: ClientsPart | null },
): Promise<Completed | Problem> {
  const asker = askerOf(context);
  const signedIn = context.get("signedIn");
  const { practice } = signedIn;
  const today = todayIn(practice.timeZone, trellis.now());
  const found = await readForReview(client, clientId, written.planId);
  const { rows, plan: signed, chart, treatment } = found;
  if (rows.draft !== null) return draftIsThere(rows);
  if (signed.revision !== written.revision)
    return new Problem(
      409,
      "A newer revision is signed",
      `This review looked at revision ${written.revision}; revision ${signed.revision} has been signed since. Turn the review to it: what you decided is kept where it still fits.`,
      { state: "newer", revision: signed.revision },
    );
  const review: Review = { ...written, clientsPart: withLinkAnswers(written.clientsPart, byLink) };
  const gaps = reviewGaps(signed, review, treatment.homework);
  if (gaps.length > 0)
    throw invalid(gaps.slice(0, 50).map(({ kind, about, message }) => ({ pointer: `/content/${kind}/${about}`, message })));
  if (review.nextReview !== null && review.nextReview <= review.on)
    throw invalid([{ pointer: "/content/nextReview", message: "Choose a day after this review." }]);

  const draft = nextRevision(signed, { subject: subjectOf(chart.client), author: author(signedIn), reason: reasonOfReview(review), today });
  const record = clientRecord(chart);
  const { evidence } = lookAt(found, trellis, today);
  const scores = chart.administrations.flatMap(({ content, errorReason }) =>
    errorReason === null && content.date > evidence.since && content.date <= today ? [content.id] : [],
  );
  const edits = applyReview(draft, review, {
    id: randomUUID(),
    reviewWeeks: practice.reviewWeeks,
    profile: draft.profile,
    scores,
    diagnoses: record.diagnoses,
  });
  const assessments = planAssessments(draftContext(record, libraryOfChart(chart, trellis.library), today, randomUUID));
  // The scores that it was decided on stand in the plan that came of it; an answer among them that calls for a look is then asked about before signing.
  if (JSON.stringify(assessments) !== JSON.stringify(draft.assessments))
    edits.push({ type: "set", path: ["assessments"], value: assessments });
  await insertDraft(client, asker, draft, rows.seq, { heldBack: [], alternatives: [], notes: notesOfReview(draft, review) });
  await client.query(auditEntry("plan.next-revision", clientId, draft.id, { revision: draft.revision }));
  const seq = await editDraft(client, asker, draft.id, { base: rows.seq, batch: randomUUID(), edits });
  if (seq instanceof Problem) throw seq;

  for (const { id: homeworkId, decision } of review.homework) {
    const given = treatment.homework.find((entry) => entry.id === homeworkId);
    if (decision !== "taken-back" || given === undefined || given.content.withdrawnOn !== null) continue;
    const content = { ...given.content, withdrawnOn: today, withdrawnReason: "Its objective ended at the review." };
    const saved = await saveKept(client, context, {
      table: "homework",
      schema: AssignedHomework,
      clientId,
      id: homeworkId,
      version: given.version,
      content,
      action: "homework.save",
      what: "this homework",
    });
    if (saved instanceof Problem) throw saved;
    await followHomework(client, clientId, homeworkId, content);
  }

  const closed = await client.query<{ seal: string }>(
    `UPDATE trellis.review AS r SET content = $3, state = 'done', closed_at = now(), led_to = $4, version = version + 1, saved_at = now(), saved_by = $5
     WHERE client_id = $1 AND id = $2 RETURNING trellis.review_seal(r) AS seal`,
    [clientId, id, JSON.stringify(review), draft.revision, asker.memberId],
  );
  await client.query(auditEntry("review.complete", clientId, id, { revision: draft.revision, seal: closed.rows[0]?.seal ?? "" }));
  return { planId: draft.id, revision: draft.revision };
}
