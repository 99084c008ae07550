import { formatDate } from "../calendar/date.ts";
import { approaches } from "../library/approach.ts";
import type { DifferenceInWords } from "../plan/difference/difference-in-words.ts";
import { formsForClient } from "../plan/measure-schedule.ts";
import { objectiveText } from "../plan/objective-text.ts";
import { interventionsOf, objectivesOf, type Plan, type Statement } from "../plan/plan.ts";
import { endedPlain } from "../review/ended-in-words.ts";
import { frequencyInWords, spacedOut } from "./plan-document.ts";
import { type Standing, type StandingWords, standingForClient } from "./standing.ts";

/** The plan for the client to take home: the same plan in everyday words. */
export interface ClientDocument {
  readonly kind: "client";
  readonly standing: StandingWords;
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
    readonly steps: readonly {
      readonly text: string;
      /** The name of the form whose score the step goes by, where the step does not say it itself. */
      readonly form: string;
      readonly therapist: readonly string[];
    }[];
  }[];
  readonly meetings: readonly string[];
  readonly checks: readonly string[];
  readonly yourPart: readonly string[];
  readonly theirPart: readonly string[];
  readonly strengths: readonly string[];
  readonly ending: readonly string[];
  readonly safety: string;
  readonly choices: readonly string[];
  /** What the client does not agree with, as it was written down. */
  readonly notAgreed: string;
  /** What is other than in the revision before, a sentence each; none in a first plan. */
  readonly changed: readonly string[];
}

const plainOf = (statement: { text: string; plain: string; detail: string }) =>
  [statement.plain || statement.text, statement.detail].filter((text) => text.trim() !== "").join(" ");

/**
 * How the problems show, each sign told once, as two problems can show in the same way. Signs of danger come last: a page that lies on a
 * kitchen table does not open with them.
 */
function signsOf(plan: Plan): string[] {
  const signs = plan.problems.filter((problem) => problem.status === "active").flatMap((problem) => problem.definitions);
  const dangerous = (sign: Statement) => sign.because.some(({ kind }) => kind === "risk");
  return [...new Set([...signs.filter((sign) => !dangerous(sign)), ...signs.filter(dangerous)].map(plainOf))];
}

/** "The forms are called PHQ-9 and GAD-7." */
function formsInWords(names: readonly string[]): string {
  const [only] = names;
  const called =
    names.length === 1 && only
      ? `The form is called ${only}.`
      : `The forms are called ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`;
  return `${called} Your score comes from your answers.`;
}

/** A strength without the mark that says where in the intake it came from. */
function asSentence(strength: string): string {
  const text = strength.trim().replace(/^Way of coping: /, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const plainApproach = new Map(Object.values(approaches).map(({ name, plain }) => [name, plain]));

/** The name of an approach means nothing to most people: what it is stands after it. */
function explained(what: string): string {
  const plain = plainApproach.get(what.trim());
  return plain === undefined ? what : `${what.trim()}: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`;
}

/** The sentences of a difference, each with what it is about: “We reached a step, because …: “Go out twice a week.”” */
function changedLines(difference: DifferenceInWords): string[] {
  return difference.groups.flatMap(({ changes }) =>
    changes.map(({ sentence, about }) => [sentence, ...about.map(({ text }) => `“${text.trim()}”`)].join(" ")),
  );
}

/**
 * Composes the client's version of a plan: everyday words (library statements are checked to be at grade 8 or below),
 * no codes, no scores without meaning.
 *
 * @param options.safety where help is in a crisis (`crisisWords` of the practice): every client's page carries it.
 * @param options.changed what differs from the revision before, in the client's words; none for a first plan.
 */
export function clientDocument(
  plan: Plan,
  options: { readonly standing: Standing; readonly safety: string; readonly changed?: DifferenceInWords | null },
): ClientDocument {
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
  const forms = formsForClient(plan.measureSchedule);
  return {
    kind: "client",
    standing: standingForClient(options.standing),
    practice: plan.author.practiceName,
    practiceAddress: plan.author.practiceAddress,
    name: plan.subject.calledName,
    therapist: plan.author.clinicianName,
    date: formatDate(plan.establishedOn),
    signs: signsOf(plan),
    goals: plan.goals.map((goal, index) => ({
      number: String(index + 1),
      words: goal.clientWords,
      text: plainOf(goal),
      steps: objectivesOf(plan, goal.id).map((objective) => {
        const text = [objectiveText(objective, "plain"), objective.detail, endedPlain(objective)]
          .filter((part) => part.trim() !== "")
          .join(" ");
        const form = objective.metric?.kind === "measure" ? (objective.metric.measureName ?? "") : "";
        return { text, form: text.includes(form) ? "" : form, therapist: interventionsOf(plan, objective.id).map(plainOf).filter(once) };
      }),
    })),
    meetings: [meet, long, look].filter(Boolean),
    checks: forms === null ? [] : [forms, formsInWords([...new Set(plan.measureSchedule.map((entry) => entry.measureName))])],
    yourPart: plan.responsibilities.filter((entry) => entry.who === "client").map((entry) => entry.plain || entry.what),
    theirPart: plan.responsibilities.filter((entry) => entry.who === "clinician").map((entry) => entry.plain || entry.what),
    strengths: plan.strengths.filter((strength) => strength.trim() !== "").map(asSentence),
    ending: plan.dischargeCriteria.map(plainOf),
    safety: options.safety,
    choices: plan.declined.map((entry) => explained(entry.what)),
    notAgreed: plan.agreement.state === "agreed-in-part" || plan.agreement.state === "did-not-agree" ? plan.agreement.detail.trim() : "",
    changed: options.changed ? changedLines(options.changed) : [],
  };
}
