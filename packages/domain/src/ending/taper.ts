import { addMonths, addWeeks, formatDate, type IsoDate } from "../calendar/date.ts";
import type { Because, Frequency, Plan, PlanRisk } from "../plan/plan.ts";
import type { CriterionState } from "./discharge-criteria.ts";

/** Some sessions at one distance. */
export interface TaperStep {
  /** "Every two weeks" */
  readonly words: string;
  readonly every: { readonly weeks: number } | { readonly months: number };
  readonly dates: readonly IsoDate[];
}

export interface TaperProposal {
  /** `wait`: not all criteria are met, or something speaks against it. */
  readonly kind: "propose" | "wait";
  readonly because: readonly Because[];
  readonly steps: readonly TaperStep[];
  /** The last session of it. */
  readonly endsOn: IsoDate | null;
}

export interface TaperFrom {
  readonly risk: Pick<PlanRisk, "level" | "assessedOn">;
  /** The last session that took place; `null` without one. */
  readonly lastSession: IsoDate | null;
  readonly today: IsoDate;
}

/** How many sessions a week a frequency comes to. */
const aWeek = ({ times, per }: Frequency): number => (per === "day" ? times * 7 : per === "week" ? times : times / 4.345);

/**
 * The steps down, each with how many sessions a week it means. Three sessions every two weeks and three once a month: about four and a half months. Ours: no
 * trial has compared step sizes.
 */
const ladder = [
  { words: "Once a week", every: { weeks: 1 }, aWeek: 1, sessions: 3 },
  { words: "Every two weeks", every: { weeks: 2 }, aWeek: 0.5, sessions: 3 },
  { words: "Once a month", every: { months: 1 }, aWeek: 0.25, sessions: 3 },
] as const;

/** Read in the abstract, PubMed 11296099: 10 sessions over 8 months for responders to cognitive therapy with recurrent depression; relapse 10 % against 31 %. */
const continuation: Because = {
  kind: "evidence",
  text: "Fewer sessions over months, in place of a sudden end, lowered relapse after cognitive therapy of recurrent depression (Jarrett RB et al. Arch Gen Psychiatry 2001;58:381-388). For other problems, and for the size of the steps, this is good practice without a trial behind it.",
};

/**
 * Proposes to see the client less and less once the discharge criteria are met; never more than a proposal. From more than weekly first weekly, then every
 * two weeks, then monthly. Without all criteria met it says what it waits for.
 */
export function taperProposal(
  plan: Pick<Plan, "sessionPlan">,
  criteria: readonly CriterionState[],
  { risk, lastSession, today }: TaperFrom,
): TaperProposal {
  const wait = (text: string, kind: Because["kind"] = "practice"): TaperProposal => ({
    kind: "wait",
    because: [{ kind, text }],
    steps: [],
    endsOn: null,
  });
  if (criteria.length === 0) return wait("The plan names neither discharge criteria nor objectives to go by.");
  if (risk.level === "high" || risk.level === "imminent")
    return wait(`Risk was last assessed as ${risk.level}. Sessions do not become fewer while it is.`, "risk");
  const met = criteria.filter(({ state, doubt }) => state === "met" && !doubt).length;
  if (met < criteria.length)
    return wait(`${met} of ${criteria.length} criteria are met. When all are, a taper is proposed here, with dates.`);
  const { frequency } = plan.sessionPlan;
  const now = frequency === null ? 1 : aWeek(frequency);
  const steps: TaperStep[] = [];
  let from = lastSession !== null && lastSession > addWeeks(today, -2) ? lastSession : today;
  for (const step of ladder) {
    if (step.aWeek >= now - 0.01) continue;
    const dates = Array.from({ length: step.sessions }, (_, index) =>
      "weeks" in step.every ? addWeeks(from, step.every.weeks * (index + 1)) : addMonths(from, step.every.months * (index + 1)),
    ).filter((date) => date >= today);
    steps.push({ words: step.words, every: step.every, dates });
    from = dates.at(-1) ?? from;
  }
  const all = criteria.length === 1 ? "The discharge criterion is met" : `All ${criteria.length} discharge criteria are met`;
  if (steps.length === 0)
    return {
      kind: "propose",
      because: [{ kind: "practice", text: `${all}, and you meet once a month or less already: the next session can be the last.` }],
      steps,
      endsOn: null,
    };
  return {
    kind: "propose",
    because: [
      { kind: "practice", text: `${all}${lastSession === null ? "" : `; the last session was on ${formatDate(lastSession)}`}.` },
      continuation,
    ],
    steps,
    endsOn: from,
  };
}
