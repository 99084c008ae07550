import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type ApiProblem, request } from "../api/client.ts";
import { chartQuery } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { hasRole, useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";

/** A chart outside one's own care: closed, except in an emergency, which is recorded and seen by the owner. */
export function EmergencyAccess({ clientId, problem }: { readonly clientId: string; readonly problem: ApiProblem }) {
  usePageTitle("This chart is not open to you");
  const { member } = useSignedIn();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const clinical = hasRole(member, "clinician", "supervisor", "owner");

  async function open(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await request("POST", `/api/clients/${clientId}/emergency-access`, { body: { reason: reason.trim() } });
      await queryClient.refetchQueries({ queryKey: chartQuery(clientId).queryKey });
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <div style={{ maxWidth: "40rem" }}>
      <PageHeading lead={problem.message}>This chart is not open to you</PageHeading>
      <Stack>
        <Text>
          Charts are open to the people who treat the client. If you should be one of them, ask the client's clinician or the owner of the
          practice to add you to the care team. <Link to="/clients">Back to the clients</Link>
        </Text>
        {clinical && (
          <Card title="In an emergency" tone="attention">
            <form onSubmit={(event) => void open(event)}>
              <Stack>
                <Text>
                  You can open the chart for 24 hours. The reason you give, and everything you read, is recorded for the owner of the
                  practice.
                </Text>
                <ErrorSummary title="The chart was not opened" error={error} />
                <TextField label="Why you need it now" value={reason} onChange={setReason} rows={2} max={500} required />
                <Group>
                  <Button type="submit" color="clay" loading={busy} disabled={reason.trim().length < 5}>
                    Open the chart for 24 hours
                  </Button>
                </Group>
              </Stack>
            </form>
          </Card>
        )}
      </Stack>
    </div>
  );
}
