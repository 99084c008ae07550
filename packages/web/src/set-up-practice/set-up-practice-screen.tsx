import { Button, Divider, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { request } from "../api/client.ts";
import { refreshSession, useSession } from "../api/session.ts";
import { SelectField } from "../form/choice-field.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { NewPassword, passwordFault } from "../form/new-password.tsx";
import { noProblems, type Problems, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { ownTimeZone, timeZones } from "../form/time-zones.ts";
import { Outside } from "../shell/outside.tsx";
import { usePageTitle } from "../shell/page-title.ts";
import { OpenDemo } from "./open-demo.tsx";

const zone = ownTimeZone();
const empty = { practiceName: "", name: "", credentials: "", email: "", password: "", timeZone: zone };

function check(form: typeof empty): Problems {
  const problems = new Map<string, string>();
  if (form.practiceName.trim() === "") problems.set("/practiceName", "Give the practice a name. Your own name will do.");
  if (form.name.trim() === "") problems.set("/name", "Enter your name as it should stand on plans.");
  if (!/^\S+@\S+\.\S+$/.test(form.email.trim()))
    problems.set("/email", "Enter an email address, such as name@example.org. It is only used to sign in.");
  const fault = passwordFault(form.password);
  if (fault !== undefined) problems.set("/password", fault);
  return problems;
}

/** The first page of a new installation: set up the practice, or look round a demo. */
export function SetUpPracticeScreen() {
  const session = useSession();
  const [form, setForm] = useState(empty);
  const [problems, setProblems] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  usePageTitle("Set up your practice");
  const set = (key: keyof typeof empty) => (value: string) => setForm((before) => ({ ...before, [key]: value }));
  const at = (pointer: string) => problems.get(pointer);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setError(undefined);
    const found = check(form);
    setProblems(found);
    setAttempt((n) => n + 1);
    if (found.size > 0) return;
    setBusy(true);
    try {
      await request("POST", "/api/practice/setup", {
        body: { ...form, practiceName: form.practiceName.trim(), name: form.name.trim(), email: form.email.trim() },
        signingIn: true,
      });
      await refreshSession();
      window.location.assign("/clients");
    } catch (caught) {
      setError(caught);
      setProblems(serverProblems(caught));
      setBusy(false);
    }
  }

  return (
    <Outside
      title="Welcome to Trellis"
      lead="From assessment to a treatment plan that you and your client follow, measure and change together. Everything stays on this machine."
      width="36rem"
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <Title order={2}>Set up your practice</Title>
          <ErrorSummary title="The practice is not set up yet" error={error} problems={problems} attempt={attempt} />
          <TextField
            label="Name of the practice"
            value={form.practiceName}
            onChange={set("practiceName")}
            max={200}
            error={at("/practiceName")}
            required
            autoComplete="organization"
          />
          <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <TextField
              label="Your name"
              value={form.name}
              onChange={set("name")}
              max={200}
              error={at("/name")}
              required
              autoComplete="name"
            />
            <TextField
              label="Credentials"
              placeholder="e.g. LCSW, PhD"
              value={form.credentials}
              onChange={set("credentials")}
              max={120}
              error={at("/credentials")}
            />
          </Group>
          <TextField
            label="Email"
            type="email"
            description="To sign in. Trellis sends nothing to it."
            value={form.email}
            onChange={set("email")}
            max={200}
            error={at("/email")}
            required
            autoComplete="username"
          />
          <NewPassword value={form.password} onChange={set("password")} error={at("/password")} />
          <SelectField
            label="Time zone"
            value={form.timeZone}
            choices={timeZones(zone)}
            onChange={set("timeZone")}
            error={at("/timeZone")}
          />
          <Button type="submit" loading={busy} size="lg">
            Set up the practice
          </Button>
          <Text size="sm" c="dimmed">
            You are the practice's owner and its first clinician. You can invite others afterwards.
          </Text>
        </Stack>
      </form>
      <Divider my="xl" label="or first" labelPosition="center" />
      <OpenDemo label={session?.demoExists === true ? "Open the demo practice" : "Look round a demo practice"} />
    </Outside>
  );
}
