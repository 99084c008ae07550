import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import type { NoteFinding } from "@trellis/domain/note/note-findings";
import { type Ref, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { useSignedIn } from "../api/session.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { withCredentials } from "../plan/sign/signing-steps.ts";
import { DemoPassword } from "../session/demo-password.tsx";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import classes from "./note.module.css";

interface Props {
  readonly findings: readonly NoteFinding[];
  readonly due: string;
  readonly late: boolean;
  readonly sign: (password: string) => Promise<void>;
  readonly passwordRef: Ref<HTMLInputElement>;
}

/** What a reviewer would miss, and the signature that locks the note. */
export function SignNote({ findings, due, late, sign, passwordRef }: Props) {
  const { member } = useSignedIn();
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  // Said until it is in order, and not after.
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const blocked = findings.some(({ severity }) => severity === "error");

  async function submit(event: React.FormEvent): Promise<void> {
    event.preventDefault();
    setError(undefined);
    setTried(blocked);
    setWrong(!blocked && password === "" ? "Enter your password to sign." : null);
    if (blocked || password === "") return;
    setBusy(true);
    try {
      await sign(password);
    } catch (caught) {
      setPassword("");
      if (caught instanceof ApiProblem && (caught.status === 403 || caught.status === 429)) setWrong(caught.message);
      else {
        setError(caught);
        setAttempt((n) => n + 1);
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card title="Sign">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className={classes.signing}>
          <Findings findings={findings} />
          <Stack gap="md">
            <ErrorSummary title="The note is not signed" error={error} attempt={attempt} />
            <DemoPassword />
            <PasswordInput
              ref={passwordRef}
              label={`Your password, ${withCredentials(member.name, member.credentials)}`}
              description={`Signing locks the note; later changes are addenda. ${late ? `It was due ${due} and will be marked as signed late.` : `Due ${due}.`}`}
              value={password}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
                setWrong(null);
                setTried(false);
              }}
              error={tried && blocked ? "Something is still missing; see above." : wrong}
              autoComplete="current-password"
              maxLength={200}
            />
            <div>
              <Button type="submit" size="md" loading={busy}>
                Sign the note
              </Button>
            </div>
          </Stack>
        </div>
      </form>
    </Card>
  );
}

function Findings({ findings }: Pick<Props, "findings">) {
  if (findings.length === 0)
    return (
      <div className={classes.finding}>
        <Icon name="check" />
        <Text>Nothing that a reviewer would miss.</Text>
      </div>
    );
  return (
    <div>
      <Text fw={600} mb={6}>
        What a reviewer would miss
      </Text>
      <ul className={classes.findings}>
        {findings.map(({ rule, severity, message }) => (
          <li key={rule} className={classes.finding} data-severity={severity}>
            <Icon name={severity === "advice" ? "leaf" : "alert"} size={18} />
            <span>
              {message}
              {severity === "error" && " Needed before signing."}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
