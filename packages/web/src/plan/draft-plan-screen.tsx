import { Alert, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import { useEffect, useRef, useState } from "react";
import { type Chart, chartQuery } from "../api/clients.ts";
import { documentAddress, type OpenPlan, type PlanState, planQuery, startNextRevision } from "../api/plans.ts";
import { queryClient } from "../api/query-client.ts";
import { useSignedIn } from "../api/session.ts";
import { useChart } from "../client/use-chart.ts";
import { ErrorSummary } from "../form/error-summary.tsx";
import { TextField } from "../form/text-field.tsx";
import { Card } from "../shell/card.tsx";
import { PageHeading } from "../shell/page-heading.tsx";
import { initials, usePageTitle } from "../shell/page-title.ts";
import { PageFault, Waiting } from "../shell/waiting.tsx";
import classes from "./composer.module.css";
import { PlanComposer } from "./composer.tsx";
import { jumpTo } from "./jump.ts";

/** A client's plan: the draft to work on, or a revision to read. */
export default function DraftPlanScreen() {
  const { clientId, planId } = useParams({ from: "/signed-in/shell/clients/$clientId/plan/$planId" });
  const search: { readonly revision?: unknown } = useSearch({ strict: false });
  const revision = Number.isInteger(Number(search.revision)) && Number(search.revision) > 0 ? Number(search.revision) : undefined;
  const chart = useChart(clientId);
  usePageTitle(`Plan · ${initials(chart.client.name)}`);
  // A draft that is open keeps itself up to date; fetching it again as a whole would be a second reading of the chart in the access log.
  const open = useQuery({ ...planQuery(planId, revision), refetchOnWindowFocus: false, refetchOnReconnect: false });
  useArrival(open.data !== undefined);
  if (open.data === undefined)
    return open.error === null ? <Waiting what="the plan" /> : <PageFault error={open.error} retry={() => void open.refetch()} />;
  return <OpenedPlan clientId={clientId} chart={chart} data={open.data} revision={revision} />;
}

function OpenedPlan({
  clientId,
  chart,
  data,
  revision,
}: {
  readonly clientId: string;
  readonly chart: Chart;
  readonly data: OpenPlan;
  readonly revision: number | undefined;
}) {
  const planId = data.plan.id;
  const seen = useRef(data.state);
  useEffect(() => {
    // The fields turned into text under somebody's hands: the page says why at its top.
    if (seen.current !== data.state) window.scrollTo({ top: 0 });
    seen.current = data.state;
  }, [data.state]);
  const editable = data.state === "draft" && revision === undefined;
  // A revision that was asked for does not know of a draft that came after it; the chart does.
  const newest = Math.max(...[...data.revisions, ...chart.plans.filter(({ id }) => id === planId)].map((line) => line.revision));
  return (
    <PlanComposer
      key={`${planId}/${revision ?? "current"}/${editable}`}
      chart={chart}
      open={data}
      readOnly={!editable}
      heading={<Heading open={data} clientId={clientId} newest={newest} />}
    />
  );
}

/** A link to one item or field of the plan, `#objectives/<id>/targetDate`, leads there once the plan is on the page. */
function useArrival(there: boolean): void {
  const place = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (!there || place === "") return;
    // After the heading has taken the focus, as on every new page.
    const timer = setTimeout(() => jumpTo(place.split("/")), 80);
    return () => clearTimeout(timer);
  }, [there, place]);
}

const stateWords: Record<PlanState, string> = {
  draft: "Draft",
  signing: "Waiting for signatures",
  "awaiting-co-signature": "Waiting for the supervisor's co-signature",
  signed: "Signed",
};

function Heading({ open, clientId, newest }: { readonly open: OpenPlan; readonly clientId: string; readonly newest: number }) {
  const { plan, state, revisions } = open;
  const { practice } = useSignedIn();
  const old = plan.revision < newest;
  const signed = revisions.find(({ revision }) => revision === plan.revision)?.signedAt ?? null;
  return (
    <>
      <PageHeading
        lead={
          <>
            {stateWords[state]}
            {plan.revision > 1 && ` · revision ${plan.revision}`}
            {` · begun ${formatDate(plan.establishedOn)}`}
            {signed !== null && ` · signed ${formatDate(dayOf(signed, practice.timeZone))}`}
            {plan.changeReason !== "" && ` · ${plan.changeReason}`}
          </>
        }
      >
        Treatment plan for {plan.subject.calledName}
      </PageHeading>
      {state !== "draft" || old ? <NextStep open={open} clientId={clientId} old={old} /> : null}
      <Documents open={open} clientId={clientId} newest={newest} />
    </>
  );
}

