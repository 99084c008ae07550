import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IsoDate } from "@trellis/domain/calendar/date";
import { usualFollowUps } from "@trellis/domain/ending/follow-up";
import type { OpenKind, OpenThing } from "@trellis/domain/ending/still-open";
import { type EpisodeEnd, endOutcomes, endReasons } from "@trellis/domain/episode/episode";
import { endOutcomeWords, endReasonWords } from "@trellis/domain/episode/episode-words";
import type { Measure } from "@trellis/domain/measures/measure";
import { useState } from "react";
import { type EpisodeVersion, endEpisode, episodeChanged } from "../api/ending.ts";
import { ChoiceField, SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { FollowUpsField } from "./follow-ups-field.tsx";

interface Props {
  readonly clientId: string;
  readonly episode: EpisodeVersion;
  /** What the dialog begins with: the reason that was clicked, or none. */
  readonly reason: EpisodeEnd["reason"] | null;
  readonly lastSession: string | null;
  readonly today: string;
  readonly open: (endsOn: string) => readonly OpenThing[];
  readonly measures: readonly Measure[];
  readonly usual: readonly string[];
  readonly onClose: () => void;
  readonly onEnded: (words: string) => void;
}

const links: Partial<Record<OpenKind, { readonly to: string; readonly words: string }>> = {
  "unsigned-note": { to: "sessions", words: "Go to the notes" },
  alert: { to: "alerts", words: "Go to the alerts" },
};
/** What ends with the treatment by itself. */
const byItself: Partial<Record<OpenKind, string>> = {
  link: "Withdrawn with the end. Links to the safety plan and the plan for staying well stay with the client.",
  review: "Closed with the end.",
  outline: "Closed with the end.",
};

/** Ends treatment: when, why, with what outcome, what stops with it, and when the client is asked again. */
export function EndDialog({ clientId, episode, reason: begunWith, lastSession, today, open, measures, usual, onClose, onEnded }: Props) {
  const [openedOn, setOpenedOn] = useState(episode.openedOn);
  const [endedOn, setEndedOn] = useState(lastSession ?? today);
  const [reason, setReason] = useState<EpisodeEnd["reason"] | "">(begunWith ?? "");
  const [outcome, setOutcome] = useState<EpisodeEnd["outcome"] | null>(begunWith === "lost-contact" ? "not-known" : null);
  const [detail, setDetail] = useState("");
  const [cancel, setCancel] = useState(true);
  const [close, setClose] = useState(true);
  const [ownFollowUps, setFollowUps] = useState<EpisodeEnd["followUps"] | null>(null);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const day = IsoDate.safeParse(endedOn).success ? endedOn : today;
  const things = open(day);
  const has = (kind: OpenKind) => things.some((thing) => thing.kind === kind);
  const followUps = ownFollowUps ?? (usual.length === 0 || reason === "died" ? [] : usualFollowUps(day, usual));

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setAttempt(attempt + 1);
    setError(undefined);
    const faults = new Map<string, string>();
    if (reason === "") faults.set("/end/reason", "Choose why treatment ends.");
    if (outcome === null) faults.set("/end/outcome", "Say what came of it. “Not known” is an answer too.");
    if (!IsoDate.safeParse(endedOn).success) faults.set("/endedOn", "Give the last day of treatment.");
    if (!IsoDate.safeParse(openedOn).success) faults.set("/openedOn", "Give the first day of treatment.");
    setProblems(faults);
    if (faults.size > 0 || reason === "" || outcome === null) return;
    setBusy(true);
    try {
      const done = await endEpisode(
        clientId,
        { ...episode, openedOn },
        { endedOn, end: { reason, outcome, detail, followUps }, cancelAppointments: cancel, closeHomework: close },
      );
      await episodeChanged(clientId);
      onEnded(
        [
          "Treatment has ended.",
          done.appointments > 0 ? `Taken out of the calendar: ${done.appointments}.` : "",
          done.links > 0 ? `Links withdrawn: ${done.links}.` : "",
        ]
          .filter((words) => words !== "")
          .join(" "),
      );
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="End treatment"
      closeOnClickOutside={false}
      closeOnEscape={detail === "" && ownFollowUps === null}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <ErrorSummary title="Treatment has not ended" error={error} problems={problems} attempt={attempt} />
          <Group align="flex-start" gap="lg">
            <DateField label="First day" value={openedOn} max={today} onChange={setOpenedOn} error={problems.get("/openedOn")} required />
            <DateField label="Last day" value={endedOn} max={today} onChange={setEndedOn} error={problems.get("/endedOn")} required />
          </Group>
          {lastSession !== null && lastSession === endedOn && (
            <Text size="sm" c="dimmed" mt="-md">
              The last day is that of the last session that took place.
            </Text>
          )}
          <SelectField
            label="Why"
            value={reason}
            choices={[{ value: "" as const, label: "Choose…" }, ...endReasons.map((value) => ({ value, label: endReasonWords[value] }))]}
            onChange={(value) => {
              setReason(value);
              setProblems(noProblems);
            }}
            error={problems.get("/end/reason")}
            required
          />
          <ChoiceField
            label="Outcome"
            description="As you and the client judge it."
            value={outcome}
            choices={endOutcomes.map((value) => ({ value, label: endOutcomeWords[value] }))}
            onChange={(value) => {
              setOutcome(value);
              setProblems(noProblems);
            }}
            error={problems.get("/end/outcome")}
            required
          />
          <TextField
            label={reason === "lost-contact" ? "How you tried to reach the client" : "In a few words"}
            description="It goes into the discharge summary."
            value={detail}
            onChange={setDetail}
            rows={2}
            max={2000}
            error={problems.get("/end/detail")}
          />
          {things.length > 0 && (
            <div>
              <Text fw={600} mb={6}>
                Still open
              </Text>
              <Stack gap="xs">
                {things.map(({ kind, words }) => (
                  <Text key={kind}>
                    {words} {byItself[kind]}{" "}
                    {links[kind] !== undefined && (
                      <Link to={`/clients/${clientId}/${links[kind].to}` as "/clients"} target="_blank">
                        {links[kind].words}
                      </Link>
                    )}
                  </Text>
                ))}
                {has("appointment") && (
                  <Checkbox
                    label="Take these appointments out of the calendar, and end their series"
                    checked={cancel}
                    onChange={(event) => setCancel(event.currentTarget.checked)}
                  />
                )}
                {has("homework") && (
                  <Checkbox
                    label="Close the homework that was not looked at"
                    checked={close}
                    onChange={(event) => setClose(event.currentTarget.checked)}
                  />
                )}
              </Stack>
            </div>
          )}
          <div>
            <Text fw={600}>Asking again after the end</Text>
            <Text size="sm" c="dimmed" mb="sm">
              {measures.length === 0
                ? "No measure that the client could answer by a link was given in this treatment."
                : "On these days a link to the questionnaires is one click on your list. Change the days, or take them out."}
            </Text>
            {measures.length > 0 && (
              <FollowUpsField
                followUps={followUps}
                endedOn={day}
                measures={measures}
                problems={problems}
                under="/end/followUps"
                onChange={setFollowUps}
              />
            )}
          </div>
          <Group>
            <Button type="submit" loading={busy}>
              End treatment
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
