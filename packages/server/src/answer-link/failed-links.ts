import { RateLimiterMemory } from "rate-limiter-flexible";
import { Problem } from "../http/problem.ts";
import { log } from "../log.ts";

/** So many links that do not exist may be tried from one address within the window; then none is looked at any more. */
const mostTries = 10;
const windowSeconds = 600;

/** Counts links that were tried and do not exist, by the address that they were tried from. Counts live in this process, which is the only one. */
export function countFailedLinks(what = "a private link") {
  const limiter = new RateLimiterMemory({ points: mostTries, duration: windowSeconds });
  return {
    /** Throws where too many have been tried from here. */
    async refuse(address: string): Promise<void> {
      const tried = await limiter.get(address);
      if (tried === null || tried.consumedPoints < mostTries) return;
      const minutes = Math.max(1, Math.ceil(tried.msBeforeNext / 60_000));
      throw new Problem(
        429,
        "Too many links that do not work",
        `Too many links that do not exist were tried from here. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
        { retryAfter: minutes * 60 },
      );
    },
    async count(address: string): Promise<void> {
      // Neither the link nor the address: what was tried may be a real one with a slip in it.
      log("warning", `${what} that does not exist was tried`);
      await limiter.penalty(address);
    },
  };
}
