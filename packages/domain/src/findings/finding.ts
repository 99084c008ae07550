import type { Edit } from "../plan/edit-plan.ts";

/** error: blocks the signature for the profile in force. warning: a reviewer may object. advice: worth a thought. */
export type Severity = "error" | "warning" | "advice";

/** What kind of authority a rule has. A convention is never shown as a law. */
export type Authority = "federal rule" | "payer guidance" | "accreditor" | "payer audit list" | "clinical practice" | "convention";

/** A judgement on a plan, by a pure function. The same function runs while the clinician types and on the server before a signature counts. */
export interface Finding {
  /** The rule that speaks, e.g. "CORE-03" or "SMART-target". */
  readonly rule: string;
  readonly severity: Severity;
  /** Where in the plan: list, id, field. Empty for the plan as a whole. */
  readonly path: readonly string[];
  /** What is wrong and what to do, in one or two sentences. */
  readonly message: string;
  readonly source?: { readonly authority: Authority; readonly citation: string };
  /** An edit that mends it, applied with one click. */
  readonly fix?: { readonly label: string; readonly edits: readonly Edit[] };
}
