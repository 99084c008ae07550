import { randomUUID } from "node:crypto";
import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { withHashedSessionTokens } from "./hashed-session-tokens.ts";

/** The header in which the server itself says where a request came from; what a browser sends under this name is thrown away. */
export const clientAddressHeader = "x-trellis-client-address";

export const cookiePrefix = "trellis";

/** Shortest password. Length is what counts (NIST SP 800-63B); no rules about signs and digits. */
export const shortestPassword = 12;
export const longestPassword = 200;

/** Longest life of a session, however busy; the practice's idle time usually ends it long before. */
const sessionHours = 12;

export interface AuthenticationOptions {
  readonly pool: pg.Pool;
  readonly secret: string;
  /** True where browsers reach the server by https: cookies then never travel without it. */
  readonly secureCookies: boolean;
}

/**
 * Signing in: e-mail and password (scrypt), sessions in httpOnly cookies, second factor by TOTP with backup codes, throttled attempts kept in
 * the database. Practices, members and invitations are tables of our own behind row-level security, not the library's.
 */
export function createAuthentication({ pool, secret, secureCookies }: AuthenticationOptions) {
  const database = new Kysely<Record<string, Record<string, unknown>>>({ dialect: new PostgresDialect({ pool }) });
  const adapter = kyselyAdapter(database, { type: "postgres" });
  return betterAuth({
    appName: "Trellis",
    secret,
    baseURL: { allowedHosts: ["*"], protocol: secureCookies ? "https" : "http" },
    basePath: "/api/auth",
    database: (options: BetterAuthOptions) => withHashedSessionTokens(adapter(options)),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, autoSignIn: true, minPasswordLength: shortestPassword, maxPasswordLength: longestPassword },
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 100,
      customRules: { "/sign-in/email": { window: 60, max: 10 }, "/two-factor/*": { window: 60, max: 10 } },
    },
    plugins: [twoFactor({ issuer: "Trellis" })],
    // People come in through the first-run screen or an invitation, which call this on the server; never through an open door.
    disabledPaths: [
      "/sign-up/email",
      "/update-user",
      "/change-email",
      "/delete-user",
      "/list-sessions",
      "/send-verification-email",
      "/request-password-reset",
      "/reset-password",
    ],
    advanced: {
      cookiePrefix,
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: "strict", path: "/" },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: () => randomUUID() },
    },
    logger: { disabled: true },
  });
}

export type Authentication = ReturnType<typeof createAuthentication>;
