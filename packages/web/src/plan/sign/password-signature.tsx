import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { signatureStatement } from "@trellis/domain/signature/signature";
import { useState } from "react";
import { ApiProblem } from "../../api/client.ts";
import { type OpenPlan, type PlanState, signPlan } from "../../api/plans.ts";
import { useSignedIn } from "../../api/session.ts";
import { ErrorSummary } from "../../form/error-summary.tsx";
import { DemoPassword } from "../../session/demo-password.tsx";
import classes from "./sign.module.css";
import { withCredentials } from "./signing-steps.ts";

interface Props {
  readonly open: OpenPlan;
  readonly hash: string;
  readonly role: "clinician" | "supervisor";
  readonly onSigned: (state: PlanState) => void;
  /** The frozen plan is not what it was. */
  readonly onChanged: () => void;
}

/** The clinician or the supervisor signs with the password of his or her own sign-in. */
export function PasswordSignature({ open, hash, role, onSigned, onChanged }: Props) {
  const { member } = useSignedIn();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setWrong(password === "" ? "Enter your password to sign." : null);
    setError(undefined);
    if (password === "") return;
    setBusy(true);
    try {
      const { state } = await signPlan(open.plan.id, { kind: "password", role, hash, password });
      onSigned(state);
    } catch (caught) {
      setBusy(false);
      setPassword("");
      // 403: the password is wrong. 429: too many wrong ones. Both say so in words and belong to the field.
      if (caught instanceof ApiProblem && (caught.status === 403 || caught.status === 429)) setWrong(caught.message);
      else {
        setError(caught);
        setAttempt((n) => n + 1);
        if (caught instanceof ApiProblem && caught.status === 409) onChanged();
      }
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <ErrorSummary title="The plan is not signed" error={error} attempt={attempt} />
        <blockquote className={classes.statement}>{signatureStatement(role, open.plan)}</blockquote>
        <Text>
          You sign as <strong>{withCredentials(member.name, member.credentials)}</strong>. The time is taken from the server’s clock at the
          moment you sign.
        </Text>
        <DemoPassword />
        <PasswordInput
          label="Your password"
          description="It takes the place of your handwriting: nobody else can sign for you."
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            setWrong(null);
          }}
          error={wrong}
          autoComplete="current-password"
          maxLength={200}
          required
          maw={360}
        />
        <div>
          <Button type="submit" size="lg" loading={busy}>
            {role === "supervisor" ? "Co-sign the plan" : "Sign the plan"}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
