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
 * Refuses with 429 while an account has had too many wrong passwords. Says the same whether the account exists or not.
 * @param whose the e-mail address that somebody signs in with, or `insideSession`.
 */
export async function refuseWhenThrottled(pool: pg.Pool, whose: string): Promise<void> {
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM first_at + make_interval(mins => $2) - now()))::int AS seconds FROM auth.failed_attempt
     WHERE key = $1 AND count >= $3 AND first_at > now() - make_interval(mins => $2)`,
    [keyOf(whose), windowMinutes, mostAttempts],
  );
  const seconds = rows[0]?.seconds;
  if (seconds === undefined) return;
  throw new Problem(
    429,
    "Too many attempts",
    `Too many wrong passwords for this account. Try again in ${Math.max(1, Math.ceil(seconds / 60))} minutes.`,
    { retryAfter: seconds },
  );
}

/** Counts a wrong password. */
export async function countFailure(pool: pg.Pool, whose: string): Promise<void> {
  await pool.query(
    `INSERT INTO auth.failed_attempt AS f (key, count) VALUES ($1, 1)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN f.first_at < now() - make_interval(mins => $2) THEN 1 ELSE f.count + 1 END,
       first_at = CASE WHEN f.first_at < now() - make_interval(mins => $2) THEN now() ELSE f.first_at END`,
    [keyOf(whose), windowMinutes],
  );
}

/** The right password wipes the slate. */
export async function forgetFailures(pool: pg.Pool, whose: string): Promise<void> {
  await pool.query("DELETE FROM auth.failed_attempt WHERE key = $1", [keyOf(whose)]);
}
