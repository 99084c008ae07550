import type { ClientStateFound } from "../intake/client-states.ts";
import type { Intake } from "../intake/intake.ts";
import { approaches } from "../library/approach.ts";
import { clientStateNames } from "../library/client-state.ts";
import type { Plan } from "../plan/plan.ts";
import type { SessionOutline } from "./outline.ts";

/** What of a client decides whether a course suits: wishes, what was tried before, and states in which it waits. */
export interface OutlineClient {
  readonly preferences: Intake["preferences"];
  readonly priorTreatment: Intake["priorTreatment"];
  readonly states: readonly ClientStateFound[];
}

export interface FitReason {
  /** `for` and `against` the course; `caution` for what has to be seen to first. */
  readonly tone: "for" | "against" | "caution";
  readonly text: string;
}

/** How well a course fits. `not-now`: something in the record speaks for waiting; the clinician decides. */
export interface OutlineFit {
  readonly outline: SessionOutline;
  readonly suits: "well" | "possible" | "elsewhere" | "not-now";
  readonly because: readonly FitReason[];
  /** For the order only; has no meaning by itself. */
  readonly weight: number;
}

type FitPlan = Pick<Plan, "problems" | "interventions" | "sessionPlan">;

interface Weighed extends FitReason {
  readonly weight: number;
}

/**
 * Why an outline fits a plan and its client, or does not: the plan's problems, the approach of its interventions, how many sessions it foresees, the
 * client's wishes, what was tried, and cautions. Weights are ours and only order the list (practice-based); every reason is shown.
 */
export function fits(outline: SessionOutline, plan: FitPlan | null, client: OutlineClient): OutlineFit {
  const problem = fromProblems(outline, plan);
  const reasons = [
    ...problem,
    ...fromInterventions(outline, plan),
    ...fromWishes(outline, client),
    ...fromEarlierTreatment(outline, client),
    ...fromLength(outline, plan),
  ];
  const cautions = outline.cautions.flatMap(({ when, action, because }) => {
    const found = client.states.find(({ state }) => state === when);
    if (found === undefined) return [];
    const text = `${action === "hold" ? "Better to wait" : "Change it"} because of ${clientStateNames[when]}: ${because} ${found.because}`;
    return [{ action, reason: { tone: "caution" as const, text } }];
  });
  const weight = reasons.reduce((sum, reason) => sum + reason.weight, 0);
  const held = cautions.some(({ action }) => action === "hold");
  // Without a plan nothing can be said about its problems.
  const forItsProblem = plan === null || problem.some(({ tone }) => tone === "for");
  return {
    outline,
    suits: !forItsProblem ? "elsewhere" : held ? "not-now" : weight >= wellFrom ? "well" : "possible",
    because: [...reasons.map(({ tone, text }) => ({ tone, text })), ...cautions.map(({ reason }) => reason)],
    weight: weight - 5 * cautions.length,
  };
}

/** As much as the problem that the plan treats and its approach together weigh. */
const wellFrom = 45;

const places = ["well", "possible", "not-now", "elsewhere"] as const;

/** All outlines, the best fitting first. */
export function rankOutlines(outlines: readonly SessionOutline[], plan: FitPlan | null, client: OutlineClient): OutlineFit[] {
  return outlines
    .map((outline) => fits(outline, plan, client))
    .sort(
      (a, b) => places.indexOf(a.suits) - places.indexOf(b.suits) || b.weight - a.weight || (a.outline.title < b.outline.title ? -1 : 1),
    );
}

function fromProblems({ chapters }: SessionOutline, plan: FitPlan | null): Weighed[] {
  if (plan === null) return [];
  const active = plan.problems.filter(({ status }) => status === "active");
  const treated = active.filter(({ chapter }) => chapter !== null && chapters.includes(chapter));
  if (treated.length > 0)
    return treated.map((problem) => {
      const first = problem === active[0];
      return {
        tone: "for" as const,
        text: `The plan treats “${problem.title}”${first && active.length > 1 ? " first" : ""}.`,
        weight: first ? 40 : 34,
      };
    });
  const waiting = plan.problems.find(({ status, chapter }) => status !== "active" && chapter !== null && chapters.includes(chapter));
  if (waiting !== undefined)
    return [{ tone: "against", text: `The plan has “${waiting.title}”, but does not treat it at present.`, weight: 5 }];
  return [{ tone: "against", text: "The plan does not hold the problem that this course is for.", weight: 0 }];
}

function fromInterventions({ approach, format }: SessionOutline, plan: FitPlan | null): Weighed[] {
  const same = plan?.interventions.filter((intervention) => intervention.approach === approach).length ?? 0;
  const inGroup = plan?.interventions.some((intervention) => intervention.format === "group") ?? false;
  const name = approaches[approach].name;
  return [
    ...(same > 0
      ? [
          {
            tone: "for" as const,
            text: `${same === 1 ? "One intervention" : `${same} interventions`} of the plan ${same === 1 ? "is" : "are"} ${name}, as this course is.`,
            weight: 10 + Math.min(same, 6),
          },
        ]
      : []),
    ...(format === "group"
      ? [
          inGroup
            ? { tone: "for" as const, text: "The plan includes work in a group.", weight: 10 }
            : { tone: "against" as const, text: "It takes a group; the plan has none so far.", weight: -25 },
        ]
      : []),
  ];
}

function fromWishes({ approach }: SessionOutline, { preferences }: OutlineClient): Weighed[] {
  const name = approaches[approach].name;
  const declined = preferences.declined.find((one) => one.approach === approach);
  if (declined !== undefined) {
    const why = declined.reason.trim();
    return [{ tone: "against", text: `The client declined ${name}${why === "" ? "." : `: “${why}”`}`, weight: -45 }];
  }
  return preferences.wanted.includes(approach) ? [{ tone: "for", text: `The client asked for ${name}.`, weight: 20 }] : [];
}

function fromEarlierTreatment({ approach }: SessionOutline, { priorTreatment }: OutlineClient): Weighed[] {
  const name = approaches[approach].name;
  const words = {
    helped: { tone: "for", text: `${name} helped before.`, weight: 12 },
    "helped-partly": { tone: "for", text: `${name} helped in part before.`, weight: 4 },
    "did-not-help": { tone: "against", text: `${name} did not help before. Ask what was missing.`, weight: -12 },
    "made-worse": { tone: "against", text: `${name} made things worse before.`, weight: -30 },
  } as const;
  const outcomes = new Set(priorTreatment.treatments.flatMap((one) => (one.approach === approach ? [one.outcome] : [])));
  return [...outcomes].flatMap((outcome) => (outcome === "unknown" ? [] : [words[outcome]]));
}

function fromLength({ sessions }: SessionOutline, plan: FitPlan | null): Weighed[] {
  const expected = plan?.sessionPlan.expectedSessions ?? null;
  if (expected === null) return [];
  const [from, to] = expected;
  const fewest = sessions.filter(({ optional }) => !optional).length;
  if (fewest <= to && sessions.length >= Math.min(from, to) / 2)
    return [{ tone: "for", text: `Its ${sessions.length} sessions go into the ${from} to ${to} that the plan foresees.`, weight: 4 }];
  return fewest > to
    ? [{ tone: "against", text: `It takes ${fewest} sessions; the plan foresees ${from} to ${to}.`, weight: -8 }]
    : [{ tone: "for", text: `Its ${sessions.length} sessions are a part of the ${from} to ${to} that the plan foresees.`, weight: 2 }];
}
