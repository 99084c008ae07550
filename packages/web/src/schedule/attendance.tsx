import { Badge, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { timeAfter } from "@trellis/domain/calendar/wall-clock";
import { type Attendance, type SessionDetail, tookPlace } from "@trellis/domain/course/session";
import { useEffect, useState } from "react";
import { removeSession, saveSession } from "../api/course.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { readNumber } from "../form/read-number.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import type { ShownSession } from "./shown-session.ts";
import { TimeField } from "./time-field.tsx";

export const attendances = Object.keys(attendanceWords) as readonly Attendance[];

const colors: Record<Attendance, string> = { attended: "leaf", late: "leaf", cancelled: "stone", missed: "clay" };

/** How a session went, in a word. */
export function AttendanceBadge({ attendance }: { readonly attendance: Attendance }) {
  return (
    <Badge color={colors[attendance]} variant="light">
      {attendanceWords[attendance]}
    </Badge>
  );
}

/** What is recorded of a session that went this way, as planned where nothing else was said. */
export function detailAsPlanned({ startTime, detail }: Pick<ShownSession, "startTime" | "detail">, attendance: Attendance): SessionDetail {
  const took = tookPlace(attendance);
  const end = timeAfter(startTime, detail.minutes);
  return {
    start: took ? startTime : null,
    // Past midnight a stop would lie before its start.
    end: took && end > startTime ? end : null,
    format: detail.format,
    modality: detail.modality,
    units: null,
    reason: "",
  };
}

/** One click for each way that a session can go. The times beside it are what is recorded with it. */
export function AttendanceForm({ shown }: { readonly shown: ShownSession }) {
  const today = useToday();
  const { session } = shown;
  const asPlanned = detailAsPlanned(shown, "attended");
  const [start, setStart] = useState(session?.detail.start ?? asPlanned.start ?? "");
  const [end, setEnd] = useState(session?.detail.end ?? asPlanned.end ?? "");
  const [units, setUnits] = useState(session?.detail.units == null ? "" : String(session.detail.units));
  const [reason, setReason] = useState(session?.detail.reason ?? "");
  const [busy, setBusy] = useState<Attendance | "other" | null>(null);
  const [error, setError] = useState<unknown>();
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [attempt, setAttempt] = useState(0);
  const [told, setTold] = useState("");
  // What stands in the record by now, this person's own saving or somebody else's, is what is changed next.
  const recorded = session === null ? null : `${session.version}`;
  const [known, setKnown] = useState(recorded);
  useEffect(() => {
    if (recorded === known) return;
    setKnown(recorded);
    if (session === null) return;
    if (tookPlace(session.attendance)) {
      setStart(session.detail.start ?? "");
      setEnd(session.detail.end ?? "");
    }
    setUnits(session.detail.units === null ? "" : String(session.detail.units));
    setReason(session.detail.reason);
  }, [recorded, known, session]);
  const ahead = shown.date > today;
  const took = session !== null && tookPlace(session.attendance);

  async function work(what: Attendance | "other", run: () => Promise<void>, words: string): Promise<void> {
    setBusy(what);
    setError(undefined);
    setProblems(noProblems);
    setAttempt(attempt + 1);
    try {
      await run();
      setTold(words);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/detail"));
    } finally {
      setBusy(null);
    }
  }

  function record(attendance: Attendance): void {
    const counted = readNumber(units);
    if (counted === undefined || (counted !== null && (counted < 0 || counted > 40))) {
      setProblems(new Map([["/units", "Enter a number of units, 0 to 40, or leave it empty."]]));
      setAttempt(attempt + 1);
      return;
    }
    const present = tookPlace(attendance);
    const detail: SessionDetail = {
      ...(session?.detail ?? detailAsPlanned(shown, attendance)),
      start: present && start !== "" ? start : null,
      end: present && end !== "" ? end : null,
      units: counted,
      reason: present ? "" : reason.trim(),
    };
    void work(
      attendance,
      () => saveSession(shown.clientId, { id: shown.id, date: shown.date, attendance }, session?.version ?? 0, detail),
      `Recorded: ${attendanceWords[attendance].toLowerCase()}.`,
    );
  }

  return (
    <Stack gap="sm">
      <ErrorSummary title="Nothing was recorded" error={error} problems={problems} attempt={attempt} />
      {!ahead && (session === null || took) && (
        <Group align="flex-start" gap="md">
          <TimeField label="Began" value={start} onChange={setStart} error={problems.get("/start")} />
          <TimeField label="Ended" value={end} onChange={setEnd} error={problems.get("/end")} />
          <div style={{ width: "9.5rem" }}>
            <TextField
              label="Units"
              inputMode="numeric"
              placeholder="By the times"
              value={units}
              onChange={setUnits}
              error={problems.get("/units")}
            />
          </div>
        </Group>
      )}
      {session !== null && !took && (
        <TextField label="Why, as far as known" value={reason} onChange={setReason} max={300} error={problems.get("/reason")} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame, and these are no fields */}
      <div role="group" aria-label={`How the session went: ${shown.clientName}`}>
        <Group gap="xs">
          {(ahead ? (["cancelled"] as const) : attendances).map((attendance) => (
            <Button
              key={attendance}
              variant={session?.attendance === attendance ? "filled" : "default"}
              aria-pressed={session?.attendance === attendance}
              loading={busy === attendance}
              disabled={busy !== null && busy !== attendance}
              onClick={() => record(attendance)}
            >
              {attendanceWords[attendance]}
            </Button>
          ))}
        </Group>
      </div>
      {session === null ? (
        <Text size="sm" c="dimmed">
          {ahead
            ? "Whether the client came can be recorded on the day."
            : "The times are as planned; change them if it was otherwise, then click how it went."}
        </Text>
      ) : (
        <Group gap="md">
          <Button variant="default" size="compact-md" loading={busy !== null} onClick={() => record(session.attendance)}>
            {took ? "Save the times" : "Save the reason"}
          </Button>
          <Button
            variant="subtle"
            size="compact-md"
            disabled={busy !== null}
            onClick={() =>
              void work("other", () => removeSession(shown.clientId, shown.id), "Taken back: nothing is recorded of this session.")
            }
          >
            Take it back
          </Button>
        </Group>
      )}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </Stack>
  );
}
