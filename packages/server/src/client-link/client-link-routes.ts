import { linkAnswers } from "@trellis/domain/client-link/client-link";
import { linkDays } from "@trellis/domain/client-link/what-is-shown";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { writeChart } from "../chart/write-chart.ts";
import { needClinicalRole, needSignIn } from "../http/guards.ts";
import { Id, pathId } from "../http/id.ts";
import { body, invalid, notFound } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import { newToken, oneTimeLink, tokenHash } from "../sign-in/one-time-token.ts";
import type { Trellis } from "../trellis.ts";
import { shownByKind } from "./shown-by-kind.ts";

const Kind = z.enum(["homework", "review", "safety-plan", "relapse-plan"]);

const Create = z.strictObject({
  id: Id,
  kind: Kind,
  /** The homework or review; none for a document. */
  subjectId: Id.nullable().default(null),
  /** How long it works, in days from now on; by its kind where nobody says. */
  days: z
    .number()
    .int("Enter whole days.")
    .min(1, "A link works for at least a day.")
    .max(365, "A link works for at most a year.")
    .optional(),
});

const LinkRow = z.object({
  id: z.string(),
  kind: Kind,
  subjectId: z.string().nullable(),
  createdAt: z.date(),
  createdBy: z.string(),
  expiresAt: z.date(),
  openedAt: z.date().nullable(),
  savedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  /** In how many browsers it was opened. */
  browsers: z.number(),
  state: z.enum(["open", "opened", "filled", "finished", "expired", "withdrawn"]),
  /** The client's part of a review as it stands; `null` for other links, and before anything was answered. */
  clientsPart: linkAnswers.review.nullable(),
});

/** Private links to homework, reviews and the client's own documents: for those who treat. */
export function clientLinkRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const signedIn = needSignIn(trellis);

  routes.post("/clients/:id/client-links", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const { id, kind, subjectId, ...asked } = await body(context, Create);
    const days = asked.days ?? linkDays[kind];
    const { practiceId, memberId } = askerOf(context);
    const token = newToken();
    const expiresAt = await writeChart(trellis, context, clientId, async (client) => {
      const shown = await shownByKind(client, clientId, { kind, subjectId });
      // Sent again after an answer that got lost, nobody has the first token: a link not opened yet gets a new one.
      const made = await client.query<{ expires_at: Date }>(
        `INSERT INTO trellis.client_link AS l (practice_id, client_id, id, kind, subject_id, token_hash, shown, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9))
         ON CONFLICT (practice_id, id) DO UPDATE SET token_hash = excluded.token_hash, shown = excluded.shown
           WHERE l.client_id = excluded.client_id AND l.kind = excluded.kind AND l.subject_id IS NOT DISTINCT FROM excluded.subject_id
             AND l.browser_hash IS NULL AND l.withdrawn_at IS NULL
         RETURNING expires_at`,
        [practiceId, clientId, id, kind, subjectId, tokenHash(token), JSON.stringify(shown), memberId, days],
      );
      if (made.rows[0] === undefined) throw invalid([{ pointer: "/id", message: "There is a link of this id already. Make another one." }]);
      await client.query(auditEntry("client-link.create", clientId, id, { kind, days }));
      return made.rows[0].expires_at;
    });
    // Told this once: only its hash is kept.
    return context.json(
      { id, link: oneTimeLink(trellis, context, "link", token), expiresAt, publicAddress: trellis.publicAddress !== null },
      201,
    );
  });

  routes.get("/clients/:id/client-links", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const links = await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query(
        `SELECT l.id, l.kind, l.subject_id AS "subjectId", l.created_at AS "createdAt", coalesce(m.name, '') AS "createdBy", l.expires_at AS "expiresAt",
           l.opened_at AS "openedAt", l.saved_at AS "savedAt", l.finished_at AS "finishedAt",
           CASE WHEN l.browser_hash IS NULL THEN 0 ELSE 1 + cardinality(l.more_browsers) END AS browsers,
           CASE WHEN l.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN l.finished_at IS NOT NULL THEN 'finished' WHEN l.expires_at <= now() THEN 'expired'
             WHEN l.answers IS NOT NULL THEN 'filled' WHEN l.opened_at IS NOT NULL THEN 'opened' ELSE 'open' END AS state,
           CASE l.kind WHEN 'review' THEN l.answers END AS "clientsPart"
         FROM trellis.client_link AS l LEFT JOIN trellis.member AS m ON m.practice_id = l.practice_id AND m.id = l.created_by
         WHERE l.client_id = $1 ORDER BY l.created_at DESC, l.id LIMIT 100`,
        [clientId],
      );
      await client.query(auditEntry("client-link.read", clientId));
      return z.array(LinkRow).parse(rows);
    });
    return context.json({ links, publicAddress: trellis.publicAddress !== null });
  });

  routes.delete("/clients/:id/client-links/:linkId", signedIn, async (context) => {
    needClinicalRole(context);
    const clientId = pathId(context, "id");
    const linkId = pathId(context, "linkId");
    await writeChart(trellis, context, clientId, async (client) => {
      const { rows } = await client.query<{ withdrawn: boolean }>(
        "SELECT withdrawn_at IS NOT NULL AS withdrawn FROM trellis.client_link WHERE id = $1 AND client_id = $2 FOR UPDATE",
        [linkId, clientId],
      );
      if (rows[0] === undefined) throw notFound();
      if (rows[0].withdrawn) return;
      await client.query("UPDATE trellis.client_link SET withdrawn_at = now() WHERE id = $1 AND client_id = $2", [linkId, clientId]);
      await client.query(auditEntry("client-link.withdraw", clientId, linkId));
    });
    return context.body(null, 204);
  });
  return routes;
}
