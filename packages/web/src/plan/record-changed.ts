import { formatDate } from "@trellis/domain/calendar/date";
import type { DraftContext } from "@trellis/domain/plan/draft/draft-context";
import { planAssessments, planRisk } from "@trellis/domain/plan/draft/draft-narrative";
import { sizeMetric } from "@trellis/domain/plan/draft/size-metric";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import type { Plan } from "@trellis/domain/plan/plan";
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
    if (objective.metric?.baseline !== null || objective.origin.kind !== "library") continue;
    const entry = context.library.objectiveById.get(objective.origin.id);
    const sized = entry && sizeMetric(entry.metric, context);
    if (!sized || sized.metric.baseline === null) continue;
    found.push({
      text: `${sized.metric.measureName ?? "The measure"} now gives a baseline of ${sized.metric.baseline}${sized.metric.target === null ? "" : ` and a target of ${sized.metric.target}`} to an objective.`,
      edits: [set(sized.metric, "objectives", objective.id, "metric")],
    });
  }
  return found;
}
