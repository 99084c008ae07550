import { Anchor, Button, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { refreshSession, type Session, signIn, verifySecondFactor } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { anythingUnsaved, flushSavers, forgetSavers } from "../save-state/savers.ts";
import { DemoPassword } from "./demo-password.tsx";
import classes from "./sign-in-overlay.module.css";
import { signedInAgain, useSignedOff } from "./signed-off.ts";

/**
 * Covers the page when the session has ended. The page beneath keeps everything that was typed and goes on where it was; nothing of it can
 * be read or reached meanwhile.
 */
export function SignInOverlay({ session }: { readonly session: Session }) {
  const state = useSignedOff();
  const dialog = useRef<HTMLDialogElement>(null);
  const lastFocused = useRef<HTMLElement | null>(null);
  const open = state !== "no";
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest("dialog, [role=dialog]") === null) lastFocused.current = target;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) {
      element.close();
      // The warning that came before this took the focus away; one goes on in the very field one was in.
      if (document.activeElement === document.body) lastFocused.current?.focus({ preventScroll: true });
    }
  }, [open]);
  return (
    <dialog ref={dialog} className={classes.overlay} aria-labelledby="signed-off-title" onCancel={(event) => event.preventDefault()}>
      {open && <SignInAgain email={session.member?.email ?? ""} name={session.member?.name ?? ""} why={state} />}
    </dialog>
  );
}

function SignInAgain({ email, name, why }: { readonly email: string; readonly name: string; readonly why: "idle" | "ended" }) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<"password" | "second-factor">("password");
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      if (step === "password") {
        if ((await signIn(email, password)) === "second-factor") return setStep("second-factor");
      } else await verifySecondFactor(code, /^\d{6}$/.test(code.trim()) ? "totp" : "backup-code");
      await refreshSession();
      signedInAgain();
      flushSavers();
      await queryClient.invalidateQueries();
    } catch (caught) {
      setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  function someoneElse(): void {
    if (
      anythingUnsaved() &&
      !window.confirm("Something typed on this page is not saved yet and would be lost. Leave the page all the same?")
    )
      return;
    forgetSavers();
    window.location.assign("/sign-in");
  }

  const wrong = error instanceof ApiProblem && (error.status === 401 || error.status === 403);
  return (
    <form onSubmit={(event) => void submit(event)} className={classes.card}>
      <Stack>
        <Title order={2} id="signed-off-title">
          {why === "idle" ? "Signed off to keep this screen private" : "Please sign in again"}
        </Title>
        <Text>
          {why === "idle" ? "Nobody used this screen for a while. " : "Your session has ended. "}
          Everything you typed is still here, and you go on exactly where you were.
        </Text>
        <ErrorSummary
          title="That did not work"
          attempt={attempt}
          error={wrong ? new Error(step === "password" ? "The password is not right." : "The code is not right.") : error}
        />
        {step === "password" && <DemoPassword />}
        {step === "password" ? (
          <PasswordInput
            label={`Password of ${name}`}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            data-autofocus
            autoFocus
          />
        ) : (
          <TextField
            label="Code from your authenticator app, or a backup code"
            value={code}
            onChange={setCode}
            inputMode="text"
            autoComplete="one-time-code"
            required
            autoFocus
          />
        )}
        <Group justify="space-between">
          <Button type="submit" loading={busy}>
            Go on
          </Button>
          <Anchor component="button" type="button" onClick={someoneElse}>
            Sign in as somebody else
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
