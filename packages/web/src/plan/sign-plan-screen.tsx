import { Alert, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Chart, chartQuery } from "../api/clients.ts";
import { type OpenPlan, planQuery } from "../api/plans.ts";
import { queryClient } from "../api/query-client.ts";
import { useChart } from "../client/use-chart.ts";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { Icon } from "../shell/icon.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import { ComposerContext } from "./composer-context.ts";
import { Disputes } from "./disputes.tsx";
import { AgreementForm } from "./sign/agreement-form.tsx";
import { CheckStep } from "./sign/check-step.tsx";
import classes from "./sign/sign.module.css";
import { VoidSignatures } from "./sign/signature-list.tsx";
import { SignedPlan } from "./sign/signed-plan.tsx";
import { Signing } from "./sign/signing.tsx";
import { signingSteps, stepNames, stepOf } from "./sign/signing-steps.ts";
import { useDraft } from "./sign/use-draft.ts";

/** From what client and clinician agreed on to a plan that all have signed. */
export default function SignPlanScreen() {
  const { clientId, planId } = useParams({ from: "/signed-in/shell/clients/$clientId/plan/$planId/sign" });
  const chart = useChart(clientId);
  const plan = useQuery(planQuery(planId));
  usePageTitle(`Sign the plan · ${initials(chart.client.name)}`);
  if (plan.data === undefined) {
    if (plan.error !== null) return <PageFault error={plan.error} retry={() => void plan.refetch()} />;
    return <Waiting what="the plan" />;
  }
  return <SignPlan key={`${planId}/${plan.data.plan.revision}`} chart={chart} open={plan.data} />;
}

function SignPlan({ chart, open }: { readonly chart: Chart; readonly open: OpenPlan }) {
  const { plan, state, hash } = open;
  const before = useRef(state);
  const justSigned = state === "signed" && before.current !== "signed";
  const justFrozen = state !== "draft" && before.current === "draft";
  useEffect(() => {
    if (!justSigned) return;
    // The chart and the list of clients show the plan's state too.
    void queryClient.invalidateQueries({ queryKey: chartQuery(chart.id).queryKey });
    void queryClient.invalidateQueries({ queryKey: ["clients"] });
  }, [justSigned, chart.id]);
  const composer = { clientId: chart.id, planId: plan.id };
  return (
    <div className={classes.page}>
      <PageHeading
        lead={
          state === "draft" ? (
            <>
              Write down what you agreed on; everything is saved as you type.{" "}
              <Link to="/clients/$clientId/plan/$planId" params={composer}>
                Back to the plan
              </Link>
            </>
          ) : state === "signed" ? (
            `Revision ${plan.revision}`
          ) : (
            "The plan is frozen: all sign the same words."
          )
        }
      >
        Agreement and signature
      </PageHeading>
      <Steps open={open} />
      {state === "draft" ? (
        <Draft chart={chart} open={open} />
      ) : hash === null ? (
        <PageFault error={new Error("The frozen plan has no fingerprint.")} />
      ) : (
        <Stack gap="lg">
          {state === "signed" ? (
            <SignedPlan open={open} hash={hash} clientId={chart.id} justSigned={justSigned} />
          ) : (
            <Signing open={open} hash={hash} clientId={chart.id} justFrozen={justFrozen} />
          )}
          <VoidSignatures open={open} />
        </Stack>
      )}
    </div>
  );
}

function Steps({ open }: { readonly open: OpenPlan }) {
  const current = stepOf(open);
  const index = signingSteps.indexOf(current);
  return (
    <ol className={classes.steps} aria-label="Steps to a signed plan">
      {signingSteps.map((step, at) => {
        const done = at < index || current === "done";
        return (
          <li
            key={step}
            className={classes.step}
            {...(step === current ? { "aria-current": "step" as const } : {})}
            {...(done ? { "data-done": "" } : {})}
          >
            <span className={classes.mark} aria-hidden="true">
              {done ? <Icon name="check" size={15} /> : at + 1}
            </span>
            {stepNames[step]}
            {done && <VisuallyHidden>, done</VisuallyHidden>}
          </li>
        );
      })}
    </ol>
  );
}

function Draft({ chart, open }: { readonly chart: Chart; readonly open: OpenPlan }) {
  const { composer, said } = useDraft(open, chart.id);
  const saving = useSyncExternalStore(composer.store.saver.subscribe, composer.store.saver.state);
  const reopened = open.signatures.some(({ voided }) => voided !== null);
  return (
    <ComposerContext value={composer}>
      <Stack gap="lg">
        {reopened && (
          <Alert color="straw" title="This plan was opened again">
            <Text>Signatures given before count no longer; they stand at the end of this page.</Text>
          </Alert>
        )}
        <AgreementForm hopes={chart.intake.presentingProblems?.content.hopes ?? []} />
        <Disputes />
        <CheckStep chart={chart} />
        <VoidSignatures open={open} />
      </Stack>
      <div className={classes.saveBar}>
        <SaveIndicator state={saving} />
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </ComposerContext>
  );
}
