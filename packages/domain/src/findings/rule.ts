import type { IsoDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import type { Library } from "../library/library.ts";
import type { Plan, Profile } from "../plan/plan.ts";
import type { Authority, Finding, Severity } from "./finding.ts";

/** What a rule may look at. */
export interface RuleInput {
  readonly plan: Plan;
  readonly record: ClientRecord;
  readonly library: Library;
  readonly today: IsoDate;
}

/** What a check reports; the rule adds its own name, severity and source. A check may soften or sharpen its severity. */
export type Report = Pick<Finding, "path" | "message" | "fix"> & { readonly severity?: Severity };

/**
 * A requirement as data: who asks for it and where that is written, for which plans it is in force and how hard, and the check.
 * Requirements are in our own words; citations are numbers only.
 */
export interface Rule {
  readonly id: string;
  readonly authority: Authority;
  readonly citation: string;
  /** The requirement in a sentence, as the minimum plan view shows it. */
  readonly requirement: string;
  /** How hard the rule is for this profile; `null` where it does not apply. */
  readonly severity: (profile: Profile) => Severity | null;
  readonly check: (input: RuleInput) => readonly Report[];
}

/** All findings of a table of rules on one plan. */
export function applyRules(rules: readonly Rule[], input: RuleInput): Finding[] {
  return rules.flatMap((rule) => {
    const severity = rule.severity(input.plan.profile);
    if (severity === null) return [];
    return rule.check(input).map(
      (report): Finding => ({
        rule: rule.id,
        source: { authority: rule.authority, citation: rule.citation },
        ...report,
        severity: report.severity ?? severity,
      }),
    );
  });
}
