import { Anchor, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import { formatTime } from "@trellis/domain/calendar/wall-clock";
import { calledName } from "@trellis/domain/client/client";
import type { CourseEvent } from "@trellis/domain/course/course-event";
import { type Attendance, missedInARow } from "@trellis/domain/course/session";
import { useState } from "react";
import type { Chart } from "../api/clients.ts";
import { saveSession } from "../api/course.ts";
import { useTreatment } from "../api/treatment.ts";
import classes from "../client/client.module.css";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { QuickAttendance } from "../schedule/session-list.tsx";
import { ofTreatment } from "../schedule/shown-session.ts";
import { useToday } from "../session/today.ts";
import { Card } from "../shell/card.tsx";
import { attendanceWords, eventKindWords } from "./course-entry-words.ts";
import { EventDialog } from "./event-dialog.tsx";

const attendances = Object.keys(attendanceWords) as readonly Attendance[];
/** So many of the newest entries are in sight. */
const inSight = 3;

/** Whether today's session took place, in one click, and what else happened. All sessions stand on a page of their own. */
export function SessionsCard({ chart }: { readonly chart: Chart }) {
  const [event, setEvent] = useState<CourseEvent | "new" | null>(null);
  const [all, setAll] = useState(false);
  const missed = missedInARow(chart.sessions);
  const events = chart.events.toSorted((a, b) => b.date.localeCompare(a.date));
  return (
    <Card
      title="Today and events"
      actions={
        <Anchor component="button" type="button" onClick={() => setEvent("new")}>
          Add an event
        </Anchor>
      }
    >
      <RecordSession chart={chart} />
      {missed >= 2 && (
        <Text mt="sm" fw={600}>
          {missed} sessions missed in a row.
        </Text>
      )}
      {events.length === 0 ? (
        <Text c="dimmed" size="sm" mt="sm">
          What else happens, in life or in treatment, is marked in the charts of the scores.
        </Text>
      ) : (
        <ul className={classes.plain} style={{ marginTop: "0.75rem" }}>
          {(all ? events : events.slice(0, inSight)).map((happened) => (
            <li key={happened.id} className={classes.row}>
              <span style={{ minWidth: 0 }}>
                <span className={classes.rowTitle}>
                  <bdi>{happened.label}</bdi>
                </span>
                <span className={classes.rowDetail}>
                  {eventKindWords[happened.kind]}, {formatDate(happened.date)}
                </span>
              </span>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => setEvent(happened)}
                aria-label={`Change: ${happened.label}, ${formatDate(happened.date)}`}
              >
                Change
              </Button>
            </li>
          ))}
        </ul>
      )}
      {events.length > inSight && (
        <Button variant="subtle" size="compact-sm" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show the newest only" : `Show all ${events.length}`}
        </Button>
      )}
      {event !== null && <EventDialog chart={chart} before={event === "new" ? null : event} onClose={() => setEvent(null)} />}
    </Card>
  );
}

/** Today's planned session where there is one that nobody has recorded yet; otherwise one that was not planned. */
function RecordSession({ chart }: { readonly chart: Chart }) {
  const today = useToday();
  const treatment = useTreatment(chart.id);
  const [open] = ofTreatment(treatment, chart.id, calledName(chart.client)).filter(
    ({ date, session, groupId }) => date === today && session === null && groupId === null,
  );
  if (open === undefined) return <RecordUnplanned chart={chart} />;
  return (
    <Stack gap="xs">
      <Text fw={600}>Today's session, {formatTime(open.startTime)}</Text>
      <QuickAttendance key={open.id} shown={open} />
    </Stack>
  );
}

/** One click for each way that a session can go. */
function RecordUnplanned({ chart }: { readonly chart: Chart }) {
  const today = useToday();
  const [date, setDate] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  // Kept until it has arrived, so that clicking again after an answer that got lost records nothing twice.
  const [id, setId] = useState(newId);
  const [busy, setBusy] = useState<Attendance | null>(null);
  const [error, setError] = useState<unknown>();
  const [told, setTold] = useState("");
  const day = date ?? today;
  const onThatDay = chart.sessions.filter((session) => session.date === day);
  const fault = day === "" ? "Enter the day of the session." : day > today ? "This day is in the future." : undefined;

  async function record(attendance: Attendance): Promise<void> {
    setBusy(attendance);
    setError(undefined);
    try {
      await saveSession(chart.id, { id, date: day, attendance }, 0);
      setTold(`Recorded: ${attendanceWords[attendance].toLowerCase()}, ${formatDate(day)}.`);
      setId(newId());
      setDate(null);
      setAgain(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(null);
    }
  }

  return (
    <Stack gap="xs">
      {date !== null && <DateField label="Day of the session" value={date} onChange={setDate} max={today} error={fault} />}
      {onThatDay.length > 0 && !again ? (
        <Text>
          {day === today ? "Today" : formatDate(day)}:{" "}
          {onThatDay.map(({ attendance }) => attendanceWords[attendance].toLowerCase()).join(", ")}.
        </Text>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame, and these are no fields
        <div role="group" aria-label={date === null ? "Today's session" : "The session of this day"}>
          <Text fw={600} mb={6} aria-hidden="true">
            {date === null ? "Today's session" : "This session"}
          </Text>
          <Group gap="xs">
            {attendances.map((attendance) => (
              <Button
                key={attendance}
                variant="default"
                loading={busy === attendance}
                disabled={fault !== undefined || (busy !== null && busy !== attendance)}
                onClick={() => void record(attendance)}
              >
                {attendanceWords[attendance]}
              </Button>
            ))}
          </Group>
        </div>
      )}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      <ErrorSummary title="The session was not recorded" error={error} />
      <Group gap="md">
        <Anchor component="button" type="button" size="sm" onClick={() => setDate(date === null ? "" : null)}>
          {date === null ? "Another day" : "Back to today"}
        </Anchor>
        {onThatDay.length > 0 && !again && (
          <Anchor component="button" type="button" size="sm" onClick={() => setAgain(true)}>
            A second session that day
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}
