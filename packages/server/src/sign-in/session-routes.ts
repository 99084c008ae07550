import { line } from "@trellis/domain/client/client";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { type AuditAction, auditEntry } from "../audit/record.ts";
import { inOneTrip } from "../database/pool.ts";
import { openDemo } from "../demo/open-demo.ts";
import { limitRate, needSignIn } from "../http/guards.ts";
import { body, forbidden, Problem } from "../http/problem.ts";
import type { RequestContext, RequestEnvironment } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";
import { Credentials, createAccount, Email, NewPassword, OwnName } from "./account.ts";
import { clientAddressHeader } from "./authentication.ts";
import { currentSession, endSessions, owesSecondFactor, type SignedIn, signInFirst } from "./current-session.ts";
import { forgetFailures, giveAttemptBack, insideSession, takeAttempt } from "./failed-attempts.ts";
import { hashedToken } from "./hashed-session-tokens.ts";
import { countedAs, rememberBrowser } from "./known-browser.ts";
import { checkPassword } from "./password.ts";
import { setUpPractice } from "./set-up-practice.ts";

export const TimeZone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat("en-US", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "Choose a time zone.");

const SetUp = z.strictObject({
  practiceName: line(200).trim().min(1, "Enter the practice's name."),
  name: OwnName,
  credentials: Credentials,
  email: Email,
  password: NewPassword,
  timeZone: TimeZone,
});

const EmailAndPassword = z.object({
  email: z.string("Enter your email address.").min(1, "Enter your email address.").max(200, "At most 200 characters fit here."),
  password: z.string("Enter your password.").min(1, "Enter your password.").max(1000, "At most 1,000 characters fit here."),
});

const OwnPassword = z.string("Enter your password.").min(1, "Enter your password.").max(1000, "At most 1,000 characters fit here.");
const Code = z.object({ code: z.string("Enter the code.").min(1, "Enter the code.").max(100, "At most 100 characters fit here.") });

/**
 * Paths of the sign-in library that pages use, with what it is told of a request; all other paths do not exist, and what else it understands (devices
 * that need no second factor, longer sessions, codes by e-mail) is not offered here.
 */
const authPaths = {
  "/sign-in/email": EmailAndPassword,
  "/sign-out": z.object({}),
  // Whoever knows the old password is out at once, on all devices.
  "/change-password": z
    .object({ currentPassword: OwnPassword, newPassword: NewPassword })
    .transform((passwords) => ({ ...passwords, revokeOtherSessions: true })),
  "/two-factor/enable": z.object({ password: OwnPassword }),
  "/two-factor/disable": z.object({ password: OwnPassword }),
  "/two-factor/verify-totp": Code,
  "/two-factor/verify-backup-code": Code,
  "/two-factor/generate-backup-codes": z.object({ password: OwnPassword }),
} as const;
type AuthPath = keyof typeof authPaths;

/** First run, signing in and out, and who is signed in. */
export function sessionRoutes(trellis: Trellis) {
  const routes = new Hono<RequestEnvironment>();

  routes.get("/session", async (context) => {
    const [signedIn, first] = await Promise.all([currentSession(context, trellis), firstRun(trellis)]);
    const state = signedIn ? "signed-in" : owesSecondFactor(context, trellis) ? "second-factor" : first.setUp ? "signed-out" : "first-run";
    return context.json({ state, ...(signedIn && { member: signedIn.member, practice: signedIn.practice }), demoExists: first.demoExists });
  });

  const fewTries = limitRate(20, 60, (context) => context.get("clientAddress"));

  routes.post("/practice/setup", fewTries, async (context) => {
    const { practiceName, timeZone, ...person } = await body(context, SetUp);
    if ((await firstRun(trellis)).setUp)
      throw forbidden("A practice has been set up here already. Sign in, or ask its owner for an invitation.");
    const cookies = await createAccount(trellis, { ...person, headers: internalHeaders(context) }, async (memberId) => {
      await setUpPractice(trellis, {
        practiceName,
        timeZone,
        memberId,
        name: person.name,
        email: person.email,
        credentials: person.credentials,
      });
    });
    for (const cookie of cookies) context.header("set-cookie", cookie, { append: true });
    await rememberBrowser(trellis, context, person.email);
    return context.json({ state: "signed-in" });
  });

  routes.post("/practice/demo", fewTries, async (context) => {
    await body(context, z.strictObject({}));
    if ((await firstRun(trellis)).setUp && !fromThisMachine(context.get("clientAddress")))
      throw forbidden("The demo is open on the machine that Trellis runs on. Here you can sign in.");
    for (const cookie of await openDemo(trellis, internalHeaders(context))) context.header("set-cookie", cookie, { append: true });
    return context.json({ state: "signed-in" });
  });

  routes.post("/session/password", needSignIn(trellis), async (context) => {
    const { password } = await body(context, z.strictObject({ password: z.string().min(1, "Enter your password.").max(200) }));
    await checkPassword(trellis, context.get("signedIn").member, password);
    return context.body(null, 204);
  });

  for (const path of Object.keys(authPaths) as AuthPath[]) routes.post(`/auth${path}`, (context) => authenticate(trellis, context, path));
  return routes;
}

