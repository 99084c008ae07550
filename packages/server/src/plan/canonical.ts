import { createHash } from "node:crypto";
import type { Plan } from "@trellis/domain/plan/plan";
import canonicalize from "canonicalize";

/** The one text of a plan that signatures refer to (JSON Canonicalization Scheme, RFC 8785). */
export function canonicalPlan(plan: Plan): string {
  const text = canonicalize(plan);
  if (text === undefined) throw new Error("A plan always has a canonical text.");
  return text;
}

/** SHA-256 of a canonical text, in lower-case hexadecimal digits. */
export function planHash(canonical: string): string {
  return createHash("sha256").update(canonical, "utf8").digest("hex");
}
