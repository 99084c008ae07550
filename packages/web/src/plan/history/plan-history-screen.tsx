import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { formatDate } from "@trellis/domain/calendar/date";
import { useRef, useState } from "react";
import { changesAddress, comparisonQuery, type PlanHistory, planHistoryQuery, type RevisionSummary } from "../../api/revisions.ts";
import { useChart } from "../../client/use-chart.ts";
import { ChoiceField, SelectField } from "../../form/choice-field.tsx";
import { useToday } from "../../session/today.ts";
import { Card } from "../../shell/card.tsx";
import { PageHeading } from "../../shell/page-heading.tsx";
import { initials, usePageTitle } from "../../shell/page-title.ts";
import { PageFault, Waiting } from "../../shell/waiting.tsx";
import { DifferenceView } from "./difference-view.tsx";
import classes from "./history.module.css";
import { Timelines } from "./timelines.tsx";

/** Every revision of a plan with who, when and why; what changed between any two; and each goal from proposal to end. */
export function PlanHistoryScreen() {
  const { clientId, planId } = useParams({ from: "/signed-in/shell/clients/$clientId/plan/$planId/history" });
  const chart = useChart(clientId);
  usePageTitle(`History of the plan · ${initials(chart.client.name)}`);
  const history = useQuery(planHistoryQuery(planId));
  if (history.data === undefined)
    return history.error === null ? (
      <Waiting what="the history" />
    ) : (
      <PageFault error={history.error} retry={() => void history.refetch()} />
    );
  return <History key={planId} clientId={clientId} history={history.data} />;
}

function History({ clientId, history }: { readonly clientId: string; readonly history: PlanHistory }) {
  const { planId, revisions, items } = history;
  const [newest, before] = revisions;
  const [pair, setPair] = useState<{ readonly from: number; readonly to: number } | null>(
    newest && before ? { from: before.revision, to: newest.revision } : null,
  );
  const changes = useRef<HTMLDivElement>(null);
  const today = useToday();
  function show(from: number, to: number): void {
    setPair({ from, to });
    changes.current?.focus();
  }
  return (
    <>
      <PageHeading
        lead={
          <>
            Every signed revision is kept as it was signed.{" "}
            <Link to="/clients/$clientId/plan/$planId" params={{ clientId, planId }}>
              Back to the plan
            </Link>
          </>
        }
      >
        History of the plan
      </PageHeading>
      <Stack gap="lg">
        <Card title="Revisions">
          <ol className={classes.revisions}>
            {revisions.map((revision, index) => (
              <RevisionRow
                key={revision.revision}
                revision={revision}
                earlier={revisions[index + 1]?.revision ?? null}
                newest={index === 0}
                clientId={clientId}
                planId={planId}
                onShow={show}
              />
            ))}
          </ol>
        </Card>
        <div ref={changes} tabIndex={-1} className={classes.target}>
          {pair === null ? (
            <Card title="What changed">
              <Text>There is one revision so far. As soon as the plan is changed, you see here what is different, and why.</Text>
            </Card>
          ) : (
            <Changes planId={planId} revisions={revisions} pair={pair} onPair={setPair} />
          )}
        </div>
        <Card title="Goals and objectives over time">
          <Timelines items={items} today={today} />
        </Card>
      </Stack>
    </>
  );
}

const stateWords: Record<RevisionSummary["state"], string> = {
  draft: "Draft, last changed",
  signing: "Waits for signatures, frozen",
  "awaiting-co-signature": "Waits for the co-signature, frozen",
  signed: "Signed",
};

const namesOf = ({ signatures }: RevisionSummary) =>
  signatures
    .filter(({ outcome }) => outcome === "signed")
    .map(({ name }) => name)
    .join(", ");

interface RowProps {
  readonly revision: RevisionSummary;
  readonly earlier: number | null;
  readonly newest: boolean;
  readonly clientId: string;
  readonly planId: string;
  readonly onShow: (from: number, to: number) => void;
}

function RevisionRow({ revision, earlier, newest, clientId, planId, onShow }: RowProps) {
  const names = namesOf(revision);
  const absent = revision.signatures.filter(({ outcome }) => outcome === "not-signed").map(({ role }) => role);
  return (
    <li className={classes.revision}>
      <div className={classes.revisionWords}>
        <Text fw={600}>
          <Link
            to="/clients/$clientId/plan/$planId"
            params={{ clientId, planId }}
            search={newest ? {} : ({ revision: revision.revision } as object)}
          >
            Revision {revision.revision}
          </Link>
        </Text>
        <Text size="sm">
          {stateWords[revision.state]} {formatDate(revision.on)}
          {names === "" ? ` · written by ${revision.author}` : ` · ${names}`}
          {absent.length > 0 && ` · without the signature of the ${absent.join(" and the ")}`}
        </Text>
        <Text size="sm" c="dimmed" dir="auto">
          {revision.reason === "" ? (revision.revision === 1 ? "The first plan" : "No reason was given") : revision.reason}
        </Text>
      </div>
      {earlier !== null && (
        <Button variant="default" size="sm" onClick={() => onShow(earlier, revision.revision)}>
          What changed
          <span className={classes.unseen}> in revision {revision.revision}</span>
        </Button>
      )}
    </li>
  );
}

interface ChangesProps {
  readonly planId: string;
  readonly revisions: readonly RevisionSummary[];
  readonly pair: { readonly from: number; readonly to: number };
  readonly onPair: (pair: { readonly from: number; readonly to: number }) => void;
}

function Changes({ planId, revisions, pair, onPair }: ChangesProps) {
  const [audience, setAudience] = useState<"record" | "client">("record");
  const { from, to } = pair;
  const found = useQuery(comparisonQuery(planId, to, from));
  const choices = (but: number) =>
    revisions
      .filter(({ revision }) => revision !== but)
      .map(({ revision, state, on }) => ({
        value: String(revision),
        label: `Revision ${revision}, ${state === "signed" ? `signed ${formatDate(on)}` : state === "draft" ? "draft" : "not fully signed"}`,
      }));
  return (
    <Card
      title="What changed"
      actions={
        <a href={changesAddress(planId, audience, from, to)} target="_blank" rel="noreferrer">
          {audience === "record" ? "PDF for the record" : "PDF for the client"}
        </a>
      }
    >
      {revisions.length > 2 && (
        <Group gap="md" mb="md" className={classes.choose}>
          <SelectField label="From" value={String(from)} choices={choices(to)} onChange={(value) => onPair({ from: Number(value), to })} />
          <SelectField label="To" value={String(to)} choices={choices(from)} onChange={(value) => onPair({ from, to: Number(value) })} />
        </Group>
      )}
      <ChoiceField
        label={`Revision ${Math.min(from, to)} compared with revision ${Math.max(from, to)}, in words for`}
        value={audience}
        choices={[
          { value: "record", label: "the record" },
          { value: "client", label: "the client" },
        ]}
        onChange={setAudience}
      />
      <div aria-live="polite" className={classes.result}>
        {found.data !== undefined ? (
          <DifferenceView difference={found.data[audience]} />
        ) : found.error !== null ? (
          <PageFault error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Waiting what="what changed" />
        )}
      </div>
    </Card>
  );
}
