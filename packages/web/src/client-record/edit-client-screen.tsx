import { Alert, Button, Group, Stack } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Client } from "@trellis/domain/client/client";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { type Chart, changeChart, changeClient, chartQuery } from "../api/clients.ts";
import { queryClient } from "../api/query-client.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { useLeaveWarning } from "../form/leave-warning.ts";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { ChooseText } from "../save-state/choose-text.tsx";
import { mergeFields, same } from "../save-state/merge.ts";
import type { Dispute, Saved } from "../save-state/use-versioned-autosave.ts";
import { useToday } from "../session/today.ts";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { ClientFields } from "./client-fields.tsx";
import { clientFieldNames, clientProblems, tidyClient } from "./client-form.ts";

export function EditClientScreen() {
  const { clientId } = useParams({ from: "/signed-in/shell/clients/$clientId/edit" });
  const chart = useChart(clientId);
  return <EditClient chart={chart} />;
}

/** Changes the client's administrative record. */
function EditClient({ chart }: { readonly chart: Chart }) {
  usePageTitle(`Details · ${initials(chart.client.name)}`);
  const today = useToday();
  const navigate = useNavigate();
  /** What was read, so that a change made elsewhere meanwhile can be told from one's own. */
  const [read, setRead] = useState({ client: chart.client, version: chart.version });
  const [client, setClient] = useState(chart.client);
  const [merged, setMerged] = useState(false);
  const [dispute, setDispute] = useState<Dispute<Client> | null>(null);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const allowLeaving = useLeaveWarning(client !== chart.client);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const tidy = tidyClient(client);
    const found = clientProblems(tidy, today);
    setProblems(found);
    setError(undefined);
    setMerged(false);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      const { version } = await changeClient(chart.id, read.version, tidy);
      changeChart(chart.id, (before) => ({ ...before, client: tidy, version }));
      await done();
    } catch (caught) {
      try {
        if (!(caught instanceof ApiProblem && caught.status === 409)) throw caught;
        await takeIn(tidy);
      } catch (fault) {
        setError(fault);
        setProblems(serverProblems(fault, "/client"));
        setAttempt((n) => n + 1);
      }
      setBusy(false);
    }
  }

  async function done(): Promise<void> {
    void queryClient.invalidateQueries({ queryKey: ["clients"] });
    allowLeaving();
    await navigate({ to: "/clients/$clientId", params: { clientId: chart.id } });
  }

  /** Somebody else saved meanwhile: their changes come in; where both changed the same thing, one chooses. */
  async function takeIn(tidy: Client): Promise<void> {
    const newest = await queryClient.fetchQuery({ ...chartQuery(chart.id), staleTime: 0 });
    // The answer to an earlier attempt was lost on the way, and the server has these very details already.
    if (same(newest.client, tidy)) return done();
    const theirs = { content: newest.client, version: newest.version };
    const { merged, disputed } = mergeFields<Client>(read.client, client, newest.client);
    if (disputed.length > 0) setDispute({ fields: disputed, base: read.client, mine: client, theirs });
    else settle(merged, theirs);
  }

  function settle(agreed: Client, theirs: Saved<Client>): void {
    setDispute(null);
    setClient(agreed);
    setRead({ client: theirs.content, version: theirs.version });
    setMerged(true);
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate style={{ maxWidth: "50rem" }}>
      <PageHeading>Details</PageHeading>
      <Stack gap="lg">
        <ErrorSummary title="The changes are not saved" error={error} problems={problems} attempt={attempt} />
        {merged && (
          <Alert color="straw" role="alert" title="Somebody else changed these details meanwhile">
            Their changes are now on this page together with yours. Look them over and save again.
          </Alert>
        )}
        {dispute !== null && (
          <ChooseText names={clientFieldNames} dispute={dispute} onSettle={(agreed) => settle(agreed, dispute.theirs)} />
        )}
        <ClientFields client={client} onChange={setClient} problems={problems} today={today} />
        <Group>
          <Button type="submit" loading={busy} disabled={dispute !== null} size="lg">
            Save the details
          </Button>
          <Button variant="default" size="lg" onClick={() => void navigate({ to: "/clients/$clientId", params: { clientId: chart.id } })}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
