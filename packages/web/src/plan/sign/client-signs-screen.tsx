import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type OpenPlan, planQuery } from "../../api/plans.ts";
import { useSignedIn } from "../../api/session.ts";
import handOverClasses from "../../hand-over/hand-over.module.css";
import { handedOver, handOver, takeBack } from "../../hand-over/handed-over.ts";
import { HandedOverStep, StepHeading, TakeBack } from "../../hand-over/take-back.tsx";
import { IdleWatch } from "../../session/idle-watch.tsx";
import { usePageTitle } from "../../shell/page-title.ts";
import { PageFault, Waiting } from "../../shell/waiting.tsx";
import { ClientPlan } from "./client-plan.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { mayStateAgreement, NotSigned, type PatientRole, PatientSignature } from "./patient-signature.tsx";
import { refreshPlan } from "./refresh-plan.ts";
import { countingSignatures } from "./signing-steps.ts";

/** The client, or the guardian, reads the plan and signs on this screen. Nothing else is to be seen, and only the clinician's password leads out. */
export function ClientSignsScreen() {
  const { clientId, planId } = useParams({ from: "/signed-in/clients/$clientId/plan/$planId/hand-over" });
  const { practice } = useSignedIn();
  const plan = useQuery(planQuery(planId));
  usePageTitle("Your plan");
  return (
    <main className={handOverClasses.page} id="main">
      {plan.data !== undefined ? (
        <ClientSigns open={plan.data} clientId={clientId} />
      ) : plan.error !== null ? (
        <PageFault error={plan.error} retry={() => void plan.refetch()} />
      ) : (
        <Waiting what="the plan" />
      )}
      <IdleWatch idleMinutes={practice.idleMinutes} />
    </main>
  );
}

type Step = "before" | "reading" | "declining" | "thanks" | "taking-back";

function ClientSigns({ open, clientId }: { readonly open: OpenPlan; readonly clientId: string }) {
  const { plan, hash, state } = open;
  const navigate = useNavigate();
  const path = `/clients/${clientId}/plan/${plan.id}/hand-over`;
  const role: PatientRole = open.required.includes("guardian") ? "guardian" : "client";
  const given = countingSignatures(open.signatures).find((signature) => signature.role === role);
  const done = given !== undefined;
  const [step, setStep] = useState<Step>(() => (handedOver()?.path !== path ? "before" : done ? "thanks" : "reading"));
  const [back, setBack] = useState<Step>("reading");
  const frozen = hash !== null && (state === "signing" || state === "awaiting-co-signature");

  function begin(): void {
    handOver(path);
    // Full screen where the browser allows it; the page works without.
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    setStep("reading");
  }

  async function leave(): Promise<void> {
    takeBack();
    if (document.fullscreenElement !== null) await document.exitFullscreen().catch(() => undefined);
    await navigate({ to: "/clients/$clientId/plan/$planId/sign", params: { clientId, planId: plan.id } });
  }

  async function finish(): Promise<void> {
    await refreshPlan(plan.id);
    setStep("thanks");
  }

  if (step === "before")
    return (
      <Stack className={handOverClasses.card} gap="lg">
        <StepHeading>{role === "guardian" ? "Hand the screen to the parent or guardian" : "Hand the screen to your client"}</StepHeading>
        {!frozen || done ? (
          <Text size="lg">
            {done ? "This signature is there already." : "The plan is not frozen for signing at present."} There is nothing to hand over.
          </Text>
        ) : (
          <Text size="lg">
            {role === "guardian" ? plan.subject.guardianName : plan.subject.calledName} reads the plan in everyday words and signs it, or
            says why not. No chart is to be seen. To come back, this screen asks for your password.
          </Text>
        )}
        <Group>
          {frozen && !done && (
            <Button size="lg" onClick={begin}>
              Hand it over now
            </Button>
          )}
          <Button size="lg" variant="default" component={Link} to={`/clients/${clientId}/plan/${plan.id}/sign`}>
            {frozen && !done ? "Cancel" : "Back"}
          </Button>
        </Group>
      </Stack>
    );

  return (
    <>
      {step === "taking-back" ? (
        <TakeBack onBack={() => setStep(back)} onLeave={leave} backTo="Back to the plan">
          {!done && <Text>Nobody has signed yet. You can hand the screen over again at any time.</Text>}
        </TakeBack>
      ) : step === "thanks" ? (
        <HandedOverStep title="Thank you">
          <Text size="xl">
            {given?.outcome === "not-signed"
              ? "Your therapist sees what you wrote and talks about it with you."
              : "Your signature is with your therapist. You can have a copy of this plan to take home."}{" "}
            Please hand the screen back.
          </Text>
        </HandedOverStep>
      ) : !frozen ? (
        <HandedOverStep title="One moment">
          <Text size="xl">There is nothing to sign right now. Please hand the screen back.</Text>
        </HandedOverStep>
      ) : step === "declining" ? (
        <HandedOverStep title="Your plan">
          <NotSigned
            open={open}
            hash={hash}
            role={role}
            byClient
            announced
            onDone={() => void finish()}
            onBack={() => setStep("reading")}
          />
        </HandedOverStep>
      ) : (
        <HandedOverStep title={role === "guardian" ? `The plan for ${plan.subject.calledName}` : `Your plan, ${plan.subject.calledName}`}>
          <Text size="xl">
            This is what you and {plan.author.clinicianName} worked out. Take your time. Ask about anything that is not clear.
          </Text>
          <ClientPlan plan={plan} order={2} />
          <Stack gap="lg">
            <Title order={2}>Your signature</Title>
            {mayStateAgreement(plan) ? (
              <PatientSignature open={open} hash={hash} role={role} onDone={() => void finish()} onDecline={() => setStep("declining")} />
            ) : (
              <NotSigned open={open} hash={hash} role={role} byClient onDone={() => void finish()} onBack={null} />
            )}
            <Fingerprint hash={hash} />
          </Stack>
        </HandedOverStep>
      )}
      {step !== "taking-back" && (
        <footer className={handOverClasses.foot}>
          <Button
            variant="subtle"
            color="stone"
            onClick={() => {
              setBack(step);
              setStep("taking-back");
            }}
          >
            For the therapist: take the screen back
          </Button>
        </footer>
      )}
    </>
  );
}
