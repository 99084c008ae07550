import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/client.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { NewPassword, passwordFault } from "../form/new-password.tsx";
import { serverProblems } from "../form/problems.ts";
import { takeToken } from "../session/take-token.ts";
import { Outside } from "../shell/outside.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { Waiting } from "../shell/waiting.tsx";

/** A new password by a one-time link, for somebody who is locked out. */
export function SetPasswordScreen() {
  const [token] = useState(takeToken);
  const [done, setDone] = useState(false);
  usePageTitle("Set a new password");
  const look = useQuery({
    queryKey: ["recovery"],
    queryFn: () =>
      request<{ readonly practiceName: string; readonly name: string }>("POST", "/api/recovery/look", { body: { token }, signingIn: true }),
    enabled: token !== "" && !done,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (done)
    return (
      <Outside title="Your new password is set" lead="Whoever was signed in with the old one has been signed out.">
        <Button component="a" href="/sign-in" fullWidth>
          Sign in
        </Button>
      </Outside>
    );
  if (token === "" || look.error !== null)
    return (
      <Outside
        title="This link does not work"
        lead="It may have been used already, replaced by a newer one, or be more than a day old. Ask the owner of the practice for a new link."
      >
        <Button component="a" href="/sign-in" variant="default" fullWidth>
          Go to sign in
        </Button>
      </Outside>
    );
  if (look.data === undefined) return <Waiting what="your link" />;
  return <NewPasswordForm token={token} name={look.data.name} practiceName={look.data.practiceName} onDone={() => setDone(true)} />;
}

function NewPasswordForm({
  token,
  name,
  practiceName,
  onDone,
}: {
  readonly token: string;
  readonly name: string;
  readonly practiceName: string;
  readonly onDone: () => void;
}) {
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const found = passwordFault(password);
    setFault(found);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (found !== undefined) return;
    setBusy(true);
    try {
      await request("POST", "/api/recovery/use", { body: { token, password }, signingIn: true });
      onDone();
    } catch (caught) {
      setError(caught);
      setFault(serverProblems(caught).get("/password"));
      setBusy(false);
    }
  }

  return (
    <Outside title="Set a new password" lead={`For ${name}, ${practiceName}.`}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="The password was not set" error={error} attempt={attempt} />
          <NewPassword label="New password" value={password} onChange={setPassword} error={fault} />
          <Button type="submit" loading={busy} fullWidth>
            Set the password
          </Button>
          <Text size="sm" c="dimmed">
            The link works once.
          </Text>
        </Stack>
      </form>
    </Outside>
  );
}
