import { getConnInfo } from "@hono/node-server/conninfo";
import { createMiddleware } from "hono/factory";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { currentSession, type Role, signInFirst } from "../sign-in/current-session.ts";
import type { Trellis } from "../trellis.ts";
import { forbidden, Problem } from "./problem.ts";
import type { RequestContext, RequestEnvironment } from "./request-context.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

function peer(context: RequestContext): string {
  try {
    return getConnInfo(context).remote.address ?? "unknown";
  } catch {
    // Asked without a network, as tests do.
    return "unknown";
  }
}

/** Where a request came from. A proxy's word counts only where the practice said that there is one. */
export function seeClientAddress({ publicAddress }: Pick<Trellis, "publicAddress">) {
  return createMiddleware<RequestEnvironment>(async (context, next) => {
    const forwarded = publicAddress && context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
    context.set("clientAddress", forwarded || peer(context));
    await next();
  });
}

/** Names of this machine that no other site can have (RFC 6761, 6.3). */
const isHome = (host: string) => /^(localhost|[^:]*\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

/**
 * On a server for this machine only, answers under this machine's names and the practice's own address and no other: a page of another site whose
 * name was made to point to this machine would otherwise pass for Trellis's own.
 */
export function refuseOtherNames({ publicAddress }: Pick<Trellis, "publicAddress">) {
  return createMiddleware(async (context, next) => {
    // Not the header alone: an address in the request line goes before it.
    const { host } = new URL(context.req.url);
    if (!isHome(host) && host !== publicAddress?.host)
      throw new Problem(
        421,
        "Trellis does not go by this name",
        `Open it on its own machine as http://localhost. To reach it as ${host}, set TRELLIS_ADDRESS to that address.`,
      );
    await next();
  });
}

/**
 * Nobody changes anything through another site's page: changes need a header that no form can send, and come from this address.
 * (OWASP: custom request header, together with SameSite cookies.)
 */
export function refuseOtherSites({ publicAddress }: Pick<Trellis, "publicAddress">) {
  return createMiddleware(async (context, next) => {
    if (!reading.has(context.req.method)) {
      const origin = context.req.header("origin");
      const host = publicAddress?.host ?? context.req.header("host") ?? new URL(context.req.url).host;
      const sameHost = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
      if (context.req.header("x-trellis") !== "1" || !sameHost) {
        throw new Problem(403, "Refused", "This change did not come from Trellis's own page. Reload the page and try again.");
      }
    }
    await next();
  });
}

/** Lets a caller through so many times in a window, and says when to come back. Counts live in this process, which is the only one. */
export function limitRate(points: number, seconds: number, keyOf: (context: RequestContext) => string) {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return createMiddleware<RequestEnvironment>(async (context, next) => {
    try {
      await limiter.consume(keyOf(context));
    } catch (refused) {
      const wait = Math.ceil(Number((refused as { msBeforeNext?: number }).msBeforeNext ?? 1000) / 1000);
      context.header("retry-after", String(wait));
      throw new Problem(429, "Too many requests", `Wait ${wait} ${wait === 1 ? "second" : "seconds"} and try again.`, { retryAfter: wait });
    }
    await next();
  });
}

/** Only for somebody signed in; says who it is to what follows. */
export function needSignIn(trellis: Trellis) {
  return createMiddleware<RequestEnvironment>(async (context, next) => {
    const signedIn = await currentSession(context, trellis);
    if (signedIn === null) throw signInFirst();
    context.set("signedIn", signedIn);
    await next();
  });
}

/** Refuses with 403 whoever holds none of these roles. */
export function needRole(context: RequestContext, roles: readonly Role[], detail: string): void {
  if (!context.get("signedIn").member.roles.some((role) => roles.includes(role))) throw forbidden(detail);
}

/** Clinical content is for those who treat; names and appointments are for the front desk too. */
export function needClinicalRole(context: RequestContext): void {
  needRole(context, ["owner", "clinician", "supervisor"], "Clinical records are closed to the front desk.");
}
