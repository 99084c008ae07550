import { Button, Group, Modal, Stack } from "@mantine/core";
import type { SessionRecord } from "@trellis/domain/course/session";
import { useState } from "react";
import { type Chart, chartQuery } from "../api/clients.ts";
import { removeSession, saveSession } from "../api/course.ts";
import { queryClient } from "../api/query-client.ts";
import { ChoiceField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { serverProblems } from "../form/problems.ts";
import { useToday } from "../session/today.ts";
import { attendanceWords } from "./course-entry-words.ts";

export type Recorded = SessionRecord & { readonly version: number };

/** Corrects a session that was recorded, or takes it off the record. */
export function SessionDialog({
  chart,
  session,
  onClose,
}: {
  readonly chart: Chart;
  readonly session: Recorded;
  readonly onClose: () => void;
}) {
  const today = useToday();
  const [date, setDate] = useState<string>(session.date);
  const [attendance, setAttendance] = useState(session.attendance);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const fault = date === "" ? "Enter the day of the session." : date > today ? "This day is in the future." : undefined;

  async function send(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      onClose();
    } catch (caught) {
      setError(caught);
      // What somebody else saved meanwhile is to be seen behind the dialog.
      void queryClient.invalidateQueries({ queryKey: chartQuery(chart.id).queryKey });
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Change the session">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) void send(() => saveSession(chart.id, { id: session.id, date, attendance }, session.version));
        }}
      >
        <Stack>
          <ErrorSummary title="The session was not changed" error={error} />
          <DateField
            label="Day of the session"
            value={date}
            onChange={setDate}
            max={today}
            error={fault ?? serverProblems(error).get("/date")}
            required
          />
          <ChoiceField
            label="Did the client come?"
            value={attendance}
            choices={[
              { value: "attended", label: attendanceWords.attended },
              { value: "late", label: attendanceWords.late },
              { value: "cancelled", label: attendanceWords.cancelled, description: "In time" },
              { value: "missed", label: attendanceWords.missed, description: "Without a word" },
            ]}
            onChange={setAttendance}
            stacked
          />
          <Group>
            <Button type="submit" loading={busy} disabled={fault !== undefined}>
              Save
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="subtle"
              color="clay"
              ml="auto"
              disabled={busy}
              onClick={() => void send(() => removeSession(chart.id, session.id))}
            >
              Remove
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
