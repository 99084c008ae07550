import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { SignatureRole } from "@trellis/domain/signature/signature";
import { useEffect, useRef, useState } from "react";
import { type OpenPlan, reopenPlan } from "../../api/plans.ts";
import { useSignedIn } from "../../api/session.ts";
import { Card } from "../../shell/card.tsx";
import { Icon } from "../../shell/icon.tsx";
import { SinceLastRevision } from "../history/since-last-revision.tsx";
import { ClientPlan } from "./client-plan.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { PasswordSignature } from "./password-signature.tsx";
import { mayStateAgreement, NotSigned, type PatientRole, PatientSignature } from "./patient-signature.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { refreshPlan } from "./refresh-plan.ts";
import classes from "./sign.module.css";
import { SignatureList } from "./signature-list.tsx";
import { canSign, countingSignatures, nextRole, signerInWords } from "./signing-steps.ts";

interface Props {
  readonly open: OpenPlan;
  readonly hash: string;
  readonly clientId: string;
  /** It was frozen on this page a moment ago. */
  readonly justFrozen: boolean;
}

/** The frozen plan: whose signature is there, whose is due, and how it is given. */
export function Signing({ open, hash, clientId, justFrozen }: Props) {
  const [reopening, setReopening] = useState(false);
  const next = nextRole(open);
  const { member } = useSignedIn();
  /** Whose turn it was when the page was opened; nobody's where it was a draft then. */
  const first = useRef(justFrozen ? null : next);
  const planId = open.plan.id;
  const given = countingSignatures(open.signatures);
  return (
    <Stack gap="lg">
      {/* Whoever co-signs reads first what is other than what they signed before. */}
      {next === "supervisor" && open.plan.revision > 1 && canSign(next, open.signatures, member) && (
        <Card title={`What you are asked to co-sign: revision ${open.plan.revision}`}>
          <SinceLastRevision planId={planId} revision={open.plan.revision} audience="record" startOpen />
        </Card>
      )}
      <Card title="Signatures">
        <SignatureList open={open} />
        <Fingerprint hash={hash} />
      </Card>
      {next !== null && <Due key={next} open={open} hash={hash} role={next} clientId={clientId} announced={next !== first.current} />}
      <Card title="The plan that is signed">
        <details className={classes.folded}>
          <summary>Read it in everyday words, as the client does</summary>
          <ClientPlan plan={open.plan} order={3} />
        </details>
        <Group mt="sm">
          <Button variant="default" component={Link} to={`/clients/${clientId}/plan/${planId}`}>
            See the whole plan
          </Button>
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setReopening(true)}>
            Open the plan for changes
          </Button>
        </Group>
      </Card>
      <ReasonDialog
        opened={reopening}
        onClose={() => setReopening(false)}
        title="Open the plan for changes"
        label="What has to change?"
        placeholder="e.g. The second goal was missing"
        action="Open it again"
        fault="Say why the plan is opened again."
        failed="The plan is still frozen"
        onConfirm={async (reason) => {
          await reopenPlan(planId, reason);
          await refreshPlan(planId);
        }}
      >
        {given.length === 0
          ? "Nobody has signed yet. The plan becomes a draft again; the reason stays in the record."
          : "What was signed or recorded so far counts no longer, because the text changes. It stays in the record, with your reason."}
      </ReasonDialog>
    </Stack>
  );
}

interface DueProps {
  readonly open: OpenPlan;
  readonly hash: string;
  readonly role: SignatureRole;
  readonly clientId: string;
}

const dueTitles: Record<SignatureRole, string> = {
  client: "The client reads and signs",
  guardian: "The parent or guardian reads and signs",
  clinician: "Your signature",
  supervisor: "Waiting for co-signature",
};

