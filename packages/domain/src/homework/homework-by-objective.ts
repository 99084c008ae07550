import type { AssignedHomework } from "./assigned-homework.ts";

/** How homework went, of what was looked at together. Taken back and still open, it counts nowhere. */
export interface DoneRate {
  readonly done: number;
  readonly partly: number;
  readonly notDone: number;
  readonly lookedAt: number;
}

const none: DoneRate = { done: 0, partly: 0, notDone: 0, lookedAt: 0 };

function counted(rate: DoneRate, { outcome, withdrawnOn }: AssignedHomework): DoneRate {
  if (outcome === null || withdrawnOn !== null) return rate;
  return {
    done: rate.done + (outcome === "done" ? 1 : 0),
    partly: rate.partly + (outcome === "partly" ? 1 : 0),
    notDone: rate.notDone + (outcome === "not-done" ? 1 : 0),
    lookedAt: rate.lookedAt + 1,
  };
}

/** How homework went over all. */
export function doneRate(homework: readonly AssignedHomework[]): DoneRate {
  return homework.reduce(counted, none);
}

/**
 * Whether homework gets done, objective by objective. Homework for two objectives counts for both; an objective without homework that was looked at
 * is not in the map.
 */
export function homeworkByObjective(homework: readonly AssignedHomework[]): ReadonlyMap<string, DoneRate> {
  const rates = new Map<string, DoneRate>();
  for (const one of homework)
    for (const id of new Set(one.objectiveIds)) {
      const rate = counted(rates.get(id) ?? none, one);
      if (rate.lookedAt > 0) rates.set(id, rate);
    }
  return rates;
}

/** The rate in plain numbers: "3 of 5 done, 1 in part". */
export function doneRateWords({ done, partly, notDone, lookedAt }: DoneRate): string {
  if (lookedAt === 0) return "None looked at yet";
  const rest = [partly > 0 && `${partly} in part`, notDone > 0 && `${notDone} not done`].filter((part) => part !== false);
  return [`${done} of ${lookedAt} done`, ...rest].join(", ");
}
