import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { RequestContext } from "../http/request-context.ts";
import type { Trellis } from "../trellis.ts";

/** A token of 32 random bytes in base64url: nobody guesses one. */
export const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "This link is not complete.");

export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only hashes of tokens are kept. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * A link that is handed over and opens a page once. The token travels in the part of the address that browsers never send, so that it stands
 * in no log.
 */
export function oneTimeLink(
  { publicAddress }: Pick<Trellis, "publicAddress">,
  context: RequestContext,
  page: string,
  token: string,
): string {
  return `${publicAddress?.origin ?? new URL(context.req.url).origin}/${page}#${token}`;
}
