import { randomUUID } from "node:crypto";
import { line } from "@trellis/domain/client/client";
import { Hono } from "hono";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { limitRate, needRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestContext, type RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";
import { Credentials, createAccount, Email, NewPassword, OwnName } from "./account.ts";
import { Role } from "./current-session.ts";
import { rememberBrowser } from "./known-browser.ts";
import { newToken, oneTimeLink, Token, tokenHash } from "./one-time-token.ts";
import { internalHeaders } from "./session-routes.ts";

const Roles = z
  .array(Role)
  .min(1, "Choose at least one role.")
  .max(4)
  .transform((roles) => [...new Set(roles)]);
const Invite = z.strictObject({
  name: line(200).trim().min(1, "Enter the person's name."),
  roles: Roles,
});
const Accept = z.strictObject({
  token: Token,
  name: OwnName,
  credentials: Credentials,
  email: Email,
  password: NewPassword,
});

const lifeDays = 7;

/** One-time links by which people join the practice. */
export function invitationRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();
  const fewTries = limitRate(30, 60, (context) => context.get("clientAddress"));
  const owner = (context: RequestContext) => needRole(context, ["owner"], "Only the owner of the practice can invite people.");

  routes.post("/invitations/look", fewTries, async (context) => {
    const { token } = await body(context, z.strictObject({ token: z.string().max(200) }));
    const { rows } = await trellis.app.query<{ practice_name: string; name: string; roles: string[] }>(
      "SELECT * FROM trellis.look_at_invitation($1)",
      [tokenHash(token)],
    );
    const found = rows[0];
    if (!found) throw notFound();
    return context.json({ practiceName: found.practice_name, name: found.name, roles: found.roles });
  });

  routes.post("/invitations/accept", fewTries, async (context) => {
    const { token, ...person } = await body(context, Accept);
    const gone = () =>
      new Problem(
        404,
        "This invitation does not work",
        "It may have been used already, withdrawn, or be more than seven days old. Ask the owner for a new link.",
      );
    const { rows } = await trellis.app.query("SELECT 1 FROM trellis.look_at_invitation($1)", [tokenHash(token)]);
    if (rows.length === 0) throw gone();
    const cookies = await createAccount(trellis, { ...person, headers: internalHeaders(context) }, async (id) => {
      const accepted = await trellis.app.query<{ accepted: boolean }>("SELECT trellis.accept_invitation($1, $2, $3, $4, $5) AS accepted", [
        tokenHash(token),
        id,
        person.name,
        person.email,
        person.credentials,
      ]);
      if (accepted.rows[0]?.accepted !== true) throw gone();
    });
    for (const cookie of cookies) context.header("set-cookie", cookie, { append: true });
    await rememberBrowser(trellis, context, person.email);
    return context.json({ state: "signed-in" });
  });

  routes.use("/invitations", needSignIn(trellis));
  routes.use("/invitations/:id", needSignIn(trellis));

  routes.get("/invitations", async (context) => {
    owner(context);
    const [list] = await inOneTrip(trellis.app, askerOf(context), [
      {
        name: "open-invitations",
        text: `SELECT id, name, roles, expires_at AS "expiresAt" FROM trellis.invitation
               WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > now() ORDER BY created_at`,
      },
    ]);
    return context.json({ invitations: list.rows });
  });

  routes.post("/invitations", async (context) => {
    owner(context);
    const { name, roles } = await body(context, Invite);
    const token = newToken();
    const id = randomUUID();
    const { practiceId, memberId } = askerOf(context);
    const expiresAt = await withPractice(trellis.app, { practiceId, memberId }, async (client) => {
      const { rows } = await client.query<{ expires_at: Date }>(
        `INSERT INTO trellis.invitation (practice_id, id, token_hash, name, roles, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) RETURNING expires_at`,
        [practiceId, id, tokenHash(token), name, roles, memberId, lifeDays],
      );
      await client.query(auditEntry("invitation.create", null, id, { roles: roles.join(" ") }));
      return rows[0]?.expires_at;
    });
    return context.json({ link: oneTimeLink(trellis, context, "accept-invitation", token), expiresAt });
  });

  routes.delete("/invitations/:id", async (context) => {
    owner(context);
    const id = pathId(context, "id");
    await withPractice(trellis.app, askerOf(context), async (client) => {
      const { rowCount } = await client.query(
        "UPDATE trellis.invitation SET revoked_at = now() WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL",
        [id],
      );
      if (rowCount === 0) throw notFound();
      await client.query(auditEntry("invitation.withdraw", null, id));
    });
    return context.body(null, 204);
  });
  return routes;
}