/** The signature that is asked for now. When the plan was just frozen or signed by another, the heading of the next takes the focus, so that who listens hears whose turn it is. */
function Due({ open, hash, role, clientId, announced }: DueProps & { readonly announced: boolean }) {
  const { member } = useSignedIn();
  const heading = useRef<HTMLHeadingElement>(null);
  const [afterAll, setAfterAll] = useState(false);
  useEffect(() => {
    if (announced) heading.current?.focus();
  }, [announced]);
  const allowed = canSign(role, open.signatures, member);
  const refresh = () => void refreshPlan(open.plan.id);
  const late = role === "clinician" ? mayStillSign(open) : null;
  /** What was pressed goes with the way that was left: the keyboard goes on at the heading, which stays. */
  const focusHeading = () => heading.current?.focus();
  function turnTo(lateOne: boolean): void {
    setAfterAll(lateOne);
    focusHeading();
  }
  if (late !== null && afterAll)
    return (
      <section className={classes.due} aria-labelledby="due">
        <Title order={2} size="h2" id="due" ref={heading} tabIndex={-1} mb="sm">
          {afterAllWords(late)}
        </Title>
        <Stack gap="lg">
          <PatientSignature
            open={open}
            hash={hash}
            role={late}
            onDone={() => {
              turnTo(false);
              refresh();
            }}
          />
          <div>
            <Button variant="subtle" onClick={() => turnTo(false)}>
              Back
            </Button>
          </div>
        </Stack>
      </section>
    );
  return (
    <section className={classes.due} aria-labelledby="due">
      <Title order={2} size="h2" id="due" ref={heading} tabIndex={-1} mb="sm">
        {role === "clinician" && !allowed ? "Waiting for the clinician" : dueTitles[role]}
      </Title>
      {role === "client" || role === "guardian" ? (
        allowed ? (
          <PatientTurn open={open} hash={hash} role={role} clientId={clientId} onDone={refresh} onTurn={focusHeading} />
        ) : (
          <Text>{signerInWords(role, open.plan)} signs on the clinician’s screen.</Text>
        )
      ) : !allowed ? (
        <Text>
          {role === "supervisor"
            ? "Your practice asks for a supervisor’s signature too. The clinician’s supervisor finds this page on his or her own sign-in, at this client’s plan. Who supervises whom is set under Practice, People. Everything else is done."
            : `${signerInWords(role, open.plan)} signs on his or her own sign-in.`}
        </Text>
      ) : (
        <>
          {role === "clinician" && member.id !== open.plan.author.clinicianId && (
            <Text mb="md">
              The plan names {signerInWords("clinician", open.plan)} as its clinician. If you sign, your own name stands beside the
              signature.
            </Text>
          )}
          <PasswordSignature open={open} hash={hash} role={role} onSigned={refresh} onChanged={refresh} />
        </>
      )}
      {late !== null && (
        <div style={{ marginTop: "1.25rem" }}>
          <Button variant="subtle" onClick={() => turnTo(true)}>
            {afterAllWords(late)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** The client signs on a screen of his or her own, or here with the clinician beside; or there is no signature, and why. */
function PatientTurn({
  open,
  hash,
  role,
  clientId,
  onDone,
  onTurn,
}: Omit<DueProps, "role"> & { readonly role: PatientRole; readonly onDone: () => void; readonly onTurn: () => void }) {
  const may = mayStateAgreement(open.plan);
  const [way, setWay] = useState<"choose" | "here" | "not-signed">(may ? "choose" : "not-signed");
  const who = role === "guardian" ? "parent or guardian" : "client";
  function turnTo(next: typeof way): void {
    setWay(next);
    onTurn();
  }
  if (way === "here")
    return (
      <Stack gap="lg">
        <details className={classes.folded}>
          <summary>Read the plan before signing</summary>
          <ClientPlan plan={open.plan} order={3} />
        </details>
        <PatientSignature open={open} hash={hash} role={role} onDone={onDone} />
        <div>
          <Button variant="subtle" onClick={() => turnTo("choose")}>
            Back
          </Button>
        </div>
      </Stack>
    );
  if (way === "not-signed")
    return (
      <Stack gap="md">
        {!may && (
          <Text>
            The agreement says that the client {open.plan.agreement.state === "did-not-agree" ? "does not agree" : "could not answer"}, so
            there is nothing to sign that says “I agree”. Record it here, or open the plan for changes if that is different now.
          </Text>
        )}
        <NotSigned open={open} hash={hash} role={role} onDone={onDone} onBack={may ? () => turnTo("choose") : null} announced={may} />
      </Stack>
    );
  return (
    <Stack gap="md">
      <Text>
        The {who} reads the plan in everyday words and signs with a finger, a pen, the mouse or by typing. On the screen handed over there
        is nothing else to see, and only your password leads back.
      </Text>
      <Group>
        <Button size="lg" leftSection={<Icon name="hand" />} component={Link} to={`/clients/${clientId}/plan/${open.plan.id}/hand-over`}>
          Hand the screen over
        </Button>
        <Button size="lg" variant="default" onClick={() => turnTo("here")}>
          Sign here, side by side
        </Button>
      </Group>
      <div>
        <Button variant="subtle" onClick={() => setWay("not-signed")}>
          The {who} does not sign
        </Button>
      </div>
    </Stack>
  );
}

/** A client who did not sign may do so as long as the plan is not complete; the reason then counts no longer and stays in the record. */
function mayStillSign({ plan, signatures }: OpenPlan): PatientRole | null {
  if (!mayStateAgreement(plan)) return null;
  const absent = countingSignatures(signatures).find(({ outcome }) => outcome === "not-signed");
  return absent?.role === "client" || absent?.role === "guardian" ? absent.role : null;
}

const afterAllWords = (role: PatientRole) =>
  role === "guardian" ? "The parent or guardian signs after all" : "The client signs after all";
