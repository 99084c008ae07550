import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import type { Series } from "@trellis/domain/schedule/series";
import { type ProposedSeries, rhythmWords } from "@trellis/domain/schedule/series-from-plan";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { changeRest, scheduleChanged } from "../api/schedule.ts";
import type { Kept, Treatment } from "../api/treatment.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { BeforePlan } from "./plan-session-dialog.tsx";
import {
  atFields,
  datesOf,
  type Planning,
  planningOf,
  problemsOfPlanning,
  savedWords,
  seriesOf,
  withDate,
  withProposal,
} from "./planning.ts";
import { AppointmentFields, RhythmFields } from "./planning-fields.tsx";

interface Props {
  readonly clientId: string;
  readonly clientName: string;
  readonly series: Kept<Series>;
  readonly appointments: Treatment["appointments"];
  readonly sessions: Treatment["sessions"];
  /** The first session that is to be otherwise. */
  readonly from: string;
  /** What the plan now asks for, where the rest is to follow it. */
  readonly proposal?: ProposedSeries;
  readonly onClose: () => void;
  readonly onSaved: (words: string) => void;
}

/** Moves the rest of a series to other days or times, plans it anew from the plan's new frequency, or ends it; with the reason. */
export function RestOfSeriesDialog({ clientId, clientName, series, appointments, sessions, from, proposal, onClose, onSaved }: Props) {
  const today = useToday();
  const { content } = series;
  const rhythm = { everyWeeks: content.everyWeeks, perWeek: new Set(content.weekdays).size };
  const group = content.detail.format === "group";
  const [first, setFirst] = useState(from < today ? today : from);
  const recorded = new Set(sessions.map(({ id }) => id));
  const rest = appointments.filter(({ id, seriesId, date }) => seriesId === series.id && date >= first && !recorded.has(id));
  const [ending, setEnding] = useState(group);
  const [planning, setPlanning] = useState<Planning>(() => {
    const next = rest[0];
    const kept: Planning = {
      ...planningOf(next?.date ?? first, next?.startTime ?? content.startTime, content.clinicianId, next?.detail ?? content.detail),
      rhythm,
      weekdays: content.weekdays,
      count: String(Math.max(1, rest.length)),
    };
    return proposal === undefined ? kept : withProposal(kept, proposal, true);
  });
  const [initial] = useState(planning);
  const [reason, setReason] = useState(
    proposal === undefined ? "" : `The plan now asks for ${rhythmWords(proposal)}, ${proposal.minutes} minutes.`,
  );
  const [beforePlan, setBeforePlan] = useState(false);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [id] = useState(newId);
  const [ids] = useState(() => Array.from({ length: 104 }, newId));
  const dates = datesOf(planning);
  const removed = `${rest.length} planned ${rest.length === 1 ? "session" : "sessions"}`;

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const faults = new Map(ending ? [] : problemsOfPlanning(planning));
    if (reason.trim() === "") faults.set("/reason", "Say why, so that the record shows it.");
    if (first === "" || first < today) faults.set("/from", "Choose today or a day to come.");
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      const next = ending ? null : { id, series: seriesOf(planning, content.planId), appointmentIds: ids.slice(0, dates.length) };
      const saved = await changeRest(clientId, series.id, {
        version: series.version,
        from: first,
        reason: reason.trim(),
        next,
        beforePlan,
      });
      onSaved(
        ending
          ? `The series ends; ${removed} are out of the calendar.`
          : savedWords(`${dates.length} sessions are planned in place of ${saved.removed}.`, saved),
      );
    } catch (caught) {
      setError(caught);
      setProblems(
        new Map(
          [...serverProblems(caught), ...atFields(serverProblems(caught, "/next/series"))].filter(
            ([pointer]) => !pointer.startsWith("/next"),
          ),
        ),
      );
      setBusy(false);
      if (caught instanceof ApiProblem && caught.status === 409) void scheduleChanged(clientId);
    }
  }

  const earlier = error instanceof ApiProblem && typeof error.body.planStart === "string";
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`The rest of the series: ${clientName}`}
      closeOnClickOutside={planning === initial && reason === ""}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="Nothing was changed" error={error} problems={problems} attempt={attempt} />
          <Text c="dimmed">
            So far {rhythmWords(rhythm)}, {content.detail.minutes} minutes. What has been and what is recorded stays as it is.
          </Text>
          {group ? (
            <Text>This is a group. Here its sessions can be ended for {clientName}; a group session is moved in the calendar.</Text>
          ) : (
            <SegmentedControl
              aria-label="What becomes of the rest"
              value={ending ? "end" : "change"}
              onChange={(value) => setEnding(value === "end")}
              data={[
                { value: "change", label: "It goes on differently" },
                { value: "end", label: "It ends" },
              ]}
            />
          )}
          <DateField
            label={ending ? "No more sessions from" : "What is planned is replaced from"}
            value={first}
            onChange={(date) => {
              setFirst(date);
              // The first new one follows, unless it was set to another day.
              if (planning.date === first && date !== "") setPlanning(withDate(planning, date));
            }}
            min={today}
            description={`${removed} from then on ${rest.length === 1 ? "is" : "are"} taken out of the calendar.`}
            error={problems.get("/from")}
            required
          />
          {!ending && (
            <>
              <AppointmentFields planning={planning} onChange={setPlanning} problems={problems} dayLabel="First new session" />
              <RhythmFields planning={planning} onChange={setPlanning} problems={problems} once={false} />
            </>
          )}
          <TextField label="Why" value={reason} onChange={setReason} max={300} error={problems.get("/reason")} required />
          {(earlier || beforePlan) && <BeforePlan checked={beforePlan} onChange={setBeforePlan} />}
          <Group>
            <Button type="submit" loading={busy} color={ending ? "clay" : "leaf"}>
              {ending ? "End the series" : `Plan ${dates.length} ${dates.length === 1 ? "session" : "sessions"} in their place`}
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
