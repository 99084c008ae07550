import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import pg from "pg";
import { z } from "zod";
import { auditEntry } from "../audit/record.ts";
import { inOneTrip, withPractice } from "../database/pool.ts";
import { limitRate, needRole, needSignIn } from "../http/guards.ts";
import { pathId } from "../http/id.ts";
import { body, notFound, Problem } from "../http/problem.ts";
import { askerOf, type RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";
import { NewPassword } from "./account.ts";
import { forgetFailures } from "./failed-attempts.ts";
import { newToken, oneTimeLink, Token, tokenHash } from "./one-time-token.ts";
import { checkPassword } from "./password.ts";

const lifeHours = 24;
const page = "set-password";

const gone = () =>
  new Problem(
    404,
    "This link does not work",
    "It may have been used already, replaced by a newer one, or be more than a day old. Ask the owner for a new link.",
  );

/** A way back in for somebody who forgot the password or lost the phone: a one-time link that the owner hands over. There is no e-mail in Trellis. */
export function recoveryRoutes(trellis: Trellis) {
  const { app, auth, authentication } = trellis;
  const routes = new Hono<RequestEnvironment>();
  const fewTries = limitRate(30, 60, (context) => context.get("clientAddress"));

  routes.post("/members/:id/recovery", needSignIn(trellis), async (context) => {
    needRole(context, ["owner"], "Only the owner of the practice can make such a link.");
    const id = pathId(context, "id");
    const { secondFactor, password } = await body(
      context,
      z.strictObject({ secondFactor: z.boolean().default(false), password: z.string().min(1, "Enter your own password.").max(200) }),
    );
    // The link opens somebody's account, so an unattended screen must not be enough.
    await checkPassword(trellis, context.get("signedIn").member, password);
    const token = newToken();
    const { practiceId, memberId } = askerOf(context);
    const expiresAt = new Date(trellis.now().getTime() + lifeHours * 3_600_000);
    await withPractice(app, { practiceId, memberId }, async (client) => {
      const { rowCount } = await client.query("SELECT 1 FROM trellis.member WHERE id = $1 AND active", [id]);
      if (rowCount === 0) throw notFound();
      await client.query("SELECT trellis.end_recoveries($1)", [id]);
      await client.query(
        "INSERT INTO trellis.recovery (practice_id, id, member_id, token_hash, second_factor_off, created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [practiceId, randomUUID(), id, tokenHash(token), secondFactor, memberId, expiresAt],
      );
      await client.query(auditEntry("member.recovery", null, id, { secondFactor }));
    });
    return context.json({ link: oneTimeLink(trellis, context, page, token), expiresAt });
  });

  routes.post("/recovery/look", fewTries, async (context) => {
    const { token } = await body(context, z.strictObject({ token: z.string().max(200) }));
    const { rows } = await app.query<{ practice_name: string; name: string }>(
      "SELECT practice_name, name FROM trellis.look_at_recovery($1)",
      [tokenHash(token)],
    );
    if (!rows[0]) throw gone();
    return context.json({ practiceName: rows[0].practice_name, name: rows[0].name });
  });

  routes.post("/recovery/use", fewTries, async (context) => {
    const { token, password } = await body(context, z.strictObject({ token: Token, password: NewPassword }));
    const { password: scrypt } = await authentication.$context;
    const hash = await scrypt.hash(password);
    const { rows } = await app.query<{ practice_id: string; member_id: string; email: string; second_factor_off: boolean }>(
      "SELECT practice_id, member_id, email, second_factor_off FROM trellis.use_recovery($1)",
      [tokenHash(token)],
    );
    const used = rows[0];
    if (!used) throw gone();
    await setPassword(auth, used.member_id, hash, used.second_factor_off);
    await forgetFailures(auth, used.email);
    await inOneTrip(app, { practiceId: used.practice_id, memberId: used.member_id }, [
      auditEntry("password.reset", null, used.member_id, { secondFactorOff: used.second_factor_off }),
    ]);
    return context.body(null, 204);
  });
  return routes;
}

/** Sets the new password and ends every session that was opened with the old one. */
async function setPassword(auth: pg.Pool, memberId: string, hash: string, secondFactorOff: boolean): Promise<void> {
  const client = await auth.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `UPDATE auth."account" SET "password" = $2, "updatedAt" = now() WHERE "userId" = $1 AND "providerId" = 'credential'`,
      [memberId, hash],
    );
    await client.query(`DELETE FROM auth."session" WHERE "userId" = $1`, [memberId]);
    if (secondFactorOff) {
      await client.query(`DELETE FROM auth."twoFactor" WHERE "userId" = $1`, [memberId]);
      await client.query(`UPDATE auth."user" SET "twoFactorEnabled" = false WHERE "id" = $1`, [memberId]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/**
 * A link for an owner who is locked out, made by whoever has the machine: as the tables' owner, when Trellis starts. Gives the link,
 * or `null` when nobody has this e-mail address. The second factor goes with the password.
 */
export async function recoverAtMachine(owner: pg.ClientConfig, email: string, address: string): Promise<string | null> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  await client.connect();
  try {
    const token = newToken();
    const { rows } = await client.query<{ made: boolean }>(
      "SELECT trellis.recover_at_machine($1, $2, $3, make_interval(hours => $4)) AS made",
      [email.trim(), randomUUID(), tokenHash(token), lifeHours],
    );
    return rows[0]?.made === true ? `${address}/${page}#${token}` : null;
  } finally {
    await client.end();
  }
}
