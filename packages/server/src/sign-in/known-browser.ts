import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { getCookie, setCookie } from "hono/cookie";
import type { RequestContext } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";
import { cookiePrefix } from "./authentication.ts";
import { usesHttps } from "./current-session.ts";

/** So long a browser stays known after somebody has signed in with it, in days. */
const knownDays = 180;

/**
 * A browser in which somebody has signed in keeps a mark of it. It opens nothing; wrong passwords from there are only counted by themselves, so that
 * whoever guesses at the door from elsewhere does not keep that person out (OWASP: device cookies).
 */
async function cookieOf({ authentication, publicAddress }: Trellis, email: string) {
  const { secret } = await authentication.$context;
  const address = email.trim().toLowerCase();
  const sign = (text: string) => createHmac("sha256", secret).update(`known browser ${text}`).digest("base64url");
  const secure = usesHttps(publicAddress);
  return {
    // One for each account, because people share a browser; whose it is cannot be read from it.
    name: `${secure ? "__Secure-" : ""}${cookiePrefix}.known_${sign(`name ${address}`).slice(0, 16)}`,
    secure,
    signature: (mark: string) => sign(`mark ${address} ${mark}`),
  };
}

/** Under what wrong passwords for this address are counted: by themselves in a browser that is known for it. */
export async function countedAs(trellis: Trellis, context: RequestContext, email: string): Promise<string> {
  const { name, signature } = await cookieOf(trellis, email);
  const [mark = "", given = ""] = getCookie(context, name)?.split(".") ?? [];
  const expected = Buffer.from(signature(mark));
  const found = Buffer.from(given);
  return found.length === expected.length && timingSafeEqual(found, expected) ? `known browser ${mark}` : email;
}

/** Marks the browser as one in which the person with this address has signed in. */
export async function rememberBrowser(trellis: Trellis, context: RequestContext, email: string): Promise<void> {
  const { name, secure, signature } = await cookieOf(trellis, email);
  const mark = randomBytes(16).toString("base64url");
  setCookie(context, name, `${mark}.${signature(mark)}`, {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: "/api/auth",
    maxAge: knownDays * 24 * 3600,
  });
}
