import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { blockingFindings, checkPlan } from "@trellis/domain/findings/check-plan";
import type { Finding } from "@trellis/domain/findings/finding";
import { libraryWith } from "@trellis/domain/library/library";
import type { Edit } from "@trellis/domain/plan/edit-plan";
import { planToSign } from "@trellis/domain/plan/revision";
import { exceptionUnsaid } from "@trellis/domain/signature/signature";
import { useMemo, useState, useSyncExternalStore } from "react";
import { ApiProblem } from "../../api/client.ts";
import type { Chart } from "../../api/clients.ts";
import { freezePlan } from "../../api/plans.ts";
import { ErrorSummary } from "../../form/error-summary.tsx";
import { useMeasures } from "../../give-measure/use-measures.ts";
import { usePlanLibrary } from "../../library/use-library.ts";
import { useToday } from "../../session/today.ts";
import { Card } from "../../shell/card.tsx";
import { Icon } from "../../shell/icon.tsx";
import { Waiting } from "../../shell/waiting.tsx";
import { useComposer, usePlan } from "../composer-context.ts";
import { FindingWords } from "../findings-views.tsx";
import { SinceLastRevision } from "../history/since-last-revision.tsx";
import { jumpTo } from "../jump.ts";
import { recordOfChart } from "../record-of-chart.ts";
import { refreshPlan } from "./refresh-plan.ts";
import classes from "./sign.module.css";

