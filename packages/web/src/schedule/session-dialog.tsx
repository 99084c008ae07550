import { Button, Divider, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatDate, weekdayOf } from "@trellis/domain/calendar/date";
import { formatTime, timeAfter } from "@trellis/domain/calendar/wall-clock";
import { formatWords, modalityWords, weekdayWords } from "@trellis/domain/schedule/schedule-words";
import { useState } from "react";
import { z } from "zod";
import { ApiProblem } from "../api/client.ts";
import { saveSession } from "../api/course.ts";
import { moveGroup, removeAppointment, saveAppointment, scheduleChanged } from "../api/schedule.ts";
import { treatmentQuery } from "../api/treatment.ts";
import { attendanceWords } from "../course/course-entry-words.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { useToday } from "../session/today.ts";
import { Waiting } from "../shell/waiting.tsx";
import { AttendanceForm, attendances, detailAsPlanned } from "./attendance.tsx";
import { NoteLink } from "./note-link.tsx";
import { BeforePlan, Taken } from "./plan-session-dialog.tsx";
import { detailOf, type Planning, planningOf, problemsOfPlanning, savedWords } from "./planning.ts";
import { AppointmentFields } from "./planning-fields.tsx";
import { RestOfSeriesDialog } from "./rest-of-series-dialog.tsx";
import type { Hour, ShownSession } from "./shown-session.ts";

interface Props {
  readonly hour: Hour;
  readonly onClose: () => void;
  readonly onSaved: (words: string) => void;
}

/** "Thursday, November 26, 2026, 3:00 PM to 3:50 PM". */
const whenOf = ({ date, startTime, minutes }: Hour) =>
  `${weekdayWords[weekdayOf(date)]}, ${formatDate(date)}, ${formatTime(startTime)} to ${formatTime(timeAfter(startTime, minutes))}`;

/** Everything that is done with one planned session, or with a group's: how it went, its note, another time, out of the calendar. */
export function SessionDialog({ hour, onClose, onSaved }: Props) {
  const [doing, setDoing] = useState<"look" | "move" | "rest">("look");
  const [first] = hour.sessions;
  if (first === undefined) return null;
  if (doing === "rest") return <RestOfSeries session={first} onClose={onClose} onSaved={onSaved} />;
  if (doing === "move") return <MoveDialog hour={hour} first={first} onClose={onClose} onBack={() => setDoing("look")} onSaved={onSaved} />;
  const group = first.groupId !== null;
  const { detail } = first;
  const setting = [
    group || detail.format === "individual" ? "" : formatWords[detail.format],
    modalityWords[detail.modality],
    detail.place,
    detail.participants.length > 0 ? `with ${detail.participants.join(", ")}` : "",
  ].filter((words) => words !== "");
  return (
    <Modal opened onClose={onClose} size="lg" title={hour.title}>
      <Stack>
        <Text>
          {whenOf(hour)}
          <br />
          <Text span c="dimmed" size="sm">
            {setting.join(" · ")}
          </Text>
        </Text>
        {group ? (
          <GroupAttendance hour={hour} />
        ) : (
          <>
            <AttendanceForm shown={first} />
            <Ways session={first} />
          </>
        )}
        <Divider />
        <Change hour={hour} first={first} onMove={() => setDoing("move")} onRest={() => setDoing("rest")} onDone={onSaved} />
      </Stack>
    </Modal>
  );
}

function Ways({ session }: { readonly session: ShownSession }) {
  const today = useToday();
  const came = session.session === null || session.session.attendance === "attended" || session.session.attendance === "late";
  return (
    <Group gap="sm">
      {(session.note !== null || (session.date <= today && came)) && (
        <NoteLink session={session} button={{ variant: session.session === null ? "default" : "filled" }} />
      )}
      <Button component={Link} to={`/clients/${session.clientId}`} variant="default">
        Open the chart
      </Button>
    </Group>
  );
}

