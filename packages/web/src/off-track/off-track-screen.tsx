import { Alert, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Library } from "@trellis/domain/library/library";
import type { Measure } from "@trellis/domain/measures/measure";
import { careSignsOf, isOffTrack, type SeenSign } from "@trellis/domain/off-track/care-signs";
import { steppedOptions } from "@trellis/domain/off-track/stepped-options";
import type { Plan } from "@trellis/domain/plan/plan";
import { useMemo } from "react";
import { isRisk } from "../api/alerts.ts";
import type { Chart } from "../api/clients.ts";
import { planQuery } from "../api/plans.ts";
import { type Treatment, useTreatment } from "../api/treatment.ts";
import { planToOpen } from "../client/next-steps.ts";
import { useChart } from "../client/use-chart.ts";
import { useEngagement } from "../engagement/use-engagement.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { usePlanLibrary } from "../library/use-library.ts";
import { useProgress } from "../progress/use-progress.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { DecideForm } from "./decide-form.tsx";
import { EarlierDecisions } from "./earlier-decisions.tsx";
import { ProblemOrder } from "./problem-order.tsx";

/** What to do when treatment does not work: what the record says, the options step by step, and what was decided. */
export function OffTrackScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/not-working" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  const open = planToOpen(chart.plans);
  const plan = useQuery({ ...planQuery(open?.id ?? ""), enabled: open !== null, staleTime: 60_000 });
  const library = usePlanLibrary(open === null ? null : plan.data?.plan);
  const error = measures.error ?? library.error ?? plan.error;
  if (error !== null)
    return (
      <PageFault
        error={error}
        retry={() => {
          measures.refetch();
          library.refetch();
          if (open !== null) void plan.refetch();
        }}
      />
    );
  if (measures.data === undefined || library.data === undefined || plan.isLoading) return <Waiting what="what can be done" />;
  return <OffTrack chart={chart} measures={measures.data} library={library.data} plan={plan.data?.plan ?? null} />;
}

interface Props {
  readonly chart: Chart;
  readonly measures: readonly Measure[];
  readonly library: Library;
  readonly plan: Plan | null;
}

function OffTrack({ chart, measures, library, plan }: Props) {
  usePageTitle(`When it does not work · ${initials(chart.client.name)}`);
  const treatment = useTreatment(chart.id);
  const signs = useSigns({ chart, measures, library, plan }, treatment);
  const steps = steppedOptions(
    library.careOptions,
    signs ?? [],
    treatment.decisions.map(({ content }) => content),
  );
  if (signs === undefined) return <Waiting what="what can be done" />;
  const offTrack = isOffTrack(signs);
  return (
    <>
      <PageHeading lead="What can be done, from what costs the client least to what costs most. Say what you considered and what you chose: it stays in the record, with the reason.">
        When it does not work
      </PageHeading>
      <Stack gap="lg">
        {offTrack ? (
          <Card title="What the record says" tone="attention">
            <List>
              {signs.map(({ sign, words }, index) => (
                <List.Item key={`${sign}-${index}`}>{words}</List.Item>
              ))}
            </List>
          </Card>
        ) : (
          <Alert color="leaf" variant="light">
            Nothing in the record says that the treatment does not work. If you or the client think otherwise, trust that, and go on from
            here.
          </Alert>
        )}
        {plan !== null && plan.problems.length > 1 && <ProblemOrder plan={plan} library={library} />}
        <DecideForm chart={chart} plan={plan} library={library} steps={steps} about={aboutOf(signs)} />
        {treatment.decisions.length > 0 && <EarlierDecisions decisions={treatment.decisions} />}
        {treatment.decisions.length === 0 && (
          <Text c="dimmed" size="sm">
            Nothing was recorded here so far.
          </Text>
        )}
      </Stack>
    </>
  );
}

function useSigns({ chart, measures, plan }: Props, treatment: Treatment): readonly SeenSign[] | undefined {
  const progress = useProgress(chart, measures);
  const { drops } = useEngagement(chart, treatment, measures);
  const today = useToday();
  return useMemo(
    () =>
      progress &&
      careSignsOf({
        plan,
        courses: progress,
        against: (measure) => ({ expectedCourse: chart.measures.settings[measure]?.expectedCourse ?? null, sessions: chart.sessions }),
        drops,
        reviews: treatment.reviews,
        riskAlerts: chart.alerts.flatMap(({ kind, detail }) => (isRisk(kind) ? [detail.words] : [])),
        today,
      }),
    [progress, plan, chart, drops, treatment, today],
  );
}

/** What the decision is about, to begin with: the most urgent sign. */
function aboutOf(signs: readonly SeenSign[]): string {
  const words = signs.find(({ sign }) => sign !== "co-occurring")?.words ?? "";
  return words.length <= 300 ? words : `${words.slice(0, 299)}…`;
}
