import { Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import type { TaperProposal } from "@trellis/domain/ending/taper";
import { useState } from "react";
import { DateField } from "../form/date-field.tsx";
import { Card } from "../shell/card.tsx";
import classes from "./ending.module.css";

interface Props {
  readonly clientId: string;
  readonly proposal: TaperProposal;
  readonly plannedEnd: string | null;
  readonly today: string;
  readonly busy: boolean;
  readonly onPlan: (day: string | null) => void;
}

/** The proposal to meet less and less, and the last day as it is planned. Nothing is changed by itself. */
export function TaperCard({ clientId, proposal: { kind, because, steps, endsOn }, plannedEnd, today, busy, onPlan }: Props) {
  return (
    <Card title={kind === "propose" ? "Proposed: fewer sessions" : "Fewer sessions"}>
      {because.map(({ text }) => (
        <Text key={text} mb="xs">
          {text}
        </Text>
      ))}
      {steps.length > 0 && (
        <>
          <ol className={classes.steps}>
            {steps.map(({ words, dates }) => (
              <li key={words} className={classes.step}>
                <strong>{words}</strong>
                <ul>
                  {dates.map((date) => (
                    <li key={date}>{formatDate(date)}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
          <Group mb="sm">
            {endsOn !== null && plannedEnd !== endsOn && (
              <Button disabled={busy} onClick={() => onPlan(endsOn)}>
                Plan the end for {formatDate(endsOn)}
              </Button>
            )}
            <Button component={Link} to={`/clients/${clientId}/sessions`} variant="default">
              Go to the sessions
            </Button>
          </Group>
        </>
      )}
      <PlannedEnd key={plannedEnd ?? "none"} plannedEnd={plannedEnd} today={today} busy={busy} onPlan={onPlan} />
    </Card>
  );
}

function PlannedEnd({ plannedEnd, today, busy, onPlan }: Pick<Props, "plannedEnd" | "today" | "busy" | "onPlan">) {
  const [day, setDay] = useState(plannedEnd ?? "");
  const past = day !== "" && day < today;
  return (
    <Group align="flex-end" gap="sm">
      <DateField
        label="Planned last session"
        description="Measures for the end of therapy are due the week before."
        value={day}
        min={today}
        onChange={setDay}
        error={past ? "This day has passed. Choose a later one." : undefined}
      />
      {day !== (plannedEnd ?? "") && !past && (
        <Button variant="default" disabled={busy} onClick={() => onPlan(day === "" ? null : day)}>
          {day === "" ? "Plan no end" : "Save this day"}
        </Button>
      )}
    </Group>
  );
}
