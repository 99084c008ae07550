import { Alert, Anchor, Button, List, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type BarrierToConsider, barriersToConsider } from "@trellis/domain/engagement/consider-barriers";
import { sessionFeedback } from "@trellis/domain/engagement/engagement";
import type { Library } from "@trellis/domain/library/library";
import type { Measure } from "@trellis/domain/measures/measure";
import type { Chart } from "../api/clients.ts";
import { useTreatment } from "../api/treatment.ts";
import { useChart } from "../client/use-chart.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { SourceList } from "../library/source-list.tsx";
import { useLibrary } from "../library/use-library.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./engagement.module.css";
import { EngagementStrip } from "./engagement-strip.tsx";
import { useEngagement } from "./use-engagement.ts";

/** So many of what may be behind a drop are in sight: more help nobody to ask one good question. */
const inSight = 4;
const noChapters: readonly string[] = [];

/** How the client takes part: sessions, homework, measures and feedback in one picture, with what to consider when it drops. */
export function EngagementScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/engagement" });
  const chart = useChart(clientId);
  const measures = useMeasures(chart);
  const library = useLibrary(noChapters);
  const error = measures.error ?? library.error;
  if (error !== null)
    return (
      <PageFault
        error={error}
        retry={() => {
          measures.refetch();
          library.refetch();
        }}
      />
    );
  if (measures.data === undefined || library.data === undefined) return <Waiting what="the picture" />;
  return <ShownEngagement chart={chart} measures={measures.data} library={library.data} />;
}

interface Props {
  readonly chart: Chart;
  readonly measures: readonly Measure[];
  readonly library: Library;
}

function ShownEngagement({ chart, measures, library }: Props) {
  usePageTitle(`Engagement · ${initials(chart.client.name)}`);
  const treatment = useTreatment(chart.id);
  const { weeks, drops } = useEngagement(chart, treatment, measures);
  const barriers = barriersToConsider(library.engagementBarriers, drops);
  const heading = (
    <PageHeading
      lead="Coming, working between sessions, answering, and what the client says of the sessions. A drop is a question, not a verdict."
      actions={
        <Button component={Link} to={`/clients/${chart.id}/measures/${sessionFeedback}/hand-over`} variant="default">
          Ask for session feedback
        </Button>
      }
    >
      Engagement
    </PageHeading>
  );
  if (weeks.length === 0)
    return (
      <>
        {heading}
        <EmptyState
          icon="leaf"
          title="Nothing to see yet"
          action={
            <Button component={Link} to={`/clients/${chart.id}/sessions`}>
              To the sessions
            </Button>
          }
        >
          As soon as sessions are recorded, homework is looked at or a measure is answered, it shows here week by week.
        </EmptyState>
      </>
    );
  return (
    <>
      {heading}
      <Stack gap="lg">
        <Card title="Week by week">
          <EngagementStrip weeks={weeks} />
        </Card>
        {drops.length === 0 ? (
          <Alert color="leaf" variant="light">
            Nothing stands out. {weeks.length < 4 ? "There are few weeks to go by yet." : ""}
          </Alert>
        ) : (
          <>
            <Card title="What stands out" tone="attention">
              <List>
                {drops.map(({ sign, words }) => (
                  <List.Item key={sign}>{words}</List.Item>
                ))}
              </List>
              <Text mt="sm">
                <Anchor component={Link} to={`/clients/${chart.id}/not-working`}>
                  Go through what can be done
                </Anchor>
              </Text>
            </Card>
            <Card title="What may be behind it">
              <Barriers barriers={barriers.slice(0, inSight)} library={library} />
              {barriers.length > inSight && (
                <details className={classes.more}>
                  <summary>{barriers.length - inSight} more that it may be</summary>
                  <Barriers barriers={barriers.slice(inSight)} library={library} />
                </details>
              )}
            </Card>
          </>
        )}
      </Stack>
    </>
  );
}

function Barriers({ barriers, library }: { readonly barriers: readonly BarrierToConsider[]; readonly library: Library }) {
  return (
    <ul className={classes.barriers}>
      {barriers.map(({ barrier, because }) => (
        <li key={barrier.id}>
          <Title order={3} size="h4">
            {barrier.title}
          </Title>
          <p className={classes.ask}>“{barrier.ask}”</p>
          <List size="sm">
            {barrier.consider.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed" mt={4}>
            Comes up because: {because.join(" ")}
          </Text>
          <SourceList library={library} evidence={barrier.evidence} />
        </li>
      ))}
    </ul>
  );
}
