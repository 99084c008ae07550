import { Alert, Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { calledName } from "@trellis/domain/client/client";
import type { Measure } from "@trellis/domain/measures/measure";
import { useState } from "react";
import { isRisk } from "../api/alerts.ts";
import type { Chart } from "../api/clients.ts";
import { missedAlertIsSettled, openAlerts, toAcknowledge } from "../client/alerts.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { AcknowledgeDialog, type ToAcknowledge } from "./acknowledge-dialog.tsx";
import { AlertItem } from "./alert-item.tsx";
import { alertTitles, alertWords, entryWords } from "./alert-words.ts";
import classes from "./alerts.module.css";

/** Everything of one client that needs somebody's eye: danger that nobody has assessed stands out, the rest is a list. Each thing is told once. */
export function OpenAlerts({ chart, measures }: { readonly chart: Chart; readonly measures: readonly Measure[] }) {
  const [asked, setAsked] = useState<ToAcknowledge | null>(null);
  const name = calledName(chart.client);
  const raised = chart.alerts.map((alert) => toAcknowledge(chart, alert));
  const danger = raised.filter(({ alert, entry, riskAssessedOn }) => isRisk(alert.kind) && riskAssessedOn === null && entry !== "error");
  const others = raised.filter((alert) => !danger.includes(alert));
  const fromAnswers = openAlerts(chart, measures);
  const dangerInAnswers = fromAnswers.filter(({ kind }) => kind !== "dependence");
  const worthAsking = fromAnswers.filter(({ kind }) => kind === "dependence");
  return (
    <>
      {danger.length + dangerInAnswers.length > 0 && (
        <Alert
          color="clay"
          variant="filled"
          icon={<Icon name="alert" />}
          title="Ask about safety before anything else"
          role="region"
          aria-label="Safety"
        >
          {danger.map((alert) => (
            <div key={alert.alert.id} className={classes.filled}>
              <Text className={classes.words}>
                {alertWords(alert.alert)} {entryWords[alert.entry]}
              </Text>
              <Button
                variant="outline"
                color="white"
                onClick={() => setAsked(alert)}
                aria-label={`Acknowledge: ${alertTitles[alert.alert.kind]}, ${alertWords(alert.alert)}`}
              >
                Acknowledge
              </Button>
            </div>
          ))}
          {dangerInAnswers.map((alert) => (
            <Text key={alert.id} className={classes.filled}>
              {alert.measureName}, {formatDate(alert.date)}: {alert.message}
            </Text>
          ))}
          <Group mt="sm">
            <Button component={Link} to={`/clients/${chart.id}/intake/risk`} variant="white" color="clay">
              Record a risk assessment
            </Button>
          </Group>
        </Alert>
      )}
      {others.length > 0 && (
        <Card
          title="Alerts"
          actions={
            <Link to="/clients/$clientId/alerts" params={{ clientId: chart.id }}>
              All alerts so far
            </Link>
          }
        >
          <ul className={classes.list}>
            {others.map((alert) => (
              <li key={alert.alert.id}>
                <AlertItem
                  asked={alert}
                  name={`${alertTitles[alert.alert.kind]}, ${alertWords(alert.alert)}`}
                  onAcknowledge={setAsked}
                  {...(missedAlertIsSettled(chart, alert.alert)
                    ? { note: "Since then a session took place, or the record was corrected." }
                    : {})}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {worthAsking.length > 0 && (
        <Alert color="straw" icon={<Icon name="alert" />} title="Worth asking about" role="region" aria-label="Worth asking about">
          {worthAsking.map((alert) => (
            <Text key={alert.id}>
              {alert.measureName}, {formatDate(alert.date)}: {alert.message}
            </Text>
          ))}
        </Alert>
      )}
      {asked !== null && <AcknowledgeDialog asked={{ ...asked, calledName: name }} onClose={() => setAsked(null)} />}
    </>
  );
}
