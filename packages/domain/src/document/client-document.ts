import { formatDate } from "../calendar/date.ts";
import { objectiveText } from "../plan/objective-text.ts";
import { interventionsOf, objectivesOf, type Plan } from "../plan/plan.ts";
import { frequencyInWords, spacedOut } from "./plan-document.ts";

/** The plan for the client to take home: the same plan in everyday words. */
export interface ClientDocument {
  readonly kind: "client";
  readonly draft: boolean;
  readonly practice: string;
  readonly practiceAddress: string;
  readonly name: string;
  readonly therapist: string;
  readonly date: string;
  readonly signs: readonly string[];
  readonly goals: readonly {
    readonly number: string;
    readonly words: string;
    readonly text: string;
    readonly steps: readonly { readonly text: string; readonly therapist: readonly string[] }[];
  }[];
  readonly meetings: readonly string[];
  readonly checks: readonly string[];
  readonly yourPart: readonly string[];
  readonly theirPart: readonly string[];
  readonly strengths: readonly string[];
  readonly ending: readonly string[];
  readonly safety: string;
  readonly choices: readonly string[];
}

const plainOf = (statement: { text: string; plain: string; detail: string }) =>
  [statement.plain || statement.text, statement.detail].filter((text) => text.trim() !== "").join(" ");

/** The sentences about safety that every client's page carries, in words that a person in distress can take in. United States numbers. */
export const safetyWords =
  "If you think about ending your life, or you are not safe, do not wait for your next visit. Call or text 988 at any hour. If you are in danger now, call 911.";

/**
 * Composes the client's version of a plan: everyday words (library statements are checked to be at grade 8 or below),
 * no codes, no scores without meaning.
 */
export function clientDocument(plan: Plan, options: { readonly draft: boolean; readonly safety?: string }): ClientDocument {
  const said = new Set<string>();
  const once = (text: string) => !said.has(text) && said.add(text) !== undefined;
  const { sessionPlan } = plan;
  const meet = sessionPlan.frequency
    ? `We plan to meet ${frequencyInWords(sessionPlan.frequency)}${sessionPlan.minutes ? `, for ${sessionPlan.minutes} minutes` : ""}.`
    : "";
  const long = sessionPlan.weeks
    ? `We expect to work on this for about ${sessionPlan.weeks} weeks.${spacedOut(sessionPlan) ? " Later we meet less often." : ""}`
    : "";
  const look = plan.reviewDue
    ? `On ${formatDate(plan.reviewDue)} we look at this plan together. We keep what helps and change what does not.`
    : "";
  const measures = [...new Set(plan.measureSchedule.map((entry) => entry.everyWeeks))].sort((a, b) => a - b);
  return {
    kind: "client",
    draft: options.draft,
    practice: plan.author.practiceName,
    practiceAddress: plan.author.practiceAddress,
    name: plan.subject.calledName,
    therapist: plan.author.clinicianName,
    date: formatDate(plan.establishedOn),
    signs: plan.problems.filter((problem) => problem.status === "active").flatMap((problem) => problem.definitions.map(plainOf)),
    goals: plan.goals.map((goal, index) => ({
      number: String(index + 1),
      words: goal.clientWords,
      text: plainOf(goal),
      steps: objectivesOf(plan, goal.id).map((objective) => ({
        text: [objectiveText(objective, "plain"), objective.detail].filter((text) => text.trim() !== "").join(" "),
        therapist: interventionsOf(plan, objective.id).map(plainOf).filter(once),
      })),
    })),
    meetings: [meet, long, look].filter(Boolean),
    checks:
      measures.length > 0
        ? [`You fill in a short form every ${measures[0] === 1 ? "week" : `${measures[0]} weeks`}. It shows us both if things get better.`]
        : [],
    yourPart: plan.responsibilities.filter((entry) => entry.who === "client").map((entry) => entry.plain || entry.what),
    theirPart: plan.responsibilities.filter((entry) => entry.who === "clinician").map((entry) => entry.plain || entry.what),
    strengths: plan.strengths.filter((strength) => strength.trim() !== ""),
    ending: plan.dischargeCriteria.map(plainOf),
    safety: options.safety?.trim() || safetyWords,
    choices: plan.declined.map((entry) => entry.what),
  };
}
