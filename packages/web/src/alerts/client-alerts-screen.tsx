import { Badge, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { decisionWords } from "@trellis/domain/alerts/acknowledgement";
import { whatToConsider } from "@trellis/domain/measures/consider";
import { useState } from "react";
import { clientAlertsQuery, type PastAlert } from "../api/alerts.ts";
import { useSignedIn } from "../api/session.ts";
import { toAcknowledge } from "../client/alerts.ts";
import { useChart } from "../client/use-chart.ts";
import { Card } from "../shell/card.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { AcknowledgeDialog, type ToAcknowledge } from "./acknowledge-dialog.tsx";
import { AlertItem } from "./alert-item.tsx";
import { alertColor, alertDay, alertTitles, alertWords, entryWords } from "./alert-words.ts";
import classes from "./alerts.module.css";

/** Every alert of one client, the open ones first, and what was done about each. */
export function ClientAlertsScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/alerts" });
  const chart = useChart(clientId);
  const alerts = useQuery(clientAlertsQuery(clientId));
  const [asked, setAsked] = useState<ToAcknowledge | null>(null);
  usePageTitle(`Alerts · ${initials(chart.client.name)}`);
  if (alerts.error !== null) return <PageFault error={alerts.error} retry={() => void alerts.refetch()} />;
  if (alerts.data === undefined) return <Waiting what="the alerts" />;
  const open = alerts.data.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  const done = alerts.data.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  return (
    <div style={{ maxWidth: "52rem" }}>
      <PageHeading lead="What was raised, who acted on it, and how. Nothing here is changed or taken away.">Alerts</PageHeading>
      {alerts.data.length === 0 ? (
        <EmptyState icon="check" title="No alerts so far">
          They come from answers about danger, from scores that get worse or do not get better, and from measures and sessions that are
          missed.
        </EmptyState>
      ) : (
        <Stack gap="lg">
          {open.length > 0 && (
            <Card title="Open">
              <ul className={classes.list}>
                {open.map((alert) => (
                  <li key={alert.id}>
                    <AlertItem
                      asked={{ ...toAcknowledge(chart, alert), entry: alert.entry }}
                      name={`${alertTitles[alert.kind]}, ${alertWords(alert)}`}
                      onAcknowledge={setAsked}
                    />
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {done.length > 0 && (
            <Card title="Acknowledged">
              <ul className={classes.list}>
                {done.map((alert) => (
                  <li key={alert.id}>
                    <Acknowledged alert={alert} />
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </Stack>
      )}
      {asked !== null && <AcknowledgeDialog asked={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function Acknowledged({ alert }: { readonly alert: PastAlert }) {
  const { practice } = useSignedIn();
  const { acknowledgement, acknowledgedAt, acknowledgedBy } = alert;
  const considered = whatToConsider(alert.kind).filter(({ id }) => acknowledgement?.considered.includes(id) === true);
  const when = (at: string) =>
    new Date(at).toLocaleString("en-US", { timeZone: practice.timeZone, dateStyle: "medium", timeStyle: "short" });
  return (
    <div className={classes.alert}>
      <div className={classes.words}>
        <div className={classes.topic}>
          <Badge color={alertColor(alert.kind)} variant="outline">
            {alertTitles[alert.kind]}
          </Badge>
          <Text span size="sm" c="dimmed">
            {alertDay(alert)}
          </Text>
        </div>
        <Text>{alert.detail.words}</Text>
        {entryWords[alert.entry] !== "" && <Text size="sm">{entryWords[alert.entry]}</Text>}
        {acknowledgement !== null && (
          <>
            <Text fw={600} mt={6} style={{ whiteSpace: "pre-wrap" }} dir="auto">
              {acknowledgement.done}
            </Text>
            {acknowledgement.decisions.length > 0 && (
              <Text size="sm">{acknowledgement.decisions.map((decision) => decisionWords[decision]).join(" · ")}</Text>
            )}
            {considered.length > 0 && (
              <details>
                <summary>What was looked at</summary>
                <List size="sm">
                  {considered.map(({ id, text }) => (
                    <List.Item key={id}>{text}</List.Item>
                  ))}
                </List>
              </details>
            )}
          </>
        )}
        <Text size="sm" c="dimmed" mt={4}>
          Raised {when(alert.raisedAt)}.
          {acknowledgedAt !== null && ` Acknowledged by ${acknowledgedBy || "somebody"} on ${when(acknowledgedAt)}.`}
        </Text>
      </div>
    </div>
  );
}