/** Moving, the rest of the series, and taking it out: what changes the plan and not the record. */
function Change({
  hour,
  first,
  onMove,
  onRest,
  onDone,
}: {
  readonly hour: Hour;
  readonly first: ShownSession;
  readonly onMove: () => void;
  readonly onRest: () => void;
  readonly onDone: (words: string) => void;
}) {
  const [error, setError] = useState<unknown>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const open = hour.sessions.filter(({ session }) => session === null);
  if (open.length === 0)
    return (
      <Text size="sm" c="dimmed">
        It is recorded how it went, so it stays where it was in the calendar.
      </Text>
    );
  async function remove(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      for (const { clientId, id, version } of open) await removeAppointment(clientId, id, version);
      onDone("It is taken out of the calendar.");
    } catch (caught) {
      setError(caught);
      void scheduleChanged(...open.map(({ clientId }) => clientId));
      setBusy(false);
    }
  }
  return (
    <Stack gap="sm">
      <ErrorSummary title="It is still in the calendar" error={error} />
      {asking ? (
        <Group gap="sm">
          <Text>
            Take it out as if it had never been planned? A session that was called off is recorded as{" "}
            {attendanceWords.cancelled.toLowerCase()} instead.
          </Text>
          <Button color="clay" loading={busy} onClick={() => void remove()}>
            Take it out
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </Group>
      ) : (
        <Group gap="sm">
          <Button variant="default" onClick={onMove}>
            Move or change it
          </Button>
          {first.seriesId !== null && first.groupId === null && (
            <Button variant="default" onClick={onRest}>
              Change the rest of the series
            </Button>
          )}
          <Button variant="subtle" color="clay" ml="auto" onClick={() => setAsking(true)}>
            Take it out of the calendar
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function MoveDialog({
  hour,
  first,
  onClose,
  onBack,
  onSaved,
}: {
  readonly hour: Hour;
  readonly first: ShownSession;
  readonly onClose: () => void;
  readonly onBack: () => void;
  readonly onSaved: (words: string) => void;
}) {
  const [began] = useState(hour.sessions);
  // Of whoever comes second: what stands there now, which only a second saving replaces.
  const [version, setVersion] = useState(began[0]?.version ?? first.version);
  const [planning, setPlanning] = useState<Planning>(() => planningOf(first.date, first.startTime, first.clinicianId, first.detail));
  const [initial] = useState(planning);
  const [beforePlan, setBeforePlan] = useState(false);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const faults = problemsOfPlanning(planning);
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    const { date, startTime, clinicianId } = planning;
    const entry = { version: first.version, date, startTime, clinicianId, detail: detailOf(planning), beforePlan };
    try {
      // What the form began with: whatever somebody else has changed since is told and not overwritten.
      const open = began.filter(({ session }) => session === null);
      const saved =
        first.groupId === null
          ? await saveAppointment(first.clientId, first.id, { ...entry, version })
          : await moveGroup(
              first.groupId,
              open.map(({ clientId }) => clientId),
              entry,
              Object.fromEntries(open.map(({ id, version }) => [id, version])),
            );
      onSaved(savedWords(`Now on ${formatDate(date)}, ${formatTime(startTime)}.`, saved));
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setBusy(false);
      if (caught instanceof ApiProblem && caught.status === 409) {
        const there = currentOf(caught);
        if (there !== null) setVersion(there.version);
        void scheduleChanged(...began.map(({ clientId }) => clientId));
      }
    }
  }

  const there = error instanceof ApiProblem ? currentOf(error) : null;
  const earlier = error instanceof ApiProblem && typeof error.body.planStart === "string";
  return (
    <Modal opened onClose={onClose} size="xl" title={`Move or change: ${hour.title}`} closeOnClickOutside={planning === initial}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="Nothing was changed" error={error} problems={problems} attempt={attempt} />
          {there !== null && (
            <Text fw={600}>
              By now it is on {formatDate(there.date)}, {formatTime(there.startTime)}. Leave it so, or save again to change it all the same.
            </Text>
          )}
          <AppointmentFields
            planning={planning}
            onChange={setPlanning}
            problems={problems}
            formats={first.groupId === null ? ["individual", "couple", "family"] : ["group"]}
          />
          <Taken planning={planning} except={first.id} />
          {first.groupId !== null && (
            <Text size="sm" c="dimmed">
              This moves the group session for all {began.filter(({ session }) => session === null).length} of whom nothing is recorded yet.
            </Text>
          )}
          {(earlier || beforePlan) && <BeforePlan checked={beforePlan} onChange={setBeforePlan} />}
          <Group>
            <Button type="submit" loading={busy}>
              Save
            </Button>
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const Current = z.object({ date: z.string(), startTime: z.string(), version: z.number() });

/** What stands there now, where somebody else was faster; `null` where it is out of the calendar, or no conflict. */
function currentOf({ status, body }: ApiProblem): z.infer<typeof Current> | null {
  const current = Current.safeParse(status === 409 ? body.current : null);
  return current.success ? current.data : null;
}

function RestOfSeries({
  session,
  onClose,
  onSaved,
}: {
  readonly session: ShownSession;
  readonly onClose: () => void;
  readonly onSaved: (words: string) => void;
}) {
  const treatment = useQuery(treatmentQuery(session.clientId));
  const series = treatment.data?.series.find(({ id }) => id === session.seriesId);
  if (treatment.data === undefined || series === undefined)
    return (
      <Modal opened onClose={onClose} size="lg" title="The rest of the series">
        {treatment.error === null && treatment.data === undefined ? (
          <Waiting what="the series" />
        ) : (
          <Text>The series cannot be read right now.</Text>
        )}
      </Modal>
    );
  return (
    <RestOfSeriesDialog
      clientId={session.clientId}
      clientName={session.clientName}
      series={series}
      appointments={treatment.data.appointments}
      sessions={treatment.data.sessions}
      from={session.date}
      onClose={onClose}
      onSaved={onSaved}
    />
  );
}

/** Who of a group came: one click each, or one for all. */
function GroupAttendance({ hour }: { readonly hour: Hour }) {
  const today = useToday();
  const [busy, setBusy] = useState("");
  const [error, setError] = useState<unknown>();
  const open = hour.sessions.filter(({ session }) => session === null);
  async function record(sessions: readonly ShownSession[], attendance: (typeof attendances)[number]): Promise<void> {
    setBusy(sessions.length > 1 ? "all" : (sessions[0]?.id ?? ""));
    setError(undefined);
    try {
      for (const shown of sessions)
        await saveSession(
          shown.clientId,
          { id: shown.id, date: shown.date, attendance },
          shown.session?.version ?? 0,
          detailAsPlanned(shown, attendance),
        );
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy("");
    }
  }
  const ahead = hour.date > today;
  return (
    <Stack gap="sm">
      <ErrorSummary title="Not everything was recorded" error={error} />
      {!ahead && open.length > 1 && (
        <Group>
          <Button loading={busy === "all"} disabled={busy !== "" && busy !== "all"} onClick={() => void record(open, "attended")}>
            {open.length === hour.sessions.length ? "Everybody came" : "All the others came"}
          </Button>
        </Group>
      )}
      <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: "0.75rem" }}>
        {hour.sessions.map((shown) => (
          <li key={shown.id}>
            <Group gap="xs" mb={4}>
              <Text fw={600}>
                <bdi>{shown.clientName}</bdi>
              </Text>
              {(shown.note !== null || (!ahead && shown.session !== null)) && (
                <NoteLink session={shown}>
                  <span style={{ position: "absolute", clipPath: "inset(50%)" }}> of {shown.clientName}</span>
                </NoteLink>
              )}
            </Group>
            <Group gap={6} role="group" aria-label={`How it went: ${shown.clientName}`}>
              {(ahead ? (["cancelled"] as const) : attendances).map((attendance) => (
                <Button
                  key={attendance}
                  size="compact-md"
                  variant={shown.session?.attendance === attendance ? "filled" : "default"}
                  aria-pressed={shown.session?.attendance === attendance}
                  loading={busy === shown.id}
                  disabled={busy !== "" && busy !== shown.id}
                  onClick={() => void record([shown], attendance)}
                >
                  {attendanceWords[attendance]}
                </Button>
              ))}
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
