import { Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { findClosed } from "../api/clients.ts";
import { DateField } from "../form/date-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";

/** The way to a colleague's client in an emergency: by the whole name and date of birth. Opening the chart then asks for the reason. */
export function FindClosed() {
  const [open, setOpen] = useState(false);
  return (
    <>
      {" "}
      <Anchor component="button" type="button" onClick={() => setOpen(true)}>
        In an emergency: find a colleague’s client
      </Anchor>
      {open && <FindClosedDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function FindClosedDialog({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [given, setGiven] = useState("");
  const [family, setFamily] = useState("");
  const [birthDate, setBirthDate] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const problems = serverProblems(error);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setAttempt((n) => n + 1);
    try {
      const { id } = await findClosed(given.trim(), family.trim(), birthDate);
      await navigate({ to: "/clients/$clientId", params: { clientId: id } });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title="Find a colleague’s client">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text>For an emergency, when you know whom it is about. That you looked is recorded.</Text>
          <ErrorSummary title="Nobody was found" error={error} problems={problems} attempt={attempt} />
          <TextField label="First name" value={given} onChange={setGiven} max={100} error={problems.get("/given")} required autoFocus />
          <TextField label="Last name" value={family} onChange={setFamily} max={100} error={problems.get("/family")} required />
          <DateField label="Date of birth" value={birthDate} onChange={setBirthDate} error={problems.get("/birthDate")} required />
          <Group>
            <Button type="submit" loading={busy}>
              Find
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
