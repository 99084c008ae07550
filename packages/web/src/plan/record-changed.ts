import { formatDate } from "@trellis/domain/calendar/date";
import { answerTo, type DraftContext } from "@trellis/domain/plan/draft/draft-context";
import { planAssessments, planRisk } from "@trellis/domain/plan/draft/draft-narrative";
import { sizeMetric } from "@trellis/domain/plan/draft/size-metric";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import { baselineReason, withBaselineReason } from "@trellis/domain/plan/objective-progress";
import type { Because, Metric, Objective, Plan } from "@trellis/domain/plan/plan";
import { same } from "../save-state/merge.ts";

/** One thing in the record that is newer than what the plan says, and the edits that take it over. */
export interface RecordChange {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** What has changed in the client's record since the plan was written. Nothing is taken over by itself. */
export function recordChanges(plan: Plan, context: DraftContext): RecordChange[] {
  const found: RecordChange[] = [];
  const set = (value: unknown, ...path: string[]): Edit => ({ type: "set", path, value });

  if (!same(context.diagnoses, plan.diagnoses)) {
    const codes = (list: Plan["diagnoses"]) => list.map(({ code }) => code).join(", ") || "none";
    const known = new Set(context.diagnoses.map(({ id }) => id));
    const gone = plan.diagnoses.filter(({ id }) => !known.has(id));
    found.push({
      text: same(codes(plan.diagnoses), codes([...context.diagnoses]))
        ? "A diagnosis was edited in the chart."
        : `Diagnoses in the chart are now ${codes([...context.diagnoses])}; the plan has ${codes(plan.diagnoses)}.`,
      edits: [
        set([...context.diagnoses], "diagnoses"),
        ...plan.problems
          .filter((problem) => problem.diagnosisIds.some((id) => gone.some((diagnosis) => diagnosis.id === id)))
          .map((problem) =>
            set(
              problem.diagnosisIds.filter((id) => known.has(id)),
              "problems",
              problem.id,
              "diagnosisIds",
            ),
          ),
      ],
    });
  }

  const assessments = planAssessments(context);
  if (!same(assessments, plan.assessments)) {
    const newer = assessments.filter(
      ({ administrationId }) => !plan.assessments.some((entry) => entry.administrationId === administrationId),
    );
    found.push({
      text:
        newer.length > 0
          ? newer
              .map(({ measureName, score, outOf, date }) => `${measureName} ${score ?? "incomplete"} of ${outOf} on ${formatDate(date)}`)
              .join("; ")
          : "What the scores call for has been looked into.",
      edits: [set(assessments, "assessments")],
    });
  }

  const risk = { ...planRisk(context), specialStatus: plan.risk.specialStatus };
  if (!same({ ...risk, summary: "" }, { ...plan.risk, summary: "" }))
    found.push({
      text:
        risk.assessedOn === null || risk.level === null
          ? "The risk section of the intake has changed."
          : `Risk was assessed as ${risk.level} on ${formatDate(risk.assessedOn)}.`,
      edits: [set(risk, "risk")],
    });

  for (const objective of plan.objectives) {
    const sized = objective.metric?.baseline === null ? measuredNow(objective, context) : null;
    if (sized === null) continue;
    const { metric, because } = sized;
    found.push({
      text: `${metric.measureName ?? "The measure"} now gives a baseline of ${metric.baseline}${metric.target === null || metric.target === objective.metric?.target ? "" : ` and a target of ${metric.target}`} to an objective.`,
      edits: [
        set(metric, "objectives", objective.id, "metric"),
        ...(because === null ? [] : [set(withBaselineReason(objective.because, because), "objectives", objective.id, "because")]),
      ],
    });
  }
  return found;
}

/** The numbers that the record has by now for an objective without a baseline; `null` where it still has none. */
function measuredNow(
  { metric, origin }: Objective,
  context: DraftContext,
): { readonly metric: Metric; readonly because: Because | null } | null {
  if (metric === null) return null;
  const entry = origin.kind === "library" ? context.library.objectiveById.get(origin.id)?.metric : undefined;
  // What the library measures an objective by counts only as long as nobody has chosen something else.
  if (
    entry !== undefined &&
    (entry.kind === "measure" ? entry.measure === metric.measure && entry.item === metric.item : metric.kind !== "measure")
  ) {
    const sized = sizeMetric(entry, context);
    return sized === null || sized.metric.baseline === null ? null : { metric: sized.metric, because: sized.because[0] ?? null };
  }
  const last = metric.kind === "measure" && metric.measure !== undefined ? context.lastScores.get(metric.measure) : undefined;
  if (last === undefined) return null;
  const value = metric.item === undefined ? last.score.total : answerTo(last, metric.item);
  const { date } = last.administration;
  if (value === null) return null;
  return {
    metric: { ...metric, baseline: value, baselineDate: date },
    because: { kind: "score", ref: last.measure.id, text: baselineReason(last.measure, value, date, metric.item) },
  };
}
