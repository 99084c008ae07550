import { Alert, Button, Group, List, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ApiProblem, request } from "../api/client.ts";
import { refreshSession, useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { NewPassword, passwordFault } from "../form/new-password.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { CopyField } from "./copy-field.tsx";
import { QrCode } from "./qr-code.tsx";

/** One's own password and second factor. */
export function SecurityScreen() {
  usePageTitle("Password and second factor");
  const { member } = useSignedIn();
  return (
    <div style={{ maxWidth: "42rem" }}>
      <PageHeading lead={`For ${member.email}.`}>Password and second factor</PageHeading>
      <Stack gap="lg">
        <SecondFactorCard on={member.secondFactor} />
        <PasswordCard />
      </Stack>
    </div>
  );
}

/** What an attempt came to, in words. */
function wrongPassword(error: unknown): unknown {
  if (error instanceof ApiProblem && (error.status === 400 || error.status === 401 || error.status === 403))
    return new Error("The password is not right.");
  return error;
}

interface Setup {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

function SecondFactorCard({ on }: { readonly on: boolean }) {
  const [asking, setAsking] = useState<"enable" | "disable" | "codes" | null>(null);
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  if (setup !== null)
    return (
      <ConfirmSecondFactor
        setup={setup}
        onDone={() => {
          setCodes(setup.backupCodes);
          setSetup(null);
        }}
        onCancel={() => setSetup(null)}
      />
    );
  return (
    <Card title="Second factor">
      <Stack>
        {codes !== null && <BackupCodes codes={codes} onDone={() => setCodes(null)} />}
        <Text>
          {on
            ? "On: signing in asks for a code from your authenticator app as well as your password."
            : "Off. With a second factor, somebody who learns your password still cannot open your clients' charts. You need an authenticator app on your phone."}
        </Text>
        {asking === null ? (
          <Group>
            {on ? (
              <>
                <Button variant="default" onClick={() => setAsking("codes")}>
                  Make new backup codes
                </Button>
                <Button variant="default" onClick={() => setAsking("disable")}>
                  Turn it off
                </Button>
              </>
            ) : (
              <Button onClick={() => setAsking("enable")}>Set up a second factor</Button>
            )}
          </Group>
        ) : (
          <AskPassword
            action={asking === "enable" ? "Go on" : asking === "disable" ? "Turn it off" : "Make new codes"}
            onCancel={() => setAsking(null)}
            run={async (password) => {
              if (asking === "enable") setSetup(await request<Setup>("POST", "/api/auth/two-factor/enable", { body: { password } }));
              else if (asking === "codes")
                setCodes(
                  (
                    await request<{ readonly backupCodes: readonly string[] }>("POST", "/api/auth/two-factor/generate-backup-codes", {
                      body: { password },
                    })
                  ).backupCodes,
                );
              else {
                await request("POST", "/api/auth/two-factor/disable", { body: { password } });
                await refreshSession();
              }
              setAsking(null);
            }}
          />
        )}
      </Stack>
    </Card>
  );
}

function AskPassword({
  action,
  run,
  onCancel,
}: {
  readonly action: string;
  readonly run: (password: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await run(password);
    } catch (caught) {
      setError(wrongPassword(caught));
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <ErrorSummary title="Nothing was changed" error={error} attempt={attempt} />
        <PasswordInput
          label="Your password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          autoFocus
        />
        <Group>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ConfirmSecondFactor({
  setup,
  onDone,
  onCancel,
}: {
  readonly setup: Setup;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) {
  const [code, setCode] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const secret = new URL(setup.totpURI).searchParams.get("secret") ?? "";
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await request("POST", "/api/auth/two-factor/verify-totp", { body: { code: code.trim() }, signingIn: true });
      await refreshSession();
      onDone();
    } catch (caught) {
      setError(
        caught instanceof ApiProblem && caught.status < 429
          ? new Error("The code is not right, or its time has passed. Take the newest one.")
          : caught,
      );
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  return (
    <Card title="Set up the second factor">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text>1. Open your authenticator app and scan this picture, or type the key into it.</Text>
          <Group align="flex-start" gap="lg">
            <QrCode text={setup.totpURI} label="QR code for your authenticator app; the key beside it says the same" />
            <div style={{ flex: "1 1 14rem" }}>
              <CopyField label="Key" text={secret} />
            </div>
          </Group>
          <Text>2. Enter the six digits that the app shows.</Text>
          <ErrorSummary title="The second factor is not on yet" error={error} attempt={attempt} />
          <TextField label="Code" value={code} onChange={setCode} inputMode="numeric" autoComplete="one-time-code" required />
          <Group>
            <Button type="submit" loading={busy}>
              Turn it on
            </Button>
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  return (
    <Alert color="straw" title="Write down your backup codes" role="alert">
      <Stack gap="sm">
        <Text>Each lets you in once when your phone is not at hand. They are not shown again.</Text>
        <List ff="monospace" listStyleType="none" style={{ columns: "2 10rem" }}>
          {codes.map((code) => (
            <List.Item key={code}>{code}</List.Item>
          ))}
        </List>
        <CopyField label="All codes" text={codes.join(" ")} />
        <Group>
          <Button onClick={onDone}>I have written them down</Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function PasswordCard() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setDone(false);
    setError(undefined);
    const found = passwordFault(next);
    setFault(found);
    if (found !== undefined) return;
    setBusy(true);
    try {
      await request("POST", "/api/auth/change-password", {
        body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
        signingIn: true,
      });
      setCurrent("");
      setNext("");
      setDone(true);
    } catch (caught) {
      setError(wrongPassword(caught));
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card title="Password">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="The password was not changed" error={error} attempt={attempt} />
          <PasswordInput
            label="Current password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
          <NewPassword label="New password" value={next} onChange={setNext} error={fault} />
          <Group>
            <Button type="submit" loading={busy}>
              Change the password
            </Button>
            <span role="status">{done ? "Changed. Other devices are signed out." : ""}</span>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
