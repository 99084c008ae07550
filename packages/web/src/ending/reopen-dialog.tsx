import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { formatDate } from "@trellis/domain/calendar/date";
import type { EpisodeEnd } from "@trellis/domain/episode/episode";
import type { Intake } from "@trellis/domain/intake/intake";
import { type ApproachId, approaches, approachIds } from "@trellis/domain/library/approach";
import { useState } from "react";
import { beginEpisode, episodeChanged } from "../api/ending.ts";
import { SelectField } from "../form/choice-field.tsx";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";

type PriorTreatment = Intake["priorTreatment"]["treatments"][number];

/** What the last episode is as an earlier treatment. */
const outcomeOf: Record<EpisodeEnd["outcome"], PriorTreatment["outcome"]> = {
  recovered: "helped",
  improved: "helped",
  unchanged: "did-not-help",
  worse: "made-worse",
  "not-known": "unknown",
};
const outcomeWords: Record<PriorTreatment["outcome"], string> = {
  helped: "It helped",
  "helped-partly": "It helped in part",
  "did-not-help": "It did not help",
  "made-worse": "It made things worse",
  unknown: "Not known",
};

interface Props {
  readonly clientId: string;
  readonly last: { readonly openedOn: string; readonly endedOn: string; readonly end: EpisodeEnd | null };
  /** The approach that most of the last plan was made of. */
  readonly approach: ApproachId | null;
  /** What the plan for staying well says has helped. */
  readonly whatHelped: string;
  readonly today: string;
  readonly onClose: () => void;
  readonly onBegun: (words: string) => void;
}

/** Begins another episode, and keeps in mind what the earlier one was. */
export function ReopenDialog({ clientId, last, approach: ofPlan, whatHelped: known, today, onClose, onBegun }: Props) {
  const [id] = useState(newId);
  const [priorId] = useState(newId);
  const [openedOn, setOpenedOn] = useState(today);
  const [broughtBack, setBroughtBack] = useState("");
  const [keep, setKeep] = useState(true);
  const [approach, setApproach] = useState<ApproachId | "">(ofPlan ?? "");
  const [outcome, setOutcome] = useState(outcomeOf[last.end?.outcome ?? "not-known"]);
  const [whatHelped, setWhatHelped] = useState(known);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setProblems(noProblems);
    try {
      const { number } = await beginEpisode(clientId, {
        id,
        openedOn,
        broughtBack,
        remember: keep
          ? {
              id: priorId,
              approach: approach === "" ? null : approach,
              description: "Earlier episode of treatment in this practice",
              when: `${formatDate(last.openedOn)} to ${formatDate(last.endedOn)}`,
              outcome,
              whatHelped,
            }
          : null,
      });
      await episodeChanged(clientId);
      onBegun(`Episode ${number} has begun.`);
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} size="lg" title="Begin a new episode" closeOnClickOutside={false} closeOnEscape={broughtBack === ""}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <ErrorSummary title="The episode has not begun" error={error} problems={problems} attempt={attempt} />
          <DateField
            label="From"
            value={openedOn}
            min={last.endedOn}
            max={today}
            onChange={setOpenedOn}
            error={problems.get("/openedOn")}
            required
          />
          <TextField
            label="What brings the client back"
            description="In the client’s words, if you have them. It stands beside the new plan."
            value={broughtBack}
            onChange={setBroughtBack}
            rows={2}
            max={2000}
            error={problems.get("/broughtBack")}
            data-autofocus
          />
          <Checkbox
            label="Add the earlier episode to the intake’s earlier treatments"
            description="A new plan is drafted with what helped and what did not."
            checked={keep}
            onChange={(event) => setKeep(event.currentTarget.checked)}
          />
          {keep && (
            <>
              <Group align="flex-start" gap="lg" grow preventGrowOverflow={false}>
                <SelectField
                  label="Mainly"
                  value={approach}
                  choices={[
                    { value: "" as const, label: "No one approach" },
                    ...approachIds.map((value) => ({ value, label: approaches[value].name })),
                  ]}
                  onChange={setApproach}
                />
                <SelectField
                  label="How it went"
                  value={outcome}
                  choices={(Object.keys(outcomeWords) as PriorTreatment["outcome"][]).map((value) => ({
                    value,
                    label: outcomeWords[value],
                  }))}
                  onChange={setOutcome}
                />
              </Group>
              <TextField label="What helped, and what did not" value={whatHelped} onChange={setWhatHelped} rows={2} max={2000} />
            </>
          )}
          <Group>
            <Button type="submit" loading={busy}>
              Begin the episode
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
