import { forbidden } from "../http/problem.ts";
import type { Trellis } from "../trellis.ts";
import { forgetFailures, insideSession, takeAttempt } from "./failed-attempts.ts";

/**
 * Checks that a password is this person's own, for what needs more than an open session: signing, taking the screen back, changing how
 * somebody signs in.
 * Wrong ones are counted as at sign-in, by themselves. Throws 403 for a wrong password, 429 after too many.
 */
export async function checkPassword({ auth, authentication }: Trellis, member: { readonly id: string }, password: string): Promise<void> {
  const whose = insideSession(member.id);
  await takeAttempt(auth, whose);
  const { rows } = await auth.query<{ password: string | null }>(
    `SELECT "password" FROM auth."account" WHERE "userId" = $1 AND "providerId" = 'credential'`,
    [member.id],
  );
  const hash = rows[0]?.password;
  const { password: scrypt } = await authentication.$context;
  if (!hash || !(await scrypt.verify({ hash, password }))) throw forbidden("This is not your password. Try again.");
  await forgetFailures(auth, whose);
}
