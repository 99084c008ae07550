import { Anchor, Button, Divider, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { refreshSession, signIn, useSession, verifySecondFactor } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { takeBack } from "../hand-over/handed-over.ts";
import { OpenDemo } from "../set-up-practice/open-demo.tsx";
import { Outside } from "../shell/outside.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { takeWanted } from "./wanted-page.ts";

/** Email and password, then the second factor where there is one. */
export function SignInScreen() {
  const session = useSession();
  const [secondFactor, setSecondFactor] = useState(session?.state === "second-factor");
  usePageTitle("Sign in");
  return secondFactor ? (
    <SecondFactor onBack={() => setSecondFactor(false)} />
  ) : (
    <Password onSecondFactor={() => setSecondFactor(true)} demoExists={session?.demoExists === true} />
  );
}

/** Signed in: a fresh page, so that nothing of an earlier session is left in memory. */
async function enter(): Promise<void> {
  await refreshSession();
  // Whoever knows the password may have the screen back.
  takeBack();
  window.location.assign(takeWanted());
}

function Password({ onSecondFactor, demoExists }: { readonly onSecondFactor: () => void; readonly demoExists: boolean }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      if ((await signIn(email.trim(), password)) === "second-factor") onSecondFactor();
      else await enter();
    } catch (caught) {
      setError(signInError(caught));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Outside title="Sign in" lead="Treatment plans that client and therapist follow, measure and change together.">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <ErrorSummary title="You are not signed in" error={error} attempt={attempt} />
          <TextField label="Email" type="email" value={email} onChange={setEmail} autoComplete="username" required autoFocus />
          <PasswordInput
            label="Password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
          <Button type="submit" loading={busy} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
      <details style={{ marginTop: "1.25rem" }}>
        <summary>Forgotten your password?</summary>
        <Text size="sm" mt="xs">
          The owner of your practice can give you a link for a new one, on the page “People”. Are you the owner? Stop Trellis on its machine
          and start it once with <code>TRELLIS_RECOVER=your@email</code> before <code>npm start</code>: it prints a link for you.
        </Text>
      </details>
      {demoExists && (
        <>
          <Divider my="lg" />
          <OpenDemo label="Open the demo practice" />
        </>
      )}
    </Outside>
  );
}

function SecondFactor({ onBack }: { readonly onBack: () => void }) {
  const [backup, setBackup] = useState(false);
  const [code, setCode] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await verifySecondFactor(code, backup ? "backup-code" : "totp");
      await enter();
    } catch (caught) {
      setError(
        caught instanceof ApiProblem && caught.status === 401
          ? new Error("The code is not right, or its time has passed. Take the newest one.")
          : caught,
      );
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }

  return (
    <Outside
      title="One more step"
      lead={
        backup
          ? "Enter one of the backup codes that you wrote down. Each works once."
          : "Enter the six digits that your authenticator app shows."
      }
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <ErrorSummary title="You are not signed in" error={error} attempt={attempt} />
          <TextField
            key={String(backup)}
            label={backup ? "Backup code" : "Code"}
            value={code}
            onChange={setCode}
            inputMode={backup ? "text" : "numeric"}
            autoComplete="one-time-code"
            required
            autoFocus
          />
          <Button type="submit" loading={busy} fullWidth>
            Go on
          </Button>
          <Anchor
            component="button"
            type="button"
            ta="left"
            onClick={() => {
              setBackup(!backup);
              setCode("");
            }}
          >
            {backup ? "Use the authenticator app" : "Use a backup code instead"}
          </Anchor>
          <Anchor component="button" type="button" ta="left" onClick={onBack}>
            Start again
          </Anchor>
        </Stack>
      </form>
    </Outside>
  );
}

/** Says no more than is good: not whether it was the address or the password. */
function signInError(error: unknown): unknown {
  if (!(error instanceof ApiProblem)) return error;
  if (error.status === 401 || error.status === 400 || error.status === 422) return new Error("The email or the password is not right.");
  if (error.status === 429) return new Error("There were too many attempts. Wait a minute and try again.");
  return error;
}
