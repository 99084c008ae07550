import { Badge, Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { type ReactNode, useState } from "react";
import { acknowledgeAlert, isRisk } from "../api/alerts.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import type { ToAcknowledge } from "./acknowledge-dialog.tsx";
import { alertColor, alertDay, alertTitles, doneSoFar, entryWords } from "./alert-words.ts";
import classes from "./alerts.module.css";

interface Props {
  readonly asked: ToAcknowledge;
  readonly onAcknowledge: (asked: ToAcknowledge) => void;
  /** What stands above the words, where the page does not say whom it is about. */
  readonly head?: ReactNode;
  readonly note?: string;
  /** How the alert is called to screen readers, e.g. "PHQ-9, Robin Example". */
  readonly name: string;
}

/** One open alert: what happened, by which rule, and the ways on from here. */
export function AlertItem({ asked, onAcknowledge, head, note, name }: Props) {
  const { alert, entry, clientId, riskAssessedOn } = asked;
  const unassessed = isRisk(alert.kind) && riskAssessedOn === null && entry !== "error";
  return (
    <div className={classes.alert}>
      <div className={classes.words}>
        {head}
        <div className={classes.topic}>
          <Badge color={alertColor(alert.kind)}>{alertTitles[alert.kind]}</Badge>
          <Text span size="sm" c="dimmed">
            {alertDay(alert)}
          </Text>
        </div>
        <Text>{alert.detail.words}</Text>
        {alert.detail.rule !== undefined && (
          <Text size="sm" c="dimmed">
            {alert.detail.rule}
          </Text>
        )}
        {entryWords[entry] !== "" && <Text fw={600}>{entryWords[entry]}</Text>}
        {isRisk(alert.kind) && riskAssessedOn !== null && entry !== "error" && (
          <Text size="sm">Risk was assessed on {formatDate(riskAssessedOn)}. What is left is to acknowledge it.</Text>
        )}
        {note !== undefined && <Text size="sm">{note}</Text>}
      </div>
      <div className={classes.actions}>
        {unassessed && (
          <Button component={Link} to={`/clients/${clientId}/intake/risk`} color="clay" aria-label={`Record a risk assessment: ${name}`}>
            Record a risk assessment
          </Button>
        )}
        {!isRisk(alert.kind) && alert.measure !== null && (
          <Button
            component={Link}
            to={`/clients/${clientId}/measures/${alert.measure}`}
            variant="subtle"
            aria-label={`See the course: ${name}`}
          >
            See the course
          </Button>
        )}
        {entry === "error" ? (
          <CloseAsError asked={asked} name={name} />
        ) : (
          <Button variant="default" onClick={() => onAcknowledge(asked)} aria-label={`Acknowledge: ${name}`}>
            Acknowledge
          </Button>
        )}
      </div>
    </div>
  );
}

/** Acknowledges in one click what an entry raised that was none. */
function CloseAsError({ asked: { clientId, alert, entry }, name }: { readonly asked: ToAcknowledge; readonly name: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function close(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await acknowledgeAlert(clientId, alert, { considered: [], decisions: ["entry-in-error"], done: doneSoFar(alert, entry, null) });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <>
      <Button variant="default" loading={busy} onClick={() => void close()} aria-label={`Acknowledge as an error: ${name}`}>
        Acknowledge as an error
      </Button>
      <ErrorSummary title="It was not acknowledged" error={error} />
    </>
  );
}
