import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import type { DocumentSignature } from "@trellis/domain/document/plan-document";
import { libraryOfPractice } from "@trellis/domain/library/library-of-practice";
import { crisisWords } from "@trellis/domain/practice/crisis-words";
import { Hono } from "hono";
import { needClinicalRole } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { notFound } from "../http/problem.ts";
import type { RequestEnvironment } from "../http/request-context.ts";
import { ownSourcesQuery, parseOwnLibrary } from "../own-library/own-chapters.ts";
import { readSignedIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { readEntry, revisionAsked } from "./draft-routes.ts";
import { parsePlanRows, planOnHand, planQuery, planStanding, type SignatureRow } from "./read-plan.ts";
import { parseRevisionBefore, revisionBeforeQuery } from "./read-revisions.ts";

/** The plan as a PDF: `kind=record` for the chart and the payer, `kind=client` in everyday words. */
export function documentRoutes(trellis: Trellis) {
  const { library, documents, now } = trellis;
  const routes = new Hono<RequestEnvironment>();

  routes.get("/plans/:id/document.pdf", async (context) => {
    const planId = pathId(context, "id");
    const kind = context.req.query("kind") ?? "record";
    if (kind !== "record" && kind !== "client") throw notFound();
    const revision = revisionAsked(context);
    const [found, earlier, own] = await readSignedIn(context, trellis, [
      planQuery(planId, revision),
      revisionBeforeQuery(planId, revision),
      ownSourcesQuery,
      readEntry("plan.document", planId, revision),
    ]);
    needClinicalRole(context);
    const rows = parsePlanRows(found.rows);
    const onHand = rows && planOnHand(rows);
    if (!onHand) throw notFound();
    const { practice } = context.get("signedIn");
    const pdf = await documents.renderPlanDocument({
      plan: onHand.plan,
      library: libraryOfPractice(library, { chapters: [], sources: parseOwnLibrary(own.rows).sources }),
      signatures: onHand.signatures
        .filter((signature) => signature.voided === null)
        .map((signature) => documentSignature(signature, practice.timeZone)),
      hash: onHand.hash,
      standing: planStanding(rows, onHand, practice, trellis.now()),
      kind,
      before: kind === "client" ? parseRevisionBefore(earlier.rows) : null,
      safety: crisisWords(practice),
      createdAt: onHand.signedAt === null ? now() : new Date(onHand.signedAt),
    });
    const name = `treatment-plan-${kind}-revision-${onHand.plan.revision}`;
    return answerPdf(context, pdf, name);
  });
  return routes;
}

/** A signature as the document prints it, at the server's time in the practice's zone. */
function documentSignature(
  { role, outcome, name, credentials, statement, reason, at, method, drawing }: SignatureRow,
  timeZone: string,
): DocumentSignature {
  return { role, outcome, name, credentials, statement, reason, at: momentInWords(at, timeZone), method, drawing };
}
