import type { Danger, LibraryIntervention } from "./chapter.ts";
import type { ClientState } from "./client-state.ts";

/** The danger that a state of the client is. */
export const dangerOfState: Readonly<Partial<Record<ClientState, Danger>>> = {
  "acute-suicide-risk": "suicide",
  "elevated-suicide-risk": "suicide",
  "withdrawal-risk": "withdrawal-risk",
  "risk-to-others": "risk-to-others",
  "ongoing-violence": "ongoing-violence",
};

/** An intervention by which a danger is looked at again and again, whichever it is. */
const looksAtRisk = /\brisk (?:review|assessment)\b/i;

/** The techniques by which each danger is looked at. What the client might do to others and what others do to the client are asked about apart. */
const looksAt: Readonly<Record<Danger, RegExp>> = {
  suicide: /\bsuicide risk assessment\b|\brisk review\b/i,
  "risk-to-others": /\b(?:violence|firesetting) risk assessment\b/i,
  "ongoing-violence": /\brisk assessment for ongoing violence\b|\bviolence risk assessment\b/i,
  "withdrawal-risk": /\bwithdrawal risk assessment\b/i,
  "risky-acts": looksAtRisk,
};

/**
 * Whether an intervention is a running look at a danger: at one of these ("fitting"), at another one, or none at all (`null`). Where no danger is known,
 * every look fits.
 */
export function lookOf({ technique }: Pick<LibraryIntervention, "technique">, dangers: ReadonlySet<Danger>): "fitting" | "other" | null {
  if (!looksAtRisk.test(technique)) return null;
  return dangers.size === 0 || [...dangers].some((danger) => looksAt[danger].test(technique)) ? "fitting" : "other";
}
