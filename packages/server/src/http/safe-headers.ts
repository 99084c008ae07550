import type { Trellis } from "../trellis.ts";

/** Headers of every answer, after the OWASP Secure Headers Project: scripts and data from here only, in no frame, and no address told to others. */
export function safeHeaders({ publicAddress }: Pick<Trellis, "publicAddress">): Readonly<Record<string, string>> {
  const contentSecurityPolicy = {
    "default-src": "'self'",
    // The component library writes its style rules into the page.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return {
    "content-security-policy": Object.entries(contentSecurityPolicy)
      .map((directive) => directive.join(" "))
      .join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // Only where there is https to insist on.
    ...(publicAddress?.protocol === "https:" && { "strict-transport-security": "max-age=31536000" }),
  };
}
