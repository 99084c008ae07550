import { Button, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { checkPassword } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { DemoPassword } from "../session/demo-password.tsx";
import classes from "./hand-over.module.css";

interface StepProps {
  readonly title: string;
  /** Whose text it is, in small print. */
  readonly credit?: string | undefined;
  readonly children: ReactNode;
}

/** The heading of a page that has no frame around it. It takes the focus when the page comes up, unless a field of the page does. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A field that asks for the focus has it by now, and keeps it: the password can be typed at once.
    if (heading.current?.parentElement?.contains(document.activeElement) !== true) heading.current?.focus();
  }, []);
  return (
    <Title order={1} ref={heading} tabIndex={-1}>
      {children}
    </Title>
  );
}

/** One page of what a client sees on the screen that was handed over. */
export function HandedOverStep({ title, credit, children }: StepProps) {
  return (
    <Stack className={classes.card} gap="xl">
      {/* A page with another title is another page, also where it takes the place of the one before. */}
      <StepHeading key={title}>{title}</StepHeading>
      {children}
      {credit !== undefined && (
        <Text size="sm" c="dimmed">
          {credit}
        </Text>
      )}
    </Stack>
  );
}

interface Props {
  readonly onBack: () => void;
  readonly onLeave: () => Promise<void>;
  /** What the button back says. */
  readonly backTo: string;
  /** What is to be known before the screen is taken back. */
  readonly children?: ReactNode;
}

/** The way out of a screen that was handed over: the clinician's own password. */
export function TakeBack({ onBack, onLeave, backTo, children }: Props) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await checkPassword(password);
      await onLeave();
    } catch (caught) {
      setError(caught instanceof ApiProblem && caught.status === 403 ? new Error("The password is not right.") : caught);
      setAttempt((n) => n + 1);
      setPassword("");
      setBusy(false);
    }
  }
  return (
    <HandedOverStep title="For the therapist">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          {children}
          <ErrorSummary title="The screen stays as it is" error={error} attempt={attempt} />
          <DemoPassword />
          <PasswordInput
            label="Your password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            autoFocus
          />
          <Group>
            <Button type="submit" size="lg" loading={busy}>
              Take the screen back
            </Button>
            <Button size="lg" variant="default" onClick={onBack}>
              {backTo}
            </Button>
          </Group>
        </Stack>
      </form>
    </HandedOverStep>
  );
}
