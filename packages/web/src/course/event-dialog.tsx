import { Button, Group, Modal, Stack } from "@mantine/core";
import { CourseEvent, courseEventKinds } from "@trellis/domain/course/course-event";
import { useState } from "react";
import { type Chart, chartQuery } from "../api/clients.ts";
import { removeEvent, saveEvent } from "../api/course.ts";
import { queryClient } from "../api/query-client.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, problemsOf, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { eventKindWords } from "./course-entry-words.ts";

/** Something that the scores are read by: a change of medication, a loss, a stay in hospital. `before` is `null` for a new one. */
export function EventDialog({
  chart,
  before,
  onClose,
}: {
  readonly chart: Chart;
  readonly before: CourseEvent | null;
  readonly onClose: () => void;
}) {
  const today = useToday();
  const [event, setEvent] = useState<CourseEvent>(() => before ?? { id: newId(), date: today, kind: "life-event", label: "" });
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const inFuture = event.date > today ? "This day is in the future." : undefined;

  async function send(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      onClose();
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/event"));
      void queryClient.invalidateQueries({ queryKey: chartQuery(chart.id).queryKey });
      setBusy(false);
    }
  }

  function submit(submitted: React.FormEvent): void {
    submitted.preventDefault();
    setAttempt(attempt + 1);
    const faults = problemsOf(CourseEvent, event);
    setProblems(faults);
    if (faults.size === 0 && inFuture === undefined) void send(() => saveEvent(chart.id, { ...event, label: event.label.trim() }, before));
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={before === null ? "Add an event" : "Change the event"}
      closeOnClickOutside={event.label === (before?.label ?? "")}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <ErrorSummary title="The event was not saved" error={error} problems={problems} attempt={attempt} />
          <TextField
            label="What happened"
            description="A few words: they stand in the charts, for the client to see as well."
            value={event.label}
            onChange={(label) => setEvent({ ...event, label })}
            max={80}
            error={problems.get("/label")}
            required
            data-autofocus
          />
          <SelectField
            label="Kind"
            value={event.kind}
            choices={courseEventKinds.map((kind) => ({ value: kind, label: eventKindWords[kind] }))}
            onChange={(kind) => setEvent({ ...event, kind })}
          />
          <DateField
            label="Day"
            value={event.date}
            onChange={(date) => setEvent({ ...event, date })}
            max={today}
            error={inFuture ?? problems.get("/date")}
            required
          />
          <Group>
            <Button type="submit" loading={busy}>
              Save
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            {before !== null && (
              <Button
                variant="subtle"
                color="clay"
                ml="auto"
                disabled={busy}
                onClick={() => void send(() => removeEvent(chart.id, before.id))}
              >
                Remove
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
