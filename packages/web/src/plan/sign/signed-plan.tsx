import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { momentInWords } from "@trellis/domain/calendar/wall-clock";
import { planNumbers } from "@trellis/domain/plan/numbering";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { chartQuery } from "../../api/clients.ts";
import { documentAddress, type OpenPlan, startNextRevision } from "../../api/plans.ts";
import { queryClient } from "../../api/query-client.ts";
import { useSignedIn } from "../../api/session.ts";
import { Card } from "../../shell/card.tsx";
import { Icon } from "../../shell/icon.tsx";
import { Fingerprint } from "./fingerprint.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { refreshPlan } from "./refresh-plan.ts";
import classes from "./sign.module.css";
import { SignatureList } from "./signature-list.tsx";
import { agreementFacts } from "./signing-steps.ts";

interface Props {
  readonly open: OpenPlan;
  readonly hash: string;
  readonly clientId: string;
  /** It was completed on this page a moment ago. */
  readonly justSigned: boolean;
}

/** A plan that everybody has signed: its documents, who signed and when, and what comes next. */
export function SignedPlan({ open, hash, clientId, justSigned }: Props) {
  const { plan } = open;
  const { practice } = useSignedIn();
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (justSigned) heading.current?.focus();
  }, [justSigned]);
  const earlier = open.revisions.filter(({ revision, state }) => state === "signed" && revision !== plan.revision);
  return (
    <Stack gap="lg">
      <div className={classes.done}>
        <span className={classes.doneMark} aria-hidden="true">
          <Icon name="check" size={30} />
        </span>
        <div>
          <Title order={2} ref={heading} tabIndex={-1}>
            {justSigned ? "Done. This plan is in force." : "This plan is signed and in force"}
          </Title>
          <Text mt={4}>
            {plan.subject.calledName} and you have one plan to work from.
            {plan.reviewDue !== null && ` You look at it together again on ${formatDate(plan.reviewDue)}.`}
          </Text>
        </div>
      </div>
      <Card title="Documents">
        <div className={classes.documents}>
          <DocumentLink plan={plan} kind="record" title="Plan for the record (PDF)">
            For the chart and the payer, with all signatures
          </DocumentLink>
          <DocumentLink plan={plan} kind="client" title="Plan for the client in plain language (PDF)">
            For {plan.subject.calledName} to take home
          </DocumentLink>
        </div>
      </Card>
      <Card title="Signatures">
        <SignatureList open={open} />
        <Fingerprint hash={hash} />
        <details className={classes.folded}>
          <summary>The whole fingerprint (SHA-256)</summary>
          <span className={classes.whole}>{hash}</span>
        </details>
      </Card>
      <Card title="What you agreed on">
        <dl className={classes.facts}>
          {agreementFacts(plan).map(([label, value]) => (
            <Fact key={label} label={label} value={value} />
          ))}
          {planNumbers(plan).goals.map(({ id, number }) => {
            const words = plan.goals.find((goal) => goal.id === id)?.clientWords.trim() ?? "";
            return words === "" ? null : <Fact key={id} label={`Goal ${number}, own words`} value={`“${words}”`} />;
          })}
        </dl>
      </Card>
      <Card title="When something changes">
        <Text mb="md">
          A signed plan stays as it is. A change starts the next revision: everything is carried over, and what was talked over and agreed
          is asked anew.
        </Text>
        <Group>
          <Button component={Link} to={`/clients/${clientId}/review/new`}>
            Review with the client
          </Button>
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setStarting(true)}>
            Start the next revision
          </Button>
        </Group>
      </Card>
      {earlier.length > 0 && (
        <Card title="Earlier revisions">
          <ul className={classes.signatures}>
            {earlier.map(({ revision, signedAt }) => (
              <li key={revision} className={classes.earlier}>
                <span>
                  Revision {revision}
                  {signedAt === null ? "" : `, signed ${momentInWords(signedAt, practice.timeZone)}`}
                </span>
                <a href={documentAddress(plan.id, "record", revision)} download={fileName("record", revision)}>
                  PDF of revision {revision}
                </a>
              </li>
            ))}
          </ul>
          <Text mt="sm">
            <Link to="/clients/$clientId/plan/$planId/history" params={{ clientId, planId: plan.id }}>
              History: what changed, when and why
            </Link>
          </Text>
        </Card>
      )}
      <ReasonDialog
        opened={starting}
        onClose={() => setStarting(false)}
        title="Start the next revision"
        label="Why does the plan change?"
        placeholder="e.g. A new diagnosis; the first goal is reached"
        action="Start it"
        fault="Say why the plan changes."
        failed="The next revision was not started"
        onConfirm={async (reason) => {
          const { planId } = await startNextRevision(plan.id, reason);
          await Promise.all([refreshPlan(plan.id), queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey })]);
          await navigate({ to: "/clients/$clientId/plan/$planId", params: { clientId, planId } });
        }}
      >
        The signed plan stays in force until the new revision is signed. Your reason stands in the new one.
      </ReasonDialog>
    </Stack>
  );
}

type Kind = Parameters<typeof documentAddress>[1];

/** No name of a client: whoever sees the screen or the folder of downloads sees the file's name. */
const fileName = (kind: Kind, revision: number) => `treatment-plan-${kind}-revision-${revision}.pdf`;

function DocumentLink({
  plan,
  kind,
  title,
  children,
}: {
  readonly plan: OpenPlan["plan"];
  readonly kind: Kind;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <a href={documentAddress(plan.id, kind, plan.revision)} download={fileName(kind, plan.revision)} className={classes.document}>
      <strong>{title}</strong>
      <span className={classes.soft}>{children}</span>
    </a>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto">{value}</dd>
    </>
  );
}
