/** Seconds before the sign-off in which the screen asks whether anybody is there. */
export const warningSeconds = 60;

export type Idle = { readonly kind: "active" } | { readonly kind: "warning"; readonly secondsLeft: number } | { readonly kind: "over" };

/** What the time since the last activity means, for a practice that signs off after `idleMinutes`. */
export function idleAfter(millisecondsSinceActivity: number, idleMinutes: number): Idle {
  const left = idleMinutes * 60 - Math.floor(millisecondsSinceActivity / 1000);
  if (left <= 0) return { kind: "over" };
  // A very short setting still leaves some time without a warning.
  if (left <= Math.min(warningSeconds, idleMinutes * 30)) return { kind: "warning", secondsLeft: left };
  return { kind: "active" };
}

/**
 * Whether the server should be told that somebody is there: reading and thinking make no requests, and the server counts those. A third of
 * the idle time keeps clear of it without a stream of requests.
 */
export function needsHeartbeat(millisecondsSinceRequest: number, activeSinceRequest: boolean, idleMinutes: number): boolean {
  return activeSinceRequest && millisecondsSinceRequest >= (idleMinutes * 60_000) / 3;
}
