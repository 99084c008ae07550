import { daysBetween, formatDate, type IsoDate } from "../calendar/date.ts";
import type { ClientRecord } from "../client/client-record.ts";
import { activeDiagnoses } from "../diagnosis/diagnosis.ts";
import { scoreDays } from "../findings/core-rules.ts";
import type { Measure } from "../measures/measure.ts";
import { isCase, scoreAdministration } from "../measures/score.ts";
import { hasEnded, isWorkedOn } from "../plan/lifecycle.ts";
import { numberOf, planNumbers } from "../plan/numbering.ts";
import type { Plan } from "../plan/plan.ts";
import type { ProposedAddition } from "./review.ts";

/**
 * What the record calls for and the plan does not have: a diagnosis that no problem rests on, a measure whose last score of the past 6 weeks is in the
 * clinical range and that no objective goes by, a goal whose objectives have all ended. Practice-based; nothing is added by itself.
 */
export function proposedAdditions(
  plan: Plan,
  record: Pick<ClientRecord, "diagnoses" | "administrations">,
  measures: readonly Measure[],
  today: IsoDate,
): ProposedAddition[] {
  return [...diagnosesMissing(plan, record), ...measuresMissing(plan, record, measures, today), ...objectivesMissing(plan)];
}

function diagnosesMissing(plan: Plan, { diagnoses }: Pick<ClientRecord, "diagnoses">): ProposedAddition[] {
  const answered = new Set(plan.problems.flatMap(({ diagnosisIds }) => diagnosisIds));
  const inPlan = new Set(plan.diagnoses.map(({ id }) => id));
  return activeDiagnoses(diagnoses).flatMap(({ id, code, description }): ProposedAddition[] =>
    inPlan.has(id) && answered.has(id)
      ? []
      : [
          {
            id: `diagnosis-${id}`.slice(0, 64),
            kind: "diagnosis",
            about: id,
            what: `${code} ${description}`.slice(0, 300),
            text: inPlan.has(id)
              ? `${code} ${description} is in the plan, and no problem rests on it.`
              : `${code} ${description} stands in the chart and not in the plan.`,
          },
        ],
  );
}

function measuresMissing(
  plan: Plan,
  { administrations }: Pick<ClientRecord, "administrations">,
  measures: readonly Measure[],
  today: IsoDate,
): ProposedAddition[] {
  const planned = new Set(plan.objectives.flatMap(({ metric, ...objective }) => (hasEnded(objective) ? [] : (metric?.measure ?? []))));
  return measures.flatMap((measure): ProposedAddition[] => {
    if (planned.has(measure.id) || measure.cutoff === undefined) return [];
    const last = administrations
      .filter(({ measure: id, status, date }) => id === measure.id && status === "completed" && date <= today)
      .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
      .at(-1);
    if (last === undefined || daysBetween(last.date, today) > scoreDays) return [];
    const { total } = scoreAdministration(measure, last);
    if (total === null || isCase(measure, total) !== true) return [];
    return [
      {
        id: `measure-${measure.id}`.slice(0, 64),
        kind: "measure",
        about: measure.id.slice(0, 64),
        what: measure.name,
        text: `${measure.name} was ${total} on ${formatDate(last.date)}, in the clinical range (cutoff ${measure.cutoff.atLeast}), and no objective goes by it.`,
      },
    ];
  });
}

function objectivesMissing(plan: Plan): ProposedAddition[] {
  const { goals } = planNumbers(plan);
  return plan.goals.flatMap((goal): ProposedAddition[] => {
    if (!isWorkedOn(goal)) return [];
    if (plan.objectives.some((objective) => objective.goalId === goal.id && !hasEnded(objective))) return [];
    return [
      {
        id: `objective-${goal.id}`.slice(0, 64),
        kind: "objective",
        about: goal.id,
        what: `Goal ${numberOf(goals, goal.id)}`,
        text: `Goal ${numberOf(goals, goal.id)} has no objective that is worked on: “${goal.text.length > 160 ? `${goal.text.slice(0, 159)}…` : goal.text}”`,
      },
    ];
  });
}
