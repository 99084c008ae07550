import { Badge, Stack, Text, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { formatDate } from "@trellis/domain/calendar/date";
import { drawRiskHistory } from "@trellis/domain/risk/draw-risk-history";
import { type RiskEntry, type RiskLevel, riskEntryNames, riskHistory } from "@trellis/domain/risk/risk-history";
import { useMemo } from "react";
import type { Chart } from "../api/clients.ts";
import { riskRecordQuery } from "../api/documents.ts";
import { useSignedIn } from "../api/session.ts";
import { useTreatment } from "../api/treatment.ts";
import { useMeasures } from "../give-measure/use-measures.ts";
import { PictureView } from "../progress/picture-view.tsx";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./safety.module.css";

const levelColor: Record<RiskLevel, string> = { low: "leaf", moderate: "straw", high: "clay", imminent: "clay" };

/** How risk went over time: what was judged, what spoke of danger, and what was done about it. */
export function RiskHistoryView({ chart }: { readonly chart: Chart }) {
  const { timeZone } = useSignedIn().practice;
  const record = useQuery(riskRecordQuery(chart.id));
  const measures = useMeasures(chart);
  const treatment = useTreatment(chart.id);
  const entries = useMemo(
    () =>
      record.data === undefined || measures.data === undefined
        ? undefined
        : riskHistory(record.data, chart, treatment, measures.data, timeZone),
    [record.data, measures.data, chart, treatment, timeZone],
  );
  const error = record.error ?? measures.error;
  if (entries === undefined) {
    if (error !== null) return <PageFault error={error} retry={() => void record.refetch()} />;
    return <Waiting what="the history of risk" />;
  }
  if (entries.length === 0)
    return (
      <EmptyState icon="clock" title="Nothing about risk stands in the record yet">
        Risk assessments, answers about suicide, alerts, safety plans and stays in hospital line up here as they are recorded.
      </EmptyState>
    );
  return (
    <Stack gap="lg">
      <Card title="Over time">
        <RiskFigure entries={entries} />
      </Card>
      <Card title="One by one, newest first">
        <ol className={classes.timeline}>
          {entries.map((entry) => (
            <li key={`${entry.kind}/${entry.id}`} className={classes.when}>
              <div>
                <Text fw={600}>{formatDate(entry.date)}</Text>
                <Text size="sm" c="dimmed">
                  {riskEntryNames[entry.kind]}
                  {entry.by === "" ? "" : `, ${entry.by}`}
                </Text>
              </div>
              <div>
                {entry.level !== null && <Badge color={levelColor[entry.level]}>{entry.level}</Badge>}
                <div>
                  <bdi>{entry.words}</bdi>
                </div>
                {entry.done !== "" && (
                  <div className={classes.done}>
                    <bdi>{entry.done}</bdi>
                  </div>
                )}
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Text size="sm" c="dimmed">
        Levels are what clinicians judged; no score sets one. What the intake said of risk is kept each time that it is saved, and every
        look at this page stands in the access log.
      </Text>
    </Stack>
  );
}

function RiskFigure({ entries }: { readonly entries: readonly RiskEntry[] }) {
  const { ref, width: room } = useElementSize();
  const today = useToday();
  const width = Math.max(280, Math.min(1200, Math.floor(room) || 640));
  const picture = useMemo(() => drawRiskHistory(entries, { width, text: 12.5, today }), [entries, width, today]);
  return (
    <>
      <Title order={3} className={classes.unseen ?? ""}>
        Picture
      </Title>
      <Text mb="sm">{picture.words}</Text>
      <div ref={ref} className={classes.figure}>
        <PictureView picture={picture} />
      </div>
      <Text size="sm" c="dimmed" mt="xs">
        The broken line says that nothing was judged since. Among the answers, a filled dot speaks of danger, the larger the higher on its
        scale; a ring no longer does, or was left open.
      </Text>
    </>
  );
}
