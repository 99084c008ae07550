import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { request } from "../api/client.ts";
import type { AuditCheck } from "../api/practice.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";

/** What the check found first, of all that may be wrong. */
const faultWords = {
  changed: (seq: number) => `The first fault is at entry ${seq.toLocaleString()}: it is not what was written.`,
  missing: (seq: number) => `The first fault is at entry ${seq.toLocaleString()}: it, or the one before it, is missing.`,
  signature: (seq: number) =>
    `What was signed at entry ${seq.toLocaleString()}, a signature or a plan, was changed or taken out afterwards.`,
} as const;

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
                {check.firstFault && faultWords[check.firstFault.fault](check.firstFault.seq)} Keep a copy of the database as it is, and
                find out who had access to it.
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
