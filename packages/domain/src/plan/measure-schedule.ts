import type { MeasureSchedule, Plan, ScheduleTime } from "./plan.ts";

/** When a measure is given, as it is said after its name: "PHQ-9, every 2 weeks". */
export function scheduleInWords({ when, everyWeeks }: Pick<MeasureSchedule, "when" | "everyWeeks">): string {
  switch (when) {
    case "every-session":
      return "at every session";
    case "weeks":
      return `every ${everyWeeks === 1 ? "week" : `${everyWeeks} weeks`}`;
    case "review":
      return "at each review";
    case "discharge":
      return "at the end of therapy";
  }
}

/** The most frequent first. */
const times: readonly ScheduleTime[] = ["every-session", "weeks", "review", "discharge"];

const plainWords: Record<Exclude<ScheduleTime, "weeks">, string> = {
  "every-session": "each time we meet",
  review: "when we look at this plan again",
  discharge: "when therapy ends",
};

/** The sentence for the client: how often there is a form to fill in, which is as often as the most frequent one asks. `null` where none is planned. */
export function formsForClient(schedule: Plan["measureSchedule"]): string | null {
  const when = times.find((time) => schedule.some((entry) => entry.when === time));
  if (when === undefined) return null;
  const weeks = schedule.filter((entry) => entry.when === "weeks").map(({ everyWeeks }) => everyWeeks);
  const often = when === "weeks" ? scheduleInWords({ when, everyWeeks: Math.min(...weeks) }) : plainWords[when];
  return `You fill in a short form ${often}. It shows us both if things get better.`;
}
