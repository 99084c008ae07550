import { addWeeks, daysBetween, formatDate } from "../calendar/date.ts";
import { cleanScore } from "../measures/score-step.ts";
import type { Edit } from "../plan/edit-plan.ts";
import { openBlanksOf } from "../plan/objective-text.ts";
import type { Objective } from "../plan/plan.ts";
import type { Report, Rule, RuleInput } from "./rule.ts";

const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value: value as never });

/**
 * Words that promise a change without saying how anybody would see it. An objective with numbers may hold them;
 * one that leans on them alone cannot be judged later.
 */
const vague =
  /\b(feel better|do better|improve|work on|explore|understand|be aware|increase awareness|gain insight|process|address|deal with|cope better|learn about|develop skills?)\b/i;
const seen = /\d|\{(baseline|target)\}/;

/** Most weeks from start to target date that still make a short-term objective. */
const longestWeeks = 26;

const each = (check: (objective: Objective, input: RuleInput) => Report[]) => (input: RuleInput) =>
  input.plan.objectives.flatMap((objective) => check(objective, input));
const at = (objective: Objective, ...field: string[]) => ["objectives", objective.id, ...field];

/**
 * SMART quality of each objective: specific, measurable, achievable, relevant, time-bound
 * (Doran GT. There's a S.M.A.R.T. way to write management's goals and objectives. Management Review 1981;70(11):35-36).
 * Where a number is missing at all, CORE-04 says so; these rules judge what is there.
 */
export const smartRules: readonly Rule[] = [
  {
    id: "SMART-specific",
    authority: "clinical practice",
    citation: "SMART: specific",
    requirement: "Each objective says what will be seen or done",
    severity: () => "warning",
    check: each((objective) => {
      const match = objective.text.match(vague);
      return match && !seen.test(objective.text)
        ? [
            {
              path: at(objective, "text"),
              message: `“${match[0]}” can mean many things. Say what somebody would see, hear or count, with numbers.`,
            },
          ]
        : [];
    }),
  },
  {
    id: "SMART-blank",
    authority: "clinical practice",
    citation: "SMART: specific",
    requirement: "No blank of an objective is left open",
    severity: () => "error",
    check: each((objective) => {
      // Baseline, target and date have their own rule; one gap is reported once.
      const open = openBlanksOf(objective).filter((name) => !["baseline", "target", "date"].includes(name));
      return open.map((name) => ({
        path: at(objective, "parameters", name),
        message: `The blank “${name.replaceAll(/([A-Z])/g, " $1").toLowerCase()}” is still open. Fill it in.`,
      }));
    }),
  },
  {
    id: "SMART-measurable",
    authority: "clinical practice",
    citation: "SMART: measurable",
    requirement: "The target is a change for the better that the measure can show",
    severity: () => "warning",
    check: each((objective, { library }) => {
      const { metric } = objective;
      if (!metric || metric.baseline === null || metric.target === null) return [];
      const change = cleanScore(metric.direction === "decrease" ? metric.baseline - metric.target : metric.target - metric.baseline);
      const path = at(objective, "metric", "target");
      if (change === 0) return [{ path, message: "Baseline and target are the same, so nothing would have to change." }];
      if (change < 0)
        return [
          {
            path,
            message: `The target goes the wrong way: from ${metric.baseline} to ${metric.target} is ${metric.direction === "decrease" ? "an increase" : "a decrease"}.`,
          },
        ];
      if (metric.max !== undefined && metric.target > metric.max)
        return [
          {
            path,
            message: `The highest possible value is ${metric.max}.`,
            fix: { label: `Set ${metric.max}`, edits: [set(path, metric.max)] },
          },
        ];
      const measure = metric.measure && metric.item === undefined ? library.measureById.get(metric.measure) : undefined;
      const lowest = measure?.scoring.range[0] ?? metric.target;
      if (metric.target < lowest)
        return [
          {
            path,
            message: `The lowest possible value is ${lowest}.`,
            fix: { label: `Set ${lowest}`, edits: [set(path, lowest)] },
          },
        ];
      const points = measure?.reliableChange?.points;
      if (measure && points !== undefined && change < points) {
        const target = cleanScore(metric.direction === "decrease" ? metric.baseline - points : metric.baseline + points);
        if (target >= measure.scoring.range[0] && target <= measure.scoring.range[1])
          return [
            {
              path,
              severity: "advice" as const,
              message: `A change of ${change} on the ${measure.name} can be chance; ${points} points or more are reliable.`,
              fix: { label: `Set the target to ${target}`, edits: [set(path, target)] },
            },
          ];
      }
      return [];
    }),
  },
  {
    id: "SMART-achievable",
    authority: "clinical practice",
    citation: "SMART: achievable",
    requirement: "The target can be reached by its date",
    severity: () => "advice",
    check: each((objective, { plan }) => {
      const { metric, targetDate } = objective;
      if (
        metric?.kind !== "measure" ||
        metric.item !== undefined ||
        metric.baseline === null ||
        metric.target === null ||
        targetDate === null
      )
        return [];
      const weeks = daysBetween(plan.establishedOn, targetDate) / 7;
      const share = metric.baseline === 0 ? 0 : (metric.baseline - metric.target) / metric.baseline;
      const later = addWeeks(plan.establishedOn, 12);
      return metric.direction === "decrease" && share > 0.5 && weeks > 0 && weeks < 6
        ? [
            {
              path: at(objective, "targetDate"),
              message: `More than halving the score within ${Math.round(weeks)} weeks is rare. Give it more time, or aim for half first.`,
              fix: { label: `Move it to ${formatDate(later)}`, edits: [set(at(objective, "targetDate"), later)] },
            },
          ]
        : [];
    }),
  },
  {
    id: "SMART-relevant",
    authority: "clinical practice",
    citation: "SMART: relevant",
    requirement: "Each objective belongs to a goal of this plan",
    severity: () => "error",
    check: each((objective, { plan }) =>
      plan.goals.some((goal) => goal.id === objective.goalId)
        ? []
        : [
            {
              path: at(objective),
              message: "This objective belongs to no goal.",
              fix: { label: "Remove it", edits: [{ type: "remove", list: ["objectives"], id: objective.id }] },
            },
          ],
    ),
  },
  {
    id: "SMART-time",
    authority: "clinical practice",
    citation: "SMART: time-bound",
    requirement: "The target date is ahead, and near enough to steer by",
    severity: () => "warning",
    check: each((objective, { plan, today }) => {
      const { targetDate } = objective;
      if (targetDate === null) return [];
      const path = at(objective, "targetDate");
      const open =
        objective.achievementStatus !== "achieved" &&
        objective.lifecycleStatus !== "completed" &&
        objective.lifecycleStatus !== "cancelled";
      if (open && targetDate < today) {
        const date = addWeeks(today, 6);
        return [
          {
            path,
            message: `The target date ${formatDate(targetDate)} has passed. Was it reached?`,
            fix: { label: `Move it to ${formatDate(date)}`, edits: [set(path, date)] },
          },
        ];
      }
      if (daysBetween(plan.establishedOn, targetDate) <= longestWeeks * 7) return [];
      const date = addWeeks(plan.establishedOn, 12);
      return [
        {
          path,
          severity: "advice" as const,
          message: "More than half a year ahead. A nearer step shows sooner whether it works.",
          fix: { label: `Set ${formatDate(date)}`, edits: [set(path, date)] },
        },
      ];
    }),
  },
];
