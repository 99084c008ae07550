import { dayOf, daysBetween, formatDate } from "@trellis/domain/calendar/date";
import { activeDiagnoses } from "@trellis/domain/diagnosis/diagnosis";
import { type IntakeSection, intakeSectionKeys } from "@trellis/domain/intake/intake";
import { type DueMeasure, dueMeasures } from "@trellis/domain/measures/due";
import type { Measure } from "@trellis/domain/measures/measure";
import type { Chart, ChartPlan } from "../api/clients.ts";
import { intakeProgress } from "../take-intake/sections.ts";
import { actedOnNotAssessed, newestOfEach } from "./alerts.ts";

export type NextStep =
  | { readonly kind: "intake"; readonly section: IntakeSection; readonly title: string; readonly detail: string }
  | { readonly kind: "assess-risk"; readonly title: string; readonly detail: string }
  | { readonly kind: "diagnosis"; readonly title: string; readonly detail: string }
  | { readonly kind: "measure"; readonly measureId: string | null; readonly title: string; readonly detail: string }
  | { readonly kind: "draft-plan"; readonly title: string; readonly detail: string }
  | { readonly kind: "review-plan"; readonly planId: string; readonly title: string; readonly detail: string }
  | { readonly kind: "open-plan"; readonly planId: string; readonly title: string; readonly detail: string };

/** The plan to open: the draft that is being written, otherwise the one in force, otherwise the newest. */
export function planToOpen(plans: readonly ChartPlan[]): ChartPlan | null {
  const byRevision = plans.toSorted((a, b) => b.revision - a.revision);
  return (
    byRevision.find(({ status }) => status === "draft") ?? byRevision.find(({ status }) => status === "active") ?? byRevision[0] ?? null
  );
}

/** The plan to go on with; none for who is in treatment again and has no plan for it yet. */
export function planOfEpisode({ plans, episode }: Pick<Chart, "plans" | "episode">): ChartPlan | null {
  const plan = planToOpen(plans);
  return plan?.status === "completed" && episode != null && episode.endedOn === null ? null : plan;
}

/**
 * How the measures stand by the plan in force, or by its draft. Without a plan, those that were given already, as often as they usually are.
 */
function scheduled(
  { plans, administrations, sessions, episode }: Chart,
  measures: readonly Measure[],
  today: string,
  timeZone: string,
): { readonly planned: boolean; readonly due: readonly DueMeasure[] } {
  const byRevision = plans.toSorted((a, b) => b.revision - a.revision);
  const plan = byRevision.find(({ status }) => status === "active") ?? byRevision.find(({ status }) => status === "draft");
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const usual = newestOfEach(administrations).flatMap(({ measure: id, date }) => {
    const measure = known.get(id);
    const everyWeeks = Math.round((measure?.interval?.usualDays ?? 0) / 7);
    return measure === undefined || everyWeeks < 1
      ? []
      : [{ measure: id, measureName: measure.name, when: "weeks" as const, everyWeeks, date }];
  });
  const due = dueMeasures({
    schedule: plan === undefined ? usual : (plan.schedule ?? []).filter(({ measure }) => known.has(measure)),
    start: plan?.signedAt != null ? dayOf(plan.signedAt, timeZone) : (plan?.establishedOn ?? "0001-01-01"),
    reviewDue: plan?.reviewDue ?? null,
    endsOn: episode?.plannedEnd ?? null,
    administrations,
    sessions,
    askedOnce: new Set(measures.flatMap(({ id, interval }) => (interval === null ? [id] : []))),
    today,
  });
  return { planned: plan !== undefined, due };
}

/** Names of measures that a plan asks for and that were left out for so long that they count as missed. */
export function missedMeasures(chart: Chart, measures: readonly Measure[], today: string, timeZone: string): string[] {
  const { planned, due } = scheduled(chart, measures, today, timeZone);
  return planned ? due.flatMap(({ state, measureName }) => (state === "missed" ? [measureName] : [])) : [];
}

