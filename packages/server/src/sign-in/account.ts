import { line } from "@trellis/domain/client/client";
import { z } from "zod";
import { invalid, Problem } from "../http/problem.ts";
import type { Trellis } from "../trellis.ts";
import { longestPassword, shortestPassword } from "./authentication.ts";

/** Both stand on plans, whose fields are lines too. */
export const OwnName = line(200).trim().min(1, "Enter your name as it should stand on plans.");
export const Credentials = line(120).trim().default("");
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200, "At most 200 characters fit here.")
  .pipe(z.email("Enter an email address, such as name@example.org."));
export const NewPassword = z
  .string()
  .min(shortestPassword, `Use at least ${shortestPassword} characters; a few words make a good password.`)
  .max(longestPassword, `At most ${longestPassword} characters fit here.`);

interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Of the request that asks for it. */
  readonly headers: Headers;
}

/** Accounts being made in this process, which is the only one, by e-mail address. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Makes an account and signs it in. `join` then makes its member in the practice; when that fails, the account is taken back. Gives the cookies of
 * the session that has begun. Throws a problem at `/email` when there is an account with this address.
 */
export async function createAccount(
  trellis: Trellis,
  account: NewAccount,
  join: (memberId: string) => Promise<void>,
): Promise<readonly string[]> {
  // One after the other: a form sent twice would otherwise take the first account, not joined yet, for one that was left behind.
  const { email } = account;
  const before = underWay.get(email) ?? Promise.resolve();
  const made = before.catch(() => {}).then(() => makeAccount(trellis, account, join));
  underWay.set(email, made);
  try {
    return await made;
  } finally {
    if (underWay.get(email) === made) underWay.delete(email);
  }
}

async function makeAccount(
  trellis: Trellis,
  { name, email, password, headers }: NewAccount,
  join: (memberId: string) => Promise<void>,
): Promise<readonly string[]> {
  await removeUnjoined(trellis, email);
  const response = await trellis.authentication.api.signUpEmail({ body: { name, email, password }, headers, asResponse: true });
  const answer: unknown = await response.json().catch(() => null);
  const parsed = z.object({ user: z.object({ id: z.uuid() }) }).safeParse(answer);
  if (!parsed.success) {
    const code = z.object({ code: z.string() }).safeParse(answer).data?.code ?? "";
    if (code.startsWith("USER_ALREADY_EXISTS"))
      throw invalid([
        { pointer: "/email", message: "There is an account with this email address already. Sign in with it, or use another address." },
      ]);
    throw new Problem(
      response.status >= 400 && response.status < 500 ? response.status : 503,
      "The account was not made",
      "Check the email address and the password, and try again.",
    );
  }
  const memberId = parsed.data.user.id;
  try {
    await join(memberId);
  } catch (error) {
    await trellis.auth.query(`DELETE FROM auth."user" WHERE "id" = $1`, [memberId]);
    throw error;
  }
  return response.headers.getSetCookie();
}

/** An account that never became a member, because the server stopped in between, must not keep its address for ever. */
async function removeUnjoined({ app, auth }: Trellis, email: string): Promise<void> {
  const { rows } = await auth.query<{ id: string }>(`SELECT "id" FROM auth."user" WHERE "email" = $1`, [email]);
  const id = rows[0]?.id;
  if (id === undefined) return;
  const joined = await app.query<{ is_member: boolean }>("SELECT trellis.is_member($1) AS is_member", [id]);
  if (joined.rows[0]?.is_member === false) await auth.query(`DELETE FROM auth."user" WHERE "id" = $1`, [id]);
}
