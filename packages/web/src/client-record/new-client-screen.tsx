import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { addClient } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { newId } from "../form/new-id.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { useToday } from "../session/today.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { ClientFields } from "./client-fields.tsx";
import { clientProblems, emptyClient, tidyClient } from "./client-form.ts";

/** Adds a client. A name and a date of birth are enough. */
export function NewClientScreen() {
  usePageTitle("Add a client");
  const today = useToday();
  const navigate = useNavigate();
  const [id] = useState(newId);
  const [client, setClient] = useState(emptyClient);
  const [isPracticeClient, setPracticeClient] = useState(false);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const allowLeaving = useLeaveWarning(client !== emptyClient);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const tidy = tidyClient(client);
    const found = clientProblems(tidy, today);
    setProblems(found);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await addClient(id, tidy, isPracticeClient);
      void queryClient.invalidateQueries({ queryKey: ["clients"] });
      allowLeaving();
      await navigate({ to: "/clients/$clientId", params: { clientId: id } });
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught, "/client"));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate style={{ maxWidth: "50rem" }}>
      <PageHeading lead="A name and a date of birth are enough to begin; everything else can be added later.">Add a client</PageHeading>
      <Stack gap="lg">
        <ErrorSummary title="The client was not added" error={error} problems={problems} attempt={attempt} />
        <ClientFields client={client} onChange={setClient} problems={problems} today={today} />
        <Checkbox
          label="This is a practice client, to try things out on"
          description="Marked everywhere, and never counted in any figure."
          checked={isPracticeClient}
          onChange={(event) => setPracticeClient(event.currentTarget.checked)}
        />
        <Group>
          <Button type="submit" loading={busy} size="lg">
            Add the client
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
