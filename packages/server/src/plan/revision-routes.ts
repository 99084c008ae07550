import { dayOf, type IsoDate } from "@trellis/domain/calendar/date";
import { type ComparedRevision, changesDocument } from "@trellis/domain/document/changes-document";
import { differenceInWords } from "@trellis/domain/plan/difference/difference-in-words";
import { planHistory } from "@trellis/domain/plan/difference/item-history";
import { differenceOf, type PlanDifference } from "@trellis/domain/plan/difference/plan-difference";
import { valuesOf } from "@trellis/domain/plan/objective-progress";
import type { Metric } from "@trellis/domain/plan/plan";
import { Hono } from "hono";
import type pg from "pg";
import { type AuditAction, auditEntry } from "../audit/record.ts";
import { chartQuery, clientRecord, libraryOfChart, parseChart } from "../chart/read-chart.ts";
import { withPractice } from "../database/pool.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { answerPdf } from "../http/pdf.ts";
import { invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import { readSignedIn, todayIn } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { parseRevisions, type Revision, type Revisions, revisionsQuery } from "./read-revisions.ts";

/** What changed between two revisions of a plan, on the screen and as a PDF, and the history of all of them. */
export function revisionRoutes(trellis: Trellis) {
  const { app, library, documents, now } = trellis;
  const routes = new Hono<RequestEnvironment>();

  routes.get("/plans/:id/compare", async (context) => {
    const { planId, asked } = await comparing(context, trellis, "plan.compare");
    const { timeZone } = context.get("signedIn").practice;
    const { from, to, difference } = asked;
    return context.json({
      planId,
      from: revisionAnswer(from, timeZone),
      to: revisionAnswer(to, timeZone),
      record: differenceInWords(difference, "record"),
      client: differenceInWords(difference, "client"),
    });
  });

  routes.get("/plans/:id/changes.pdf", async (context) => {
    const kind = context.req.query("kind") ?? "record";
    if (kind !== "record" && kind !== "client") throw notFound();
    const { asked } = await comparing(context, trellis, "plan.compare-document");
    const { timeZone } = context.get("signedIn").practice;
    const { from, to, difference } = asked;
    const document = changesDocument(difference, kind, { from: comparedOf(from, timeZone), to: comparedOf(to, timeZone) });
    const pdf = await documents.render("plan-changes.typ", document, to.state === "signed" ? new Date(to.at) : now());
    return answerPdf(context, pdf, `plan-changes-${kind}-revision-${from.revision}-to-${to.revision}`);
  });

  routes.get("/plans/:id/history", needSignIn(trellis), async (context) => {
    needClinicalRole(context);
    const planId = pathId(context, "id");
    const { timeZone } = context.get("signedIn").practice;
    const found = await withPractice(app, askerOf(context), async (client) => {
      const revisions = parseRevisions((await client.query(revisionsQuery(planId))).rows);
      if (revisions === null) return null;
      const chart = parseChart((await client.query(chartQuery(revisions.clientId))).rows);
      await client.query(auditEntry("plan.read", revisions.clientId, planId, { history: true }));
      return chart === null ? null : { revisions, chart };
    });
    if (found === null) throw notFound();
    const { revisions, chart } = found;
    const { administrations } = clientRecord(chart);
    const { measureById } = libraryOfChart(chart, library);
    const today = todayIn(timeZone, now());
    const scoreOn = (metric: Metric, on: IsoDate): number | null => {
      const measure = metric.measure === undefined ? undefined : measureById.get(metric.measure);
      return measure === undefined
        ? null
        : (valuesOf(metric, measure, administrations, today).findLast(({ date }) => date <= on)?.value ?? null);
    };
    return context.json({
      planId,
      revisions: revisions.list.map((revision) => revisionAnswer(revision, timeZone)).toReversed(),
      items: planHistory(
        revisions.list.map((revision) => ({
          plan: revision.plan,
          on: comparedOf(revision, timeZone).on,
          signed: revision.state === "signed",
        })),
        { proposedOn: (id) => revisions.proposedOn(id, timeZone), scoreOn },
      ),
    });
  });
  return routes;
}

interface Asked {
  readonly from: Revision;
  readonly to: Revision;
  readonly difference: PlanDifference;
}

/** The two revisions of the address and what differs, with the entry in the trail made in the same trip. */
async function comparing(
  context: RequestContext,
  trellis: Trellis,
  action: AuditAction,
): Promise<{ readonly planId: string; readonly asked: Asked }> {
  const planId = pathId(context, "id");
  const [found] = await readSignedIn(context, trellis, [revisionsQuery(planId), compareEntry(action, planId)]);
  needClinicalRole(context);
  const revisions = parseRevisions(found.rows);
  if (revisions === null) throw notFound();
  return { planId, asked: compared(revisions, numberAsked(context, "from"), numberAsked(context, "to")) };
}

function compareEntry(action: AuditAction, planId: string): pg.QueryConfig {
  return {
    name: `audit-${action}`,
    text: `SELECT audit.append('${action}', n.client_id, n.id::text, '{}') FROM trellis.plan AS n WHERE n.id = $1`,
    values: [planId],
  };
}

/**
 * The pair that was asked for, the earlier one first whichever way round it was asked. Without `to` it is the newest, the draft included; without `from`
 * it is the signed one before that.
 */
function compared({ list }: Revisions, askedFrom: number | null, askedTo: number | null): Asked {
  const at = (number: number) => list.findIndex(({ revision }) => revision === number);
  const last = askedTo === null ? list.length - 1 : at(askedTo);
  const first = askedFrom === null ? last - 1 : at(askedFrom);
  if (askedFrom !== null && askedFrom === askedTo) throw invalid([{ pointer: "/to", message: "Choose two different revisions." }]);
  const [earlier, later] = first < last ? [first, last] : [last, first];
  const [from, to] = [list[earlier], list[later]];
  if (from === undefined || to === undefined) throw notFound();
  const passed = list.slice(earlier + 1, later).map(({ plan }) => plan);
  return { from, to, difference: differenceOf(from.plan, to.plan, passed) };
}

function numberAsked(context: RequestContext, name: string): number | null {
  const text = context.req.query(name);
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw notFound();
  return Number(text);
}

function comparedOf({ revision, state, at, signatures }: Revision, timeZone: string): ComparedRevision {
  return { revision, state, on: dayOf(new Date(at).toISOString(), timeZone), signatures };
}

/** A revision in a list: who, when and why. */
function revisionAnswer(revision: Revision, timeZone: string) {
  const { plan, state, at, signatures } = revision;
  return {
    revision: plan.revision,
    state,
    at,
    on: comparedOf(revision, timeZone).on,
    reason: plan.changeReason,
    author: plan.author.clinicianName,
    signatures: signatures.map(({ role, outcome, name, credentials }) => ({ role, outcome, name, credentials })),
  };
}
