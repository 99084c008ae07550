import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { request } from "../api/client.ts";
import { refreshSession } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";

/** Makes the demo practice, once, and goes in as its clinician. */
export function OpenDemo({ label = "Look round a demo practice" }: { readonly label?: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function open(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await request("POST", "/api/practice/demo", { body: {}, signingIn: true });
      await refreshSession();
      window.location.assign("/");
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Stack gap="xs">
      <ErrorSummary title="The demo practice could not be opened" error={error} />
      <Button variant="default" onClick={() => void open()} loading={busy} fullWidth>
        {label}
      </Button>
      <Text size="sm" c="dimmed" ta="center">
        A handful of made-up clients at different points of care. Nothing to fill in.
      </Text>
    </Stack>
  );
}
