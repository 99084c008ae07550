import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Profile } from "@trellis/domain/plan/plan";
import { request } from "./client.ts";
import { queryClient } from "./query-client.ts";

export type Role = "owner" | "clinician" | "supervisor" | "front-desk";

export interface SessionMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly credentials: string;
  readonly npi: string;
  readonly roles: readonly Role[];
  readonly secondFactor: boolean;
}

export interface Practice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** IANA name, e.g. "America/New_York". */
  readonly timeZone: string;
  /** Minutes without activity until the screen is signed off. */
  readonly idleMinutes: number;
  readonly coSignature: "never" | "always" | "when-supervised";
  /** Weeks from a plan to its review. */
  readonly reviewWeeks: number;
  /** Hours after a session within which its note is to be signed. */
  readonly noteHours: number;
  readonly country: string;
  readonly profile: Profile;
  /** Where help is in a crisis, in the practice's own words; empty for those of its country. */
  readonly crisis: string;
  readonly isDemo: boolean;
  readonly version: number;
}

export interface Session {
  readonly state: "first-run" | "signed-out" | "second-factor" | "signed-in";
  readonly member?: SessionMember;
  readonly practice?: Practice;
  readonly demoExists: boolean;
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => request<Session>("GET", "/api/session", { signingIn: true }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Who is signed in and where, on screens that only somebody signed in can see. */
export function useSignedIn(): { readonly member: SessionMember; readonly practice: Practice } {
  const session = useSession();
  if (session?.member === undefined || session.practice === undefined) throw new Error("This screen needs somebody signed in.");
  return { member: session.member, practice: session.practice };
}

export function hasRole(member: Pick<SessionMember, "roles">, ...roles: readonly Role[]): boolean {
  return member.roles.some((role) => roles.includes(role));
}

/** Asks again who is signed in. */
export function refreshSession(): Promise<Session> {
  return queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

/** What signing in came to. */
export type SignIn = "signed-in" | "second-factor";

export async function signIn(email: string, password: string): Promise<SignIn> {
  const answer = await request<{ twoFactorRedirect?: boolean } | undefined>("POST", "/api/auth/sign-in/email", {
    body: { email, password },
    signingIn: true,
  });
  return answer?.twoFactorRedirect === true ? "second-factor" : "signed-in";
}

/** The code of the authenticator app, or one of the backup codes. */
export async function verifySecondFactor(code: string, kind: "totp" | "backup-code"): Promise<void> {
  await request("POST", `/api/auth/two-factor/verify-${kind}`, { body: { code: code.trim() }, signingIn: true });
}

export async function signOut(): Promise<void> {
  await request("POST", "/api/auth/sign-out", { body: {}, signingIn: true });
}

/** Whether the password is the signed-in person's own. */
export async function checkPassword(password: string): Promise<void> {
  await request("POST", "/api/session/password", { body: { password } });
}