async function firstRun({ app }: Trellis): Promise<{ readonly setUp: boolean; readonly demoExists: boolean }> {
  const { rows } = await app.query<{ set_up: boolean; demo_exists: boolean }>({
    name: "first-run",
    text: "SELECT set_up, demo_exists FROM trellis.first_run()",
  });
  return { setUp: rows[0]?.set_up ?? false, demoExists: rows[0]?.demo_exists ?? false };
}

const fromThisMachine = (address: string) => /^(127\.|::1$|::ffff:127\.|unknown$)/.test(address);

/** What the sign-in library is told of a request: where it came from in the server's own words, whatever the browser sent. */
export function internalHeaders(context: RequestContext): Headers {
  const headers = new Headers(context.req.raw.headers);
  headers.delete("content-length");
  headers.set(clientAddressHeader, context.get("clientAddress"));
  // The house has checked where the change comes from (`refuseOtherSites`); programs other than browsers send no origin.
  const { origin, host } = new URL(context.req.url);
  headers.set("origin", origin);
  headers.set("host", host);
  return headers;
}

/** What somebody does who is not signed in, or not any more. For all else the session has to count in the house, not only in the library's tables. */
const withoutSession = new Set<AuthPath>(["/sign-in/email", "/sign-out", "/two-factor/verify-totp", "/two-factor/verify-backup-code"]);

/** What stands in the trail when it has worked. `before`: who was signed in then. */
function actionOf(path: AuthPath, before: SignedIn | null): AuditAction | undefined {
  switch (path) {
    case "/sign-in/email":
      return "session.begin";
    // The first code from the app, given by somebody signed in, is what switches the second factor on.
    case "/two-factor/verify-totp":
      return before === null ? "session.begin" : before.member.secondFactor ? undefined : "second-factor.on";
    case "/two-factor/verify-backup-code":
      return before === null ? "session.begin" : undefined;
    case "/two-factor/disable":
      return "second-factor.off";
    case "/two-factor/generate-backup-codes":
      return "second-factor.codes";
    case "/change-password":
      return "password.change";
    case "/two-factor/enable":
    case "/sign-out":
      return undefined;
  }
}