/** What still blocks the signature, or that nothing does; and freezing the plan. */
export function CheckStep({ chart }: { readonly chart: Chart }) {
  const { store } = useComposer();
  const today = useToday();
  const plan = usePlan((whole) => whole);
  const library = usePlanLibrary(plan);
  const measures = useMeasures(chart);
  const saving = useSyncExternalStore(store.saver.subscribe, store.saver.state);
  /** What the server found, and in which state of the plan. It has the last word. */
  const [refused, setRefused] = useState<{ readonly plan: typeof plan; readonly findings: readonly Finding[] } | null>(null);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  const record = useMemo(() => recordOfChart(chart), [chart]);
  const findings = useMemo(
    () =>
      library.data === undefined || measures.data === undefined
        ? null
        : checkPlan({
            plan: planToSign(plan, today, record.client),
            record,
            library: libraryWith(library.data, measures.data),
            today,
          }),
    [plan, today, record, library.data, measures.data],
  );
  const own = findings === null ? null : blockingFindings(findings);
  const blocking = refused?.plan === plan ? refused.findings : own;
  const unsaid = exceptionUnsaid(plan);
  const objections = findings?.filter(({ severity }) => severity === "warning").length ?? 0;

  async function freeze(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const empty = store
        .state()
        .plan.declined.filter(({ what, reason }) => what.trim() === "" && reason.trim() === "")
        .map(({ id }): Edit => ({ type: "remove", list: ["declined"], id }));
      if (empty.length > 0) store.act("Remove empty lines", empty);
      store.saver.flush();
      const saved = await store.saver.settled();
      if (saved.kind !== "saved") {
        setError(new Error("Something on this page is not saved yet. Put that right first; it is marked at its place."));
        setAttempt((n) => n + 1);
        return;
      }
      const answer = await freezePlan(plan.id, store.state().seq);
      if ("blocking" in answer) setRefused({ plan: store.state().plan, findings: answer.blocking });
      else await refreshPlan(plan.id);
    } catch (caught) {
      if (caught instanceof ApiProblem && caught.status === 409) {
        await store.poll().catch(() => undefined);
        await refreshPlan(plan.id);
        setError(new Error("Somebody changed the plan meanwhile. Their changes are on this page now: look it over, then freeze it again."));
      } else setError(caught);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  if (blocking === null)
    return (
      <Card title="Ready to sign?">
        {library.error === null ? (
          <Waiting what="the check" />
        ) : (
          <Text>The plan could not be checked here. The server checks it when you freeze it.</Text>
        )}
      </Card>
    );
  return (
    <Card title={blocking.length === 0 && !unsaid ? "Ready to sign" : "Not ready to sign yet"}>
      <Stack gap="md">
        <ErrorSummary title="The plan is not frozen" error={error} attempt={attempt} />
        {blocking.length === 0 ? (
          <div className={classes.ready}>
            <Icon name="check" size={22} />
            <Text>
              Nothing is missing that the rules in force ask for.
              {objections > 0 && (
                <>
                  {" "}
                  {objections === 1 ? "One point is" : `${objections} points are`} worth a look before you sign:{" "}
                  <Link to="/clients/$clientId/plan/$planId" params={{ clientId: chart.id, planId: plan.id }}>
                    see {objections === 1 ? "it" : "them"} in the plan
                  </Link>
                  .
                </>
              )}
            </Text>
          </div>
        ) : (
          <div>
            <Text>{blocking.length === 1 ? "One thing is" : `${blocking.length} things are`} missing. Each one leads to its place.</Text>
            <ul className={classes.findings}>
              {blocking.map((finding, index) => (
                <Blocking key={`${finding.rule}/${index}`} finding={finding} clientId={chart.id} planId={plan.id} />
              ))}
            </ul>
          </div>
        )}
        {unsaid && (
          <Alert color="straw" title="What the client does not agree with is not written down">
            <Text mb="xs">The client would sign “except for what is written down as not agreed”, and nothing is.</Text>
            <Button variant="default" onClick={() => jumpTo(["agreement", "detail"])}>
              Write it down now
            </Button>
          </Alert>
        )}
        {plan.agreement.state === "not-asked" && blocking.length === 0 && (
          <Alert color="straw" title="Whether the client agrees is not written down">
            <Text mb="xs">You can go on without it. A reviewer looks for it.</Text>
            <Button variant="default" onClick={() => jumpTo(["agreement", "state"])}>
              Write it down now
            </Button>
          </Alert>
        )}
        <SinceLastRevision planId={plan.id} revision={plan.revision} audience="record" />
        <Text c="dimmed">Freezing fixes every word, so that all sign the same text. Until everybody has signed you can open it again.</Text>
        <Group>
          <Button
            size="lg"
            leftSection={<Icon name="lock" />}
            onClick={() => void freeze()}
            loading={busy}
            disabled={blocking.length > 0 || unsaid}
          >
            Freeze the plan for signing
          </Button>
          {saving.kind !== "saved" && (
            <Text c="dimmed" size="sm">
              What you typed is saved first.
            </Text>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** A place that this page shows itself. */
const here = (path: readonly string[]) =>
  ["participation", "agreement", "declined", "copyGiven", "familyInvolvement"].includes(path[0] ?? "") ||
  (path[0] === "goals" && path[2] === "clientWords");

function Blocking({ finding, clientId, planId }: { readonly finding: Finding; readonly clientId: string; readonly planId: string }) {
  const { store } = useComposer();
  const { fix, path, source } = finding;
  return (
    <li className={classes.finding}>
      <span>
        <FindingWords finding={finding} />
      </span>
      {source !== undefined && (
        <span className={classes.soft}>
          {source.authority[0]?.toUpperCase()}
          {source.authority.slice(1)}: {source.citation}
        </span>
      )}
      <Group gap="sm">
        {here(path) ? (
          <Button variant="default" onClick={() => jumpTo(path)}>
            Go to the field
          </Button>
        ) : (
          <Button
            variant="default"
            component={Link}
            to={`/clients/${clientId}/plan/${planId}${path.length === 0 ? "" : `#${path.join("/")}`}`}
          >
            Go to it in the plan
          </Button>
        )}
        {fix !== undefined && (
          <Button variant="light" onClick={() => store.act(fix.label, fix.edits)}>
            {fix.label}
          </Button>
        )}
      </Group>
    </li>
  );
}
