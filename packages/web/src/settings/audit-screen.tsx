import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { request } from "../api/client.ts";
import type { AuditCheck } from "../api/practice.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";

/** Checks the trail of everything that was read and written. */
export function AuditScreen() {
  usePageTitle("Audit trail");
  const [check, setCheck] = useState<AuditCheck | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function verify(): Promise<void> {
    setBusy(true);
    setError(undefined);
    setCheck(null);
    try {
      setCheck(await request<AuditCheck>("GET", "/api/audit/verify"));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div style={{ maxWidth: "42rem" }}>
      <PageHeading lead="Every reading and every change of a chart is kept. Each entry carries a fingerprint of the one before, so that an entry that was changed, taken out or moved is found.">
        Audit trail
      </PageHeading>
      <Card>
        <Stack>
          <Group>
            <Button onClick={() => void verify()} loading={busy}>
              Check the whole trail
            </Button>
          </Group>
          <ErrorSummary title="The trail was not checked" error={error} />
          {check !== null &&
            (check.ok ? (
              <Alert color="leaf" role="status" title="The trail is whole">
                {check.entries.toLocaleString()} entries, each in its place and unchanged.
              </Alert>
            ) : (
              <Alert color="clay" role="alert" title="The trail has been tampered with">
                Of {check.entries.toLocaleString()} entries, the first fault is at:{" "}
                {typeof check.firstFault === "object" ? JSON.stringify(check.firstFault) : String(check.firstFault)}. Keep a copy of the
                database as it is, and find out who had access to it.
              </Alert>
            ))}
          <Text size="sm" c="dimmed">
            Who opened one client's chart stands on that client's page, under “Access log”.
          </Text>
        </Stack>
      </Card>
    </div>
  );
}
