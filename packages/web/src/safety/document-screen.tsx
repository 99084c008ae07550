import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { dayOf, formatDate } from "@trellis/domain/calendar/date";
import type { ClientDocumentKind } from "@trellis/domain/client-document/client-document";
import { documentParts, documentTitles, isEmptyDocument, type WorkingDocument } from "@trellis/domain/client-document/document-parts";
import { type DocumentSuggestion, openSuggestions } from "@trellis/domain/client-document/document-suggestions";
import { relapsePlanSuggestions } from "@trellis/domain/client-document/relapse-plan-suggestions";
import { SafetyPlan } from "@trellis/domain/client-document/safety-plan";
import { phoneFaults, safetyPlanFindings } from "@trellis/domain/client-document/safety-plan-findings";
import { startSafetyPlan } from "@trellis/domain/client-document/start-safety-plan";
import { useMemo, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import type { Chart } from "../api/clients.ts";
import { contentOf, documentPdf, finishDocument, keepVersion, startNextVersion, versionNow, versionsOf } from "../api/documents.ts";
import { planQuery } from "../api/plans.ts";
import { useSignedIn } from "../api/session.ts";
import { type Treatment, type TreatmentDocument, treatmentChanged, useTreatment } from "../api/treatment.ts";
import { planToOpen } from "../client/next-steps.ts";
import { MakeLink } from "../client-link/make-link.tsx";
import { ErrorSummary } from "../form/error-summary.tsx";
import { noProblems, type Problems, problemsByPointer, serverProblems } from "../form/problems.ts";
import { TextField } from "../form/text-field.tsx";
import { useMeasures } from "../give-measure/use-measures.ts";
import { recordOfChart } from "../plan/record-of-chart.ts";
import { ChooseText, chooseTextId } from "../save-state/choose-text.tsx";
import { SaveIndicator } from "../save-state/save-indicator.tsx";
import { saversSettled } from "../save-state/savers.ts";
import { Card } from "../shell/card.tsx";
import { Icon } from "../shell/icon.tsx";
import { FinishedView } from "./finished-view.tsx";
import { PartForm, partId } from "./part-form.tsx";
import classes from "./safety.module.css";
import { unsavedVersion, useDocument } from "./use-document.ts";
import { VersionsCard } from "./versions-card.tsx";

const noMeasures = [] as const;

/** The page is another one after the click: the keyboard and a screen reader go on at its top. */
function goOnAtTop(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
}

/** A document that belongs to the client: the version that is written together, or the last finished one to read. */
export function DocumentScreen({ chart, kind }: { readonly chart: Chart; readonly kind: ClientDocumentKind }) {
  const treatment = useTreatment(chart.id);
  const versions = useMemo(() => versionsOf(treatment, kind), [treatment, kind]);
  // Words that are not saved yet stay in sight, also where somebody finished their version meanwhile.
  const unsaved = unsavedVersion(chart.id, kind, versions);
  const newest = unsaved ?? versions.at(-1);
  if (newest !== undefined && newest.finishedAt !== null && unsaved === undefined)
    return <Finished key={newest.revision} chart={chart} kind={kind} newest={newest} versions={versions} />;
  const revision = newest?.revision ?? 1;
  return (
    <Working
      key={`${kind}/${revision}`}
      chart={chart}
      kind={kind}
      revision={revision}
      stored={newest}
      versions={versions}
      treatment={treatment}
    />
  );
}

/** What the record offers for the document. */
function useSuggestions(chart: Chart, kind: ClientDocumentKind, treatment: Treatment): readonly DocumentSuggestion[] {
  const { practice } = useSignedIn();
  const listed = planToOpen(chart.plans);
  const plan = useQuery({ ...planQuery(listed?.id ?? ""), enabled: listed !== null }).data?.plan ?? null;
  const measures = useMeasures(chart).data ?? noMeasures;
  return useMemo(() => {
    const record = recordOfChart(chart);
    return kind === "safety-plan"
      ? startSafetyPlan(record, plan, practice)
      : relapsePlanSuggestions(plan, treatment, { record, events: chart.events, measures, practice });
  }, [chart, kind, plan, practice, treatment, measures]);
}

interface WorkingProps {
  readonly chart: Chart;
  readonly kind: ClientDocumentKind;
  readonly revision: number;
  readonly stored: TreatmentDocument | undefined;
  readonly versions: readonly TreatmentDocument[];
  readonly treatment: Treatment;
}

function Working({ chart, kind, revision, stored, versions, treatment }: WorkingProps) {
  const open = useDocument(chart.id, kind, revision, stored);
  const { content, change } = open;
  const suggestions = openSuggestions(kind, useSuggestions(chart, kind, treatment), content);
  const [said, setSaid] = useState("");
  const [refused, setRefused] = useState<Problems>(noProblems);
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const problems = useMemo(() => new Map([...refused, ...open.problems]), [refused, open.problems]);

  async function finish(): Promise<void> {
    setAttempt(attempt + 1);
    setError(undefined);
    const faults = problemsByPointer(phoneFaults(kind, content));
    setRefused(faults);
    if (faults.size > 0) return;
    setBusy(true);
    try {
      await saversSettled(10_000);
      const now = versionNow(chart.id, kind, revision);
      if (now === undefined) throw new Error("Nothing stands here yet. Write at least one line before it is finished.");
      const { finishedAt } = await finishDocument(chart.id, kind, revision, now.version);
      keepVersion(chart.id, { kind, revision, finishedAt });
      goOnAtTop();
      void treatmentChanged(chart.id);
    } catch (caught) {
      setError(caught);
      setRefused(serverProblems(caught, "/content"));
      // Somebody else was faster: what they wrote is fetched, and shown here.
      if (caught instanceof ApiProblem && caught.status === 409) void treatmentChanged(chart.id);
      setBusy(false);
    }
  }

  return (
    <div className={classes.layout}>
      <div>
        <p role="status" className={classes.unseen}>
          {said}
        </p>
        <ErrorSummary title="This version is not finished yet" error={error} problems={refused} attempt={attempt} />
        {documentParts[kind].map((part, index) => (
          <PartForm
            key={part.key}
            part={part}
            step={kind === "safety-plan" && index < 6 ? index + 1 : null}
            content={content}
            change={(next) => {
              setRefused(noProblems);
              change(next);
            }}
            problems={problems}
            suggestions={suggestions}
            announce={setSaid}
          />
        ))}
        <section className={classes.part} aria-label="Note">
          <TextField
            label="Anything else"
            description={
              kind === "safety-plan" ? "What else belongs on the page, in the client’s words." : "A sentence to oneself, for later."
            }
            value={content.note}
            onChange={(note) => change({ ...content, note })}
            rows={2}
            max={2000}
            error={problems.get("/note")}
          />
        </section>
        {open.dispute !== null && (
          <ChooseText
            names={Object.fromEntries([...documentParts[kind].map(({ key, title }) => [key, title]), ["note", "Anything else"]])}
            dispute={open.dispute}
            onSettle={open.settle}
          />
        )}
        {open.takenIn && (
          <Alert color="leaf" role="status" mb="md" title="Changes from elsewhere were taken in">
            Another tab or person changed other parts of this version. Both sets of changes are kept.
          </Alert>
        )}
        {open.overtaken !== null && <Overtaken revision={revision} savedBy={open.overtaken.savedBy ?? ""} goOn={open.goOnInNext} />}
        <div className={classes.saveBar}>
          <SaveIndicator state={open.state} {...(open.dispute === null ? {} : { action: <a href={`#${chooseTextId}`}>Choose now</a> })} />
          <Button onClick={() => void finish()} loading={busy} disabled={isEmptyDocument(kind, content)}>
            Finish this version
          </Button>
        </div>
      </div>
      <div className={classes.side}>
        <Findings chart={chart} kind={kind} content={content} />
        <VersionsCard clientId={chart.id} kind={kind} versions={versions} />
        {versions.some(({ finishedAt }) => finishedAt !== null) && <Send clientId={chart.id} kind={kind} />}
      </div>
    </div>
  );
}

/** What a safety plan may still want: read at the side, holding nothing up. */
function Findings({
  chart,
  kind,
  content,
}: {
  readonly chart: Chart;
  readonly kind: ClientDocumentKind;
  readonly content: WorkingDocument;
}) {
  const plan = kind === "safety-plan" ? SafetyPlan.safeParse(content) : null;
  if (plan === null || !plan.success) return null;
  const findings = safetyPlanFindings(plan.data, chart.intake.risk?.content ?? null);
  return (
    <Card title="Worth a thought">
      {findings.length === 0 ? (
        <Text c="dimmed">Every part has something in it, and somebody can be reached at night.</Text>
      ) : (
        <ul className={classes.bullets}>
          {findings.map(({ id, part, message }) => (
            <li key={id}>
              {part === null ? (
                message
              ) : (
                <Anchor href={`#${partId(part)}`} c="inherit" underline="hover">
                  {message}
                </Anchor>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Overtaken({
  revision,
  savedBy,
  goOn,
}: {
  readonly revision: number;
  readonly savedBy: string;
  readonly goOn: () => Promise<void>;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function go(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await goOn();
      goOnAtTop();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }
  return (
    <Alert color="straw" role="alert" mb="md" title={`Version ${revision} was finished while you were writing`}>
      <Text mb="sm">
        {savedBy === "" ? "Somebody" : savedBy} finished it, and it changes no more. What you wrote is still here, and can go into the next
        version.
      </Text>
      <ErrorSummary title="The next version was not begun" error={error} />
      <Button loading={busy} onClick={() => void go()}>
        Take my words into the next version
      </Button>
    </Alert>
  );
}

function Send({ clientId, kind }: { readonly clientId: string; readonly kind: ClientDocumentKind }) {
  return (
    <Card title="On the client’s phone">
      <Text mb="sm">The link always shows the newest finished version, also without a network once it was opened.</Text>
      <MakeLink clientId={clientId} kind={kind} />
    </Card>
  );
}

interface FinishedProps {
  readonly chart: Chart;
  readonly kind: ClientDocumentKind;
  readonly newest: TreatmentDocument;
  readonly versions: readonly TreatmentDocument[];
}

function Finished({ chart, kind, newest, versions }: FinishedProps) {
  const { timeZone } = useSignedIn().practice;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { revision, finishedAt, by } = newest;
  const content = contentOf(kind, newest);

  async function goOn(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const next = await startNextVersion(chart.id, kind);
      keepVersion(chart.id, {
        kind,
        revision: next.revision,
        version: next.version,
        content: next.content,
        savedAt: next.savedAt,
        by: next.savedBy,
      });
      goOnAtTop();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <div className={classes.layout}>
      <div>
        <Stack gap="sm" mb="lg">
          <Text>
            {documentTitles[kind]}, version {revision}
            {finishedAt === null ? "" : `, finished ${formatDate(dayOf(finishedAt, timeZone))}`}
            {by === "" ? "" : ` by ${by}`}. A finished version stays as it is; changes make the next one.
          </Text>
          <ErrorSummary title="The next version was not begun" error={error} />
          <Group gap="sm">
            <Button onClick={() => void goOn()} loading={busy} leftSection={<Icon name="pencil" />}>
              Change it: begin version {revision + 1}
            </Button>
            <Button
              component="a"
              href={documentPdf(chart.id, kind, revision, "page")}
              target="_blank"
              variant="default"
              leftSection={<Icon name="print" />}
            >
              Print the page
            </Button>
            <Button
              component="a"
              href={documentPdf(chart.id, kind, revision, "card")}
              target="_blank"
              variant="default"
              leftSection={<Icon name="print" />}
            >
              Print a card to fold
            </Button>
          </Group>
        </Stack>
        <FinishedView kind={kind} content={content} />
      </div>
      <div className={classes.side}>
        <Send clientId={chart.id} kind={kind} />
        <Findings chart={chart} kind={kind} content={content} />
        <VersionsCard clientId={chart.id} kind={kind} versions={versions} />
      </div>
    </div>
  );
}
