import { Button, Group, Modal, Stack } from "@mantine/core";
import type { AssignedHomework } from "@trellis/domain/homework/assigned-homework";
import { useState } from "react";
import type { TreatmentHomework } from "../api/treatment.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { LinesField } from "../form/lines-field.tsx";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useToday } from "../session/today.ts";
import { AssignTo } from "./assign-to.tsx";
import { saveHomework } from "./homework.ts";
import type { NamedObjective } from "./objectives-of-plan.ts";

interface Props {
  readonly clientId: string;
  readonly homework: TreatmentHomework;
  readonly onClose: () => void;
}

/** Sends a change of homework; what went wrong stands at its field. */
function useChange({ clientId, homework, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  async function save(change: Partial<AssignedHomework>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await saveHomework(clientId, homework.id, homework.version, { ...homework.content, ...change });
      onClose();
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  const problems = serverProblems(error, "/content");
  return { busy, save, problems, summary: <ErrorSummary title="That was not saved" error={error} problems={problems} attempt={attempt} /> };
}

/** Asks before a dialog is closed that holds words which only its button saves. */
const closing = (dirty: boolean, onClose: () => void) => () => {
  if (!dirty || window.confirm("What you typed here is not saved yet. Close it all the same?")) onClose();
};

/** Changes the text of homework that was given, what it is for, and by when. A link to it shows the new text. */
export function ChangeHomework(props: Props & { readonly objectives: readonly NamedObjective[] }) {
  const { homework, objectives, onClose } = props;
  const { content } = homework;
  const [title, setTitle] = useState(content.title);
  const [steps, setSteps] = useState<readonly string[]>(content.steps);
  const [to, setTo] = useState({ objectiveIds: content.objectiveIds as readonly string[], dueOn: content.dueOn ?? "" });
  const { busy, save, problems, summary } = useChange(props);
  const close = closing(title !== content.title || steps.join("\n") !== content.steps.join("\n"), onClose);
  return (
    <Modal opened onClose={close} title="Change the homework" size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save({
            title: title.trim(),
            steps: steps.filter((step) => step.trim() !== ""),
            objectiveIds: [...to.objectiveIds],
            dueOn: to.dueOn === "" ? null : to.dueOn,
          });
        }}
      >
        <Stack>
          {summary}
          <TextField label="Name" value={title} onChange={setTitle} max={120} error={problems.get("/title")} />
          <LinesField
            label="What to do"
            noun="step"
            lines={steps}
            onChange={setSteps}
            maxLength={600}
            maxLines={16}
            error={problems.get("/steps")}
          />
          <AssignTo value={to} onChange={setTo} objectives={objectives} problems={problems} from={content.assignedOn} />
          <Group>
            <Button type="submit" loading={busy}>
              Save
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Takes homework back before it was looked at. Its links end with it. */
export function TakeBack(props: Props) {
  const { onClose, homework } = props;
  const today = useToday();
  const [reason, setReason] = useState("");
  const { busy, save, problems, summary } = useChange(props);
  const close = closing(reason.trim() !== "", onClose);
  return (
    <Modal opened onClose={close} title={`Take back: ${homework.content.title}`}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save({ withdrawnOn: today, withdrawnReason: reason.trim() });
        }}
      >
        <Stack>
          {summary}
          <TextField
            label="Why"
            description="It stays in the record as taken back. Links to it end."
            value={reason}
            onChange={setReason}
            max={300}
            error={problems.get("/withdrawnReason")}
            required
            data-autofocus
          />
          <Group>
            <Button type="submit" loading={busy}>
              Take it back
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Enters a form that was filled in on paper, or with the client in the room. */
export function EnterFromPaper(props: Props) {
  const { homework, onClose } = props;
  const { fields, entries } = homework.content;
  const [entry, setEntry] = useState<Readonly<Record<string, string>>>({});
  const { busy, save, summary } = useChange(props);
  const filled = Object.fromEntries(Object.entries(entry).filter(([, value]) => value.trim() !== ""));
  const close = closing(Object.keys(filled).length > 0, onClose);
  return (
    <Modal opened onClose={close} title="Enter what came on paper" size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(filled).length > 0) void save({ entries: [...entries, filled] });
        }}
      >
        <Stack>
          {summary}
          {fields.map(({ id, label, kind }) => (
            <TextField
              key={id}
              label={label}
              value={entry[id] ?? ""}
              onChange={(value) => setEntry({ ...entry, [id]: value })}
              max={4000}
              {...(kind === "long-text" && { rows: 2 })}
              {...((kind === "date" || kind === "time") && { type: kind })}
              {...((kind === "number" || kind === "rating") && { inputMode: "numeric" as const })}
              {...(kind === "rating" && { description: "0 to 10" })}
              {...(kind === "yes-no" && { description: "yes or no" })}
            />
          ))}
          <Group>
            <Button type="submit" loading={busy} disabled={Object.keys(filled).length === 0}>
              Save
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