/** Hands a request to the sign-in library and answers in the house's own form. */
async function authenticate(trellis: Trellis, context: RequestContext, path: AuthPath): Promise<Response> {
  const { auth } = trellis;
  const given: Given = path === "/sign-out" ? {} : await body(context, authPaths[path]);
  const email = given.email ?? null;
  const before = path === "/sign-in/email" ? null : await currentSession(context, trellis);
  if (before === null && !withoutSession.has(path)) throw signInFirst();
  const secret = path === "/change-password" ? given.currentPassword : given.password;
  // The library checks it too, but does not count.
  if (before && secret !== undefined) await checkPassword(trellis, before.member, secret);
  const whose = email === null ? null : await countedAs(trellis, context, email);
  if (whose !== null) await takeAttempt(auth, whose);
  if (path === "/sign-out" && before)
    await inOneTrip(trellis.app, { practiceId: before.practice.id, memberId: before.member.id }, [auditEntry("session.end")]);
  const headers = internalHeaders(context);
  headers.set("content-type", "application/json");
  const response = await trellis.authentication.handler(
    new Request(context.req.url, { method: "POST", headers, body: JSON.stringify(given) }),
  );
  const answer: unknown = await response.json().catch(() => null);
  if (whose !== null && response.status !== 401) await giveAttemptBack(auth, whose);
  if (!response.ok) throw authProblem(response, answer);
  if (path === "/two-factor/verify-totp" && before === null) await refuseUsedCode(trellis, answer, given.code ?? "");
  const user = z.object({ user: z.object({ id: z.uuid(), email: z.string() }) }).safeParse(answer).data?.user;
  const memberId = user?.id ?? before?.member.id;
  const action = actionOf(path, before);
  if (memberId !== undefined && action !== undefined) {
    const practiceId = await practiceOf(trellis, memberId);
    if (practiceId === null) {
      await endSessions(trellis, memberId);
      throw forbidden("This account has been switched off. Ask the owner of the practice.");
    }
    await inOneTrip(trellis.app, { practiceId, memberId }, [auditEntry(action)]);
    if (whose !== null) await Promise.all([whose, insideSession(memberId)].map((counted) => forgetFailures(auth, counted)));
    if (user && action === "session.begin") await rememberBrowser(trellis, context, user.email);
  }
  for (const cookie of response.headers.getSetCookie()) context.header("set-cookie", cookie, { append: true });
  return context.json(withoutToken(answer), response.status as ContentfulStatusCode);
}

/** What a request to the sign-in library may hold. */
interface Given {
  readonly email?: string;
  readonly password?: string;
  readonly currentPassword?: string;
  readonly code?: string;
}

/** Longer than a code of the authenticator app is taken: its own half minute, and the ones before and after. In seconds. */
const codeLife = 120;

/** A code that somebody looked at over the shoulder lets nobody in a second time (RFC 6238, 5.2): the session that has just begun with it is ended. */
async function refuseUsedCode({ auth }: Trellis, answer: unknown, code: string): Promise<void> {
  const { token, user } = z.object({ token: z.string(), user: z.object({ id: z.string() }) }).parse(answer);
  await auth.query("DELETE FROM auth.used_code WHERE at < now() - make_interval(secs => $1)", [codeLife]);
  const { rowCount } = await auth.query("INSERT INTO auth.used_code (user_id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
    user.id,
    hashedToken(code),
  ]);
  if (rowCount === 1) return;
  await auth.query(`DELETE FROM auth."session" WHERE "token" = $1`, [hashedToken(token)]);
  throw new Problem(401, "That did not work", "This code has been used. Wait for the next one that your app shows.", {
    code: "CODE_USED",
  });
}

/** The session's token stays in its cookie, where scripts cannot read it. */
function withoutToken(answer: unknown): object {
  if (typeof answer !== "object" || answer === null) return {};
  const { token: _, ...rest } = answer as Record<string, unknown>;
  return rest;
}

async function practiceOf({ app }: Trellis, memberId: string): Promise<string | null> {
  const { rows } = await app.query<{ practice: string | null }>("SELECT trellis.practice_of($1) AS practice", [memberId]);
  return rows[0]?.practice ?? null;
}

const authWords: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "The email address or the password is not right. Check both and try again.",
  INVALID_EMAIL: "Enter an email address, such as name@example.org.",
  INVALID_PASSWORD: "This is not your password. Try again.",
  INVALID_CODE: "This code is not right. Enter the newest one that your app shows.",
  INVALID_BACKUP_CODE: "This code is not right, or it has been used.",
  INVALID_TWO_FACTOR_COOKIE: "The time to enter the code ran out. Sign in again.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many wrong codes. Sign in again.",
  PASSWORD_TOO_SHORT: "The new password is too short. Use at least 12 characters.",
  PASSWORD_TOO_LONG: "The new password is too long. At most 200 characters fit.",
};

function authProblem(response: Response, answer: unknown): Problem {
  const code = z.object({ code: z.string() }).safeParse(answer).data?.code ?? "";
  if (response.status === 429) {
    const wait = Number(response.headers.get("x-retry-after")) || 60;
    return new Problem(429, "Too many attempts", `Wait ${wait} seconds and try again.`, { retryAfter: wait });
  }
  if (response.status >= 500) return new Problem(503, "Signing in is not possible just now", "Try again in a moment.");
  return new Problem(response.status, "That did not work", authWords[code] ?? "Check what you entered and try again.", { code });
}