/** Why it cannot be edited, and what to do. */
function NextStep({ open, clientId, old }: { readonly open: OpenPlan; readonly clientId: string; readonly old: boolean }) {
  const { plan, state } = open;
  const params = { clientId, planId: plan.id };
  if (old)
    return (
      <Alert color="stone" title="An earlier revision" mb="md">
        It is kept as it was signed.{" "}
        <Link to="/clients/$clientId/plan/$planId" params={params}>
          Go to the current one
        </Link>
      </Alert>
    );
  if (open.revisions.some(({ revision, status }) => revision === plan.revision && status === "completed"))
    return (
      <Alert color="stone" title="Completed" mb="md">
        The treatment that this plan was made for has ended.{" "}
        <Link to="/clients/$clientId/ending" params={{ clientId }}>
          See how
        </Link>
      </Alert>
    );
  if (state === "signed") return <NextRevision planId={plan.id} clientId={clientId} />;
  return (
    <Alert color="straw" title={stateWords[state]} mb="md">
      <Text mb="xs">The content is frozen while it is being signed, so that everybody signs the same words.</Text>
      <Button component={Link} to={`/clients/${clientId}/plan/${plan.id}/sign`}>
        Go on with the signatures, or open it again
      </Button>
    </Alert>
  );
}

/** A signed plan never changes; a change is the next revision, and says why. */
function NextRevision({ planId, clientId }: { readonly planId: string; readonly clientId: string }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const navigate = useNavigate();
  async function start(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const next = await startNextRevision(planId, reason.trim());
      await queryClient.invalidateQueries({ queryKey: ["plan", planId] });
      void queryClient.invalidateQueries({ queryKey: chartQuery(clientId).queryKey });
      await navigate({ to: "/clients/$clientId/plan/$planId", params: { clientId, planId: next.planId } });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }
  if (!asking)
    return (
      <Group mb="md">
        <Button component={Link} to={`/clients/${clientId}/review/new`}>
          Review with the client
        </Button>
        <Button variant="default" onClick={() => setAsking(true)}>
          Change the plan
        </Button>
        <Text c="dimmed" style={{ flex: "1 1 16rem" }}>
          This revision stays as it was signed; changes are made in the next one.
        </Text>
      </Group>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
      style={{ marginBottom: "1rem" }}
    >
      <Card title="Start the next revision">
        <ErrorSummary title="The next revision was not started" error={error} />
        <TextField
          label="Why is the plan changed?"
          description="Stays with the plan: a new diagnosis, a change in the client's life. Dates and the next review stay unless you change them."
          value={reason}
          onChange={setReason}
          max={500}
          required
          autoFocus
        />
        <Group mt="md">
          <Button type="submit" loading={busy} disabled={reason.trim() === ""}>
            Start revision
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            Not now
          </Button>
        </Group>
      </Card>
    </form>
  );
}

function Documents({ open, clientId, newest }: { readonly open: OpenPlan; readonly clientId: string; readonly newest: number }) {
  const { plan, revisions } = open;
  const { practice } = useSignedIn();
  const earlier = revisions.filter(({ revision }) => revision !== plan.revision);
  return (
    <p className={classes.documents}>
      <a href={documentAddress(plan.id, "record", plan.revision)} target="_blank" rel="noreferrer">
        PDF for the record
      </a>
      <a href={documentAddress(plan.id, "client", plan.revision)} target="_blank" rel="noreferrer">
        PDF for {plan.subject.calledName}
      </a>
      <Link to="/clients/$clientId/ending" params={{ clientId }}>
        When therapy can end
      </Link>
      {earlier.map(({ revision, signedAt, state, status }) => (
        <Link
          key={revision}
          to="/clients/$clientId/plan/$planId"
          params={{ clientId, planId: plan.id }}
          // The newest is the address without a number.
          search={revision === newest ? {} : ({ revision } as object)}
        >
          Revision {revision}
          {state === "draft" ? ", draft" : signedAt === null ? "" : `, signed ${formatDate(dayOf(signedAt, practice.timeZone))}`}
          {status === "revoked" && ", replaced"}
        </Link>
      ))}
      <Link to="/clients/$clientId/plan/$planId/history" params={{ clientId, planId: plan.id }}>
        History
      </Link>
    </p>
  );
}
