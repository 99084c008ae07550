import { Anchor, Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatDate } from "@trellis/domain/calendar/date";
import { TimeOfDay } from "@trellis/domain/calendar/time-of-day";
import { formatTime } from "@trellis/domain/calendar/wall-clock";
import { overlapping } from "@trellis/domain/schedule/overlap";
import { type ProposedSeries, rhythmWords, seriesFromPlan } from "@trellis/domain/schedule/series-from-plan";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { calendarQuery, planGroup, planSeries, saveAppointment, sessionPlanQuery } from "../api/schedule.ts";
import { useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { type ChosenClient, ClientField, ClientsField } from "./choose-client.tsx";
import {
  atFields,
  datesOf,
  detailOf,
  newPlanning,
  type Planning,
  problemsOfPlanning,
  savedWords,
  seriesOf,
  withProposal,
} from "./planning.ts";
import { AppointmentFields, RhythmFields } from "./planning-fields.tsx";

interface Props {
  /** Whose session it is, where that is known already. */
  readonly client?: ChosenClient;
  readonly date: string;
  readonly startTime: string;
  readonly clinicianId: string;
  /** Opens as a series after the plan's frequency. */
  readonly asSeries?: boolean;
  /** Sessions of the plan that took place or are planned, and are not planned once more. */
  readonly already?: number;
  readonly onClose: () => void;
  /** What was done, in words. */
  readonly onSaved: (words: string) => void;
}

/** Plans one session, a series of them, or a group. */
export function PlanSessionDialog({ client, date, startTime, clinicianId, asSeries = false, already = 0, onClose, onSaved }: Props) {
  const [group, setGroup] = useState(false);
  const [chosen, setChosen] = useState<ChosenClient | null>(client ?? null);
  const [members, setMembers] = useState<readonly ChosenClient[]>([]);
  const [typed, setTyped] = useState<Planning | null>(null);
  const [beforePlan, setBeforePlan] = useState(false);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  // Kept until it has arrived, so that sending again after an answer that got lost plans nothing twice.
  const [id] = useState(newId);
  const [ids] = useState(() => Array.from({ length: 104 }, newId));

  const plan = useQuery({ ...sessionPlanQuery(chosen?.id ?? ""), enabled: chosen !== null && !group }).data;
  const proposal = plan?.sessionPlan == null || group ? null : seriesFromPlan(plan.sessionPlan, already);
  const blank = newPlanning(date, startTime, clinicianId);
  const proposed =
    proposal === null ? (asSeries ? { ...blank, rhythm: { everyWeeks: 1, perWeek: 1 } } : blank) : withProposal(blank, proposal, asSeries);
  const planning: Planning = typed ?? proposed;
  const format = group ? "group" : planning.format === "group" ? "individual" : planning.format;
  const shown: Planning = { ...planning, format };
  const dates = datesOf(shown);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const faults = new Map(problemsOfPlanning(shown));
    if (!group && chosen === null) faults.set("/client", "Choose whose session it is.");
    if (group && members.length === 0) faults.set("/clientIds", "Choose who is in the group.");
    setProblems(faults);
    if (faults.size > 0) return;
    setBusy(true);
    // What is on its way stays as it is, even if the plan's frequency arrives only now.
    setTyped(planning);
    try {
      onSaved(await save());
    } catch (caught) {
      setError(caught);
      setProblems(atFields(serverProblems(caught, serverProblems(caught).size > 0 && (group || shown.rhythm !== null) ? "/series" : "")));
      setBusy(false);
    }
  }

  async function save(): Promise<string> {
    const many = dates.length > 1;
    const what = many
      ? `${dates.length} sessions are planned.`
      : `The session on ${formatDate(shown.date)}, ${formatTime(shown.startTime)} is planned.`;
    if (group)
      return savedWords(
        what,
        await planGroup(id, {
          clientIds: members.map((member) => member.id),
          series: seriesOf(shown, null),
          groupIds: ids.slice(0, dates.length),
          beforePlan,
        }),
      );
    const clientId = chosen?.id ?? "";
    if (shown.rhythm !== null)
      return savedWords(
        what,
        await planSeries(clientId, id, {
          series: seriesOf(shown, plan?.planId ?? null),
          appointmentIds: ids.slice(0, dates.length),
          beforePlan,
        }),
      );
    const { date: day, startTime: time, clinicianId: who } = shown;
    return savedWords(
      what,
      await saveAppointment(clientId, id, {
        version: 0,
        date: day,
        startTime: time,
        clinicianId: who,
        detail: detailOf(shown),
        beforePlan,
      }),
    );
  }

  const earlier = error instanceof ApiProblem && typeof error.body.planStart === "string";
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={client === undefined ? "Plan a session" : `Plan ${asSeries ? "a series" : "a session"} with ${client.name}`}
      closeOnClickOutside={typed === null && members.length === 0}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="Nothing is planned yet" error={error} problems={problems} attempt={attempt} />
          {client === undefined && (
            <>
              <SegmentedControl
                aria-label="For one client or a group"
                value={group ? "group" : "one"}
                onChange={(value) => setGroup(value === "group")}
                data={[
                  { value: "one", label: "One client, couple or family" },
                  { value: "group", label: "A group" },
                ]}
              />
              {group ? (
                <ClientsField value={members} onChange={setMembers} error={problems.get("/clientIds")} />
              ) : (
                <ClientField value={chosen} onChange={setChosen} error={problems.get("/client")} />
              )}
            </>
          )}
          {proposal !== null && (
            <Text size="sm" c="dimmed">
              The plan asks for {rhythmWords(proposal)}, {proposal.minutes} minutes.{" "}
              {!(followsPlan(shown, proposal) && shown.rhythm !== null) && (
                <Anchor component="button" type="button" size="sm" onClick={() => setTyped(withProposal(shown, proposal, true))}>
                  Plan a series like that
                </Anchor>
              )}
            </Text>
          )}
          <AppointmentFields
            planning={shown}
            onChange={setTyped}
            problems={problems}
            formats={group ? ["group"] : ["individual", "couple", "family"]}
          />
          <Taken planning={shown} />
          <RhythmFields planning={shown} onChange={setTyped} problems={problems} />
          {(earlier || beforePlan) && <BeforePlan checked={beforePlan} onChange={setBeforePlan} />}
          <Group>
            <Button type="submit" loading={busy}>
              {dates.length > 1 ? `Plan ${dates.length} sessions` : "Plan the session"}
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

const followsPlan = ({ rhythm, minutes }: Planning, proposal: ProposedSeries) =>
  rhythm?.everyWeeks === proposal.everyWeeks && rhythm.perWeek === proposal.perWeek && minutes === String(proposal.minutes);

/** To say that a session before the plan began is meant. */
export function BeforePlan({ checked, onChange }: { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  return (
    <Checkbox
      label="It is meant: a session before the plan, such as one of the assessment."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** That one's own calendar has another session then: told before anything is saved, and forbidden never. */
export function Taken({ planning, except = "" }: { readonly planning: Planning; readonly except?: string }) {
  const { member, practice } = useSignedIn();
  const { date, startTime, clinicianId } = planning;
  const minutes = Number(planning.minutes);
  const complete = date !== "" && TimeOfDay.safeParse(startTime).success && minutes > 0 && minutes <= 480;
  const own = clinicianId === member.id;
  const day = useQuery({ ...calendarQuery(date, date, null), enabled: complete && own }).data;
  if (!complete || !own || day === undefined) return null;
  const slots = day.appointments
    .filter(({ session }) => session?.attendance !== "cancelled")
    .map((appointment) => ({ ...appointment, minutes: appointment.detail.minutes }));
  const taken = overlapping({ id: except, date, startTime, minutes, clinicianId, groupId: null }, slots, practice.timeZone);
  if (taken.length === 0) return null;
  const [first] = taken;
  return (
    <Text size="sm" fw={600} role="status">
      You have another session then: {first === undefined ? "" : formatTime(first.startTime)}
      {first?.groupId === null ? `, ${first.client.calledName} ${first.client.familyName}` : ", a group"}.
    </Text>
  );
}