/** Measures to be given. Without a plan, once their day has come. */
function measureSteps(chart: Chart, measures: readonly Measure[], today: string, timeZone: string): NextStep[] {
  const { planned, due } = scheduled(chart, measures, today, timeZone);
  return due.flatMap(({ state, dueOn, measure, measureName, lastGiven, why }): NextStep[] => {
    if (state === "done" || dueOn === null || (!planned && dueOn > today)) return [];
    const day = dueOn > today ? `Due ${formatDate(dueOn)}` : dueOn === today ? "Due today" : `Due since ${formatDate(dueOn)}`;
    return [
      {
        kind: "measure",
        measureId: measure,
        title: lastGiven === null ? `Give the ${measureName}` : `Give the ${measureName} again`,
        detail:
          !planned && lastGiven !== null
            ? `Last given ${formatDate(lastGiven)}, ${daysBetween(lastGiven, today)} days ago.`
            : `${day}. ${why}`,
      },
    ];
  });
}

/** What is worth doing next for a client, the most useful first. Nothing here is a must; everything can be done in any order. */
export function nextSteps(chart: Chart, measures: readonly Measure[], today: string, timeZone = "UTC"): NextStep[] {
  const steps: NextStep[] = [];
  const progress = intakeProgress(chart.intake);
  const plan = planOfEpisode(chart);
  const hasDiagnosis = activeDiagnoses(chart.diagnoses).length > 0;

  if (progress.filled === 0 && progress.started === 0) {
    steps.push({
      kind: "intake",
      section: "presentingProblems",
      title: "Begin the intake",
      detail: "What brings the client, in their own words. Sections can be filled in any order, and everything is saved as you type.",
    });
  } else if (progress.states.presentingProblems !== "filled") {
    steps.push({
      kind: "intake",
      section: "presentingProblems",
      title: "Write down what brings the client",
      detail: "Their own words and what the problem keeps them from doing: the plan is built on both.",
    });
  } else if (progress.next !== null && plan === null) {
    steps.push({
      kind: "intake",
      section: progress.next,
      title: "Go on with the intake",
      detail: `${progress.filled} of ${intakeSectionKeys.length} sections hold what a plan is drafted from.`,
    });
  }
  if (progress.states.risk !== "filled" && progress.filled + progress.started > 0) {
    steps.push({
      kind: "assess-risk",
      title: "Record the risk assessment",
      detail: "No plan can be signed without one. Not assessed is not the same as low.",
    });
  } else {
    const actedOn = actedOnNotAssessed(chart);
    const measure = measures.find(({ id }) => id === actedOn?.measure);
    if (actedOn !== null && measure !== undefined)
      steps.push({
        kind: "assess-risk",
        title: "Record risk anew",
        detail: `Somebody acted on what the ${measure.name} of ${formatDate(actedOn.date)} said. The risk section does not hold it yet.`,
      });
  }
  if (!hasDiagnosis)
    steps.push({ kind: "diagnosis", title: "Choose a diagnosis", detail: "By word, code or abbreviation, from the keyboard." });

  const newest = newestOfEach(chart.administrations);
  if (newest.length === 0) {
    steps.push({
      kind: "measure",
      measureId: null,
      title: "Give a first measure",
      detail: "It is the baseline that every objective and every later score is compared with.",
    });
  } else steps.push(...measureSteps(chart, measures, today, timeZone));

  if (plan === null) {
    steps.push({
      kind: "draft-plan",
      title: "Draft a plan",
      detail: hasDiagnosis
        ? "Proposed from this client's own record. You accept, change or leave out every line."
        : "Can be done now; without a diagnosis the draft stays small.",
    });
  } else if (plan.status === "draft") {
    steps.push({ kind: "open-plan", planId: plan.id, title: "Finish the plan", detail: "The draft is not signed yet." });
  } else if (plan.status === "active" && plan.reviewDue !== null && daysBetween(today, plan.reviewDue) <= 14) {
    const days = daysBetween(today, plan.reviewDue);
    steps.push({
      kind: "review-plan",
      planId: plan.id,
      title: "Review the plan",
      detail: days < 0 ? `The review was due ${formatDate(plan.reviewDue)}.` : `The review is due ${formatDate(plan.reviewDue)}.`,
    });
  }
  // What comes after a treatment stands under its ending; danger that a follow-up speaks of is for now, whoever is in treatment.
  if (chart.episode?.endedOn != null) return progress.states.risk === "filled" ? steps.filter(({ kind }) => kind === "assess-risk") : [];
  return steps;
}
