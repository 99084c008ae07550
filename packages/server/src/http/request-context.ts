import type { Context } from "hono";
import type { Asker } from "../database/pool.ts";
import { asAsker, type SignedIn } from "../sign-in/current-session.ts";

/** What the steps before a route have found out about the request. */
export interface RequestEnvironment {
  readonly Variables: {
    /** Set on every path below `/api` that needs somebody signed in. */
    signedIn: SignedIn;
    /** Where the request came from: the peer, or what the practice's own proxy says. */
    clientAddress: string;
  };
}
export type RequestContext = Context<RequestEnvironment>;

export function askerOf(context: RequestContext): Asker {
  return asAsker(context.get("signedIn"));
}
