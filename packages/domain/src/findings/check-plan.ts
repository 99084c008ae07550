import { conflictRules } from "./conflict-rules.ts";
import { coreRules } from "./core-rules.ts";
import type { Finding, Severity } from "./finding.ts";
import { ofAgeRules } from "./of-age-rules.ts";
import { applyRules, type Rule, type RuleInput } from "./rule.ts";
import { scheduleRules } from "./schedule-rules.ts";
import { smartRules } from "./smart-rules.ts";

/** Every rule that a plan is judged by. */
export const planRules: readonly Rule[] = [...coreRules, ...smartRules, ...conflictRules, ...scheduleRules, ...ofAgeRules];

const order: Record<Severity, number> = { error: 0, warning: 1, advice: 2 };

/** Everything that a careful colleague would say about this plan, errors first. The same call decides on the server whether it may be signed. */
export function checkPlan(input: RuleInput): Finding[] {
  return applyRules(planRules, input).toSorted((a, b) => order[a.severity] - order[b.severity]);
}

/** The findings that block a signature. */
export function blockingFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity === "error");
}

/** One line of the minimum plan: a requirement in force, who asks for it, and what is still missing for it. */
export interface MinimumRequirement {
  readonly rule: string;
  readonly requirement: string;
  readonly authority: Rule["authority"];
  readonly citation: string;
  readonly open: readonly Finding[];
}

/** The smallest set of requirements that the rules in force demand of this plan. The plan is done when nothing is open. */
export function minimumPlan(input: RuleInput): { readonly requirements: readonly MinimumRequirement[]; readonly done: boolean } {
  const requirements = planRules.flatMap((rule): MinimumRequirement[] => {
    const open = applyRules([rule], input).filter((finding) => finding.severity === "error");
    if (rule.severity(input.plan.profile) !== "error" && open.length === 0) return [];
    return [{ rule: rule.id, requirement: rule.requirement, authority: rule.authority, citation: rule.citation, open }];
  });
  return { requirements, done: requirements.every((requirement) => requirement.open.length === 0) };
}

/**
 * What a payer's or accreditor's reviewer would object to, in the order of a chart review: what is missing first.
 * Advice is left out: it is between colleagues. Says only whether documentation is there, not whether care is adequate or lawful.
 */
export function reviewerObjections(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.severity !== "advice" && finding.source !== undefined);
}
