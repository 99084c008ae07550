import { fewestWeeks } from "../measures/fewest-weeks.ts";
import type { Edit } from "../plan/edit-plan.ts";
import { hasEnded } from "../plan/lifecycle.ts";
import { scheduleInWords } from "../plan/measure-schedule.ts";
import type { Report, Rule } from "./rule.ts";

/** Objectives that nothing is measured for any more. */

/** Sessions of weekly therapy are so many days apart. */
const sessionDays = 7;

/** Whether the measures along the way can show what they are given for. Advice between colleagues; none blocks the signature. */
export const scheduleRules: readonly Rule[] = [
  {
    id: "SCHEDULE-interval",
    authority: "clinical practice",
    citation: "The measure's own shortest interval",
    requirement: "No measure is given again before it can show something new",
    severity: () => "advice",
    check: ({ plan, library }) =>
      plan.measureSchedule.flatMap((entry): Report[] => {
        const interval = library.measureById.get(entry.measure)?.interval;
        if (interval == null) return [];
        const days = entry.when === "every-session" ? sessionDays : entry.when === "weeks" ? entry.everyWeeks * 7 : null;
        if (days === null || days >= interval.minDays) return [];
        const weeks = Math.min(52, fewestWeeks(interval));
        const path = ["measureSchedule", entry.id];
        const edits: Edit[] = [
          ...(entry.when === "weeks" ? [] : [{ type: "set" as const, path: [...path, "when"], value: "weeks" }]),
          { type: "set", path: [...path, "everyWeeks"], value: weeks },
        ];
        return [
          {
            path,
            message: `Asked again within ${interval.minDays} days, the ${entry.measureName} says little that is new.`,
            fix: { label: `Give it ${scheduleInWords({ when: "weeks", everyWeeks: weeks })}`, edits },
          },
        ];
      }),
  },
  {
    id: "SCHEDULE-objective",
    authority: "convention",
    citation: "What is measured is measured again: a convention of measurement-based care",
    requirement: "The measure of every objective is among the measures along the way",
    severity: () => "advice",
    check: ({ plan, library }) => {
      const planned = new Set(plan.measureSchedule.map(({ measure }) => measure));
      return plan.objectives.flatMap(({ metric, lifecycleStatus, achievementStatus }): Report[] => {
        const measure = metric?.kind === "measure" && metric.measure !== undefined ? library.measureById.get(metric.measure) : undefined;
        if (measure === undefined || measure.interval === null || planned.has(measure.id)) return [];
        if (hasEnded({ lifecycleStatus }) || achievementStatus === "achieved") return [];
        // Told once for each measure.
        planned.add(measure.id);
        const everyWeeks = Math.min(52, Math.max(1, Math.round(measure.interval.usualDays / 7)));
        const item = {
          // No other entry of the schedule is about this measure, so that none has this id.
          id: `schedule-${measure.id}`.slice(0, 64),
          measure: measure.id,
          measureName: measure.name,
          when: "weeks",
          everyWeeks,
          because: [],
        };
        return [
          {
            path: ["measureSchedule"],
            message: `An objective goes by the ${measure.name}, which is not planned to be given again.`,
            fix: {
              label: `Plan it ${scheduleInWords({ when: "weeks", everyWeeks })}`,
              edits: [{ type: "insert", list: ["measureSchedule"], item, before: null }],
            },
          },
        ];
      });
    },
  },
];
