import type { IsoDate } from "@trellis/domain/calendar/date";
import type { Library } from "@trellis/domain/library/library";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Metric, Plan } from "@trellis/domain/plan/plan";
import { outdatedSafetyParts } from "@trellis/domain/plan/safety-responsibility";

/** What a made-up client answers where a statement has a blank that the library gives no example for. */
const otherAnswer = "what we wrote down together in the session";

/** Where a made-up client stands today, on the worse side of the target. */
function baselineOf({ direction, target, max }: Metric): number {
  const aim = target ?? 3;
  return direction === "decrease" ? Math.min(max ?? 1000, aim + 4) : Math.max(0, aim - 3);
}

/**
 * The edits that a clinician and a client would make to a draft in their talk about it: the blanks that only the client can fill (with the examples of the
 * library), how the client took part, a safety plan where risk calls for one. For made-up clients.
 */
export function finishDraft(plan: Plan, today: IsoDate, library: Pick<Library, "objectiveById">): Edit[] {
  const answerTo = ({ origin }: Plan["objectives"][number], name: string): string => {
    const entry = origin.kind === "library" ? library.objectiveById.get(origin.id) : undefined;
    const parameter = entry !== undefined && Object.hasOwn(entry.parameters, name) ? entry.parameters[name] : undefined;
    return parameter?.kind === "text" ? parameter.example : otherAnswer;
  };
  const set = (path: string[], value: unknown): Edit => ({ type: "set", path, value });
  const withGoal = new Set(plan.goals.flatMap((goal) => goal.problemIds));
  return [
    set(
      ["participation", "client"],
      "Chose the order of the goals, put them into own words, and asked for shorter practice between visits.",
    ),
    set(["agreement", "state"], "agreed"),
    set(["copyGiven"], { state: "given", on: today }),
    ...(plan.crisisPlan.state === "none"
      ? [
          set(["crisisPlan"], {
            state: "present",
            reason: "",
            text: "Written down together: early signs, what helps alone, places to go, people to call, and how the home was made safer. Call or text 988 at any hour; 911 in danger.",
          }),
          ...[...outdatedSafetyParts({ ...plan, crisisPlan: { ...plan.crisisPlan, state: "present" } }).values()].flat(),
        ]
      : []),
    ...plan.problems
      .filter((problem) => problem.status === "active" && !withGoal.has(problem.id))
      .flatMap((problem) => [
        set(["problems", problem.id, "status"], "on-hold"),
        set(
          ["problems", problem.id, "statusReason"],
          "The client wants to begin with the other problem. To be looked at again at the review.",
        ),
      ]),
    ...plan.objectives.flatMap((objective) => [
      ...Object.entries(objective.parameters)
        .filter(([, value]) => value === "")
        .map(([name]) => set(["objectives", objective.id, "parameters", name], answerTo(objective, name))),
      ...(objective.metric && objective.metric.kind !== "milestone" && objective.metric.baseline === null
        ? [
            set(["objectives", objective.id, "metric"], {
              ...objective.metric,
              baseline: baselineOf(objective.metric),
              baselineDate: today,
            }),
          ]
        : []),
    ]),
  ];
}
