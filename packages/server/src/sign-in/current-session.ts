import { dayOf, type IsoDate } from "@trellis/domain/calendar/date";
import { Profile } from "@trellis/domain/plan/plan";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type pg from "pg";
import { z } from "zod";
import { type Asker, inOneTripOfSession, type SessionTrip } from "../database/pool.ts";
import { Problem } from "../http/problem.ts";
import type { RequestContext } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";
import { cookiePrefix } from "./authentication.ts";
import { hashedToken } from "./hashed-session-tokens.ts";

export const Role = z.enum(["owner", "clinician", "supervisor", "front-desk"]);
export type Role = z.infer<typeof Role>;

const SignedInMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  credentials: z.string(),
  npi: z.string(),
  roles: z.array(Role),
  supervisorId: z.string().nullable(),
  secondFactor: z.boolean(),
});

export const CoSignature = z.enum(["never", "always", "when-supervised"]);
const SessionPractice = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  timeZone: z.string(),
  country: z.string(),
  idleMinutes: z.number(),
  coSignature: CoSignature,
  reviewWeeks: z.number(),
  /** Hours after a session within which its note is to be signed. */
  noteHours: z.number(),
  profile: Profile,
  crisis: z.string(),
  isDemo: z.boolean(),
  version: z.number(),
});
export type SessionPractice = z.infer<typeof SessionPractice>;

export const SignedIn = z.object({ member: SignedInMember, practice: SessionPractice });
export type SignedIn = z.infer<typeof SignedIn>;

/** The session token of a request, from its cookie (`token.signature`). */
export function sessionToken(context: Context, secure: boolean): string | null {
  const cookie = getCookie(context, `${secure ? "__Secure-" : ""}${cookiePrefix}.session_token`);
  return cookie?.split(".")[0] || null;
}

/** True while somebody has given the right password and still owes the second factor. */
export function owesSecondFactor(context: Context, { publicAddress }: Pick<Trellis, "publicAddress">): boolean {
  return getCookie(context, `${usesHttps(publicAddress) ? "__Secure-" : ""}${cookiePrefix}.two_factor`) !== undefined;
}

export const usesHttps = (address: URL | null) => address?.protocol === "https:";

/**
 * Who is signed in, or `null`: one query that also ends a session which was idle for longer than the practice allows.
 * A request that the page makes by itself (`x-trellis-background`) does not count as somebody being there.
 */
export async function currentSession(
  context: Context,
  { app, publicAddress }: Pick<Trellis, "app" | "publicAddress">,
): Promise<SignedIn | null> {
  const token = sessionToken(context, usesHttps(publicAddress));
  if (token === null) return null;
  const touch = context.req.header("x-trellis-background") !== "1";
  return sessionByToken(app, token, touch);
}

/** Who holds a session token. */
export async function sessionByToken(app: pg.Pool, token: string, touch: boolean): Promise<SignedIn | null> {
  const { rows } = await app.query<{ session: unknown }>({
    name: "session",
    text: "SELECT trellis.session($1, $2) AS session",
    values: [hashedToken(token), touch],
  });
  const session = rows[0]?.session;
  return session == null ? null : SignedIn.parse(session);
}

/**
 * Reads for whoever is signed in, with the session and everything asked for in one trip to the database. Throws 401 without a session.
 * For reading only: what the person's role does not allow is kept back by row-level security, and has to come out as no rows.
 */
export async function readSignedIn<const Q extends readonly pg.QueryConfig[]>(
  context: RequestContext,
  { app, publicAddress }: Pick<Trellis, "app" | "publicAddress">,
  queries: Q,
): Promise<SessionTrip<Q>["results"]> {
  const token = sessionToken(context, usesHttps(publicAddress));
  if (token === null) throw signInFirst();
  const touch = context.req.header("x-trellis-background") !== "1";
  const { session, results } = await inOneTripOfSession(app, hashedToken(token), touch, queries);
  if (session === null) throw signInFirst();
  context.set("signedIn", SignedIn.parse(session));
  return results;
}

/** Ends every session of a person, on all devices. */
export async function endSessions({ auth }: Pick<Trellis, "auth">, memberId: string): Promise<void> {
  await auth.query(`DELETE FROM auth."session" WHERE "userId" = $1`, [memberId]);
}

export const signInFirst = () => new Problem(401, "Please sign in", "Your session has ended.");

/** Today where the practice is: a plan signed in the evening carries the practice's day, not the server's. */
export function todayIn(timeZone: string, now: Date): IsoDate {
  return dayOf(now.toISOString(), timeZone);
}

/** Who is asking, as the database's walls take it. */
export function asAsker({ member, practice }: SignedIn): Asker {
  return { practiceId: practice.id, memberId: member.id };
}
