import type { EndingSummary } from "@trellis/domain/ending/summary";
import canonicalize from "canonicalize";
import { planHash } from "../plan/canonical.ts";

/** The one text of a summary that its signature refers to (JSON Canonicalization Scheme, RFC 8785), and its SHA-256. */
export function sealOf(summary: EndingSummary): { readonly canonical: string; readonly hash: string } {
  const canonical = canonicalize(summary);
  if (canonical === undefined) throw new Error("A summary always has a canonical text.");
  return { canonical, hash: planHash(canonical) };
}
