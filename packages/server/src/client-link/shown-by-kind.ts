import type { ClientDocumentKind } from "@trellis/domain/client-document/client-document";
import type { LinkKind, LinkShown } from "@trellis/domain/client-link/client-link";
import { shownForReview, shownHomework } from "@trellis/domain/client-link/what-is-shown";
import { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import type pg from "pg";
import { invalid, notFound } from "../http/problem.ts";
import { parsePlanRows, planOnHand, planQuery } from "../plan/read-plan.ts";
import { namesOf } from "./names-of.ts";
import { newestDocument } from "./refresh-document-links.ts";

/** What a link is to: a homework, a review, or a document of the client's. */
export interface LinkSubject {
  readonly kind: LinkKind;
  readonly subjectId: string | null;
}

const refuse = (message: string) => invalid([{ pointer: "/subjectId", message }]);

/** What the page of a new link will show, from the record as it stands. Throws a problem that says why there is nothing to show. */
export async function shownByKind(client: pg.PoolClient, clientId: string, { kind, subjectId }: LinkSubject): Promise<LinkShown> {
  switch (kind) {
    case "homework":
      return homework(client, clientId, needed(subjectId, "Say which homework the link is to."));
    case "review":
      return review(client, clientId, needed(subjectId, "Say which review the link is to."));
    case "safety-plan":
    case "relapse-plan":
      return document(client, clientId, kind, subjectId);
  }
}

function needed(subjectId: string | null, message: string): string {
  if (subjectId === null) throw refuse(message);
  return subjectId;
}

async function homework(client: pg.PoolClient, clientId: string, id: string): Promise<LinkShown> {
  const { rows } = await client.query<{ content: unknown }>(
    "SELECT content FROM trellis.homework WHERE id = $1 AND client_id = $2 AND removed_at IS NULL",
    [id, clientId],
  );
  if (rows[0] === undefined) throw notFound();
  const given = AssignedHomework.parse(rows[0].content);
  if (given.withdrawnOn !== null) throw refuse("This homework was taken back. Give it anew, and send a link to that.");
  if (given.outcome !== null) throw refuse("This homework has been looked at already. Give it anew to have it done again.");
  return shownHomework(given, await namesOf(client, clientId));
}

async function review(client: pg.PoolClient, clientId: string, id: string): Promise<LinkShown> {
  const { rows } = await client.query<{ state: string; planId: string; revision: number }>(
    `SELECT state, plan_id AS "planId", revision FROM trellis.review WHERE id = $1 AND client_id = $2`,
    [id, clientId],
  );
  const found = rows[0];
  if (found === undefined) throw notFound();
  if (found.state !== "open") throw refuse("This review is closed. The client's part is asked for in the next one.");
  const plan = parsePlanRows((await client.query(planQuery(found.planId, found.revision))).rows);
  const onHand = plan && planOnHand(plan);
  if (onHand?.state !== "signed") throw refuse("There is no signed plan to look at yet.");
  return shownForReview(onHand.plan, await namesOf(client, clientId));
}

const unfinished: Record<ClientDocumentKind, string> = {
  "safety-plan": "No version of the safety plan is finished yet. Finish one first; the link then shows it, and every later version.",
  "relapse-plan":
    "No version of the plan for staying well is finished yet. Finish one first; the link then shows it, and every later version.",
};

async function document(client: pg.PoolClient, clientId: string, kind: ClientDocumentKind, subjectId: string | null): Promise<LinkShown> {
  if (subjectId !== null) throw refuse("A link to a plan always shows its newest finished version.");
  const shown = await newestDocument(client, clientId, kind);
  if (shown === null) throw invalid([{ pointer: "/kind", message: unfinished[kind] }]);
  return shown;
}
