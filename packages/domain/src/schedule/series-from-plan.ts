import type { Frequency, Plan } from "../plan/plan.ts";
import type { SessionModality } from "./appointment.ts";
import type { Series } from "./series.ts";

type SessionPlan = Plan["sessionPlan"];

/** How often sessions are: `perWeek` of them in every so many weeks. */
export interface Rhythm {
  readonly everyWeeks: number;
  readonly perWeek: number;
}

const weeksInMonth = 52 / 12;
/** An inpatient or day program's "daily" means working days, unless more is asked for. */
const workingDays = 5;

/**
 * The rhythm in whole weeks that comes nearest to a plan's frequency, because a session keeps its weekday: once a month becomes every 4 weeks. At most every
 * 12 weeks, at most one session a day.
 */
export function rhythmOf({ times, per }: Frequency): Rhythm {
  const weekly = per === "day" ? times * workingDays : per === "week" ? times : times / weeksInMonth;
  if (weekly >= 0.75) return { everyWeeks: 1, perWeek: Math.min(7, Math.round(weekly)) };
  return { everyWeeks: Math.min(12, Math.max(2, Math.round(1 / weekly))), perWeek: 1 };
}

/** "twice a week", "every 2 weeks". */
export function rhythmWords({ everyWeeks, perWeek }: Rhythm): string {
  const times = perWeek === 1 ? "once" : perWeek === 2 ? "twice" : `${perWeek} times`;
  if (everyWeeks === 1) return perWeek === 1 ? "every week" : `${times} a week`;
  return perWeek === 1 ? `every ${everyWeeks} weeks` : `${times} in every ${everyWeeks} weeks`;
}

/** For twice a week, the day that leaves about as long between the two both ways. */
const partner: Readonly<Record<number, number>> = { 1: 4, 2: 5, 3: 5, 4: 1, 5: 2, 6: 3, 7: 4 };

/** Weekdays for so many sessions a week, spread over the week, the day of the first session among them. */
export function spreadWeekdays(first: number, perWeek: number): readonly number[] {
  const wanted: readonly number[] =
    perWeek === 1
      ? [first]
      : perWeek === 2
        ? [first, partner[first] ?? 4]
        : perWeek === 3
          ? first === 2 || first === 4
            ? [2, 4, 5]
            : [1, 3, 5]
          : perWeek === 4
            ? [1, 2, 4, 5]
            : Array.from({ length: perWeek }, (_, index) => index + 1);
  const days = wanted.includes(first) ? wanted : [first, ...wanted.slice(0, perWeek - 1)];
  return [...days].sort((a, b) => a - b);
}

/** What a series begins with where the plan says how often and how long. */
export interface ProposedSeries extends Rhythm {
  readonly minutes: number;
  readonly modality: SessionModality;
  readonly count: number;
}

/** So many weeks are proposed where the plan does not say how long treatment goes on: about two reviews. */
const usualWeeks = 12;
const usualMinutes = 50;

/**
 * A series after the plan's frequency, length, place and duration; `null` where the plan names no frequency. `already`: sessions that took place or are planned,
 * which are not planned once more.
 */
export function seriesFromPlan(plan: SessionPlan, already = 0): ProposedSeries | null {
  if (plan.frequency === null) return null;
  const rhythm = rhythmOf(plan.frequency);
  const inWeeks = (weeks: number) => Math.ceil((weeks / rhythm.everyWeeks) * rhythm.perWeek);
  const all = plan.weeks !== null ? inWeeks(plan.weeks) : (plan.expectedSessions?.[1] ?? inWeeks(usualWeeks));
  const bounded = plan.expectedSessions === null ? all : Math.min(all, plan.expectedSessions[1]);
  return {
    ...rhythm,
    minutes: plan.minutes ?? usualMinutes,
    modality: plan.modality === "mixed" ? "in-person" : plan.modality,
    count: Math.min(104, Math.max(1, bounded - already)),
  };
}

/**
 * In what a series that goes on differs from the plan, in words; `null` where it does not, or where the plan names no frequency. Length counts where the plan
 * names one.
 */
export function whereSeriesDiffers(
  { everyWeeks, weekdays, detail }: Pick<Series, "everyWeeks" | "weekdays" | "detail">,
  plan: SessionPlan,
): string | null {
  if (plan.frequency === null) return null;
  const planned = rhythmOf(plan.frequency);
  const is = { everyWeeks, perWeek: new Set(weekdays).size };
  const differences = [
    ...(planned.everyWeeks !== is.everyWeeks || planned.perWeek !== is.perWeek ? [`${rhythmWords(planned)}, not ${rhythmWords(is)}`] : []),
    ...(plan.minutes !== null && plan.minutes !== detail.minutes ? [`${plan.minutes} minutes, not ${detail.minutes}`] : []),
  ];
  return differences.length === 0 ? null : `The plan now asks for ${differences.join(", and ")}.`;
}
