import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/client.ts";
import { type Role, refreshSession } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { NewPassword, passwordFault } from "../form/new-password.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { takeToken } from "../session/take-token.ts";
import { roleNames } from "../settings/role-names.ts";
import { Outside } from "../shell/outside.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { Waiting } from "../shell/waiting.tsx";

interface Look {
  readonly practiceName: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Joins a practice by a one-time link. */
export function AcceptInvitationScreen() {
  const [token] = useState(takeToken);
  usePageTitle("Accept your invitation");
  const look = useQuery({
    queryKey: ["invitation"],
    queryFn: () => request<Look>("POST", "/api/invitations/look", { body: { token }, signingIn: true }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === "" || look.error !== null)
    return (
      <Outside
        title="This invitation does not work"
        lead="It may have been used already, withdrawn, or be more than seven days old. Ask the owner of the practice for a new link."
      >
        <Button component="a" href="/sign-in" variant="default" fullWidth>
          Go to sign in
        </Button>
      </Outside>
    );
  if (look.data === undefined) return <Waiting what="your invitation" />;
  return <Accept token={token} invitation={look.data} />;
}

function Accept({ token, invitation }: { readonly token: string; readonly invitation: Look }) {
  const [form, setForm] = useState({ name: invitation.name, email: "", credentials: "", password: "" });
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const set = (key: keyof typeof form) => (value: string) => setForm((before) => ({ ...before, [key]: value }));

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    const found = new Map<string, string>();
    if (form.name.trim() === "") found.set("/name", "Enter your name as it should stand on plans.");
    if (!/^\S+@\S+\.\S+$/.test(form.email.trim())) found.set("/email", "Enter an email address, such as name@example.org.");
    const fault = passwordFault(form.password);
    if (fault !== undefined) found.set("/password", fault);
    setProblems(found);
    setError(undefined);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await request("POST", "/api/invitations/accept", {
        body: { ...form, token, name: form.name.trim(), email: form.email.trim() },
        signingIn: true,
      });
      const session = await refreshSession();
      window.location.assign(session.state === "signed-in" ? "/clients" : "/sign-in");
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setBusy(false);
    }
  }

  return (
    <Outside
      title={`Join ${invitation.practiceName}`}
      lead={`You are invited as ${invitation.roles.map((role) => roleNames[role].toLowerCase()).join(" and ")}.`}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <ErrorSummary title="You have not joined yet" error={error} problems={problems} attempt={attempt} />
          <TextField
            label="Your name"
            value={form.name}
            onChange={set("name")}
            max={200}
            error={problems.get("/name")}
            required
            autoComplete="name"
          />
          <TextField
            label="Credentials"
            placeholder="e.g. LCSW, PhD"
            value={form.credentials}
            onChange={set("credentials")}
            max={120}
            error={problems.get("/credentials")}
          />
          <TextField
            label="Email"
            type="email"
            description="To sign in. Trellis sends nothing to it."
            value={form.email}
            onChange={set("email")}
            max={200}
            error={problems.get("/email")}
            required
            autoComplete="username"
          />
          <NewPassword value={form.password} onChange={set("password")} error={problems.get("/password")} />
          <Button type="submit" loading={busy} fullWidth>
            Join the practice
          </Button>
          <Text size="sm" c="dimmed">
            The link works once. Choose a password that only you know.
          </Text>
        </Stack>
      </form>
    </Outside>
  );
}
