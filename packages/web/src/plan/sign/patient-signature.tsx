import { Button, Group, Stack, Text, Title } from "@mantine/core";
import {
  type NotSignedReason,
  notSignedReasons,
  notSignedWords,
  type SignatureRequest,
  signatureStatement,
} from "@trellis/domain/signature/signature";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../../api/client.ts";
import { type OpenPlan, signPlan } from "../../api/plans.ts";
import { ChoiceField } from "../../form/choice-field.tsx";
import { ErrorSummary } from "../../form/error-summary.tsx";
import { TextField } from "../../form/text-field.tsx";
import classes from "./sign.module.css";
import { SignaturePad } from "./signature-pad.tsx";
import { drawingOf, isDrawn, type Stroke } from "./stroke.ts";

export type PatientRole = "client" | "guardian";

/** The statement of a client who signs says "I agree": it cannot be put before somebody of whom the plan says otherwise. */
export function mayStateAgreement({ agreement }: OpenPlan["plan"]): boolean {
  return agreement.state !== "did-not-agree" && agreement.state !== "could-not-answer";
}

interface FormProps {
  readonly open: OpenPlan;
  readonly hash: string;
  readonly role: PatientRole;
  /** The server has it, or has had it already. */
  readonly onDone: () => void;
}

function useSend(open: OpenPlan, onDone: () => void) {
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  async function send(request: SignatureRequest): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await signPlan(open.plan.id, request);
      onDone();
    } catch (caught) {
      setError(
        caught instanceof ApiProblem && caught.status === 409
          ? new Error("The plan was changed or signed elsewhere meanwhile. Take the screen back and look at it again.")
          : caught,
      );
      setAttempt((n) => n + 1);
      setBusy(false);
    }
  }
  return { send, error, attempt, busy };
}

/** The client, or the guardian in the client's place, states agreement and signs: drawn or typed. */
export function PatientSignature({ open, hash, role, onDone, onDecline }: FormProps & { readonly onDecline?: () => void }) {
  const { plan } = open;
  const [method, setMethod] = useState<"drawn" | "typed">("drawn");
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [name, setName] = useState(role === "guardian" ? plan.subject.guardianName : plan.subject.name);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const { send, error, attempt, busy } = useSend(open, onDone);
  const nameFault = tried && name.trim() === "" ? "Write the name of the person who signs." : undefined;
  const typedFault = tried && typed.trim() === "" ? "Type your full name to sign." : undefined;
  const drawnFault =
    tried && !isDrawn(strokes)
      ? strokes.length === 0
        ? "Draw your signature in the box, or choose to type your name."
        : "There is very little in the box. Draw your whole signature."
      : undefined;

  function submit(event: React.FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (method === "typed") {
      if (typed.trim() !== "") void send({ kind: "typed", role, hash, name: typed.trim() });
    } else if (name.trim() !== "" && isDrawn(strokes))
      void send({ kind: "drawn", role, hash, name: name.trim(), drawing: drawingOf(strokes) });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <ErrorSummary title="Your signature has not arrived" error={error} attempt={attempt} />
        <div>
          <Text mb="xs">What you state by signing:</Text>
          <blockquote className={classes.statement}>{signatureStatement(role, plan)}</blockquote>
        </div>
        <ChoiceField
          label="How do you want to sign?"
          value={method}
          choices={[
            { value: "drawn", label: "Draw my signature" },
            { value: "typed", label: "Type my name" },
          ]}
          onChange={setMethod}
        />
        {method === "drawn" ? (
          <>
            <SignaturePad strokes={strokes} onChange={setStrokes} error={drawnFault} />
            <TextField label="Your name" value={name} onChange={setName} max={200} error={nameFault} required />
          </>
        ) : (
          <div>
            <TextField
              label="Type your full name to sign"
              description="Typing your name and pressing the button below counts as your signature."
              value={typed}
              onChange={setTyped}
              max={200}
              error={typedFault}
              required
            />
            {typed.trim() !== "" && (
              <Text className={classes.written} mt="xs" aria-hidden="true">
                {typed}
              </Text>
            )}
          </div>
        )}
        <Group>
          <Button type="submit" size="lg" loading={busy}>
            Sign the plan
          </Button>
          {onDecline !== undefined && (
            <Button size="lg" variant="default" onClick={onDecline}>
              I do not want to sign
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          The date and time are put beside your signature by themselves.
        </Text>
      </Stack>
    </form>
  );
}

/** What a client can say about it on the screen in his or her own hands. */
const ownWords: Partial<Record<NotSignedReason, string>> = {
  declined: "I would rather not sign",
  disagrees: "I do not agree with the plan",
  other: "Another reason",
};

/** There is no signature, and why: an honest state that needs its reason and nothing else. */
export function NotSigned({
  open,
  hash,
  role,
  onDone,
  onBack,
  byClient = false,
  announced = false,
}: FormProps & {
  readonly onBack: (() => void) | null;
  readonly byClient?: boolean;
  /** It was asked for a moment ago: its heading takes the focus. */
  readonly announced?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (announced) heading.current?.focus();
  }, [announced]);
  const [reason, setReason] = useState<NotSignedReason | null>(null);
  const [detail, setDetail] = useState("");
  const [tried, setTried] = useState(false);
  const { send, error, attempt, busy } = useSend(open, onDone);
  const reasonFault = tried && reason === null ? "Choose the reason." : undefined;
  const detailFault =
    tried && reason === "other" && detail.trim() === ""
      ? byClient
        ? "Say why, in a few words."
        : "Say why there is no signature."
      : undefined;
  const choices = notSignedReasons.flatMap((value) => {
    const label = byClient ? ownWords[value] : notSignedWords[value];
    return label === undefined ? [] : [{ value, label }];
  });

  function submit(event: React.FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason === null || (reason === "other" && detail.trim() === "")) return;
    void send({ kind: "not-signed", role, hash, reason, detail: detail.trim() });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Title order={byClient ? 2 : 3} size="h2" ref={heading} tabIndex={-1}>
          {byClient ? "You do not have to sign" : role === "guardian" ? "The parent or guardian does not sign" : "The client does not sign"}
        </Title>
        <Text>
          {byClient
            ? "Your care does not depend on it. Tell your therapist why, so that you can talk about it."
            : "This stands in the plan in place of the signature. A reviewer accepts it when the reason is written down."}
        </Text>
        <ErrorSummary title="This was not saved" error={error} attempt={attempt} />
        <ChoiceField label="Reason" value={reason} choices={choices} onChange={setReason} error={reasonFault} stacked required />
        <TextField
          label={byClient ? "What do you want your therapist to know?" : "What happened, in a sentence or two"}
          value={detail}
          onChange={setDetail}
          rows={2}
          max={1000}
          error={detailFault}
          required={reason === "other"}
        />
        <Group>
          <Button type="submit" size={byClient ? "lg" : "md"} loading={busy}>
            {byClient ? "Tell my therapist" : "Record that there is no signature"}
          </Button>
          {onBack !== null && (
            <Button size={byClient ? "lg" : "md"} variant="default" onClick={onBack}>
              Back
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
