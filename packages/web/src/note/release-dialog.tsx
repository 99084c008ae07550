import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { type PrivateNote, privateNotesQuery, releasePrivateNote } from "../api/notes.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { newId } from "../form/new-id.ts";
import { noProblems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { saversSettled } from "../save-state/savers.ts";
import { useToday } from "../session/today.ts";

interface Props {
  readonly clientId: string;
  readonly note: PrivateNote;
  readonly onClose: () => void;
}

/** Releases one psychotherapy note: to whom, for what, and when the client authorized that. */
export function ReleaseDialog({ clientId, note, onClose }: Props) {
  const today = useToday();
  const queries = useQueryClient();
  const [toWhom, setToWhom] = useState("");
  const [purpose, setPurpose] = useState("");
  const [authorizedOn, setAuthorizedOn] = useState("");
  const [problems, setProblems] = useState(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [id] = useState(newId);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const found = new Map<string, string>();
    if (toWhom.trim() === "") found.set("/toWhom", "Name who receives the note.");
    if (purpose.trim() === "") found.set("/purpose", "Say what the client has authorized it for.");
    if (authorizedOn === "") found.set("/authorizedOn", "Enter the day on which the client signed the authorization.");
    setProblems(found);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await saversSettled(15_000);
      const version =
        queries.getQueryData(privateNotesQuery(clientId).queryKey)?.find((other) => other.id === note.id)?.version ?? note.version;
      await releasePrivateNote(clientId, note.id, { id, version, toWhom, purpose, authorizedOn });
      onClose();
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      if (caught instanceof ApiProblem && caught.status === 409)
        void queries.invalidateQueries({ queryKey: privateNotesQuery(clientId).queryKey });
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Release this one note" centered>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="The note was not released" error={error} problems={problems} attempt={attempt} />
          <Text>
            The client’s authorization has to be for psychotherapy notes, by itself and in writing. This note alone is made into a PDF; keep
            the authorization with the record.
          </Text>
          <TextField
            label="To whom"
            value={toWhom}
            onChange={setToWhom}
            max={300}
            error={problems.get("/toWhom")}
            required
            data-autofocus
          />
          <TextField label="Purpose" value={purpose} onChange={setPurpose} max={500} error={problems.get("/purpose")} required />
          <DateField
            label="Authorized by the client on"
            value={authorizedOn}
            onChange={setAuthorizedOn}
            max={today}
            error={problems.get("/authorizedOn")}
            required
          />
          <Group>
            <Button type="submit" loading={busy}>
              Release the note
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
