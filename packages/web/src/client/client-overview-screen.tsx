import { Badge, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { calledName } from "@trellis/domain/client/client";
import { activeDiagnoses } from "@trellis/domain/diagnosis/diagnosis";
import { intakeSectionKeys } from "@trellis/domain/intake/intake";
import { courseOf } from "@trellis/domain/measures/course";
import type { Measure } from "@trellis/domain/measures/measure";
import { useState } from "react";
import { OpenAlerts } from "../alerts/open-alerts.tsx";
import { type Chart, type ChartPlan, chartQuery, draftPlan } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { useSignedIn } from "../api/session.ts";
import { SessionsCard } from "../course/sessions-card.tsx";
import { EndingCard } from "../ending/ending-card.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { asksForChange, courseTitle } from "../give-measure/course-note.tsx";
import { expectationFor } from "../give-measure/expectation.ts";
import { changeWords, scoreWords, seriesOf } from "../give-measure/score-words.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { Icon, type IconName } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { intakeProgress, sectionNames } from "../take-intake/sections.ts";
import { newestOfEach } from "./alerts.ts";
import { CareTeamCard } from "./care-team-card.tsx";
import classes from "./client.module.css";
import { type NextStep, nextSteps, planOfEpisode, planToOpen } from "./next-steps.ts";
import { Sparkline } from "./sparkline.tsx";
import { TreatmentCard } from "./treatment-card.tsx";
import { useChart } from "./use-chart.ts";

const noMeasures: readonly Measure[] = [];

/** What is there of a client, and what is worth doing next. */
export function ClientOverviewScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart).data ?? noMeasures;
  const today = useToday();
  usePageTitle(initials(chart.client.name));
  const steps = nextSteps(chart, measures, today, useSignedIn().practice.timeZone);
  return (
    <>
      <PageHeading actions={<PlanButton chart={chart} />}>{calledName(chart.client)}: overview</PageHeading>
      <Stack gap="lg">
        <OpenAlerts chart={chart} measures={measures} />
        <div className={classes.columns}>
          <div className={classes.column}>
            {steps.length > 0 && (
              <Card title="What to do next">
                <ul className={classes.steps}>
                  {steps.map((step) => (
                    <li key={`${step.kind}${step.kind === "measure" ? step.measureId : ""}`}>
                      <Step step={step} clientId={clientId} />
                    </li>
                  ))}
                </ul>
              </Card>
            )}
            {chart.episode?.endedOn != null && <EndingCard chart={chart} />}
            <TreatmentCard chart={chart} measures={measures} />
            <MeasuresCard chart={chart} measures={measures} />
          </div>
          <div className={classes.column}>
            <PlanCard plans={chart.plans} clientId={clientId} />
            <SessionsCard chart={chart} />
            <IntakeCard chart={chart} />
            <DiagnosesCard chart={chart} />
            <CareTeamCard chart={chart} />
          </div>
        </div>
      </Stack>
    </>
  );
}

/** Drafts the plan, or finds the draft that is there, and goes to it. */
export function useDraftPlan(clientId: string) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function draft(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { planId } = await draftPlan(clientId);
      void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey });
      await navigate({ to: "/clients/$clientId/plan/$planId", params: { clientId, planId } });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  return { draft, busy, error };
}

function PlanButton({ chart }: { readonly chart: Chart }) {
  const plan = planOfEpisode(chart);
  const { draft, busy, error } = useDraftPlan(chart.id);
  if (plan !== null)
    return (
      <Button component={Link} to={`/clients/${chart.id}/plan/${plan.id}`} size="lg">
        Open the plan
      </Button>
    );
  return (
    <Stack gap="xs">
      <Button size="lg" loading={busy} onClick={() => void draft()}>
        Draft a plan
      </Button>
      <ErrorSummary title="The plan was not drafted" error={error} />
    </Stack>
  );
}

const stepIcons: Record<NextStep["kind"], IconName> = {
  intake: "pencil",
  "assess-risk": "alert",
  diagnosis: "search",
  measure: "check",
  "draft-plan": "leaf",
  "review-plan": "leaf",
  "open-plan": "leaf",
};

function Step({ step, clientId }: { readonly step: NextStep; readonly clientId: string }) {
  const { draft, busy, error } = useDraftPlan(clientId);
  const words = (
    <>
      <span className={classes.stepIcon}>
        <Icon name={stepIcons[step.kind]} />
      </span>
      <span className={classes.stepWords}>
        <span className={classes.stepTitle}>{step.title}</span>
        <span className={classes.stepDetail}>{step.detail}</span>
      </span>
      <Icon name="right" />
    </>
  );
  const className = classes.step ?? "";
  switch (step.kind) {
    case "intake":
      return (
        <Link to="/clients/$clientId/intake/$section" params={{ clientId, section: step.section }} className={className}>
          {words}
        </Link>
      );
    case "assess-risk":
      return (
        <Link to="/clients/$clientId/intake/$section" params={{ clientId, section: "risk" }} className={className}>
          {words}
        </Link>
      );
    case "diagnosis":
      return (
        <Link to="/clients/$clientId/diagnoses" params={{ clientId }} className={className}>
          {words}
        </Link>
      );
    case "measure":
      return step.measureId === null ? (
        <Link to="/clients/$clientId/measures" params={{ clientId }} className={className}>
          {words}
        </Link>
      ) : (
        <Link to="/clients/$clientId/measures/$measureId/give" params={{ clientId, measureId: step.measureId }} className={className}>
          {words}
        </Link>
      );
    case "draft-plan":
      return (
        <>
          <UnstyledButton className={className} onClick={() => void draft()} disabled={busy}>
            {words}
          </UnstyledButton>
          <ErrorSummary title="The plan was not drafted" error={error} />
        </>
      );
    case "review-plan":
      return (
        <Link to="/clients/$clientId/review/$reviewId" params={{ clientId, reviewId: "new" }} className={className}>
          {words}
        </Link>
      );
    case "open-plan":
      return (
        <Link to="/clients/$clientId/plan/$planId" params={{ clientId, planId: step.planId }} className={className}>
          {words}
        </Link>
      );
  }
}

