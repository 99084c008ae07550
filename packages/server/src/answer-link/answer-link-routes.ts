import { randomUUID } from "node:crypto";
import { canBeAnswered } from "@trellis/domain/measures/measure";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { measureRowsOf, practiceMeasuresOf } from "../measures/practice-measures.ts";
import { newToken, oneTimeLink, tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";
import { LinkedMeasure } from "./open-link.ts";

const mostMeasures = 12;
const mostHours = 30 * 24;

const Create = z.strictObject({
  measures: z
    .array(z.string().max(80))
    .min(1, "Choose at least one measure.")
    .max(mostMeasures, `At most ${mostMeasures} measures in one link.`)
    .transform((ids) => [...new Set(ids)]),
  /** How long it can be opened. */
  hours: z
    .number()
    .int("Enter whole hours.")
    .min(1, "A link works for at least an hour.")
    .max(mostHours, "A link works for at most 30 days.")
    .default(3 * 24),
});

const LinkRow = z.object({
  id: z.string(),
  measures: z.array(LinkedMeasure),
  createdAt: z.date(),
  createdBy: z.string(),
  expiresAt: z.date(),
  openedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  state: z.enum(["open", "opened", "finished", "expired", "withdrawn"]),
});

/** Private links by which a client answers measures: for those who treat. */
export function answerLinkRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.post("/clients/:id/answer-links", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const { measures: chosen, hours } = await body(context, Create);
    const { practiceId, memberId } = askerOf(context);
    const id = randomUUID();
    const token = newToken();
    const expiresAt = await writeChart(trellis, context, clientId, async (client) => {
      const found = await measureRowsOf(client, clientId);
      const retired = new Set(found.own.flatMap(({ measure, retired: is }) => (is ? [measure.id] : [])));
      const known = new Map(practiceMeasuresOf(trellis.library.measures, found).map((measure) => [measure.id, measure]));
      const faults = chosen.flatMap((measureId, index) => {
        const measure = known.get(measureId);
        const pointer = `/measures/${index}`;
        if (measure === undefined || retired.has(measureId)) return [{ pointer, message: "This measure is not in the library." }];
        if (!canBeAnswered(measure))
          return [{ pointer, message: `The words of ${measure.name} are not here, so a client cannot answer it by link.` }];
        return [];
      });
      if (faults.length > 0) throw invalid(faults);
      const made = await client.query<{ expires_at: Date }>(
        `INSERT INTO trellis.answer_link (practice_id, client_id, id, token_hash, measures, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7)) RETURNING expires_at`,
        [
          practiceId,
          clientId,
          id,
          tokenHash(token),
          JSON.stringify(chosen.map((measureId) => ({ id: measureId, administration: randomUUID() }))),
          memberId,
          hours,
        ],
      );
      await client.query(auditEntry("answer-link.create", clientId, id, { measures: chosen.join(" "), hours }));
      return made.rows[0]?.expires_at;
    });
    // Told this once: only its hash is kept.
    return context.json(
      { id, link: oneTimeLink(trellis, context, "answer", token), expiresAt, publicAddress: trellis.publicAddress !== null },
      201,
    );
  });

  routes.get("/clients/:id/answer-links", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const links = await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query(
        `SELECT l.id, l.measures, l.created_at AS "createdAt", coalesce(m.name, '') AS "createdBy", l.expires_at AS "expiresAt", l.opened_at AS "openedAt",
           l.finished_at AS "finishedAt", CASE WHEN l.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN l.finished_at IS NOT NULL THEN 'finished'
             WHEN l.expires_at <= now() THEN 'expired' WHEN l.opened_at IS NOT NULL THEN 'opened' ELSE 'open' END AS state
         FROM trellis.answer_link AS l LEFT JOIN trellis.member AS m ON m.practice_id = l.practice_id AND m.id = l.created_by
         WHERE l.client_id = $1 ORDER BY l.created_at DESC, l.id LIMIT 50`,
        [clientId],
      );
      await client.query(auditEntry("answer-link.read", clientId));
      return z.array(LinkRow).parse(rows);
    });
    return context.json({
      links: links.map(({ measures, ...link }) => ({ ...link, measures: measures.map(({ id }) => id) })),
      publicAddress: trellis.publicAddress !== null,
    });
  });

  routes.delete("/clients/:id/answer-links/:linkId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const linkId = pathId(context, "linkId");
    await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query<{ finished: boolean; withdrawn: boolean }>(
        `SELECT finished_at IS NOT NULL AS finished, withdrawn_at IS NOT NULL AS withdrawn FROM trellis.answer_link WHERE id = $1 AND client_id = $2 FOR UPDATE`,
        [linkId, clientId],
      );
      const found = rows[0];
      if (found === undefined) throw notFound();
      if (found.finished) throw invalid([{ pointer: "", message: "This link has been answered: there is nothing left to withdraw." }]);
      if (found.withdrawn) return;
      await client.query("UPDATE trellis.answer_link SET withdrawn_at = now() WHERE id = $1 AND client_id = $2", [linkId, clientId]);
      await client.query(auditEntry("answer-link.withdraw", clientId, linkId));
    });
    return context.body(null, 204);
  });
  return routes;
}
