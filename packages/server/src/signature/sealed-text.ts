import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { Problem } from "../http/problem.ts";

/** The one text of a plan, note or summary that signatures refer to (JSON Canonicalization Scheme, RFC 8785). */
export function canonicalText(signed: object): string {
  const text = canonicalize(signed);
  if (text === undefined) throw new Error("What is signed always has a canonical text.");
  return text;
}

/** SHA-256 of a canonical text, in lower-case hexadecimal digits. */
export function textHash(canonical: string): string {
  return createHash("sha256").update(canonical, "utf8").digest("hex");
}

/** Something signed was changed behind the application's back. */
export class BrokenSeal extends Problem {
  constructor(what: "plan" | "note" | "summary") {
    super(
      500,
      `This ${what} was changed outside Trellis`,
      "Its content no longer matches the hash that was signed. Keep a copy of the database as it is, and tell whoever looks after the server.",
    );
  }
}

/** What a signed text holds. Throws when the text is not what its hash says. */
export function openSealed(what: "plan" | "note" | "summary", canonical: string, hash: string): unknown {
  if (textHash(canonical) !== hash) throw new BrokenSeal(what);
  return JSON.parse(canonical);
}