function MeasuresCard({ chart, measures }: { readonly chart: Chart; readonly measures: readonly Measure[] }) {
  const newest = newestOfEach(chart.administrations);
  return (
    <Card
      title="Measures"
      actions={
        <Group gap="md">
          {newest.length > 0 && (
            <Link to="/clients/$clientId/progress" params={{ clientId: chart.id }}>
              See the progress
            </Link>
          )}
          <Link to="/clients/$clientId/measures" params={{ clientId: chart.id }}>
            Give a measure
          </Link>
        </Group>
      }
    >
      {newest.length === 0 ? (
        <Text c="dimmed">No scores yet. The first one becomes the baseline.</Text>
      ) : (
        <ul className={classes.plain}>
          {newest.map((administration) => {
            const measure = measures.find(({ id }) => id === administration.measure);
            if (measure === undefined) return null;
            const series = seriesOf(measure, chart.administrations);
            const last = series.at(-1);
            const course = courseOf(measure, series, expectationFor(chart, measure.id));
            return (
              <li key={administration.id}>
                <Link
                  to="/clients/$clientId/measures/$measureId"
                  params={{ clientId: chart.id, measureId: measure.id }}
                  className={classes.row ?? ""}
                >
                  <span>
                    <span className={classes.rowTitle}>
                      {measure.name}: {last === undefined ? "incomplete" : scoreWords(measure, last.total)}{" "}
                      {asksForChange(course) && (
                        <Badge color={course.state === "deteriorated" ? "clay" : "straw"}>{courseTitle(course)}</Badge>
                      )}
                    </span>
                    <span className={classes.rowDetail}>
                      {formatDate(administration.date)}
                      {changeWords(measure, series) === "" ? "" : ` · ${changeWords(measure, series)}`}
                    </span>
                  </span>
                  <Sparkline
                    series={series.map(({ total }) => total)}
                    range={measure.scoring.range}
                    {...(measure.cutoff === undefined ? {} : { cutoff: measure.cutoff.atLeast })}
                  />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

const planStatusWords: Record<ChartPlan["status"], string> = {
  draft: "In draft, not signed yet",
  active: "In force",
  "on-hold": "On hold",
  revoked: "Replaced",
  completed: "Completed",
  "entered-in-error": "Entered in error",
  unknown: "Unknown",
};

function PlanCard({ plans, clientId }: { readonly plans: readonly ChartPlan[]; readonly clientId: string }) {
  const plan = planToOpen(plans);
  const inForce = plan?.status === "draft" ? plans.find(({ status }) => status === "active") : undefined;
  return (
    <Card
      title="Plan"
      actions={
        plan !== null &&
        plan.revision > 1 && (
          <Link to="/clients/$clientId/plan/$planId/history" params={{ clientId, planId: plan.id }}>
            What changed
          </Link>
        )
      }
    >
      {plan === null ? (
        <Text c="dimmed">There is no plan yet. A draft is proposed from the intake, the diagnoses and the scores.</Text>
      ) : (
        <Link to="/clients/$clientId/plan/$planId" params={{ clientId, planId: plan.id }} className={classes.row ?? ""}>
          <span>
            <span className={classes.rowTitle}>{planStatusWords[plan.status]}</span>
            <span className={classes.rowDetail}>
              {plan.revision === 1 ? "First plan" : `Revision ${plan.revision}`}
              {inForce === undefined
                ? `, ${formatDate(plan.establishedOn)}`
                : `; revision ${inForce.revision} is in force until it is signed`}
            </span>
          </span>
          <Icon name="right" />
        </Link>
      )}
    </Card>
  );
}

function IntakeCard({ chart }: { readonly chart: Chart }) {
  const progress = intakeProgress(chart.intake);
  return (
    <Card
      title="Intake"
      actions={
        <Link to="/clients/$clientId/intake" params={{ clientId: chart.id }}>
          Open
        </Link>
      }
    >
      <div className={classes.progress} aria-hidden="true">
        {intakeSectionKeys.map((section) => (
          <span key={section} data-state={progress.states[section]} title={sectionNames[section].name} />
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {progress.filled} of {intakeSectionKeys.length} sections hold what a plan is drafted from
        {progress.started > 0 ? `; ${progress.started} more begun` : ""}.
      </Text>
    </Card>
  );
}

function DiagnosesCard({ chart }: { readonly chart: Chart }) {
  const active = activeDiagnoses(chart.diagnoses);
  return (
    <Card
      title="Diagnoses"
      actions={
        <Link to="/clients/$clientId/diagnoses" params={{ clientId: chart.id }}>
          {active.length === 0 ? "Choose" : "Open"}
        </Link>
      }
    >
      {active.length === 0 ? (
        <Text c="dimmed">None yet.</Text>
      ) : (
        <ul className={classes.plain}>
          {active.map((diagnosis) => (
            <li key={diagnosis.id} className={classes.row}>
              <span>
                <span className={classes.rowTitle}>
                  {diagnosis.code} {diagnosis.description}
                </span>
                <span className={classes.rowDetail}>
                  {diagnosis.rank === "principal" ? "Principal" : "Co-occurring"}, {diagnosis.verification}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
