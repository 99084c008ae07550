import { createHash } from "node:crypto";
import type pg from "pg";
import { Problem } from "../http/problem.ts";

/** So many wrong passwords for one account within the window, from wherever they come, close it for the rest of the window. */
const mostAttempts = 10;
const windowMinutes = 15;

const keyOf = (whose: string) => createHash("sha256").update(whose.trim().toLowerCase()).digest("base64url");

/**
 * Under what wrong passwords in an open session are counted. By themselves: somebody who guesses at the door must not keep the person who is
 * inside from signing, and a signature must not wipe away what was guessed at the door.
 */
export const insideSession = (memberId: string) => `signed-in ${memberId}`;

/**
 * Counts an attempt before the password is looked at, and refuses it with 429 when the account has had too many: so that many sent at once are
 * no more than ten either. Says the same whether the account exists or not.
 * @param whose as what somebody who signs in is counted (`countedAs`), or `insideSession`.
 */
export async function takeAttempt(pool: pg.Pool, whose: string): Promise<void> {
  const { rows } = await pool.query<{ count: number; seconds: number }>(
    `INSERT INTO auth.failed_attempt AS f (key, count) VALUES ($1, 1)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN f.first_at < now() - make_interval(mins => $2) THEN 1 ELSE least(f.count, $3) + 1 END,
       first_at = CASE WHEN f.first_at < now() - make_interval(mins => $2) THEN now() ELSE f.first_at END
     RETURNING count, ceil(extract(epoch FROM first_at + make_interval(mins => $2) - now()))::int AS seconds`,
    [keyOf(whose), windowMinutes, mostAttempts],
  );
  const taken = rows[0];
  if (taken === undefined || taken.count <= mostAttempts) return;
  throw new Problem(
    429,
    "Too many attempts",
    `Too many wrong passwords for this account. Try again in ${Math.max(1, Math.ceil(taken.seconds / 60))} minutes.`,
    { retryAfter: taken.seconds },
  );
}

/** Gives an attempt back that was no wrong password. */
export async function giveAttemptBack(pool: pg.Pool, whose: string): Promise<void> {
  await pool.query("UPDATE auth.failed_attempt SET count = count - 1 WHERE key = $1 AND count > 0", [keyOf(whose)]);
}

/** The right password wipes the slate. */
export async function forgetFailures(pool: pg.Pool, whose: string): Promise<void> {
  await pool.query("DELETE FROM auth.failed_attempt WHERE key = $1", [keyOf(whose)]);
}
